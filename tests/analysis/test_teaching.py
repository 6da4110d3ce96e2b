"""The worker proves what is asked for, and reads by what was learnt where that is switched on."""

from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sqlmodel import select

from analysis.teaching import Learnt, Proving, judged
from analysis.text.learning import Taught, assign
from survey import carried, judging, standing_themes, teaching, theming
from survey.database import reading, writing
from survey.errors import CheckingError
from survey.tables import Consultation, Judgement, Teaching, Theme
from survey.theming import Seen
from tests.survey.blind import Said, add_themes, code_all, draw, read, withdraw
from tests.survey.conftest import NOW, fieldwork, open_fieldwork  # noqa: F401  (fixtures)

LATER = NOW + timedelta(days=1)
ESCORTS = [f"The escort {what} {when}" for what in ("was new", "had left", "was changed", "upset her", "said nothing")
           for when in ("again", "this week", "on Monday", "without a word", "for us")]  # fmt: skip
OTHERS = [f"{what} {when}" for what in ("Still on the waiting list", "Waiting goes on", "There were delays")
          for when in ("again", "this week", "on Monday", "without a word", "for us")]  # fmt: skip


class AtOnce(Executor):
    """Does what it is given when it is given it."""

    def __init__(self, before=lambda: None, problem: Exception | None = None) -> None:
        self.before, self.problem, self.proofs, self.ended = before, problem, 0, 0

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.ended += not wait

    def submit(self, fn, /, *args, **kwargs) -> Future:
        self.proofs += 1
        self.before()
        done: Future = Future()
        if self.problem:
            done.set_exception(self.problem)
        else:
            done.set_result(fn(*args, **kwargs))
        return done


@pytest.fixture
def coded(fieldwork, monkeypatch):  # noqa: F811
    """Comments coded blind by somebody to whom an escort is transport, which the computer cannot know; gives them."""
    monkeypatch.setattr(teaching, "FEWEST", 40)
    themes = add_themes(fieldwork, "transport", "waiting")
    with writing(fieldwork.engine) as session:
        session.get_one(Theme, themes["transport"]).phrases = "bus\ntaxi"
        session.get_one(Theme, themes["waiting"]).phrases = "waiting\nwaiting list\ndelays"
    comments = read(fieldwork, *(Said(words) for words in ESCORTS + OTHERS))
    sample = draw(fieldwork, len(comments))
    code_all(
        fieldwork, sample, "ada", lambda words: [themes["transport" if words.startswith("The escort") else "waiting"]]
    )
    return comments


def ask(fieldwork) -> None:  # noqa: F811
    with writing(fieldwork.engine) as session:
        teaching.ask(session, fieldwork.wave.consultation_id, by="ada", now=LATER)


def proved(fieldwork, executor: Executor | None = None) -> teaching.Lesson:  # noqa: F811
    executor = executor or AtOnce()
    chore = Proving(fieldwork.engine, lambda: executor, rest_seconds=0)
    for _ in range(4):
        chore()
    return lesson(fieldwork)


def lesson(fieldwork) -> teaching.Lesson:  # noqa: F811
    with reading(fieldwork.engine) as session:
        return teaching.latest(session, fieldwork.wave.consultation_id)


def switch(fieldwork, on: bool) -> None:  # noqa: F811
    with writing(fieldwork.engine) as session:
        (teaching.switch_on if on else teaching.switch_off)(session, lesson(fieldwork).id, by="ada", now=LATER)


def read_by(fieldwork, learnt: Learnt):  # noqa: F811
    with reading(fieldwork.engine) as session:
        themes = standing_themes.standing(session, fieldwork.wave.consultation_id)
        return learnt.of(session, fieldwork.wave.consultation_id, standing_themes.frame_of(themes))


def merge(fieldwork, into: int, other: int) -> None:  # noqa: F811
    with writing(fieldwork.engine) as session:
        into_it, it = (Seen(one, session.get_one(Theme, one).version) for one in (into, other))
        theming.merge(session, fieldwork.wave.consultation_id, into_it, [it], by="ada")


