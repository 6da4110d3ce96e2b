"""Which comment carries which theme, once what people decided has been applied to what models gave.

Nothing that was given is ever rewritten: what a coding counts for is worked out here, when it is read. A coding on a
theme that was merged, or on a candidate that was approved, counts for the theme it became; one on a retired theme
counts for nothing until the theme is restored. What somebody said last of a comment and a theme stands over any coding.

What is said of a theme that others were merged into is said of those too, if it was said after they were. What was said
of it before was about less, and leaves their codings as they are.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey.rows import as_frame
from survey.tables import GivenBy

TABLES = SQLModel.metadata.tables
comment, coding, judgement = TABLES["comment"], TABLES["coding"], TABLES["judgement"]
reading = TABLES["reading"]
theme, candidate = TABLES["theme"], TABLES["candidate_theme"]
version, act = TABLES["theme_version"], TABLES["theme_act"]

PRAISE, CRITICISM, REQUEST = 1, 2, 4
CERTAIN = 1.0  # the strength of a theme that a person gave
COLUMNS = {
    "comment_id": "int64",
    "theme": "str",
    "strength": "float64",
    "margin": "float64",
    "praise": "bool",
    "criticism": "bool",
    "request": "bool",
    "given_by": "str",
}


class Said(NamedTuple):
    """What somebody said of a comment and a theme, and whether they said it without seeing what the computer gives."""

    carries: bool
    at: datetime
    blind: bool


class _Names(NamedTuple):
    """What everything a coding can name counts for. A theme is named by its number, a candidate by minus its own."""

    keys: Mapping[int, str]  # of what is shown at all
    becomes: Mapping[int, int]  # the theme that a merged theme is part of now, or that a candidate was approved as

    @property
    def joined(self) -> bool:
        """Whether one comment can carry the same theme twice."""
        return bool(self.becomes)


def codings(session: Session, consultation_id: int, response_ids: sa.Select[tuple[int]]) -> pd.DataFrame:
    """Every theme that comments of these responses carry, with COLUMNS: each comment and theme once.

    ``strength`` is the greatest given, and 1 where a person gave it; ``margin`` is of candidates alone, and missing
    where it is not known; ``given_by`` is model or person.
    """
    about = comment.c.response_id.in_(response_ids)
    names = _names(session, consultation_id)
    given = _given(session, about)
    said = _said(session, about, names)
    if said:
        verdicts = {pair: one.carries for pair, one in said.items()}
        given = _judged(given, verdicts, names, _stances(session, about))
    return _named(given, names)


def of_comment(session: Session, consultation_id: int, comment_id: int) -> pd.DataFrame:
    """The same for one comment, as it is at this moment."""
    owner = sa.select(comment.c.response_id).where(comment.c.id == comment_id)
    told = codings(session, consultation_id, owner)
    return told[told["comment_id"] == comment_id].sort_values("strength", ascending=False, ignore_index=True)


def last_said(session: Session, consultation_id: int, about: sa.ColumnElement[bool]) -> dict[tuple[int, int], Said]:
    """What people said last, by comment and theme: what was said of a theme counts for its parts too, as above.

    ``about`` chooses judgements, or their comments, of this consultation. Of several themes that count for one now, a
    comment carries that one if it carries any of them.
    """
    return _said(session, about, _names(session, consultation_id))


def keys_now(session: Session, consultation_id: int) -> Mapping[int, str]:
    """The key of what each theme, by its number, and each candidate, by minus its own, counts for now.

    One that counts for nothing now is left out.
    """
    return _names(session, consultation_id).keys


def counting() -> sa.Select[tuple[int]]:
    """The themes whose codings count for something now: those that stand, and what was merged into them."""
    standing = sa.select(theme.c.id).where(~theme.c.retired, theme.c.merged_into_id.is_(None)).cte(recursive=True)
    inside = theme.alias("inside")
    whole = standing.union_all(sa.select(inside.c.id).join(standing, standing.c.id == inside.c.merged_into_id))
    return sa.select(whole.c.id)


def _given(session: Session, about: sa.ColumnElement[bool]) -> pd.DataFrame:
    """The codings as they are stored. As few and as plain columns as will do: there may be a hundred thousand."""
    rows = session.connection().execute(
        sa.select(
            coding.c.comment_id,
            sa.func.coalesce(coding.c.theme_id, -coding.c.candidate_theme_id),
            coding.c.strength,
            coding.c.margin,
            _bits_of(coding),
            sa.case((coding.c.given_by == GivenBy.PERSON, 1), else_=0),
        )
        .select_from(coding.join(comment, comment.c.id == coding.c.comment_id))
        .where(about)
    )
    kinds = {"comment_id": "int64", "of": "int64", "strength": "float64", "margin": "float64"}
    return as_frame(rows, kinds | {"stance": "int64", "person": "bool"})


def _names(session: Session, consultation_id: int) -> _Names:
    themes = session.connection().execute(
        sa.select(theme.c.id, theme.c.key, theme.c.retired, theme.c.merged_into_id).where(
            theme.c.consultation_id == consultation_id
        )
    )
    candidates = session.connection().execute(
        sa.select(-candidate.c.id, candidate.c.key, sa.false(), candidate.c.approved_as_id).where(
            candidate.c.consultation_id == consultation_id
        )
    )
    known = {number: (key, bool(retired), into) for number, key, retired, into in [*themes, *candidates]}
    becomes = {number: into for number, (_, _, into) in known.items() if into is not None}
    ends = {number: _end(number, becomes) for number in known}
    return _Names({number: known[end][0] for number, end in ends.items() if not known[end][1]}, becomes)


def _end(number: int, becomes: Mapping[int, int]) -> int:
    while number in becomes:
        number = becomes[number]
    return number


def _said(session: Session, about: sa.ColumnElement[bool], names: _Names) -> dict[tuple[int, int], Said]:
    """What people said last of each comment and theme, also of what is part of the theme they spoke of."""
    rows = session.connection().execute(
        sa.select(
            judgement.c.comment_id,
            judgement.c.theme_id,
            judgement.c.carries,
            judgement.c.at,
            judgement.c.blind_coding_id.is_not(None),
        )
        .join(comment, comment.c.id == judgement.c.comment_id)
        .where(about)
        .order_by(judgement.c.id)
    )
    spoken = [(int(of), int(what), Said(bool(carries), at, bool(blind))) for of, what, carries, at, blind in rows]
    parts = _parts(session, names) if spoken else {}
    last: dict[tuple[int, int], Said] = {}
    for of, what, one in spoken:
        last[of, what] = one
        if not one.carries:
            last |= {(of, part): one for part, since in parts.get(what, ()) if since <= one.at}
    return last


def _parts(session: Session, names: _Names) -> dict[int, list[tuple[int, datetime]]]:
    """The themes that are part of each theme now, and since when."""
    merged = [number for number in names.becomes if number > 0]
    if not merged:
        return {}
    rows = session.connection().execute(
        sa.select(version.c.theme_id, sa.func.max(act.c.at))
        .join(act, act.c.id == version.c.act_id)
        .where(version.c.theme_id.in_(merged))
        .group_by(version.c.theme_id)
    )
    joined = {number: at for number, at in rows}  # nothing is done to a theme between its merging and the undoing of it
    parts: dict[int, list[tuple[int, datetime]]] = {}
    for part in merged:
        since, whole = joined[part], part
        while whole in names.becomes:
            since, whole = max(since, joined[whole]), names.becomes[whole]
            parts.setdefault(whole, []).append((part, since))
    return parts


def _stances(session: Session, about: sa.ColumnElement[bool]) -> dict[int, int]:
    """What each comment that people gave a theme does as a whole, of those that have been read."""
    rows = session.connection().execute(
        sa.select(reading.c.comment_id, _bits_of(reading))
        .join(comment, comment.c.id == reading.c.comment_id)
        .where(about, sa.exists().where(judgement.c.comment_id == reading.c.comment_id, judgement.c.carries))
    )
    return {int(of): int(stance) for of, stance in rows}


def _bits_of(table: sa.Table) -> sa.ColumnElement[int]:
    """Whether praise, criticism and a request are noted in a row, as one number."""
    praise, criticism, request = (sa.cast(table.c[name], sa.Integer) for name in ("praise", "criticism", "request"))
    return praise * PRAISE + criticism * CRITICISM + request * REQUEST


def _judged(
    given: pd.DataFrame, said: Mapping[tuple[int, int], bool], names: _Names, stances: Mapping[int, int]
) -> pd.DataFrame:
    """Codings with what people said put over them.

    A theme that no model gave is praised, criticised or asked for as the whole comment does: nobody said of which part
    of it they spoke.
    """
    theme_of = given["of"].map({number: into for number, into in names.becomes.items() if number < 0})
    theme_of = theme_of.fillna(given["of"]).astype("int64")
    pairs = pd.MultiIndex.from_arrays([given["comment_id"], theme_of])
    spoken = pd.MultiIndex.from_tuples(list(said), names=["comment_id", "of"])
    place = spoken.get_indexer(pairs)
    verdicts = np.array([*said.values(), False])  # the last for those of whom nothing was said, which is not looked at
    yes, no = (place >= 0) & verdicts[place], (place >= 0) & ~verdicts[place]
    given = given.assign(person=given["person"] | yes, strength=given["strength"].where(~yes, CERTAIN))[~no]
    had = set(place[yes].tolist())
    added = [pair for number, pair in enumerate(said) if said[pair] and number not in had]
    if not added:
        return given
    new = pd.DataFrame(added, columns=["comment_id", "of"]).assign(
        strength=CERTAIN, margin=np.nan, stance=[stances.get(of, 0) for of, _ in added], person=True
    )
    return pd.concat([given, new], ignore_index=True)


def _named(given: pd.DataFrame, names: _Names) -> pd.DataFrame:
    """Codings under the keys of the themes they count for, each comment and theme once; the others are left out."""
    places, numbers = pd.factorize(given["of"])
    keys = np.array([names.keys.get(int(number), "") for number in numbers] + [""], dtype=object)
    shown = given.assign(theme=keys[places])[(keys != "")[places]]
    if names.joined:
        shown = _once(shown)
    people = np.array([GivenBy.MODEL.value, GivenBy.PERSON.value], dtype=object)
    told: pd.DataFrame = shown.assign(
        praise=(shown["stance"] & PRAISE) > 0,
        criticism=(shown["stance"] & CRITICISM) > 0,
        request=(shown["stance"] & REQUEST) > 0,
        given_by=people[shown["person"].astype("int64")],
    )
    return told.reindex(columns=list(COLUMNS)).astype(COLUMNS).reset_index(drop=True)


def _once(shown: pd.DataFrame) -> pd.DataFrame:
    """Each comment and theme once: as strong as the strongest, with everything that any of them says."""
    twice = shown.duplicated(["comment_id", "theme"], keep=False)
    if not twice.any():
        return shown
    several = shown[twice].assign(**{str(bit): (shown.loc[twice, "stance"] & bit) for bit in _bits()})
    joined = several.groupby(["comment_id", "theme"], sort=False, as_index=False).agg(
        {"strength": "max", "margin": "max", "person": "max", **{str(bit): "max" for bit in _bits()}}
    )
    joined = joined.assign(stance=sum(joined[str(bit)] for bit in _bits()))
    return pd.concat([shown[~twice], joined[[name for name in shown if name in joined]]], ignore_index=True)


def _bits() -> Iterable[int]:
    return PRAISE, CRITICISM, REQUEST
