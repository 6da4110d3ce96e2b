"""What is never written down."""

import logging

import pytest

from pages.serving.logs import WithoutQuery, WithoutWords


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


def written_of(fault: BaseException) -> str:
    record = logging.LogRecord("streamlit.error_util", logging.ERROR, "", 0, "Uncaught app execution", (), None)
    record.exc_info = (type(fault), fault, fault.__traceback__)

    assert WithoutWords().filter(record)
    return logging.Formatter().format(record)


def fall(with_words: str) -> ValueError:
    try:
        try:
            raise KeyError(with_words)
        except KeyError as first:
            raise ValueError(f"cannot store {with_words!r}") from first
    except ValueError as fault:
        return fault


def test_a_fault_is_written_down_with_what_it_is_and_where_but_without_anybodys_words():
    written = written_of(fall("my son Daniel cannot"))

    assert "Daniel" not in written
    assert "KeyError" in written
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "in fall" in written


def test_a_mistake_in_the_program_is_written_down_whole():
    with pytest.raises(AttributeError) as caught:
        getattr(None, "nothing")  # noqa: B009

    assert "'NoneType' object has no attribute 'nothing'" in written_of(caught.value)
