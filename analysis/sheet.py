"""A sheet of comments: a CSV file as somebody's tool wrote it, read cell by cell and given back as it came."""

import codecs
import csv
import errno
import io
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from survey.errors import FileError

_SEPARATORS = ",;\t|"
_NEVER = "\x1f"  # separates nothing that people write
_LOOKED_AT = 50  # lines by which the separator is told
_LONGEST_CELL = 2**31 - 1
_A_ROW = 200  # bytes: a comment of some forty words


class Sheet(NamedTuple):
    """The cells of a file, all of them text, and how it was written."""

    header: tuple[str, ...]
    rows: list[list[str]]  # each as long as the header
    separator: str = ","
    line_end: str = "\n"
    begins_with_mark: bool = False  # the byte order mark that spreadsheets like
    uncut: int = 0  # the first row of a file with one column whose line, read as one cell, has commas outside quotes

    def column(self, name: str) -> list[str]:
        """The cells under one heading. Raises FileError, suggesting the nearest, if there is no such heading."""
        if name in self.header:
            place = self.header.index(name)
            return [row[place] for row in self.rows]
        folded = {heading.strip().casefold(): heading for heading in self.header}
        near = get_close_matches(name.strip().casefold(), folded, n=1)
        advice = f"Did you mean {folded[near[0]]!r}?" if near else f"It has: {', '.join(map(repr, self.header))}."
        raise FileError(f"The file has no column {name!r}. {advice}")

    def beside(self, columns: Mapping[str, Sequence[str]]) -> "Sheet":
        """This sheet with more columns on its right."""
        added = list(zip(*columns.values(), strict=True))
        rows = [[*row, *more] for row, more in zip(self.rows, added, strict=True)]
        return self._replace(header=(*self.header, *columns), rows=rows)


def likely_rows(path: Path) -> int:
    """About how many comments a file may hold, by its size alone: 0 where there is none."""
    try:
        return path.stat().st_size // _A_ROW
    except OSError:
        return 0


def read(path: Path) -> Sheet:
    """The cells of a CSV file: UTF-8 or Windows-1252, apart by commas, semicolons, tabs or bars.

    Cells may hold line breaks in quotation marks; NULs are taken out; lines with nothing on them are no rows.

    Raises FileError, saying what to do, if the file cannot be read, has no rows, has two columns of one name, or has a
    row with more cells than the header has.
    """
    try:
        written = path.read_bytes()
    except OSError as problem:
        raise FileError(f"{path.name} cannot be read: {(problem.strerror or str(problem)).lower()}.") from problem
    text = _decoded(written, path.name)
    separator = _separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator or _NEVER) if line]
    except csv.Error as problem:
        raise FileError(f"{path.name} is not a CSV file that can be read: {problem}.") from problem
    if not lines:
        raise FileError(f"{path.name} is empty. Give a CSV file whose first line names the columns.")
    header = _header(lines[0], path.name)
    rows = [_row(line, header, place, path.name) for place, line in enumerate(lines[1:], start=2)]
    if not rows:
        raise FileError(f"{path.name} has a first line and nothing under it. There is nothing to read.")
    line_end = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
    uncut = 0 if separator else _first_with_several(text)
    return Sheet(header, rows, separator or ",", line_end, written.startswith(codecs.BOM_UTF8), uncut)


def check_writable(path: Path) -> None:
    """Raises FileError if a sheet cannot be written there, as far as that shows beforehand. Leaves nothing there."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        handle, name = _begun(path)
        os.close(handle)
        os.unlink(name)
    except OSError as problem:
        raise _unwritable(path, problem) from problem


def write(path: Path, sheet: Sheet) -> None:
    """Write the sheet, in UTF-8, in one go: a file of that name is replaced by the whole of it or left as it is.

    Raises FileError if it cannot be written there.
    """
    try:
        _put(path, sheet)
    except OSError as problem:
        raise _unwritable(path, problem) from problem


def _unwritable(path: Path, problem: OSError) -> FileError:
    return FileError(f"{path} cannot be written: {(problem.strerror or str(problem)).lower()}.")


def _begun(path: Path) -> tuple[int, str]:
    """A new file beside where the whole one is to be."""
    return tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")


def _put(path: Path, sheet: Sheet) -> None:
    encoding = "utf-8-sig" if sheet.begins_with_mark else "utf-8"
    handle, name = _begun(path)
    try:
        with os.fdopen(handle, "w", encoding=encoding, errors="replace", newline="") as file:
            rows = csv.writer(file, delimiter=sheet.separator, lineterminator=sheet.line_end)
            rows.writerow(sheet.header)
            rows.writerows(sheet.rows)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise


def _decoded(written: bytes, name: str) -> str:
    if written.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeDecodeError):
            return written.decode("utf-16").replace("\0", "")
    written = written.replace(b"\0", b"")
    if written.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise FileError(f"{name} is not a CSV file. Open it in the program it belongs to and save it as CSV.")
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError:
        return written.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The separator that cuts the first lines into most columns, all alike; "" where each line is one cell."""
    start = text[:200_000]
    columns = {separator: _columns(start, separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda separator: columns[separator])
    return best if columns[best] else ""


def _columns(text: str, separator: str) -> int:
    found: list[int] = []
    with suppress(csv.Error):
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            found += [len(line)] if line else []
            if len(found) == _LOOKED_AT:
                break
    if not found or found[0] < 2:
        return 0
    return found[0] if Counter(found).most_common(1)[0][0] == found[0] else 1


def _first_with_several(text: str) -> int:
    """The first row that would have several cells if its commas told them apart; 0 if there is none."""
    lines = (line for line in csv.reader(io.StringIO(text, newline="")) if line)
    return next((place for place, line in enumerate(lines, start=1) if len(line) > 1), 0)


def _header(cells: Iterable[str], name: str) -> tuple[str, ...]:
    header = tuple(cells)
    twice = [heading for heading, times in Counter(header).items() if times > 1 and heading.strip()]
    if twice:
        raise FileError(f"{name} has two columns called {twice[0]!r}. Give each a name of its own.")
    return header


def _row(cells: list[str], header: tuple[str, ...], place: int, name: str) -> list[str]:
    if len(cells) == len(header):
        return cells
    if any(cell.strip() for cell in cells[len(header) :]):
        raise FileError(
            f"{name}, row {place} has {len(cells)} cells, but the first line names {len(header)}. "
            "Put its text in quotation marks if it holds a separator."
        )
    return [*cells, *[""] * (len(header) - len(cells))][: len(header)]
