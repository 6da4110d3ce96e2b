"""The house plan, held by tests: which way imports run, what lies where, and how long a piece may grow."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("survey", "analysis", "pages")
MODULES = sorted(
    [ROOT / "streamlit_app.py", *(file for room in (*ROOMS, "tests") for file in (ROOT / room).rglob("*.py"))]
)
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "lib", "libs", "stuff"}

SCREENS = ("parents", "plain", "keying", "officers", "leaders", "manage")
# These doors answer requests themselves, with the cookies, files and pages that every plain page is made of.
BESIDES = {"plain": {"pages.serving"}, "keying": {"pages.serving"}}
HEAVY = {"sklearn", "wordllama", "torch", "scipy", "vaderSentiment"}
WEB = {"streamlit", "starlette", "uvicorn"}
DATABASE = {"sqlmodel", "sqlalchemy", "alembic", "psycopg"}

# What each room may never import, and why in a word: nothing below knows what stands above it.
FORBIDDEN = {
    "survey": {*WEB, *HEAVY, "plotly", "statsmodels", "analysis", "pages", "streamlit_app", "tests"},
    "analysis": {*WEB, "pages", "streamlit_app", "tests"},
    "pages": {*HEAVY, "streamlit_app", "tests"},
}
# All that analysis, but for its worker, may know of the survey: any figure can be made again from a file.
KNOWN_TO_ANALYSIS = {"survey.questionnaire", "survey.errors", "survey.coding_frame", "survey.written"}
KNOWN_TO_ANALYSIS |= {"survey.local_days"}
KNOWN_TO_ANALYSIS |= {"survey.ledger"}
KNOWN_TO_ANALYSIS |= {"survey.languages", "survey.printing.typesetting", "survey.exchange.cells"}
# analysis, from the ground up: a module imports only from its own storey or from one below.
STOREYS = ("columns", "statistics", "drawn", "doors")
STOREY_OF = {"columns": "columns", "charts": "drawn", "summary": "drawn", "report": "drawn"}
STOREY_OF |= {"worker": "doors", "__main__": "doors", "__init__": "doors"}
STOREY_OF |= {"copies": "doors", "recoding": "doors", "rereading": "doors", "teaching": "doors", "placing": "doors"}
STOREY_OF |= {"demonstration": "doors", "inspection": "drawn", "record": "drawn"}
STOREY_OF |= {"issuing": "doors"}
STOREY_OF |= {"refitting": "doors", "suggestions": "doors", "duty": "doors", "cli": "doors"}
# The worker's process: reading what arrives, coding it again, placing it, finding copies, fitting candidate themes
# again, proving what people's judgements would teach, and its start and end.
AT_THE_DATABASE = {"analysis.worker", "analysis.copies", "analysis.refitting", "analysis.suggestions", "analysis.duty"}
AT_THE_DATABASE |= {"analysis.recoding", "analysis.rereading", "analysis.teaching", "analysis.placing"}
AT_THE_DATABASE |= {"analysis.demonstration"}
# And giving a signed report out.
AT_THE_DATABASE |= {"analysis.issuing"}


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def modules_in(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    """Every module a file imports, anywhere in it; ``from a import b`` gives both ``a`` and ``a.b``."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name_of(file)} imports relatively; name the whole path"
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def roots(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(file)}


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_knows_only_the_rooms_below_it(room):
    wrong = {name_of(file): found for file in modules_in(room) if (found := roots(file) & FORBIDDEN[room])}

    assert not wrong


def test_only_the_worker_ties_analysis_to_the_database():
    wrong = [
        f"{name_of(file)} imports {name}"
        for file in modules_in("analysis")
        if name_of(file) not in AT_THE_DATABASE
        for name in imports(file)
        if within(name, DATABASE) or (name.startswith("survey.") and not within(name, KNOWN_TO_ANALYSIS))
    ]

    assert not wrong


