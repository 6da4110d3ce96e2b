"""Beginning a consultation, opening a further wave of it, and moving the day on which a wave closes.

Everything is looked at before anything is stored. Days are the council's own: a wave takes answers from the beginning
of its first day to the end of its last.
"""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from sqlmodel import Session, select

from survey import audit, consultations, local_days, questionnaire_file, stopping
from survey.consultations import WaveFacts
from survey.drafts import KEPT_FOR
from survey.errors import QuestionnaireError, WaveError
from survey.questionnaire import Questionnaire
from survey.tables import Consultation, ConsultationKind, Wave

COMMAND_LINE: Final = "command line"  # who did it, where nobody says
AFTERWARDS: Final = "equality"  # comes with Heard, and is asked after every other
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class About(NamedTuple):
    """What is said of a consultation as a whole when it begins. A further wave may leave it out."""

    owner: str = ""
    kind: ConsultationKind | None = None
    decision_date: date | None = None


class NewWave(NamedTuple):
    """A wave that somebody wants to open, and of which consultation."""

    asked: Questionnaire
    slug: str
    first_day: date
    last_day: date
    code: str
    title: str
    by_invitation: bool = False

    @property
    def days(self) -> str:
        """From when to when, in words."""
        return _days(self.first_day, self.last_day)


def questionnaire(named: str) -> Questionnaire:
    """The questionnaire in a file, or the one of that name that comes with Heard.

    Raises QuestionnaireError if there is neither, or with what is wrong in it.
    """
    known = sorted(path.stem for path in questionnaire_file.SHIPPED.glob("*.toml") if path.stem != AFTERWARDS)
    if named in known and not Path(named).exists():
        return questionnaire_file.shipped(named)
    if not Path(named).is_file():
        raise QuestionnaireError(
            f"There is no file {named}. Give the path of a questionnaire in TOML, or the name of one that comes with "
            f"Heard: {', '.join(known)}."
        )
    return questionnaire_file.load(Path(named))


def slug_of(asked: Questionnaire) -> str:
    """What a consultation is called in addresses, unless somebody says otherwise."""
    return asked.id.replace("_", "-")


def begin(session: Session, wanted: NewWave, about: About, *, by: str, now: datetime) -> WaveFacts:
    """Open a wave: the first of a new consultation, or a further one of the consultation of that name.

    Raises WaveError, with what to do, if anything about it cannot be.
    """
    _check_lengths(wanted, about, by)
    _check_days(wanted, about, today=local_days.day_of(now))
    consultation = session.exec(select(Consultation).where(Consultation.slug == wanted.slug)).one_or_none()
    if consultation is None:
        consultation = _registered(session, wanted, about)
    else:
        _check_continues(consultation, about)
        _check_apart(session, wanted)
    wave = consultations.open_wave(
        session,
        consultation,
        wanted.asked,
        code=wanted.code,
        title=wanted.title,
        opens_at=local_days.begins(wanted.first_day),
        closes_at=local_days.ends(wanted.last_day),
        by_invitation=wanted.by_invitation,
    )
    audit.record(session, who=by, what="open a wave", subject=f"{wanted.slug} {wanted.code}: {wanted.days}")
    return consultations.wave_named(session, wanted.slug, wave.code)


def wave_to_close(session: Session, slug: str, code: str, *, now: datetime) -> WaveFacts:
    """The wave of that code, or without one the wave that takes answers now.

    Raises UnknownConsultation if there is no such, and WaveError if none takes answers and none was named.
    """
    if code:
        return consultations.wave_named(session, slug, code)
    wave = consultations.wave_for_now(session, slug, now)
    if not wave.is_open(now):
        known = ", ".join(one.code for one in consultations.waves(session, slug=slug))
        raise WaveError(f"No wave of {slug} takes answers now. Say which one you mean with --wave: {known}.")
    return wave


def move_closing(session: Session, wave: WaveFacts, last_day: date | None, *, by: str, now: datetime) -> WaveFacts:
    """Give a wave another last day, or with None close it at once. Raises WaveError, with what to do, if it cannot be.

    One that has closed can be opened again for as long as nothing that was begun in it can have been deleted.
    """
    closes_at = local_days.ends(last_day) if last_day else now
    _check_lengths_of({"--by": (by, 64)})
    _check_closing(wave, last_day, closes_at, now=now)
    _check_clear_of_next(session, wave, closes_at)
    row = session.get_one(Wave, wave.id)
    row.closes_at = closes_at
    session.add(row)
    session.flush()
    moved = consultations.wave(session, wave.id)
    was, will = (f"{one.last_day:%-d %B %Y}" for one in (wave, moved))
    audit.record(
        session, who=by, what="move the closing of a wave", subject=f"{wave.slug} {wave.code}: {was} to {will}"
    )
    return moved


def _registered(session: Session, wanted: NewWave, about: About) -> Consultation:
    if not about.owner.strip():
        raise WaveError(f'{wanted.slug} is new here. Say who asks: --owner "Lancashire County Council".')
    title = _title(wanted.asked)
    return consultations.register(
        session,
        slug=wanted.slug,
        title=title,
        owner=about.owner.strip(),
        kind=about.kind or ConsultationKind.ENGAGEMENT,
        decision_date=about.decision_date,
    )


def _title(asked: Questionnaire) -> str:
    return asked.title.get("en") or asked.title[asked.languages[0]]


