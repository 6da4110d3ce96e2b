"""Rows of the database as frames: all of them, in order, with their kinds, however many portions they come in."""

import sqlalchemy as sa

from survey import rows
from survey.database import reading

NUMBERED = sa.text(
    "WITH RECURSIVE numbered(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbered WHERE number < :last) "
    "SELECT number, 'row ' || number, NULL FROM numbered WHERE number <= :last"
)
KINDS = {"number": "int64"} | rows.text("name") | {"share": "float64"}


def test_more_rows_than_a_portion_come_whole_and_in_order(database):
    last = 2 * rows.AT_ONCE + 1
    with reading(database) as session:
        frame = rows.as_frame(session.connection().execute(NUMBERED, {"last": last}), KINDS)
    assert frame["number"].tolist() == list(range(1, last + 1))
    assert frame["name"].iloc[-1] == f"row {last}"
    assert frame["share"].isna().all()
    assert frame.index.equals(frame.index.sort_values())


def test_where_there_is_no_row_the_columns_are_there_with_their_kinds(database):
    with reading(database) as session:
        frame = rows.as_frame(session.connection().execute(NUMBERED, {"last": 0}), KINDS)
    assert frame.empty
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "number": "int64",
        "name": "str",
        "share": "float64",
    }
