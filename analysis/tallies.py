"""Counting: how many responses, how many rated a service well, how many said what about it.

Everything given here is a true count and goes through the gate before anybody sees it. Tables
are complete: a service that nobody in a district rated has a row with a base of 0.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.columns import Sentiment
from analysis.proportions import effective_base
from survey.local_days import LOCAL
from survey.questionnaire import Tone

Whole = npt.NDArray[np.int64]
ELSEWHERE = "elsewhere"
"""As one more district: whoever lives in none of the others, or did not say."""


def arrivals(responses: pd.DataFrame, channels: Sequence[str]) -> pd.DataFrame:
    """Responses by day and channel: ``day`` (local date), ``channel`` and ``count``.

    Every day from the first response to the last has a row for every channel.
    """
    if responses.empty:
        return pd.DataFrame({"day": pd.Series(dtype="datetime64[s]"), "channel": "", "count": 0})
    day = responses["sent_at"].dt.tz_convert(LOCAL).dt.tz_localize(None).dt.floor("D")
    first = day.min()
    days = pd.date_range(first, day.max(), freq="D", name="day")
    column = places_of(responses["channel"], channels)
    cell = ((day - first).dt.days.to_numpy() * len(channels) + column)[column >= 0]
    counts = np.bincount(cell, minlength=len(days) * len(channels))
    return _grid({"day": days, "channel": channels}).assign(count=counts)


def manners(used: pd.Series, offered: pd.DataFrame) -> pd.DataFrame:
    """Responses by how they were answered: ``language``, ``variant`` and ``count``, from how many by the two.

    offered has a row for each ``language`` and ``variant`` that could be chosen; what somebody used all the same
    (an import, an earlier version) comes after those.
    """
    counted = used.rename("count").reset_index()
    counts = offered[["language", "variant"]].astype("str").merge(counted, on=["language", "variant"], how="outer")
    place = pd.MultiIndex.from_frame(offered[["language", "variant"]])
    order = place.get_indexer(pd.MultiIndex.from_frame(counts[["language", "variant"]]))
    counts = counts.assign(count=counts["count"].fillna(0).astype("int64"), last=np.where(order < 0, len(place), order))
    return counts.sort_values("last", kind="stable", ignore_index=True).drop(columns="last")


def rated(answers: pd.DataFrame, responses: pd.DataFrame, *, item: str, tones: Mapping[str, Tone]) -> pd.DataFrame:
    """Everybody's ratings of services, ready to be counted: one row per rating.

    tones says for each of the item's codes which way it points. Codes that are left out (not
    applicable, not offered, not sure) say nothing about how good a service is and are no part
    of any base. Gives ``response_id``, ``child``, ``service``, ``district`` and ``yes`` (the rating is good).
    """
    is_item = _equal(answers["item"], item)
    known = answers["code"].isin(list(tones))
    rows = answers.loc[is_item & known, ["response_id", "child", "service", "code"]]
    good = [code for code, tone in tones.items() if tone is Tone.POSITIVE]
    return _placed(rows, responses).assign(yes=rows["code"].isin(good)).drop(columns="code")


def toned(comments: pd.DataFrame, responses: pd.DataFrame, sentiment: Sentiment) -> pd.DataFrame:
    """Comments that have been read, ready to be counted: one row per comment, as ``rated`` gives.

    ``yes`` is that it has this sentiment. Comments whose tone is mixed or unclear are in the base.
    """
    rows = comments.loc[_read(comments), ["response_id", "service", "sentiment"]]
    return _placed(rows, responses).assign(yes=_equal(rows["sentiment"], sentiment)).drop(columns="sentiment")


def by_service_and_district(said: pd.DataFrame, services: Sequence[str], districts: Sequence[str]) -> pd.DataFrame:
    """The board: ``count`` (yes) of ``base`` (people) for each ``service`` in each ``district``.

    said is what ``rated`` or ``toned`` gives. Somebody who says several things about one service
    (a rating for each child, say) counts once, as yes only if all of it is yes.
    """
    row, column = places_of(said["service"], services), places_of(said["district"], districts)
    cell = np.where((row < 0) | (column < 0), -1, row * len(districts) + column)
    count, base = _once_each(cell, said, len(services) * len(districts))
    return _grid({"service": services, "district": districts}).assign(count=count, base=base)


def by_service(said: pd.DataFrame, services: Sequence[str]) -> pd.DataFrame:
    """The county's line for each ``service``: ``count`` of ``base``, people counted once."""
    count, base = _once_each(places_of(said["service"], services), said, len(services))
    return pd.DataFrame({"service": _text(services), "count": count, "base": base})


