"""Whether a person is sending: a box that nobody sees is empty, and the answers took the time that people take.

Nothing is known or kept of who sends. In doubt nothing is dropped either: the page says what to do, and it goes.
"""

from typing import Final, NamedTuple

from starlette.datastructures import FormData

from pages.plain import form
from pages.plain.visit import Visit

BOX: Final = "website"  # programs that fill in forms know it; browsers have nothing to fill in under this name
SECONDS_A_PAGE: Final = 2
LONGEST_SECONDS: Final = 30  # which is what the sentence says


class Doubt(NamedTuple):
    """What makes it look as if no person were sending, and what to tell them."""

    sentence: str
    status: int
    boxed: str = ""  # what stands in the box: it is shown now, so that whoever did not write it can empty it
    seconds: int = 0  # how long to wait, where waiting helps


def about(visit: Visit, sent: FormData) -> Doubt | None:
    """What speaks against a person, or None. A draft begun on another device, or changed later, has its first start."""
    if boxed := form.line(sent, BOX):
        return Doubt("guard.empty_the_box", 422, boxed=boxed[:200])
    seconds = _still_to_wait(visit)
    return Doubt("guard.too_quick", 429, seconds=seconds) if seconds else None


def _still_to_wait(visit: Visit) -> int:
    """0 for anybody who took long enough, and where a clock was put back meanwhile."""
    if visit.draft is None:
        return 0
    least = min(SECONDS_A_PAGE * len(visit.walk), LONGEST_SECONDS)
    taken = (visit.now - visit.draft.started_at).total_seconds()
    return int(least - taken) + 1 if 0 <= taken < least else 0
