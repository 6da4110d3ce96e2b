"""What ``python -m analysis FILE.csv`` does: theme and score the comments in a file."""

import re
from concurrent.futures import Executor
from math import isnan
from pathlib import Path
from typing import Annotated, NoReturn

import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from analysis import executors, sheet, truth
from analysis.study import Study, study
from analysis.text.language import ENGLISH, UNKNOWN
from analysis.text.reading import SPLIT_BY
from survey import coding_frame
from survey.coding_frame import CodingFrame
from survey.errors import FileError, SurveyError
from survey.questionnaire import Direction

COLUMNS = [
    "sentiment", "unsure", "p_negative", "p_neutral", "p_positive", "stance", "theme", "theme_label", "theme_strength",
    "theme_words", "themes", "language", "second_language", "note", "redacted",
]  # fmt: skip
"""What the result has beside the file's own columns."""

_ASKS_FOR_CRITICISM = re.compile(
    r"\b(?:improve\w*|better|chang\w+|worse|wrong|bad(?:ly)?|differently|concern\w*|problem\w*|difficult\w*|dissatisf\w+"
    r"|complain\w*|missing|not (?:work|good|help)\w*|barriers?|fix|suggest\w*|frustrat\w*)\b",
    re.IGNORECASE,
)
_ASKS_FOR_PRAISE = re.compile(
    r"\b(?:good|well|works?|worked|working|best|like[ds]?|enjoy\w*|positive|pleased|happy|proud|prais\w+|strengths?|thank"
    r"|excellent|satisfied|help(?:ed|ful)?)\b",
    re.IGNORECASE,
)
_RUNS_AS_FORMULA = "=+-@\t\r"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
screen = Console(stderr=True)


def run() -> None:
    """The command, with what was written after ``python -m analysis``."""
    app(prog_name="python -m analysis")


@app.command(
    help="Theme and score the comments in a CSV file. Nothing leaves this machine.\n\n"
    "Gives one row for each row, in the same order, with every column as it was and "
    "beside them: sentiment, unsure (yes: no sentiment is claimed), p_negative, p_neutral, p_positive; stance (what "
    "it does: praise, criticism, request, or neutral); theme, theme_label, theme_strength, theme_words (what decided "
    "it) and themes (all of them, with their strengths); language, second_language (that it goes over into), note (why "
    "nothing is said of it, where it is so) and redacted (its words without the personal details that were found: let "
    "a person read them before anybody else does).\n\n"
    "To read comments as they arrive in Heard's database instead: python -m analysis work.",
)
def file(
    path: Annotated[Path, typer.Argument(metavar="FILE.csv", help="A CSV file with one comment to a row.")],
    text: Annotated[str, typer.Option(metavar="COLUMN", help="The column with the comments.")],
    out: Annotated[Path, typer.Option(metavar="RESULT.csv", help="Where to write the result.")],
    question: Annotated[
        str, typer.Option(metavar="COLUMN", help="The column with the question each comment answers.")
    ] = "",
    themes: Annotated[
        Path | None, typer.Option(metavar="THEMES.csv", help="Where to write the themes, with figures and examples.")
    ] = None,
    frame: Annotated[
        str, typer.Option(metavar="FRAME.toml", help="A coding frame; send is Heard's own, none looks for all themes.")
    ] = "send",
    count: Annotated[int | None, typer.Option(min=1, help="How many themes to find beside the frame's.")] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, help="How many processes read; by default as many as there are cores and work.")
    ] = None,
    cluster: Annotated[
        str, typer.Option(metavar="tcp://HOST:PORT", envvar="HEARD_CLUSTER", help="A Dask cluster that reads instead.")
    ] = "",
    labelled: Annotated[
        str,
        typer.Option(
            "--truth",
            metavar="COLUMN",
            help="A column with labels people gave: says how far the themes agree with them.",
        ),
    ] = "",
    seed: Annotated[
        int,
        typer.Option(min=0, help="Seeds the drawing behind the intervals of --truth. Themes are the same with any."),
    ] = 0,
) -> None:
    """Theme and score the comments in a file."""
    try:
        _keep_apart(path, out, themes)
        coding = _frame(frame)
        with executors.workplace(cluster, processes or executors.worth(sheet.likely_rows(path))) as place:
            given = sheet.read(path)
            comments = given.column(text)
            if given.uncut:
                screen.print(
                    f"Row {given.uncut} of {path.name} has commas, and the first line names one column: each line is "
                    "read as one comment. If it has several cells, name them all in the first line.",
                    highlight=False,
                )
            labels = given.column(labelled) if labelled else []
            directions = _directions(given.column(question)) if question else [Direction.OPEN] * len(comments)
            found = _watched(comments, directions, coding, count, place.executor)
        result = given.beside(_named(_told(found), given.header))
        if themes is not None:
            sheet.write(themes, _listed(found))
        sheet.write(out, result)
    except SurveyError as problem:
        _refuse(problem)
    if labelled:
        typer.echo("\n".join(_agreement(labels, found, coding, seed)))
    screen.print(f"Read {len(comments):,} comments. The result is in {out}.", highlight=False)


