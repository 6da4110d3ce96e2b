"""What can be followed from wave to wave: every service, statement, theme, tone and district of a wave, counted.

Districts are put together and divided. An earlier wave is told in the districts of the later one, as far as they follow
one another, so that a series goes on and nobody is counted twice or lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analysis import children, comparability, tallies
from analysis.columns import Sentiment
from analysis.compare import Rise
from analysis.overview import Scope
from analysis.suppression import Policy, Released, release
from analysis.upkeep import Frames
from survey.questionnaire import Optioned, Questionnaire

TONES: Final = {
    Sentiment.NEGATIVE: "Negative comments",
    Sentiment.POSITIVE: "Positive comments",
    Sentiment.MIXED: "Mixed or unclear comments",
    Sentiment.NEUTRAL: "Neutral comments",
}
BY_PEOPLE: Final = ["count", "base", "effective", "people", "people_yes", "people_no"]


class Kind(StrEnum):
    """What sort of thing is followed. The value is its heading."""

    SENTIMENT = "Sentiment"
    SERVICE = "Services"
    STATEMENT = "Statements"
    THEME = "Themes"
    DISTRICT = "Districts"


@dataclass(frozen=True, eq=False)
class Fieldwork:
    """One wave, as it is compared with others. Its scope has the themes that are to be followed."""

    title: str
    opened: pd.Timestamp
    """Local time, without a time zone."""
    closed: pd.Timestamp
    frames: Frames
    scope: Scope
    asked: Questionnaire

    @property
    def responses(self) -> int:
        """How many answered."""
        return len(self.frames.responses)


def rise_of(kind: str, key: str) -> Rise:
    """What it means for a share to rise: more good ratings are good, more of a theme is neither good nor bad."""
    if kind == Kind.SENTIMENT:
        return {Sentiment.POSITIVE: Rise.GOOD, Sentiment.NEGATIVE: Rise.BAD}.get(Sentiment(key), Rise.NEITHER)
    return Rise.NEITHER if kind == Kind.THEME else Rise.GOOD


def told_in(wave: Fieldwork, into: Mapping[str, str], places: pd.DataFrame) -> Fieldwork:
    """An earlier wave in the districts of a later one.

    into says to which of them each earlier district belongs (see ``survey.areas.followed``), places are those of the
    later wave as its scope has them. Who lives in a district that none follows is in no district; everybody stays in
    the wave, and what is no district ("not sure") stays what it is.
    """
    old = set(wave.scope.places.index)
    kinds = pd.Categorical(wave.frames.responses["district"])
    became = [into.get(code, "") if code in old else code for code in kinds.categories]
    place, names = pd.factorize(pd.Series(became, dtype="str"))
    moved = pd.Categorical.from_codes(np.append(place, -1)[kinds.codes], categories=names)
    responses = wave.frames.responses.assign(district=moved)
    return replace(wave, frames=wave.frames._replace(responses=responses), scope=replace(wave.scope, places=places))


def lines(wave: Fieldwork, *, partly: frozenset[str] = frozenset()) -> pd.DataFrame:
    """Everything of a wave that can be followed: one row for each ``kind`` and ``key``, true numbers for the gate.

    Beside ``count`` of ``base`` stand ``effective`` (what the answers are worth) and ``people``, ``people_yes`` and
    ``people_no`` (who is behind them). ``sums`` says which rows add up to something that is shown elsewhere. partly
    names the districts of whose past only a part is known: they are left out.
    """
    kept = [code for code in wave.scope.places.index if code not in partly]
    said = rated(wave)
    found = [
        _of_kind(Kind.SENTIMENT, _sentiments(wave)),
        _of_kind(Kind.SERVICE, _services(wave, said)),
        _of_kind(Kind.STATEMENT, _statements(wave)),
        _of_kind(Kind.THEME, _themes(wave)),
        _of_kind(Kind.DISTRICT, _districts(wave, said, kept)),
    ]
    told = pd.concat(found, ignore_index=True)
    adding_up = told["kind"].isin([Kind.SENTIMENT, Kind.DISTRICT])
    return told.assign(sums=told["kind"].where(adding_up, told["kind"] + "/" + told["key"]))


def released(counts: pd.DataFrame, policy: Policy) -> Released:
    """The lines of a wave through the gate, with what may have been worked out beside them."""
    return release(counts, policy, totals=[["sums"]])


def names(wave: Fieldwork) -> pd.Series:
    """What each line is called, by ``kind`` and ``key``."""
    called = {
        Kind.SENTIMENT: pd.Series({str(tone): name for tone, name in TONES.items()}),
        Kind.SERVICE: wave.scope.services,
        Kind.STATEMENT: comparability.statements(wave.asked),
        Kind.THEME: wave.scope.themes,
        Kind.DISTRICT: wave.scope.districts,
    }
    return pd.concat({str(kind): of.astype("str") for kind, of in called.items()}, names=["kind", "key"])


def why_not(now: Fieldwork, then: Fieldwork) -> pd.Series:
    """For each line, why the two waves cannot be compared in it, by ``kind`` and ``key``; "" where they can."""
    since = then.title
    comments = comparability.comments_changed(now.asked, then.asked, since)
    services = comparability.services_changed(now.asked, then.asked, since)
    ratings = _ratings_changed(now, then)
    asked = [one for wave in (now, then) for one in comparability.statements(wave.asked).index]
    of_each = {
        Kind.SENTIMENT: pd.Series(dict.fromkeys(map(str, TONES), comments), dtype="str"),
        Kind.SERVICE: services.mask(services == "", ratings),
        Kind.STATEMENT: pd.Series(
            {item: comparability.changed(now.asked, then.asked, item, since) for item in asked}, dtype="str"
        ),
        Kind.THEME: pd.Series(dict.fromkeys(now.scope.themes.index, comments), dtype="str"),
        Kind.DISTRICT: pd.Series(dict.fromkeys(now.scope.places.index, ratings), dtype="str"),
    }
    told: pd.Series = pd.concat({str(kind): why for kind, why in of_each.items()}, names=["kind", "key"])
    return told


def _ratings_changed(now: Fieldwork, then: Fieldwork) -> str:
    """Why ratings of all services together cannot be compared, if they cannot: another question, other services."""
    item = now.scope.rating
    if not item or item != then.scope.rating:
        return "Services were not rated by the same question in both waves."
    if now.scope.rated_by_child != then.scope.rated_by_child:
        each, family = (then, now) if then.scope.rated_by_child else (now, then)
        return f"Services were rated for each child in {each.title} and by families as a whole in {family.title}."
    return comparability.changed(now.asked, then.asked, item, then.title)


def _of_kind(kind: Kind, counts: pd.DataFrame) -> pd.DataFrame:
    whole = counts if "people" in counts else counts.assign(people=counts["base"])
    if "people_yes" not in whole:
        whole = whole.assign(people_yes=whole["count"], people_no=whole["base"] - whole["count"])
    if "effective" not in whole:
        whole = whole.assign(effective=whole["base"].astype("f8"))
    return whole[["key", *BY_PEOPLE]].assign(kind=str(kind)).astype({"key": "str", "kind": "str"})


def _sentiments(wave: Fieldwork) -> pd.DataFrame:
    read = wave.frames.comments[wave.frames.comments["sentiment"] != ""]
    return children.by_answer(read, "sentiment", [str(tone) for tone in TONES]).rename(columns={"answer": "key"})


def _services(wave: Fieldwork, said: pd.DataFrame) -> pd.DataFrame:
    count = children if wave.scope.rated_by_child else tallies
    found: pd.DataFrame = count.by_service(said, list(wave.scope.services.index))
    return found.rename(columns={"service": "key"})


def rated(wave: Fieldwork) -> pd.DataFrame:
    """Everybody's ratings of services in a wave, as ``tallies.rated`` gives them."""
    return tallies.rated(wave.frames.answers, wave.frames.responses, item=wave.scope.rating, tones=wave.scope.tones)