def by_district(said: pd.DataFrame, districts: Sequence[str]) -> pd.DataFrame:
    """Each ``district`` over all services: ``count`` of ``base``, and how many ``people`` they are.

    Here one person may stand for several services, and those are no independent answers:
    ``effective`` says how many they are worth (see ``proportions.effective_base``).
    """
    cell = places_of(said["district"], districts)
    known = cell >= 0
    person, _ = pd.factorize(said["response_id"].to_numpy()[known])
    home = np.zeros(person.max(initial=-1) + 1, dtype="int64")
    home[person] = cell[known]
    said_yes = np.bincount(person, said["yes"].to_numpy()[known]).astype("int64")
    each = pd.DataFrame({"count": said_yes, "base": np.bincount(person), "district": home})
    table = each.groupby("district")[["count", "base"]].sum().assign(people=each["district"].value_counts())
    worth = effective_base(each["count"], each["base"], each["district"])
    whole = table.reindex(range(len(districts)), fill_value=0).assign(effective=worth)
    return whole.reset_index(drop=True).assign(district=_text(districts))


def sentiments(comments: pd.DataFrame) -> pd.DataFrame:
    """How the comments that were read divide: ``sentiment``, ``count``, ``base`` (comments)."""
    read = comments.loc[_read(comments), "sentiment"]
    tones = list(Sentiment)
    count = np.bincount(_present(places_of(read, tones)), minlength=len(tones))
    return pd.DataFrame({"sentiment": _text(tones), "count": count, "base": len(read)})


def commented(comments: pd.DataFrame, responses: pd.DataFrame) -> pd.DataFrame:
    """Everybody with a comment that has been read: ``response_id`` and ``district``, once each."""
    people = comments.loc[_read(comments), ["response_id"]].drop_duplicates(ignore_index=True)
    return _placed(people, responses)


