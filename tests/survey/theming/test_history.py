"""What was done to themes is kept, can be undone, and tells how the themes stood at any time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given as supposing
from hypothesis import settings
from hypothesis import strategies as st
from sqlmodel import select

from survey import database, demo, frames, judging, theming
from survey.database import reading, writing
from survey.errors import SurveyError, ThemeError
from survey.tables import Theme, ThemeActKind, ThemeVersion
from survey.theming import worded
from tests.survey.theming.conftest import OFFICER, Given

LABELS = ("Waiting", "Delays", "Kindness")


def then(desk, **moment: object) -> list[str]:
    with reading(desk.engine) as session:
        return frames.themes_as_of(session, desk.consultation_id, **moment)["label"].tolist()


def test_the_history_says_who_did_what_to_what_the_last_first(desk_with):
    desk = desk_with("Waiting", "Delays")
    desk.do(theming.edit, desk.seen("Delays"), worded("Late"))
    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Late")])

    merged, edited, loaded = desk.history()

    assert [one.what for one in (merged, edited, loaded)] == [
        ThemeActKind.MERGED, ThemeActKind.EDITED, ThemeActKind.LOADED,
    ]  # fmt: skip
    assert edited.by == OFFICER
    ((_, before, after),) = edited.steps
    assert (before.label, after.label) == ("Delays", "Late")
    assert {(step.after.label, step.after.stands) for step in merged.steps} == {("Waiting", True), ("Late", False)}


def test_an_undone_act_leaves_the_themes_and_who_carries_them_as_they_were(desk_with):
    desk = desk_with("Waiting", "Delays", given=[Given(0, "delays"), Given(1, "waiting")])
    before = desk.labels(), desk.carried(), desk.theme("Waiting").phrases
    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])

    desk.undo_last()

    assert (desk.labels(), desk.carried(), desk.theme("Waiting").phrases) == before


def test_an_approval_undone_gives_the_suggestion_back(desk_with):
    desk = desk_with("Waiting", candidates=["found_bus"], given=[Given(0, "found_bus")])
    before = desk.carried()
    desk.do(theming.approve, desk.candidate("found_bus").id, worded("Buses"))

    desk.undo_last()

    assert (desk.labels(), desk.carried()) == (["Waiting"], before)
    with reading(desk.engine) as session:
        board = theming.board(session, desk.consultation_id)
    assert [one.key for one in board.candidates] == ["found_bus"]
    assert board.retired == (), "a theme that never was is not offered to be restored"


def test_of_two_acts_on_a_theme_the_first_is_undone_only_after_the_second(desk_with):
    desk = desk_with("Waiting")
    desk.do(theming.edit, desk.seen("Waiting"), worded("Waiting times"))
    desk.do(theming.edit, desk.seen("Waiting times"), worded("Delays"))
    _, first, _ = desk.history()

    with pytest.raises(ThemeError, match="“Waiting times” was changed after this. Undo the later change first."):
        desk.do(theming.undo, first.act_id)

    desk.undo_last()
    desk.do(theming.undo, first.act_id)
    assert desk.labels() == ["Waiting"]


def test_an_act_on_other_themes_since_is_in_nobodys_way(desk_with):
    desk = desk_with("Waiting", "Kindness")
    desk.do(theming.edit, desk.seen("Waiting"), worded("Waiting times"))
    desk.do(theming.retire, desk.seen("Kindness"))
    _, renamed, _ = desk.history()

    desk.do(theming.undo, renamed.act_id)

    assert desk.labels() == ["Waiting"]


def test_nothing_is_undone_twice_nor_an_undo_nor_the_beginning(desk_with):
    desk = desk_with("Waiting")
    desk.do(theming.retire, desk.seen("Waiting"))
    desk.undo_last()
    undo, retired, loaded = desk.history()

    for act, told in (
        (undo, "An undo cannot be undone"),
        (retired, "undone already"),
        (loaded, "how the themes began"),
    ):
        with pytest.raises(ThemeError, match=told):
            desk.do(theming.undo, act.act_id)


def test_a_theme_by_which_people_have_coded_since_is_retired_and_not_undone(desk_with):
    desk = desk_with()
    number = desk.do(theming.add, worded("Buses"))
    with writing(desk.engine) as session:
        judging.judge(session, desk.comment_ids[0], number, carries=True, by=OFFICER)

    with pytest.raises(ThemeError, match="People have coded comments by “Buses” since. Retire it instead."):
        desk.do(theming.undo, desk.history()[0].act_id)


def test_undoing_a_new_name_that_somebody_else_took_since_is_refused(desk_with):
    desk = desk_with("Waiting")
    desk.do(theming.edit, desk.seen("Waiting"), worded("Delays"))
    desk.do(theming.add, worded("Waiting"))
    _, renamed, _ = desk.history()

    with pytest.raises(ThemeError, match="two themes called “Waiting”"):
        desk.do(theming.undo, renamed.act_id)


def test_themes_can_be_had_as_they_stood_at_an_act_or_a_moment(desk_with):
    desk = desk_with("Waiting", "Delays")
    desk.do(theming.edit, desk.seen("Delays"), worded("Late"))
    published = desk.history()[0]
    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Late")])
    desk.do(theming.add, worded("Kindness"))

    assert then(desk, act_id=published.act_id) == ["Waiting", "Late"]
    assert then(desk, at=published.at) == ["Waiting", "Late"]
    assert then(desk, at=published.at - timedelta(days=30)) == ["Waiting", "Delays"], "as the history began"
    assert then(desk, at=datetime.now(UTC)) == ["Waiting", "Kindness"]


def test_themes_without_any_history_are_taken_to_have_been_as_they_are(desk_with):
    desk = desk_with("Waiting")

    assert then(desk, at=datetime.now(UTC)) == ["Waiting"]
    with pytest.raises(ValueError, match="an act or a moment"):
        then(desk)


def test_the_demonstration_begins_with_its_frame_on_record(database, tmp_path: Path):
    demo.load(database, waves=(5, 5), truth=tmp_path / "truth")

    with reading(database) as session:
        kept = session.exec(select(ThemeVersion.theme_id)).all()
        themes = session.exec(select(Theme.id)).all()
    assert sorted(kept) == sorted(themes)


words = st.sampled_from([worded(label, "", [label]) for label in (*LABELS, "Buses", "Taxis")])
places = st.integers(0, 5)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), words),
        st.tuples(st.just("approve"), st.just("found_bus"), words),
        st.tuples(st.just("approve_into"), st.just("found_bus"), places),
        st.tuples(st.just("edit"), places, words),
        st.tuples(st.just("merge"), places, places),
        st.tuples(st.just("split"), places, words, words),
        st.tuples(st.just("retire"), places),
        st.tuples(st.just("restore"), places),
        st.tuples(st.just("undo")),
    ),
    max_size=8,
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=25)
@supposing(acts=ACTS)
def test_whatever_was_done_once_all_of_it_is_undone_everything_is_as_before(desk, acts):
    before = desk.labels(), desk.carried()

    for kind, *wanted in acts:
        do(desk, kind, *wanted)
        assert len(desk.carried()) == len({one[:2] for one in desk.carried()}), "each comment and theme once"
    while any(not one.hindrance for one in desk.history()):
        desk.undo_last()

    assert (desk.labels(), desk.carried()) == before
    assert all(one.hindrance for one in desk.history())


@pytest.fixture
def desk(desk_with):
    candidates = ["found_bus"]
    codings = [(0, "waiting"), (0, "delays"), (1, "kindness"), (2, "found_bus"), (3, "waiting"), (3, "found_bus")]
    return desk_with(*LABELS, candidates=candidates, given=[Given(*one) for one in codings])


def do(desk, kind: str, *wanted: object) -> None:
    """That act if it is possible now: themes are chosen by their place among all there ever were."""
    with reading(desk.engine) as session:
        known = session.execute(sa.select(Theme.id, Theme.version).order_by(Theme.id)).all()
    seen = [theming.Seen(*known[one % len(known)]) if isinstance(one, int) else one for one in wanted]
    seen = [desk.candidate(one).id if one == "found_bus" else one for one in seen]
    try:
        match kind:
            case "merge":
                desk.do(theming.merge, seen[0], seen[1:])
            case "split":
                desk.do(theming.split, seen[0], seen[1:])
            case "undo":
                desk.undo_last()
            case _:
                desk.do(getattr(theming, kind), *seen)
    except (SurveyError, StopIteration):
        assert database  # refused: nothing was done
