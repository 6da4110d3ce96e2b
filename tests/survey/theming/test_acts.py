"""People decide about themes: what each act does to the frame and to who carries what, and what is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import select

from survey import frames, theming
from survey.coding_frame import shipped
from survey.database import reading, writing
from survey.errors import ConflictError, ThemeError
from survey.tables import AuditEntry, Coding, Consultation, Theme, ThemeVersion
from survey.theming import worded
from tests.survey.theming.conftest import OFFICER, Given


def stored(desk, table):
    with reading(desk.engine) as session:
        return session.exec(select(table)).all()


def frame_number(desk) -> int:
    (consultation,) = stored(desk, Consultation)
    return consultation.frame


def test_a_theme_is_added_with_its_words_and_the_frame_gets_its_next_number(desk_with):
    desk = desk_with("Waiting")

    desk.do(theming.add, worded("School buses", "Getting to school.", ["bus", " the  taxi ", "Bus", ""]))

    theme = desk.theme("School buses")
    assert (theme.key, theme.description, theme.phrases) == ("school_buses", "Getting to school.", "bus\nthe taxi")
    assert desk.labels() == ["Waiting", "School buses"]
    assert frame_number(desk) == 2


def test_a_coding_frame_is_taken_up_as_a_whole_without_what_is_here_already(desk_with):
    frame = shipped()
    desk = desk_with()
    desk.do(theming.add, worded(frame.themes[3].label.upper()))

    made = desk.do(theming.take_up, frame)

    others = [theme.label for theme in frame.themes if theme != frame.themes[3]]
    assert made == len(others) == len(frame.themes) - 1
    assert desk.labels() == [frame.themes[3].label.upper(), *others]
    theme = desk.theme(others[0])
    assert (theme.description, theme.phrases.splitlines()) == (frame.themes[0].description, [*frame.themes[0].keywords])
    assert frame_number(desk) == 3
    with pytest.raises(ThemeError, match="is here already"):
        desk.do(theming.take_up, frame)


def test_a_frame_that_was_taken_up_is_undone_as_a_whole(desk_with):
    desk = desk_with("Waiting")
    desk.do(theming.take_up, shipped())
    with reading(desk.engine) as session:
        (taken, *_) = theming.history(session, desk.consultation_id)

    desk.do(theming.undo, taken.act_id)

    assert desk.labels() == ["Waiting"]
    assert desk.do(theming.take_up, shipped()) == len(shipped().themes), "as if it had never been taken up"


def test_an_approved_candidates_comments_count_for_the_theme_it_became(desk_with):
    desk = desk_with("Waiting", candidates=["found_bus"], given=[Given(0, "found_bus", 0.7), Given(1, "waiting")])

    desk.do(theming.approve, desk.candidate("found_bus").id, worded("School buses"))

    assert desk.carried() == {(0, "school_buses", 0.7, "model"), (1, "waiting", 0.5, "model")}
    with reading(desk.engine) as session:
        listed = frames.themes(session, desk.consultation_id)
    assert dict(zip(listed["theme"], listed["candidate"], strict=True)) == {"waiting": False, "school_buses": False}


def test_a_candidate_can_be_approved_as_part_of_a_theme_there_is(desk_with):
    given = [Given(0, "found_bus", 0.7), Given(0, "waiting", 0.4), Given(1, "waiting")]
    desk = desk_with("Waiting", candidates=["found_bus"], given=given)

    desk.do(theming.approve_into, desk.candidate("found_bus").id, desk.seen("Waiting"))

    assert desk.carried() == {(0, "waiting", 0.7, "model"), (1, "waiting", 0.5, "model")}
    assert frame_number(desk) == 1, "nothing that comments are coded by has changed"


def test_what_carried_a_merged_theme_counts_for_the_one_it_was_merged_into_once(desk_with):
    given = [Given(0, "delays", 0.8, praise=True), Given(0, "waiting", 0.5, criticism=True), Given(1, "delays")]
    desk = desk_with("Waiting", "Delays", given=given)

    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])

    assert desk.carried() == {(0, "waiting", 0.8, "model"), (1, "waiting", 0.5, "model")}
    both = desk.frames().codings.set_index("comment_id").loc[desk.comment_ids[0]]
    assert (both["praise"], both["criticism"], both["request"]) == (True, True, False)
    assert desk.labels() == ["Waiting"]
    assert desk.theme("Waiting").phrases == "waiting\ndelays"
    assert len(stored(desk, Coding)) == 3, "nothing that was given is rewritten"


def test_a_chain_of_mergers_is_followed_to_its_end(desk_with):
    desk = desk_with("Waiting", "Delays", "Late", given=[Given(0, "late")])
    desk.do(theming.merge, desk.seen("Delays"), [desk.seen("Late")])
    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])

    assert desk.carriers("waiting") == {0}

    desk.do(theming.retire, desk.seen("Waiting"))
    assert desk.carried() == set()


def test_a_split_retires_the_theme_and_makes_the_new_ones_for_comments_to_be_coded_by(desk_with):
    desk = desk_with("Transport", given=[Given(0, "transport")])

    desk.do(theming.split, desk.seen("Transport"), [worded("Buses", "", ["bus"]), worded("Taxis", "", ["taxi"])])

    assert desk.labels() == ["Buses", "Taxis"]
    assert desk.carried() == set(), "until the worker has coded them again"
    assert frame_number(desk) == 2


def test_a_retired_theme_counts_for_nothing_and_a_restored_one_for_all_it_did(desk_with):
    desk = desk_with("Waiting", "Kindness", given=[Given(0, "waiting"), Given(1, "kindness")])
    before = desk.carried()

    desk.do(theming.retire, desk.seen("Waiting"))
    assert desk.carriers("waiting") == set()
    assert desk.labels() == ["Kindness"]

    desk.do(theming.restore, desk.seen("Waiting"))
    assert desk.carried() == before


def test_a_new_description_alone_sets_nobody_coding_again(desk_with):
    desk = desk_with("Waiting")

    desk.do(theming.edit, desk.seen("Waiting"), worded("Waiting", "How long things take.", ["waiting"]))
    assert frame_number(desk) == 1

    desk.do(theming.edit, desk.seen("Waiting"), worded("Waiting", "How long things take.", ["donkey's years"]))
    assert frame_number(desk) == 2


def test_each_act_leaves_a_version_of_each_theme_it_touched_and_an_entry_in_the_audit(desk_with):
    desk = desk_with("Waiting", "Delays")

    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])

    assert sorted((one.theme_id, one.version) for one in stored(desk, ThemeVersion)) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    (entry,) = stored(desk, AuditEntry)
    assert (entry.who, entry.what, entry.subject) == (OFFICER, "theme merged", "Delays into Waiting")


def test_of_two_officers_at_once_the_second_is_told_who_was_first(desk_with):
    desk = desk_with("Waiting", "Delays")
    seen = desk.seen("Waiting")
    desk.do(theming.edit, seen, worded("Waiting times"))

    with pytest.raises(ConflictError, match="“Waiting times” was changed by an officer while you were looking at it"):
        desk.do(theming.merge, desk.seen("Delays"), [seen])

    assert desk.labels() == ["Waiting times", "Delays"]


def test_a_suggestion_that_has_been_approved_or_has_gone_is_not_approved_again(desk_with):
    desk = desk_with(candidates=["found_bus"])
    number = desk.candidate("found_bus").id
    desk.do(theming.approve, number, worded("Buses"))

    with pytest.raises(ConflictError, match="approved meanwhile"):
        desk.do(theming.approve, number, worded("School buses"))
    with pytest.raises(ConflictError, match="has gone"):
        desk.do(theming.approve, number + 1, worded("School buses"))


@pytest.mark.parametrize(
    ("label", "phrases", "told"),
    [
        ("  ", [], "A theme needs a name."),
        ("x" * 81, [], "is too long"),
        ("Buses", ["b"], "must have 2 to 80 letters"),
        ("Buses", [f"bus {number}" for number in range(301)], "301 phrases"),
    ],
)
def test_words_that_no_frame_could_hold_are_refused_in_a_sentence(label, phrases, told):
    with pytest.raises(ThemeError, match=told):
        worded(label, "", phrases)


def test_every_theme_that_is_shipped_can_be_written_down_as_it_is():
    for theme in shipped("send").themes:
        assert worded(theme.label, theme.description, theme.keywords).phrases == theme.keywords


def test_two_themes_of_one_name_are_refused_and_nothing_is_kept_of_the_try(desk_with):
    desk = desk_with("Waiting", "Delays")

    with pytest.raises(ThemeError, match="two themes called “waiting”"):
        desk.do(theming.edit, desk.seen("Delays"), worded("waiting"))

    assert desk.labels() == ["Waiting", "Delays"]
    assert desk.history() == []


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda desk: desk.do(theming.edit, desk.seen("Waiting"), worded("Waiting", "", ["waiting"])), "would change"),
        (lambda desk: desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Waiting")]), "another theme"),
        (lambda desk: desk.do(theming.split, desk.seen("Waiting"), [worded("One")]), "at least 2"),
        (lambda desk: desk.do(theming.restore, desk.seen("Waiting")), "is not retired"),
        (lambda desk: desk.do(theming.retire, desk.seen("Waiting")._replace(theme_id=99)), "is not here"),
        (lambda desk: desk.do(theming.undo, 99), "is not here"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(desk_with, act, told):
    desk = desk_with("Waiting")

    with pytest.raises(ThemeError, match=told):
        act(desk)


def test_a_retired_theme_is_no_longer_merged_or_edited(desk_with):
    desk = desk_with("Waiting", "Delays")
    desk.do(theming.retire, desk.seen("Delays"))

    with pytest.raises(ThemeError, match="no longer one of the themes"):
        desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])


def test_another_consultations_themes_are_none_of_ours(desk_with, open_fieldwork):
    desk, other = desk_with("Waiting"), open_fieldwork("short_breaks")

    with pytest.raises(ThemeError, match="That theme is not here"), writing(desk.engine) as session:
        theming.retire(session, other.wave.consultation_id, desk.seen("Waiting"), by=OFFICER)


def test_whoever_watches_is_shown_an_act_without_any_response_being_written_again(desk_with):
    desk = desk_with("Waiting", "Delays", given=[Given(0, "delays"), Given(1, "waiting")])
    before = desk.frames()

    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])

    after = desk.frames(since=before.change)
    assert after.change > before.change
    assert (after.all_codings, after.touched) == (True, frozenset())
    assert set(after.codings["theme"]) == {"waiting"}
    with reading(desk.engine) as session:
        assert frames.latest_change(session, desk.fieldwork.wave.id) == after.change
    assert not desk.frames(since=after.change).all_codings


def test_the_frame_as_coded_by_leaves_out_what_no_longer_stands(desk_with):
    desk = desk_with("Waiting", "Delays", "Kindness")
    desk.do(theming.retire, desk.seen("Kindness"))
    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])

    with reading(desk.engine) as session:
        (theme,) = theming.standing(session, desk.consultation_id).themes
        keys = frames.themes(session, desk.consultation_id)["theme"].tolist()
    assert (theme.key, theme.keywords, keys) == ("waiting", ("waiting", "delays"), ["waiting"])


def test_a_theme_whose_number_is_that_of_another_never_takes_its_key(desk_with):
    desk = desk_with("Buses", candidates=["taxis"])
    desk.do(theming.retire, desk.seen("Buses"))

    desk.do(theming.add, worded("Buses"))
    desk.do(theming.add, worded("Taxis"))

    with reading(desk.engine) as session:
        keys = session.execute(sa.select(Theme.key).order_by(Theme.id)).scalars().all()
    assert keys == ["buses", "buses_2", "taxis_2"]


def test_of_two_officers_in_the_same_moment_one_is_done_and_the_other_told(desk_with):
    desk = desk_with("Waiting", "Delays")
    seen = desk.seen("Waiting")

    def act(label: str) -> str:
        try:
            desk.do(theming.edit, seen, worded(label))
        except ConflictError as problem:
            return str(problem)
        return ""

    with ThreadPoolExecutor(2) as officers:
        told = list(officers.map(act, ["Waiting times", "Long waits"]))

    assert sorted(map(bool, told)) == [False, True]
    assert [one.what for one in desk.history()] == ["edited", "loaded"]
