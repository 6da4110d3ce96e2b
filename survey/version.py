"""Which version of the program this is: told by its own files, so that it needs no other tool to know."""

import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
THAT_DECIDE: Final = ("analysis", "survey")
"""The folders whose files decide what a figure comes to."""
KINDS: Final = frozenset({".py", ".toml", ".csv"})


@cache
def code_version() -> str:
    """The number of the version with a mark of all the files that decide figures: "0.1.0+3f2a9c0d17b4"."""
    number = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    mark = sha256()
    for folder in THAT_DECIDE:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in KINDS:
                mark.update(f"{file.relative_to(ROOT).as_posix()}\n".encode())
                mark.update(file.read_bytes())
    return f"{number}+{mark.hexdigest()[:12]}"