def _check_lengths(wanted: NewWave, about: About, by: str) -> None:
    if not SLUG.fullmatch(wanted.slug):
        raise WaveError(
            f"{wanted.slug!r} cannot stand in an address. Give a name of small letters, digits and single hyphens, as "
            "in --name send-services."
        )
    if not CODE.fullmatch(wanted.code):
        raise WaveError(
            f"{wanted.code!r} cannot be the code of a wave. Use letters, digits, hyphens, dots and strokes below, as "
            "in --wave 2027."
        )
    _check_lengths_of(
        {
            "--name": (wanted.slug, 64),
            "--wave": (wanted.code, 32),
            "--title": (wanted.title, 200),
            "--owner": (about.owner, 200),
            "--by": (by, 64),
            "The title of the questionnaire": (_title(wanted.asked), 200),
        }
    )


def _check_lengths_of(given: dict[str, tuple[str, int]]) -> None:
    for what, (text, most) in given.items():
        if len(text) > most:
            raise WaveError(f"{what} has {len(text)} characters, and may have {most}. Shorten it.")


def _check_days(wanted: NewWave, about: About, *, today: date) -> None:
    if wanted.last_day < wanted.first_day:
        raise WaveError(
            f"It would close on {_day(wanted.last_day)}, before it opens on {_day(wanted.first_day)}. Give a last day "
            "that is not before the first, with --closes."
        )
    if wanted.last_day < today:
        raise WaveError(f"{_day(wanted.last_day)} is past, so nobody could answer. Give a later day with --closes.")
    if wanted.first_day < today:
        raise WaveError(
            f"{_day(wanted.first_day)} is past, and nobody was asked then. Give today or a later day with --opens."
        )
    if about.decision_date and about.decision_date < wanted.first_day:
        raise WaveError(
            f"A decision on {_day(about.decision_date)} would come before anybody has answered. Give a later day with "
            "--decision."
        )


def _check_continues(consultation: Consultation, about: About) -> None:
    """What is said of the consultation as a whole must be what it began with, as reports of earlier waves say it."""
    if consultation.demonstration:
        raise WaveError(
            f"{consultation.slug} is the demonstration here, whose families are made up. Give yours another name with "
            "--name, or begin it in a database of its own."
        )
    given: dict[str, tuple[object, object]] = {
        "--owner": (about.owner.strip() or None, consultation.owner),
        "--kind": (about.kind, consultation.kind),
        "--decision": (about.decision_date, consultation.decision_date),
    }
    for option, (said, known) in given.items():
        if said is not None and said != known:
            raise WaveError(
                f"{consultation.slug} began with {option} {known or 'left out'}, and a further wave goes on with that. "
                f"Leave {option} out, or begin another consultation with --name."
            )


def _check_apart(session: Session, wanted: NewWave) -> None:
    """The code is new, and at no time would two waves of one consultation take answers."""
    known = consultations.waves(session, slug=wanted.slug)
    if wanted.code in {one.code for one in known}:
        raise WaveError(
            f"{wanted.slug} has a wave {wanted.code!r} already. Give this one another code with --wave. Those there "
            f"are: {', '.join(one.code for one in known)}."
        )
    opens_at, closes_at = local_days.begins(wanted.first_day), local_days.ends(wanted.last_day)
    for other in known:
        if other.opens_at < closes_at and opens_at < other.closes_at:
            raise WaveError(
                f"Two waves of {wanted.slug} would take answers at once: {other.title} ({other.code}) is open from "
                f"{_days(other.first_day, other.last_day)}. Choose other days, or move its closing first with "
                "python -m survey close."
            )


def _check_closing(wave: WaveFacts, last_day: date | None, closes_at: datetime, *, now: datetime) -> None:
    called = f"{wave.title} ({wave.code})"
    if last_day is None and wave.is_to_come(now):
        raise WaveError(f"{called} has not opened yet: it does on {_day(wave.first_day)}. Say its last day with --on.")
    if last_day is None and not wave.is_open(now):
        raise WaveError(f"{called} has closed already, on {_day(wave.last_day)}. Nothing was changed.")
    if closes_at == wave.closes_at:
        raise WaveError(f"{called} closes at the end of {_day(wave.last_day)} as it is. Nothing was changed.")
    if closes_at < now:
        raise WaveError(f"{_day(wave.last_day if last_day is None else last_day)} is past. Give today or a later day.")
    if closes_at <= wave.opens_at:
        raise WaveError(f"{called} opens on {_day(wave.first_day)}. Give that day or a later one.")
    if stopping.may_be_gone(wave, now):
        raise WaveError(
            f"{called} opened more than {KEPT_FOR.days} days ago and closed on {_day(wave.last_day)}, so answers that "
            "people had begun and not sent may have been deleted, as they were told. It stays closed. Open a further "
            "wave instead: python -m survey open."
        )


def _check_clear_of_next(session: Session, wave: WaveFacts, closes_at: datetime) -> None:
    for other in consultations.waves(session, slug=wave.slug):
        if wave.opens_at < other.opens_at < closes_at:
            raise WaveError(
                f"{other.title} ({other.code}) opens on {_day(other.first_day)}, and two waves of {wave.slug} cannot "
                "take answers at once. Give a day before that."
            )


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _days(first: date, last: date) -> str:
    return f"{_day(first)} to {_day(last)}"
