"""Labels: a few words by which a person can tell one group of comments from the others."""

from collections.abc import Sequence

import pandas as pd


def name(texts: Sequence[str], groups: Sequence[int]) -> pd.DataFrame:
    """A label for each group of texts, from the words that set it apart from the other groups.

    groups says for each text which group it is in, or -1 for none. Gives a row for each group, in order of its
    number, which is the index: ``label`` (two to four words or phrases where there are as many) and ``words`` (more
    of them, apart by commas).
    """
    raise NotImplementedError
