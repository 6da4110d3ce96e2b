"""The history of a consultation's themes: what was done, by whom, what each theme was before, and what can be undone.

A theme has a version for every act that touched it. What an act did can be undone as long as it is the last thing done
to each theme it touched, leaving out what was done and undone since.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from survey.tables import Judgement, Theme, ThemeAct, ThemeActKind, ThemeVersion, stored_id


class Kept(NamedTuple):
    """What a theme is, as one version keeps it."""

    label: str
    description: str
    phrases: str
    retired: bool
    merged_into_id: int | None

    @property
    def stands(self) -> bool:
        """Whether comments are coded by it."""
        return not self.retired and self.merged_into_id is None


class Step(NamedTuple):
    """What one act did to one theme. ``before`` is None for a theme that the act made."""

    theme_id: int
    before: Kept | None
    after: Kept


class Happened(NamedTuple):
    """One act, with what it did, and why it cannot be undone ('' where it can)."""

    act_id: int
    what: ThemeActKind
    by: str
    at: datetime
    undoes_id: int | None
    candidate_id: int | None
    steps: tuple[Step, ...]
    hindrance: str


class Then(NamedTuple):
    """A theme as it stood at some time."""

    key: str
    kept: Kept


def kept(of: Theme | ThemeVersion) -> Kept:
    """What a theme is now, or was in a version."""
    return Kept(of.label, of.description, of.phrases, of.retired, of.merged_into_id)


def begin_history(session: Session, consultation_id: int, *, by: str) -> None:
    """Keep every theme that has no history yet as it is now: what was brought in, or is older than histories are."""
    has_one = select(ThemeVersion.id).where(ThemeVersion.theme_id == Theme.id).exists()
    mine = select(Theme).where(Theme.consultation_id == consultation_id, ~has_one).order_by(col(Theme.id))
    session.flush()
    without = session.exec(mine).all()
    if not without:
        return
    act = begun(session, consultation_id, ThemeActKind.LOADED, by=by)
    for theme in without:
        _keep(session, theme, act)


def begun(
    session: Session,
    consultation_id: int,
    what: ThemeActKind,
    *,
    by: str,
    undoes_id: int | None = None,
    candidate_id: int | None = None,
) -> ThemeAct:
    """A new act, to which versions can be added."""
    act = ThemeAct(
        consultation_id=consultation_id,
        what=what,
        by=by,
        at=datetime.now(UTC),
        undoes_id=undoes_id,
        candidate_theme_id=candidate_id,
    )
    session.add(act)
    session.flush()
    return act


def made(session: Session, theme: Theme, act: ThemeAct) -> None:
    """Keep a theme that an act has just made, as its first version."""
    session.add(theme)
    session.flush()
    _keep(session, theme, act)


def left(session: Session, theme: Theme, act: ThemeAct, now: Kept) -> None:
    """Make a theme what an act leaves it as, and keep that as its next version."""
    theme.label, theme.description, theme.phrases, theme.retired, theme.merged_into_id = now
    theme.version += 1
    session.add(theme)
    _keep(session, theme, act)


def history(session: Session, consultation_id: int) -> list[Happened]:
    """Everything that was done to a consultation's themes, the last first."""
    acts = session.exec(
        select(ThemeAct).where(ThemeAct.consultation_id == consultation_id).order_by(col(ThemeAct.id))
    ).all()
    versions = _versions(session, consultation_id)
    steps = _steps(versions)
    tops = _tops(acts, versions)
    undone = {act.undoes_id for act in acts if act.undoes_id is not None}
    judged = _judged(session, consultation_id)
    told = [
        Happened(
            act_id := _id(act),
            act.what,
            act.by,
            act.at,
            act.undoes_id,
            act.candidate_theme_id,
            steps.get(act_id, ()),
            _hindrance(act, steps.get(act_id, ()), tops, undone, judged),
        )
        for act in acts
    ]
    return told[::-1]


def last_by(session: Session, theme_id: int) -> str:
    """Who did something to that theme last."""
    found = select(ThemeAct.by).join(ThemeVersion, col(ThemeVersion.act_id) == ThemeAct.id)
    mine = found.where(ThemeVersion.theme_id == theme_id).order_by(col(ThemeVersion.version).desc())
    return session.exec(mine).first() or "somebody"


