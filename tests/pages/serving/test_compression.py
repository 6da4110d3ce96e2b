"""Making content small, and remembering it."""

import gzip
import logging
import time

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.serving.compression import Coding, Content, Press, accepted, squeeze

OPENED_BY = {Coding.BROTLI: brotli.decompress, Coding.GZIP: gzip.decompress, Coding.PLAIN: bytes}
TEXT = b"".join(b"let v%d = %d;\n" % (n, n * n) for n in range(2_000))


@given(st.binary(max_size=2_000), st.sampled_from(Coding), st.booleans())
def test_what_was_made_small_comes_back_the_same(plain, coding, thorough):
    assert OPENED_BY[coding](squeeze(plain, coding, thorough=thorough)) == plain


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("gzip, deflate, br, zstd", Coding.BROTLI),
        ("gzip, deflate", Coding.GZIP),
        ("br;q=0, gzip", Coding.GZIP),
        ("br;q=0.000, gzip;q=0", Coding.PLAIN),
        ("BR; q=1.0", Coding.BROTLI),
        ("zstd", Coding.PLAIN),
        ("identity", Coding.PLAIN),
        ("", Coding.PLAIN),
        ("*", Coding.PLAIN),
        ("br;q=lots", Coding.PLAIN),
    ],
)
def test_a_browser_gets_the_smallest_form_it_says_it_can_read(header, form):
    assert accepted(header) is form


@given(st.text(max_size=100))
def test_no_header_upsets_it(header):
    assert accepted(header) in Coding


def test_nobody_waits_for_the_smallest_form_and_the_next_visitor_has_it(tmp_path):
    press, content = Press(tmp_path), Content(TEXT)

    first = press.form(content, Coding.BROTLI)
    small = wait_for_file(tmp_path / f"{content.digest}.br")

    assert brotli.decompress(first) == brotli.decompress(small) == TEXT
    assert len(small) < len(first)
    assert press.form(content, Coding.BROTLI) == small


def test_another_start_finds_what_the_last_one_made(tmp_path):
    content = Content(TEXT)
    Press(tmp_path).form(content, Coding.BROTLI)
    small = wait_for_file(tmp_path / f"{content.digest}.br")

    again = Press(tmp_path)

    assert again.ready(content, Coding.BROTLI) is None
    assert again.form(content, Coding.BROTLI) == small
    assert again.ready(content, Coding.BROTLI) == small


def test_other_content_is_never_taken_for_it(tmp_path):
    press = Press(tmp_path)

    one, other = (press.form(Content(plain), Coding.GZIP) for plain in (b"one" * 50, b"two" * 50))

    assert gzip.decompress(one) != gzip.decompress(other)


def test_a_folder_that_cannot_be_written_to_costs_speed_and_nothing_else(tmp_path, caplog):
    (tmp_path / "in the way").write_text("a file where the folder should be")
    press, content = Press(tmp_path / "in the way"), Content(TEXT)

    with caplog.at_level(logging.WARNING):
        assert brotli.decompress(press.form(content, Coding.BROTLI)) == TEXT
        press._at_leisure.shutdown(wait=True)

    assert "could not be kept" in caplog.text


def wait_for_file(file):
    give_up = time.monotonic() + 30
    while not file.exists() and time.monotonic() < give_up:
        time.sleep(0.01)
    return file.read_bytes()
