"""Comments to theme: what the demonstration's families write, as many as are asked for."""

import csv
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from survey import database, demo
from survey.tables import Comment

A_RESPONSE_WRITES = 3  # comments, at the least, on average


def write_comments(file: Path, comments: int) -> Path:
    """A CSV file with one comment to a row, in the column ``comment``."""
    with TemporaryDirectory() as folder:
        engine = database.connect(f"sqlite:///{folder}/county.sqlite3")
        database.prepare(engine)
        demo.load(engine, waves=demo.waves_of(max(comments // A_RESPONSE_WRITES, 30)), truth=Path(folder) / "truth")
        with engine.connect() as connection:
            written = connection.execute(sa.select(Comment.words)).scalars().all()
        engine.dispose()
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["comment"])
        rows.writerows([words] for words in islice(chain(written, written), comments))
    return file
