"""The ledger of what was decided about what people said. Each act adds a version; nothing is ever written over.

An act names the version of the action it was decided on: if somebody else has changed it meanwhile, nothing is done.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from survey import audit, standing_themes
from survey.errors import ActionChanged, ActionError
from survey.languages import LANGUAGES
from survey.ledger import (
    ENGLISH,
    Action,
    ActionActKind,
    ActionState,
    Compared,
    Did,
    Evidence,
    Plan,
    Uncompared,
    Wording,
)
from survey.local_days import day_of
from survey.tables import Action as Row
from survey.tables import ActionVersion, ActionWording, Theme, ThemeAct, ThemeActKind, ThemeVersion, Wave, stored_id

LONGEST_TOLD, LONGEST_OWNER, MOST_POINTS = 600, 120, 100


class Seen(NamedTuple):
    """An action as somebody saw it when they decided: its number and its version."""

    action_id: int
    version: int


def ledger(session: Session, consultation_id: int) -> list[Action]:
    """Every action of a consultation as it is now, with its history, in the order they were made."""
    versions = _versions(session, consultation_id)
    wordings = _wordings(session, consultation_id)
    return [_action(rows, wordings.get(number, [])) for number, rows in versions.items()]


def add(session: Session, consultation_id: int, plan: Plan, evidence: Evidence, *, by: str) -> int:
    """A new action, planned. Gives its number. Raises ActionError for what cannot be kept as it stands."""
    plan = _checked(session, consultation_id, plan)
    row = Row(consultation_id=consultation_id)
    session.add(row)
    session.flush()
    _keep(session, stored_id(row), 1, ActionActKind.ADDED, ActionState.PLANNED, plan, evidence, by=by)
    return stored_id(row)


def change(session: Session, consultation_id: int, seen: Seen, plan: Plan, evidence: Evidence, *, by: str) -> None:
    """Another wording, owner, date or prediction for an action. Raises ActionError if nothing would change.

    Of an action that is done, what it was compared by stays as it is: its subject, wave and districts, the day it was
    due and what was expected. Its wording, tags and owner may still be put right, as long as somebody owns it.
    """
    now = _stood(session, consultation_id, seen)
    plan = _checked(session, consultation_id, plan)
    if plan == now.plan:
        raise ActionError("Nothing about this action would change. Change something, then save it.")
    same = (plan.wave_id, plan.theme_id, plan.service, plan.districts)
    was = (now.plan.wave_id, now.plan.theme_id, now.plan.service, now.plan.districts)
    if now.state is ActionState.DONE:
        _check_done(now.plan, plan, same_subject=same == was)
    kept = now.evidence if same == was else evidence
    _keep(session, now.id, now.version + 1, ActionActKind.CHANGED, now.state, plan, kept, by=by,
          because=now.because, compared=now.compared)  # fmt: skip


def _check_done(now: Plan, plan: Plan, *, same_subject: bool) -> None:
    """What was compared must not become something else below its comparison. Raises ActionError."""
    if not same_subject or (plan.due, plan.predicted) != (now.due, now.predicted):
        raise ActionError(
            "This action was called done by what later waves say of it. Plan it again first, then change what it is "
            "about, its evidence, when it was due or what was expected."
        )
    if not plan.owner and now.owner:
        raise ActionError("An action that is done keeps an owner. Write whose job it was.")


def finish(session: Session, consultation_id: int, seen: Seen, compared: Compared | Uncompared, *, by: str) -> None:
    """Call an action done, with what later waves say of it.

    Raises ActionError if they say nothing yet that could be compared, or if nobody owns the action.
    """
    now = _stood(session, consultation_id, seen)
    if now.state is ActionState.DONE:
        raise ActionError("This action has been called done already.")
    if now.state is ActionState.REFUSED:
        raise ActionError("This action was decided against. Plan it again first.")
    if not now.plan.owner:
        raise ActionError("This action has no owner yet. Write whose job it is first, then call it done.")
    if isinstance(compared, Uncompared) or not compared.has_figures:
        lacking = compared if isinstance(compared, Uncompared) else Uncompared.FEW
        raise ActionError(f"This action cannot be called done yet: {lacking}")
    _keep(session, now.id, now.version + 1, ActionActKind.DONE, ActionState.DONE, now.plan, now.evidence, by=by,
          compared=compared)  # fmt: skip


def refuse(session: Session, consultation_id: int, seen: Seen, because: str, *, by: str) -> None:
    """Decide against an action, and say why. Raises ActionError without a reason."""
    now = _stood(session, consultation_id, seen)
    because = _tidied(because, "The reason", LONGEST_TOLD)
    if not because:
        raise ActionError("Say why this is not being done. Families will read it.")
    _keep(session, now.id, now.version + 1, ActionActKind.REFUSED, ActionState.REFUSED, now.plan, now.evidence, by=by,
          because=because)  # fmt: skip


def reopen(session: Session, consultation_id: int, seen: Seen, *, by: str) -> None:
    """Plan an action again that was called done or decided against. What it was is kept in its history."""
    now = _stood(session, consultation_id, seen)
    if now.state is ActionState.PLANNED:
        raise ActionError("This action is planned already.")
    _keep(session, now.id, now.version + 1, ActionActKind.REOPENED, ActionState.PLANNED, now.plan, now.evidence, by=by)


def put_into(session: Session, consultation_id: int, seen: Seen, language: str, wording: Wording, *, by: str) -> None:
    """What an action says in another language. It counts for as long as the English stays as it is."""
    now = _stood(session, consultation_id, seen)
    if language == ENGLISH or language not in LANGUAGES:
        raise ActionError("Choose one of the languages other than English.")
    told = _tidied(wording.told, "The action", LONGEST_TOLD)
    because = _tidied(wording.because, "The reason", LONGEST_TOLD)
    if not told or bool(because) != bool(now.because):
        raise ActionError("Write what the action says, and the reason where there is one in English.")
    session.add(
        ActionWording(
            action_id=now.id,
            version=now.version,
            language=language,
            told=told,
            because=because,
            by=by,
            at=datetime.now(UTC),
        )
    )
    audit.record(session, who=by, what="word action", subject=f"action {now.id}, {language}")


def theme_keys(session: Session, consultation_id: int) -> dict[int, str]:
    """For each theme the key of the standing theme that it counts for, through every merger; none for a retired one."""
    keys = {one.id: one.key for one in standing_themes.standing(session, consultation_id)}
    ends = standing_themes.counts_for(session, consultation_id).themes
    return {number: keys[end] for number, end in ends.items()}


def theme_labels(session: Session, consultation_id: int) -> dict[int, str]:
    """What each theme of a consultation was called last, retired ones too."""
    found = session.exec(select(Theme).where(Theme.consultation_id == consultation_id))
    return {stored_id(theme): theme.label for theme in found}


def _stood(session: Session, consultation_id: int, seen: Seen) -> Action:
    """The action, if it is as it was when somebody decided. Others wait here until this is kept."""
    session.get(Row, seen.action_id, with_for_update=True)
    rows = _versions(session, consultation_id).get(seen.action_id)
    if rows is None:
        raise ActionError("That action is not in this ledger. Load the page again.")
    now = _action(rows, [])
    if now.version != seen.version:
        raise ActionChanged(f"{rows[-1].by} changed this action meanwhile, so nothing was done. Look at it again.")
    return now


def _checked(session: Session, consultation_id: int, plan: Plan) -> Plan:
    told = _tidied(plan.told, "The action", LONGEST_TOLD)
    owner = _tidied(plan.owner, "The owner", LONGEST_OWNER)
    if not told:
        raise ActionError("Write what is to be done, or what was decided.")
    if plan.theme_id is None and not plan.service:
        raise ActionError("Choose the theme or the service that this is about.")
    if plan.predicted is not None and not 0 < abs(plan.predicted) <= MOST_POINTS:
        raise ActionError("What you expect must be 1 to 100 points, up or down. Leave it empty if you expect nothing.")
    wave = session.get(Wave, plan.wave_id)
    if wave is None or wave.consultation_id != consultation_id:
        raise ActionError("That wave belongs to another consultation. Choose the wave again.")
    if plan.due is not None and plan.due < day_of(wave.opens_at):
        raise ActionError(
            f"{plan.due:%-d %B %Y} is before {wave.title} opened, which is its evidence. Give a later date."
        )
    if plan.theme_id is not None:
        _check_theme(session, consultation_id, plan.theme_id, plan.due)
    return plan._replace(told=told, owner=owner)


def _check_theme(session: Session, consultation_id: int, theme_id: int, due: date | None) -> None:
    theme = session.get(Theme, theme_id)
    if theme is None or theme.consultation_id != consultation_id:
        raise ActionError("That theme belongs to another consultation. Choose the theme again.")
    born = agreed_on(session, theme_id)
    if due is not None and born is not None and due < born:
        raise ActionError(
            f"“{theme.label}” was agreed on {born:%-d %B %Y}. An action cannot have been due before its theme existed. "
            "Give a later date."
        )


def agreed_on(session: Session, theme_id: int) -> date | None:
    """The day on which people agreed on a theme, as days are counted here.

    None for one that was there when its history began.
    """
    first = (
        select(ThemeAct)
        .join(ThemeVersion, col(ThemeVersion.act_id) == ThemeAct.id)
        .where(ThemeVersion.theme_id == theme_id)
        .order_by(col(ThemeVersion.version))
    )
    act = session.exec(first).first()
    return None if act is None or act.what is ThemeActKind.LOADED else day_of(act.at)


def _tidied(text: str, what: str, longest: int) -> str:
    tidy = " ".join(text.split())
    if len(tidy) > longest:
        raise ActionError(f"{what} is too long. Use at most {longest} letters.")
    return tidy


def _keep(
    session: Session,
    action_id: int,
    version: int,
    what: ActionActKind,
    state: ActionState,
    plan: Plan,
    evidence: Evidence,
    *,
    by: str,
    because: str = "",
    compared: Compared | None = None,
) -> None:
    lasting = plan._replace(districts=(), tags=())._asdict()
    lists = {"districts": "\n".join(plan.districts), "tags": "\n".join(plan.tags)}
    figures = {f"evidence_{name}": value for name, value in evidence._asdict().items()}
    later = {f"compared_{name}": value for name, value in compared._asdict().items()} if compared else {}
    session.add(
        ActionVersion(
            action_id=action_id,
            version=version,
            what=what,
            state=state,
            because=because,
            by=by,
            at=datetime.now(UTC),
            **(lasting | lists | figures | later),
        )
    )
    session.flush()
    audit.record(session, who=by, what=f"action {what}", subject=f"action {action_id}")


def _versions(session: Session, consultation_id: int) -> dict[int, list[ActionVersion]]:
    """The versions of each action, the first first."""
    found = session.exec(
        select(ActionVersion)
        .join(Row, col(Row.id) == ActionVersion.action_id)
        .where(Row.consultation_id == consultation_id)
        .order_by(col(ActionVersion.action_id), col(ActionVersion.version))
    )
    by_action: defaultdict[int, list[ActionVersion]] = defaultdict(list)
    for version in found:
        by_action[version.action_id].append(version)
    return dict(by_action)


def _wordings(session: Session, consultation_id: int) -> Mapping[int, list[ActionWording]]:
    found = session.exec(
        select(ActionWording)
        .join(Row, col(Row.id) == ActionWording.action_id)
        .where(Row.consultation_id == consultation_id)
        .order_by(col(ActionWording.id))
    )
    by_action: defaultdict[int, list[ActionWording]] = defaultdict(list)
    for wording in found:
        by_action[wording.action_id].append(wording)
    return by_action


def _action(rows: Sequence[ActionVersion], wordings: Sequence[ActionWording]) -> Action:
    now, english = rows[-1], {row.version: (row.told, row.because) for row in rows}
    compared = None
    if now.compared_wave_id is not None:
        compared = Compared(now.compared_wave_id, now.compared_word, now.compared_low, now.compared_high)
    return Action(
        id=now.action_id,
        version=now.version,
        state=now.state,
        plan=_plan(now),
        because=now.because,
        evidence=Evidence(now.evidence_share, now.evidence_low, now.evidence_high, now.evidence_base),
        compared=compared,
        wordings={
            one.language: Wording(one.told, one.because)
            for one in wordings
            if english.get(one.version) == (now.told, now.because)
        },
        history=tuple(Did(row.version, row.what, row.by, row.at, _plan(row), row.because) for row in reversed(rows)),
    )


def _plan(row: ActionVersion) -> Plan:
    return Plan(
        told=row.told,
        wave_id=row.wave_id,
        theme_id=row.theme_id,
        service=row.service,
        owner=row.owner,
        due=row.due,
        districts=tuple(row.districts.splitlines()),
        predicted=row.predicted,
        tags=tuple(row.tags.splitlines()),
    )
