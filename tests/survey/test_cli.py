"""The command line: what each command does, and that a mistake is one red line and nothing else."""

import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from sqlmodel import func, select
from typer.testing import CliRunner

from pages.ui import doors
from survey import codes, people, theming
from survey.cli import app
from survey.database import connect, engine, prepare, reading
from survey.settings import settings
from survey.tables import Consultation, Person, PersonRole, Response, RoleName, Theme
from tests.scene import open_consultation

ROOT = Path(__file__).parent.parent.parent


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def ran(*words):
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*words):
    """The one line that says what to do."""
    done = run(*words)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


@pytest.fixture
def here():
    """The embedded database that the settings name, looked at from outside."""
    looked_at = connect(settings().url)
    prepare(looked_at)
    yield looked_at
    looked_at.dispose()


@pytest.fixture
def filled():
    ran("demo", "--responses", 30)


def test_init_creates_the_database_and_says_where(tmp_path):
    assert ran("init") == f"The database is ready: sqlite:///{tmp_path / 'heard.sqlite3'}\n"
    assert (tmp_path / "heard.sqlite3").exists()


def test_init_again_changes_nothing(tmp_path):
    assert ran("init") == ran("init")


def test_init_works_on_either_kind_of_database(database):
    assert ran("init") == f"The database is ready: {database.url.render_as_string(hide_password=True)}\n"


def test_demo_loads_as_many_responses_as_asked_and_shows_each_password_once(here):
    told = ran("demo", "--responses", 30)

    assert "Loaded 60 responses" in told  # thirty on short breaks beside them
    assert told.count("password") == 5
    with reading(here) as session:
        assert session.exec(select(func.count()).select_from(Response)).one() == 60


def test_demo_can_load_the_twin_in_which_nothing_is_planted(here):
    assert "Loaded 30 responses" in ran("demo", "--null", "--seed", 5, "--responses", 30)

    with reading(here) as session:
        assert session.exec(select(Consultation.slug)).one() == "send-services-null"


def test_demo_twice_is_refused(filled):
    assert "has the demonstration 'send-services' already, so nothing was loaded." in refused("demo")


def test_what_export_writes_import_brings_into_another_database(filled, tmp_path, monkeypatch):
    file = tmp_path / "county.zip"
    assert "Wrote 30 responses" in ran("export", "send-services", file)

    monkeypatch.setenv("HEARD_DATABASE_URL", f"sqlite:///{tmp_path / 'other.sqlite3'}")
    settings.cache_clear()
    engine.cache_clear()

    assert "Brought in 30 responses to send-services" in ran("import", file)
    assert refused("import", file) == (
        "All the responses in county.zip are in this database already, so nothing was loaded."
    )


def test_export_of_something_unknown_says_what_there_is(filled, tmp_path):
    assert refused("export", "send", tmp_path / "x.zip") == (
        "There is no consultation 'send'. Those there are: send-services, short-breaks."
    )


def test_import_of_a_file_that_is_not_there_says_so(tmp_path):
    assert refused("import", tmp_path / "nope.zip") == (
        "nope.zip cannot be opened (No such file or directory). Check its name."
    )


@pytest.mark.parametrize("name", ["send_services", "short_breaks"])
def test_check_finds_nothing_wrong_with_the_questionnaires_that_come_with_heard(name):
    told = ran("check", ROOT / "survey" / "questionnaires" / f"{name}.toml")

    assert told.startswith(f"{name}.toml will do: ")


def test_check_says_what_is_wrong_with_a_questionnaire_and_where(tmp_path):
    text = (ROOT / "survey" / "questionnaires" / "short_breaks.toml").read_text()
    (tmp_path / "wrong.toml").write_text(text.replace('kind = "number"', 'kind = "figure"', 1))

    assert "wrong.toml has 1 mistake(s)" in refused("check", tmp_path / "wrong.toml")


def test_frame_approves_the_themes_of_a_file_in_the_name_of_whoever_read_them(filled, tmp_path):
    file = tmp_path / "frame.toml"
    file.write_text('[[theme]]\nlabel = "Swimming"\nkeywords = ["pool"]\n[[theme]]\nlabel = "Waiting and delays"\n')

    told = ran("frame", "send-services", "--file", file, "--by", "an officer")

    assert told.startswith("send-services has 1 theme more, approved by an officer.")
    assert refused("frame", "send-services", "--file", file, "--by", "an officer") == (
        "Every theme of that coding frame is here already. Nothing was added."
    )
    with reading(engine()) as session:
        theme = session.exec(select(Theme).where(Theme.key == "swimming")).one()
        act = theming.history(session, theme.consultation_id)[0]
    assert (theme.label, theme.phrases, act.by) == ("Swimming", "pool", "an officer")


