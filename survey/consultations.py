"""Consultations and their waves: setting them up, and finding the one that is open."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from survey import questionnaire_file
from survey.areas import districts, successors_first
from survey.database import reading
from survey.errors import UnknownConsultation
from survey.local_days import day_of, last_day_before
from survey.questionnaire import Comment, Direction, Questionnaire
from survey.tables import Area, Consultation, ConsultationKind, QuestionnaireVersion, Wave, stored_id

PAPER_LATE_BY_AT_MOST = timedelta(days=28)  # a form that came in time may lie in a pile for a while
LATE_BY_AT_MOST = timedelta(minutes=30)  # somebody on the last page when it closes has not written in vain


class WaveFacts(NamedTuple):
    """A wave with what a screen needs to know of its consultation."""

    id: int
    slug: str
    code: str
    title: str
    consultation_id: int
    consultation_title: str
    owner: str
    demonstration: bool
    opens_at: datetime
    closes_at: datetime
    questionnaire_version_id: int
    by_invitation: bool

    @property
    def first_day(self) -> date:
        """The day on which it opens, as people here count days."""
        return day_of(self.opens_at)

    @property
    def last_day(self) -> date:
        """The last day on which answers are taken, as people here count days."""
        return last_day_before(self.closes_at)

    def is_open(self, now: datetime) -> bool:
        """Whether answers are being taken at that time."""
        return self.opens_at <= now < self.closes_at

    def is_to_come(self, now: datetime) -> bool:
        """Whether it has not opened yet, so that only people who work here may look at it."""
        return now < self.opens_at

    def takes_what_was_begun(self, now: datetime) -> bool:
        """Whether somebody who began in time may still send: until half an hour after closing."""
        return self.opens_at <= now < self.closes_at + LATE_BY_AT_MOST

    def takes_paper(self, now: datetime) -> bool:
        """Whether forms that came in time may still be keyed in: until four weeks after closing."""
        return self.opens_at <= now < self.closes_at + PAPER_LATE_BY_AT_MOST


# Every page of every respondent asks for these: made once, in the order of the fields above.
WAVES, CONSULTATIONS = (SQLModel.metadata.tables[name].c for name in ("wave", "consultation"))
FACTS = (
    sa.select(
        WAVES.id,
        CONSULTATIONS.slug,
        WAVES.code,
        WAVES.title,
        CONSULTATIONS.id,
        CONSULTATIONS.title,
        CONSULTATIONS.owner,
        CONSULTATIONS.demonstration,
        WAVES.opens_at,
        WAVES.closes_at,
        WAVES.questionnaire_version_id,
        WAVES.by_invitation,
    )
    .where(WAVES.consultation_id == CONSULTATIONS.id)
    .order_by(WAVES.opens_at, WAVES.id)
)
FACTS_OF_WAVE = FACTS.where(WAVES.id == sa.bindparam("wave"))
FACTS_OF_ONE = FACTS.where(CONSULTATIONS.slug == sa.bindparam("slug"))

VERSIONS = SQLModel.metadata.tables["questionnaire_version"].c
CONTENT = sa.select(VERSIONS.content).where(VERSIONS.id == sa.bindparam("version"))


def register(
    session: Session,
    *,
    slug: str,
    title: str,
    owner: str,
    kind: ConsultationKind = ConsultationKind.ENGAGEMENT,
    decision_date: date | None = None,
    demonstration: bool = False,
) -> Consultation:
    """A new consultation. Its slug is its address and must be its own."""
    consultation = Consultation(
        slug=slug, title=title, owner=owner, kind=kind, decision_date=decision_date, demonstration=demonstration
    )
    session.add(consultation)
    session.flush()
    return consultation


def open_wave(
    session: Session,
    consultation: Consultation,
    questionnaire: Questionnaire,
    *,
    code: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    by_invitation: bool = False,
) -> Wave:
    """A new wave of a consultation, asking this questionnaire, with the districts it names.

    ``by_invitation``: only somebody with an unused code (``invitations``) may begin.
    """
    _know_districts(session, questionnaire)
    version = _version_of(session, questionnaire)
    wave = Wave(
        consultation_id=stored_id(consultation),
        questionnaire_version_id=stored_id(version),
        code=code,
        title=title,
        opens_at=opens_at,
        closes_at=closes_at,
        by_invitation=by_invitation,
    )
    session.add(wave)
    session.flush()
    return wave


def waves(session: Session, *, slug: str | None = None) -> list[WaveFacts]:
    """Every wave (of one consultation, if a slug is given), oldest first."""
    connection = session.connection()
    found = connection.execute(FACTS) if slug is None else connection.execute(FACTS_OF_ONE, {"slug": slug})
    return [WaveFacts._make(row) for row in found]


def behind(known: list[WaveFacts], now: datetime) -> WaveFacts | None:
    """The wave that a consultation's address leads to: the open one, or the next to open, or the last there was.

    ``known`` are its waves, oldest first.
    """
    ahead = [wave for wave in known if wave.is_open(now)] + [wave for wave in known if wave.is_to_come(now)]
    return next(iter(ahead or known[-1:]), None)


@lru_cache(maxsize=64)
def waves_at(engine: sa.Engine, slug: str, second: datetime) -> list[WaveFacts]:  # noqa: ARG001
    """The waves of one consultation, remembered for that second: every page of every respondent asks for them.

    A wave opens and closes by its own times, which are looked at each time; one that is changed is seen a second later.
    """
    with reading(engine) as session:
        return waves(session, slug=slug)


def open_waves(session: Session, now: datetime) -> list[WaveFacts]:
    """The waves that take answers at that time, by consultation."""
    return [wave for wave in waves(session) if wave.is_open(now)]


def wave(session: Session, wave_id: int) -> WaveFacts:
    """One wave. Raises UnknownConsultation if there is none of that number."""
    found = session.connection().execute(FACTS_OF_WAVE, {"wave": wave_id}).first()
    if found is None:
        raise UnknownConsultation("That consultation is not here. Open the address you were given again.")
    return WaveFacts._make(found)


def named(session: Session, slug: str) -> Consultation:
    """The consultation with that short name. Raises UnknownConsultation, naming those there are."""
    found = session.exec(select(Consultation).where(Consultation.slug == slug)).one_or_none()
    if found is None:
        known = ", ".join(session.exec(select(Consultation.slug).order_by(Consultation.slug))) or "none"
        raise UnknownConsultation(f"There is no consultation {slug!r}. Those there are: {known}.")
    return found


def wave_named(session: Session, slug: str, code: str) -> WaveFacts:
    """The wave of a consultation with that code. Raises UnknownConsultation, naming those there are."""
    known = waves(session, slug=slug)
    for candidate in known:
        if candidate.code == code:
            return candidate
    advice = f"Its waves are: {', '.join(known_wave.code for known_wave in known)}." if known else "Check its name."
    raise UnknownConsultation(f"There is no wave {code!r} of a consultation {slug!r}. {advice}")


def wave_for_now(session: Session, slug: str, now: datetime) -> WaveFacts:
    """The wave of a consultation that takes answers at that time, or else its latest.

    Raises UnknownConsultation if there is no consultation of that name.
    """
    known = waves(session, slug=slug)
    if not known:
        raise UnknownConsultation(f"There is no consultation {slug!r}. Check its name.")
    return next((wave for wave in known if wave.is_open(now)), known[-1])


def questionnaire_of(session: Session, wave: WaveFacts) -> Questionnaire:
    """The questionnaire that a wave asks, as it was when the wave was opened."""
    content = session.connection().execute(CONTENT, {"version": wave.questionnaire_version_id}).scalar_one()
    return _read(content)


@lru_cache(maxsize=32)
def asked_in(engine: sa.Engine, wave: WaveFacts) -> Questionnaire:
    """The same, remembered: what a wave asks never changes, and every page of every respondent needs it."""
    with reading(engine) as session:
        return questionnaire_of(session, wave)


def directions_of(session: Session, wave_ids: Iterable[int]) -> dict[tuple[int, str], Direction]:
    """What each comment item of these waves asks for, by wave and item: praise, criticism, or anything."""
    known: dict[tuple[int, str], Direction] = {}
    for wave_id in wave_ids:
        asked = questionnaire_of(session, wave(session, wave_id))
        known |= {(wave_id, item.id): item.direction for _, item in asked.items() if isinstance(item, Comment)}
    return known


@lru_cache(maxsize=32)
def _read(content: str) -> Questionnaire:
    """A version never changes, so it is read once and shared."""
    return Questionnaire.model_validate_json(content)


def _version_of(session: Session, questionnaire: Questionnaire) -> QuestionnaireVersion:
    fingerprint = questionnaire_file.content_hash(questionnaire)
    known = session.exec(
        select(QuestionnaireVersion).where(QuestionnaireVersion.content_hash == fingerprint)
    ).one_or_none()
    if known is not None:
        return known
    version = QuestionnaireVersion(content_hash=fingerprint, content=questionnaire_file.dumped(questionnaire))
    session.add(version)
    session.flush()
    return version


def _know_districts(session: Session, questionnaire: Questionnaire) -> None:
    for district in successors_first(districts(questionnaire.areas)) if questionnaire.areas else ():
        if session.get(Area, district.code) is None:
            session.add(
                Area(
                    code=district.code,
                    name=district.name,
                    locality=district.locality,
                    valid_from=district.valid_from,
                    valid_to=district.valid_to,
                    successor=district.successor,
                )
            )
