"""What an officer chose to look at. It stands in the address, so that a view can be kept, sent on and gone back to."""

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from analysis.charts.arrivals import NAMES as CHANNELS
from analysis.columns import Sentiment
from analysis.overview import Chosen, Measure, Scope
from analysis.shelf import Order, Wanted
from analysis.suppression import Policy
from pages.ui import markup
from survey.consultations import WaveFacts

LONGEST_SHOWN = 60
UNKNOWN, TOGETHER = "filters-unknown", "filters-together"
ALL_SERVICES, ALL_DISTRICTS, ALL_WAYS = "All services", "All districts", "All ways"
SEEN_TOGETHER = (
    "Leaders see everybody together. The address asks for one service, one district or one way of answering alone; "
    "everybody is shown instead."
)
SENTIMENTS = pd.Series({str(one): str(one).capitalize() for one in Sentiment})
STANCES = pd.Series({"praise": "Praises", "criticism": "Criticises", "request": "Asks for something"})


def wave(known: list[WaveFacts]) -> WaveFacts:
    """The wave to look at: the first of those known, until somebody chooses another."""
    titles = _titles(known)
    return known[titles.index(_select("wave", "Wave", titles))]


def earlier(before: list[WaveFacts]) -> WaveFacts:
    """The earlier wave to compare with: the latest of those before, until somebody chooses another."""
    latest_first = before[::-1]
    titles = _titles(latest_first)
    return latest_first[titles.index(_select("since", "Compare with", titles))]


def followed(kinds: list[str]) -> str:
    """What sort of thing to follow over the waves: the first, until somebody chooses another."""
    return _select("follow", "Follow", kinds)


def line(kind: str, names: list[str]) -> int:
    """Which of the things of that sort to follow. Each sort keeps its own, so that going back finds it again."""
    return names.index(_select(f"follow-{kind.lower()}", "Which", names))


def mix(names: list[str]) -> int:
    """By what families are told apart when a mix is held fixed."""
    return names.index(_pick("mix", "Families told apart by", names))


def chosen(scope: Scope, policy: Policy) -> Chosen:
    """The filters, each only where there is something to choose from; for whoever reads out there are none."""
    if policy.is_read_out:
        return _together("service", "district", "channel")
    return Chosen(
        service=_one_of("service", "Service", ALL_SERVICES, scope.services),
        district=_one_of("district", "District", ALL_DISTRICTS, scope.districts),
        channel=_channel(),
    )


def way(policy: Policy) -> Chosen:
    """The one filter that a whole board can have: how people answered."""
    return _together("channel") if policy.is_read_out else Chosen(channel=_channel())


def measure(scope: Scope, measures: Iterable[Measure]) -> Measure:
    """What the board and the map show a share of: one of these, of those that the wave asks about."""
    asked = {Measure.RATED_GOOD: scope.rating, Measure.AGREED: scope.scaled}
    offered = [one for one in measures if asked.get(one, True)]
    return Measure(_pick("measure", "Show", [str(one) for one in offered]))


def tag(labels: Mapping[str, str]) -> str:
    """The tag of a framework that is to be on every action shown, '' for all."""
    return _one_of("tag", "Framework", "All actions", pd.Series(dict(labels), dtype="str"))


def one_service(services: pd.Series, *, preferred: str) -> str:
    """The service, or statement, to show alone: chosen already, or picked here."""
    if preferred:
        return preferred
    names = list(services)
    return str(services.index[names.index(_select("one", f"{str(services.name).capitalize()} to show", names))])


def one_district(scope: Scope) -> str:
    """The district to show alone."""
    names = list(scope.districts)
    return str(scope.districts.index[names.index(_select("where", "District to show", names))])


def whole_board() -> bool:
    """Whether to show every service at once, or one: on a phone one, unless somebody wants it otherwise."""
    ways = ["All services at once", "One service at a time"]
    return _pick("view", "Layout", ways[::-1] if _on_a_phone() else ways) == ways[0]


def every_district() -> bool:
    """Whether to show all districts, or one: on a phone one, unless somebody wants it otherwise."""
    ways = ["All districts at once", "One district at a time"]
    return _pick("layout", "Layout", ways[::-1] if _on_a_phone() else ways) == ways[0]


def by_evidence() -> bool:
    """Whether what stands out is to stand by the strength of evidence rather than by name."""
    ways = ["By name", "Strongest evidence first"]
    return _pick("order", "Order", ways) == ways[1]


def view(offered: list[str]) -> str:
    """Which of the views of a page to show: the first, until somebody chooses another."""
    return _pick("view", "Show", offered)


