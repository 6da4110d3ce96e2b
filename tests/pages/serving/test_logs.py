"""What is never written down."""

import logging

import pytest

from pages.serving.logs import WithoutQuery


@pytest.mark.parametrize(
    ("args", "kept"),
    [
        (("127.0.0.1:5", "GET", "/live-results?district=E07000117", "1.1", 200), "/live-results"),
        (("127.0.0.1:5", "/_stcore/stream?x=1"), "/_stcore/stream"),
    ],
)
def test_what_stands_after_the_question_mark_is_left_out(args, kept):
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, "%s " * len(args), args, None)

    assert WithoutQuery().filter(record)

    written = record.getMessage()
    assert kept in written
    assert "?" not in written


def test_other_lines_are_left_as_they_are():
    record = logging.LogRecord("uvicorn.error", logging.INFO, "", 0, "Started %s, is it well?", ("now",), None)

    assert WithoutQuery().filter(record)
    assert record.getMessage() == "Started now, is it well?"