def test_what_was_asked_for_is_proved_and_stored(fieldwork, coded):  # noqa: F811
    ask(fieldwork)

    found = proved(fieldwork)

    assert found.comments == len(coded)
    assert found.f1_with > found.f1_without
    assert found.difference_low > 0
    assert found.is_better
    assert not found.is_on


def test_nothing_is_proved_that_nobody_asked_for(fieldwork, coded):  # noqa: F811
    executor = AtOnce()

    assert proved(fieldwork, executor) is None
    assert executor.proofs == 0


def test_too_few_comments_are_not_worth_a_proof(fieldwork, coded, monkeypatch):  # noqa: F811
    monkeypatch.setattr(teaching, "FEWEST", 41)

    with pytest.raises(CheckingError, match="40 comments have been coded blind. From 41"):
        ask(fieldwork)


def test_one_proof_is_made_at_a_time(fieldwork, coded):  # noqa: F811
    ask(fieldwork)

    with pytest.raises(CheckingError, match="being made already"):
        ask(fieldwork)


def test_only_what_is_proved_better_can_be_switched_on(fieldwork, coded):  # noqa: F811
    ask(fieldwork)

    with pytest.raises(CheckingError, match="not been proved"):
        switch(fieldwork, on=True)


def test_switched_on_it_is_read_by_and_comments_are_given_themes_again(fieldwork, coded):  # noqa: F811
    ask(fieldwork)
    proved(fieldwork)
    learnt, text = Learnt(), "The escort was changed once more"
    before = read_by(fieldwork, learnt)
    with reading(fieldwork.engine) as session:
        number = session.exec(select(Consultation.frame)).one()

    switch(fieldwork, on=True)

    taught = read_by(fieldwork, learnt)
    assert not isinstance(before, Taught)
    assert "transport" in assign([text], taught)["theme"].tolist()
    assert taught.name == "taught 1"
    assert read_by(fieldwork, learnt) is taught
    with reading(fieldwork.engine) as session:
        assert session.exec(select(Consultation.frame)).one() == number + 1
    assert (lesson(fieldwork).switched_on_by, lesson(fieldwork).is_on) == ("ada", True)


def test_switched_off_the_frame_decides_alone_again(fieldwork, coded):  # noqa: F811
    ask(fieldwork)
    proved(fieldwork)
    switch(fieldwork, on=True)
    switch(fieldwork, on=False)

    assert not isinstance(read_by(fieldwork, Learnt()), Taught)
    assert not lesson(fieldwork).is_on


def test_after_a_withdrawal_it_is_learnt_anew_without_what_is_gone(fieldwork, coded):  # noqa: F811
    ask(fieldwork)
    proved(fieldwork)
    switch(fieldwork, on=True)
    learnt = Learnt()
    before = read_by(fieldwork, learnt)

    withdraw(fieldwork, coded[0])

    after, fresh = read_by(fieldwork, learnt), read_by(fieldwork, Learnt())
    assert after is not before
    assert not np.array_equal(after.weights, before.weights)
    assert np.array_equal(after.weights, fresh.weights)


def test_what_is_judged_later_teaches_nothing_until_it_is_proved(fieldwork, coded):  # noqa: F811
    ask(fieldwork)
    proved(fieldwork)
    switch(fieldwork, on=True)
    learnt = Learnt()
    before = read_by(fieldwork, learnt)
    with writing(fieldwork.engine) as session:
        theme = session.exec(select(Theme.id)).first()
        later = LATER + timedelta(days=1)
        session.add(Judgement(comment_id=coded[0], theme_id=theme, carries=False, by="ben", at=later))

    assert read_by(fieldwork, learnt) is before


def test_a_proof_that_rests_on_words_taken_back_is_made_again(fieldwork, coded):  # noqa: F811
    ask(fieldwork)
    gone = iter(coded[:1])
    executor = AtOnce(before=lambda: [withdraw(fieldwork, comment) for comment in gone])

    found = proved(fieldwork, executor)

    assert executor.proofs == 2
    assert found.comments == len(coded) - 1


def test_a_proof_that_fails_ends_without_figures_and_can_be_asked_for_again(fieldwork, coded):  # noqa: F811
    ask(fieldwork)

    found = proved(fieldwork, AtOnce(problem=MemoryError()))

    assert found.proved_at is not None
    assert found.f1_with is None
    assert not found.is_better
    ask(fieldwork)
    assert proved(fieldwork).is_better


