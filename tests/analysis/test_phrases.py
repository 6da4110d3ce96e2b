import pandas as pd
import pytest

from analysis import phrases


def test_a_share_is_never_said_without_what_it_is_of():
    figures = pd.DataFrame({"share": [0.376, None], "base": [2512, None], "low": [0.33, None], "high": [0.43, None]})

    assert phrases.shares_said(figures) == ["38% of 2,512", "–"]
    assert phrases.intervals_said(figures) == ["33% to 43%", "–"]


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed_as_people_list_them(names, said):
    assert phrases.listed(names) == said


def test_one_is_singular():
    assert phrases.points(-0.012) == "1 point"
    assert phrases.points(0.05) == "5 points"
    assert phrases.counted(1, "answer", "answers") == "1 answer"
    assert phrases.counted(2000, "answer", "answers") == "2,000 answers"
