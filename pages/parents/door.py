"""The parents' door: choose what to answer, start, answer a page at a time, check, send."""

from datetime import UTC, datetime

from pages.parents import check_answers, choose, equality, languages, questions, start, tasks, thank_you
from pages.ui import markup, state
from pages.ui.state import Stage, Visit
from survey import consultations, drafts, responses
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.equality import under_way
from survey.wording import words_in

SCREENS = {
    Stage.START: start.show,
    Stage.TASKS: tasks.show,
    Stage.QUESTIONS: questions.show,
    Stage.CHECK: check_answers.show,
    Stage.EQUALITY: equality.show,
    Stage.SENT: thank_you.show,
}


def arrive(wave: WaveFacts, now: datetime) -> Visit:
    """This tab's visit to the wave: the one under way, or a new one with what this device holds."""
    held = state.visit()
    if held is not None and held.wave.id == wave.id:
        return held
    visit = Visit(device=state.device(), wave=wave, language=state.language(), preview=wave.is_to_come(now))
    with reading(engine()) as session:
        visit.draft = drafts.of_device(session, wave_id=wave.id, device=visit.device, preview=visit.preview)
        visit.receipt = None if visit.draft else responses.last_from(session, wave_id=wave.id, device=visit.device)
        if visit.receipt:
            visit.equality = under_way(session, visit.receipt.public_id, now=now)
    told = visit.draft or visit.receipt
    visit.language = told.language if told else visit.language
    if visit.draft and visit.draft.place:
        visit.go_to(visit.draft.place)
        visit.restored = True
    elif visit.receipt:
        visit.has_sent()
    return state.keep(visit)


now = datetime.now(UTC)
wave = choose.wave(words_in(state.language()), now)
if wave is None:
    markup.draw(markup.foot(words_in(state.language())))
else:
    visit = arrive(wave, now)
    questionnaire = consultations.asked_in(engine(), wave)
    words = languages.words(visit, questionnaire)
    if visit.preview:
        markup.draw(markup.notice(words("preview.banner"), style="heard-demonstration"))
    SCREENS[visit.stage](visit, questionnaire, wave, words)
    visit.acted = False
    if visit.stage is not Stage.QUESTIONS:  # a page of questions ends with its buttons
        markup.draw(markup.foot(words))
