"""A consultation brought in from its export: all of it, or none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from survey import audit, consultations, questionnaire_file, safeguarding, theming
from survey.coherence import check_coherence
from survey.database import next_change
from survey.errors import FileError
from survey.exchange.checking import Checker
from survey.exchange.columns import ANSWERS, COMMENTS, RESPONSES
from survey.exchange.manifest import NAME, Manifest, WaveEntry
from survey.exchange.reading import Package, Problems, Row, opened
from survey.exchange.rows import AnswerRow, CommentRow, ResponseRow
from survey.questionnaire import Questionnaire
from survey.tables import Consultation, Response, Theme, Wave, stored_id

TABLES = SQLModel.metadata.tables
AGAIN = "Export the consultation again."
TOGETHER = 500  # rows asked about, or inserted, at a time

Advance = Callable[[int], None]


class BroughtIn(NamedTuple):
    """What was brought in."""

    slug: str
    responses: int
    answers: int
    comments: int


class _Checked(NamedTuple):
    """An export with nothing wrong in it."""

    front: Manifest
    responses: Sequence[ResponseRow]
    answers: Sequence[AnswerRow]
    comments: Sequence[CommentRow]


def bring_in(session: Session, path: Path, *, advance: Advance = lambda _: None) -> BroughtIn:
    """Store everything in an export that ``export`` wrote, in the caller's one transaction.

    Everything is checked before anything is stored. A consultation that is here already takes the responses, if its
    waves asked the same. ``advance`` is told of rows as they are checked. Raises FileError, naming file, line, column
    and what to write for each problem; among them every response that is here already.
    """
    checked = _check(session, opened(path), advance)
    waves = _waves(session, checked.front)
    ids = _store_responses(session, checked.responses, waves)
    _store_about(session, "answer", checked.answers, ids)
    _store_about(session, "comment", checked.comments, ids)
    _screen(session, checked.comments, ids)
    audit.record(session, who="command line", what="bring in an export", subject=checked.front.consultation.slug)
    _stamp(session, list(ids.values()))
    return BroughtIn(
        checked.front.consultation.slug, len(checked.responses), len(checked.answers), len(checked.comments)
    )


def _screen(session: Session, rows: Sequence[CommentRow], ids: Mapping[str, int]) -> None:
    """Put what may disclose harm into the safeguarding queue, where it comes today, whenever it was written."""
    now = datetime.now(UTC)
    said = [{**row.model_dump(exclude={"reference"}), "response_id": ids[row.reference]} for row in rows]
    safeguarding.screen(session, said, came=lambda _: now)


def rows_to_check(path: Path) -> int:
    """About how many rows an export has, for a progress bar."""
    package = opened(path)
    return sum(package.texts[sheet.name].count("\n") for sheet in (RESPONSES, ANSWERS, COMMENTS))


def _check(session: Session, package: Package, advance: Advance) -> _Checked:
    front = package.front()
    _check_front(session, front)
    problems = Problems(package.name)
    checker = Checker(problems, {wave.code: front.questionnaires[wave.questionnaire] for wave in front.waves})
    for row in _told(package.rows(RESPONSES), advance):
        checker.response(row)
    answers = [answer for row in _told(package.rows(ANSWERS), advance) if (answer := checker.answer(row))]
    comments = [comment for row in _told(package.rows(COMMENTS), advance) if (comment := checker.comment(row))]
    _check_new(session, checker, package.name)
    problems.refuse()
    return _Checked(front, list(checker.responses.values()), answers, comments)


def _told(rows: Iterable[Row], advance: Advance) -> Iterable[Row]:
    for row in rows:
        yield row
        advance(1)


def _check_front(session: Session, front: Manifest) -> None:
    """What the manifest says must hold together, and agree with what is here already."""
    for fingerprint, questionnaire in front.questionnaires.items():
        _check_questionnaire(fingerprint, questionnaire)
    codes = [wave.code for wave in front.waves]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise FileError(f"{NAME}: the wave {twice[0]!r} is there twice. {AGAIN}")
    here = {wave.code: wave for wave in consultations.waves(session, slug=front.consultation.slug)}
    for wave in front.waves:
        if wave.questionnaire not in front.questionnaires:
            raise FileError(f"{NAME}: the questionnaire of wave {wave.code!r} is missing. {AGAIN}")
        if wave.code in here and _fingerprint_here(session, here[wave.code]) != wave.questionnaire:
            raise FileError(
                f"{NAME}: wave {wave.code!r} of {front.consultation.slug!r} is here already and asked something else. "
                "Bring the export into an empty database."
            )


def _check_questionnaire(fingerprint: str, questionnaire: Questionnaire) -> None:
    try:
        check_coherence(questionnaire)
    except ValueError as problem:
        raise FileError(f"{NAME}: questionnaire {questionnaire.id!r}: {problem}. {AGAIN}") from problem
    if questionnaire_file.content_hash(questionnaire) != fingerprint:
        raise FileError(f"{NAME}: the questionnaire {questionnaire.id!r} was changed after it was exported. {AGAIN}")


def _fingerprint_here(session: Session, wave: consultations.WaveFacts) -> str:
    return questionnaire_file.content_hash(consultations.questionnaire_of(session, wave))


def _check_new(session: Session, checker: Checker, name: str) -> None:
    """No response may be here already, under its reference or its id."""
    rows = list(checker.responses.values())
    here = [row for start in range(0, len(rows), TOGETHER) for row in _here(session, rows[start : start + TOGETHER])]
    if rows and len(here) == len(rows):
        raise FileError(f"All the responses in {name} are in this database already, so nothing was loaded.")
    for row in here:
        told = f"the response {row.reference!r} is in this database already; take it out of the three files."
        checker.problems.add(checker.lines[row.reference], "reference", told)


def _here(session: Session, rows: Sequence[ResponseRow]) -> list[ResponseRow]:
    """Those of some responses that the database has."""
    references, ids = [row.reference for row in rows], [row.public_id for row in rows]
    known = session.exec(
        select(Response.reference, Response.public_id).where(
            col(Response.reference).in_(references) | col(Response.public_id).in_(ids)
        )
    ).all()
    taken = {reference for reference, _ in known} | {public_id for _, public_id in known}
    return [row for row in rows if row.reference in taken or row.public_id in taken]


def _waves(session: Session, front: Manifest) -> Mapping[str, int]:
    """The ids of the waves, by code, with those that are not here yet set up."""
    slug = front.consultation.slug
    consultation = session.exec(select(Consultation).where(Consultation.slug == slug)).one_or_none()
    if consultation is None:
        consultation = consultations.register(session, **front.consultation.model_dump())
        _add_themes(session, consultation, front)
    here = {wave.code: wave.id for wave in consultations.waves(session, slug=slug)}
    for entry in front.waves:
        if entry.code not in here:
            wave = _open(session, consultation, entry, front.questionnaires[entry.questionnaire])
            here[entry.code] = stored_id(wave)
    return here


def _open(session: Session, consultation: Consultation, entry: WaveEntry, asked: Questionnaire) -> Wave:
    return consultations.open_wave(
        session,
        consultation,
        asked,
        code=entry.code,
        title=entry.title,
        opens_at=entry.opens_at,
        closes_at=entry.closes_at,
        by_invitation=entry.by_invitation,
    )


def _add_themes(session: Session, consultation: Consultation, front: Manifest) -> None:
    session.add_all(Theme(consultation_id=stored_id(consultation), **entry.model_dump()) for entry in front.themes)
    theming.begin_history(session, stored_id(consultation), by="command line")


def _store_responses(session: Session, rows: Sequence[ResponseRow], waves: Mapping[str, int]) -> Mapping[str, int]:
    """The ids of the responses, by reference. Their change is stamped at the end."""
    session.flush()
    response = TABLES["response"]
    into = sa.insert(response).returning(response.c.id, sort_by_parameter_order=True)
    ids: dict[str, int] = {}
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        values = [{**row.model_dump(exclude={"wave"}), "wave_id": waves[row.wave], "change": 0} for row in some]
        given = session.connection().execute(into, values).scalars().all()
        ids.update(zip((row.reference for row in some), given, strict=True))
    return ids


def _store_about(
    session: Session, table: str, rows: Sequence[AnswerRow] | Sequence[CommentRow], ids: Mapping[str, int]
) -> None:
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        values = [{**row.model_dump(exclude={"reference"}), "response_id": ids[row.reference]} for row in some]
        session.connection().execute(sa.insert(TABLES[table]), values)


def _stamp(session: Session, ids: Sequence[int]) -> None:
    """Number the change, last of all, so that nobody who is looking on misses it."""
    session.flush()
    response = TABLES["response"]
    change = next_change(session)
    for start in range(0, len(ids), TOGETHER):
        some = ids[start : start + TOGETHER]
        session.connection().execute(sa.update(response).where(response.c.id.in_(some)).values(change=change))
