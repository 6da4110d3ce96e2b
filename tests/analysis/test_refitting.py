"""Candidate themes follow what comes in, without holding up anybody and without touching what a person gave."""

import pytest
from sqlmodel import col, select

from analysis import suggestions
from analysis.refitting import Refitting
from analysis.suggestions import store
from analysis.text import discover
from survey import theming, uncovered
from survey.database import reading, writing
from survey.tables import CandidateTheme, Coding, Comment, GivenBy, ResponseState, Theme
from survey.uncovered import is_due
from tests.analysis.fitting import (  # noqa: F401  (read is a fixture)
    BUSES,
    THERAPY,
    AtOnce,
    Fails,
    Slow,
    candidate_of,
    changes,
    found_in,
    read,
    refit,
    refitting,
    stored,
    until_stored,
)
from tests.survey.conftest import NOW, fieldwork, open_fieldwork  # noqa: F401  (fixtures)


def test_comments_without_a_theme_are_given_candidates_and_told_as_changed(fieldwork, read):  # noqa: F811
    buses, therapy = read(*BUSES), read(*THERAPY)

    assert refit(fieldwork) == 1

    given = candidate_of(fieldwork)
    assert given.keys() == {*buses, *therapy}
    assert set(given.values()) == {one.key for one in stored(fieldwork, CandidateTheme)}
    assert all(one.given_by is GivenBy.MODEL and one.model == "m-1" for one in stored(fieldwork, Coding))
    assert len(set(changes(fieldwork).values()) - {0}) == 1
    assert sum(one.size for one in stored(fieldwork, CandidateTheme)) == len(BUSES) + len(THERAPY)


def test_a_candidate_says_what_the_clauses_do_that_speak_of_it(fieldwork, read):  # noqa: F811
    both = read(*BUSES, *THERAPY, "The cook was lovely and so patient with us. The taxi was late and nobody rang.")[-1]

    refit(fieldwork)

    (given,) = (one for one in stored(fieldwork, Coding) if one.comment_id == both)
    assert "taxi" in given.words
    assert (given.criticism, given.praise) == (True, False)


def test_the_words_that_decided_a_candidate_are_kept_with_each_comment(fieldwork, read):  # noqa: F811
    read(*BUSES, *THERAPY)

    refit(fieldwork)

    with reading(fieldwork.engine) as session:
        rows = session.exec(
            select(Coding.words, CandidateTheme.words, Comment.redacted)
            .join(CandidateTheme, col(CandidateTheme.id) == Coding.candidate_theme_id)
            .join(Comment, col(Comment.id) == Coding.comment_id)
        ).all()
    assert len(rows) == len(BUSES) + len(THERAPY)
    deciding = [(set(decided.split(", ")), telling, shown) for decided, telling, shown in rows if decided]
    assert len(deciding) > len(rows) / 2
    for decided, telling, shown in deciding:
        assert decided <= {*telling.lower().split(", ")}
        assert all(term in shown.lower() for term in decided)


def test_a_word_hidden_while_a_fit_is_under_way_decides_nothing(fieldwork, read):  # noqa: F811
    read(*BUSES)
    told = found_in(fieldwork)
    decided = dict(zip(told.ids, told.found.assigned["words"], strict=True))
    hidden = next(comment_id for comment_id, words in decided.items() if words)
    with writing(fieldwork.engine) as session:
        session.get_one(Comment, hidden).redacted = "[name]"

    sum(store(fieldwork.engine, told))

    assert {one.comment_id: one.words for one in stored(fieldwork, Coding)} == decided | {hidden: ""}


def test_only_english_comments_that_stand_and_have_no_theme_are_fitted(fieldwork, read):  # noqa: F811
    mine = read(*BUSES)
    (themed,) = read("The bus again")
    read("Autobus się spóźnia", language="pl")
    read("The bus was withdrawn", state=ResponseState.WITHDRAWN)
    with writing(fieldwork.engine) as session:
        theme = Theme(consultation_id=fieldwork.wave.consultation_id, key="transport", label="Transport")
        session.add(theme)
        session.flush()
        session.add(Coding(comment_id=themed, theme_id=theme.id, strength=1, given_by=GivenBy.MODEL, model="m"))

    refit(fieldwork)

    assert candidate_of(fieldwork).keys() == set(mine)


def test_comments_that_say_nothing_are_given_none(fieldwork, read):  # noqa: F811
    mine = read(*BUSES)
    read("Nothing", "N/A")

    refit(fieldwork)

    assert candidate_of(fieldwork).keys() == set(mine)


def test_nothing_is_fitted_until_there_is_enough(fieldwork, read):  # noqa: F811
    read(*BUSES[:7])
    assert refit(fieldwork) == 0

    read(BUSES[7])
    assert refit(fieldwork) == 1


