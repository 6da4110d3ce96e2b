"""The public page of what was said and done, as it is frozen: released figures and texts, and no words of families.

It is made once, through the public's policy, and read for ever after. What a sentence says of a number is put together
when the page is drawn, in the reader's language, so the record holds numbers and short words alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from analysis import tallies, theme_sizes
from analysis.ledger import Felt, Figure, Outcome, Subject, Wave, Why, figure
from analysis.suppression import PUBLIC, release_counts
from survey.ledger import Action, ActionState, Evidence, in_order


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Share(_Part):
    """A share in whole per cents, of so many people, with its likely range."""

    percent: int
    low: int
    high: int
    of: int


class Later(_Part):
    """How one later wave stands by itself; no share where too few answered."""

    wave: str
    share: Share | None


class Since(_Part):
    """What later waves say of an action. Points from low to high; none where too few answered."""

    felt: Felt
    why: Why = Why.NOTHING
    now: Share | None = None
    low: int | None = None
    high: int | None = None
    later: tuple[Later, ...] = ()
    reworded: tuple[str, ...] = ()


class Done(_Part):
    """An action or a decision, in every language it was written in."""

    told: dict[str, str]
    because: dict[str, str]
    state: ActionState
    owner: str
    due: date | None
    overdue: bool
    places: tuple[str, ...]
    evidence_wave: str
    evidence: Share | None
    predicted: int | None
    since: Since


class Theme(_Part):
    """A theme or a service: what was said, stance by stance, and what was done."""

    key: str
    label: str
    share: Share | None
    stances: dict[str, Share | None]
    """What of those who raise it: praise, criticism and request, kept apart. Empty for a service."""
    done: tuple[Done, ...]


class Place(_Part):
    """How many answered in one district; None where it is too few to show."""

    name: str
    count: int | None


class Correction(_Part):
    """What was wrong in an earlier version."""

    day: date
    told: str


class MadeFrom(_Part):
    """Everything that has to be the same for a page to come out the same."""

    change: int
    """The number of the last change to the answers in it."""
    frame: int
    """The number of the coding frame."""
    act: int | None
    """The last thing anybody had done to the themes."""
    code: str
    """The version of the program."""

    @property
    def told(self) -> str:
        """The same in a sentence."""
        act = self.act if self.act is not None else "none"
        return (
            f"Made from answers up to change {self.change:,}, coding frame {self.frame} after act {act}, "
            f"by program {self.code}."
        )


class Record(_Part):
    """The whole page."""

    title: str
    wave: str
    made: date
    responses: int | None
    commented: int | None
    places: tuple[Place, ...]
    themes: tuple[Theme, ...]
    services: tuple[Theme, ...]
    rest: tuple[Theme, ...]
    """Themes about which nothing has been decided, by size."""
    corrections: tuple[Correction, ...]
    fewest: int = PUBLIC.fewest
    step: int = PUBLIC.step
    made_from: MadeFrom | None = None
    """None in pages that were made before this was kept with them."""

    @property
    def decided(self) -> tuple[Theme, ...]:
        """Everything that something was decided about."""
        return self.themes + self.services

    def about(self, keys: Iterable[str]) -> tuple[Theme, ...]:
        """The themes among these that the page has, in its order."""
        wanted = set(keys)
        return tuple(theme for theme in (*self.themes, *self.rest) if theme.key in wanted)


class Named(NamedTuple):
    """What things are called: themes and services by key, districts by code, waves by number."""

    themes: Mapping[str, str]
    services: Mapping[str, str]
    districts: Mapping[str, str]
    waves: Mapping[int, str]
    theme_keys: Mapping[int, str]
    """For each theme that was ever made, the standing theme that it counts for."""


def record(
    title: str,
    wave: Wave,
    actions: Sequence[Action],
    outcomes: Mapping[int, Outcome],
    named: Named,
    *,
    today: date,
    made_from: MadeFrom,
    corrections: Sequence[Correction] = (),
) -> Record:
    """The page of a consultation: what was said in one wave, and everything in the ledger.

    outcomes must have been worked out under the public's policy. Raises ValueError if an action names a wave that named
    does not have.
    """
    keys = list(named.themes)
    sizes = theme_sizes.sizes(wave.frames, keys, [], PUBLIC)
    shares = dict(zip(keys, _shares(sizes.themes.figures), strict=True))
    stances = sizes.stances.figures
    told: dict[str, dict[str, Share | None]] = {key: {} for key in keys}
    for key, stance, share in zip(stances["theme"], stances["stance"], _shares(stances), strict=True):
        told[key][stance] = share
    about = _decided(actions, outcomes, named, today)
    every = [
        Theme(
            key=key, label=named.themes[key], share=shares[key], stances=told[key], done=about.get(("theme", key), ())
        )
        for key in keys
    ]
    by_size = sorted(every, key=lambda one: (-(one.share.percent if one.share else -1), one.label))
    retired = tuple(
        Theme(key="", label="", share=None, stances={}, done=done) for key, done in about.items() if key[0] == "none"
    )
    people = tallies.commented(wave.frames.comments, wave.frames.responses)
    return Record(
        title=title,
        wave=wave.title,
        made=today,
        responses=_count(len(wave.frames.responses)),
        commented=_count(len(people)),
        places=_places(wave.frames.responses, named.districts),
        themes=tuple(one for one in by_size if one.done) + retired,
        services=_services(wave, about, named),
        rest=tuple(one for one in by_size if not one.done and one.share),
        corrections=tuple(corrections),
        made_from=made_from,
    )


def _services(wave: Wave, about: Mapping[tuple[str, str], tuple[Done, ...]], named: Named) -> tuple[Theme, ...]:
    return tuple(
        Theme(
            key=key,
            label=named.services.get(key, key),
            share=_share(figure(wave, Subject(service=key), PUBLIC)),
            stances={},
            done=done,
        )
        for (kind, key), done in about.items()
        if kind == "service"
    )


def _decided(
    actions: Sequence[Action], outcomes: Mapping[int, Outcome], named: Named, today: date
) -> dict[tuple[str, str], tuple[Done, ...]]:
    """What was decided about each theme and service, in the ledger's order."""
    about: dict[tuple[str, str], tuple[Done, ...]] = {}
    for one in in_order(list(actions), today):
        key = _kind(one, named)
        about[key] = (*about.get(key, ()), _done(one, outcomes.get(one.id), named, today))
    return about


