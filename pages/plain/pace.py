"""How fast the plain door takes what is sent: far faster than people are, and not as fast as programs.

Counted in this process's memory, by the draft's cookie and for everybody together. No address is looked at, so that
a school or a library, where many share one, is never shut out; whoever has begun goes on while others must wait.
"""

from typing import Final

from starlette.responses import Response

from survey.throttle import Allowance, Throttle

# New drafts, which are what a program that keeps no cookie would fill the database with.
starts: Final = Throttle(name=Allowance(tries=10, seconds=30), everyone=Allowance(tries=1_000, seconds=0.2))
# Everything else that writes: pages of answers, sending, deleting.
steps: Final = Throttle(name=Allowance(tries=60, seconds=0.5), everyone=Allowance(tries=2_000, seconds=0.005))


def wait(response: Response, seconds: int) -> Response:
    """The same page, which also tells programs when to come back."""
    response.headers["retry-after"] = str(seconds)
    return response
