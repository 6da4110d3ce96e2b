"""Coding blind: every theme judged, one comment after the other, nothing of it lost and nothing kept twice."""

from datetime import timedelta

import pytest
from sqlmodel import select

from survey import blind_coding, check_samples, frames
from survey.blind_coding import ToCode
from survey.database import reading, writing
from survey.errors import CheckingError
from survey.tables import BlindCoding, Judgement, Theme
from tests.survey.blind import Said, add_themes, code_all, draw, read, sample_of, withdraw
from tests.survey.conftest import NOW


@pytest.fixture
def themes(fieldwork):
    return add_themes(fieldwork, "waiting", "transport", "kindness")


@pytest.fixture
def ten(fieldwork, themes):
    return read(fieldwork, *(Said(f"Waited {number} weeks", ("waiting",)) for number in range(10)))


def shown(fieldwork, sample: int, by: str) -> ToCode | None:
    with reading(fieldwork.engine) as session:
        return blind_coding.next_for(session, sample, by)


def record(fieldwork, sample: int, comment: int, *carries: int, by: str = "ada", sentiment: str = "negative") -> bool:
    with writing(fieldwork.engine) as session:
        return blind_coding.record(
            session, sample, comment, carries=carries, sentiment=sentiment, by=by, now=NOW + timedelta(minutes=1)
        )


def stored(fieldwork, table):
    with reading(fieldwork.engine) as session:
        return session.exec(select(table)).all()


def test_every_theme_is_judged_also_those_the_comment_does_not_carry(fieldwork, themes, ten):
    sample = draw(fieldwork, 5)
    first = shown(fieldwork, sample, "ada")

    assert record(fieldwork, sample, first.comment_id, themes["waiting"])

    judged = {row.theme_id: row.carries for row in stored(fieldwork, Judgement)}
    assert judged == {themes["waiting"]: True, themes["transport"]: False, themes["kindness"]: False}
    (coding,) = stored(fieldwork, BlindCoding)
    assert (coding.by, coding.sentiment) == ("ada", "negative")


def test_what_was_said_last_can_be_taken_back_by_whoever_said_it_and_only_while_it_is_coded(fieldwork, themes, ten):
    sample = draw(fieldwork, 3)
    first = shown(fieldwork, sample, "ada").comment_id
    record(fieldwork, sample, first, themes["waiting"])
    with writing(fieldwork.engine) as session:
        before = frames.latest_change(session, fieldwork.wave.id)
        assert blind_coding.take_back(session, sample, by="ben") is None
        assert blind_coding.take_back(session, sample, by="ada") == first
        assert frames.latest_change(session, fieldwork.wave.id) > before

    assert shown(fieldwork, sample, "ada").comment_id == first
    assert not stored(fieldwork, Judgement)
    record(fieldwork, sample, first, themes["transport"])
    with writing(fieldwork.engine) as session:
        check_samples.end(session, sample, by="ada", now=NOW + timedelta(hours=1))
        assert blind_coding.take_back(session, sample, by="ada") is None


def test_whoever_comes_back_goes_on_where_they_left(fieldwork, themes, ten):
    sample = draw(fieldwork, 3)
    first = shown(fieldwork, sample, "ada")
    record(fieldwork, sample, first.comment_id)
    second = shown(fieldwork, sample, "ada")

    assert second.comment_id != first.comment_id
    assert (second.done, second.left) == (1, 2)
    assert shown(fieldwork, sample, "ada") == second


def test_nothing_that_the_computer_or_anybody_said_is_shown(fieldwork, themes, ten):
    """A type cannot carry what it has no room for."""
    assert set(ToCode._fields) == {"sample_id", "comment_id", "wave_id", "item", "service", "words", "done", "left"}


