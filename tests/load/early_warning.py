"""Early warning on fieldwork of known truth: how many planted bursts are found and how soon, and how many false alarms.

Two kinds of months without a burst: drawn from chances alone, and the demonstration's null twin with its own words.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bursts import bursts_on, daily
from analysis.early_warning import KINDS, LATELY, days, word_rows
from survey import demo, questionnaire_file
from survey.demo.answering import responses
from survey.demo.fieldwork import fieldworks
from survey.demo.material import themes_of
from survey.demo.planting import plans
from tests.load.figure import Figure

WAVE_DAYS, WAVES = 60, 12  # 24 months
DISTRICTS, THEMES, WORDS = 12, 18, 400
THEMES_BY_DISTRICT, THEMES_BY_SERVICE, WORDS_BY_DISTRICT, WORDS_BY_SERVICE = (kind.chance for kind in KINDS)
PLANTED = 60
A_WEEK, BASE = 8, 1
SEEDS = (5, 6, 7, 8)  # others than the limits were chosen on


class Spoken(NamedTuple):
    """Fieldwork as it is counted: who spoke where and when, and of what."""

    people: pd.DataFrame
    said: pd.DataFrame


def measure(_: Path) -> Iterator[Figure]:
    """The share of planted bursts found within a week, how soon, and false alarms in a month without any."""
    rng = np.random.default_rng(2026)
    looks = ((THEMES, THEMES_BY_DISTRICT), (WORDS, WORDS_BY_DISTRICT))
    alarms = sum(
        _false_alarms(_drawn(rng, rng.integers(620, 1_051), things), chance)
        for _ in range(WAVES)
        for things, chance in looks
    )
    months = WAVES * WAVE_DAYS / 30
    yield Figure("early_warning.false_alarms_a_month_drawn", round(alarms / months, 2), "alarms, by district", 1.0)
    told, months = _demonstration()
    yield Figure("early_warning.false_alarms_a_month_demonstration", round(told / months, 2), "alarms", 1.0)
    found = [_found_after(rng) for _ in range(PLANTED)]
    soon = [after for after in found if after is not None and after <= 7]
    yield Figure("early_warning.planted_found_within_7_days", round(len(soon) / PLANTED, 3), "share", at_least=0.8)
    yield Figure(
        "early_warning.days_until_found", float(np.median(soon)) if soon else -1.0, "days, median of those found"
    )


def _drawn(rng: np.random.Generator, responses_sent: int, things: int, *, rates: float = 0.25) -> Spoken:
    """A wave without a burst: a rush at the opening, a quiet end, few at weekends; each place with rates of its own."""
    weights = (1 + 5 * 2 ** (-np.arange(WAVE_DAYS) / 3)) * np.where(np.arange(WAVE_DAYS) % 7 < 5, 1.0, 0.6)
    weights[11] += 11
    weights[24:27] += 4
    day = rng.choice(WAVE_DAYS, responses_sent, p=weights / weights.sum())
    shares = rng.dirichlet(np.full(DISTRICTS, 8.0))
    place = rng.choice(DISTRICTS, responses_sent, p=shares)
    usual = np.minimum(rates / np.arange(1, things + 1) ** 0.7, 0.5)
    local = np.clip(usual * rng.lognormal(0, 0.35, (DISTRICTS, things)), 0, 0.8)
    person, about = np.nonzero(rng.random((responses_sent, things)) < local[place])
    people = pd.DataFrame({"person": np.arange(responses_sent), "day": day, "place": place.astype(str)})
    said = pd.DataFrame({"person": person, "place": place[person].astype(str), "about": about.astype(str)})
    return Spoken(people, said)


def _false_alarms(spoken: Spoken, chance: float) -> int:
    """How often an officer would be told of something new over the whole wave."""
    counted = daily(spoken.people, spoken.said)
    told: dict[str, int] = {}
    alarms = 0
    for day in range(counted.first, counted.first + counted.spoke.shape[1]):
        places = {one.place for one in bursts_on(counted, day, daily_chance=chance)}
        alarms += sum(told.get(place, counted.first - LATELY) < day - LATELY for place in places)
        told |= dict.fromkeys(places, day)
    return alarms


def _demonstration() -> tuple[int, float]:
    """False alarms in the demonstration's null twin, its own words and themes, by district and by service."""
    asked = questionnaire_file.shipped("send_services")
    alarms, observed = 0, 0
    for seed in SEEDS:
        waves = fieldworks(date(2026, 6, 1), len(demo.WAVES))
        for plan in plans(seed, waves, demo.WAVES, null=True):
            comments = _comments(list(responses(plan, asked)))
            observed += int(comments["day"].max() - comments["day"].min() + 1)
            themes, words = _themes(comments), _words(comments)
            looks = ((themes, "district"), (themes, "service"), (words, "district"), (words, "service"))
            for kind, (about, column) in zip(KINDS, looks, strict=True):
                alarms += _false_alarms(_spoken(comments[comments[column] != ""], about, column), kind.chance)
    return alarms, observed / 30


def _comments(made: list[object]) -> pd.DataFrame:
    rows = [
        (one.place, one.sent_at, one.district, said.service or "", said.words, said.stances)
        for one in made
        for said in one.remarks
        if said.words
    ]
    frame = pd.DataFrame(rows, columns=["person", "sent_at", "district", "service", "words", "stances"])
    return frame.assign(day=days(frame["sent_at"]))


def _themes(comments: pd.DataFrame) -> pd.DataFrame:
    pairs = [
        (row, key)
        for row, stances in comments["stances"].items()
        for key in {key for stance in stances for key in themes_of()[stance.aspect]}
    ]
    return pd.DataFrame(pairs, columns=["row", "about"])


def _words(comments: pd.DataFrame) -> pd.DataFrame:
    rows = word_rows(comments["words"])
    common = rows["about"].value_counts()
    return rows[rows["about"].isin(common.index[common >= 10])]


def _spoken(comments: pd.DataFrame, about: pd.DataFrame, column: str) -> Spoken:
    placed = comments.assign(place=comments[column])
    said = about.merge(placed[["person", "place"]], left_on="row", right_index=True)
    return Spoken(placed[["person", "day", "place"]], said[["person", "place", "about"]])


def _found_after(rng: np.random.Generator) -> int | None:
    """Days from the beginning of a planted burst until it is told; None if it never is."""
    usual = _drawn(rng, 1_050, THEMES)
    begins = int(rng.integers(28, WAVE_DAYS - 10))
    place = str(rng.integers(DISTRICTS))
    theme = "planted"
    there = usual.people[usual.people["place"] == place]
    base = there[rng.random(len(there)) < BASE * WAVE_DAYS / 7 / max(len(there), 1)]
    elsewhere = usual.people[
        (usual.people["place"] != place) & (rng.random(len(usual.people)) < BASE * WAVE_DAYS / 7 / max(len(there), 1))
    ]
    extra = begins + np.sort(rng.integers(0, 7, A_WEEK))  # so many in a week, on whatever days
    burst = pd.DataFrame({"person": 10**6 + np.arange(len(extra)), "day": extra, "place": place})
    saying = pd.concat([base, elsewhere, burst])[["person", "place"]].assign(about=theme)
    counted = daily(pd.concat([usual.people, burst]), pd.concat([usual.said, saying]))
    for after in range(10):
        told = bursts_on(counted, begins + after, daily_chance=THEMES_BY_DISTRICT)
        if any(one.about == theme and one.place == place for one in told):
            return after + 1
    return None
