"""The privacy notice and the accessibility statement: versions, what is still to be confirmed, and what was tested."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from survey import responses, statements
from survey.database import reading, writing
from survey.errors import StatementError
from survey.languages import LANGUAGES
from survey.settings import settings
from survey.statements import Kind, runs
from survey.statements.runs import Look, Runs, Walk
from survey.tables import Response
from survey.wording import words_in
from tests.survey.conftest import NOW, full_answers

SHIPPED = Path(statements.__file__).parent
JOURNEYS = Path(__file__).parents[1] / "journeys"
SAY = words_in("en")
DAY = date(2026, 11, 26)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A council's own copy of the statements, named in the settings."""
    own = tmp_path / "statements"
    for kind in Kind:
        shutil.copytree(SHIPPED / kind, own / kind)
    monkeypatch.setenv("HEARD_STATEMENTS", str(own))
    settings.cache_clear()
    statements.versions.cache_clear()
    yield own
    statements.versions.cache_clear()


def changed(folder: Path, kind: Kind, version: str, *changes: tuple[str, str]) -> None:
    text = (SHIPPED / kind / "2026-11-26.toml").read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    (folder / kind / f"{version}.toml").write_text(text)


def test_the_version_in_force_is_the_last_that_has_begun(folder):
    changed(folder, Kind.PRIVACY, "2027-04-01")

    assert statements.notice_version(date(2027, 3, 31)) == "2026-11-26"
    assert statements.notice_version(date(2027, 4, 1)) == "2027-04-01"
    assert [one.version.year for one in statements.versions(Kind.PRIVACY)] == [2026, 2027]


def test_before_the_first_version_the_first_is_shown():
    assert statements.in_force(Kind.PRIVACY, DAY - timedelta(days=400)).version == DAY


def test_what_is_sent_says_under_which_notice_it_was_given(fieldwork, folder):
    changed(folder, Kind.PRIVACY, "2026-05-01")
    draft = fieldwork.begin(answers=full_answers())

    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)

    with reading(fieldwork.engine) as session:
        assert session.exec(select(Response.notice_version)).all() == ["2026-05-01"]


def test_what_only_the_council_knows_is_said_to_be_open_and_by_whom_it_will_be_confirmed():
    notice = statements.in_force(Kind.PRIVACY, DAY)

    (basis,) = [one for one in notice.sections(SAY) if one.heading == "Why the law allows this"]
    assert basis.paragraphs[-1] == "To be confirmed by the council's data protection officer."
    assert "lawful_basis" in {one.fact for one in statements.unconfirmed(DAY)}