def test_a_second_person_is_given_the_shared_part(fieldwork, themes, ten):
    sample = draw(fieldwork, 8, shared=3)
    alone = code_all(fieldwork, sample, "ada", lambda _: ())
    twice = code_all(fieldwork, sample, "ben", lambda _: ())

    assert len(alone) == 8
    assert len(twice) == 3
    assert set(twice) < set(alone)
    assert shown(fieldwork, sample, "cy") is None
    assert sample_of(fieldwork).is_done


def test_two_people_at_once_share_the_work(fieldwork, themes, ten):
    sample = draw(fieldwork, 6, shared=2)
    while (mine := shown(fieldwork, sample, "ada")) or (theirs := shown(fieldwork, sample, "ben")):
        if mine:
            record(fieldwork, sample, mine.comment_id)
        if theirs := shown(fieldwork, sample, "ben"):
            record(fieldwork, sample, theirs.comment_id, by="ben")

    assert len(stored(fieldwork, BlindCoding)) == 6 + 2
    assert sample_of(fieldwork).is_done


def test_saving_twice_keeps_one(fieldwork, themes, ten):
    sample = draw(fieldwork, 2)
    first = shown(fieldwork, sample, "ada")

    assert record(fieldwork, sample, first.comment_id, themes["waiting"])
    assert not record(fieldwork, sample, first.comment_id)

    assert len(stored(fieldwork, BlindCoding)) == 1
    assert len(stored(fieldwork, Judgement)) == 3


def test_a_comment_withdrawn_meanwhile_drops_out_and_takes_its_judgements_along(fieldwork, themes, ten):
    sample = draw(fieldwork, 3)
    first = shown(fieldwork, sample, "ada")
    record(fieldwork, sample, first.comment_id)
    second = shown(fieldwork, sample, "ada")
    withdraw(fieldwork, first.comment_id)
    withdraw(fieldwork, second.comment_id)

    with pytest.raises(CheckingError, match="was taken back, or its coding ended"):
        record(fieldwork, sample, second.comment_id)
    assert stored(fieldwork, Judgement) == stored(fieldwork, BlindCoding) == []
    assert shown(fieldwork, sample, "ada").left == 1


def test_an_ended_sample_is_coded_no_further(fieldwork, themes, ten):
    sample = draw(fieldwork, 3)
    first = shown(fieldwork, sample, "ada")
    with writing(fieldwork.engine) as session:
        check_samples.end(session, sample, by="ben", now=NOW)

    assert shown(fieldwork, sample, "ada") is None
    with pytest.raises(CheckingError, match="Nothing was kept of it"):
        record(fieldwork, sample, first.comment_id)


@pytest.mark.parametrize("change", [{"retired": True}, {"merged": True}])
def test_a_theme_that_does_not_stand_any_more_cannot_be_given(fieldwork, themes, ten, change):
    sample = draw(fieldwork, 3)
    first = shown(fieldwork, sample, "ada")
    with writing(fieldwork.engine) as session:
        theme = session.get_one(Theme, themes["waiting"])
        theme.retired = "retired" in change
        theme.merged_into_id = themes["kindness"] if "merged" in change else None
        session.add(theme)

    with pytest.raises(CheckingError, match="themes have changed"):
        record(fieldwork, sample, first.comment_id, themes["waiting"])
    assert stored(fieldwork, BlindCoding) == []


def test_a_tone_that_is_none_is_refused(fieldwork, themes, ten):
    sample = draw(fieldwork, 1)

    with pytest.raises(CheckingError):
        record(fieldwork, sample, shown(fieldwork, sample, "ada").comment_id, sentiment="grim")


def test_whoever_watches_figures_is_told_that_they_changed(fieldwork, themes, ten):
    sample = draw(fieldwork, 1)
    with reading(fieldwork.engine) as session:
        before = frames.latest_change(session, fieldwork.wave.id)

    record(fieldwork, sample, shown(fieldwork, sample, "ada").comment_id)

    with reading(fieldwork.engine) as session:
        assert frames.latest_change(session, fieldwork.wave.id) > before
