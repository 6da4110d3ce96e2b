from pathlib import Path

import pytest
from pydantic import ValidationError

from survey import coding_frame
from survey.errors import CodingFrameError


@pytest.fixture
def write(tmp_path):
    def written(text: str) -> Path:
        path = tmp_path / "ours.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_the_frame_that_comes_with_heard_has_fifteen_to_twenty_themes_each_with_words_to_know_it_by():
    frame = coding_frame.shipped("send")

    assert 15 <= len(frame.themes) <= 20
    for theme in frame.themes:
        assert theme.description.endswith("."), theme.key
        assert 10 <= len(theme.keywords) <= 25, theme.key


def test_a_frame_of_labels_alone_is_enough_and_its_keys_are_made_from_them(write):
    frame = coding_frame.read(write('[[theme]]\nlabel = "Food & drink"\n[[theme]]\nlabel = "Ward 7"\n'))

    assert [theme.key for theme in frame.themes] == ["food_drink", "ward_7"]


def test_a_frame_saved_by_a_windows_editor_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text('[[theme]]\nlabel = "Parking"\n', encoding="utf-8-sig")

    assert coding_frame.read(path).themes[0].label == "Parking"


def test_a_frame_cannot_be_changed_once_read():
    with pytest.raises(ValidationError):
        coding_frame.shipped().themes[0].label = "Another"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ours.toml: there are no themes; begin each with a line [[theme]]."),
        ("theme = []", "ours.toml: there are no themes; begin each with a line [[theme]]."),
        ("[theme]\nlabel = 'x'", "ours.toml: there are no themes; begin each with a line [[theme]]."),
        ("[[theme]]\nkey = 'a'", "ours.toml, theme 1 ('a'): there is no label; add one."),
        ("[[theme]]\nlable = 'Parking'", "ours.toml, theme 1: 'lable' means nothing here; write 'label'."),
        ("theme = ['Parking']", "ours.toml, theme 1: this is no theme; begin each with a line [[theme]] and a label."),
        (
            "[[theme]]\nlabel = 'Parking'\nkeyword = ['car park']",
            "ours.toml, theme 1 ('Parking'): 'keyword' means nothing here; write 'keywords'.",
        ),
        (
            "[[theme]]\nlabel = 'Parking'\nkeywords = 'car park'",
            'ours.toml, theme 1 (\'Parking\'): keywords: write a list, such as ["waiting", "waiting list"].',
        ),
        (
            "[[theme]]\nlabel = 'Parking'\nkeywords = ['car park', 'x']",
            "ours.toml, theme 1 ('Parking'): keyword 2 is too short; write a word or a phrase.",
        ),
        (
            "[[theme]]\nlabel = 'Parking'\nkeywords = ['bays', 'Bays']",
            "ours.toml, theme 1 ('Parking'): 'bays' is there twice; keep one.",
        ),
        (
            "[[theme]]\nlabel = 'Parking'\n[[theme]]\nlabel = 'parking'",
            "ours.toml: two themes have the label 'parking'; give each its own.",
        ),
        (
            "[[theme]]\nlabel = 'A b'\n[[theme]]\nlabel = 'A-b'",
            "ours.toml: two themes have the key 'a_b'; give each its own.",
        ),
        (
            "[[theme]]\nlabel = 'Parking'\nkey = 'Car Park'",
            "ours.toml, theme 1 ('Parking'): the key 'Car Park' must be small letters, numbers and _, a letter first.",
        ),
        ("[[theme]]\nlabel = 7", "ours.toml, theme 1 (7): the label: write it in quotation marks."),
    ],
)
def test_a_mistake_is_named_with_its_file_its_theme_and_what_to_write(write, text, message):
    with pytest.raises(CodingFrameError) as refused:
        coding_frame.read(write(text))

    assert str(refused.value) == message


def test_what_is_not_toml_is_refused_with_its_line(write):
    with pytest.raises(CodingFrameError, match=r"ours.toml: this is not TOML \(.*line 2"):
        coding_frame.read(write("[[theme]]\nlabel = Parking\n"))


def test_what_is_not_text_or_not_there_is_refused(tmp_path):
    (tmp_path / "picture.toml").write_bytes(b"\xff\xfe\x00\x80")

    with pytest.raises(CodingFrameError, match=r"picture.toml: this is not a text file"):
        coding_frame.read(tmp_path / "picture.toml")
    with pytest.raises(CodingFrameError, match=r"missing.toml: the coding frame cannot be read \(No such"):
        coding_frame.read(tmp_path / "missing.toml")


def test_an_unknown_frame_is_refused_with_those_there_are():
    with pytest.raises(CodingFrameError, match="Use one of: send"):
        coding_frame.shipped("potholes")
