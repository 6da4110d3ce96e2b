import pandas as pd
import pytest

from analysis.compare import Rise
from analysis.pooling import pooled
from analysis.standing import Control, standings
from analysis.suppression import OFFICER, release
from analysis.verdicts import any_stands_out, one_by_one, standing_out, summed_up

SERVICES = pd.Series({"ot": "Occupational therapy", "sb": "Short breaks"})
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
    told = summed_up(even)
    assert told[0] == "Of 10 cells (services by districts), 8 can be judged."
    assert told[1].startswith("None is clearly better or worse than elsewhere")
    assert told[2].startswith("8 are about the same")
    assert told[3].startswith("2 have too few answers to say: under 20 people, or not enough")


def test_a_board_with_a_difference_says_how_many_and_how_sure_that_is():
    told = summed_up(board(ot=EVEN, sb=(120, 60, 122, 119, 8)))

    assert told[1].startswith("1 clearly worse than the same service in the other districts.")
    assert "of ten named here, about one may be chance" in told[1]


def test_one_service_is_told_in_every_district_by_name_and_what_is_held_back_is_not():
    found = one_by_one(board(ot=EVEN, sb=(120, 60, 122, 119, 8)), "sb", DISTRICTS).set_index("District")

    assert list(found.index) == sorted(DISTRICTS)
    assert found.loc["Wyre", "Beside the other districts"] == "Clearly worse"
    assert found.loc["Wyre", "Drawn towards the county"].startswith("31%")
    assert found.loc["Preston", "Share"] == "50% of 16"
    assert found.loc["Preston", "Beside the other districts"] == "Too few to say"
    hidden = one_by_one(board(last=3, ot=(*EVEN[:4], 2), sb=(*EVEN[:4], 2)), "sb", DISTRICTS).set_index("District")
    assert hidden.loc["Preston"].tolist() == ["–", "–", "–", "Too few to say"]


@pytest.mark.parametrize("column", ["pooled", "pooled_low", "pooled_high", "difference", "q", "share"])
def test_what_is_worked_out_of_a_hidden_figure_is_hidden_with_it(column):
    figures = board(last=3, ot=(*EVEN[:4], 2), sb=(*EVEN[:4], 2)).figures

    assert figures.loc[figures["district"] == "E5", column].isna().all()
    assert (figures.loc[figures["district"] == "E5", "verdict"] == "").all()
