import pandas as pd
import pytest

from analysis.overview import Scope
from analysis.reweighting import reweighted
from analysis.suppression import LEADER, OFFICER
from analysis.upkeep import Frames
from survey.questionnaire import Tone

SCOPE = Scope(
    services=pd.Series({"ot": "Occupational therapy"}),
    places=pd.DataFrame({"name": {"E1": "Burnley", "E2": "Wyre"}, "column": 1, "row": 1}),
    rating="rating",
    tones={"good": Tone.POSITIVE, "poor": Tone.NEGATIVE},
    good="good",
    themes=pd.Series(dtype="str"),
)
ALIKE = {"district": pd.Series({"E1": 100, "E2": 100})}


def families(*groups):
    """Families of a district that give one rating: (district, rating, how many)."""
    each = [(district, rating) for district, rating, people in groups for _ in range(people)]
    responses = pd.DataFrame(
        {"response_id": range(len(each)), "district": pd.Series([one[0] for one in each], dtype="str")}
    )
    answers = pd.DataFrame({"response_id": range(len(each)), "child": 0, "item": "rating", "service": "ot",
                            "code": pd.Series([one[1] for one in each], dtype="str")})  # fmt: skip
    return Frames(responses, answers, pd.DataFrame(), pd.DataFrame())


def test_a_district_heard_from_too_little_counts_by_its_size():
    seen = families(("E1", "good", 60), ("E1", "poor", 20), ("E2", "poor", 20))
    found = reweighted(seen, SCOPE, ALIKE, OFFICER)

    (row,) = found.services.to_dict("records")
    assert row["share"] == pytest.approx(0.6)
    assert row["weighted"] == pytest.approx(0.5 * 0.75 + 0.5 * 0)
    assert row["weighted_high"] - row["weighted_low"] > row["high"] - row["low"]
    # Weights 0.625 and 2.5: 100 / (0.8 * 0.625 ** 2 + 0.2 * 2.5 ** 2) = 64.
    assert "the 100 responses tell as much as 64 would" in found.sentences[0]


def test_answers_that_already_are_as_the_population_do_not_change():
    seen = families(("E1", "good", 30), ("E1", "poor", 20), ("E2", "good", 10), ("E2", "poor", 40))
    found = reweighted(seen, SCOPE, ALIKE, OFFICER).services

    assert found["weighted"].tolist() == pytest.approx(found["share"].tolist())


def test_a_share_that_is_held_back_is_held_back_weighted_too():
    found = reweighted(families(("E1", "good", 2), ("E2", "poor", 2), ("E2", "none", 6)), SCOPE, ALIKE, OFFICER)

    assert found.services[["share", "weighted", "weighted_low"]].isna().all(axis=None)


def test_responses_held_at_the_limits_are_told_of():
    told = reweighted(families(("E1", "good", 97), ("E2", "poor", 3)), SCOPE, ALIKE, OFFICER).sentences

    assert told[1].startswith("3 responses would have counted for more than five average ones")


def test_too_few_or_no_population_is_not_weighted():
    assert reweighted(families(("E1", "good", 4)), SCOPE, ALIKE, OFFICER) is None
    assert reweighted(families(("E1", "good", 40)), SCOPE, {}, OFFICER) is None


def test_whoever_reads_out_is_told_nothing_exact():
    found = reweighted(families(("E1", "good", 96), ("E1", "poor", 21), ("E2", "poor", 3)), SCOPE, ALIKE, LEADER)

    assert "the 120 responses tell as much as 85 would" in found.sentences[0]
    assert found.sentences[1].startswith("Fewer than 8 responses would have counted for more")
    assert found.services["weighted"].dropna().map(lambda share: share == round(share, 2)).all()