def storey(module: str) -> int:
    second = [*module.split("."), "__init__"][1]
    return STOREYS.index(STOREY_OF.get(second, "statistics"))


def test_inside_analysis_figures_and_reports_rest_on_statistics_and_statistics_on_columns():
    wrong = [
        f"{name_of(file)} imports {name}"
        for file in modules_in("analysis")
        for name in imports(file)
        if name.startswith("analysis.") and storey(name) > storey(name_of(file))
    ]

    assert not wrong


@pytest.mark.parametrize("door", [*SCREENS, "ui"])
def test_a_screen_takes_from_ui_and_its_own_door_and_never_from_another(door):
    wrong = [
        f"{name_of(file)} imports {name}"
        for file in modules_in(f"pages/{door}")
        for name in imports(file)
        if name.startswith("pages.") and not within(name, {"pages.ui", f"pages.{door}", *BESIDES.get(door, ())})
    ]

    assert not wrong


def test_what_wraps_requests_knows_no_screen():
    wrong = [
        f"{name_of(file)} imports {name}"
        for file in modules_in("pages/serving")
        for name in imports(file)
        if within(name, {f"pages.{screen}" for screen in SCREENS})
    ]

    assert not wrong


def test_no_page_script_lies_where_streamlit_would_serve_it_unasked():
    assert {file.name for file in (ROOT / "pages").glob("*.py")} <= {"__init__.py", "router.py"}


def test_the_router_and_not_the_entry_is_the_script_that_streamlit_runs():
    calls = [
        node for node in ast.walk(ast.parse((ROOT / "streamlit_app.py").read_text())) if isinstance(node, ast.Call)
    ]
    apps = [call for call in calls if ast.unparse(call.func) in {"st.App", "App"}]

    assert [Path(ast.literal_eval(app.args[0])).as_posix() for app in apps] == ["pages/router.py"]


@pytest.mark.parametrize("folder", ["officers", "leaders", "manage"])
def test_every_staff_page_asks_who_is_there_before_it_does_anything(folder):
    unguarded = [name_of(file) for file in modules_in(f"pages/{folder}") if not guards_first(file)]

    assert not unguarded


def guards_first(file: Path) -> bool:
    """The first thing a page script does is to call the guard; a module of functions does nothing."""
    body = ast.parse(file.read_text()).body
    acting = [node for node in body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    return not acting or ast.unparse(acting[0].value.func) == "access.require"


def test_what_the_web_process_imports_never_loads_the_machine_learning():
    below = {
        name
        for file in [ROOT / "streamlit_app.py", *modules_in("pages")]
        for name in imports(file)
        if within(name, {"survey", "analysis", "pages.ui", "pages.serving"}) and is_module(name)
    }
    script = f"import importlib, sys\nfor name in {sorted(below)!r}: importlib.import_module(name)\n"
    script += f"print(*sorted({HEAVY - {'scipy'}!r} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def test_nobody_turns_off_streamlits_escaping():
    wrong = [
        name_of(file)
        for file in [ROOT / "streamlit_app.py", *modules_in("pages")]
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.keyword) and node.arg in {"unsafe_allow_html", "unsafe_allow_javascript"}
    ]

    assert not wrong


def test_everything_cached_for_all_visitors_is_in_one_folder():
    caching = {
        name_of(file)
        for file in modules_in("pages")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"cache_data", "cache_resource"}
    }

    assert all(name.startswith("pages.ui.data.") for name in caching)


def test_no_module_is_a_junk_drawer():
    assert not [name for file in MODULES if JUNK_DRAWERS & set((name := name_of(file)).split("."))]


def test_no_module_outgrows_its_noun():
    lengths = {name_of(file): len(file.read_text().splitlines()) for file in MODULES}

    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_no_function_is_longer_than_a_screen():
    lengths = {
        f"{name_of(file)}.{node.name}": node.end_lineno - node.lineno + 1
        for file in MODULES
        if "/migrations/versions/" not in file.as_posix()  # a migration is a list, as long as its tables
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert not {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}