def test_a_new_worker_does_not_fit_again_what_was_fitted(fieldwork, read):  # noqa: F811
    read(*BUSES, *THERAPY)
    refit(fieldwork)

    assert refit(fieldwork) == 0

    read("The taxi never came", "A new driver each week", "Late again", "No taxi")
    assert refit(fieldwork) == 0
    read("Where was the bus")
    assert refit(fieldwork) == 1


def test_fits_keep_their_distance(fieldwork, read):  # noqa: F811
    read(*BUSES)
    executor, now = AtOnce(), [0.0]
    chore = Refitting(fieldwork.engine, lambda: executor, model="m-1", clock=lambda: now[0], rest_seconds=30)
    until_stored(chore)
    read(*THERAPY)

    now[0] = 29
    until_stored(chore)
    assert executor.fits == 1

    now[0] = 31
    until_stored(chore)
    assert executor.fits == 2


def test_between_two_portions_there_is_room_for_others(fieldwork, read, monkeypatch):  # noqa: F811
    monkeypatch.setattr(suggestions, "PORTION", 4)
    read(*BUSES)
    chore, given = refitting(fieldwork), []

    for _ in range(6):
        chore()
        given.append(len(candidate_of(fieldwork)))

    assert given == [0, 0, 4, 8, 9, 9]


def test_it_does_not_wait_for_a_fit(fieldwork, read):  # noqa: F811
    read(*BUSES)
    chore = refitting(fieldwork, Slow())

    for _ in range(3):
        chore()

    assert stored(fieldwork, CandidateTheme) == []


def test_themes_keep_their_key_and_their_row_while_comments_come_in(fieldwork, read):  # noqa: F811
    read(*BUSES, *THERAPY)
    refit(fieldwork)
    before = {one.key: one.id for one in stored(fieldwork, CandidateTheme)}

    read(*(f"{text} again" for text in BUSES[:5]))
    refit(fieldwork)

    assert before.items() <= {one.key: one.id for one in stored(fieldwork, CandidateTheme)}.items()


def test_a_fit_that_finds_the_same_changes_no_response(fieldwork, read):  # noqa: F811
    read(*BUSES, *THERAPY)
    told = found_in(fieldwork)
    sum(store(fieldwork.engine, told))
    before = changes(fieldwork), stored(fieldwork, Coding)

    assert sum(store(fieldwork.engine, told)) == 0
    assert (changes(fieldwork), stored(fieldwork, Coding)) == before


def test_only_what_has_another_candidate_is_told_as_changed(fieldwork, read):  # noqa: F811
    read(*BUSES, *THERAPY)
    refit(fieldwork)
    before, given = changes(fieldwork), candidate_of(fieldwork)

    read(*(f"{text} again" for text in BUSES[:5]))
    refit(fieldwork)

    now = candidate_of(fieldwork)
    moved = {comment for comment in now if given.get(comment) != now[comment]}
    owners = {one.id: one.response_id for one in stored(fieldwork, Comment)}
    after = changes(fieldwork)
    assert {one for one in after if after[one] != before.get(one, 0)} == {owners[comment] for comment in moved}


def test_what_a_person_gave_stays_even_where_the_model_finds_it_no_more(fieldwork, read):  # noqa: F811
    first, *_ = read(*BUSES)
    with writing(fieldwork.engine) as session:
        mine = CandidateTheme(
            consultation_id=fieldwork.wave.consultation_id, key="found_mine", label="Mine", size=9, fitted_at=NOW
        )
        session.add(mine)
        session.flush()
        session.add(Coding(comment_id=first, candidate_theme_id=mine.id, strength=1, given_by=GivenBy.PERSON))

    refit(fieldwork)

    assert candidate_of(fieldwork)[first] == "found_mine"
    assert [one.given_by for one in stored(fieldwork, Coding) if one.comment_id == first] == [GivenBy.PERSON]
    assert [one.size for one in stored(fieldwork, CandidateTheme) if one.key == "found_mine"] == [0]


def test_a_comment_that_is_given_a_theme_loses_its_candidate_with_the_next_fit(fieldwork, read):  # noqa: F811
    ids = read(*BUSES)
    refit(fieldwork)
    with writing(fieldwork.engine) as session:
        theme = Theme(consultation_id=fieldwork.wave.consultation_id, key="transport", label="Transport")
        session.add(theme)
        session.flush()
        session.add_all(
            Coding(comment_id=one, theme_id=theme.id, strength=1, given_by=GivenBy.PERSON) for one in ids[:5]
        )
    before = changes(fieldwork)

    assert refit(fieldwork) == 1

    assert not candidate_of(fieldwork).keys() & set(ids[:5])
    owners = {one.id: one.response_id for one in stored(fieldwork, Comment)}
    assert all(changes(fieldwork)[owners[one]] > before[owners[one]] for one in ids[:5])