def _statements(wave: Fieldwork) -> pd.DataFrame:
    rows = [_statement(wave, item) for item in comparability.statements(wave.asked).index]
    return pd.DataFrame(rows, columns=["key", "count", "base"]).astype({"count": "int64", "base": "int64"})


def _statement(wave: Fieldwork, item: str) -> tuple[str, int, int]:
    """How many of those who answered a statement agree with it; who is not sure is in no base."""
    asked = wave.asked.item(item)
    options = asked.options if isinstance(asked, Optioned) else ()
    tones = {option.code: option.tone for option in options if option.tone}
    said = tallies.rated(wave.frames.answers, wave.frames.responses, item=item, tones=tones)
    return item, int(said["yes"].sum()), len(said)


def _themes(wave: Fieldwork) -> pd.DataFrame:
    keys: Sequence[str] = list(wave.scope.themes.index)
    raised = tallies.raised(wave.frames.comments, wave.frames.codings, wave.frames.responses, keys)
    people = tallies.commented(wave.frames.comments, wave.frames.responses)
    return tallies.themes(raised, people, keys).rename(columns={"theme": "key"})


def _districts(wave: Fieldwork, said: pd.DataFrame, kept: Sequence[str]) -> pd.DataFrame:
    """Good ratings of all services together, by district: one family rates several, and that is allowed for."""
    count = children if wave.scope.rated_by_child else tallies
    counts: pd.DataFrame = count.by_district(said, kept)
    found = counts.rename(columns={"district": "key"})
    if "people_yes" in found:
        return found
    each = _who_said(said, kept)
    return found.assign(people_yes=each["yes"].to_numpy(), people_no=each["no"].to_numpy())


def _who_said(said: pd.DataFrame, kept: Sequence[str]) -> pd.DataFrame:
    """How many different people in each district rated anything well, and how many anything otherwise."""
    each = [said[said["yes"] == well].drop_duplicates("response_id")["district"] for well in (True, False)]
    yes, no = (home.astype("str").value_counts() for home in each)
    return pd.DataFrame({"yes": yes, "no": no}).reindex(list(kept)).fillna(0).astype("int64")
