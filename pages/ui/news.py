"""What a watched page is told of without being drawn again: the numbers at its top, and when the latest answers came.

It is made once for everybody who watches the same page under the same filters and policy. It stands in the page as
markup that says what it is news of; the page's own script hears what it has become since (``pages/serving/news.py``)
and writes it there. The number of the change goes with it, so that what is older never takes the place of what is
newer.
"""

import json
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from analysis.charts.arrivals import NAMES as CHANNELS
from analysis.overview import Chosen, Scope
from analysis.suppression import Policy
from pages.ui import data, doors, markup, show
from pages.ui.data import State
from pages.ui.doors import Door
from pages.ui.markup import Piece
from survey.local_days import LOCAL

LONGEST: Final = 500  # of what a page can ask for
PAGES: Final = {door.path: door for door in doors.STAFF}
NUMBERED: Final = frozenset({doors.LIVE_RESULTS})


class Subject(NamedTuple):
    """What news is of: a page, the number of a wave, and what is chosen there."""

    door: Door
    wave: int
    chosen: Chosen


def draw(state: State, door: Door, chosen: Chosen, policy: Policy) -> None:
    """The news as it is by now, in a place where the page's script can write what it becomes."""
    numbers = _numbers(state, door, chosen, policy)
    pieces = ([markup.numbers(numbers)] if numbers else []) + [markup.paragraph(_latest(state), style="heard-small")]
    markup.draw_watched(Piece("".join(pieces)), asked=asking(door, state.wave.id, chosen), change=state.change)


def asking(door: Door, wave: int, chosen: Chosen) -> str:
    """How the page's script asks for news of a page, of the wave of that number under what is chosen."""
    filters = {name: code for name, code in chosen._asdict().items() if code}
    return urlencode({"page": door.path, "wave": wave} | filters)


def subject_of(asked: str) -> Subject | None:
    """What a page's script asks for; None if no page of ours asks so."""
    fields = dict(parse_qsl(asked)) if len(asked) <= LONGEST else {}
    door, wave = PAGES.get(fields.pop("page", "")), fields.pop("wave", "")
    if door is None or not (wave.isascii() and wave.isdecimal()) or not fields.keys() <= set(Chosen._fields):
        return None
    return Subject(door, int(wave), Chosen(**fields))


def told(asked: str, subject: Subject, policy: Policy) -> str:
    """The news for the page's script, as JSON; "" where there is no such wave, or nothing of what is chosen that this
    reader can choose."""
    if any(subject.chosen) and policy.is_read_out:
        return ""
    wave = next((one for one in data.waves() if one.id == subject.wave), None)
    if wave is None:
        return ""
    state = data.now(wave)
    if not _are_there(subject.chosen, state.scope):
        return ""
    return json.dumps(
        {
            "asked": asked,
            "change": state.change,
            "numbers": _numbers(state, subject.door, subject.chosen, policy),
            "latest": _latest(state),
        }
    )


def _are_there(chosen: Chosen, scope: Scope) -> bool:
    offered = (scope.services.index, scope.districts.index, [str(channel) for channel in CHANNELS])
    return all(not code or code in known for code, known in zip(chosen, offered, strict=True))


def _numbers(state: State, door: Door, chosen: Chosen, policy: Policy) -> list[tuple[str, str]]:
    return show.overview_numbers(data.counted(state, chosen, policy)) if door in NUMBERED else []


def _latest(state: State) -> str:
    """On which day the latest answers came: what stands here changes only when something has come in.

    The hour is told nowhere: somebody who saw it being sent would know whose it is.
    """
    if state.latest_sent is None:
        return "Nobody has answered yet. This page shows answers as they arrive."
    latest = state.latest_sent.tz_convert(LOCAL)
    return f"This page shows answers as they arrive. The latest came on {latest:%-d %B %Y}."