def test_frame_for_a_consultation_that_is_not_here_says_which_there_are(filled):
    assert "There is no consultation 'send'." in refused("frame", "send", "--by", "an officer")


def test_grant_lets_somebody_in_with_the_password_it_shows(here):
    told = ran("grant", "Ann", "officer", "leader")
    password = told.split()[-1]

    with reading(here) as session:
        person = session.exec(select(Person).where(Person.name == "Ann")).one()
        roles = set(session.exec(select(PersonRole.role).where(PersonRole.person_id == person.id)))
    assert people._matches(person.password_hash, password)
    assert roles == {RoleName.OFFICER, RoleName.LEADER}


def test_grant_gives_somebody_who_is_there_already_a_new_password(here):
    before = ran("grant", "Ann", "officer").split()[-1]

    ran("grant", "Ann", "leader")

    with reading(here) as session:
        person = session.exec(select(Person).where(Person.name == "Ann")).one()
        assert not people._matches(person.password_hash, before)


def test_a_role_that_does_not_exist_is_refused_beside_those_that_do():
    done = run("grant", "Ann", "queen")

    assert done.exit_code == 2
    assert all(role in done.stderr for role in RoleName)


def test_links_are_those_that_the_pages_have():
    told = ran("links", "--address", "https://heard.example.org/").splitlines()

    shown = [line.split()[-1] for line in told[: len(doors.ALL)]]
    assert shown == [f"https://heard.example.org{door.address}" for door in doors.ALL]


def test_links_say_what_is_open_and_until_when(filled):
    assert ran("links").count("open from") == 4


@pytest.mark.parametrize(
    "command", ["init", "open", "close", "demo", "export", "import", "check", "frame", "grant", "links"]
)
def test_every_command_says_what_it_is_for(command):
    assert "Usage:" in ran(command, "--help")


def test_a_mistake_ends_the_program_with_one_line_and_a_status(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "survey", "check", tmp_path / "nope.toml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "nope.toml cannot be opened (No such file or directory). Check its name.\n"


def test_paper_writes_so_many_copies_each_with_a_reference(filled, tmp_path):
    told = ran("paper", "send-services", "--copies", 3, "--return-to", "FREEPOST SEND", "--out", tmp_path / "print")

    file = tmp_path / "print" / "send-services-paper-en.pdf"
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages]
    references = {page.partition("Form ")[2][:9] for page in pages if page}
    assert len(references) == 3
    assert all(codes.checks(reference) for reference in references)
    assert "Wrote 3 copies" in told
    assert "post it to: FREEPOST SEND." in pages[0]


def test_paper_child_by_child_has_pages_for_as_many_children_as_asked_and_more_for_a_form_that_is_out(tmp_path):
    open_consultation(settings().url, "send_children")
    form = codes.checked()

    ran("paper", "send-children", "--children", 3, "--language", "ur", "--out", tmp_path)
    told = ran("paper", "send-children", "--more-for", form.lower(), "--child", 4, "--out", tmp_path)

    of_three = pypdf.PdfReader(tmp_path / "send-children-paper-ur.pdf").pages
    more = pypdf.PdfReader(tmp_path / "send-children-child-4-en.pdf").pages
    assert len(of_three) > 2 * len(more)
    assert all(form in page.extract_text() for page in more)
    assert f"Wrote the pages for child 4 of form {form} to" in told


def test_paper_that_cannot_be_as_asked_is_refused(tmp_path):
    open_consultation(settings().url, "send_children")

    told = refused("paper", "send-children", "--children", 9, "--out", tmp_path)
    assert "Choose a number from 1 to 8" in told
    told = refused("paper", "send-children", "--more-for", "7GQ2", "--out", tmp_path)
    assert "is not the number of a form" in told
    assert list(tmp_path.glob("*.pdf")) == []


def test_paper_in_a_language_or_of_a_consultation_that_is_not_here_is_refused(filled, tmp_path):
    assert "Choose one of: en (English)" in refused("paper", "send-services", "--language", "zz", "--out", tmp_path)
    assert "There is no consultation 'nothing'." in refused("paper", "nothing", "--out", tmp_path)