def as_of(
    session: Session, consultation_id: int, *, act_id: int | None = None, at: datetime | None = None
) -> list[Then]:
    """The themes that stood when that act had been done, or at that moment, in the order they were made.

    Themes that were there when the history began are taken to have been so before. Raises ValueError unless one of the
    two is given.
    """
    if (act_id is None) == (at is None):
        raise ValueError("Give an act or a moment.")
    acts = {_id(act): act for act in session.exec(select(ThemeAct).where(ThemeAct.consultation_id == consultation_id))}
    by_theme = _versions(session, consultation_id)
    then: list[Then] = []
    mine = select(Theme).where(Theme.consultation_id == consultation_id).order_by(col(Theme.id))
    for theme in session.exec(mine):
        versions = by_theme.get(stored_id(theme), [])
        past = [
            version
            for version in versions
            if (version.act_id <= act_id if act_id is not None else at is not None and acts[version.act_id].at <= at)
        ]
        if past:
            was = kept(past[-1])
        elif not versions:
            was = kept(theme)
        elif acts[versions[0].act_id].what is ThemeActKind.LOADED:
            was = kept(versions[0])
        else:
            continue
        if was.stands:
            then.append(Then(theme.key, was))
    return then


def _keep(session: Session, theme: Theme, act: ThemeAct) -> None:
    about = kept(theme)._asdict()
    session.add(ThemeVersion(theme_id=stored_id(theme), act_id=_id(act), version=theme.version, **about))


def _id(act: ThemeAct) -> int:
    if act.id is None:
        raise ValueError("This act has not been stored yet: flush the session first.")
    return act.id


def _versions(session: Session, consultation_id: int) -> dict[int, list[ThemeVersion]]:
    """The versions of each theme, the first first."""
    found = session.exec(
        select(ThemeVersion)
        .join(ThemeAct, col(ThemeAct.id) == ThemeVersion.act_id)
        .where(ThemeAct.consultation_id == consultation_id)
        .order_by(col(ThemeVersion.theme_id), col(ThemeVersion.version))
    )
    by_theme: defaultdict[int, list[ThemeVersion]] = defaultdict(list)
    for version in found:
        by_theme[version.theme_id].append(version)
    return by_theme


def _steps(versions: Mapping[int, Sequence[ThemeVersion]]) -> dict[int, tuple[Step, ...]]:
    """What each act did to each theme it touched."""
    by_act: defaultdict[int, list[Step]] = defaultdict(list)
    for theme_id, in_order in versions.items():
        before: Kept | None = None
        for version in in_order:
            by_act[version.act_id].append(Step(theme_id, before, kept(version)))
            before = kept(version)
    return {act_id: tuple(done) for act_id, done in by_act.items()}


def _tops(acts: Sequence[ThemeAct], versions: Mapping[int, Sequence[ThemeVersion]]) -> dict[int, int]:
    """For each theme the last act that touched it and has not been undone."""
    undoing = {_id(act) for act in acts if act.undoes_id}
    tops: dict[int, int] = {}
    for theme_id, in_order in versions.items():
        done: list[int] = []
        for version in in_order:
            if version.act_id in undoing:
                done.pop()  # only the last can be undone
            else:
                done.append(version.act_id)
        if done:
            tops[theme_id] = done[-1]
    return tops


def _judged(session: Session, consultation_id: int) -> set[int]:
    """The themes that somebody has given to a comment, or taken from one."""
    found = select(Judgement.theme_id).join(Theme, col(Theme.id) == Judgement.theme_id)
    return set(session.exec(found.where(Theme.consultation_id == consultation_id).distinct()))


def _hindrance(
    act: ThemeAct, steps: Sequence[Step], tops: Mapping[int, int], undone: set[int], judged: set[int]
) -> str:
    if act.what is ThemeActKind.LOADED:
        return "This is how the themes began."
    if act.what is ThemeActKind.UNDONE:
        return "An undo cannot be undone. Make the change again."
    if _id(act) in undone:
        return "This has been undone already."
    later = next((step for step in steps if tops.get(step.theme_id) != act.id), None)
    if later is not None:
        return f"“{later.after.label}” was changed after this. Undo the later change first."
    coded = next((step for step in steps if step.before is None and step.theme_id in judged), None)
    if coded is not None:
        return f"People have coded comments by “{coded.after.label}” since. Retire it instead."
    return ""
