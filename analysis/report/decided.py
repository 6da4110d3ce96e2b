"""What was decided and done, as the ledger tells of it: each action with its evidence and what later waves say.

The page of the ledger, the summary, a signed report and its files all say these sentences.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from analysis import ledger
from analysis.ledger import Felt, Outcome, Why
from analysis.phrases import listed, points
from analysis.record import Named
from analysis.report.content import Decided, Figure, Filters, Sentence, Unit
from analysis.report.figures import WILSON
from survey.ledger import Action, ActionState, Evidence

WORDS: Final = {
    Felt.FELT: "Felt.",
    Felt.NOT: "Not felt.",
    Felt.EARLY: "Too early: no later wave has asked families since this was due.",
    Felt.FEW: "Too few to say.",
    Felt.OTHER_WORDS: "Not compared.",
}
STATES: Final = {ActionState.PLANNED: "Planned", ActionState.DONE: "Done", ActionState.REFUSED: "Not doing"}
CHANGE: Final = (
    "The share since then less the share before, in waves that asked in the same words. The range is Newcombe's, for "
    "95 in a hundred. It is called felt only if it is clearly the right way after allowing for every action in the "
    "ledger (Fisher's test of one side, mid-p, with Holm's correction, 5 in a hundred), and still so among children of "
    "the same age."
)
CHANGED: Final = "change"
"""The name of the figure that says how far a share moved."""
SAYS: Final = "What later waves say: "
_SAID: Final = "{{{0}}} of {{{0}:base}} ({{{0}:low}} to {{{0}:high}})"


class Share(NamedTuple):
    """Which share an action is meant to move."""

    formula: str
    theme: str  # its key, "" for a service
    before: str  # what the wave of the evidence is called


def decided(
    actions: Sequence[Action],
    outcomes: Mapping[int, Outcome],
    named: Named,
    about: Mapping[int, str],
    tags: Mapping[str, str],
    *,
    today: date,
) -> tuple[Decided, ...]:
    """Every action of a ledger, in its order.

    outcomes must be those of the whole ledger, released as for whoever will read this. about says what each action is
    about, by its number; tags what the tags of the frameworks are called.
    """
    return tuple(_decided(one, outcomes.get(one.id), named, about[one.id], tags, today) for one in actions)


def _decided(
    action: Action, outcome: Outcome | None, named: Named, about: str, tags: Mapping[str, str], today: date
) -> Decided:
    plan = action.plan
    places = tuple(named.districts.get(code, code) for code in plan.districts)
    share = _share(action, about, places, named)
    meant = action.state is not ActionState.REFUSED
    felt = outcome.felt if outcome else Felt.OTHER_WORDS
    return Decided(
        number=action.id,
        about=about,
        theme=share.theme,
        told=plan.told,
        state=STATES[action.state],
        because=action.because,
        owner=plan.owner,
        due=plan.due,
        overdue=action.is_overdue(today),
        places=places,
        expected=f"{points(plan.predicted / 100)} {_way(plan.predicted)}." if plan.predicted else "",
        tags=tuple(tags.get(tag, tag) for tag in plan.tags),
        felt=str(felt) if meant else "",
        evidence=_evidence(action, share),
        since=since(f"done.{action.id}.since", outcome, share) if meant else None,
        called=action.compared.word if action.compared and meant else "",
        beside=_beside(action, outcome, share) if meant and outcome else None,
    )


def _way(predicted: int) -> str:
    return "up" if predicted > 0 else "down"


def _beside(action: Action, outcome: Outcome, share: Share) -> Sentence | None:
    """What was expected, and how far the share moved; None where one of them is lacking.

    What was expected is somebody's word and no figure: nothing was counted for it.
    """
    predicted = action.plan.predicted
    moved = next((figure for figure in _compared(outcome, share) if figure.name == CHANGED), None)
    if not predicted or moved is None or moved.low is None or moved.high is None:
        return None
    holds = round(moved.low * 100) <= predicted <= round(moved.high * 100)
    template = (
        f"Expected: {{expected}}. Since: {{{CHANGED}:{_clearness(outcome)}}}. What was expected is "
        f"{'in' if holds else 'outside'} that range."
    )
    names = (("expected", f"{_way(predicted)} by {points(predicted / 100)}"),)
    return Sentence(f"done.{action.id}.beside", template, (moved,), names)


def _share(action: Action, about: str, places: Sequence[str], named: Named) -> Share:
    before = named.waves.get(action.plan.wave_id, "")
    where = f" in {listed(list(places))}" if places else ""
    if action.plan.theme_id is None:
        formula = f"Those who rate it well: {about}{where}. Divided by all who rated it{' there' if where else ''}."
        return Share(f"{formula} {WILSON}", "", before)
    formula = (
        f"People with a comment who criticise this: {about}{where}. Divided by all people with a comment that has been "
        f"read{' there' if where else ''}. Everybody counts once. {WILSON}"
    )
    return Share(formula, named.theme_keys.get(action.plan.theme_id, ""), before)


def _evidence(action: Action, share: Share) -> Sentence:
    """The share that led to an action, as it was released on the day when the action was added."""
    key, found = f"done.{action.id}.evidence", action.evidence
    if (kept := _kept(found)) is None:
        return Sentence(key, "Evidence: {wave}. Too few people to show the figure.", (), (("wave", share.before),))
    what = "of those who commented criticise it" if action.plan.theme_id is not None else "rate it well"
    says = f"Evidence: {{wave}}: {_SAID.format('evidence')} {what}."
    return Sentence(key, says, (_figure("evidence", kept, share.before, share),), (("wave", share.before),))


def _kept(found: Evidence) -> ledger.Figure | None:
    if found.share is None or found.low is None or found.high is None or found.base is None:
        return None
    return ledger.Figure(found.share, found.low, found.high, found.base)


def since(key: str, outcome: Outcome | None, share: Share) -> Sentence:
    """The word for an action, and the comparison that it rests on. None stands for one whose theme was retired."""
    told = [f"{SAYS}{WORDS[outcome.felt if outcome else Felt.OTHER_WORDS]}"]
    if outcome is None:
        return Sentence(key, " ".join([*told, "Its theme was retired."]))
    names = [(f"left{place}", wave) for place, wave in enumerate(outcome.reworded)]
    names += [(f"wave{place}", one.wave) for place, one in enumerate(outcome.later)]
    told += [f"{{left{place}}} asked this in other words and is left out." for place in range(len(outcome.reworded))]
    figures = _compared(outcome, share)
    waves = listed([f"{{wave{place}}}" for place in range(len(outcome.later))])
    if figures:
        told.append(f"Since then {_SAID.format('now')}: {{{CHANGED}:{_clearness(outcome)}}}.")
        each = [name for name in (figure.name for figure in figures) if name.startswith("in")]
        told += [f"{{wave{name[2:]}}}: {_SAID.format(name)}." for name in each]
    elif outcome.later:
        told.append(f"Too few families answered, then or in {waves}, to compare.")
    if outcome.why is Why.MIX:
        told.append("Families of other ages answered: with the same ages there is no clear change.")
    if outcome.why is Why.WORSE:
        told.append("That is a clear change for the worse.")
    return Sentence(key, " ".join(told), figures, tuple(names))


def _clearness(outcome: Outcome) -> str:
    """How the range of the change is said: as a clear change, or as one that may be chance."""
    return "swing" if outcome.felt is Felt.FELT or outcome.why else "unclear"


def _compared(outcome: Outcome, share: Share) -> tuple[Figure, ...]:
    """Before, since, and how far that moved; with several waves since, each of them too. Nothing where it is held."""
    then, now, low, high = outcome.then, outcome.now, outcome.low, outcome.high
    if then is None or now is None or low is None or high is None:
        return ()
    waves = listed([one.wave for one in outcome.later])
    moved = Figure(
        CHANGED,
        Unit.DIFFERENCE,
        round(now.share - then.share, 2),
        CHANGE,
        Filters("", share.theme, waves=waves),
        low=low,
        high=high,
    )
    each = [
        _figure(f"in{place}", one.figure, one.wave, share)
        for place, one in enumerate(outcome.later)
        if one.figure and len(outcome.later) > 1
    ]
    return (_figure("now", now, waves, share), moved, _figure("then", then, share.before, share), *each)


def _figure(name: str, found: ledger.Figure, waves: str, share: Share) -> Figure:
    filters = Filters("", share.theme, waves=waves)
    return Figure(
        name, Unit.SHARE, found.share, share.formula, filters, base=float(found.base), low=found.low, high=found.high
    )
