"""Open data: the tables of a report as CSV, with what every column means, for anybody to have.

Nothing goes in that the public may not see. There are no quotations: a file that anybody may copy cannot be taken back.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from typing import Final, NamedTuple
from zipfile import ZipFile

from analysis.report import cells, ledger_table, parts
from analysis.report.content import TONES, Figure, Table, Unit
from analysis.report.edition import Edition
from analysis.report.making import SIDES
from analysis.report.profile import CHANNELS
from analysis.report.settled import add
from analysis.report.voices import BY
from analysis.suppression import PUBLIC, Policy
from survey.errors import ReportError
from survey.exchange.cells import guarded, number
from survey.written import safe

SENTENCES: Final = "figures_in_sentences"
FIGURES: Final = (
    "sentence", "what_it_is", "figure", "of", "range_low", "range_high", "wave", "theme", "stance", "district", "how",
)  # fmt: skip
ROUNDED: Final = f", rounded to the nearest {PUBLIC.step}"
MEANINGS: Final = ledger_table.COLUMNS | {
    "Responses": f"Answers that were sent and still stand{ROUNDED}",
    "Children": f"Children whom people told of{ROUNDED}",
    "Comments": f"Comments that were measured{ROUNDED}",
    "Share": "The share, as a fraction of 1, made from numbers before rounding and kept to two places",
    "Range, low": "The low end of the range of the share (Wilson, 95 in a hundred, for chance alone)",
    "Range, high": "The high end of that range",
    "Spoken for": "Share of these comments that the summary speaks for",
    "By chance": "Share that as many words of comments drawn by chance speak for",
    "Chance, low": "Where 95 of 100 drawings by chance lie: the low end",
    "Chance, high": "Where 95 of 100 drawings by chance lie: the high end",
    "Theme": "What the theme is called",
    "District": "Where people live, by the council that they chose; “Not sure” is an answer, “Not given” is none",
    "How they were given": f"In which way people answered: {', '.join(CHANNELS.values())}",
    "Age": "How old the child is, as people were asked",
    "Plan": "Which plan or support the child has, as people were asked",
    "Language": "The language that people answered in",
    "What": "What they do about it, or in what tone they say it",
    "Service": "What the service is called",
    "Since then": "Better, worse, no clear change or too few to tell, allowing for every service; or not compared",
    "How far": "How far the share moved, in words; or why it is not compared",
    "By": f"By what comments are grouped: Everybody, {', '.join(BY.values())}",
    "Group": "Which group of comments",
    "sentence": "The number of the sentence in the report",
    "what_it_is": "share, count or difference (of two shares)",
    "figure": "The figure: shares and differences as fractions of 1",
    "of": f"People whom a share is of{ROUNDED}",
    "range_low": "The low end of its range",
    "range_high": "The high end of its range",
    "wave": "The wave that it is of",
    "theme": "The theme that it is of; empty where it is of none",
    "stance": f"Of those who raised the theme, which: {', '.join(parts.STANCES.values())}; empty for all of them",
    "district": "The district that it is of; empty for all of them",
    "how": "How it is worked out",
}
"""What each column holds, whichever table it is in."""
VALUES: Final = {
    ("stances", "What"): f"What people do about the theme: {', '.join(SIDES.values())}",
    ("tones", "What"): f"In what tone people raise the theme: {', '.join(TONES.values())}",
}
"""What those columns hold that say something else in each table."""


class File(NamedTuple):
    """One CSV file before it is written."""

    name: str
    title: str
    columns: tuple[str, ...]  # as they are headed in the file
    meanings: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: Sequence[tuple[str | float | None, ...]]


def open_data(edition: Edition) -> bytes:
    """A ZIP of the tables as CSV, a codebook, their description as CSV on the Web has it, and a file to read first.

    Raises ReportError if the report holds a figure that is not for the public.
    """
    ledger = ledger_table.decided(edition.content)
    files = [*(_of_table(table) for table in tables(edition)), *([_of_table(ledger)] if ledger.rows else [])]
    files.append(_figures(edition))
    check(edition)
    written = BytesIO()
    with ZipFile(written, "w") as file:
        add(file, "README.txt", _readme(edition, files).encode())
        add(file, "codebook.csv", _csv(("file", "column", "meaning", "type"), _codebook(files)))
        add(file, "csv-metadata.json", json.dumps(_described(edition, files), ensure_ascii=False, indent=1).encode())
        for one in files:
            add(file, one.name, _csv(one.columns, one.rows))
    return written.getvalue()


def tables(edition: Edition) -> list[Table]:
    """Every table of the report."""
    content = edition.content
    return [*content.profile, *content.tables, *([content.coverage.table] if content.coverage.table else [])]


def check(edition: Edition, policy: Policy = PUBLIC) -> None:
    """See that no figure says more than that policy lets its readers see. Raises ReportError, naming the first.

    Figures have been through a gate when the report was made, which is not always the public's.
    """
    for table in tables(edition):
        for row in table.rows:
            for column, value in zip(table.columns, row, strict=True):
                if isinstance(value, float | int) and not _may_be_seen(value, policy, people=column in cells.COUNTS):
                    raise ReportError(_refused(f"{table.title}, {row[0]}"))
    for sentence in edition.sentences:
        for figure in sentence.figures:
            if not _figure_may_be_seen(figure, policy):
                raise ReportError(_refused(sentence.text))


def _figure_may_be_seen(figure: Figure, policy: Policy) -> bool:
    shares = [value for value in (figure.low, figure.high) if value is not None]
    shares += [figure.number] if figure.unit is not Unit.COUNT else []
    people = [value for value in (figure.count, figure.base) if value is not None]
    people += [figure.number] if figure.unit is Unit.COUNT and figure.step > 1 else []  # others are of nobody
    fine = all(_may_be_seen(value, policy, people=False) for value in shares)
    return fine and all(_may_be_seen(value, policy, people=True) for value in people)


def _may_be_seen(value: float, policy: Policy, *, people: bool) -> bool:
    """Whether a number is one that the policy could have let through."""
    if people:
        return value == policy.rounded(value) and not 0 < value < policy.smallest
    return not policy.whole_percent or abs(round(value, 2) - value) < 1e-9


def _refused(where: str) -> str:
    return f"This report was made for other readers than the public: {where}. Make open data of one signed off now."


def _of_table(table: Table) -> File:
    words = cells.names(table)
    columns = tuple(column.lower().replace(",", "").replace(" ", "_") for column in table.columns)
    meanings = tuple(_meaning(table, column) for column in table.columns)
    numbers = tuple(place >= words for place in range(len(columns)))
    return File(f"{table.key.replace('.', '_by_')}.csv", table.title, columns, meanings, numbers, table.rows)


def _meaning(table: Table, column: str) -> str:
    """What a column of a table holds. A column that nobody has said it of has no place in open data: KeyError."""
    counted = {"Number": table.number or "People who said so", "Of": table.of or "People whom the share is of"}
    if column in counted:
        return f"{counted[column]}{ROUNDED}"
    return VALUES.get((table.key, column)) or MEANINGS[column]


def _figures(edition: Edition) -> File:
    rows = [
        (
            edition.numbers[one.key],
            figure.unit.value,
            figure.number,
            figure.base,
            figure.low,
            figure.high,
            parts.wave_of(figure.filters, edition.content.details),
            parts.theme_of(figure.filters, edition),
            parts.STANCES.get(figure.filters.stance, ""),
            parts.place_of(figure, one),
            figure.formula,
        )
        for one in edition.sentences
        for figure in one.figures
    ]
    numbers = tuple(column in {"sentence", "figure", "of", "range_low", "range_high"} for column in FIGURES)
    meanings = tuple(MEANINGS[column] for column in FIGURES)
    return File(f"{SENTENCES}.csv", "The figures in the sentences of the report", FIGURES, meanings, numbers, rows)


def _csv(columns: Sequence[str], rows: Sequence[tuple[str | float | None, ...]]) -> bytes:
    written = StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(columns)
    lines.writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue().encode()


def _cell(value: str | float | None) -> str:
    """A cell: empty where a figure is held back, and never anything that a spreadsheet would run."""
    return guarded(safe(value)) if isinstance(value, str) else number(value)


def _codebook(files: Sequence[File]) -> list[tuple[str, ...]]:
    return [
        (file.name, column, meaning, "number" if numeric else "text")
        for file in files
        for column, meaning, numeric in zip(file.columns, file.meanings, file.numbers, strict=True)
    ]


def _described(edition: Edition, files: Sequence[File]) -> dict[str, object]:
    """The files as CSV on the Web describes them (W3C, 2015)."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": safe(edition.title),
        "dc:publisher": safe(edition.content.details.owner),
        "dc:issued": f"{edition.dated:%Y-%m-%d}",
        "tables": [
            {
                "url": file.name,
                "dc:title": file.title,
                "tableSchema": {
                    "columns": [
                        {"name": name, "titles": name, "dc:description": meaning, "datatype": kind, "null": ""}
                        for name, meaning, kind in _columns(file)
                    ]
                },
            }
            for file in files
        ],
    }


