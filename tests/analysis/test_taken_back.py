"""Words that are taken back, by withdrawal or by correction: what was suggested from them is looked for anew."""

import pytest

from analysis import suggestions
from analysis.refitting import stands
from analysis.suggestions import store
from survey import suggested
from survey.database import reading, writing
from survey.tables import Comment, Fit, FitState
from survey.uncovered import is_due
from tests.analysis.fitting import (  # noqa: F401  (read is a fixture)
    BUSES,
    AtOnce,
    Fails,
    candidate_of,
    correct,
    found_in,
    given_in,
    read,
    refit,
    refitting,
    stored,
    take_back,
    until_stored,
)
from tests.survey.conftest import fieldwork, open_fieldwork  # noqa: F401  (fixtures)


def say_otherwise(fieldwork, comment_id):  # noqa: F811
    correct(fieldwork, comment_id, "Nothing to add")


@pytest.mark.parametrize("gone", [take_back, say_otherwise])
def test_once_words_are_taken_back_a_search_is_due_without_them_and_then_no_more(fieldwork, read, gone):  # noqa: F811
    first, *_ = read(*BUSES)
    refit(fieldwork)
    assert first in candidate_of(fieldwork)

    gone(fieldwork, first)

    with reading(fieldwork.engine) as session:
        assert is_due(session, fieldwork.wave.consultation_id)
    assert refit(fieldwork) == 1
    assert refit(fieldwork) == 0


def test_a_search_that_failed_after_words_were_taken_back_is_not_begun_again_by_itself(fieldwork, read):  # noqa: F811
    first, *_ = read(*BUSES)
    refit(fieldwork)
    take_back(fieldwork, first)

    until_stored(refitting(fieldwork, Fails(MemoryError())))

    assert refit(fieldwork) == 0


def test_words_taken_back_while_a_search_failed_are_looked_for_without_by_the_next(fieldwork, read):  # noqa: F811
    first, second, *_ = read(*BUSES)
    refit(fieldwork)
    take_back(fieldwork, first)
    until_stored(refitting(fieldwork, Fails(MemoryError())))

    take_back(fieldwork, second)

    assert refit(fieldwork) == 1


@pytest.mark.parametrize("gone", [take_back, say_otherwise])
def test_a_fit_that_ends_does_not_hide_that_words_were_taken_back_meanwhile(fieldwork, read, monkeypatch, gone):  # noqa: F811
    monkeypatch.setattr(suggestions, "PORTION", 4)
    first, *_ = read(*BUSES)
    portions = store(fieldwork.engine, found_in(fieldwork))
    next(portions)

    gone(fieldwork, first)
    sum(portions)

    with reading(fieldwork.engine) as session:
        assert suggested.to_be_looked_for(session, fieldwork.wave.consultation_id)


def test_what_was_found_in_words_that_are_gone_is_given_to_nobody_who_has_their_number(fieldwork, read):  # noqa: F811
    """The embedded database gives the number of a deleted comment to the next."""
    first, *others = read(*BUSES)
    told = found_in(fieldwork)
    with writing(fieldwork.engine) as session:
        session.get_one(Comment, first).words = "Kindness itself"

    sum(store(fieldwork.engine, told))

    assert candidate_of(fieldwork).keys() == set(others)


def test_one_that_is_corrected_meanwhile_makes_it_look_again_without_those_words(fieldwork, read):  # noqa: F811
    first, *_ = read(*BUSES)
    executor = AtOnce()
    chore = refitting(fieldwork, executor)
    chore()
    correct(fieldwork, first, "Nothing to add")

    until_stored(chore)

    assert executor.fits == 2
    assert [(one.state, one.comments) for one in stored(fieldwork, Fit)] == [(FitState.STORED, len(BUSES) - 1)]


@pytest.mark.parametrize("gone", [take_back, say_otherwise])
def test_words_taken_back_while_it_is_stored_make_it_look_again_too(fieldwork, read, monkeypatch, gone):  # noqa: F811
    monkeypatch.setattr(suggestions, "PORTION", 4)
    *_, last = read(*BUSES)
    executor = AtOnce()
    chore = refitting(fieldwork, executor)
    for _ in range(3):
        chore()
    assert 0 < len(candidate_of(fieldwork)) < len(BUSES)

    gone(fieldwork, last)  # before any candidate was given to it
    until_stored(chore)

    assert executor.fits == 2
    assert [(one.state, one.comments) for one in stored(fieldwork, Fit)] == [(FitState.STORED, len(BUSES) - 1)]


def test_how_comments_are_portioned_does_not_matter_to_whether_they_stand(fieldwork, read, monkeypatch):  # noqa: F811
    monkeypatch.setattr("analysis.refitting.GATHERED", 4)
    *_, last = read(*BUSES)
    given = given_in(fieldwork)
    assert ends_with(stands(fieldwork.engine, given))

    take_back(fieldwork, last)

    assert not ends_with(stands(fieldwork.engine, given))


def ends_with(steps):
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
