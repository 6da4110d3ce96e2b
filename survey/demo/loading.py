"""The demonstration put into the database: all of it, or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from survey import audit, coding_frame, consultations, people, questionnaire_file, safeguarding, theming
from survey.database import next_change, reading, writing
from survey.demo import casework, short_breaks
from survey.demo.answering import responses
from survey.demo.fieldwork import Fieldwork, fieldworks
from survey.demo.planting import Plan, plans
from survey.demo.response import DemoResponse
from survey.demo.rows import References, answer_rows, comment_rows, response_row
from survey.demo.truth import TruthFile
from survey.errors import ConsultationError
from survey.questionnaire import Questionnaire
from survey.settings import settings
from survey.tables import Consultation, ConsultationKind, Person, RoleName, Theme, Wave, stored_id

SEED = 21  # one in which chance does not happen to hide, or to add to, what is planted
WAVES = (620, 840, 1050)
SHORT_BREAKS = 60
TOGETHER = 500  # responses inserted at a time
TABLES = SQLModel.metadata.tables
REWORDED = (
    "My child is well prepared for their next steps, and is doing well for them.",
    "My child is being prepared well for the next stage of life.",
)

Advance = Callable[[int], None]


class SignIn(NamedTuple):
    """A name and a password, told once."""

    name: str
    password: str


class Loaded(NamedTuple):
    """What was loaded."""

    responses: int
    comments: int
    sign_ins: tuple[SignIn, ...]
    truth: Path


def load(
    engine: sa.Engine,
    *,
    seed: int = SEED,
    null: bool = False,
    waves: Sequence[int] | None = None,
    today: date | None = None,
    truth: Path | None = None,
    advance: Advance = lambda _: None,
) -> Loaded:
    """Load the demonstration: two consultations with their waves, themes and responses, and sign-ins for staff.

    The same seed and day give the same responses. ``waves`` is the number of responses in each; the last wave is open
    on the day given (this one, if none is) and has answers up to the day before. ``null`` loads the twin, in which
    nothing is planted. The truth about it goes to files in the folder ``truth``. ``advance`` is told of each batch.

    Raises ConsultationError, having loaded nothing, if the database has the demonstration already.
    """
    waves = WAVES if waves is None else waves
    today = today or datetime.now(UTC).date()
    folder = truth or _truth_folder(engine, null=null)
    references = References(Random(f"{seed}/{null}/references"))  # noqa: S311  (a demonstration)
    with TruthFile(folder) as file, writing(engine) as session:
        _refuse_twice(session, _slug(null=null))
        store = _Store(session, file, references, advance)
        fieldwork = fieldworks(today, len(waves))
        _send_services(store, plans(seed, fieldwork, waves, null=null), null=null)
        if not null:
            _short_breaks(store, seed, today, min(SHORT_BREAKS, sum(waves)))
        file.planted(seed=seed, null=null, today=today, waves=[wave.code for wave in fieldwork])
        casework.worked(session, today, seed)
        sign_ins = _sign_ins(session)
        audit.record(session, who="command line", what="load demonstration", subject=f"seed {seed}")
        store.stamp()
    return Loaded(store.responses, store.comments, sign_ins, folder)


def load_if_empty(engine: sa.Engine) -> Loaded | None:
    """Load the demonstration if there is no consultation at all. Gives what was loaded, or None if there was one."""
    with reading(engine) as session:
        if session.exec(select(Consultation.id)).first() is not None:
            return None
    return load(engine)


def waves_of(responses: int) -> tuple[int, ...]:
    """So many responses shared out over the waves as they are by default."""
    shares = [responses * wave // sum(WAVES) for wave in WAVES]
    return (*shares[:-1], responses - sum(shares[:-1]))


@dataclass(slots=True)
class _Store:
    """Where responses go: the tables, and the truth about them into its file."""

    session: Session
    file: TruthFile
    references: References
    advance: Advance
    responses: int = 0
    comments: int = 0
    waves: list[int] = field(default_factory=list)

    def put(self, wave: Wave, made: Iterable[DemoResponse]) -> None:
        """All the responses of a wave, many at a time."""
        self.waves.append(stored_id(wave))
        remaining = iter(made)
        while batch := list(islice(remaining, TOGETHER)):
            self._put_together(wave, batch)
            self.advance(len(batch))

    def stamp(self) -> None:
        """Number the change, last of all, so that nobody who is looking on misses it."""
        self.session.flush()
        table = TABLES["response"]
        stamped = sa.update(table).where(table.c.wave_id.in_(self.waves)).values(change=next_change(self.session))
        self.session.connection().execute(stamped)

    def _put_together(self, wave: Wave, batch: Sequence[DemoResponse]) -> None:
        connection = self.session.connection()
        rows = [response_row(made, stored_id(wave), self.references) for made in batch]
        response = TABLES["response"]
        into = sa.insert(response).returning(response.c.id, sort_by_parameter_order=True)
        ids = connection.execute(into, rows).scalars().all()
        numbered = list(zip(ids, batch, strict=True))
        answers = [row for number, made in numbered for row in answer_rows(number, made.answers)]
        comments = [row for number, made in numbered for row in comment_rows(number, made)]
        connection.execute(sa.insert(TABLES["answer"]), answers)
        if comments:
            connection.execute(sa.insert(TABLES["comment"]), comments)
            sent = {number: made.sent_at for number, made in numbered}
            safeguarding.screen(self.session, comments, came=sent.__getitem__)
        for row, made in zip(rows, batch, strict=True):
            self.file.add(str(row["reference"]), wave.code, made)
        self.responses += len(batch)
        self.comments += len(comments)


def _send_services(store: _Store, planned: Sequence[Plan], *, null: bool) -> None:
    consultation = consultations.register(
        store.session,
        slug=_slug(null=null),
        title="SEND services in Lancashire" + (" (null twin)" if null else ""),
        owner="Lancashire County Council with NHS Lancashire and South Cumbria",
        kind=ConsultationKind.SURVEY,
        demonstration=True,
    )
    _themes(store.session, consultation)
    asked = questionnaire_file.shipped("send_services")
    for plan in planned:
        worded = _reworded(asked) if plan.fieldwork.number == 1 and len(planned) > 1 else asked
        wave = _wave(store.session, consultation, worded, plan.fieldwork)
        store.put(wave, responses(plan, asked))


def _short_breaks(store: _Store, seed: int, today: date, count: int) -> None:
    consultation = consultations.register(
        store.session,
        slug="short-breaks",
        title="Short breaks in Lancashire",
        owner="Lancashire County Council",
        kind=ConsultationKind.ENGAGEMENT,
        decision_date=today + timedelta(days=90),
        demonstration=True,
    )
    _themes(store.session, consultation)
    opens = today - timedelta(days=short_breaks.OPEN_BEFORE_TODAY)
    wave = consultations.open_wave(
        store.session,
        consultation,
        questionnaire_file.shipped("short_breaks"),
        code=str(opens.year),
        title=f"Short breaks {opens.year}",
        opens_at=datetime.combine(opens, time(9), UTC),
        closes_at=datetime.combine(opens + timedelta(days=short_breaks.OPEN_DAYS), time(17), UTC),
    )
    store.put(wave, short_breaks.answered(seed, count, today))


def _wave(session: Session, consultation: Consultation, asked: Questionnaire, fieldwork: Fieldwork) -> Wave:
    return consultations.open_wave(
        session,
        consultation,
        asked,
        code=fieldwork.code,
        title=f"{asked.title['en']} {fieldwork.code}",
        opens_at=fieldwork.opens_at,
        closes_at=fieldwork.closes_at,
    )


def _themes(session: Session, consultation: Consultation) -> None:
    for theme in coding_frame.shipped("send").themes:
        session.add(
            Theme(
                consultation_id=stored_id(consultation),
                key=theme.key,
                label=theme.label,
                description=theme.description,
                phrases="\n".join(theme.keywords),
            )
        )
    theming.begin_history(session, stored_id(consultation), by="command line")


def _reworded(asked: Questionnaire) -> Questionnaire:
    """The questionnaire as the first wave asked it: one statement in other words, so that it cannot be compared."""
    content = questionnaire_file.dumped(asked)
    return Questionnaire.model_validate_json(content.replace(*REWORDED))


def _sign_ins(session: Session) -> tuple[SignIn, ...]:
    """Somebody for each role, with a new random password, and a second safeguarding officer: it takes two to close a
    case. Those who are there already keep theirs."""
    known = set(session.exec(select(Person.name)))
    wanted = {role.value: role for role in RoleName} | {casework.SECOND: RoleName.SAFEGUARDING}
    return tuple(SignIn(name, people.grant(session, name, role)) for name, role in wanted.items() if name not in known)


def _refuse_twice(session: Session, slug: str) -> None:
    if session.exec(select(Consultation.id).where(col(Consultation.slug).in_([slug]))).first() is not None:
        raise ConsultationError(
            f"This database has the demonstration {slug!r} already, so nothing was loaded. "
            "Name an empty database in HEARD_DATABASE_URL, or another folder in HEARD_DATA."
        )


def _slug(*, null: bool) -> str:
    return "send-services-null" if null else "send-services"


def _truth_folder(engine: sa.Engine, *, null: bool) -> Path:
    """Beside the database, or in the data folder if that is somewhere else."""
    beside = engine.url.database if engine.dialect.name == "sqlite" else None
    folder = Path(beside).parent if beside else settings().data
    return folder / ("demonstration-null" if null else "demonstration")
