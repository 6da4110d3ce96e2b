"""Examples of a theme in a file that somebody studies, by rule. Summaries quote what is drawn (``drawing``)."""

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

SHORTEST, LONGEST = 8, 60
"""In words: fewer say too little on their own, more will not be read."""

CONSIDERED = 150
"""Of the comments that carry a theme, the most typical so many are weighed against each other."""


class Quote(NamedTuple):
    """One comment, in the words that may be shown."""

    comment_id: int
    response_id: int
    words: str
    sentiment: str
    language: str


class _Candidate(NamedTuple):
    quote: Quote
    strength: float
    vocabulary: frozenset[str]
    service: str
    district: str


def representative(
    comments: pd.DataFrame,
    codings: pd.DataFrame,
    responses: pd.DataFrame,
    theme: str,
    *,
    most: int = 3,
    passed_over: Collection[int] = (),
) -> tuple[Quote, ...]:
    """Up to ``most`` comments that carry a theme: typical of it, and unlike one another.

    Only people who said that they may be quoted are, each once, and none whose response_id is
    in passed_over. The first is the comment that carries the theme most strongly; each further one
    is the strongest after taking off what it shares with those chosen: words, tone, service
    and district. The same frames give the same quotes.

    Words must already have had personal details taken out. That does not make a comment
    anonymous: somebody who knows the family may know the story.
    """
    left = _candidates(comments, codings, responses, theme, passed_over)
    chosen: list[_Candidate] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda one: one.strength - max((_likeness(one, other) for other in chosen), default=0.0))
        chosen.append(best)
        left = [one for one in left if one.quote.response_id != best.quote.response_id]
    return tuple(one.quote for one in chosen)


def _candidates(
    comments: pd.DataFrame, codings: pd.DataFrame, responses: pd.DataFrame, theme: str, passed_over: Collection[int]
) -> list[_Candidate]:
    """Comments that may be quoted, most typical first; of those that say the same, one."""
    strength = codings.loc[codings["theme"] == theme].groupby("comment_id")["strength"].max()
    people = responses.loc[responses["quotable"] & ~responses["response_id"].isin(passed_over)]
    district = people.set_index("response_id")["district"]
    told = comments[comments["comment_id"].isin(strength.index) & comments["response_id"].isin(district.index)]
    told = told[told["words"].str.count(r"\S+").between(SHORTEST, LONGEST)]
    told = told.assign(strength=told["comment_id"].map(strength), district=told["response_id"].map(district))
    ranked = told.sort_values(["strength", "comment_id"], ascending=[False, True])
    first = ranked.drop_duplicates("words").head(CONSIDERED)
    columns = ("comment_id", "response_id", "words", "sentiment", "language", "strength", "service", "district")
    return [
        _Candidate(
            Quote(int(comment_id), int(response_id), words, sentiment, language),
            strength,
            frozenset(words.lower().split()),
            service,
            district,
        )
        for comment_id, response_id, words, sentiment, language, strength, service, district in zip(
            *(first[column] for column in columns), strict=True
        )
    ]


def _likeness(one: _Candidate, other: _Candidate) -> float:
    """How much one comment repeats another, from 0 to 1.5: half again for tone and place as for words."""
    words = len(one.vocabulary & other.vocabulary) / len(one.vocabulary | other.vocabulary)
    tone = 0.3 * (one.quote.sentiment == other.quote.sentiment)
    return words + tone + 0.1 * (one.service == other.service) + 0.1 * (one.district == other.district)