def _columns(file: File) -> Iterator[tuple[str, str, str]]:
    kinds = ("number" if numeric else "string" for numeric in file.numbers)
    yield from zip(file.columns, file.meanings, kinds, strict=True)


def _readme(edition: Edition, files: Sequence[File]) -> str:
    held = f"Numbers from 1 to {PUBLIC.smallest - 1} and groups of fewer than {PUBLIC.fewest} people are left out"
    told = [
        edition.title,
        edition.status,
        *([parts.MADE_UP] if edition.content.details.demonstration else []),
        *(f"{what}: {said}" for what, said in (*parts.consultation(edition), *parts.asked(edition))),
        "",
        *(edition.said(one) for one in edition.content.opening if not one.figures),
        "Files, in UTF-8, separated by commas:",
        *(f"- {file.name}: {file.title}" for file in files),
        "- codebook.csv: what each column holds",
        "- csv-metadata.json: the same for programs (CSV on the Web)",
        "",
        f"{held}, and so is what would give them away. An empty cell is a figure that is left out or does not apply.",
        f"Numbers of people are rounded to the nearest {PUBLIC.step}; shares are made before that.",
        "Text that a spreadsheet would take for a formula has an apostrophe before it.",
        "Nobody's own words are in here: what anybody may copy cannot be taken back.",
        "",
        *edition.content.limits,
        "",
        *edition.content.methods,
        "",
        *edition.content.here,
        "",
        *edition.content.wrong,
        "",
        *parts.versions(edition),
        "",
    ]
    return safe("\n".join(told))
