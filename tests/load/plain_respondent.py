"""A parent answering at the plain door, as the server sees them: reads each form, fills it in, sends it."""

import asyncio
import random
import ssl
import time
from collections.abc import Awaitable, Callable

import httpx

from tests.forms import Form, Reader
from tests.load.respondent import COMMENTS, MOST_STEPS, SKIP, Visits

START, SEND = "/s/send-services", "Send my answers"
# The server ends a connection that has rested for five seconds; a browser that meets that tries again by itself.
LIMITS = httpx.Limits(keepalive_expiry=2)
TLS = ssl.create_default_context()  # made once: five hundred of them would be the measurement


class Refused(Exception):
    """The server did not answer as it should have."""


async def at_once() -> None:
    """Wait for nothing before sending."""


async def answer(
    address: str,
    _: httpx.AsyncClient,
    visits: Visits,
    think_seconds: float,
    seed: int,
    before_sending: Callable[[], Awaitable[None]] = at_once,
) -> None:
    """One respondent, from the first page to the thank-you page; a failure is noted, not raised.

    Each has a browser of their own: a cookie is all that tells them apart.
    """
    chance = random.Random(seed)
    try:
        async with httpx.AsyncClient(
            base_url=address, timeout=120, follow_redirects=True, verify=TLS, limits=LIMITS
        ) as browser:
            started = time.perf_counter()
            page = _read(await browser.get(START))
            visits.first_seconds.append(time.perf_counter() - started)
            for _ in range(MOST_STEPS):
                form = next((form for form in page.forms if _way_on(form)), None)
                if form is None:
                    break
                await asyncio.sleep(think_seconds * chance.uniform(0.5, 1.5))
                if _way_on(form) == SEND:
                    await before_sending()
                sent = _filled_in(form, chance)
                started = time.perf_counter()
                answered = await browser.post(form.action, data=sent)
                visits.step_seconds.append(time.perf_counter() - started)
                if answered.status_code == httpx.codes.TOO_MANY_REQUESTS:  # quicker than people: the page says to wait
                    await asyncio.sleep(int(answered.headers["retry-after"]))
                    page = Reader(answered.text)
                    continue
                page = _read(answered)
        visits.sent += 1
    except (Refused, httpx.HTTPError) as problem:
        visits.failures.append(f"{type(problem).__name__}: {problem}"[:200])


def _read(answered: httpx.Response) -> Reader:
    if answered.status_code != httpx.codes.OK:
        raise Refused(f"{answered.status_code} at {answered.url.path}")
    return Reader(answered.text)


def _way_on(form: Form) -> str:
    """The form's main button; "" for the one that would begin another family's answers."""
    onward = ("Start now", "Continue", SEND, SKIP)
    return next((button for button in form.buttons if button in onward), "")


def _filled_in(form: Form, chance: random.Random) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in form.fields:
        sent.setdefault(name, []).append(value)
    sent |= {name: [chance.choice(codes)] for name, codes in form.radios.items()}
    sent |= {name: chance.sample(codes, min(2, len(codes))) for name, codes in form.checkboxes.items()}
    sent |= {name: [chance.choice(COMMENTS)] for name in form.boxes}
    name, value = form.buttons[_way_on(form)]
    return sent | ({name: [value]} if name else {})
