"""What a person does to themes. Each act is done as a whole, in the caller's one transaction, or refused in a sentence.

An act names the versions of the themes it was decided on: if somebody else has changed one meanwhile, nothing is done.
Codings are never touched. What they count for now is worked out when they are read (``survey.carried``), and where the
reader might give other themes than before, the consultation's frame gets its next number, by which the worker knows.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from survey import audit
from survey.coding_frame import CodingFrame, FrameTheme
from survey.database import next_change
from survey.errors import ConflictError, ThemeError
from survey.tables import CandidateTheme, Consultation, Theme, ThemeAct, ThemeActKind, stored_id
from survey.theming import history
from survey.theming.board import Board, board
from survey.theming.history import Kept, begun, kept, left, made
from survey.theming.wording import Wording, worded

SHORTEST_SPLIT = 2


class Seen(NamedTuple):
    """A theme as somebody saw it when they decided: its number and its version."""

    theme_id: int
    version: int


def add(session: Session, consultation_id: int, wording: Wording, *, by: str) -> int:
    """A new theme. Gives its number."""
    _take_turn(session, consultation_id, by)
    act = begun(session, consultation_id, ThemeActKind.ADDED, by=by)
    theme = _new(session, act, wording)
    _end(session, act, wording.label)
    return stored_id(theme)


def take_up(session: Session, consultation_id: int, frame: CodingFrame, *, by: str) -> int:
    """The themes of a coding frame that are not here under that name, standing or retired. Gives how many were made.

    Raises ThemeError if all of them are.
    """
    _take_turn(session, consultation_id, by)
    missing = not_here(board(session, consultation_id), frame)
    if not missing:
        raise ThemeError("Every theme of that coding frame is here already. Nothing was added.")
    act = begun(session, consultation_id, ThemeActKind.ADDED, by=by)
    for theme in missing:
        _new(session, act, worded(theme.label, theme.description, theme.keywords))
    _end(session, act, ", ".join(theme.label for theme in missing))
    return len(missing)


def not_here(now: Board, frame: CodingFrame) -> list[FrameTheme]:
    """The themes of a coding frame that a consultation has none of the same name of, standing or retired.

    One that was added and undone is not here.
    """
    known = {theme.label.casefold() for theme in (*now.themes, *now.retired)}
    return [theme for theme in frame.themes if theme.label.casefold() not in known]


def approve(session: Session, consultation_id: int, candidate_id: int, wording: Wording, *, by: str) -> int:
    """A theme made from a candidate, whose comments count for it from now on. Gives the theme's number."""
    _take_turn(session, consultation_id, by)
    candidate = _candidate(session, consultation_id, candidate_id)
    act = begun(session, consultation_id, ThemeActKind.APPROVED, by=by, candidate_id=candidate_id)
    theme = _new(session, act, wording)
    candidate.approved_as_id = theme.id
    session.add(candidate)
    _end(session, act, wording.label)
    return stored_id(theme)


def approve_into(session: Session, consultation_id: int, candidate_id: int, seen: Seen, *, by: str) -> None:
    """Count a candidate's comments for a theme there is already. The theme's words stay as they are."""
    _take_turn(session, consultation_id, by)
    candidate, theme = _candidate(session, consultation_id, candidate_id), _stood(session, consultation_id, seen)
    act = begun(session, consultation_id, ThemeActKind.APPROVED, by=by, candidate_id=candidate_id)
    candidate.approved_as_id = theme.id
    session.add(candidate)
    left(session, theme, act, kept(theme))
    _end(session, act, theme.label, coded_again=False)


def edit(session: Session, consultation_id: int, seen: Seen, wording: Wording, *, by: str) -> None:
    """Another name, description or phrases for a theme. Raises ThemeError if nothing would change."""
    _take_turn(session, consultation_id, by)
    theme = _stood(session, consultation_id, seen)
    was, now = kept(theme), _worded(kept(theme), wording)
    if was == now:
        raise ThemeError(f"Nothing about “{theme.label}” would change. Change something, then save it.")
    act = begun(session, consultation_id, ThemeActKind.EDITED, by=by)
    left(session, theme, act, now)
    _end(session, act, now.label, coded_again=(was.label, was.phrases) != (now.label, now.phrases))


