"""Each wave as frames with the number of the last change in them: everything that is shown is made from these.

Looking costs one query that reads an index; what changed since is read and put in its place.
"""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

import pandas as pd
import streamlit as st

from analysis import ledger, upkeep
from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES, THEMES, check
from analysis.cube import Cube, counted
from analysis.following import Fieldwork
from analysis.overview import Scope, axes_of
from analysis.upkeep import Frames, Kept
from pages.ui.scope import scope_of
from survey import consultations, database, frames, languages
from survey.consultations import WaveFacts
from survey.local_days import LOCAL
from survey.questionnaire import Option, Optioned, Questionnaire, Standing
from survey.wording import words_in

LOOK_EVERY_SECONDS = 0.4
"""However many people watch, the database is asked for what is new no more often than this."""

_FORGETTING: "list[Callable[[State], None]]" = []


@dataclass(frozen=True, eq=False)
class State:
    """A wave as it is known: everything up to one change. Never altered: the next state is another one."""

    wave: WaveFacts
    change: int
    kept: Kept
    cube: Cube
    """The same, counted."""
    questionnaire: Questionnaire
    themes: pd.DataFrame
    latest_sent: pd.Timestamp | None
    """When the response was sent that was sent last; None while there is none."""

    @property
    def frames(self) -> Frames:
        """Everything as one: for what is not counted by filter, and is asked for seldom."""
        return self.kept.whole

    @property
    def answered(self) -> int:
        """How many responses there are."""
        return int(self.cube.responses[0].sum())

    def answers_called(self, role: str) -> pd.Series:
        """What the answers of the item of that role are called, by code; empty where a wave does not ask it."""
        return _called(one for one in self._options(role) if one.standing is Standing.ANSWER)

    def choices_called(self, role: str) -> pd.Series:
        """The same with all that can be chosen: also that somebody would rather not say."""
        return _called(self._options(role))

    def _options(self, role: str) -> Sequence[Option]:
        item = self.questionnaire.role(role)
        return item.options if isinstance(item, Optioned) else ()

    def names_of(self, column: str) -> pd.Series:
        """What the groups of a column of responses are called, by code: those that this wave asks each response about,
        or the languages it offers where there is more than one."""
        if column == "district":
            return self.scope.districts
        if column == "language":
            offered = {one.tongue for one in languages.offered(self.questionnaire.languages)}
            names = {code: one.english for code, one in languages.LANGUAGES.items() if code in offered}
            return pd.Series(names if len(names) > 1 else {}, dtype="str")
        of_each_child = {"age_band": self.scope.age_band, "plan": self.scope.plan}.get(column)
        return pd.Series(dtype="str") if of_each_child else self.answers_called(column)

    @property
    def for_ledger(self) -> ledger.Wave:
        """The wave as the ledger compares it: one that is still open says so in its title."""
        title = ledger.titled(self.wave.title, still_open=self.wave.is_open(datetime.now(UTC)))
        return ledger.Wave(self.wave.id, title, self.wave.first_day, self.frames, self.questionnaire)

    @cached_property
    def scope(self) -> Scope:
        """What can be counted, with candidate themes marked as a model's suggestions."""
        return _scope(self.questionnaire, self.themes)

    @cached_property
    def approved(self) -> Scope:
        """What can be counted, with the themes that people have approved alone."""
        return scope_of(self.questionnaire, self.themes[~self.themes["candidate"]])

    @cached_property
    def fieldwork(self) -> Fieldwork:
        """The wave as it is compared with others, with the themes that people have approved alone."""
        opened, closed = (
            pd.Timestamp(at).tz_convert(LOCAL).tz_localize(None) for at in (self.wave.opens_at, self.wave.closes_at)
        )
        return Fieldwork(self.wave.title, opened, closed, self.frames, self.approved, self.questionnaire)


def _called(options: Iterable[Option]) -> pd.Series:
    say = words_in("en")
    return pd.Series({one.code: say.of(one.text) for one in options}, dtype="str")


def _scope(questionnaire: Questionnaire, themes: pd.DataFrame) -> Scope:
    suggested = themes["label"].where(~themes["candidate"], themes["label"] + " (suggested)")
    return scope_of(questionnaire, themes.assign(label=suggested))


def _which(state: State) -> tuple[int, int]:
    """All that tells one state from another."""
    return state.wave.id, state.change


BY_STATE = {State: _which}


