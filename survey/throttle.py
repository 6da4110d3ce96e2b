"""Slowing down whoever guesses passwords, without shutting out whoever mistypes theirs.

Each name, known here or not, has a few tries at once and then one every half minute. All names together have more, so
that guessing one password for many names is slow as well. Nobody is locked out for longer than that.
"""

import math
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

Clock = Callable[[], float]


class Allowance(NamedTuple):
    """So many tries at once, and another each time so many seconds have passed."""

    tries: int
    seconds: float


FOR_A_NAME = Allowance(tries=5, seconds=30)
FOR_ALL_NAMES = Allowance(tries=40, seconds=1.5)
MOST_NAMES = 10_000


class Throttle:
    """Counts failed tries in this process, by name and in all. Names are kept as hashes only."""

    def __init__(
        self, name: Allowance = FOR_A_NAME, everyone: Allowance = FOR_ALL_NAMES, clock: Clock = time.monotonic
    ) -> None:
        self._allowances = {"name": name, "everyone": everyone}
        self._clock = clock
        self._lock = threading.Lock()
        # When each would have its full allowance again, in the clock's seconds.
        self._full_again: dict[str, float] = {}

    def take(self, name: str) -> int:
        """Use up one try for that name. Gives 0 if there was one, or else how many seconds to wait for the next."""
        keys = {_hashed(name): self._allowances["name"], "": self._allowances["everyone"]}
        with self._lock:
            now = self._clock()
            wait = max(self._wait(key, allowance, now) for key, allowance in keys.items())
            if wait > 0:
                return math.ceil(wait)
            for key, allowance in keys.items():
                self._full_again[key] = max(self._full_again.get(key, now), now) + allowance.seconds
            self._forget(now)
            return 0

    def give_back(self, name: str) -> None:
        """The try succeeded: it does not count, and the earlier ones for that name are forgotten."""
        with self._lock:
            self._full_again.pop(_hashed(name), None)
            self._full_again[""] = self._full_again.get("", 0.0) - self._allowances["everyone"].seconds

    def _wait(self, key: str, allowance: Allowance, now: float) -> float:
        used = (self._full_again.get(key, now) - now) / allowance.seconds
        return (used - (allowance.tries - 1)) * allowance.seconds

    def _forget(self, now: float) -> None:
        """Names whose allowance is full again need no memory; beyond the limit the oldest go."""
        if len(self._full_again) > MOST_NAMES:
            kept = sorted(((full, key) for key, full in self._full_again.items() if full > now), reverse=True)
            self._full_again = {key: full for full, key in kept[: MOST_NAMES // 2]} | {"": self._full_again[""]}


def _hashed(name: str) -> str:
    return sha256(" ".join(name.casefold().split()).encode(errors="replace")).hexdigest()