def merge(session: Session, consultation_id: int, into: Seen, others: Sequence[Seen], *, by: str) -> None:
    """One theme of several: it gets the phrases of all, and what carried the others counts for it."""
    _take_turn(session, consultation_id, by)
    theme = _stood(session, consultation_id, into)
    merged = [_stood(session, consultation_id, other) for other in others if other.theme_id != into.theme_id]
    if not merged:
        raise ThemeError("Choose another theme to merge with this one.")
    theirs = [phrase for one in merged for phrase in (*one.phrases.splitlines(), one.label)]
    wording = worded(theme.label, theme.description, [*theme.phrases.splitlines(), *theirs])
    act = begun(session, consultation_id, ThemeActKind.MERGED, by=by)
    left(session, theme, act, kept(theme)._replace(phrases=wording.lines))
    for one in merged:
        left(session, one, act, kept(one)._replace(merged_into_id=theme.id))
    _end(session, act, f"{', '.join(one.label for one in merged)} into {theme.label}")


def split(session: Session, consultation_id: int, seen: Seen, into: Sequence[Wording], *, by: str) -> list[int]:
    """Several themes in place of one, which is retired. Its comments are coded again. Gives the new themes' numbers."""
    _take_turn(session, consultation_id, by)
    theme = _stood(session, consultation_id, seen)
    if len(into) < SHORTEST_SPLIT:
        raise ThemeError(f"Name at least {SHORTEST_SPLIT} themes to split “{theme.label}” into.")
    act = begun(session, consultation_id, ThemeActKind.SPLIT, by=by)
    left(session, theme, act, kept(theme)._replace(retired=True))
    parts = [_new(session, act, wording) for wording in into]
    _end(session, act, f"{theme.label} into {', '.join(wording.label for wording in into)}")
    return [stored_id(part) for part in parts]


def retire(session: Session, consultation_id: int, seen: Seen, *, by: str) -> None:
    """Take a theme out of the frame: no comment is shown with it any more. What was given stays, for its return."""
    _take_turn(session, consultation_id, by)
    theme = _stood(session, consultation_id, seen)
    act = begun(session, consultation_id, ThemeActKind.RETIRED, by=by)
    left(session, theme, act, kept(theme)._replace(retired=True))
    _end(session, act, theme.label)


def restore(session: Session, consultation_id: int, seen: Seen, *, by: str) -> None:
    """Put a retired theme back into the frame."""
    _take_turn(session, consultation_id, by)
    theme = _unchanged(session, consultation_id, seen)
    if not theme.retired:
        raise ThemeError(f"“{theme.label}” is not retired.")
    act = begun(session, consultation_id, ThemeActKind.RESTORED, by=by)
    left(session, theme, act, kept(theme)._replace(retired=False))
    _end(session, act, theme.label)


def undo(session: Session, consultation_id: int, act_id: int, *, by: str) -> None:
    """Put every theme that an act touched back as it was before. Raises ThemeError if something depends on it since."""
    _take_turn(session, consultation_id, by)
    done = next((one for one in history.history(session, consultation_id) if one.act_id == act_id), None)
    if done is None:
        raise ThemeError("That change is not here. Look at the history again.")
    if done.hindrance:
        raise ThemeError(done.hindrance)
    act = begun(session, consultation_id, ThemeActKind.UNDONE, by=by, undoes_id=act_id)
    for step in done.steps:
        theme = session.get_one(Theme, step.theme_id)
        left(session, theme, act, step.before or step.after._replace(retired=True))
    if done.candidate_id is not None:
        candidate = session.get_one(CandidateTheme, done.candidate_id)
        candidate.approved_as_id = None
        session.add(candidate)
    _end(session, act, f"{done.what} {', '.join(step.after.label for step in done.steps)}", coded_again=_matters(done))


def _matters(done: history.Happened) -> bool:
    """Whether comments may be given other themes when this is undone."""
    return any(
        step.before is None
        or (step.before.label, step.before.phrases, step.before.stands)
        != (step.after.label, step.after.phrases, step.after.stands)
        for step in done.steps
    )


