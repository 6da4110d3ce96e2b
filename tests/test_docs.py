"""The documentation keeps up: what it names exists, and what exists is in it."""

import re
from pathlib import Path

import pytest
import typer

from survey.settings import ROOT as PROJECT
from survey.settings import Settings

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
RUNNING = ROOT / "docs" / "running.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def links(page: Path) -> list[str]:
    return [target for target in LINK.findall(page.read_text()) if not re.match(r"[a-z]+:", target)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_everything_a_page_points_to_is_there(page):
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_the_readme_shows_pictures_and_every_picture_that_is_named_is_there():
    shown = {target for page in PAGES for target in links(page) if target.endswith(".png")}
    kept = {file.name for file in (ROOT / "docs" / "pictures").glob("*.png")}

    assert any(target.endswith(".png") for target in links(README))
    assert {Path(target).name for target in shown} <= kept


def setting_row(name: str) -> str:
    """A setting's line in docs/running.md: its name, what it is unless set, and what it is for."""
    field = Settings.model_fields[name]
    default = field.default
    if isinstance(default, Path):
        default = default.relative_to(PROJECT)
    shown = f"`{default}`" if default not in {"", None} else ""
    return f"| `HEARD_{name.upper()}` | {shown} | {field.description} |"


def test_every_setting_is_in_the_table_as_the_program_describes_it():
    rows = re.findall(r"^\| `HEARD_.*$", RUNNING.read_text(), re.MULTILINE)

    assert rows == [setting_row(name) for name in Settings.model_fields]


def commands(app: typer.Typer) -> set[str]:
    return set(typer.main.get_command(app).commands)


def test_every_command_is_documented_and_every_documented_command_exists():
    from survey.cli import app

    documented = re.findall(r"^\| `python -m survey ([a-z-]+)", RUNNING.read_text(), re.MULTILINE)

    assert sorted(documented) == sorted(commands(app))


def test_every_task_of_the_makefile_is_documented():
    tasks = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    documented = re.findall(r"^\| `make ([a-z]+)", RUNNING.read_text(), re.MULTILINE)

    assert sorted(documented) == sorted(tasks)


def test_decisions_are_numbered_in_order_and_each_number_is_used_once():
    numbers = [int(file.name[:4]) for file in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda file: file.stem)
def test_a_decision_says_what_was_decided_why_and_instead_of_what(decision):
    text = decision.read_text()

    assert text.startswith(f"# {int(decision.name[:4])}. ")
    assert all(f"**{part}" in text for part in ("Decided", "Why", "Instead of"))


def test_every_figure_the_pages_tell_one_to_measure_can_be_measured():
    from tests.load.bench import MEASURES

    named = {name for page in PAGES for name in re.findall(r"ONLY=([a-z_0-9]+)", page.read_text())}

    assert "quality" in named
    assert named - {"name", "list"} <= set(MEASURES)