def test_what_goes_or_is_themed_while_a_fit_is_under_way_is_left_alone(fieldwork, read):  # noqa: F811
    gone, themed, *others = read(*BUSES)
    told = found_in(fieldwork)
    with writing(fieldwork.engine) as session:
        session.delete(session.get_one(Comment, gone))
        theme = Theme(consultation_id=fieldwork.wave.consultation_id, key="transport", label="Transport")
        session.add(theme)
        session.flush()
        session.add(Coding(comment_id=themed, theme_id=theme.id, strength=1, given_by=GivenBy.PERSON))

    sum(store(fieldwork.engine, told))

    assert candidate_of(fieldwork).keys() == set(others)


def test_themes_merged_and_candidates_approved_between_two_portions_of_a_fit_stay_so(fieldwork, read, monkeypatch):  # noqa: F811
    monkeypatch.setattr(suggestions, "PORTION", 4)
    consultation_id = fieldwork.wave.consultation_id
    read(*BUSES, *THERAPY)
    refit(fieldwork)
    with writing(fieldwork.engine) as session:
        transport = theming.add(session, consultation_id, theming.worded("Transport", "", ["bus"]), by="an officer")
        travel = theming.add(session, consultation_id, theming.worded("Travel", "", ["taxi"]), by="an officer")
    late = read(*(f"{text} again" for text in BUSES))
    portions = store(fieldwork.engine, found_in(fieldwork))
    next(portions)

    with writing(fieldwork.engine) as session:
        theming.merge(session, consultation_id, theming.Seen(transport, 1), [theming.Seen(travel, 1)], by="an officer")
        candidate = session.exec(select(CandidateTheme).order_by(col(CandidateTheme.id))).first()
        theming.approve_into(session, consultation_id, candidate.id, theming.Seen(transport, 2), by="an officer")
    sum(portions)

    codings = stored(fieldwork, Coding)
    assert len({one.comment_id for one in codings}) == len(codings), "nothing is coded twice"
    with reading(fieldwork.engine) as session:
        board = theming.board(session, consultation_id)
        approved = session.get_one(CandidateTheme, candidate.id)
    assert [theme.label for theme in board.themes] == ["Transport"]
    assert board.themes[0].phrases == ("bus", "taxi", "Travel")
    assert approved.approved_as_id == transport
    assert {one.comment_id for one in codings} <= {one.id for one in stored(fieldwork, Comment)}
    assert late


def test_a_worker_killed_half_way_loses_nothing_and_the_next_gives_nothing_twice(fieldwork, read, monkeypatch):  # noqa: F811
    ids = read(*BUSES, *THERAPY)
    monkeypatch.setattr(suggestions, "PORTION", 4)
    told, portions = found_in(fieldwork), iter([None, None, KeyboardInterrupt()])
    stamp = suggestions.stamp

    def until_killed(session, response_ids):
        if killed := next(portions):
            raise killed
        stamp(session, response_ids)

    monkeypatch.setattr(suggestions, "stamp", until_killed)
    with pytest.raises(KeyboardInterrupt):
        sum(store(fieldwork.engine, told))
    assert len(candidate_of(fieldwork)) == 8
    monkeypatch.setattr(suggestions, "stamp", stamp)

    with reading(fieldwork.engine) as session:
        assert is_due(session, fieldwork.wave.consultation_id)
    refit(fieldwork)

    assert sorted(one.comment_id for one in stored(fieldwork, Coding)) == ids
    with reading(fieldwork.engine) as session:
        assert not is_due(session, fieldwork.wave.consultation_id)


def test_the_keys_of_approved_themes_are_not_given_to_candidates(fieldwork, read):  # noqa: F811
    read(*BUSES)
    keys = set(found_in(fieldwork).found.candidates["key"])
    with writing(fieldwork.engine) as session:
        session.add_all(
            Theme(consultation_id=fieldwork.wave.consultation_id, key=key, label=key, version=1) for key in keys
        )

    refit(fieldwork)

    assert not keys & set(candidate_of(fieldwork).values())


def test_a_fit_that_fails_is_reported_without_anybodys_words_and_reading_goes_on(fieldwork, read, caplog):  # noqa: F811
    read(*BUSES)
    chore = refitting(fieldwork, Fails(ValueError(BUSES[0])))

    chore()
    chore()

    assert "a fit of candidate themes failed: ValueError" in caplog.text
    assert BUSES[0] not in caplog.text


def test_nobodys_words_are_logged(fieldwork, read, caplog):  # noqa: F811
    caplog.set_level("INFO")
    read(*BUSES)

    refit(fieldwork)

    assert "looking for candidate themes in 9 comments" in caplog.text
    assert not any(text in caplog.text for text in BUSES)


def test_a_search_is_due_from_as_many_comments_as_themes_are_looked_for_in():
    assert uncovered.FEWEST == discover.FEWEST
