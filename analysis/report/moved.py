"""What has moved since a report was signed off: the sentences whose figures are others now, and how."""

from dataclasses import replace
from typing import NamedTuple

from analysis.report.content import Content, Figure, Sentence


class Moved(NamedTuple):
    """A sentence whose figures are not what they were: what it said, and what it would say now."""

    key: str
    was: str
    now: str
    """"" where it can no longer be said at all."""


def moved(signed: Content, present: Content) -> dict[str, Moved]:
    """Of a report's sentences, those that would say other figures now, by their keys.

    Both hold only figures that may be seen, so nothing is told here that report and page do not tell. A sentence
    that rests on no figure has moved when it is no longer said.
    """
    there = {sentence.key: sentence for sentence in present.sentences}
    found = {}
    for sentence in signed.sentences:
        other = there.get(sentence.key)
        if other is None or _rests_on(other) != _rests_on(sentence):
            found[sentence.key] = Moved(sentence.key, sentence.text, other.text if other else "")
    return found


def _rests_on(sentence: Sentence) -> tuple[object, ...]:
    return (sentence.template if not sentence.figures else "", *map(_numbers, sentence.figures))


def _numbers(figure: Figure) -> tuple[object, ...]:
    # Behind comments it counts follows from its name; it stands in the filters of no report signed off before it was
    # kept there, and those have not moved for that.
    filters = replace(figure.filters, behind="")
    return (figure.name, figure.unit, filters, figure.number, figure.count, figure.base, figure.low, figure.high)
