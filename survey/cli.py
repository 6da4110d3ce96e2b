"""The command line: set up, open and close, load, take out, bring in, check, let people in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import sqlalchemy as sa
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from survey import (
    areas,
    boundaries,
    codes,
    coding_frame,
    consultations,
    database,
    demo,
    exchange,
    local_days,
    people,
    questionnaire_file,
    safeguarding,
    setting_up,
    theming,
)
from survey.consultations import WaveFacts
from survey.errors import SurveyError
from survey.printing import paper
from survey.setting_up import About, NewWave
from survey.settings import settings
from survey.tables import ConsultationKind, RoleName, stored_id

P = ParamSpec("P")


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as problem:
        raise typer.BadParameter(f"{written} is no day. Write one as 2027-01-31: year, month, day.") from problem


def _told(command: Callable[P, None]) -> Callable[P, None]:
    """What somebody can put right is told in red, without a trace of the program."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except SurveyError as problem:
            _aside().print(Text(str(problem), style="red"), soft_wrap=True)
            raise typer.Exit(1) from problem

    return run


app = typer.Typer(
    help="Set up Heard and look after its data. The database is the one that HEARD_DATABASE_URL names.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
@_told
def init() -> None:
    """Create the database, or bring its tables up to date."""
    engine = _engine()
    typer.echo(f"The database is ready: {engine.url.render_as_string(hide_password=True)}")


@app.command("demo")
@_told
def load_demonstration(
    seed: Annotated[int, typer.Option(help="The same seed gives the same county.")] = demo.SEED,
    null: Annotated[bool, typer.Option("--null", help="The twin in which nothing is planted.")] = False,
    responses: Annotated[int, typer.Option(min=3, help="How many, over three waves.")] = sum(demo.WAVES),
) -> None:
    """Load the demonstration: a county that does not exist, with the truth about it beside the database."""
    engine = _engine()
    waves = demo.waves_of(responses)
    with _progress("Loading responses", sum(waves)) as advance:
        loaded = demo.load(engine, seed=seed, null=null, waves=waves, advance=advance)
    typer.echo(f"Loaded {loaded.responses:,} responses with {loaded.comments:,} comments.")
    typer.echo(f"What is true of them: {loaded.truth}")
    for new in loaded.sign_ins:
        typer.echo(f"Sign-in, shown this once: name {new.name}, password {new.password}")


@app.command("export")
@_told
def export_consultation(
    consultation: Annotated[str, typer.Argument(help="Its short name, such as send-services.")],
    file: Annotated[Path, typer.Argument(help="The ZIP file to write.")],
) -> None:
    """Write a whole consultation to a file: everything people answered, in CSV."""
    with database.reading(_engine()) as session:
        rows = exchange.rows_to_write(session, consultation)
        with _progress("Writing rows", rows) as advance:
            written = exchange.export(session, consultation, file, advance=advance)
    typer.echo(f"Wrote {written.responses:,} responses with {written.comments:,} comments to {file}.")


@app.command("import")
@_told
def bring_in_export(
    file: Annotated[Path, typer.Argument(help="A ZIP file that export wrote, or the folder it was unpacked into.")],
) -> None:
    """Bring in what export wrote: all of it, or none. Everything is checked first."""
    engine = _engine()
    with _progress("Checking rows", exchange.rows_to_check(file)) as advance, database.writing(engine) as session:
        brought = exchange.bring_in(session, file, advance=advance)
    typer.echo(f"Brought in {brought.responses:,} responses to {brought.slug} with {brought.comments:,} comments.")


@app.command()
@_told
def check(
    file: Annotated[Path, typer.Argument(help="A questionnaire, as a TOML file.")],
) -> None:
    """Check a questionnaire: say that it will do, or what to put right."""
    questionnaire = questionnaire_file.load(file)
    title = questionnaire.title[questionnaire.languages[0]]
    items = sum(1 for _ in questionnaire.items())
    typer.echo(f"{file.name} will do: {title!r}, {len(questionnaire.sections)} sections, {items} items.")


@app.command("open")
@_told
def open_wave(
    questionnaire: Annotated[str, typer.Argument(help="A TOML file, or the name of one that comes with Heard.")],
    closes: Annotated[date, typer.Option(parser=_day, metavar="DAY", help="The last day on which people may answer.")],
    opens: Annotated[
        date | None, typer.Option(parser=_day, metavar="DAY", help="The first. Without it: today.")
    ] = None,
    owner: Annotated[str, typer.Option(help="Who asks. A further wave may leave it out.")] = "",
    name: Annotated[str, typer.Option(help="Its short name, for addresses. Without it: the questionnaire's.")] = "",
    wave: Annotated[str, typer.Option(help="The wave's code. Without it: the year in which it opens.")] = "",
    title: Annotated[str, typer.Option(help="What the wave is called. Without it: the month in which it opens.")] = "",
    kind: Annotated[ConsultationKind | None, typer.Option(help="What it is in law. Without it: engagement.")] = None,
    decision: Annotated[date | None, typer.Option(parser=_day, metavar="DAY", help="When a decision is due.")] = None,
    by_invitation: Annotated[bool, typer.Option("--by-invitation", help="Only whoever has a code may begin.")] = False,
    by: Annotated[str, typer.Option(help="Who opens it. It is kept in the audit.")] = setting_up.COMMAND_LINE,
) -> None:
    """Begin a consultation, or open a further wave of the one of that name."""
    now = datetime.now(UTC)
    asked = setting_up.questionnaire(questionnaire)
    first = opens or local_days.day_of(now)
    slug, code = name or setting_up.slug_of(asked), wave or f"{first:%Y}"
    wanted = NewWave(asked, slug, first, closes, code, title or f"{first:%B %Y}", by_invitation)
    about = About(owner, kind, decision)
    with database.writing(_engine()) as session:
        opened = setting_up.begin(session, wanted, about, by=by, now=now)
    typer.echo(f"{opened.consultation_title}, {_open(opened)}.")
    for what, how in _next_steps(opened).items():
        typer.echo(f"{what:<20}  {how}")


@app.command("close")
@_told
def close_wave(
    consultation: Annotated[str, typer.Argument(help="Its short name, such as send-services.")],
    by: Annotated[str, typer.Option(help="Who decided it. It is kept in the audit.")],
    wave: Annotated[str, typer.Option(help="The wave's code. Without it: the one that is open.")] = "",
    on: Annotated[
        date | None, typer.Option(parser=_day, metavar="DAY", help="Its last day. Without it: closed at once.")
    ] = None,
) -> None:
    """Close a wave at once, or move its last day: to an earlier one, or to a later one."""
    now = datetime.now(UTC)
    with database.writing(_engine()) as session:
        was = setting_up.wave_to_close(session, consultation, wave, now=now)
        moved = setting_up.move_closing(session, was, on, by=by, now=now)
    told = f"is open until the end of {moved.last_day:%-d %B %Y}" if on else "has closed"
    before = "had closed on" if was.closes_at <= now else "was to be open until"
    typer.echo(f"{moved.title} ({moved.code}) {told}. It {before} {was.last_day:%-d %B %Y}.")
    typer.echo("Posters, paper forms and letters that are out still say what they said.")


@app.command("boundaries")
@_told
def check_boundaries(
    file: Annotated[Path, typer.Argument(help="The boundaries of the districts, as GeoJSON.")],
    county: Annotated[str, typer.Option(help="Whose districts: a file of survey/areas.")] = "lancashire",
) -> None:
    """Check a council's own boundaries: say that they will do, or what to put right."""
    drawn = boundaries.read(file, areas.districts(county))
    points = sum(len(ring) for rings in drawn.values() for ring in rings)
    typer.echo(f"{file.name} will do: {len(drawn)} districts, drawn with {points:,} points.")


@app.command("frame")
@_told
def take_up_frame(
    consultation: Annotated[str, typer.Argument(help="Its short name, such as send-services.")],
    by: Annotated[str, typer.Option(help="Who has read the themes and approves them. It is kept beside them.")],
    file: Annotated[Path | None, typer.Option(help="A coding frame, as a TOML file. Without it: Heard's own.")] = None,
) -> None:
    """Approve the themes of a coding frame for a consultation: those that it has none of the same name of."""
    frame = coding_frame.read(file) if file else coding_frame.shipped()
    with database.writing(_engine()) as session:
        wanted = stored_id(consultations.named(session, consultation))
        made = theming.take_up(session, wanted, frame, by=by)
    what = "1 theme" if made == 1 else f"{made} themes"
    typer.echo(f"{consultation} has {what} more, approved by {by}. The worker reads the comments for them.")


@app.command()
@_told
def grant(
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    roles: Annotated[list[RoleName], typer.Argument(help="What they may do: one or more.")],
) -> None:
    """Let somebody in: a new person, or more roles for one there is. Either way with a new password."""
    with database.writing(_engine()) as session:
        password = people.grant(session, name, *roles)
    typer.echo(f"{name} may now sign in as {', '.join(roles)}. The password, shown this once: {password}")


@app.command()
@_told
def screen() -> None:
    """Look for harm in comments that were kept before there was a safeguarding queue, or by patterns of before."""
    with database.writing(_engine()) as session:
        put = safeguarding.screen_all(session, now=datetime.now(UTC))
    typer.echo(f"Put {put:,} comments into the safeguarding queue.")


@app.command("paper")
@_told
def print_paper(
    consultation: Annotated[str, typer.Argument(help="Its short name, such as send-services.")],
    out: Annotated[Path, typer.Option(help="The folder to put the PDF in.")],
    language: Annotated[str, typer.Option(help="In which language, by its code, such as ur.")] = "en",
    copies: Annotated[int, typer.Option(min=1, max=paper.MOST_COPIES, help="How many, each with its reference.")] = 1,
    return_to: Annotated[str, typer.Option(help="Where people post it to.")] = "",
    children: Annotated[int | None, typer.Option(help="Child by child: how many each has pages for.")] = None,
    more_for: Annotated[str, typer.Option(help="The reference of a form that needs pages for one child more.")] = "",
    child: Annotated[int, typer.Option(help="Which child those are for, if not the third.")] = paper.CHILDREN + 1,
) -> None:
    """Write forms to fill in with a pen, in one PDF: each copy has its own reference on every page."""
    with database.reading(_engine()) as session:
        wave = consultations.wave_for_now(session, consultation, datetime.now(UTC))
        asked = consultations.questionnaire_of(session, wave)
    words = paper.words_of(asked, language)
    if more_for:
        name, what = f"child-{child}", f"the pages for child {child} of form {codes.tidied(more_for)}"
        made = paper.more_pages(asked, wave, words, copy=more_for, child=child)
    else:
        new = paper.references(copies)
        name, what = "paper", f"{copies:,} copies, {new[0]} to {new[-1]},"
        made = paper.forms(asked, wave, words, copies=new, return_to=return_to, children=children)
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{wave.slug}-{name}-{language}.pdf"
    file.write_bytes(made)
    typer.echo(f"Wrote {what} to {file}.")


@app.command()
@_told
def links(
    address: Annotated[str, typer.Option(help="Where Heard is served.")] = "http://localhost:8501",
) -> None:
    """Say where the pages are, and what is open for answers."""
    pages = {
        "The survey": "/",
        "Live results": "/live-results",
        "Variation": "/variation",
        "Over time": "/over-time",
        "Heard from": "/heard-from",
        "Comments": "/comments",
        "Comments to look at": "/to-read",
        "Early warning": "/early-warning",
        "Safeguarding": "/safeguarding",
        "Themes": "/themes",
        "Checking": "/checking",
        "Methods": "/methods",
        "Summary for leaders": "/summary",
        "Reports": "/reports",
        "Actions": "/actions",
        "Inspection": "/inspection",
        "Invitations": "/invitations",
        "Translations": "/translations",
    }
    for what, path in pages.items():
        typer.echo(f"{what:<20}  {address.rstrip('/')}{path}")
    with database.reading(_engine()) as session:
        for wave in consultations.waves(session):
            typer.echo(f"{wave.slug}, {_open(wave)}")


def _open(wave: WaveFacts) -> str:
    """A wave with its code and its days, in words."""
    return f"{wave.title} ({wave.code}): open from {wave.first_day:%-d %B %Y} to {wave.last_day:%-d %B %Y}"


def _next_steps(wave: WaveFacts) -> dict[str, str]:
    """Where a wave is answered, and what whoever has opened it does next."""
    address = settings().address.rstrip("/") or "http://localhost:8501"
    steps = {
        "Parents answer at": f"{address}/?consultation={wave.slug}",
        "Without scripts, at": f"{address}/s/{wave.slug}",
        "Let officers in": "python -m survey grant NAME officer",
        "Give it themes": f"python -m survey frame {wave.slug} --by NAME",
        "All the pages": f"python -m survey links --address {address}",
    }
    if wave.by_invitation:
        steps["Make the codes"] = "on the officers' page Invitations; without one nobody can begin"
    if not settings().address:
        steps["Before you print"] = "set HEARD_ADDRESS to where people reach Heard: it stands on posters"
    return steps


def _engine() -> sa.Engine:
    engine = database.engine()
    database.prepare(engine)
    return engine


def _aside() -> Console:
    """Where progress and problems are told, apart from what was asked for."""
    return Console(stderr=True)


@contextmanager
def _progress(doing: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar that is gone once the work is done, and something to tell it how much has been."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_aside(), transient=True) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda done: bar.advance(task, done)
