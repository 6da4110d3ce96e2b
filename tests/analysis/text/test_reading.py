import pytest

from analysis.text import evidence, reading, sentiment
from survey.coding_frame import shipped
from survey.questionnaire import Direction

SAID = [
    "Lovely staff. My son Jack waits for the bus, ring 07700 900123.",
    "bachay ki speech therapy ka bohat wait hai",
    "",
    "Nothing",
]
ASKED = [Direction.OPEN, Direction.OPEN, Direction.OPEN, Direction.CRITICISM]


def test_every_comment_has_its_row_with_all_that_is_told_of_it():
    read = reading.read(SAID, ASKED, shipped())

    assert read.comments["language"].tolist() == ["en", "ur-Latn", "unknown", "en"]
    assert "07700" not in read.comments["redacted"][0]
    assert "Jack" not in read.comments["redacted"][0]
    assert read.comments["redacted"].tolist()[1:] == SAID[1:]
    assert read.comments["sentiment"].tolist()[1:] == ["mixed / unclear", "mixed / unclear", "positive"]


def test_what_is_not_english_is_never_scored_and_never_given_a_theme():
    read = reading.read(SAID, ASKED, shipped())

    tones = ["p_negative", "p_neutral", "p_positive"]
    assert read.comments.loc[1, tones].tolist() == sentiment.unread(1).loc[0, tones].tolist()
    assert set(read.themes["row"]) == {0}


def test_without_a_frame_there_are_no_themes():
    assert reading.read(SAID, ASKED).themes.empty


def test_each_theme_says_whether_it_is_praised_criticised_or_asked_for():
    said = "The staff at school are lovely but we waited two years for the autism assessment. Please answer the phone."
    found = reading.read([said, "More speech therapy"], [Direction.OPEN, Direction.CRITICISM], shipped())
    stances = found.themes.set_index(["row", "theme"])[["praise", "criticism", "request"]]

    assert stances.loc[(0, "staff_manner")].tolist() == [True, False, False]
    assert stances.loc[(0, "waiting")].tolist() == [False, True, False]
    assert stances.loc[(0, "replies")].tolist() == [False, False, True]
    assert stances.loc[(1, "therapy")].tolist() == [False, False, True]
    assert found.comments.loc[0, ["praise", "criticism", "request"]].tolist() == [True, True, True]


def test_no_comments_are_read_as_none():
    assert len(reading.read([], []).comments) == 0


def test_there_must_be_a_direction_for_each_comment():
    with pytest.raises(ValueError, match="4 texts and 1 directions"):
        reading.read(SAID, ASKED[:1])


def test_the_reader_says_which_model_and_which_vectors_it_reads_with(monkeypatch):
    monkeypatch.setenv("HEARD_VECTORS", "lsa")

    assert reading.OwnReader().model == f"{reading.VERSION} lsa"


def test_a_megabyte_is_read_like_any_comment():
    read = reading.read(["The bus is late. " * 60_000], [Direction.OPEN], shipped())

    assert read.comments["sentiment"].tolist() == ["negative"]
    assert "transport" in set(read.themes["theme"])


def test_comments_that_give_no_view_are_known():
    silent = evidence.says_nothing(["Nothing", "n/a", "Don't know", "Nothing works", "The bus", ""])

    assert silent.tolist() == [True, True, True, False, False, False]
