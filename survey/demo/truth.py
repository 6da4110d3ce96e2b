"""The truth about the demonstration, beside the database: what was planted, and what each comment really says.

Three files: ``signals.json`` (what was planted), ``responses.csv`` (a row for each response and service: the latent
experience) and ``comments.csv`` (a row for each comment, its words with an apostrophe before what a spreadsheet would
run). A response is named by its reference; where a personal detail stands is counted in the words without that
apostrophe.
"""

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from survey.demo.material import themes_of
from survey.demo.remarks import Remark
from survey.demo.response import DemoResponse
from survey.demo.signals import BURST, CONTINENCE_FAMILIES, FEW, MIX, SIGNALS
from survey.exchange.cells import guarded

RESPONSE_COLUMNS = (
    "reference", "wave", "family", "lives_in", "voice", "flaws", "service", "experience", "share_good",
)  # fmt: skip
COMMENT_COLUMNS = (
    "reference", "wave", "item", "service", "kind", "sentiment", "stances", "themes", "language", "tongue", "switched",
    "personal_details", "safeguarding", "lookalike", "words",
)  # fmt: skip


class _Rows(Protocol):
    """Where rows of a CSV file are written."""

    def writerow(self, row: Iterable[object], /) -> object:
        """Another row."""


class TruthFile:
    """The truth, written as responses are stored, and put in its place only if all of them were."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Open the files, under names that are not yet theirs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._responses = self._table("responses.csv", RESPONSE_COLUMNS)
        self._comments = self._table("comments.csv", COMMENT_COLUMNS)
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """Keep the files if all went well, and nothing otherwise."""
        self._open.close()
        for part in self.folder.glob("*.part"):
            if kind is None:
                part.replace(part.with_suffix(""))
            else:
                part.unlink()

    def add(self, reference: str, wave: str, made: DemoResponse) -> None:
        """The truth about one response."""
        flaws = " ".join(made.flaws)
        for row in made.standings:
            self._responses.writerow(
                (
                    reference, wave, made.family, made.lives_in, made.voice, flaws, row.service,
                    f"{row.experience:.3f}", row.share_good,
                )
            )  # fmt: skip
        for said in made.remarks:
            self._comments.writerow((reference, wave, *_about(said)))

    def planted(self, *, seed: int, null: bool, today: date, waves: Iterable[str]) -> None:
        """What was planted, and with what seed."""
        told = {
            "seed": seed,
            "null": null,
            "today": today.isoformat(),
            "waves": list(waves),
            "signals": [] if null else [asdict(signal) for signal in SIGNALS],
            "burst": None if null else asdict(BURST),
            "few": [asdict(row) for row in FEW],
            "continence_families_a_wave": CONTINENCE_FAMILIES,
            "age_mix_by_wave": [MIX[0]] * len(MIX) if null else MIX,
            "reworded": "outcome_next_steps was asked in other words in the first wave",
        }
        written = json.dumps(told, indent=1, default=_plain)
        (self.folder / "signals.json.part").write_text(written + "\n", encoding="utf-8")

    def _table(self, name: str, columns: tuple[str, ...]) -> "_Rows":
        file = self._open.enter_context((self.folder / f"{name}.part").open("w", encoding="utf-8", newline=""))
        writer = csv.writer(file)
        writer.writerow(columns)
        return writer


def _about(said: Remark) -> tuple[object, ...]:
    """What is true of one comment."""
    stances = " ".join(f"{stance.aspect}:{stance.side}" for stance in said.stances)
    themes = " ".join(dict.fromkeys(key for stance in said.stances for key in themes_of()[stance.aspect]))
    spans = " ".join(f"{span.start}-{span.end}:{span.detail.name}" for span in said.spans)
    return (
        said.item, said.service or "", said.kind, said.lean, stances, themes, said.language, said.tongue,
        int(said.switched), spans, said.safeguarding, said.lookalike, guarded(said.words),
    )  # fmt: skip


def _plain(value: object) -> object:
    """Sets in order and lengths of time in days."""
    if isinstance(value, timedelta):
        return value.days
    return sorted(value) if isinstance(value, frozenset) else str(value)
