"""The privacy notice and the accessibility statement as pages, old versions too, and the way to them."""

import shutil
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.serving import links
from pages.serving.statements import routes
from survey import statements
from survey.settings import settings
from survey.statements import Kind, runs
from survey.wording import words_in

SAY = words_in("en")
SHIPPED = Path(statements.__file__).parent


@pytest.fixture
def reader(tmp_path, monkeypatch) -> TestClient:
    """Reads statements of which there are three versions: a replaced one, today's and one that is still to come."""
    for kind in Kind:
        (tmp_path / "own" / kind).mkdir(parents=True)
        for version in ("2020-01-01", "2026-11-26", "2099-01-01"):
            shutil.copy(SHIPPED / kind / "2026-11-26.toml", tmp_path / "own" / kind / f"{version}.toml")
    monkeypatch.setenv("HEARD_STATEMENTS", str(tmp_path / "own"))
    settings.cache_clear()
    statements.versions.cache_clear()
    yield TestClient(Starlette(routes=routes()), base_url="http://heard.test")
    statements.versions.cache_clear()


@pytest.mark.parametrize(
    ("address", "title"), [("/privacy", "Privacy notice"), ("/accessibility", "Accessibility statement")]
)
def test_it_is_a_plain_page_for_everybody(visitor: httpx.Client, address, title):
    answer = visitor.get(address)

    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in answer.text
    assert "<script" not in answer.text
    assert not answer.cookies


def test_every_plain_page_and_the_sign_in_lead_to_both(visitor: httpx.Client):
    for page in ("/s/send-services", "/s/send-services/questions", "/sign-in", "/no-such-page", "/privacy"):
        text = visitor.get(page).text
        assert '<a href="/privacy"' in text, page
        assert '<a href="/accessibility"' in text, page


@pytest.mark.parametrize("kind", Kind)
def test_older_versions_are_kept_and_say_that_they_are_old(reader, kind):
    current = reader.get(f"/{kind}").text
    assert SAY("statement.in_force", day="26 November 2026") in current
    assert f"/{kind}?version=2020-01-01" in current

    old = reader.get(f"/{kind}?version=2020-01-01").text

    assert SAY("statement.replaced", day="1 January 2020") in old
    assert f'<a href="/{kind}">{SAY("statement.now")}</a>' in old
    assert SAY("statement.coming", day="1 January 2099") in reader.get(f"/{kind}?version=2099-01-01").text


@pytest.mark.parametrize("version", ["2021-01-01", "../../privacy/2026-11-26", "x" * 5_000])
def test_a_version_that_there_is_not_is_a_page_not_found(reader, version):
    answer = reader.get("/privacy", params={"version": version})

    assert answer.status_code == 404
    assert SAY("shell.not_found") in answer.text


def test_the_accessibility_statement_shows_the_figures_on_record(visitor: httpx.Client):
    page = visitor.get("/accessibility").text
    statement = statements.versions(Kind.ACCESSIBILITY)[-1]

    results = runs.results(statement, runs.on_record())
    assert len(results) == len(statement.tested)
    for result in results:
        assert result.what in page
        day = f"{result.last:%-d %B %Y}"
        told = SAY("statement.result", pages=result.pages, looks=result.looks, mistakes=result.mistakes, day=day)
        assert told in page
    assert len(runs.reached(statement, runs.on_record())) == len(statement.walked)


def test_whoever_starts_it_is_told_what_is_still_to_be_confirmed(site, capsys):
    assert "lawful_basis (by the council's data protection officer)" in site.server.log.read_text()

    links.show()

    assert "confirmed" not in capsys.readouterr().out
