"""What later waves say of an action: the share it was meant to move, then and now, and one of a few plain words.

The share is, for a theme, that of the people with a comment who criticise it; for a service, of those who rate it well;
for a statement, of those who agree. Everything that is compared in one ledger is corrected together (Holm), so that of
the whole page, in nineteen ledgers of twenty, nothing is called felt that is luck.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis import children, comparability, tallies
from analysis.compare import FEWEST, MARGIN, SURE, Rise, differences, holm
from analysis.phrases import number, percent
from analysis.proportions import Floats, independent
from analysis.same_mix import same_mix
from analysis.suppression import Policy, release
from analysis.upkeep import Frames
from survey.ledger import Action, ActionState, Compared, Evidence, Plan, Uncompared
from survey.questionnaire import Option, Optioned, Questionnaire, Tone

Flags = npt.NDArray[np.bool_]
HERE, ELSEWHERE = "here", "elsewhere"


class Felt(StrEnum):
    """What may be said of an action."""

    FELT = "felt"
    NOT = "not felt"
    EARLY = "too early"
    FEW = "too few to say"
    OTHER_WORDS = "not compared"


class Why(StrEnum):
    """What has to be said beside the word, if anything."""

    NOTHING = ""
    WORSE = "it got worse"
    MIX = "only who answered has changed"


class Subject(NamedTuple):
    """What a share is of: one theme, one service or one statement, in some districts or in all."""

    theme: str = ""
    service: str = ""
    item: str = ""
    districts: tuple[str, ...] = ()

    @property
    def rise(self) -> Rise:
        """What it means for the share to rise."""
        return Rise.BAD if self.theme else Rise.GOOD


class Wave(NamedTuple):
    """One wave as the ledger looks at it."""

    id: int
    title: str
    opens: date
    frames: Frames
    asked: Questionnaire


def titled(title: str, *, still_open: bool) -> str:
    """What a wave is called where it is compared: one that still takes answers may yet say something else."""
    return f"{title} (still open)" if still_open else title


class Asked(NamedTuple):
    """One action whose effect is asked for: since which wave, and from which day it could be felt."""

    key: int
    subject: Subject
    since: int
    due: date | None = None


class Figure(NamedTuple):
    """A share that has been released: 0 to 1, with its interval and its base."""

    share: float
    low: float
    high: float
    base: int

    def __str__(self) -> str:
        """The figure as it is said: "39% of 150 (31% to 47%)"."""
        return f"{percent(self.share)} of {number(self.base)} ({percent(self.low)} to {percent(self.high)})"


class Later(NamedTuple):
    """How one later wave stands by itself; no figure where too few answered."""

    wave: str
    figure: Figure | None


_Question = tuple[Subject, int, tuple[int, ...]]  # which share, since which wave, in which later ones


@dataclass(frozen=True)
class Outcome:
    """What all later waves together say of one action."""

    felt: Felt
    wave_id: int | None = None
    """The last wave that is in it."""
    then: Figure | None = None
    now: Figure | None = None
    low: float | None = None
    high: float | None = None
    why: Why = Why.NOTHING
    later: tuple[Later, ...] = ()
    reworded: tuple[str, ...] = ()
    """Later waves that asked in other words and are left out."""


def subject_of(plan: Plan, theme_keys: Mapping[int, str]) -> Subject | None:
    """The share that an action is meant to move; None where its theme was retired, so that nobody carries it now.

    theme_keys says for each theme of the consultation which standing theme it counts for.
    """
    if plan.theme_id is None:
        return Subject(service=plan.service, districts=plan.districts)
    key = theme_keys.get(plan.theme_id)
    return Subject(theme=key, districts=plan.districts) if key else None


def asked_of(actions: Sequence[Action], theme_keys: Mapping[int, str]) -> list[Asked]:
    """What a ledger asks of later waves: one question for each action that is meant and can be compared."""
    open_ones = [one for one in actions if one.state is not ActionState.REFUSED]
    subjects = [(one, subject_of(one.plan, theme_keys)) for one in open_ones]
    return [Asked(one.id, about, one.plan.wave_id, one.plan.due) for one, about in subjects if about is not None]


def figure(wave: Wave, subject: Subject, policy: Policy) -> Figure | None:
    """The share now, or None where it may not be shown."""
    return _released(_parts(wave, subject), policy)


def _released(parts: pd.DataFrame, policy: Policy) -> Figure | None:
    shown = release(parts, policy, totals=[[]]).figures.iloc[0]
    if pd.isna(shown["share"]):
        return None
    return Figure(float(shown["share"]), float(shown["low"]), float(shown["high"]), int(shown["base"]))


def evidence_of(released: Figure | None) -> Evidence:
    """A released figure as an action keeps it; nothing where it was held back."""
    return Evidence(*released) if released else Evidence()


def compared_of(outcome: Outcome | None) -> Compared | Uncompared:
    """What an action is called done with: how far the share moved, then and now released. Otherwise why there is none.

    A wave that has asked and that too few have answered compares nothing, though it has a word for it.
    """
    if outcome is None:
        return Uncompared.RETIRED
    if outcome.wave_id is None:
        return Uncompared.NOT_ASKED
    if outcome.then is None or outcome.now is None:
        return Uncompared.FEW
    return Compared(outcome.wave_id, outcome.felt, outcome.low, outcome.high)


def asked_alike(one: Questionnaire, other: Questionnaire, subject: Subject) -> bool:
    """Whether two questionnaires ask for the share in the same way, by the rule for everything that is compared.

    For a theme these are the questions that comments answer, for a service its name and the rating.
    """
    if subject.theme:
        return not comparability.comments_changed(one, other, "")
    if subject.item:
        return not comparability.changed(one, other, subject.item, "")
    return not comparability.services_changed(one, other, "").get(subject.service, "")


def outcomes(waves: Sequence[Wave], asked: Sequence[Asked], policy: Policy) -> Mapping[int, Outcome]:
    """What later waves say of each action. An action that is not in what comes back cannot be compared at all.

    A wave says something of an action once it opened after the wave of the evidence, and on or after the day by which
    the action was to be done. All that do are taken together, which is what one action is judged by; each by itself
    stands beside it. Somebody who answered in two of them counts in both, which makes the interval a little too narrow.

    *Felt* and *worse* are claims of one direction, and each is tested in it: Fisher's test, one-sided, counting half of
    what is just as likely (mid-p), corrected by Holm for the whole ledger, so give all of it. *Felt* becomes *not felt*
    where the change is gone once the mix of ages is held (see ``same_mix``). Otherwise *too few to say* where the
    interval allows both a rise and a fall of more than ten points, and *not felt* where it does not.

    Sources: Newcombe (1998) Stat. Med. 17, 873-890; Lancaster (1961) J. Am. Stat. Assoc. 56, 223-234 (mid-p);
    Holm (1979) Scand. J. Stat. 6, 65-70.
    """
    known = {wave.id: wave for wave in waves}
    in_order = sorted(waves, key=lambda wave: wave.opens)
    sets: dict[_Question, _Set] = {}  # two actions that ask the same are one comparison
    wanted: dict[int, _Question] = {}
    for one in asked:
        if (before := known.get(one.since)) is not None:
            after = [wave for wave in in_order if wave.opens > before.opens and (not one.due or wave.opens >= one.due)]
            question = one.subject, before.id, tuple(wave.id for wave in after)
            if question not in sets:
                sets[question] = _set(question, before, after, policy)
            wanted[one.key] = question
    said = dict(zip(sets, _judged(list(sets.values())), strict=True))
    return {key: said[question] for key, question in wanted.items()}


class _Set(NamedTuple):
    """One share before and since: what may be shown of it, and the true numbers that are compared."""

    question: _Question
    alike: list[Wave]
    reworded: list[Wave]
    then: Figure | None
    now: Figure | None
    later: tuple[Later, ...]
    counts: tuple[int, int, int, int]
    holds: bool
    """Whether a change would be one within ages too."""


def _set(question: _Question, before: Wave, after: Sequence[Wave], policy: Policy) -> _Set:
    subject = question[0]
    alike = [wave for wave in after if asked_alike(wave.asked, before.asked, subject)]
    reworded = [wave for wave in after if wave not in alike]
    if not alike:
        return _Set(question, alike, reworded, None, None, (), (0, 0, 0, 0), True)
    since, then = _summed([_parts(wave, subject) for wave in alike], "service"), _parts(before, subject)
    now, earlier = independent(since).iloc[0], independent(then).iloc[0]
    mixed = same_mix(_summed([_by_band(wave, subject) for wave in alike], "band"), _by_band(before, subject))
    return _Set(
        question,
        alike,
        reworded,
        _released(then, policy),
        _released(since, policy),
        tuple(Later(wave.title, figure(wave, subject, policy)) for wave in alike),
        (int(now["count"]), int(now["base"]), int(earlier["count"]), int(earlier["base"])),
        mixed is None or mixed.is_clear,
    )


def _summed(counts: Sequence[pd.DataFrame], of: str) -> pd.DataFrame:
    """The counts of several waves together, rows in the order of the first."""
    return pd.concat(counts).groupby(of, sort=False, as_index=False).sum()


def clear_changes(counts: pd.DataFrame, good: Flags, enough: Flags) -> pd.DataFrame:
    """The changes of a whole ledger: Newcombe's ``low`` and ``high``, and which are clearly ``better`` or ``worse``.

    counts has a row for each comparison, as ``compare.differences`` takes it; good says where a rise is good, enough
    which rows may be judged. See ``outcomes`` for the rule.
    """
    found = differences(counts)
    up = _risen(found)
    better, worse = (_holm(p, enough) <= SURE for p in (np.where(good, up, 1 - up), np.where(good, 1 - up, up)))
    return found[["low", "high"]].assign(better=better, worse=worse)


def _judged(sets: Sequence[_Set]) -> list[Outcome]:
    names = ["count", "base", "count_before", "base_before"]
    counts = pd.DataFrame([one.counts for one in sets], columns=names).astype("int64")
    good = np.array([one.question[0].rise is Rise.GOOD for one in sets], dtype=bool)
    enough = np.array([_may_be_judged(one) for one in sets], dtype=bool)
    found = clear_changes(counts, good, enough)
    rows = zip(sets, found["low"], found["high"], found["better"], found["worse"], enough, strict=True)
    return [
        _outcome(one, (float(low), float(high)), felt=bool(felt), worse=bool(bad), may_be_said=bool(may))
        for one, low, high, felt, bad, may in rows
    ]


def _may_be_judged(one: _Set) -> bool:
    """Whether both shares may be shown, and rest on enough independent answers to be compared."""
    _, base, _, base_before = one.counts
    return one.then is not None and one.now is not None and min(base, base_before) >= FEWEST


def _risen(found: pd.DataFrame) -> Floats:
    """How likely chance alone is to make the share rise as far or further, one-sided, as mid-p."""
    count, base, before = (found[name].to_numpy("f8") for name in ("count", "base", "base_before"))
    yes = count + found["count_before"].to_numpy("f8")
    half = stats.hypergeom.pmf(count, base + before, yes, base) / 2
    return np.asarray(stats.hypergeom.sf(count, base + before, yes, base) + half, dtype="f8")


def _holm(p: Floats, enough: Flags) -> Floats:
    q = np.ones(len(p))
    q[enough] = holm(p[enough])
    return q


def _outcome(one: _Set, reach: tuple[float, float], *, felt: bool, worse: bool, may_be_said: bool) -> Outcome:
    left_out = tuple(wave.title for wave in one.reworded)
    if not one.alike:
        return Outcome(Felt.OTHER_WORDS if left_out else Felt.EARLY, reworded=left_out)
    last = one.alike[-1].id
    if not may_be_said:
        return Outcome(Felt.FEW, last, later=one.later, reworded=left_out)
    low, high = reach
    word, why = Felt.NOT, Why.NOTHING
    if felt:
        word, why = (Felt.FELT, Why.NOTHING) if one.holds else (Felt.NOT, Why.MIX)
    elif worse:
        why = Why.WORSE
    elif low < -MARGIN and high > MARGIN:
        word = Felt.FEW
    return Outcome(word, last, one.then, one.now, round(low, 2), round(high, 2), why, one.later, left_out)


# -- what is counted ---------------------------------------------------------------------------------------------


def _parts(wave: Wave, subject: Subject) -> pd.DataFrame:
    """True counts of the share, and of the rest of the county where it is of some districts, which it must not tell."""
    said = _said(wave, subject)
    here = said["district"].isin(subject.districts) | (not subject.districts)
    parts = said.assign(service=np.where(here, HERE, ELSEWHERE))
    by_child = subject.service and wave.asked.is_of_each_child(_item(wave.asked, subject))
    counting = children.by_service if by_child else tallies.by_service
    return counting(parts, [HERE, ELSEWHERE] if subject.districts else [HERE])


def _by_band(wave: Wave, subject: Subject) -> pd.DataFrame:
    said = _said(wave, subject)
    if subject.districts:
        said = said[said["district"].isin(subject.districts)]
    people = said.drop_duplicates("response_id")
    bands = wave.frames.responses.set_index("response_id")["age_band"].astype("str")
    band = people["response_id"].map(bands).fillna("")
    sums = people.assign(band=band).groupby("band")["yes"].agg(["sum", "size"]).reset_index()
    return sums.set_axis(["band", "count", "base"], axis=1).astype({"band": "str", "count": "int64"})


def _said(wave: Wave, subject: Subject) -> pd.DataFrame:
    """Who answered, with ``response_id``, ``child``, ``district`` and ``yes``."""
    frames = wave.frames
    if subject.theme:
        return _criticised(frames, subject.theme)
    item = _item(wave.asked, subject)
    tones = {point.code: point.tone for point in _points(wave.asked, item) if point.tone}
    known: Mapping[str, Tone] = tones
    said = tallies.rated(frames.answers, frames.responses, item=item, tones=known)
    return said[said["service"] == subject.service] if subject.service else said


def _criticised(frames: Frames, theme: str) -> pd.DataFrame:
    given = frames.codings
    about = given.loc[(given["theme"] == theme) & given["criticism"], "comment_id"]
    read = frames.comments[frames.comments["sentiment"] != ""]
    critics = read.loc[read["comment_id"].isin(about), "response_id"]
    people = tallies.commented(frames.comments, frames.responses)
    return people.assign(child=0, service="", yes=people["response_id"].isin(critics))


def _item(asked: Questionnaire, subject: Subject) -> str:
    rating = asked.role("rating")
    return subject.item or (rating.id if rating else "")


def _points(asked: Questionnaire, item: str) -> tuple[Option, ...]:
    found = next((one for _, one in asked.items() if one.id == item), None)
    return found.options if isinstance(found, Optioned) else ()
