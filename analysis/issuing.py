"""Giving a signed report out: as it was signed off, with the wording it has now and the words that may be quoted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlmodel import Session

from analysis.report import files
from analysis.report.content import Quote, loaded
from analysis.report.edition import Edited, Edition
from survey import database, reports
from survey.errors import FileError, SurveyError
from survey.reports import Signed

app: Final = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
screen: Final = Console(stderr=True)


def edition(session: Session, number: int) -> Edition:
    """A signed report as it may be given out at this moment. Raises ReportError if there is none of that number."""
    return of(reports.signed(session, number))


def of(signed: Signed) -> Edition:
    """The same of a report that has been looked up. What was taken back or struck out since is not in it."""
    report = signed.report
    quotes = tuple(
        Quote(one.comment_id, one.words, one.language, one.sentiment, "", one.theme) for one in signed.quotes
    )
    edited = {key: Edited(one.words, one.by, one.at) for key, one in signed.wordings.items()}
    content = loaded(report.content).with_quotes(quotes)
    return Edition(report.title, content, report.made_at, report.id, report.made_by, edited, signed.gone)


def run(given: Sequence[str]) -> None:
    """The command, with what was written after ``python -m analysis report``."""
    app(list(given), prog_name="python -m analysis report")


@app.command()
def command(
    number: Annotated[int, typer.Argument(min=1, help="The number of the report, as Reports lists it.")],
    out: Annotated[Path, typer.Option(help="The folder to put its files in.")],
) -> None:
    """Write the files of a signed report: Word, PDF, PowerPoint, Excel and open data."""
    try:
        written = write(number, out)
    except SurveyError as problem:
        typer.secho(f"{problem} Nothing was written.", err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"Wrote {len(written)} files of report {number} to {out}.")


def write(number: int, out: Path) -> list[Path]:
    """Write every file of a signed report into a folder: all of them, or none.

    Raises ReportError if there is no such report, FileError if they cannot be written.
    """
    engine = database.engine()
    database.prepare(engine)
    with database.reading(engine) as session:
        given = edition(session, number)
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*bar, console=screen, transient=True) as progress:
        made = {
            files.name(kind, given): files.made(kind, given)
            for kind in progress.track(list(files.Kind), description="Making files")
        }
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            (out / name).write_bytes(content)
    except OSError as problem:
        raise FileError(f"{out} cannot be written ({problem.strerror}). Choose another folder.") from problem
    return [out / name for name in made]
