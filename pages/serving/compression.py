"""Making content small: quickly when somebody waits, thoroughly afterwards, and kept for the next start.

Streamlit sends its scripts as they are: 2.1 MB before the first word, where 0.4 MB would do. The thorough forms take a
second or two a megabyte to make, so nobody is made to wait for one.
"""

import gzip
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import brotli

LOG = logging.getLogger(__name__)
WANTED = re.compile(r"q=(1(\.0{1,3})?|0\.\d{0,2}[1-9]\d{0,2})")  # a weight above nought


class Coding(StrEnum):
    """A form in which content may be sent, by its name in HTTP."""

    BROTLI = "br"
    GZIP = "gzip"
    PLAIN = "identity"


def accepted(header: str) -> Coding:
    """The smallest form that a browser's Accept-Encoding header allows."""
    parts = (part.replace(" ", "").partition(";") for part in header.lower().split(","))
    named = {name for name, _, weight in parts if not weight or WANTED.fullmatch(weight)}
    return next((coding for coding in (Coding.BROTLI, Coding.GZIP) if coding in named), Coding.PLAIN)


def squeeze(plain: bytes, coding: Coding, *, thorough: bool) -> bytes:
    """Content in that form. Thorough is a fifth smaller and, for Brotli, a hundred times slower."""
    if coding is Coding.BROTLI:
        return brotli.compress(plain, quality=11 if thorough else 5)
    if coding is Coding.GZIP:
        return gzip.compress(plain, compresslevel=9 if thorough else 5, mtime=0)
    return plain


class Content:
    """Some bytes, and the hash that stands for them."""

    def __init__(self, plain: bytes) -> None:
        self.plain = plain
        self.digest = sha256(plain).hexdigest()


class Press:
    """Gives content in the form asked for, and keeps each form in a folder under the content's own hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[tuple[str, Coding], bytes] = {}
        self._at_leisure = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")

    def ready(self, content: Content, coding: Coding) -> bytes | None:
        """The form, if it need not be made."""
        return content.plain if coding is Coding.PLAIN else self._held.get((content.digest, coding))

    def form(self, content: Content, coding: Coding) -> bytes:
        """The form, as small as it has been made so far. It may take a tenth of a second: not for the event loop."""
        made = self.ready(content, coding) or self._kept(content, coding)
        if made is None:
            made = squeeze(content.plain, coding, thorough=False)
            self._at_leisure.submit(self._improve, content, coding)
        return self._held.setdefault((content.digest, coding), made)

    def close(self) -> None:
        """Make nothing more: what is unfinished is made after another start."""
        self._at_leisure.shutdown(wait=False, cancel_futures=True)

    def _improve(self, content: Content, coding: Coding) -> None:
        small = self._held[content.digest, coding] = squeeze(content.plain, coding, thorough=True)
        try:
            self._keep(content, coding, small)
        except OSError as problem:
            LOG.warning("A compressed form could not be kept in %s: %s.", self._folder, problem.strerror)

    def _file(self, content: Content, coding: Coding) -> Path:
        return self._folder / f"{content.digest}.{coding}"

    def _kept(self, content: Content, coding: Coding) -> bytes | None:
        file = self._file(content, coding)
        return file.read_bytes() if file.is_file() else None

    def _keep(self, content: Content, coding: Coding, small: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._file(content, coding).with_suffix(f".{coding}.unfinished")
        unfinished.write_bytes(small)
        unfinished.replace(self._file(content, coding))
