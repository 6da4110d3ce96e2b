"""Responses as rows of the tables, ready to be inserted many at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from survey.checking import Stored
from survey.codes import ALPHABET
from survey.demo.response import DemoResponse
from survey.questionnaire import AnswerKey
from survey.tables import ResponseState

Row = dict[str, object]


@dataclass(slots=True)
class References:
    """References and public numbers for responses: the same from the same seed, no two alike."""

    random: Random
    given: set[str] = field(default_factory=set)

    def next(self) -> tuple[UUID, str]:
        """A public id and a reference."""
        while True:
            letters = "".join(self.random.choices(ALPHABET, k=8))
            reference = f"{letters[:4]}-{letters[4:]}"
            if reference not in self.given:
                self.given.add(reference)
                return UUID(int=self.random.getrandbits(128), version=4), reference


def response_row(made: DemoResponse, wave_id: int, references: References) -> Row:
    """A row of the table of responses. Its change is stamped at the end of the load."""
    public_id, reference = references.next()
    return {
        "public_id": public_id, "reference": reference, "wave_id": wave_id, "state": ResponseState.SENT,
        "channel": made.channel, "variant": "standard", "language": made.language, "district": made.district,
        "quotable": made.quotable, "device_hash": None, "started_at": made.started_at, "sent_at": made.sent_at,
        "change": 0,
    }  # fmt: skip


def answer_rows(response_id: int, answers: Mapping[AnswerKey, Stored]) -> Iterable[Row]:
    """A row for each code, number or day."""
    for key, stored in answers.items():
        service, child = key.service or "", key.child or 0
        if stored.codes:
            for code in stored.codes:
                yield _answer(response_id, key.item, service, child, code)
        elif stored.number is not None or stored.day is not None:
            yield _answer(response_id, key.item, service, child, "") | {"number": stored.number, "day": stored.day}


def comment_rows(response_id: int, made: DemoResponse) -> Iterable[Row]:
    """A row for each comment, unread: what it is about and how it leans is for a model to say."""
    for said in made.remarks:
        yield {
            "response_id": response_id, "item": said.item, "service": said.service or "", "child": 0,
            "words": said.words, "redacted": None, "language": None,
        }  # fmt: skip


def _answer(response_id: int, item: str, service: str, child: int, code: str) -> Row:
    return {
        "response_id": response_id, "item": item, "service": service, "child": child, "code": code, "number": None,
        "day": None,
    }  # fmt: skip
