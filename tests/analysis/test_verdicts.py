import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare import Rise
from analysis.pooling import pooled
from analysis.standing import Control, standings
from analysis.suppression import OFFICER, release
from analysis.verdicts import (
    any_stands_out,
    any_tested,
    every_cell,
    one_by_one,
    one_district,
    standing_out,
    summed_up,
    tally,
)

SERVICES = pd.Series({"ot": "Occupational therapy", "sb": "Short breaks"}, name="service")
DISTRICTS = pd.Series({"E1": "Burnley", "E2": "Wyre", "E3": "Fylde", "E4": "Pendle", "E5": "Preston"})


def board(last=16, **counts):
    """Services whose districts have 200 families each, of whom so many say yes; the last district of each a few."""
    cells = pd.DataFrame(
        [
            (service, district, yes, base)
            for service, all_yes in counts.items()
            for district, yes, base in zip(DISTRICTS.index, all_yes, (200, 200, 200, 200, last), strict=True)
        ],
        columns=["service", "district", "count", "base"],
    )
    found = standings(pooled(cells, within="service"), rise=Rise.GOOD, control=Control.EXPLORING)
    return release(found, OFFICER, totals=[["service"], ["district"]])


EVEN = (120, 118, 122, 119, 8)


def test_a_cell_that_stands_out_is_told_with_its_share_range_and_how_far_it_lies():
    found = standing_out(board(ot=EVEN, sb=(120, 60, 122, 119, 8)), SERVICES, DISTRICTS, by_evidence=False)

    (row,) = found.to_dict("records")
    assert row["Service"] == "Short breaks"
    assert row["District"] == "Wyre"
    assert row["Verdict"] == "Clearly worse"
    assert row["Share"] == "30% of 200"
    assert row["Likely range"] == "24% to 37%"
    assert row["Than elsewhere"] == "between 22 and 37 points lower"


def test_what_stands_out_is_in_the_order_of_names_or_of_evidence_and_never_of_shares():
    varied = board(ot=(120, 118, 122, 80, 8), sb=(120, 40, 122, 119, 8))

    by_name = standing_out(varied, SERVICES, DISTRICTS, by_evidence=False)
    by_evidence = standing_out(varied, SERVICES, DISTRICTS, by_evidence=True)

    assert by_name["Service"].tolist() == ["Occupational therapy", "Short breaks"]
    assert by_evidence["Service"].tolist() == ["Short breaks", "Occupational therapy"]


def test_a_board_without_a_difference_says_so_and_names_nothing():
    even = board(ot=EVEN, sb=EVEN)

    assert not any_stands_out(even)
    assert standing_out(even, SERVICES, DISTRICTS, by_evidence=False).empty
    told = summed_up(even, SERVICES)
    assert told[0] == (
        "10 cells (services by districts): 8 with enough people to be tested, 2 with too few, 0 not shown."
    )
    assert told[1].startswith("None is clearly better or worse than elsewhere")
    assert told[2].startswith("8 about the same")
    assert told[3].startswith("2 too few to say: fewer than 20 people")


def test_a_board_too_small_to_be_tested_does_not_say_that_nothing_differs():
    few = board(last=3, ot=(*EVEN[:4], 2))
    nothing = few.of("district", "E5")

    assert not any_tested(nothing)
    assert summed_up(nothing, SERVICES) == [
        "1 cell (services by districts): 0 with enough people to be tested, 0 with too few, 1 not shown.",
        "1 not shown: 1 with too few people.",
    ]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=10, max_size=10).map(
        lambda pairs: [(min(pair), max(pair)) for pair in pairs]
    )
)
def test_every_cell_is_counted_in_one_sentence_once(cells):
    places = [(service, district) for service in SERVICES.index for district in DISTRICTS.index]
    rows = pd.DataFrame(places, columns=["service", "district"]).join(pd.DataFrame(cells, columns=["count", "base"]))
    found = standings(pooled(rows, within="service"), rise=Rise.GOOD, control=Control.EXPLORING)
    varied = release(found, OFFICER, totals=[["service"], ["district"]])
    told = tally(varied)
    words = every_cell(varied, SERVICES, DISTRICTS, by_evidence=False)["Verdict"]

    assert sum(told) == 10
    assert min(told) >= 0
    assert (words == "Too few to say").sum() == told.few
    assert (words == "Too few to say: tested, not clear").sum() == told.unclear
    assert words.str.startswith("Not shown: ").sum() == told.held


def test_a_cell_with_enough_people_that_is_not_clear_is_not_called_untested():
    found = every_cell(board(last=40, ot=(120, 118, 122, 119, 26)), SERVICES, DISTRICTS, by_evidence=False)

    assert found.set_index("District").loc["Preston", "Verdict"] == "Too few to say: tested, not clear"


def test_every_cell_stands_in_the_order_of_names_or_of_evidence_and_never_of_shares():
    varied = board(ot=(120, 118, 122, 80, 8), sb=(120, 40, 122, 119, 8))
    by_name = every_cell(varied, SERVICES, DISTRICTS, by_evidence=False)
    by_evidence = every_cell(varied, SERVICES, DISTRICTS, by_evidence=True)

    assert by_name["District"].tolist() == sorted(DISTRICTS) * 2
    assert by_evidence.loc[0, ["Service", "District"]].tolist() == ["Short breaks", "Wyre"]
    assert by_name.columns.tolist() == [
        "Service", "District", "Verdict", "Share", "Of", "Likely range", "Drawn towards the county",
    ]  # fmt: skip


def test_one_district_is_told_with_every_service():
    found = one_district(board(ot=EVEN, sb=(120, 60, 122, 119, 8)), "E2", SERVICES, DISTRICTS, by_evidence=True)

    assert found["Service"].tolist() == ["Short breaks", "Occupational therapy"]
    assert found.loc[0, "Verdict"] == "Clearly worse"


def test_a_board_with_a_difference_says_how_many_and_how_sure_that_is():
    told = summed_up(board(ot=EVEN, sb=(120, 60, 122, 119, 8)), SERVICES)

    assert told[1].startswith("1 clearly worse than the same service in the other districts.")
    assert "of ten named here, about one may be chance" in told[1]


def test_one_service_is_told_in_every_district_by_name_and_what_is_held_back_is_not():
    found = one_by_one(board(ot=EVEN, sb=(120, 60, 122, 119, 8)), "sb", DISTRICTS).set_index("District")

    assert list(found.index) == sorted(DISTRICTS)
    assert found.loc["Wyre", "Verdict"] == "Clearly worse"
    assert found.loc["Wyre", "Drawn towards the county"].startswith("31%")
    assert found.loc["Preston", "Share"] == "50% of 16"
    assert found.loc["Preston", "Verdict"] == "Too few to say"
    hidden = one_by_one(board(last=3, ot=(*EVEN[:4], 2), sb=(*EVEN[:4], 2)), "sb", DISTRICTS).set_index("District")
    assert hidden.loc["Preston"].tolist() == ["Not shown: too few people", "–", "–", "–"]


@pytest.mark.parametrize("column", ["pooled", "pooled_low", "pooled_high", "difference", "q", "share"])
def test_what_is_worked_out_of_a_hidden_figure_is_hidden_with_it(column):
    figures = board(last=3, ot=(*EVEN[:4], 2), sb=(*EVEN[:4], 2)).figures

    assert figures.loc[figures["district"] == "E5", column].isna().all()
    assert (figures.loc[figures["district"] == "E5", "verdict"] == "").all()
