"""Reports: signing a summary off, putting its sentences in other words, and striking quotations out.

What a report says is kept as it was, for ever. People's words are not in it: it says which comments it quotes, and
their words are looked up when somebody reads it, as they may be shown by then.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from survey import audit, details, safeguarding
from survey.consultations import WaveFacts
from survey.errors import ReportError
from survey.tables import (
    Consultation,
    Report,
    ReportQuote,
    ReportWording,
    ResponseState,
    StruckQuote,
    ThemeAct,
    stored_id,
)
from survey.version import code_version

TABLES = SQLModel.metadata.tables
COMMENTS, RESPONSES, READINGS, THEMES = (TABLES[name] for name in ("comment", "response", "reading", "theme"))
CONSULTATIONS, PLACES, REPORTS = TABLES["consultation"], TABLES["theme_place"], TABLES["report"]
QUOTES, STRUCK = TABLES["report_quote"], TABLES["struck_quote"]
LONGEST_TITLE: Final = 200
LONGEST_REASON: Final = 300
LONGEST_WORDING: Final = 1_000
IN_A_ROW: Final = 6
NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
IN_WORDS = re.compile(
    r"\b(?:(?:nearly|almost) (?:all|every\w*)|most|majority|half|every(?:one|body)|nobody|no one|none)\b", re.IGNORECASE
)
"""Words that say how many of all. "One in eight" is not among them: it puts a per cent into plain words, which stands
beside it."""


class Version(NamedTuple):
    """What has to be the same for the same report to come out."""

    frame: int
    act_id: int | None
    code: str


class Quoted(NamedTuple):
    """A comment that a report quotes, as it may be shown now."""

    comment_id: int
    theme: str
    words: str
    language: str
    sentiment: str
    district: str  # its code


class Worded(NamedTuple):
    """How somebody put a sentence."""

    words: str
    by: str
    at: datetime


class Listed(NamedTuple):
    """A report in the list of them all."""

    id: int
    title: str
    wave_id: int
    made_by: str
    made_at: datetime


class Signed(NamedTuple):
    """A report as it was signed off, with what was done since."""

    report: Report
    wordings: dict[str, Worded]
    quotes: tuple[Quoted, ...]
    gone: int
    """Quotations that were taken back, struck out, or may not be shown any more."""


class Struck(NamedTuple):
    """A comment that was struck out of what is quoted."""

    comment_id: int
    words: str
    language: str
    reason: str
    by: str
    at: datetime


def seed_of(wave: WaveFacts) -> int:
    """The number from which chance begins in a wave: given by its address, so that nobody can try several."""
    return int.from_bytes(sha256(f"{wave.slug}/{wave.code}".encode()).digest()[:4]) % 1_000_000


def about(session: Session, wave: WaveFacts) -> tuple[str, date | None]:
    """What kind of exercise the consultation of a wave is, and when its decision is due."""
    consultation = session.get_one(Consultation, wave.consultation_id)
    return consultation.kind.value, consultation.decision_date


def version(session: Session, consultation_id: int) -> Version:
    """The frame, the last act on the themes, and the code, as they are now."""
    frame = sa.select(CONSULTATIONS.c.frame).where(CONSULTATIONS.c.id == consultation_id)
    last = select(sa.func.max(ThemeAct.id)).where(ThemeAct.consultation_id == consultation_id)
    return Version(int(session.connection().execute(frame).scalar_one()), session.exec(last).one(), code_version())


def sign_off(
    session: Session,
    wave: WaveFacts,
    *,
    title: str,
    content: str,
    made_with: Version,
    change: int,
    seed: int,
    quotes: Iterable[tuple[int, str, str]],
    by: str,
    now: datetime,
) -> int:
    """Keep a report: its content, without any quotation, and which comments it quotes. Gives its number.

    quotes are comments, each with its theme and the words that were on the screen. One that says them no more, because
    it was taken back or changed in the meantime, is left out.
    Raises ReportError for a title that is empty or too long.
    """
    named = " ".join(title.split())
    if not named or len(named) > LONGEST_TITLE:
        raise ReportError(f"Enter a title of 1 to {LONGEST_TITLE} characters.")
    standing = [(comment, theme) for comment, theme, words in quotes if _says(session, comment, words)]
    report = Report(
        consultation_id=wave.consultation_id,
        wave_id=wave.id,
        title=named,
        made_by=by,
        made_at=now,
        change=change,
        frame=made_with.frame,
        act_id=made_with.act_id,
        code_version=made_with.code,
        seed=seed,
        quoted=len(standing),
        content=content,
    )
    session.add(report)
    session.flush()
    number = stored_id(report)
    for place, (comment_id, theme) in enumerate(standing):
        session.add(ReportQuote(report_id=number, comment_id=comment_id, theme=theme, place=place))
    audit.record(session, who=by, what="sign off a report", subject=f"report {number}")
    session.flush()
    return number


def listed(session: Session) -> list[Listed]:
    """All the reports there are, the latest first."""
    wanted = sa.select(*(REPORTS.c[name] for name in Listed._fields)).order_by(REPORTS.c.id.desc())
    return [Listed(*row) for row in session.connection().execute(wanted)]


def signed(session: Session, report_id: int) -> Signed:
    """One report. Raises ReportError if there is none of that number."""
    report = session.get(Report, report_id)
    if report is None:
        raise ReportError(f"There is no report {report_id}. Choose one from the list.")
    rows = session.exec(
        select(ReportWording).where(ReportWording.report_id == report_id).order_by(col(ReportWording.id))
    )
    last = {row.sentence: Worded(row.words, row.by, row.at) for row in rows}
    quotes = _quoted(session, report)
    wordings = {key: one for key, one in last.items() if one.words}
    return Signed(report, wordings, quotes, report.quoted - len(quotes))


def word(session: Session, report_id: int, sentence: str, words: str, *, computed: str, by: str, now: datetime) -> None:
    """Put a sentence of a report in other words; "" lets the computed text stand again. What was computed is kept.

    Raises ReportError if the words are too many, say a number, or how many of all, that the computed sentence does
    not, or are somebody's who is quoted: those must be able to go when they are taken back.
    """
    said = " ".join(words.split())
    if len(said) > LONGEST_WORDING:
        raise ReportError(f"Enter at most {LONGEST_WORDING:,} characters.")
    numerals = [numeral for numeral in NUMERAL.findall(said) if numeral not in NUMERAL.findall(computed)]
    already = {amount.lower() for amount in IN_WORDS.findall(computed)}
    if new := numerals + [f"“{amount}”" for amount in IN_WORDS.findall(said) if amount.lower() not in already]:
        raise ReportError(
            f"The computed sentence does not say {', '.join(new)}. Use only its own numbers, and its own words "
            f"for how many: {computed}"
        )
    if any(_in_a_row(said, quote.words) for quote in signed(session, report_id).quotes):
        raise ReportError(f"Do not repeat {IN_A_ROW} words or more of a quotation: its writer may take it back.")
    session.add(ReportWording(report_id=report_id, sentence=sentence, words=said, by=by, at=now))
    audit.record(session, who=by, what="put a sentence in other words", subject=f"report {report_id} {sentence}")
    session.flush()


def strike(session: Session, comment_id: int, reason: str, *, by: str, now: datetime) -> None:
    """Strike a comment out of what is quoted, everywhere. The reason is kept.

    Raises ReportError without a reason, or if the comment is not there any more.
    """
    why = " ".join(reason.split())
    if not why or len(why) > LONGEST_REASON:
        raise ReportError(f"Enter the reason for striking it out, in 1 to {LONGEST_REASON} characters.")
    there = session.connection().execute(sa.select(COMMENTS.c.id).where(COMMENTS.c.id == comment_id)).scalar()
    if there is None:
        raise ReportError("That quotation is not there any more. It may have been taken back.")
    if session.get(StruckQuote, comment_id) is None:
        session.add(StruckQuote(comment_id=comment_id, reason=why, by=by, at=now))
        audit.record(session, who=by, what="strike a quotation out", subject=f"comment {comment_id}")
        session.flush()


def let_stand(session: Session, comment_id: int, *, by: str) -> None:
    """Take back that a comment was struck out."""
    if (struck_out := session.get(StruckQuote, comment_id)) is not None:
        session.delete(struck_out)
        audit.record(session, who=by, what="let a quotation stand again", subject=f"comment {comment_id}")
        session.flush()


def struck(session: Session, wave_id: int) -> list[Struck]:
    """The comments of a wave that were struck out, the latest first."""
    rows = session.connection().execute(
        sa.select(COMMENTS.c.id, COMMENTS.c.redacted, COMMENTS.c.language, STRUCK.c.reason, STRUCK.c.by, STRUCK.c.at)
        .join(STRUCK, STRUCK.c.comment_id == COMMENTS.c.id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .where(RESPONSES.c.wave_id == wave_id)
        .order_by(STRUCK.c.at.desc(), COMMENTS.c.id)
    )
    return [Struck(row[0], row[1] or "", row[2] or "", *row[3:]) for row in rows]


def places(session: Session, wave: WaveFacts) -> tuple[dict[int, bytes], dict[str, bytes]]:
    """Where the comments of a wave lie in meaning, by number, and the themes of its consultation, by key.

    Only those that have been placed: bytes of float16, of one kind of vectors alone.
    """
    comments = session.connection().execute(
        sa.select(COMMENTS.c.id, READINGS.c.embedding)
        .join(READINGS, READINGS.c.comment_id == COMMENTS.c.id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .where(
            RESPONSES.c.wave_id == wave.id,
            RESPONSES.c.state == ResponseState.SENT,
            READINGS.c.embedding.is_not(None),
        )
    )
    themes = session.connection().execute(
        sa.select(THEMES.c.key, PLACES.c.place)
        .join(PLACES, sa.and_(PLACES.c.theme_id == THEMES.c.id, PLACES.c.version == THEMES.c.version))
        .where(THEMES.c.consultation_id == wave.consultation_id)
    )
    return {row[0]: row[1] for row in comments}, {row[0]: row[1] for row in themes}


def how_many_placed(session: Session, wave_id: int) -> int:
    """How many comments of a wave have their place: by which a page knows that there is more to measure."""
    counted = (
        sa.select(sa.func.count())
        .select_from(READINGS)
        .join(COMMENTS, COMMENTS.c.id == READINGS.c.comment_id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .where(RESPONSES.c.wave_id == wave_id, READINGS.c.embedding.is_not(None))
    )
    return int(session.connection().execute(counted).scalar_one())


def _quoted(session: Session, report: Report) -> tuple[Quoted, ...]:
    """The comments that a report quotes and that may be quoted yet: consented, cleared, and not struck out."""
    rows = session.connection().execute(
        sa.select(
            COMMENTS.c.id,
            QUOTES.c.theme,
            COMMENTS.c.redacted,
            COMMENTS.c.language,
            READINGS.c.sentiment,
            RESPONSES.c.district,
            RESPONSES.c.id,
        )
        .select_from(QUOTES)
        .join(COMMENTS, COMMENTS.c.id == QUOTES.c.comment_id)
        .join(RESPONSES, RESPONSES.c.id == COMMENTS.c.response_id)
        .join(READINGS, READINGS.c.comment_id == COMMENTS.c.id)
        .where(
            QUOTES.c.report_id == report.id,
            RESPONSES.c.state == ResponseState.SENT,
            RESPONSES.c.quotable,
            COMMENTS.c.redacted.is_not(None),
            COMMENTS.c.language.like("en%"),  # one whose translation was taken away may not be quoted any more
            COMMENTS.c.id.not_in(sa.select(STRUCK.c.comment_id)),
        )
        .order_by(QUOTES.c.place)
    )
    telling = details.not_to_be_quoted(session, report.wave_id)
    telling |= safeguarding.not_to_be_quoted(session, report.wave_id)
    return tuple(Quoted(*row[:6]) for row in rows if row[6] not in telling)


def _says(session: Session, comment_id: int, words: str) -> bool:
    """Whether a comment is there and says this: the number of one that was taken back may be another's by now."""
    said = session.connection().execute(sa.select(COMMENTS.c.redacted).where(COMMENTS.c.id == comment_id)).scalar()
    return said == words


def _in_a_row(said: str, quoted: str) -> bool:
    """Whether so many words of a quotation stand in a row in what somebody wrote."""
    words = quoted.casefold().split()
    runs = (" ".join(words[place : place + IN_A_ROW]) for place in range(len(words) - IN_A_ROW + 1))
    return any(f" {run} " in f" {' '.join(said.casefold().split())} " for run in runs)
