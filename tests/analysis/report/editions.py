"""Editions of reports to make files from, of waves that groups of people made up."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pandas as pd

from analysis.ledger import Felt, Figure, Later, Outcome
from analysis.ratings import ratings
from analysis.record import Named
from analysis.report.breaks import Breaks
from analysis.report.content import Content, Coverage, Decided, Details, Quote, Sentence, Table, Versions
from analysis.report.decided import decided
from analysis.report.edition import Edited, Edition
from analysis.report.making import content
from analysis.report.profile import profile
from analysis.report.voices import Places, voices
from analysis.summary import Said, summary
from analysis.suppression import LEADER, Policy, release
from survey.ledger import Action, ActionState, Compared, Evidence, Plan
from tests.analysis.summing import DISTRICTS, NOW, THEMES, said

BEFORE = said(
    "Spring 2025",
    (60, "north", "waiting", "negative", "criticism"),
    (40, "south", "waiting", "positive", "praise"),
    (100, "south", "kind", "positive", "praise"),
)
SIGNED_AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
LANGUAGES = pd.Series({"en": "English", "ur": "Urdu"})
SERVICES = pd.DataFrame({"service": ["slt", "ehcp"], "count": [120, 44], "base": [200, 90]})
SERVICES_THEN = SERVICES.assign(count=[60, 40])
SERVICE_NAMES = pd.Series({"slt": "Speech and language therapy", "ehcp": "=Plans"})
BROKEN = pd.Series({"slt": "", "ehcp": "“=Plans” was called “Plans” in Spring 2025."})
COVERED = Table(
    "coverage",
    "Whom the summary speaks for, beside chance",
    ("By", "Group", "Comments", "Spoken for", "By chance", "Chance, low", "Chance, high"),
    (
        ("Everybody", "All comments measured", 200.0, 0.71, 0.55, 0.49, 0.61),
        ("District", "Southtown", None, None, None, None, None),
    ),
    "Groups of fewer than 30 comments are too small to compare.",
)


def made(
    now: Said = NOW,
    before: Said | None = BEFORE,
    themes: pd.DataFrame = THEMES,
    *,
    policy: Policy = LEADER,
    covered: bool = True,
    comments_break: str = "",
) -> Content:
    """All that a report of that wave says."""
    told = summary(now, None if comments_break else before, themes, DISTRICTS, policy)
    broken = Breaks(before.title, comments_break, BROKEN) if before else None
    spoken = voices(now, told, Places({}, {}), DISTRICTS, policy, names={}, seed=7)
    report = content(
        told,
        spoken,
        details=Details(
            "SEND services", "statutory consultation", "Lancashire County Council", now.title, now.code,
            datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC), before.title if before else "",
            date(2027, 1, 15), rating="How good has it been?", own_words=("What works well?", "What would you change?"),
        ),
        names=themes["label"],
        profile=profile(now.responses, {"district": DISTRICTS, "language": LANGUAGES}, policy),
        services=release(SERVICES, policy),
        service_names=SERVICE_NAMES,
        good="very good or good",
        versions=Versions(4321, 5, 12, "0.1.0+abc", 7, ("rules-1",)),
        here=("240 comments so far, of which 230 have been read.", "Nobody has checked the program here."),
        policy=policy,
        rated=ratings(SERVICES, SERVICES_THEN, SERVICE_NAMES, policy, BROKEN) if before else (),
        broken=broken,
    )  # fmt: skip
    coverage = Coverage((Sentence("coverage.none", "Nothing has been compared."),), COVERED) if covered else Coverage()
    return replace(report, coverage=coverage)


@cache
def usual() -> Content:
    """The report of two waves that most tests are content with."""
    return made()


def edition(report: Content | None = None, **given: object) -> Edition:
    """A report that was signed off."""
    told = {"title": "What families said", "dated": SIGNED_AT, "number": 3, "signed_by": "officer"}
    return Edition(content=report or usual(), **(told | given))


def worded(report: Content) -> dict[str, Edited]:
    """One of its sentences put in other words."""
    return {report.findings[0].how_many.key: Edited("Most families wait too long.", "officer", SIGNED_AT)}


FOUND = Outcome(
    Felt.FELT,
    3,
    Figure(0.4, 0.33, 0.47, 200),
    Figure(0.25, 0.2, 0.31, 300),
    -0.23,
    -0.07,
    later=(Later("Spring 2027", Figure(0.26, 0.2, 0.34, 150)), Later("Spring 2028", None)),
    reworded=("Autumn 2027",),
)
"""What later waves say of the first action below."""


def ledger() -> tuple[Decided, ...]:
    """An action that was felt, one that nobody has compared yet, one decided against, and one about a retired theme."""
    about = {1: "Waiting", 2: "Kindness", 3: "=Plans", 4: "Forms (retired)"}
    plans = [
        Plan(
            "Two more therapists", 1, theme_id=1, owner="Head of therapy", due=date(2027, 3, 1), predicted=-10,
            districts=("north",), tags=("f.help",),
        ),
        Plan("A thank-you", 1, theme_id=2),
        Plan("A new form", 1, service="ehcp"),
        Plan("Shorter forms", 1, theme_id=4),
    ]  # fmt: skip
    states = [ActionState.DONE, ActionState.PLANNED, ActionState.REFUSED, ActionState.PLANNED]
    evidence = [Evidence(0.4, 0.33, 0.47, 200), *[Evidence()] * 3]
    actions = [
        Action(number, 1, state, plan, "It costs too much" if number == 3 else "", shown,
               Compared(3, "felt") if number == 1 else None, {}, ())
        for number, (state, plan, shown) in enumerate(zip(states, plans, evidence, strict=True), start=1)
    ]  # fmt: skip
    named = Named({"waiting": "Waiting", "kind": "Kindness"}, {"ehcp": "=Plans"}, DISTRICTS.to_dict(),
                  {1: "Spring 2026"}, {1: "waiting", 2: "kind"})  # fmt: skip
    found = {1: FOUND, 2: Outcome(Felt.EARLY), 3: Outcome(Felt.EARLY)}
    return decided(actions, found, named, about, {"f.help": "Help comes in time"}, today=date(2027, 6, 1))


def quoting(report: Content, *words: str) -> Content:
    """The report with those quotations under its first theme and none else."""
    first = report.findings[0].theme if report.findings else ""
    return report.with_quotes(
        tuple(Quote(place, one, "en", "negative", "", first) for place, one in enumerate(words, start=1))
    )
