"""What there is to show inspectors: each outcome with its evidence, how that has changed, and what was done about it.

A structure of plain values, from which a page is drawn now and a file may be written. Where there is no evidence it
says so: a gap that is not shown looks like an achievement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from analysis.ledger import Asked, Felt, Figure, Outcome, Subject, Wave, figure, outcomes
from analysis.suppression import Policy
from survey.ledger import Action, ActionState


class Sought(NamedTuple):
    """One outcome that inspectors look for, as a framework's file has it: what is evidence for it."""

    tag: str
    label: str
    item: str
    themes: tuple[str, ...]
    services: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """One share: what it is of, how it stands, and what became of it since the wave before."""

    what: str
    figure: Figure | None
    """None where too few answered to show it."""
    since: str
    """The wave it is compared with; '' where there is none."""
    change: Outcome | None


@dataclass(frozen=True)
class Acted:
    """One action for an outcome, with its status in words."""

    told: str
    owner: str
    due: date | None
    state: ActionState
    overdue: bool
    felt: Felt
    since: str
    """The comparison in words, "" where nothing is to be felt."""


@dataclass(frozen=True)
class Section:
    """One outcome: evidence, then actions."""

    label: str
    evidence: tuple[Evidence, ...]
    actions: tuple[Acted, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in sentences."""
        told = []
        if not any(one.figure for one in self.evidence):
            told.append("There is no evidence for this outcome in the answers: too few families answered about it.")
        if not self.actions:
            told.append("No action is tagged to this outcome.")
        return tuple(told)


@dataclass(frozen=True)
class Pack:
    """Everything for an inspection, from one wave."""

    title: str
    wave: str
    made: date
    source: str
    sections: tuple[Section, ...]


class Known(NamedTuple):
    """What a pack is made from besides the waves: names, the ledger and what later waves said of it."""

    themes: Mapping[str, str]
    services: Mapping[str, str]
    actions: Sequence[Action]
    outcomes: Mapping[int, Outcome]
    said: Mapping[int, str]
    """What the ledger says of each action that is meant to be felt, by its number."""


def pack(
    title: str,
    source: str,
    listed: Sequence[Sought],
    now: Wave,
    before: Wave | None,
    known: Known,
    policy: Policy,
    *,
    today: date,
) -> Pack:
    """The pack of a wave. Everything compared in it with the wave before is corrected together."""
    subjects = [(one, name, about) for one in listed for name, about in _subjects(one, known, now)]
    asked = [Asked(place, about, before.id) for place, (_, _, about) in enumerate(subjects)] if before else []
    changes = outcomes([now, before], asked, policy) if before else {}
    told: dict[str, list[Evidence]] = {one.tag: [] for one in listed}
    for place, (one, name, about) in enumerate(subjects):
        change = changes.get(place)
        since = before.title if before else ""
        told[one.tag].append(Evidence(name, figure(now, about, policy), since, change))
    sections = [
        Section(one.label, tuple(told[one.tag]), tuple(_acted(action, known, today) for action in _tagged(one, known)))
        for one in listed
    ]
    return Pack(title, now.title, today, source, tuple(sections))


def _subjects(one: Sought, known: Known, now: Wave) -> list[tuple[str, Subject]]:
    asked = {item.id: item.text.get("en", "") for _, item in now.asked.items()}
    found = [(f"Families who agree: “{asked[one.item]}”", Subject(item=one.item))] if one.item in asked else []
    found += [
        (f"Families who rate it well: {known.services[key]}", Subject(service=key))
        for key in one.services
        if key in known.services
    ]
    found += [
        (f"Families who commented and criticise: {known.themes[key]}", Subject(theme=key))
        for key in one.themes
        if key in known.themes
    ]
    return found


def _tagged(one: Sought, known: Known) -> list[Action]:
    return [action for action in known.actions if one.tag in action.plan.tags]


def _acted(action: Action, known: Known, today: date) -> Acted:
    plan = action.plan
    found = known.outcomes.get(action.id)
    felt = found.felt if found else Felt.OTHER_WORDS
    return Acted(
        plan.told, plan.owner, plan.due, action.state, action.is_overdue(today), felt, known.said.get(action.id, "")
    )
