"""What is wrong with some responses, as in any real return: the truth file says which."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING

from survey.checking import Stored
from survey.demo.remarks import Remark
from survey.questionnaire import AnswerKey

if TYPE_CHECKING:
    from survey.demo.response import DemoResponse


class Flaw(StrEnum):
    """One thing that is wrong with a response."""

    STRAIGHT_LINE = "straight_line"  # the same answer all the way down
    CONTRADICTION = "contradiction"  # ratings one way, words the other
    NOT_APPLICABLE = "not_applicable"  # nothing applies, it seems
    TOO_OLD = "too_old"  # a young person past 25
    PARTIAL = "partial"  # a paper form not filled in to the end
    ILLEGIBLE = "illegible"  # words that nobody could read
    LATE = "late"  # came after the close
    COPY = "copy"  # sent before, but for a word


SHARES = {Flaw.STRAIGHT_LINE: 0.02, Flaw.CONTRADICTION: 0.012, Flaw.NOT_APPLICABLE: 0.008, Flaw.TOO_OLD: 0.004}
PAPER_SHARES = {Flaw.PARTIAL: 0.2, Flaw.ILLEGIBLE: 0.25}
LATE_SHARE = 0.12  # of paper, once a wave has closed
MAY_BE_LEFT_OUT = ("outcome_next_steps", "outcome_included", "outcome_decisions", "age_band", "plan")

LINES = (("very_poor", "strongly_disagree"), ("neither", "neither"), ("good", "agree"))


def flaws_of(random: Random, *, on_paper: bool, may_be_late: bool) -> tuple[Flaw, ...]:
    """What will be wrong with a response."""
    shares = SHARES | (PAPER_SHARES if on_paper else {}) | ({Flaw.LATE: LATE_SHARE} if on_paper and may_be_late else {})
    return tuple(flaw for flaw, share in shares.items() if random.random() < share)


def spoilt(given: Mapping[AnswerKey, Stored], flaw: Flaw, random: Random) -> Mapping[AnswerKey, Stored]:
    """The answers with that wrong. What is wrong with words is done once they are written."""
    match flaw:
        case Flaw.STRAIGHT_LINE:
            return _all_alike(given, *random.choice(LINES))
        case Flaw.NOT_APPLICABLE:
            return {**given, **{key: Stored(codes=("not_applicable",)) for key in given if key.item == "rating"}}
        case Flaw.PARTIAL:
            left_out = random.sample(MAY_BE_LEFT_OUT, random.randint(1, 3))
            return {key: answer for key, answer in given.items() if key.item not in left_out}
        case _:
            return given


def illegible(said: Remark, random: Random) -> Remark:
    """The comment with a word that whoever typed it in could not read."""
    words = said.words.split(" ")
    if len(words) < 5 or said.spans:
        return said
    words[random.randrange(len(words))] = random.choice(("[illegible]", "[?]", "[unclear]"))
    return replace(said, words=" ".join(words))


def reworded(response: "DemoResponse", random: Random) -> "DemoResponse":
    """The response with one word of one comment changed."""
    if not response.remarks:
        return response
    at = random.randrange(len(response.remarks))
    said = response.remarks[at]
    words = said.words.split(" ")
    words[random.randrange(len(words))] = random.choice(("really", "just", "still", "always"))
    changed = replace(said, words=" ".join(words), spans=())
    remarks = (*response.remarks[:at], changed, *response.remarks[at + 1 :])
    answers = {**response.answers, AnswerKey(said.item, said.service): Stored(words=changed.words)}
    return replace(response, remarks=remarks, answers=answers)


def _all_alike(given: Mapping[AnswerKey, Stored], rated: str, agreed: str) -> Mapping[AnswerKey, Stored]:
    same = {"rating": Stored(codes=(rated,)), "outcome": Stored(codes=(agreed,))}
    return {key: same.get(key.item.partition("_")[0], answer) for key, answer in given.items()}