def _worded(theme: Kept, wording: Wording) -> Kept:
    return theme._replace(label=wording.label, description=wording.description, phrases=wording.lines)


def _take_turn(session: Session, consultation_id: int, by: str) -> None:
    """Nobody else decides about this consultation's themes until the transaction ends."""
    turn = select(Consultation.id).where(Consultation.id == consultation_id).with_for_update(key_share=True)
    if session.exec(turn).one_or_none() is None:
        raise ThemeError("That consultation is not here. Open the page again.")
    history.begin_history(session, consultation_id, by=by)


def _unchanged(session: Session, consultation_id: int, seen: Seen) -> Theme:
    """A theme, if it is still as it was seen."""
    theme = session.get(Theme, seen.theme_id, populate_existing=True)
    if theme is None or theme.consultation_id != consultation_id:
        raise ThemeError("That theme is not here. Look at the themes again.")
    if theme.version != seen.version:
        raise ConflictError(
            f"“{theme.label}” was changed by {history.last_by(session, seen.theme_id)} while you were looking at it, "
            "so nothing was done. Look at it as it is now, then decide again."
        )
    return theme


def _stood(session: Session, consultation_id: int, seen: Seen) -> Theme:
    theme = _unchanged(session, consultation_id, seen)
    if not kept(theme).stands:
        raise ThemeError(f"“{theme.label}” is no longer one of the themes. Look at the themes again.")
    return theme


def _candidate(session: Session, consultation_id: int, candidate_id: int) -> CandidateTheme:
    candidate = session.get(CandidateTheme, candidate_id, populate_existing=True)
    if candidate is None or candidate.consultation_id != consultation_id:
        raise ConflictError(
            "That suggestion has gone: the comments were looked through again meanwhile. Look at the suggestions again."
        )
    if candidate.approved_as_id is not None:
        raise ConflictError(f"“{candidate.label}” has been approved meanwhile. Look at the themes again.")
    return candidate


def _new(session: Session, act: ThemeAct, wording: Wording) -> Theme:
    theme = Theme(
        consultation_id=act.consultation_id,
        key=_key(wording.label, _keys(session, act.consultation_id)),
        label=wording.label,
        description=wording.description,
        phrases=wording.lines,
    )
    made(session, theme, act)
    return theme


def _keys(session: Session, consultation_id: int) -> set[str]:
    """Every key that is taken, by themes of old and by candidates too."""
    tables = (SQLModel.metadata.tables[name] for name in ("theme", "candidate_theme"))
    taken = (sa.select(table.c.key).where(table.c.consultation_id == consultation_id) for table in tables)
    return set(session.connection().execute(sa.union_all(*taken)).scalars())


def _key(label: str, taken: Iterable[str]) -> str:
    made_of = FrameTheme(label=label).key[:36].rstrip("_")
    known = set(taken)
    return next(
        key
        for number in range(1, len(known) + 2)
        if (key := made_of if number == 1 else f"{made_of}_{number}") not in known
    )


def _end(session: Session, act: ThemeAct, subject: str, *, coded_again: bool = True) -> None:
    """Note the act, say that the themes have changed, and that comments are to be coded again if they may differ."""
    session.flush()
    _refuse_two_alike(session, act.consultation_id)
    audit.record(session, who=act.by, what=f"theme {act.what}", subject=subject)
    session.flush()
    consultation = SQLModel.metadata.tables["consultation"]
    changed = sa.update(consultation).where(consultation.c.id == act.consultation_id)
    session.connection().execute(
        changed.values(frame=consultation.c.frame + int(coded_again), themes_change=next_change(session))
    )


def _refuse_two_alike(session: Session, consultation_id: int) -> None:
    mine = (
        select(Theme.label)
        .where(Theme.consultation_id == consultation_id, ~col(Theme.retired), col(Theme.merged_into_id).is_(None))
        .order_by(col(Theme.id))
    )
    there: set[str] = set()
    for label in session.exec(mine):
        if label.casefold() in there:
            raise ThemeError(f"There would be two themes called “{label}”. Give one another name, or merge them.")
        there.add(label.casefold())
