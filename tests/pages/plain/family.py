"""A family's answers at the plain door, page by page, and what is stored of them."""

from sqlmodel import select

from survey import drafts
from survey.database import reading
from survey.questionnaire import AnswerKey
from survey.tables import Draft
from survey.wording import words_in
from tests.pages.plain.phone import Phone
from tests.survey.conftest import OUTCOMES

SAY = words_in("en")
SENT = SAY("equality.offer")  # the first page after sending
CONTINUE, BEGIN, SEND = SAY("step.continue"), SAY("start.begin"), SAY("check.send")


def begin(phone: Phone) -> Phone:
    return phone.open().press(BEGIN)


def at_service(phone: Phone) -> Phone:
    return begin(phone).press(CONTINUE, services_used=["slt"])


def at_check(phone: Phone, words: str = "We waited two years") -> Phone:
    return answer_all(begin(phone), words)


def answer_all(phone: Phone, words: str = "We waited two years") -> Phone:
    """From the first page of questions to "check your answers"."""
    phone.press(CONTINUE, services_used=["slt"])
    phone.press(CONTINUE, rating__slt="poor", tell_us_more__slt=words)
    phone.press(CONTINUE, **{f"outcome_{outcome}": "agree" for outcome in OUTCOMES})
    phone.press(CONTINUE, quotable="no")
    return phone.press(CONTINUE, district="E07000121", age_band="0_4", plan="waiting", channel="web")


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def drafted(fieldwork) -> dict[AnswerKey, object]:
    (draft,) = stored(fieldwork, Draft)
    with reading(fieldwork.engine) as session:
        return drafts.locked(session, draft.id).answers
