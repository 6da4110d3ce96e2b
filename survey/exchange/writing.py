"""A whole consultation written to a file."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple  # Any: what a row holds is known only where it is unpacked
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from survey import consultations
from survey.errors import FileError
from survey.exchange import cells, manifest
from survey.exchange.columns import ANSWERS, COMMENTS, RESPONSES, Sheet
from survey.questionnaire import Questionnaire
from survey.tables import Consultation, QuestionnaireVersion, Theme, Wave, stored_id

TABLES = SQLModel.metadata.tables
response, answer, comment, wave = (TABLES[name] for name in ("response", "answer", "comment", "wave"))
SAME_DAY = (1980, 1, 1, 0, 0, 0)  # so that the same consultation gives the same bytes
TOLD_EVERY = 1_000

Advance = Callable[[int], None]


class Written(NamedTuple):
    """What an export holds."""

    responses: int
    answers: int
    comments: int


def export(session: Session, slug: str, path: Path, *, advance: Advance = lambda _: None) -> Written:
    """Write a consultation and everything people answered to a new file, which ``bring_in`` reads again.

    ``advance`` is told of rows as they are written. Raises UnknownConsultation if there is none of that name, and
    FileError if the file is there already or cannot be written.
    """
    consultation = consultations.named(session, slug)
    if path.exists():
        raise FileError(f"{path.name} is there already. Give another name, or move it away first.")
    part = path.with_name(f"{path.name}.part")
    try:
        with ZipFile(part, "w", ZIP_DEFLATED) as file:
            _add(file, manifest.NAME, [_front(session, consultation).model_dump_json(indent=1, by_alias=True)])
            written = Written(
                _add_sheet(file, RESPONSES, _responses(session, consultation), advance),
                _add_sheet(file, ANSWERS, _answers(session, consultation), advance),
                _add_sheet(file, COMMENTS, _comments(session, consultation), advance),
            )
        part.rename(path)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise FileError(f"{path} cannot be written ({problem.strerror}). Choose another folder.") from problem
    return written


def rows_to_write(session: Session, slug: str) -> int:
    """How many rows an export of that consultation has, for a progress bar."""
    consultation = consultations.named(session, slug)
    counts = (_of(consultation, [sa.func.count()], table).order_by(None) for table in (None, answer, comment))
    return sum(int(session.connection().execute(count).scalar_one()) for count in counts)


def _front(session: Session, consultation: Consultation) -> manifest.Manifest:
    waves = session.exec(
        select(Wave, QuestionnaireVersion)
        .join(QuestionnaireVersion)
        .where(Wave.consultation_id == consultation.id)
        .order_by(col(Wave.opens_at), col(Wave.id))
    ).all()
    mine = col(Theme.consultation_id) == consultation.id
    standing = mine, ~col(Theme.retired), col(Theme.merged_into_id).is_(None)
    themes = session.exec(select(Theme).where(*standing).order_by(col(Theme.id))).all()
    return manifest.Manifest(
        consultation=manifest.ConsultationEntry(**consultation.model_dump(exclude={"id", "frame", "themes_change"})),
        waves=tuple(
            manifest.WaveEntry(
                code=row.code,
                title=row.title,
                opens_at=row.opens_at,
                closes_at=row.closes_at,
                questionnaire=version.content_hash,
                by_invitation=row.by_invitation,
            )
            for row, version in waves
        ),
        questionnaires={
            version.content_hash: Questionnaire.model_validate_json(version.content) for _, version in waves
        },
        themes=tuple(
            manifest.ThemeEntry(**theme.model_dump(include=set(manifest.ThemeEntry.model_fields))) for theme in themes
        ),
    )


def _of(
    consultation: Consultation, columns: Sequence[sa.ColumnElement[Any]], table: sa.Table | None = None
) -> sa.Select[Any]:
    """The rows of a table that belong to the consultation, in the order in which its responses are stored."""
    joined = response.join(wave, response.c.wave_id == wave.c.id)
    if table is not None:
        joined = joined.join(table, table.c.response_id == response.c.id)
    ordered = [response.c.id] if table is None else [response.c.id, table.c.id]
    ours = wave.c.consultation_id == stored_id(consultation)
    return sa.select(*columns).select_from(joined).where(ours).order_by(*ordered)


def _responses(session: Session, consultation: Consultation) -> Iterator[Sequence[str]]:
    columns = [response.c.reference, response.c.public_id, wave.c.code] + [
        response.c[name] for name in ("state", "channel", "variant", "language", "district", "quotable")
    ]
    rest = [response.c[name] for name in ("notice_version", "started_at", "sent_at")]
    for one in _stream(session, _of(consultation, [*columns, *rest])):
        reference, public_id, code, state, channel, variant, language, district, quotable, notice, started, sent = one
        yield (
            reference, str(public_id), code, state.value, channel.value, variant, language, district,
            "yes" if quotable else "no", notice, cells.moment(started), cells.moment(sent),
        )  # fmt: skip


def _answers(session: Session, consultation: Consultation) -> Iterator[Sequence[str]]:
    names = ("item", "service", "child", "code", "number", "day")
    sought = _of(consultation, [response.c.reference, *(answer.c[name] for name in names)], answer)
    for reference, item, service, child, code, number, day in _stream(session, sought):
        yield reference, item, service, str(child or ""), code, cells.number(number), cells.day(day)


def _comments(session: Session, consultation: Consultation) -> Iterator[Sequence[str]]:
    names = ("item", "service", "child", "words")
    sought = _of(consultation, [response.c.reference, *(comment.c[name] for name in names)], comment)
    for reference, item, service, child, words in _stream(session, sought):
        yield reference, item, service, str(child or ""), words


def _stream(session: Session, sought: sa.Select[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows as they come, so that a large consultation does not have to fit in memory."""
    for row in session.connection().execute(sought, execution_options={"yield_per": TOLD_EVERY}):
        yield tuple(row)


def _add_sheet(file: ZipFile, sheet: Sheet, rows: Iterable[Sequence[str]], advance: Advance) -> int:
    counted = 0

    def lines() -> Iterator[str]:
        nonlocal counted
        yield _line(sheet.columns)
        for counted, row in enumerate(rows, start=1):
            yield _line([cells.guarded(cell) for cell in row])
            if counted % TOLD_EVERY == 0:
                advance(TOLD_EVERY)
        advance(counted % TOLD_EVERY)

    _add(file, sheet.name, lines())
    return counted


def _line(row: Sequence[str]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerow(row)
    return written.getvalue()


def _add(file: ZipFile, name: str, texts: Iterable[str]) -> None:
    entry = ZipInfo(name, SAME_DAY)
    entry.compress_type = ZIP_DEFLATED
    with file.open(entry, "w", force_zip64=True) as inside:
        for text in texts:
            inside.write(text.encode())