def raised(comments: pd.DataFrame, codings: pd.DataFrame, responses: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Who raised which theme and how: one row per person and theme, however often they say it.

    Gives ``response_id``, ``district``, ``theme`` and ``sentiment``. Somebody who raises a theme in
    two comments of different tone is mixed about it. Only themes among keys, and only comments
    that have been read.
    """
    comment = pd.Index(comments["comment_id"]).get_indexer(pd.Index(codings["comment_id"]))
    tones = list(Sentiment)
    theme = places_of(codings["theme"], keys)
    tone = np.append(places_of(comments["sentiment"], tones), -1)[comment]
    known = (theme >= 0) & (tone >= 0)
    who = comments["response_id"].to_numpy()[comment[known]]
    place, pairs = pd.factorize(who * len(keys) + theme[known])
    used = np.bincount(place * len(tones) + tone[known], minlength=len(pairs) * len(tones)) > 0
    used = used.reshape(-1, len(tones))
    only = np.where(used.sum(axis=1) == 1, used.argmax(axis=1), tones.index(Sentiment.MIXED))
    rows = pd.DataFrame({"response_id": pairs // max(len(keys), 1)})
    return _placed(rows, responses).assign(
        theme=pd.Categorical.from_codes(pairs % max(len(keys), 1), categories=pd.Index(list(keys))),
        sentiment=pd.Categorical.from_codes(only, categories=pd.Index([str(value) for value in tones])),
    )


def themes(raised: pd.DataFrame, people: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """How many people raised each ``theme``: ``count`` of ``base``, everybody with a comment read.

    people is what ``commented`` gives. One person may raise several themes, so counts may add up to
    more than the base.
    """
    count = np.bincount(_present(places_of(raised["theme"], keys)), minlength=len(keys))
    return pd.DataFrame({"theme": _text(keys), "count": count, "base": len(people)})


def theme_sentiments(raised: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The tone in which people raise each theme: ``theme``, ``sentiment``, ``count``, ``base``.

    The base is the people who raise it; the four counts of a theme add up to it.
    """
    tones = list(Sentiment)
    cell = places_of(raised["theme"], keys) * len(tones) + places_of(raised["sentiment"], tones)
    count = np.bincount(_present(cell), minlength=len(keys) * len(tones))
    base = np.repeat(count.reshape(-1, len(tones)).sum(axis=1), len(tones))
    return _grid({"theme": keys, "sentiment": tones}).assign(count=count, base=base)


def themes_by_district(
    raised: pd.DataFrame, people: pd.DataFrame, keys: Sequence[str], districts: Sequence[str]
) -> pd.DataFrame:
    """How many people in each district raised each theme: ``theme``, ``district``, ``count``, ``base``.

    ELSEWHERE may stand last among the districts.
    """
    theme, where = places_of(raised["theme"], keys), _homes(raised["district"], districts)
    cell = np.where((theme < 0) | (where < 0), -1, theme * len(districts) + where)
    count = np.bincount(_present(cell), minlength=len(keys) * len(districts))
    home = _present(_homes(people["district"], districts))
    base = np.tile(np.bincount(home, minlength=len(districts)), len(keys))
    return _grid({"theme": keys, "district": districts}).assign(count=count, base=base)


def _homes(values: pd.Series, districts: Sequence[str]) -> Whole:
    place = places_of(values, districts)
    if districts and districts[-1] == ELSEWHERE:
        place[place < 0] = len(districts) - 1
    return place


def _placed(rows: pd.DataFrame, responses: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(district=_of_responses(responses, "district", rows["response_id"]))


def _of_responses(responses: pd.DataFrame, column: str, ids: pd.Series) -> pd.Series:
    """One column of the responses, for answers or comments; missing where there is no such response."""
    place = pd.Index(responses["response_id"]).get_indexer(pd.Index(ids))
    taken = pd.Categorical(responses[column]).take(place, allow_fill=True)
    return pd.Series(taken, index=ids.index)


def _once_each(cell: Whole, said: pd.DataFrame, cells: int) -> tuple[Whole, Whole]:
    """Yes and base in each cell, everybody once: yes where all that they said there is yes."""
    known = cell >= 0
    key = said["response_id"].to_numpy()[known] * cells + cell[known]
    yes = said["yes"].to_numpy(dtype=bool)[known]
    base = np.bincount(pd.unique(key) % max(cells, 1), minlength=cells)
    against = np.bincount(pd.unique(key[~yes]) % max(cells, 1), minlength=cells)
    return base - against, base


def _read(comments: pd.DataFrame) -> npt.NDArray[np.bool_]:
    return ~_equal(comments["sentiment"], "")


def _equal(values: pd.Series, value: str) -> npt.NDArray[np.bool_]:
    """Where a column of text holds one value: quick on categories, right on plain text too."""
    found: npt.NDArray[np.bool_] = places_of(values, [value]) == 0
    return found


def places_of(values: pd.Series, wanted: Sequence[str]) -> Whole:
    """The place of each value among those wanted; -1 for any other."""
    kinds = pd.Categorical(values)
    place = pd.Index(list(wanted)).get_indexer(kinds.categories)
    found: Whole = np.append(place, -1)[kinds.codes]
    return found


def _present(codes: Whole) -> Whole:
    return codes[codes >= 0]


def _grid(axes: Mapping[str, Sequence[str] | pd.DatetimeIndex]) -> pd.DataFrame:
    """Every combination of the values of each column, the last changing quickest."""
    sizes = [len(values) for values in axes.values()]
    places = np.indices(sizes).reshape(len(sizes), -1)
    columns = zip(axes.items(), places, strict=True)
    return pd.DataFrame({name: _text(values).take(place) for (name, values), place in columns})


def _text(values: Sequence[str] | pd.DatetimeIndex) -> pd.Index:
    """Names as text, also where there are none to tell that they are; days as days."""
    return values if isinstance(values, pd.DatetimeIndex) else pd.Index([str(value) for value in values], dtype="str")