def comments(scope: Scope, questions: pd.Series, tongues: pd.Series) -> Wanted:
    """Which comments to read: names of questions and languages by code, everything else from the scope."""
    return Wanted(
        item=_one_of("question", "Question", "All questions", questions),
        service=_one_of("service", "Service", ALL_SERVICES, scope.services),
        district=_one_of("district", "District", ALL_DISTRICTS, scope.districts),
        theme=_one_of("theme", "Theme", "All themes", scope.themes),
        sentiment=_one_of("sentiment", "Sentiment", "All sentiments", SENTIMENTS),
        stance=_one_of("does", "What it does", "Anything", STANCES),
        language=_one_of("tongue", "Language", "All languages", tongues),
    )


def read_or_not() -> str:
    """Whether to show comments that whoever is looking has read: "read", "unread" or '' for both."""
    names = pd.Series({"unread": "Not read by me", "read": "Read by me"})
    return _one_of("seen", "Read or not", "Both", names)


def marked(flags: pd.Series, *, any_flag: str, noted: str) -> str:
    """The code of a flag, of any flag, of notes, or '' whatever stands beside a comment."""
    names = {any_flag: "Any flag", **{code: f"Flag: {name}" for code, name in flags.items()}, noted: "With notes"}
    return _one_of("marked", "Flags and notes", "Whatever it has", pd.Series(names))


def comment_order() -> Order:
    """In which order to read."""
    return Order(_select("sort", "Order", [str(one) for one in Order]))


def notes() -> None:
    """Say what the address asked for that is not here, until something is chosen in its place.

    Called when everything on the page that an address can ask for has been offered.
    """
    if st.session_state.pop(TOGETHER, False):
        markup.draw(markup.notice(SEEN_TOGETHER))
    for note in st.session_state.get(UNKNOWN, {}).values():
        markup.draw(markup.notice(note))


def _together(*keys: str) -> Chosen:
    """Everybody, for whoever may not choose; said, where the address asks for some of them."""
    everybody = {ALL_SERVICES, ALL_DISTRICTS, ALL_WAYS}
    asks = any(st.query_params.get(key, ALL_WAYS) not in everybody for key in keys)
    st.session_state[TOGETHER] = asks
    return Chosen()


def _channel() -> str:
    channels = pd.Series({str(channel): name for channel, name in CHANNELS.items()})
    return _one_of("channel", "How they answered", ALL_WAYS, channels)


def _one_of(key: str, label: str, every: str, names: pd.Series) -> str:
    """The code of what is chosen, '' for all."""
    if names.empty:
        return ""
    codes = {every: "", **{str(name): str(code) for code, name in names.items()}}
    return codes[_select(key, label, list(codes))]


def _select(key: str, label: str, options: list[str]) -> str:
    _remember_unknown(key, label, options)
    return st.selectbox(
        label, options, key=key, bind="query-params", filter_mode=None, on_change=_forget_unknown, args=(key,)
    )


def _pick(key: str, label: str, options: list[str]) -> str:
    _remember_unknown(key, label, options)
    return st.radio(
        label, options, key=key, bind="query-params", horizontal=True, on_change=_forget_unknown, args=(key,)
    )


def _remember_unknown(key: str, label: str, options: list[str]) -> None:
    """An address can be old, or edited by hand: what it names and we do not know is set aside and said."""
    asked = st.query_params.get(key)
    if asked is None or asked in options:
        return
    shown = asked if len(asked) <= LONGEST_SHOWN else asked[:LONGEST_SHOWN] + "…"
    note = f"The address asks for “{shown}” under {label}, which is not here. {options[0]} is shown instead."
    st.session_state[UNKNOWN] = {**st.session_state.get(UNKNOWN, {}), key: note}


def _forget_unknown(key: str) -> None:
    left = {other: note for other, note in st.session_state.get(UNKNOWN, {}).items() if other != key}
    st.session_state[UNKNOWN] = left


def _titles(known: list[WaveFacts]) -> list[str]:
    """What each wave is called: by its consultation too where two share a title, then by its code as well."""
    plain = [one.title for one in known]
    fuller = [f"{one.consultation_title}: {one.title}" for one in known]
    told = [long if plain.count(short) > 1 else short for short, long in zip(plain, fuller, strict=True)]
    return [f"{name} ({one.code})" if told.count(name) > 1 else name for name, one in zip(told, known, strict=True)]


def _on_a_phone() -> bool:
    agent = st.context.headers.get("User-Agent")
    return isinstance(agent, str) and "Mobi" in agent
