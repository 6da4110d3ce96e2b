"""What nobody has taken up is seen on the ledger's page, and a wrong list of frameworks takes no page down."""

import shutil

from survey import actions, database
from survey.settings import settings
from tests.pages.collecting import Group, add_themes, collect
from tests.pages.leaders.test_actions import KIND, add, decide_about, fill, headings, ledger, markup, opened, press


def test_what_nobody_has_taken_up_is_listed_with_its_share_until_an_action_is_about_it(two_waves, leader):
    told = markup(opened(leader))
    assert "Waiting: 100% of 200 (98% to 100%)" in told
    assert "Kindness:" not in told, "nobody raised it"

    with database.reading(database.engine()) as session:
        (waiting,) = [number for number, key in actions.theme_keys(session, 1).items() if key == "waiting"]
    add(theme_id=waiting, service="")
    page = opened(leader)
    assert "Waiting: 100%" not in markup(page)
    assert not [one for one in headings(page) if one.startswith("Raised")]


def test_what_too_few_raised_is_not_listed_as_not_taken_up(consultation, leader):
    add_themes("Waiting", "Kindness")
    collect(Group(100), Group(100, words="Nothing of either"), Group(5, words=KIND))
    told = markup(opened(leader))

    assert "Waiting:" in told
    assert "Kindness:" not in told


def test_of_many_themes_the_most_raised_are_listed_and_the_others_counted(consultation, leader):
    labels = [
        "Buses",
        "Forms",
        "Letters",
        "Parking",
        "Phones",
        "Plans",
        "Rooms",
        "Schools",
        "Staff",
        "Trains",
        "Visits",
    ]
    add_themes(*labels)
    collect(*(Group(20 + 5 * place, words=f"{label} are what this is about") for place, label in enumerate(labels)))
    page = opened(leader)
    told = markup(page)

    assert "Raised, and nothing decided yet (11)" in headings(page)
    assert [label for label in reversed(labels) if f"<li>{label}: " in told] == labels[:0:-1]
    assert told.index("<li>Visits: ") < told.index("<li>Forms: ")
    assert "1 more was raised less often." in told


def test_a_wrong_framework_file_is_told_where_it_matters_and_takes_no_page_down(
    two_waves, leader, tmp_path, monkeypatch
):
    folder = tmp_path / "frameworks"
    shutil.copytree(settings().frameworks, folder, ignore=shutil.ignore_patterns("__pycache__"))
    wrong = next(file for file in folder.glob("*.toml") if "inspected = true" in file.read_text())
    wrong.write_text(wrong.read_text() + "\n[[tag]\n")
    monkeypatch.setenv("HEARD_FRAMEWORKS", str(folder))
    settings.cache_clear()
    add(tags=("area_send.right_help", "concerns_2018.exclusions"))

    told = {
        name: markup(leader.run().switch_page(f"leaders/{name}.py").run())
        for name in ("summary", "actions", "inspection")
    }

    for said in told.values():
        assert f"A list of frameworks is left out. {wrong.name} is not TOML" in said
        assert "Then start Heard again." in said
    assert not leader.exception
    assert "Open more places" in told["summary"]
    assert "The 2018 areas of concern: 12. Exclusions" in told["actions"]
    assert "There is no framework that inspections go by yet." in told["inspection"]

    page = decide_about(opened(leader))
    fill(page, "Owner: a job, not a name (may wait)", "Head of transport")
    press(page, "Save")
    assert set(ledger()[0].plan.tags) == {"area_send.right_help", "concerns_2018.exclusions"}
