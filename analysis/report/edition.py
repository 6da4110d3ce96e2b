"""One report as it is given out: what it says, what it is called, who signed it off, and how it was put since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from analysis.report.content import Content, Sentence


class Edited(NamedTuple):
    """How an officer put a sentence. What was computed stands beside it."""

    words: str
    by: str
    at: datetime


class Cover(NamedTuple):
    """What a document says of itself, whatever it is of: on its front, at its foot and in its properties."""

    title: str
    owner: str
    status: str
    dated: datetime


@dataclass(frozen=True)
class Edition:
    """Everything that a file is made from. The same edition gives the same bytes."""

    title: str
    content: Content
    dated: datetime
    number: int | None = None
    """Of the signed report; None for a preview of one that nobody has signed off."""
    signed_by: str = ""
    edited: Mapping[str, Edited] = field(default_factory=dict)
    gone: int = 0
    """Quotations that were in it and may not be shown any more."""

    @property
    def status(self) -> str:
        """Whether it was signed off, by whom and when."""
        if self.number is None:
            return f"Preview of {self.dated:%-d %B %Y}. Nobody has signed it off."
        return f"Report {self.number}. Signed off by {self.signed_by} on {self.dated:%-d %B %Y}."

    @property
    def cover(self) -> Cover:
        """What its documents say of themselves."""
        return Cover(self.title, self.content.details.owner, self.status, self.dated)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in it, in the order in which they are numbered."""
        return self.content.sentences

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each sentence that rests on figures, by its key: where it comes from is listed under it."""
        resting = [sentence.key for sentence in self.sentences if sentence.figures]
        return {key: place for place, key in enumerate(resting, start=1)}

    def said(self, sentence: Sentence) -> str:
        """A sentence as it is read: as somebody put it, with what was computed beside it, or as it was computed."""
        edited = self.edited.get(sentence.key)
        if edited is None:
            return sentence.text
        by = f"Put in other words by {edited.by} on {edited.at:%-d %B %Y}"
        return f"{edited.words} ({by}. Computed: {sentence.text})"
