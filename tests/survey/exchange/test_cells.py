from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.exchange import cells

SIGNS = st.text("=+-@\t'ab\n", max_size=8)


@given(SIGNS | st.text())
def test_what_was_guarded_comes_back_as_it_was(text):
    assert cells.unguarded(cells.guarded(text)) == text


@given(SIGNS | st.text())
def test_no_guarded_cell_begins_as_a_formula_does(text):
    assert not cells.guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("-nothing", "'-nothing"), ("@council", "'@council"), ("+44 7700", "'+44 7700"),
        ("'=1+1", "''=1+1"), ("'til Friday", "'til Friday"), ("fine", "fine"), ("", ""),
    ],
)  # fmt: skip
def test_only_what_a_spreadsheet_might_run_is_guarded(text, cell):
    assert cells.guarded(text) == cell


def test_a_time_is_written_with_its_zone():
    assert cells.moment(datetime(2026, 3, 1, 14, 5, tzinfo=UTC)) == "2026-03-01T14:05:00+00:00"


@given(st.none() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_so_that_it_is_read_the_same(value):
    written = cells.number(value)

    assert (float(written) if written else None) == value
