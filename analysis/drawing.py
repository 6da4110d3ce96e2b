"""Which comments are quoted: drawn by a rule, so that nobody's favourite is picked and nobody is left out by chance."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from math import ceil
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from analysis.columns import Sentiment
from analysis.coverage import Ground, Rows, Which, in_english, lot

SHORTEST, LONGEST = 8, 60
"""In words: fewer say too little on their own, more will not be read."""
OF_EACH: Final = 3
"""Quotations under a theme, at the most."""
BESIDE: Final = 20
"""Quotations beside the themes, at the most: for what the themes leave out."""
TYPICAL: Final = 25
"""Words of a quotation: what the length of a summary is reckoned by before it is drawn."""
LOTS: Final = 400
"""Of the comments that may take a place, the first so many by lot are looked at."""

RULE: Final = (
    f"Drawn by the computer, and never picked by hand. May be quoted: comments of {SHORTEST} to {LONGEST} words whose "
    "writers agreed, which have been read, are in English or put into English by a person, have personal details taken "
    "out, and hold nothing by which somebody may be recognised. Each theme has up to "
    f"{OF_EACH} places, shared among the tones as those who raise it are. No district has more than its share of the "
    f"places, rounded up, and nobody is quoted twice. For each place {LOTS} comments are drawn by lot, and of these "
    f"the one is taken that speaks for most comments that nothing before it speaks for. Up to {BESIDE} more are drawn "
    "in the same way from all comments, for what the themes leave out, above all in groups that as many words drawn by "
    "chance would speak for better. A quotation that is struck out gives its place "
    "to the next by the same rule."
)


class Drawn(NamedTuple):
    """A comment that is quoted, under a theme or beside them all (theme "")."""

    comment_id: int
    theme: str
    words: str
    language: str
    sentiment: str
    district: str


class _Place(NamedTuple):
    """A place for a quotation: who has it, and who would be next, by the numbers of rows in the candidates."""

    theme: str
    ranked: tuple[int, ...]


class Draw:
    """One drawing: what may be quoted, and what has been drawn so far."""

    def __init__(
        self,
        comments: pd.DataFrame,
        codings: pd.DataFrame,
        responses: pd.DataFrame,
        *,
        seed: int,
        ground: Ground | None,
        vectors: Mapping[int, Rows],
    ) -> None:
        self._codings, self._ground = codings, ground
        self._may = _candidates(comments, responses, seed)
        self._district = self._may["district"].tolist()
        self._who = self._may["response_id"].tolist()
        self._places_for = Counter(_known(responses["district"]))
        self._vectors = vectors
        self._spoken_for = np.zeros(len(ground.rows) if ground else 0, dtype=bool)
        self._chance: Sequence[float] = ()
        self._taken: list[_Place] = []
        self._comments = comments

    def themes(self, keys: Sequence[str], described: Which) -> None:
        """Draw for these themes, each already spoken of by its description (see ``coverage.Ground.near``)."""
        self._seats = OF_EACH * len(keys) + BESIDE
        if described.size:
            self._spoken_for |= described.any(axis=0)
        for key in keys:
            ids = self._codings.loc[self._codings["theme"] == key, "comment_id"]
            tones = self._comments.loc[self._comments["comment_id"].isin(ids), "sentiment"].astype("str")
            mine = self._may["comment_id"].isin(ids).to_numpy()
            for tone in shared_out(Counter(tones), OF_EACH):
                self._seat(key, mine & (self._may["sentiment"] == tone).to_numpy())

    def beside(self, chance: Sequence[float]) -> None:
        """Draw from all comments, for what has not been spoken for, above all in groups that chance speaks for better.

        chance is the share of each group that as many words drawn by chance speak for (``coverage.expected``).
        """
        self._chance = chance
        for _ in range(BESIDE):
            self._seat("", np.ones(len(self._may), dtype=bool))

    def drawn(self, struck: Collection[int]) -> tuple[Drawn, ...]:
        """What was drawn, with the next by the rule in the place of each that was struck out."""
        numbers = self._may["comment_id"].tolist()
        stand = [place.ranked[0] if numbers[place.ranked[0]] not in struck else None for place in self._taken]
        used = {self._who[row] for row in stand if row is not None}
        found: list[Drawn] = []
        for place, row in zip(self._taken, stand, strict=True):
            following = (one for one in place.ranked if self._who[one] not in used and numbers[one] not in struck)
            mine = row if row is not None else next(following, None)
            if mine is not None:
                used.add(self._who[mine])
                found.append(self._as_drawn(place.theme, mine))
        return tuple(found)

    def _seat(self, theme: str, mine: Which) -> None:
        """Give one place to somebody: of the first by lot, to the one who speaks for most that is not spoken for."""
        held = {self._who[place.ranked[0]] for place in self._taken}
        full = self._full()
        rows = (int(row) for row in np.flatnonzero(mine))
        free = (row for row in rows if self._who[row] not in held and self._district[row] not in full)
        may = list(islice(free, LOTS))
        if not may:
            return
        near = self._near(may)
        worth = self._ground.worth(self._spoken_for, self._chance) if self._ground else np.zeros(0)
        gain = (near & ~self._spoken_for) @ worth
        if not theme and self._ground is not None and not gain.any():
            return  # nothing is left that another quotation would speak for
        order = np.argsort(-np.round(gain, 9), kind="stable").tolist()
        self._spoken_for |= near[order[0]]
        self._taken.append(_Place(theme, tuple(may[place] for place in order)))

    def _near(self, rows: Sequence[int]) -> Which:
        """Which of the comments that are measured each of these candidates lies near; none where it has no place."""
        if self._ground is None:
            return np.zeros((len(rows), 0), dtype=bool)
        numbers = self._may["comment_id"].to_numpy()[list(rows)].tolist()
        nowhere = np.zeros_like(self._ground.middle[0])
        placed = np.array([number in self._vectors for number in numbers])
        near = self._ground.near(np.stack([self._vectors.get(number, nowhere) for number in numbers]))
        return np.asarray(near & placed[:, None], dtype=bool)

    def _full(self) -> set[str]:
        """The districts that have had all the places that are due to them."""
        people = max(self._places_for.total(), 1)
        had = Counter(self._district[place.ranked[0]] for place in self._taken)
        due = {where: ceil(self._seats * self._places_for[where] / people) for where in had}
        return {where for where, count in had.items() if where and count >= due[where]}

    def _as_drawn(self, theme: str, row: int) -> Drawn:
        one = self._may.iloc[row]
        told = (str(one[name]) for name in ("words", "language", "sentiment", "district"))
        return Drawn(int(one["comment_id"]), theme, *told)


def shared_out(counts: Mapping[str, int], places: int) -> list[str]:
    """So many places among tones, by largest remainder, the largest tone first; each that has a tenth has one first."""
    tones = [tone for tone in map(str, Sentiment) if counts.get(tone, 0) > 0]
    total = sum(counts[tone] for tone in tones)
    tones.sort(key=lambda tone: -counts[tone])
    first = [tone for tone in tones if counts[tone] * 10 >= total][:places]
    wanted = {tone: counts[tone] * places / total for tone in tones}
    given = Counter(first)
    while tones and given.total() < places:
        given[max(tones, key=lambda tone: (wanted[tone] - given[tone], counts[tone]))] += 1
    return [tone for tone in tones for _ in range(given[tone])]


def _known(districts: pd.Series) -> list[str]:
    return [where for where in districts.astype("str").tolist() if where]


def _candidates(comments: pd.DataFrame, responses: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The comments that may be quoted, in the order of their lots; of those that say the same, one."""
    people = responses.loc[responses["quotable"]].set_index("response_id")["district"].astype("str")
    told = comments[comments["response_id"].isin(people.index) & (comments["sentiment"].astype("str") != "")]
    told = told[in_english(told) & told["words"].str.count(r"\S+").between(SHORTEST, LONGEST)]
    lots = [lot(seed, number) for number in told["comment_id"].tolist()]
    told = told.assign(lot=lots, district=told["response_id"].map(people))
    ordered = told.sort_values(["lot", "comment_id"]).drop_duplicates("words", ignore_index=True)
    columns = ["comment_id", "response_id", "words", "language", "sentiment", "district"]
    return ordered[columns].astype({"sentiment": "str", "language": "str", "district": "str"})