@dataclass
class _Held:
    """One wave in the memory of this process."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    state: State | None = None
    looked: float = 0.0


@st.cache_data(ttl=5, max_entries=1, show_spinner=False)
def waves() -> list[WaveFacts]:
    """Every wave there is: those that are open first, then by consultation, the latest of each first."""
    moment = datetime.now(UTC)
    with database.reading(database.engine()) as session:
        known = consultations.waves(session)
    latest_first = sorted(known, key=lambda one: one.opens_at, reverse=True)
    return sorted(latest_first, key=lambda one: (not one.is_open(moment), one.consultation_id))


def before(wave: WaveFacts, known: list[WaveFacts]) -> WaveFacts | None:
    """The wave of the same consultation that opened last before this one."""
    earlier = [one for one in known if one.consultation_id == wave.consultation_id and one.opens_at < wave.opens_at]
    return max(earlier, key=lambda one: one.opens_at, default=None)


def up_to(wave: WaveFacts, known: list[WaveFacts]) -> list[WaveFacts]:
    """The waves of the same consultation that opened before this one, and this one, oldest first."""
    earlier = [one for one in known if one.consultation_id == wave.consultation_id and one.opens_at < wave.opens_at]
    return [*sorted(earlier, key=lambda one: one.opens_at), wave]


@st.cache_resource(max_entries=32, show_spinner=False)
def _held(wave_id: int) -> _Held:  # noqa: ARG001, one for each
    return _Held()


def now(wave: WaveFacts) -> State:
    """The wave with everything that has been kept up to this moment, or up to a blink ago."""
    held = _held(wave.id)
    with held.lock:
        if held.state is None or time.monotonic() - held.looked > LOOK_EVERY_SECONDS:
            held.state = _brought_up_to_date(wave, held.state)
            held.looked = time.monotonic()
        return held.state


def _brought_up_to_date(wave: WaveFacts, state: State | None) -> State:
    with database.reading(database.engine()) as session:
        if state is not None and frames.latest_change(session, wave.id) == state.change:
            return state if state.wave == wave else replace(state, wave=wave)  # its dates may have been moved
        questionnaire = consultations.questionnaire_of(session, wave)
        news = frames.changes(session, wave, questionnaire.roles, since=state.change if state else 0)
        themes = check(frames.themes(session, wave.consultation_id), THEMES)
    fresh = upkeep.kept(
        Frames(
            check(news.responses, RESPONSES),
            check(news.answers, ANSWERS),
            check(news.comments, COMMENTS),
            check(news.codings, CODINGS),
        )
    )
    axes = axes_of(_scope(questionnaire, themes))
    if state is None:
        kept = upkeep.settle(fresh)
        return State(wave, news.change, kept, counted(kept.settled, axes), questionnaire, themes, _newest(fresh))
    gone = state.kept.rows_of(news.touched)
    kept = state.kept.with_news(fresh, news.touched)
    if news.all_codings or axes != state.cube.axes:
        standing = kept.whole._replace(codings=fresh.codings) if news.all_codings else kept.whole
        kept = upkeep.settle(standing)
        cube = counted(kept.settled, axes)
    else:
        cube = state.cube + counted(fresh, axes) - counted(gone, axes)
    known = State(wave, news.change, kept, cube, questionnaire, themes, _last(state, gone, fresh))
    if _are_taken_back(gone.comments, fresh.comments):
        for forget in _FORGETTING:
            forget(known)
    return known


def _last(state: State, gone: Frames, fresh: Frames) -> pd.Timestamp | None:
    """When the response was sent that was sent last of those that still stand."""
    before, left, came = state.latest_sent, _newest(gone), _newest(fresh)
    if left is not None and left == before and (came is None or came < left):  # it was taken back
        responses = state.frames.responses
        left_alone = responses[~responses["response_id"].isin(gone.responses["response_id"])]
        before = _newest(state.frames._replace(responses=left_alone))
    return max((moment for moment in (before, came) if moment is not None), default=None)


def _newest(seen: Frames) -> pd.Timestamp | None:
    return None if seen.responses.empty else seen.responses["sent_at"].max()


def when_words_go(forget: Callable[[State], None]) -> Callable[[State], None]:
    """Have this called whenever comments of a wave are gone: nothing made from their words may stay in memory.

    It is given the wave as it is then.
    """
    _FORGETTING.append(forget)
    return forget


def _are_taken_back(had: pd.DataFrame, now_there: pd.DataFrame) -> bool:
    """Whether comments that were known are gone, so that nothing made from their words may stay in memory."""
    had = had[had["words"] != ""]
    return not set(zip(had["comment_id"], had["words"], strict=True)) <= set(
        zip(now_there["comment_id"], now_there["words"], strict=True)
    )


def is_known(wave: WaveFacts) -> bool:
    """Whether this process has read the answers of a wave before, so that only what is new is read."""
    return _held(wave.id).state is not None


def look_again(wave: WaveFacts) -> None:
    """Somebody has just changed something and wants to see it: the next look is not put off."""
    _held(wave.id).looked = -float("inf")
