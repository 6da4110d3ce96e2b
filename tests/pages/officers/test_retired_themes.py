"""Themes that were retired, as officers find them: each can be had back."""

from survey import consultations, database, theming
from survey.theming import Seen, worded
from tests.pages.collecting import Group, collect
from tests.pages.officers.test_themes import choose, labels, opened, press


def add_and_retire(label: str) -> int:
    """A theme that came and went; gives its number."""
    with database.writing(database.engine()) as session:
        owner = consultations.wave_named(session, "send-services", "1").consultation_id
        theming.add(session, owner, worded(label, "", ["a long wait"]), by="officer")
        (there,) = theming.board(session, owner).themes
        theming.retire(session, owner, Seen(there.id, there.version), by="officer")
    return there.id


def test_of_two_retired_themes_of_one_name_each_can_be_restored(officer):
    collect(Group(3))
    numbers = [add_and_retire("Parking"), add_and_retire("Parking")]

    for number in numbers:
        page = choose(opened(officer), "Theme to decide about", f"Parking (retired, number {number})")
        page = press(page, "Restore “Parking”")
        assert labels() == ["Parking"]
        press(page, "Undo: Restored: “Parking”.")
        assert labels() == []


def test_a_retired_theme_that_alone_has_its_name_needs_no_number(officer):
    collect(Group(3))
    add_and_retire("Parking")

    choose(opened(officer), "Theme to decide about", "Parking (retired)")
