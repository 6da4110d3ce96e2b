"""An export opened: its manifest, and its rows with the line each stands on."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from pydantic import ValidationError

from survey.errors import FileError
from survey.exchange import manifest
from survey.exchange.cells import unguarded
from survey.exchange.columns import SHEETS, Sheet

TOLD = 20  # problems told at a time: more help nobody
LARGEST = 2_000_000_000  # bytes one file may unpack to


class Row(NamedTuple):
    """A row of one of the files: where it stands, and its cells by column."""

    sheet: str
    line: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class Problems:
    """What is wrong with a file, gathered so that all of it can be put right at once."""

    name: str
    told: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, row: Row, column: str, wrong: str) -> None:
        """One thing wrong with one cell: what it is and what to write."""
        self.count += 1
        if len(self.told) < TOLD:
            self.told.append(f"{row.sheet}, line {row.line}, column {column}: {wrong}")

    def refuse(self) -> None:
        """Raises FileError, naming each problem, if there is one."""
        if not self.count:
            return
        more = f"\n  and {self.count - len(self.told):,} more" if self.count > len(self.told) else ""
        listed = "".join(f"\n  {problem}" for problem in self.told)
        raise FileError(f"{self.name} has {self.count:,} problem(s), so nothing was loaded:{listed}{more}")


@dataclass(frozen=True, slots=True)
class Package:
    """An export's four files, whether in a ZIP or unpacked in a folder."""

    name: str
    texts: Mapping[str, str]

    def front(self) -> manifest.Manifest:
        """The manifest. Raises FileError if it is not one of ours, or was changed so that it means nothing."""
        try:
            return manifest.Manifest.model_validate_json(self.texts[manifest.NAME])
        except ValidationError as problem:
            first = problem.errors(include_url=False)[0]
            place = ".".join(str(step) for step in first["loc"]) or "the whole file"
            raise FileError(
                f"{manifest.NAME} in {self.name}: {place}: {first['msg']}. Export the consultation again."
            ) from problem

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """The rows of one file. Raises FileError if it is not a CSV file with the columns of that sheet."""
        reader = csv.reader(io.StringIO(self.texts[sheet.name], newline=""), strict=True)
        try:
            columns = next(reader, [])
            _check_columns(sheet, columns)
            line = reader.line_num + 1
            for cells in reader:
                if cells:
                    yield Row(sheet.name, line, _by_column(sheet, line, columns, cells))
                line = reader.line_num + 1
        except csv.Error as problem:
            raise FileError(
                f"{sheet.name}, line {reader.line_num}: this cannot be read as CSV ({problem}). "
                "Save it as CSV UTF-8, with commas, and try again."
            ) from problem


def opened(path: Path) -> Package:
    """An export, from its ZIP or from a folder it was unpacked into.

    Raises FileError if it is not there, is not an export, or one of its files is not UTF-8 text.
    """
    names = (manifest.NAME, *(sheet.name for sheet in SHEETS))
    try:
        inside = _folder(path, names) if path.is_dir() else _zip(path, names)
    except (BadZipFile, NotImplementedError, RuntimeError) as problem:
        raise FileError(f"{path.name} is not a ZIP file from Heard. Choose the file that export made.") from problem
    except OSError as problem:
        raise FileError(f"{path.name} cannot be opened ({problem.strerror}). Check its name.") from problem
    return Package(path.name, {name: _text(name, content) for name, content in inside.items()})


def _folder(path: Path, names: tuple[str, ...]) -> Mapping[str, bytes]:
    _check_names(path.name, names, {file.name for file in path.iterdir()})
    return {name: (path / name).read_bytes() for name in names}


def _zip(path: Path, names: tuple[str, ...]) -> Mapping[str, bytes]:
    with ZipFile(path) as file:
        _check_names(path.name, names, set(file.namelist()))
        if any(file.getinfo(name).file_size > LARGEST for name in names):
            raise FileError(f"{path.name} unpacks to more than 2 GB, which no consultation does. Check the file.")
        return {name: file.read(name) for name in names}


def _check_names(name: str, wanted: tuple[str, ...], found: set[str]) -> None:
    if missing := [file for file in wanted if file not in found]:
        raise FileError(f"{name} is no export from Heard: it has no {missing[0]}. Choose the file that export made.")


def _text(name: str, content: bytes) -> str:
    """A file's text. A mark at its start, as spreadsheets leave one, does no harm."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise FileError(
            f"{name}, line {line}: this is not UTF-8 text; it looks like Windows-1252, as a spreadsheet saves it. "
            "Open it there again and save it as 'CSV UTF-8'."
        ) from problem


def _check_columns(sheet: Sheet, columns: list[str]) -> None:
    needed = set(sheet.columns) - set(sheet.newer)
    if needed <= set(columns) <= set(sheet.columns) and len(columns) == len(set(columns)):
        return
    if len(columns) == 1 and ";" in columns[0]:
        raise FileError(f"{sheet.name} is separated by semicolons. Save it with commas.")
    wanted = ", ".join(sheet.columns)
    raise FileError(f"{sheet.name}, line 1: its columns must be {wanted}. They are {', '.join(columns) or 'none'}.")


def _by_column(sheet: Sheet, line: int, columns: list[str], cells: list[str]) -> Mapping[str, str]:
    if len(cells) != len(columns):
        raise FileError(
            f"{sheet.name}, line {line}: there are {len(cells)} cells, and there must be {len(columns)}. "
            "A comma in a text must stand inside quotation marks."
        )
    lacking = dict.fromkeys(sheet.newer, "")
    return lacking | {column: unguarded(cell) for column, cell in zip(columns, cells, strict=True)}
