"""What an earlier version read is read again by the one that is here: all of it, once, and never what people said."""

import pytest
from sqlmodel import col, select

from analysis.rereading import Rereading, reread_portion
from analysis.text.reading import OwnReader
from analysis.worker import read_batch
from survey import details
from survey.database import writing
from survey.tables import Coding, Comment, FoundDetail, GivenBy, Reading
from tests.analysis.test_recoding import ByPhrase, send, stored  # noqa: F401  (a fixture)
from tests.survey.conftest import NOW, fieldwork, open_fieldwork  # noqa: F401  (fixtures)


class Later(ByPhrase):
    """The same reader, mended: it hides a name that the earlier one let through, and tells no word of it."""

    model = "by-phrase-2"

    def read(self, texts, directions, frame):
        read = super().read(texts, directions, frame)
        read.comments["redacted"] = [text.replace("Waite", "[name]") for text in texts]
        return read


def read_again(fieldwork, reader):  # noqa: F811
    below = None
    while (below := reread_portion(fieldwork.engine, reader, below=below)) is not None:
        pass


def test_what_an_earlier_version_read_is_read_again_once(fieldwork, send):  # noqa: F811
    for number in range(5):
        send(f"device {number}", f"We wait, number {number}")
    read_batch(fieldwork.engine, ByPhrase())
    later = Later()

    read_again(fieldwork, later)
    read_again(fieldwork, later)

    assert {one.model for one in stored(fieldwork, Reading)} == {"by-phrase-2"}
    assert len(later.seen) == 5
    assert [one.words for one in stored(fieldwork, Coding)] == ["wait"] * 5


def test_portions_of_any_size_leave_nothing_out_and_the_chore_comes_to_rest(fieldwork, send, monkeypatch):  # noqa: F811
    monkeypatch.setattr("analysis.rereading.PORTION", 2)
    for number in range(5):
        send(f"device {number}", f"We wait, number {number}")
    read_batch(fieldwork.engine, ByPhrase())
    later = Later()
    chore = Rereading(fieldwork.engine, later)

    for _ in range(8):
        chore()

    assert {one.model for one in stored(fieldwork, Reading)} == {"by-phrase-2"}
    assert len(later.seen) == 5


def test_what_another_reader_read_is_left_to_it(fieldwork, send):  # noqa: F811
    send("one", "We wait")
    read_batch(fieldwork.engine, ByPhrase())

    read_again(fieldwork, OwnReader())

    assert [one.model for one in stored(fieldwork, Reading)] == ["by-phrase-1"]


def by(version):
    class Versioned(Later):
        model = f"by-phrase-{version} small"

    return Versioned()


@pytest.mark.parametrize(("here", "there"), [(1, 2), (2, 10), (9, 10), (2, 2)])
def test_what_a_later_version_read_is_left_to_it(fieldwork, send, here, there):  # noqa: F811
    """Two workers of different versions may be at work at once while one takes the place of the other."""
    send("one", "We wait")
    read_batch(fieldwork.engine, by(there))

    read_again(fieldwork, by(here))

    assert [one.model for one in stored(fieldwork, Reading)] == [f"by-phrase-{there} small"]


def test_versions_are_numbers_and_are_told_apart_by_the_whole_of_them(fieldwork, send):  # noqa: F811
    send("one", "We wait")
    read_batch(fieldwork.engine, by(9))

    read_again(fieldwork, by(10))

    assert [one.model for one in stored(fieldwork, Reading)] == ["by-phrase-10 small"]


def test_a_reader_without_a_number_has_no_earlier_version(fieldwork, send):  # noqa: F811
    send("one", "We wait")
    read_batch(fieldwork.engine, by(9))

    read_again(fieldwork, by("next"))

    assert [one.model for one in stored(fieldwork, Reading)] == ["by-phrase-9 small"]


def test_a_name_that_an_earlier_version_told_among_the_deciding_words_is_told_no_more(fieldwork, send):  # noqa: F811
    send("one", "We wait for Mrs Waite")
    read_batch(fieldwork.engine, ByPhrase())
    with writing(fieldwork.engine) as session:
        session.exec(select(Coding)).one().words = "waite, wait"

    read_again(fieldwork, Later())

    assert [one.words for one in stored(fieldwork, Coding)] == ["wait"]
    assert [one.redacted for one in stored(fieldwork, Comment)] == ["We wait for Mrs [name]"]


def test_what_a_person_gave_and_hid_stands_when_a_comment_is_read_again(fieldwork, send):  # noqa: F811
    comment_id = send("one", "We wait for the bus with Bussey")
    read_batch(fieldwork.engine, ByPhrase())
    with writing(fieldwork.engine) as session:
        details.hide(session, comment_id, "Bussey", by="an officer", now=NOW)
        coding = session.exec(select(Coding).order_by(col(Coding.id))).first()
        coding.given_by = GivenBy.PERSON

    read_again(fieldwork, Later())

    assert GivenBy.PERSON in {one.given_by for one in stored(fieldwork, Coding)}
    assert "Bussey" not in stored(fieldwork, Comment)[0].redacted
    assert len(stored(fieldwork, FoundDetail)) == 1
    assert len(stored(fieldwork, Coding)) == 2


def test_a_word_that_a_person_hides_is_told_no_more_among_those_that_decided_a_theme(fieldwork, send):  # noqa: F811
    comment_id = send("one", "The bus is late, says Waite")
    read_batch(fieldwork.engine, ByPhrase())
    with writing(fieldwork.engine) as session:
        session.exec(select(Coding)).one().words = "bus, waite"
    with writing(fieldwork.engine) as session:
        details.hide(session, comment_id, "Waite", by="an officer", now=NOW)

    assert [one.words for one in stored(fieldwork, Coding)] == ["bus"]