@pytest.mark.parametrize("problem", [BrokenExecutor(), CancelledError()])
def test_a_proof_that_is_lost_with_its_process_is_made_once_more_elsewhere(fieldwork, coded, problem):  # noqa: F811
    ask(fieldwork)
    first, second = AtOnce(problem=problem), AtOnce()
    places = iter([first, second])
    chore = Proving(fieldwork.engine, lambda: next(places), rest_seconds=0)

    for _ in range(4):
        chore()

    assert lesson(fieldwork).is_better
    assert (first.ended, second.ended) == (1, 1)


def test_a_proof_that_is_lost_each_time_has_failed_and_the_worker_goes_on(fieldwork, coded):  # noqa: F811
    ask(fieldwork)
    executor = AtOnce(problem=BrokenExecutor())

    found = proved(fieldwork, executor)

    assert executor.proofs == 2
    assert found.proved_at is not None
    assert found.f1_with is None
    ask(fieldwork)
    assert proved(fieldwork).is_better


def test_a_worker_that_leaves_lets_go_of_a_proof_and_the_next_makes_it(fieldwork, coded):  # noqa: F811
    ask(fieldwork)
    executor = AtOnce()
    chore = Proving(fieldwork.engine, lambda: executor, rest_seconds=0)
    chore()

    chore.leave()
    chore.leave()

    assert executor.ended == 1
    assert lesson(fieldwork).proved_at is None
    assert proved(fieldwork).is_better


def test_the_last_judgement_counts_and_one_of_a_merged_theme_counts_for_the_other(fieldwork):  # noqa: F811
    themes = add_themes(fieldwork, "buses", "transport", "waiting")
    (comment,) = read(fieldwork, Said("The bus"))
    merge(fieldwork, themes["transport"], themes["buses"])
    with writing(fieldwork.engine) as session:
        for theme, carries in (("buses", True), ("waiting", True), ("waiting", False)):
            row = Judgement(comment_id=comment, theme_id=themes[theme], carries=carries, by="ada", at=NOW)
            session.add(row)
            session.flush()

    with reading(fieldwork.engine) as session:
        found = judged(
            session, fieldwork.wave.consultation_id, [themes["waiting"], themes["transport"], None], until=NOW
        )

    assert found.says[0, :2].tolist() == [0, 1]
    assert np.isnan(found.says[0, 2])
    assert not found.blind.any()


def test_no_to_the_whole_is_said_of_what_was_merged_into_it_before_too(fieldwork):  # noqa: F811
    themes = add_themes(fieldwork, "buses", "transport")
    before, after = read(fieldwork, Said("The bus"), Said("The taxi"))
    with writing(fieldwork.engine) as session:
        judging.judge(session, before, themes["buses"], carries=True, by="ada")
        judging.judge(session, after, themes["transport"], carries=False, by="ada")
        judging.judge(session, after, themes["buses"], carries=True, by="ada")
    merge(fieldwork, themes["transport"], themes["buses"])
    with writing(fieldwork.engine) as session:
        judging.judge(session, before, themes["transport"], carries=False, by="ada")

    with reading(fieldwork.engine) as session:
        now = datetime.now(UTC)
        found = judged(session, fieldwork.wave.consultation_id, [themes["transport"]], until=now)
        shown = carried.of_comment(session, fieldwork.wave.consultation_id, before)

    assert found.says[:, 0].tolist() == [0, 1]
    assert shown.empty


def test_another_consultations_comments_teach_nothing(fieldwork, coded):  # noqa: F811
    with writing(fieldwork.engine) as session:
        other = Consultation(slug="other", title="Other", owner="The council", kind="engagement")
        session.add(other)
        session.flush()
        session.add(Teaching(consultation_id=other.id, asked_by="ada", asked_at=LATER))
        session.add(Theme(consultation_id=other.id, key="transport", label="Transport"))

    proved(fieldwork)

    with reading(fieldwork.engine) as session:
        (row,) = session.exec(select(Teaching)).all()
    assert row.proved_at is not None
    assert row.f1_with is None
