"""The ledger of one consultation, opened: its actions, what later waves say of them, and what everything is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from analysis.ledger import Asked, Outcome, asked_of
from analysis.record import MadeFrom, Named
from analysis.report.content import Decided
from analysis.report.decided import decided
from analysis.suppression import LEADER, PUBLIC, Policy
from pages.ui import data
from pages.ui.data import State
from survey import actions, frameworks, reports, standing_themes
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.ledger import Action, in_order
from survey.local_days import day_of
from survey.standing_themes import StandingTheme


@dataclass(frozen=True, eq=False)
class Book:
    """One consultation's ledger as it is now. What is shown in it has been released as for leaders."""

    wave: WaveFacts
    states: tuple[State, ...]
    """Every wave of the consultation, the oldest first."""
    actions: tuple[Action, ...]
    themes: tuple[StandingTheme, ...]
    theme_keys: Mapping[int, str]
    theme_labels: Mapping[int, str]
    """Of every theme that an action is about, retired ones too."""
    today: date

    @property
    def state(self) -> State:
        """The wave that somebody chose to look at."""
        return next(one for one in self.states if one.wave.id == self.wave.id)

    @cached_property
    def outcomes(self) -> Mapping[int, Outcome]:
        """What later waves say; one that is still open says so in its title."""
        return data.outcomes(self.states, self._asked, LEADER)

    @property
    def public_outcomes(self) -> Mapping[int, Outcome]:
        """The same, as released for the public."""
        return data.outcomes(self.states, self._asked, PUBLIC)

    @property
    def policy(self) -> Policy:
        """What may be shown on the staff's pages of the ledger."""
        return LEADER

    @cached_property
    def named(self) -> Named:
        """What things are called."""
        return Named(
            themes={one.key: one.label for one in self.themes},
            services={str(code): str(name) for code, name in self.state.approved.services.items()},
            districts={str(code): str(name) for code, name in self.state.approved.districts.items()},
            waves={one.wave.id: self._called(one.wave) for one in self.states},
            theme_keys=self.theme_keys,
        )

    @cached_property
    def made_from(self) -> MadeFrom:
        """Everything that has to be the same for what is made of this ledger and this wave to come out the same."""
        with reading(engine()) as session:
            version = reports.version(session, self.wave.consultation_id)
        return MadeFrom(change=self.state.change, frame=version.frame, act=version.act_id, code=version.code)

    @cached_property
    def tags(self) -> Mapping[str, str]:
        """What the tags of the frameworks are called."""
        return frameworks.labels()

    def about(self, action: Action) -> str:
        """What an action is about, in words."""
        plan = action.plan
        if plan.theme_id is None:
            return self.named.services.get(plan.service, plan.service)
        key = self.theme_keys.get(plan.theme_id)
        if key in self.named.themes:
            return self.named.themes[key]
        return f"{self.theme_labels.get(plan.theme_id, 'A theme')} (retired)"

    @cached_property
    def decided(self) -> Mapping[int, Decided]:
        """Every action as it is told of, by its number, in the order in which a ledger is read."""
        about = {one.id: self.about(one) for one in self.actions}
        told = decided(self.actions, self.outcomes, self.named, about, self.tags, today=self.today)
        return {one.number: one for one in told}

    def _called(self, wave: WaveFacts) -> str:
        """A wave's title, with its code where two share one."""
        shared = [one.wave.title for one in self.states].count(wave.title) > 1
        return f"{wave.title} ({wave.code})" if shared else wave.title

    @property
    def _asked(self) -> tuple[Asked, ...]:
        return tuple(asked_of(self.actions, self.theme_keys))


def opened(wave: WaveFacts, known: list[WaveFacts]) -> Book:
    """The ledger of the consultation that a wave belongs to."""
    mine = sorted((one for one in known if one.consultation_id == wave.consultation_id), key=lambda one: one.opens_at)
    states = tuple(data.now(one) for one in mine)
    today = day_of(datetime.now(UTC))
    with reading(engine()) as session:
        ledger = actions.ledger(session, wave.consultation_id)
        themes = standing_themes.standing(session, wave.consultation_id)
        keys = actions.theme_keys(session, wave.consultation_id)
        labels = actions.theme_labels(session, wave.consultation_id)
    return Book(wave, states, tuple(in_order(ledger, today)), tuple(themes), keys, labels, today)
