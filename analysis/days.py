"""One wave from day to day: how many answered, and in what tone people wrote from week to week.

Tone is told by whole weeks from the opening, each comment in one of them. Weeks that overlap (the last seven days,
every day) would give away single days, and on some days one family wrote.
"""

from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import children
from analysis.following import TONES, Fieldwork
from analysis.suppression import Policy, Released, release, release_counts
from survey.local_days import LOCAL

LATE_DAYS: Final = 28
"""A form that came in time may be keyed in so much later."""

Whole = npt.NDArray[np.int64]


class Step(StrEnum):
    """How responses are counted along time."""

    DAY = "day"
    WEEK = "week"


class Days(NamedTuple):
    """A wave from its opening to the last day on which anybody answered."""

    step: Step
    """Days where every number may be shown; weeks where small ones may not, and most days are small."""
    arrivals: Released
    """``count`` of responses by ``day``: the day itself, or the first of its week."""
    tones: Released
    """By ``day`` (the first of each week) and ``sentiment``, of the comments read that came that week."""
    out_of_time: bool
    """Whether some responses bear a day on which nobody can have answered: before the opening, long after the end, or
    one that is still to come. They count everywhere, and are left out here."""


def days(wave: Fieldwork, policy: Policy, *, today: date) -> Days:
    """A wave from day to day, through the gate."""
    opened = wave.opened.normalize()
    place = _place(wave.frames.responses["sent_at"], opened)
    last = min((wave.closed.normalize() - opened).days + LATE_DAYS, (pd.Timestamp(today) - opened).days)
    in_time = (place >= 0) & (place <= last)
    step = Step.DAY if policy.smallest == 1 else Step.WEEK
    length = 1 if step is Step.DAY else 7
    return Days(
        step=step,
        arrivals=release_counts(_counted(place[in_time] // length, opened, length), policy, totals=[[]]),
        tones=release(_toned(wave, place, in_time, opened), policy, totals=[["day"], ["sentiment"]]),
        out_of_time=bool((~in_time).any()),
    )


def _place(sent: pd.Series, opened: pd.Timestamp) -> Whole:
    """How many days after the opening each was sent."""
    day = sent.dt.tz_convert(LOCAL).dt.tz_localize(None).dt.normalize()
    return np.asarray((day - opened).dt.days, dtype="int64")


def _counted(place: Whole, opened: pd.Timestamp, length: int) -> pd.DataFrame:
    """``count`` by ``day`` from the opening to the last that anybody answered on."""
    many = int(place.max(initial=-1)) + 1
    starts = opened + pd.to_timedelta(np.arange(many) * length, unit="D")
    return pd.DataFrame({"day": starts, "count": np.bincount(place, minlength=many).astype("int64")})


def _toned(wave: Fieldwork, place: Whole, in_time: npt.NDArray[np.bool_], opened: pd.Timestamp) -> pd.DataFrame:
    """Comments read by week and ``sentiment``, with how many people are behind them."""
    comments = wave.frames.comments[wave.frames.comments["sentiment"] != ""]
    whose = pd.Index(wave.frames.responses["response_id"]).get_indexer(pd.Index(comments["response_id"]))
    week = np.append(np.where(in_time, place // 7, -1), -1)[whose]
    tones = [str(tone) for tone in TONES]
    weeks = [
        children.by_answer(comments[week == one], "sentiment", tones) for one in range(int(week.max(initial=-1)) + 1)
    ]
    empty = children.by_answer(comments.iloc[:0], "sentiment", tones).iloc[:0]
    told = [of.assign(day=opened + pd.Timedelta(days=7 * one)) for one, of in enumerate(weeks)]
    return (
        pd.concat([empty.assign(day=pd.Series(dtype="datetime64[s]")), *told])
        .rename(columns={"answer": "sentiment"})
        .reset_index(drop=True)
    )
