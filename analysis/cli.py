"""What ``python -m analysis FILE.csv`` does: theme and score the comments in a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from analysis import executors, sheet
from analysis.sheet import Sheet
from survey.errors import FileError, SurveyError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
screen = Console(stderr=True, markup=False)  # names of files and columns may have brackets


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
        for target in filter(None, (out, themes)):  # before the hours that a long file may take
            sheet.check_writable(target)
        with executors.workplace(cluster, processes or executors.worth(sheet.likely_rows(path))) as place:
            from analysis import told  # takes a second, in which the other processes make themselves ready too
            from analysis.study import study

            coding = told.frame(frame)
            given = sheet.read(path)
            comments = given.column(text)
            labels = given.column(labelled) if labelled else []
            directions = told.directions(given.column(question) if question else [""] * len(comments))
            named = told.names(given.header)
            _warn(path, given.uncut, {ours: name for ours, name in named.items() if ours != name})
            with _watched(len(comments)) as done:
                found = study(comments, directions, coding, count=count, executor=place.executor, done=done)
        _warn_of_singles(told.alone(found))
        results = {out: given.beside(told.beside(found, named))}
        write_all(results if themes is None else results | {themes: told.listed(found)})
    except SurveyError as problem:
        _refuse(problem)
    if labelled:
        typer.echo("\n".join(told.agreement(labels, found, coding, seed)))
    screen.print(f"Read {len(comments):,} comments. The result is in {out}.", highlight=False)


def write_all(results: Mapping[Path, Sheet]) -> None:
    """Write each where it belongs; where one cannot be written any more, end by saying which were."""
    written: list[Path] = []
    for path, result in results.items():
        try:
            sheet.write(path, result)
        except FileError as problem:
            _refuse(problem, written)
        written.append(path)


def _refuse(problem: SurveyError, written: Sequence[Path] = ()) -> NoReturn:
    told = f"Written before that: {', '.join(map(str, written))}." if written else "Nothing was written."
    typer.secho(f"{problem} {told}", err=True)
    raise typer.Exit(1) from problem


def _keep_apart(path: Path, out: Path, themes: Path | None) -> None:
    """Refuse to write over the file that is read, or one result over the other."""
    written = [one.resolve() for one in (out, themes) if one is not None]
    if path.resolve() in written:
        raise FileError(f"{path.name} is the file with the comments and would be written over. Give another name.")
    if len(set(written)) < len(written):
        raise FileError(f"The result and the themes cannot both be written to {out.name}. Give another name for one.")


def _warn(path: Path, uncut: int, renamed: dict[str, str]) -> None:
    """Say what may have been read otherwise than it was meant, and which of our columns have another name."""
    if uncut:
        screen.print(
            f"Row {uncut} of {path.name} has commas, and the first line names one column: each line is read as one "
            "comment. If it has several cells, name them all in the first line.",
            highlight=False,
        )
    if renamed:
        first = next(iter(renamed.values()))
        screen.print(f"The file has its own {', '.join(renamed)}: ours is called {first} and so on.")


def _warn_of_singles(alone: int) -> None:
    if alone:
        screen.print(f"{alone} of the themes found are one comment each: ask for fewer with --count.", highlight=False)


@contextmanager
def _watched(comments: int) -> Iterator[Callable[[int], None]]:
    """Show how far it is, while it is told how many have been read."""
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*shown, console=screen, transient=True) as progress:
        reading = progress.add_task("Reading", total=comments)
        finding = progress.add_task("Finding themes", total=None, visible=False)

        def done(so_far: int) -> None:
            progress.update(reading, completed=so_far)
            progress.update(finding, visible=so_far == comments)

        yield done