def test_what_the_council_has_filled_in_is_said_and_no_longer_open(folder):
    told = "Article 6(1)(e): a task in the public interest."
    changed(folder, Kind.PRIVACY, "2026-11-26", ("[facts.lawful_basis]\n", f'[facts.lawful_basis]\nsays = "{told}"\n'))
    statements.versions.cache_clear()

    notice = statements.in_force(Kind.PRIVACY, DAY)

    assert told in [paragraph for section in notice.sections(SAY) for paragraph in section.paragraphs]
    assert "lawful_basis" not in {one.fact for one in statements.unconfirmed(DAY)}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("{kept_for}", "{kept_for_ever}", "'kept_for_ever'"),
        ('confirmed_by = "the owner of the consultation"', "", "'contact'"),
        ("[[section]]", "[[sections]]", "sections"),
        ('title = "Privacy notice"', "title = Privacy notice", "TOML"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_name_and_what_to_mend(folder, before, after, told):
    changed(folder, Kind.PRIVACY, "2027-01-01", (before, after))

    with pytest.raises(StatementError, match=r"privacy/2027-01-01\.toml") as refused:
        statements.versions(Kind.PRIVACY)
    assert told in str(refused.value)


def test_a_folder_without_statements_is_refused_and_a_file_that_is_not_named_after_a_day(folder):
    changed(folder, Kind.PRIVACY, "the-new-one")
    shutil.rmtree(folder / Kind.ACCESSIBILITY)

    for kind in Kind:
        with pytest.raises(StatementError, match=r"2026-11-26\.toml"):
            statements.versions(kind)


# -- what was tested ---------------------------------------------------------------------------------------------------


def test_the_statement_claims_no_run_that_is_not_on_record():
    on_record = runs.on_record()
    for statement in statements.versions(Kind.ACCESSIBILITY):
        claimed = {journey for tested in statement.tested for journey in tested.journeys}
        assert claimed - {look.journey for look in on_record.looks} == set()
        assert {walked.journey for walked in statement.walked} - {walk.journey for walk in on_record.walks} == set()


def test_each_look_that_is_claimed_was_taken_at_every_size_and_in_every_scheme():
    """In a language other than English, on a phone at least."""
    claimed = {
        journey
        for statement in statements.versions(Kind.ACCESSIBILITY)
        for tested in statement.tested
        for journey in tested.journeys
    }
    taken: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for look in runs.on_record().looks:
        if look.journey in claimed:
            taken.setdefault((look.journey, look.about), set()).add((look.size, look.scheme))

    every = {(size, scheme) for size in ("phone", "desktop") for scheme in ("light", "dark")}
    others = LANGUAGES.keys() - {"en"}
    wanted = {looked: {("phone", "light")} if looked[1] in others else every for looked in taken}
    assert {looked: missing for looked, had in taken.items() if (missing := wanted[looked] - had)} == {}


def test_the_plain_pages_were_looked_at_in_every_language():
    seen = {look.about for look in runs.on_record().looks if look.journey.startswith("test_languages.")}

    assert seen >= LANGUAGES.keys()


def test_no_journey_on_record_has_been_taken_out_of_the_tests_since():
    recorded = {row.journey for row in (*runs.on_record().looks, *runs.on_record().walks)}
    there = {
        f"{file.stem}.{name}"
        for file in JOURNEYS.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)
    }

    assert recorded - there == set()


def test_every_walk_on_record_ended_at_the_thank_you_page():
    assert {walk.reached for walk in runs.on_record().walks} == {SAY("thanks.title")}


def test_the_same_record_is_always_the_same_file_and_a_journey_run_again_replaces_its_row(tmp_path):
    first = Look("a.test_b", "", "phone", "dark", DAY, "axe", {"/ Start": 2})
    again = first._replace(day=DAY + timedelta(days=1), mistakes={"/ Start": 0})
    other = Look("a.test_a", "", "phone", "dark", DAY, "axe", {"/ Start": 0})
    walk = Walk("a.test_c", "phone", DAY, "Thank you")
    one = runs.with_walk(runs.with_look(runs.with_look(runs.with_look(Runs(), first), other), again), walk)
    two = runs.with_look(runs.with_look(runs.with_walk(Runs(), walk), again), other)

    runs.write(tmp_path / "one.json", one)
    runs.write(tmp_path / "two.json", two)

    assert (tmp_path / "one.json").read_text() == (tmp_path / "two.json").read_text()
    assert runs.read(tmp_path / "one.json") == Runs((other, again), (walk,))
    assert runs.read(tmp_path / "none.json") == Runs()


def test_a_statement_shows_what_is_on_record_and_nothing_of_what_is_not():
    statement = statements.in_force(Kind.ACCESSIBILITY, DAY)
    plain = statement.tested[1]
    record = Runs(
        looks=tuple(
            Look(plain.journeys[0], "", size, "dark", day, "axe", {"/s/a Start": 1, "/s/a/1 Page": 0})
            for size, day in (("phone", DAY), ("desktop", DAY + timedelta(days=2)))
        ),
        walks=(Walk(statement.walked[1].journey, "desktop", DAY, "Thank you"),),
    )

    (result,) = runs.results(statement, record)
    assert (result.what, result.pages, result.looks, result.mistakes) == (plain.what, 2, 4, 2)
    assert (result.first, result.last) == (DAY, DAY + timedelta(days=2))
    assert [(end.what, end.day) for end in runs.reached(statement, record)] == [(statement.walked[1].what, DAY)]
    assert runs.results(statement, Runs()) == []