def _refuse(problem: SurveyError) -> NoReturn:
    typer.secho(f"{problem} Nothing was written.", err=True)
    raise typer.Exit(1) from problem


def _keep_apart(path: Path, out: Path, themes: Path | None) -> None:
    """Refuse to write over the file that is read, or one result over the other."""
    written = [one.resolve() for one in (out, themes) if one is not None]
    if path.resolve() in written:
        raise FileError(f"{path.name} is the file with the comments and would be written over. Give another name.")
    if len(set(written)) < len(written):
        raise FileError(f"The result and the themes cannot both be written to {out.name}. Give another name for one.")


def _frame(asked: str) -> CodingFrame | None:
    if asked == "none":
        return None
    return coding_frame.shipped(asked) if re.fullmatch(r"\w+", asked) else coding_frame.read(Path(asked))


def _directions(questions: list[str]) -> list[Direction]:
    known = {question: direction(question) for question in set(questions)}
    return [known[question] for question in questions]


def direction(question: str) -> Direction:
    """What a question asks for, by its wording: "What could be better?" criticism, "What was good?" praise."""
    criticism, praise = _ASKS_FOR_CRITICISM.search(question), _ASKS_FOR_PRAISE.search(question)
    if bool(criticism) == bool(praise):
        return Direction.OPEN
    return Direction.CRITICISM if criticism else Direction.PRAISE


def _watched(
    comments: list[str], directions: list[Direction], frame: CodingFrame | None, count: int | None, executor: Executor
) -> Study:
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*shown, console=screen, transient=True) as progress:
        reading = progress.add_task("Reading", total=len(comments))
        finding = progress.add_task("Finding themes", total=None, visible=False)

        def done(so_far: int) -> None:
            progress.update(reading, completed=so_far)
            progress.update(finding, visible=so_far == len(comments))

        return study(comments, directions, frame, count=count, executor=executor, done=done)


def _named(found: pd.DataFrame, taken: tuple[str, ...]) -> dict[str, list[str]]:
    """Our columns as text, under names that the file does not use already."""
    named = {name: f"heard_{name}" if name in taken else name for name in COLUMNS}
    if clashing := [name for name in COLUMNS if name in taken]:
        screen.print(f"The file has its own {', '.join(clashing)}: ours is called {named[clashing[0]]} and so on.")
    if still := set(named.values()) & set(taken):
        raise FileError(f"The file already has columns called {', '.join(sorted(still))}. Take them out first.")
    return {named[name]: _cells(found[name]) for name in COLUMNS}


def _agreement(labels: list[str], found: Study, frame: CodingFrame | None, seed: int) -> list[str]:
    themes = [(theme.key, theme.label) for theme in frame.themes] if frame else []
    themes += zip(found.themes["theme"], found.themes["label"], strict=True)
    return truth.sentences(truth.compare(labels, found.carried, themes, seed=seed), seed=seed)


def _told(found: Study) -> pd.DataFrame:
    """What is said of each comment, with all its themes on one line."""
    labels = dict(zip(found.themes["theme"], found.themes["label"], strict=True))
    lines: dict[int, str] = {}
    columns = (found.carried[name].tolist() for name in ("row", "theme", "strength"))
    for row, theme, strength in zip(*columns, strict=True):
        shown = f"{labels[theme]} ({strength:.2f})"
        lines[row] = f"{lines[row]} | {shown}" if row in lines else shown
    every = [lines.get(row, "") for row in range(len(found.comments))]
    said = found.comments.rename(columns={"words": "theme_words", "other_language": "second_language"})
    does = [said[str(one)].tolist() for one in SPLIT_BY]
    return said.assign(
        themes=every,
        unsure=["yes" if unsure else "no" for unsure in said["unsure"].tolist()],
        stance=[
            _stance(flags, spoken) for flags, spoken in zip(zip(*does, strict=True), said["language"], strict=True)
        ],
        note=[_why_not_read(spoken) for spoken in said["language"].tolist()],
    )


def _stance(flags: tuple[bool, ...], spoken: str) -> str:
    """What a comment does, apart by bars; "" where it could not be read."""
    if spoken != ENGLISH:
        return ""
    return " | ".join(str(one) for one, does in zip(SPLIT_BY, flags, strict=True) if does) or "neutral"


def _why_not_read(spoken: str) -> str:
    if spoken == UNKNOWN:
        return "Not read: too few words to tell a language by."
    return "" if spoken == ENGLISH else "Not read: not in English. A person who knows the language has to."


def _listed(found: Study) -> sheet.Sheet:
    rows = [[_cell(value) for value in row] for row in found.themes.itertuples(index=False)]
    return sheet.Sheet(tuple(found.themes.columns), rows)


def _cells(values: pd.Series) -> list[str]:
    if pd.api.types.is_float_dtype(values):
        return [_cell(value) for value in values.tolist()]
    return [value.lstrip(_RUNS_AS_FORMULA) for value in values.tolist()]


def _cell(value: object) -> str:
    """A value as it is written: four places, nothing for what is missing, and nothing that would run as a formula."""
    if isinstance(value, float):
        return "" if isnan(value) else f"{value:.4f}"
    return str(value).lstrip(_RUNS_AS_FORMULA)
