"""What respondents read is data: complete in every language, used, and in the house's manner."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from survey import coding_frame

ROOT = Path(__file__).parent.parent
WORDING = ROOT / "survey" / "wording"
LANGUAGES = sorted(WORDING.glob("*.toml"))
QUESTIONNAIRES = sorted((ROOT / "survey" / "questionnaires").glob("*.toml"))
# Where sentences for respondents are drawn.
DRAWN = [*(ROOT / "survey").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
TEMPLATES = sorted((ROOT / "pages").rglob("*.html"))
DOORS = [*(ROOT / "pages" / "parents").rglob("*.py"), *(ROOT / "pages" / "plain").rglob("*.py")]


def sentences(language: Path) -> dict[str, str]:
    tables = tomllib.loads(language.read_text())
    tables.pop("translation", None)  # who made it
    return {f"{part}.{name}": text for part, table in tables.items() for name, text in table.items()}


ENGLISH = sentences(WORDING / "en.toml")
KEY = re.compile(rf"({'|'.join(sorted({key.partition('.')[0] for key in ENGLISH}))})\.[a-z_]*[a-z]")


def is_logging(call: ast.Call) -> bool:
    return ast.unparse(call.func).lower().startswith("log.")


def texts_in(file: Path) -> Iterator[str]:
    """Every string that a module writes down, the pieces of f-strings too; docstrings and what is logged apart."""
    tree = ast.parse(file.read_text())
    said = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    said |= {node.args[0] for node in ast.walk(tree) if isinstance(node, ast.Call) and is_logging(node)}
    yield from (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said
    )


WRITTEN = {text for file in DRAWN for text in texts_in(file)}
NAMED = {key for file in TEMPLATES for key in re.findall(r"""say\(["']([a-z_.]+)["']""", file.read_text())}


WRITTEN |= {theme.key for theme in coding_frame.shipped().themes}  # what themes are called is read by their keys


def is_used(key: str) -> bool:
    """Named whole, or put together from a beginning (``problem.``) and an ending, both written somewhere."""
    if key in WRITTEN | NAMED:
        return True
    beginnings = [text for text in WRITTEN if text and key.startswith(text) and "." in text]
    return any(key.removeprefix(beginning) in WRITTEN for beginning in beginnings)


def test_no_sentence_is_kept_that_nobody_reads():
    assert sorted(key for key in ENGLISH if not is_used(key)) == []


def test_every_sentence_that_is_asked_for_exists():
    asked = {text for text in WRITTEN if KEY.fullmatch(text) and not text.endswith(".html")} | NAMED

    assert sorted(asked - set(ENGLISH)) == []


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda file: file.stem)
def test_every_language_says_the_same_things_with_the_same_blanks(language):
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    said = sentences(language)

    assert set(said) == set(ENGLISH)
    assert {key: blanks(text) for key, text in said.items()} == {key: blanks(text) for key, text in ENGLISH.items()}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda file: file.stem)
def test_no_sentence_is_empty_or_carries_stray_space(language):
    stray = re.compile(r"^\s|\s{2}|[\n\t]|^$")

    assert [key for key, text in sentences(language).items() if stray.search(text)] == []


def test_a_problem_is_told_as_something_to_do_not_as_a_scolding():
    """As the GOV.UK Design System has it: no "please", no "invalid", no full stop at the end."""
    problems = {key: text for key, text in ENGLISH.items() if key.startswith("problem.")}
    problems |= {
        f"{file.stem}: {text}": text
        for file in QUESTIONNAIRES
        for text in re.findall(r'^missing\.en = "(.+)"$', file.read_text(), re.MULTILINE)
    }

    scolding = re.compile(r"\b(please|invalid|valid|illegal|forbidden|failed|must not be blank)\b|\.$", re.I)
    assert [key for key, text in problems.items() if scolding.search(text)] == []


@pytest.mark.parametrize("file", DOORS, ids=lambda file: file.stem)
def test_no_sentence_for_respondents_is_written_in_a_screen(file):
    found = [text for text in texts_in(file) if re.search(r"[a-z’']+ [a-z’']+ [a-z’']+", text) and "<" not in text]

    assert found == []
