"""Taking a child out of a draft. The others move up, and nothing is asked again."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from survey import drafts
from survey.drafts import Saved
from survey.questionnaire import AnswerKey, Questionnaire
from survey.routing import CHECK_ANSWERS, CLOSING, Answers, Typed, children_told


def without(questionnaire: Questionnaire, answers: Answers, child: int) -> dict[AnswerKey, Typed]:
    """The answers with one child told of no longer, and those after it moved up by one.

    What was said of the child is set aside behind the last, where it is kept in the draft and not sent: whoever adds
    a child again finds it there. The only child stays, and so does everything where there is no such child.
    """
    told, asked = children_told(questionnaire, answers), questionnaire.children
    if asked is None or told < 2 or not 1 <= child <= told:  # the only one stays
        return dict(answers)
    places = {number: number - 1 for number in range(child + 1, told + 1)} | {child: told}
    moved = {
        key._replace(child=places.get(key.child, key.child)) if key.child else key: typed
        for key, typed in answers.items()
    }
    closing = answers.get(AnswerKey(asked.another, child=told), "") if told < asked.at_most else CLOSING
    moved |= {AnswerKey(asked.another, child=told - 1): closing, AnswerKey(asked.another, child=told): ""}
    return {key: typed for key, typed in moved.items() if typed}


def take_out(
    session: Session, draft_id: UUID, questionnaire: Questionnaire, child: int, *, told: int, now: datetime
) -> Saved | None:
    """Take a child out of a draft, in the caller's transaction. None if the draft is gone.

    ``told`` is how many children there were when it was asked for: when there are no longer that many, nothing is
    taken out, so that a second click of the same button takes no other child.
    """
    draft = drafts.locked(session, draft_id)
    if draft is None or children_told(questionnaire, draft.answers) != told:
        return draft
    left = without(questionnaire, draft.answers, child)
    given = {key: left.get(key, "") for key in draft.answers.keys() | left.keys()}
    return drafts.put(session, draft_id, given=given, place=CHECK_ANSWERS, now=now)
