"""A parent answering, as the server sees them: fills in what is on the screen and goes on until it is sent."""

import asyncio
import random
from dataclasses import dataclass, field

import httpx

from tests.load.client import Session, StepFailed, Widget

MOST_STEPS = 40
SKIP = "No, skip the equality questions"
COMMENTS = (
    "More appointments after school please, we cannot get to them in working hours.",
    "We waited eleven months for the assessment and nobody told us what was happening.",
    "The SENCO has been brilliant, she rings me back the same day.",
    "Speech therapy stopped when he turned seven and we were never told why.",
)


@dataclass
class Visits:
    """What many respondents together went through."""

    first_seconds: list[float] = field(default_factory=list)
    step_seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    sent: int = 0


async def answer(address: str, http: httpx.AsyncClient, visits: Visits, think_seconds: float, seed: int) -> None:
    """One respondent, from the first page to the thank-you page; a failure is noted, not raised."""
    session, chance = Session(address), random.Random(seed)
    try:
        visits.first_seconds.append(await session.open(http))
        await answer_all(session, chance, think_seconds, visits.step_seconds)
        visits.sent += 1
    except (StepFailed, OSError, httpx.HTTPError) as problem:
        visits.failures.append(f"{type(problem).__name__}: {problem}"[:200])
    finally:
        await session.close()


async def answer_all(
    session: Session, chance: random.Random, think_seconds: float, seconds: list[float], words: str = ""
) -> None:
    """Press the way on until there is none, filling in whatever each page asks."""
    for _ in range(MOST_STEPS):
        onward = way_on(session)
        if onward is None:
            return
        await asyncio.sleep(think_seconds * chance.uniform(0.5, 1.5))
        fill_in(session, chance, words)
        seconds.append(await session.step(press=onward))
    raise StepFailed(f"still asked questions after {MOST_STEPS} steps: stuck at {way_on(session)}")


def way_on(session: Session) -> Widget | None:
    """The page's main button (Start now, Continue, Send my answers), or the one that skips what need not be asked."""
    buttons = list(reversed(session.shown("button")))
    skips = (button for button in buttons if button.label == SKIP)
    return next(skips, next((button for button in buttons if button.primary), None))


def fill_in(session: Session, chance: random.Random, words: str = "") -> None:
    for radio in session.shown("radio", "selectbox"):
        session.fill(radio, chance.choice(radio.options))
    boxes = session.shown("checkbox")
    for box in chance.sample(boxes, min(2, len(boxes))):
        session.fill(box, True)
    for area in session.shown("text_area"):
        session.fill(area, words or chance.choice(COMMENTS))
