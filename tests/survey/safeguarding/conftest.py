"""A comment that may disclose harm, sent and in the queue."""

from collections.abc import Callable

import pytest

from survey import responses, safeguarding
from survey.database import reading, writing
from survey.questionnaire import AnswerKey
from survey.responses import Receipt
from tests.survey.conftest import NOW, Fieldwork, full_answers

HARM = "Zebedee says he wants to kill himself"


@pytest.fixture
def send(fieldwork: Fieldwork) -> Callable[..., Receipt]:
    """Somebody sends a comment about speech therapy: one that may disclose harm, unless told otherwise."""

    def sent(words: str = HARM, device: str = "a phone") -> Receipt:
        draft = fieldwork.begin(device, full_answers() | {AnswerKey("tell_us_more", "slt"): words})
        with writing(fieldwork.engine) as session:
            return responses.send(session, draft.id, now=NOW)

    return sent


@pytest.fixture
def queue(fieldwork: Fieldwork) -> Callable[[], list[safeguarding.Listed]]:
    """What is in the queue now."""

    def listed() -> list[safeguarding.Listed]:
        with reading(fieldwork.engine) as session:
            return safeguarding.listed(session)

    return listed
