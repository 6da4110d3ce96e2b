"""Office files as they come out every time: the same content gives the same bytes, whenever it is made."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SAME_DAY: Final = (1980, 1, 1, 0, 0, 0)
_WRITTEN: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_PROPERTIES: Final = "docProps/core.xml"


def settled(made: bytes, dated: datetime) -> bytes:
    """An office file with every moment in it set to that one: inside the files that it holds as well."""
    moment = dated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    written = BytesIO()
    with ZipFile(BytesIO(made)) as before, ZipFile(written, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == _PROPERTIES:
                content = _WRITTEN.sub(rb"\g<1>" + moment + rb"\g<2>", content)
            add(after, name, settled(content, dated) if name.endswith(".xlsx") else content)
    return written.getvalue()


def add(file: ZipFile, name: str, content: bytes) -> None:
    """Put a file into a ZIP, dated like every other."""
    entry = ZipInfo(name, SAME_DAY)
    entry.compress_type = ZIP_DEFLATED
    file.writestr(entry, content)
