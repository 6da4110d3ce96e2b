"""The themed summary of a wave, with all that it rests on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Final, NamedTuple

import pandas as pd
import streamlit as st

from analysis import check_words, children, methods, tallies
from analysis.charts.chart import Chart, Look
from analysis.charts.themes import themes as themes_chart
from analysis.ratings import Rated, ratings
from analysis.report.breaks import breaks
from analysis.report.content import TONES, Content, Details, Table, Versions
from analysis.report.making import content
from analysis.report.profile import of_children, profile
from analysis.report.steps import Step, Tell
from analysis.report.voices import decoded, voices
from analysis.summary import Said, summary
from analysis.suppression import Policy, release
from pages.ui import tongues
from pages.ui.data.checks import came_of
from pages.ui.data.known import BY_STATE, State, when_words_go
from survey import check_samples, database, details, frames, reports, safeguarding, teaching
from survey.checked import checked
from survey.questionnaire import Comment
from survey.wording import words_in

_MAKERS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="heard-summary")
"""Where summaries are made: whoever waits for one can be told meanwhile how far it is."""


class Report(NamedTuple):
    """The summary as it stands: what it says, its chart, its table of services, and whom it leaves out."""

    content: Content
    themes: Chart
    services: list[Rated]
    left_out: tuple[int, ...]
    """Comments that nothing in it speaks for, for officers to read."""


class Asked(NamedTuple):
    """What a summary depends on beside the state of its waves."""

    seed: int
    struck: tuple[int, ...]  # comments that may not be quoted, because somebody struck them out
    placed: int  # comments whose place in meaning is known
    version: reports.Version
    sample: check_samples.Sample | None  # the last that people have finished coding
    learnt_since: bool  # whether the computer has been taught by it, which then cannot judge it


def asked(state: State) -> Asked:
    """What the summary of a wave depends on now: a few numbers, read each time."""
    with database.reading(database.engine()) as session:
        samples = check_samples.samples(session, state.wave.consultation_id)
        sample = next((one for one in samples if one.ended_at is not None), None)
        return Asked(
            reports.seed_of(state.wave),
            tuple(sorted(one.comment_id for one in reports.struck(session, state.wave.id))),
            reports.how_many_placed(session, state.wave.id),
            reports.version(session, state.wave.consultation_id),
            sample,
            sample is not None and teaching.has_learnt_since(session, state.wave.consultation_id, sample.drawn_at),
        )


class Making:
    """A summary that is being made, or has been: once, however many people wait for it."""

    def __init__(self, make: Callable[[Tell], Report]) -> None:
        self.step: Step | None = None
        """The step that it is at; None before the first."""
        self._made = _MAKERS.submit(make, self._tell)

    def _tell(self, step: Step) -> None:
        self.step = step

    def is_made(self, within: float) -> bool:
        """Whether it is made, or could not be, after so many seconds at most."""
        return bool(wait([self._made], timeout=within).done)

    @property
    def has_failed(self) -> bool:
        """Whether it could not be made, so that the next who asks has it tried again."""
        return self._made.done() and self._made.exception() is not None

    @property
    def report(self) -> Report:
        """The summary; whoever asks for it waits until it is there."""
        return self._made.result()


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_STATE, validate=lambda made: not made.has_failed)
def making(state: State, before: State | None, policy: Policy, look: Look, asked: Asked) -> Making:
    """The themed summary of a wave beside the one before, which may still be being made."""
    return Making(lambda tell: _report(state, before, policy, look, asked, tell))


def _report(state: State, before: State | None, policy: Policy, look: Look, asked: Asked, tell: Tell) -> Report:
    tell(Step.COUNTING)
    scope, now_said = state.approved, _said(state)
    broken = breaks(state.fieldwork, before.fieldwork) if before else None
    compared = before if broken and not broken.comments else None
    themes = state.themes[~state.themes["candidate"]].set_index("theme")[["label", "description"]]
    told = summary(now_said, _said(compared) if compared else None, themes, scope.districts, policy)
    tell(Step.PLACING)
    with database.reading(database.engine()) as session:
        places = decoded(*reports.places(session, state.wave))
        details_of_it = _details(session, state, before)
        readers = tuple(frames.read_by(session, state.wave.id))
        checked_here = _checked(session, state, asked, policy)
    districts = scope.districts.to_dict() | {"outside": "Outside Lancashire", "not_sure": "Not sure"}
    names = tongues.NAMES | districts | {str(tone): called for tone, called in TONES.items()}
    spoken = voices(
        now_said, told, places, scope.districts, policy, names=names, seed=asked.seed, struck=asked.struck, tell=tell
    )
    tell(Step.WRITING)
    rated = _rated(state)
    why = broken.services if broken else None
    services = ratings(rated, _rated(before) if before else None, scope.services, policy, why)
    made = content(
        told,
        spoken,
        details=details_of_it,
        names=scope.themes,
        profile=_profile(state, districts, policy),
        services=release(rated, policy),
        service_names=scope.services,
        good=scope.good,
        of_children=scope.rated_by_child,
        versions=Versions(state.change, *asked.version, asked.seed, readers),
        here=(*methods.here(state.frames, list(themes.index), policy), *checked_here),
        policy=policy,
        rated=services,
        broken=broken,
    )
    chart = themes_chart(told.figures, told.split, scope.themes, look)
    return Report(made, chart, services, spoken.left_out)


def _profile(state: State, districts: dict[str, str], policy: Policy) -> tuple[Table, ...]:
    """Who answered, and of each child what was asked of each."""
    scope, frames = state.approved, state.frames
    each = {"age_band": scope.age_band, "plan": scope.plan}
    names = {"district": pd.Series(districts), "language": pd.Series(tongues.NAMES)}
    names |= {column: state.choices_called(column) for column in each if len(state.names_of(column)) > 0}
    asked = {column: one for column, one in each.items() if one is not None}
    items = {column: one.item for column, one in asked.items()}
    told = children.children(frames.answers, frames.comments, **items) if asked else None
    of_each = (
        of_children(told, {column: one.answers for column, one in asked.items()}, policy) if told is not None else ()
    )
    return (*profile(frames.responses, names, policy), *of_each)


def _checked(session: database.Session, state: State, asked: Asked, policy: Policy) -> list[str]:
    """How good people who checked the reading here found it, or that nobody has."""
    if asked.sample is None:
        return [check_words.NOBODY]
    found = checked(session, state.wave.consultation_id, asked.sample)
    if found.codings.empty:
        return [check_words.NOBODY]
    return check_words.in_short(came_of(found, policy), policy, learnt_since=asked.learnt_since)


def may_be_quoted(state: State) -> frozenset[int]:
    """The comments of people who agreed to be quoted and cannot be recognised by it, but for those struck out."""
    said = _said(state)
    people = said.responses.loc[said.responses["quotable"], "response_id"]
    mine = said.comments.loc[said.comments["response_id"].isin(people), "comment_id"]
    return frozenset(mine.tolist()) - frozenset(asked(state).struck)


def _details(session: database.Session, state: State, before: State | None) -> Details:
    wave = state.wave
    kind, decision_date = reports.about(session, wave)
    say, rating = words_in("en"), state.questionnaire.role("rating")
    return Details(
        consultation=wave.consultation_title,
        kind=kind,
        owner=wave.owner,
        wave=wave.title,
        wave_code=wave.code,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        before=before.wave.title if before else "",
        decision_date=decision_date,
        demonstration=wave.demonstration,
        rating=say.of(rating.text) if rating else "",
        own_words=tuple(say.of(one.text) for _, one in state.questionnaire.items() if isinstance(one, Comment)),
    )


def _said(state: State) -> Said:
    """What a wave says. By whose comment somebody may be recognised, or harm disclosed, of theirs none is quoted."""
    seen = state.frames
    with database.reading(database.engine()) as session:
        telling = details.not_to_be_quoted(session, state.wave.id)
        telling |= safeguarding.not_to_be_quoted(session, state.wave.id)
    quotable = seen.responses["quotable"] & ~seen.responses["response_id"].isin(telling)
    frame = children.children(seen.answers, seen.comments) if state.approved.tells_of_children else None
    told = children.told(frame) if frame is not None else None
    people = seen.responses.assign(quotable=quotable)
    return Said(state.wave.title, people, seen.comments, seen.codings, told, state.wave.code)


def _rated(state: State) -> pd.DataFrame:
    scope = state.approved
    said = tallies.rated(state.frames.answers, state.frames.responses, item=scope.rating, tones=scope.tones)
    return (children if scope.rated_by_child else tallies).by_service(said, list(scope.services.index))


@when_words_go
def _forget(_: State) -> None:
    making.clear()