def _kind(action: Action, named: Named) -> tuple[str, str]:
    if action.plan.theme_id is None:
        return "service", action.plan.service
    key = named.theme_keys.get(action.plan.theme_id, "")
    return ("theme", key) if key in named.themes else ("none", "")


def _done(action: Action, found: Outcome | None, named: Named, today: date) -> Done:
    plan = action.plan
    words = {language: action.in_language(language)[1] for language in ("en", *action.wordings)}
    return Done(
        told={language: wording.told for language, wording in words.items()},
        because={language: wording.because for language, wording in words.items() if wording.because},
        state=action.state,
        owner=plan.owner,
        due=plan.due,
        overdue=action.is_overdue(today),
        places=tuple(named.districts.get(code, code) for code in plan.districts),
        evidence_wave=named.waves[plan.wave_id],
        evidence=_of_evidence(action.evidence),
        predicted=plan.predicted,
        since=_since(found) if found else Since(felt=Felt.OTHER_WORDS),
    )


def _since(outcome: Outcome) -> Since:
    low, high = (None if end is None else round(end * 100) for end in (outcome.low, outcome.high))
    return Since(
        felt=outcome.felt,
        why=outcome.why,
        now=_share(outcome.now),
        low=low,
        high=high,
        later=tuple(Later(wave=one.wave, share=_share(one.figure)) for one in outcome.later),
        reworded=outcome.reworded,
    )


def _places(responses: pd.DataFrame, districts: Mapping[str, str]) -> tuple[Place, ...]:
    codes = list(districts)
    place = pd.Index(codes).get_indexer(pd.Index(responses["district"].astype("str")))
    counts = np.bincount(place[place >= 0], minlength=len(codes))
    table = pd.DataFrame({"district": codes, "count": counts.astype("int64")})
    shown = release_counts(table, PUBLIC, totals=[[]]).figures["count"]
    return tuple(
        Place(name=name, count=None if pd.isna(count) else int(count))
        for name, count in zip(districts.values(), shown, strict=True)
    )


def _count(number: int) -> int | None:
    shown = release_counts(pd.DataFrame({"count": [number]}), PUBLIC).figures["count"].iloc[0]
    return None if pd.isna(shown) else int(shown)


def _shares(figures: pd.DataFrame) -> list[Share | None]:
    rows = zip(figures["share"], figures["low"], figures["high"], figures["base"], strict=True)
    return [None if pd.isna(share) else _share(Figure(share, low, high, int(base))) for share, low, high, base in rows]


def _share(found: Figure | None) -> Share | None:
    if found is None:
        return None
    percent, low, high = (round(number * 100) for number in found[:3])
    return Share(percent=percent, low=low, high=high, of=found.base)


def _of_evidence(found: Evidence) -> Share | None:
    if found.share is None or found.low is None or found.high is None or found.base is None:
        return None
    return _share(Figure(found.share, found.low, found.high, found.base))
