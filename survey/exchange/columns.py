"""The three tables of an export: what they are called and which columns they have."""

from typing import NamedTuple


class Sheet(NamedTuple):
    """One CSV file of an export."""

    name: str
    columns: tuple[str, ...]
    newer: tuple[str, ...] = ()
    """Those that exports did not have from the beginning: where one lacks them, their cells are empty."""


RESPONSES = Sheet(
    "responses.csv",
    (
        "reference", "public_id", "wave", "state", "channel", "variant", "language", "district", "quotable",
        "notice_version", "started_at", "sent_at",
    ),
    newer=("notice_version",),
)  # fmt: skip
ANSWERS = Sheet("answers.csv", ("reference", "item", "service", "child", "code", "number", "day"))
COMMENTS = Sheet("comments.csv", ("reference", "item", "service", "child", "words"))
SHEETS = (RESPONSES, ANSWERS, COMMENTS)
