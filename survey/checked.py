"""What came of a sample: what people said of its comments, what the computer said of them, and of all the others.

As frames, for ``analysis.checks``. No words are in them. What the computer said is what stands now: comments that were
given themes anew, by another frame, are judged by these.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import check_samples, standing_themes
from survey.check_samples import Sample
from survey.standing_themes import CountsFor, StandingTheme
from survey.tables import GivenBy

TABLES = SQLModel.metadata.tables
COMMENTS, READINGS, CODINGS = TABLES["comment"], TABLES["reading"], TABLES["coding"]
CODED, JUDGEMENTS = TABLES["blind_coding"], TABLES["judgement"]

AT_ONCE = 10_000


class Checked(NamedTuple):
    """A sample with all that is needed to say how good the computer is. ``theme`` is the id of one that stands."""

    themes: list[StandingTheme]
    codings: pd.DataFrame
    """One row for each time that somebody coded a comment, in that order: ``coding``, ``comment``, ``by``,
    ``sentiment``."""
    judgements: pd.DataFrame
    """For each of those and each theme that was judged then: ``coding``, ``comment``, ``theme``, ``carries``."""
    comments: pd.DataFrame
    """All comments that the sample was drawn from: ``comment``, ``response``, ``sentiment`` and ``unsure``, as the
    computer has them."""
    given: pd.DataFrame
    """The themes that the computer gave to these: ``comment``, ``theme``."""


def checked(session: Session, consultation_id: int, sample: Sample) -> Checked:
    """What people and the computer said, of the comments that are there yet.

    A theme that was merged since counts for the one that it was merged into: a comment carries that if it was said to
    carry either.
    """
    counting = standing_themes.counts_for(session, consultation_id)
    ids = check_samples.drawn_from(session, consultation_id, sample)
    codings = _codings(session, sample)
    return Checked(
        standing_themes.standing(session, consultation_id),
        codings,
        _judgements(session, sample, counting),
        _comments(session, consultation_id, sample, ids),
        _given(session, ids, counting),
    )


def _codings(session: Session, sample: Sample) -> pd.DataFrame:
    rows = session.connection().execute(
        sa.select(CODED.c.id, CODED.c.comment_id, CODED.c.by, CODED.c.sentiment)
        .where(CODED.c.sample_id == sample.id)
        .order_by(CODED.c.id)
    )
    return _frame(rows, ["coding", "comment", "by", "sentiment"]).astype(
        {"coding": "int64", "comment": "int64", "by": "str", "sentiment": "str"}
    )


def _judgements(session: Session, sample: Sample, counting: CountsFor) -> pd.DataFrame:
    rows = session.connection().execute(
        sa.select(CODED.c.id, CODED.c.comment_id, JUDGEMENTS.c.theme_id, JUDGEMENTS.c.carries)
        .join(JUDGEMENTS, JUDGEMENTS.c.blind_coding_id == CODED.c.id)
        .where(CODED.c.sample_id == sample.id)
    )
    kept = [(coding, comment, counting.themes[of], says) for coding, comment, of, says in rows if of in counting.themes]
    frame = _frame(kept, ["coding", "comment", "theme", "carries"])
    frame = frame.astype({"coding": "int64", "comment": "int64", "theme": "int64", "carries": "bool"})
    return frame.groupby(["coding", "comment", "theme"])["carries"].any().reset_index()


def _comments(session: Session, consultation_id: int, sample: Sample, ids: Collection[int]) -> pd.DataFrame:
    known = check_samples.checkable(consultation_id, before=sample.drawn_at).add_columns(
        READINGS.c.sentiment, READINGS.c.unsure
    )
    frame = _frame(
        session.connection().execute(known.order_by(COMMENTS.c.id)), ["comment", "response", "sentiment", "unsure"]
    )
    frame = frame.astype({"comment": "int64", "response": "int64", "sentiment": "str", "unsure": "bool"})
    return frame[frame["comment"].isin(ids)].reset_index(drop=True)


def _given(session: Session, ids: Sequence[int], counting: CountsFor) -> pd.DataFrame:
    rows: set[tuple[int, int]] = set()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found = session.connection().execute(
            sa.select(CODINGS.c.comment_id, CODINGS.c.theme_id, CODINGS.c.candidate_theme_id).where(
                CODINGS.c.comment_id.in_(some), CODINGS.c.given_by == GivenBy.MODEL
            )
        )
        for comment, theme, candidate in found:
            stands = counting.themes.get(theme) if theme is not None else counting.candidates.get(candidate)
            if stands is not None:
                rows.add((comment, stands))
    return _frame(sorted(rows), ["comment", "theme"]).astype("int64")


def _frame(rows: Iterable[Sequence[object]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(list(map(tuple, rows)), columns=columns)
