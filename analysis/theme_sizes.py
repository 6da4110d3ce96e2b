"""How large each theme is, and what is said of it: praise, criticism, requests. Counted in people and released.

Praise, criticism and requests are none of one another's rest: somebody may praise and ask in one breath.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis import tallies
from analysis.columns import Stance
from analysis.suppression import Policy, Released, release
from analysis.upkeep import Frames

TOLD = (Stance.PRAISE, Stance.CRITICISM, Stance.REQUEST)
"""What somebody may do when they raise a theme. Who only tells of it does none of these."""


class Lacks(StrEnum):
    """What a comment that was read may be without."""

    APPROVED = "approved"
    ANY = "any"


@dataclass(frozen=True, eq=False)
class Sizes:
    """The sizes of the themes of one wave."""

    themes: Released
    """By ``theme``: people who raise it, of everybody with a comment that has been read."""
    stances: Released
    """By ``theme`` and ``stance``, of the people who raise the theme."""
    without: Released
    """By ``lacks``: comments without an approved theme, and without any theme, of those read."""


def sizes(frames: Frames, approved: Sequence[str], suggested: Sequence[str], policy: Policy) -> Sizes:
    """How large the themes of these keys are, approved and suggested by a model."""
    keys = [*approved, *suggested]
    raised = tallies.raised(frames.comments, frames.codings, frames.responses, keys)
    people = tallies.commented(frames.comments, frames.responses)
    return Sizes(
        release(tallies.themes(raised, people, keys), policy),
        release(stances(frames, keys), policy),
        release(_without(frames, approved, keys), policy),
    )


def stances(frames: Frames, keys: Sequence[str]) -> pd.DataFrame:
    """How many people say what of each theme: ``theme``, ``stance``, ``count``, ``base`` (who raise it)."""
    place = pd.Index(frames.comments["comment_id"]).get_indexer(pd.Index(frames.codings["comment_id"]))
    read = np.append((frames.comments["sentiment"] != "").to_numpy(dtype=bool), False)[place]
    known = frames.codings["theme"].isin(keys).to_numpy() & read
    rows = frames.codings[known]
    flags = rows[[stance.value for stance in TOLD]].assign(
        theme=pd.Categorical(rows["theme"].astype("str"), categories=list(keys)),
        response_id=frames.comments["response_id"].to_numpy()[place[known]],
    )
    each = flags.groupby(["theme", "response_id"], observed=True).max()
    said = each.groupby("theme", observed=False).sum()
    base = each.groupby("theme", observed=False).size()
    told = pd.DataFrame(
        [(key, stance.value, int(said.loc[key, stance.value]), int(base[key])) for key in keys for stance in TOLD],
        columns=["theme", "stance", "count", "base"],
    )
    return told.astype({"theme": "str", "stance": "str", "count": "int64", "base": "int64"})


def _without(frames: Frames, approved: Sequence[str], keys: Sequence[str]) -> pd.DataFrame:
    read = frames.comments.loc[frames.comments["sentiment"] != "", "comment_id"]
    having = {
        Lacks.APPROVED: frames.codings.loc[frames.codings["theme"].isin(approved), "comment_id"],
        Lacks.ANY: frames.codings.loc[frames.codings["theme"].isin(keys), "comment_id"],
    }
    counts = [(lacks.value, int((~read.isin(carriers)).sum()), len(read)) for lacks, carriers in having.items()]
    return pd.DataFrame(counts, columns=["lacks", "count", "base"])
