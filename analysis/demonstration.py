"""The demonstration's ledger and the page it has published: made by the worker, as figures come from what it reads.

Once every comment of the demonstration has been read, and if nobody has put anything into its ledger, what its county
decided is put there, with the evidence as it was released and what later waves say; and one page is published, so that
somebody who has only just started Heard sees what comes of it all.
"""

import logging
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from analysis import record
from analysis.ledger import Wave, asked_of, compared_of, evidence_of, figure, outcomes, subject_of, titled
from analysis.record import MadeFrom, Named, Record
from analysis.suppression import PUBLIC
from analysis.upkeep import Frames
from survey import actions, consultations, frames, publications, reports, standing_themes
from survey.actions import Seen
from survey.areas import districts
from survey.consultations import WaveFacts
from survey.database import reading, writing
from survey.demo.ledger import Decided, decided
from survey.ledger import Action, ActionState, Compared, Evidence
from survey.local_days import day_of
from survey.questionnaire import Optioned, Questionnaire
from survey.reports import Version
from survey.tables import Consultation, ResponseState
from survey.wording import words_in

log = logging.getLogger(__name__)

SLUG: Final = "send-services"
WHO: Final = "command line"
TABLES = SQLModel.metadata.tables
comments, readings, responses = TABLES["comment"], TABLES["reading"], TABLES["response"]
waves_table, consultation, ledger_table = TABLES["wave"], TABLES["consultation"], TABLES["action"]


class _Exercise(NamedTuple):
    """The demonstration as it is read: its waves, oldest first, and what things are called."""

    id: int
    facts: list[WaveFacts]
    waves: list[Wave]
    changes: dict[int, int]
    """For each wave, the number of the last change to the answers in it."""
    named: Named


class Showing:
    """The chore: asks whether it is due, and does it once."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._done = False

    def __call__(self) -> None:
        """Make the ledger and the page, if the demonstration is there, has been read, and has none yet."""
        if not self._done and _is_due(self._engine):
            self._done = show(self._engine)


def show(engine: sa.Engine) -> bool:
    """Make them now. Gives whether there was anything to make them for, and nobody had begun a ledger."""
    with reading(engine) as session:
        found = _exercise(session)
    if found is None:
        return False
    today = day_of(datetime.now(UTC))
    with writing(engine) as session:
        session.get_one(Consultation, found.id, with_for_update=True)
        if _has_ledger(session, found.id):
            return True
        _decide(session, found, today)
        ledger = actions.ledger(session, found.id)
        page = _page(found, ledger, reports.version(session, found.id), today)
        frozen = publications.freeze(session, found.id, page.model_dump_json(), by=WHO)
        publications.publish(session, found.id, frozen, by=WHO)
    log.info("the demonstration has a ledger of %d actions and a published page", len(ledger))
    return True


def _is_due(engine: sa.Engine) -> bool:
    """Whether there is a demonstration without a ledger in which nothing is left to read."""
    with reading(engine) as session:
        mine = sa.select(consultation.c.id).where(consultation.c.slug == SLUG, consultation.c.demonstration)
        number = session.connection().execute(mine).scalar()
        if number is None or _has_ledger(session, number):
            return False
        unread = (
            sa.select(comments.c.id)
            .join(responses, responses.c.id == comments.c.response_id)
            .join(waves_table, waves_table.c.id == responses.c.wave_id)
            .where(
                waves_table.c.consultation_id == number,
                responses.c.state == ResponseState.SENT,
                ~sa.exists().where(readings.c.comment_id == comments.c.id),
            )
            .limit(1)
        )
        return session.connection().execute(unread).first() is None


def _has_ledger(session: Session, consultation_id: int) -> bool:
    any_action = sa.select(ledger_table.c.id).where(ledger_table.c.consultation_id == consultation_id).limit(1)
    return session.connection().execute(any_action).first() is not None


def _exercise(session: Session) -> _Exercise | None:
    facts = [wave for wave in consultations.waves(session, slug=SLUG) if wave.demonstration]
    if not facts:
        return None
    waves, changes = [], {}
    for one in facts:
        asked = consultations.questionnaire_of(session, one)
        known = frames.changes(session, one, asked.roles)
        held = Frames(known.responses, known.answers, known.comments, known.codings)
        title = titled(one.title, still_open=one.is_open(datetime.now(UTC)))
        waves.append(Wave(one.id, title, one.first_day, held, asked))
        changes[one.id] = known.change
    number = facts[0].consultation_id
    standing = standing_themes.standing(session, number)
    named = Named(
        themes={one.key: one.label for one in standing},
        services=_services(waves[-1].asked),
        districts={one.code: one.name for one in districts(waves[-1].asked.areas or "")},
        waves={one.id: one.title for one in facts},
        theme_keys=actions.theme_keys(session, number),
    )
    return _Exercise(number, facts, waves, changes, named)


def _services(asked: Questionnaire) -> dict[str, str]:
    item, say = asked.role("services"), words_in("en")
    return {one.code: say.of(one.text) for one in item.options} if isinstance(item, Optioned) else {}


def _decide(session: Session, found: _Exercise, today: date) -> None:
    numbers = {key: number for number, key in found.named.theme_keys.items()}
    for one in decided(found.facts, numbers, today):
        evidence = _evidence(found, one)
        number = actions.add(session, found.id, one.plan, evidence, by=WHO)
        for language, wording in one.wordings.items():
            actions.put_into(session, found.id, Seen(number, 1), language, wording, by=WHO)
        if one.state is ActionState.REFUSED:
            actions.refuse(session, found.id, Seen(number, 1), one.because, by=WHO)
    ledger = actions.ledger(session, found.id)
    said = outcomes(found.waves, asked_of(ledger, found.named.theme_keys), PUBLIC)
    wanted = {one.plan.told for one in decided(found.facts, numbers, today) if one.state is ActionState.DONE}
    for action in ledger:
        compared = compared_of(said.get(action.id))
        if action.plan.told in wanted and isinstance(compared, Compared):
            actions.finish(session, found.id, Seen(action.id, action.version), compared, by=WHO)


def _evidence(found: _Exercise, one: Decided) -> Evidence:
    wave = next(wave for wave in found.waves if wave.id == one.plan.wave_id)
    about = subject_of(one.plan, found.named.theme_keys)
    return evidence_of(figure(wave, about, PUBLIC) if about else None)


def _page(found: _Exercise, ledger: list[Action], version: Version, today: date) -> Record:
    """What was said in the last wave that has closed, and what all later waves say of the ledger."""
    now = datetime.now(UTC)
    closed = [wave for wave, one in zip(found.waves, found.facts, strict=True) if one.closes_at <= now]
    said = outcomes(found.waves, asked_of(ledger, found.named.theme_keys), PUBLIC)
    wave = (closed or found.waves)[-1]
    made_from = MadeFrom(change=found.changes[wave.id], frame=version.frame, act=version.act_id, code=version.code)
    title = found.facts[0].consultation_title
    return record.record(title, wave, ledger, said, found.named, today=today, made_from=made_from)
