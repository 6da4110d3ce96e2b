"""A sample is drawn by chance, stays as it was drawn, and loses only what its owner takes back."""

from datetime import timedelta

import pytest
from sqlmodel import select

from survey import check_samples
from survey.database import reading, writing
from survey.errors import CheckingError
from survey.tables import CheckSample, Judgement, SampledComment, Teaching, Theme
from tests.survey.blind import Said, add_themes, code_all, draw, read, sample_of, withdraw
from tests.survey.conftest import NOW


@pytest.fixture
def forty(fieldwork):
    add_themes(fieldwork, "waiting", "transport")
    return read(fieldwork, *(Said(f"Waited {number} weeks", ("waiting",)) for number in range(40)))


def drawn(fieldwork) -> list[tuple[int, bool]]:
    with reading(fieldwork.engine) as session:
        rows = session.exec(select(SampledComment).order_by(SampledComment.sample_id, SampledComment.place)).all()
    return [(row.comment_id, row.shared) for row in rows]


def test_it_is_drawn_by_chance_and_the_same_seed_draws_the_same(fieldwork, forty):
    first = draw(fieldwork, 12, shared=5, seed=7)
    known = drawn(fieldwork)
    with writing(fieldwork.engine) as session:
        session.delete(session.get_one(CheckSample, first))

    draw(fieldwork, 12, shared=5, seed=7)
    again = drawn(fieldwork)

    assert again == known
    assert len(set(known)) == 12
    assert {comment for comment, _ in known} < set(forty)
    assert [comment for comment, _ in known] != sorted(comment for comment, _ in known)
    assert sum(shared for _, shared in known) == 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # what draws is no database
def test_every_comment_is_as_likely_as_any_other(fieldwork, forty):
    times = dict.fromkeys(forty, 0)
    for seed in range(100):
        with reading(fieldwork.engine) as session:
            sample = check_samples.draw(
                session, fieldwork.wave.consultation_id, half_width=0.05, size=20, shared=0, seed=seed, by="a", now=NOW
            )
            for comment in session.exec(select(SampledComment.comment_id).where(SampledComment.sample_id == sample)):
                times[comment] += 1

    # 100 draws of 20 from 40 give each 50 on average, and 5 more or less by chance; five times that is no chance.
    assert all(25 <= count <= 75 for count in times.values())


def test_what_cannot_be_checked_is_never_drawn(fieldwork, forty):
    foreign, *_ = read(fieldwork, Said("Czekamy dwa lata", language="pl"))
    draw(fieldwork, 40)

    assert foreign not in {comment for comment, _ in drawn(fieldwork)}
    assert sample_of(fieldwork).comments == 40


def test_what_arrives_or_goes_later_does_not_change_what_was_drawn(fieldwork, forty):
    draw(fieldwork, 10)
    known = drawn(fieldwork)
    read(fieldwork, Said("Something else"))
    withdraw(fieldwork, known[3][0])

    assert drawn(fieldwork) == known[:3] + known[4:]
    assert (sample_of(fieldwork).size, sample_of(fieldwork).there) == (10, 9)


def test_nobody_draws_while_another_sample_is_being_coded(fieldwork, forty):
    first = draw(fieldwork, 10)
    with pytest.raises(CheckingError, match="being coded already"):
        draw(fieldwork, 10)

    with writing(fieldwork.engine) as session:
        check_samples.end(session, first, by="ada", now=NOW)
        check_samples.end(session, first, by="ben", now=NOW + timedelta(days=1))

    assert sample_of(fieldwork).ended_by == "ada"
    assert draw(fieldwork, 10, seed=2) != first


@pytest.mark.parametrize(("size", "shared"), [(0, 0), (41, 0), (5, 6)])
def test_no_more_are_drawn_than_there_are(fieldwork, forty, size, shared):
    with pytest.raises(CheckingError, match="40 comments to draw from"):
        draw(fieldwork, size, shared=shared)


def test_without_themes_there_is_nothing_to_code_with(fieldwork):
    read(fieldwork, Said("Waited"))

    with pytest.raises(CheckingError, match="no themes"):
        draw(fieldwork, 1)


def test_it_knows_how_far_the_coding_has_come(fieldwork, forty):
    sample = draw(fieldwork, 6, shared=2)
    code_all(fieldwork, sample, "ada", lambda _: ())
    before = sample_of(fieldwork)
    code_all(fieldwork, sample, "ben", lambda _: ())
    after = sample_of(fieldwork)

    assert (before.coded, before.coded_twice, before.is_done) == (6, 0, False)
    assert (after.coded, after.coded_twice, after.is_done) == (6, 2, True)


def test_the_computer_is_not_judged_by_comments_it_has_learnt_from(fieldwork, forty):
    with writing(fieldwork.engine) as session:
        theme = session.exec(select(Theme.id)).first()
        session.add_all(
            Judgement(comment_id=comment, theme_id=theme, carries=True, by="ada", at=NOW) for comment in forty[:15]
        )
        session.add(
            Teaching(
                consultation_id=fieldwork.wave.consultation_id, asked_by="ada", asked_at=NOW, proved_at=NOW,
                difference_low=0.1, switched_on_by="ada", switched_on_at=NOW,
            )
        )  # fmt: skip

    draw(fieldwork, 25)

    assert {comment for comment, _ in drawn(fieldwork)} == set(forty[15:])
