"""The board of verdicts as it is drawn: what its marks, edges and words say."""

import pandas as pd
import pytest

from analysis.charts.chart import LIGHT, row_height
from analysis.charts.judged import judged
from analysis.compare import Rise
from analysis.pooling import pooled
from analysis.standing import Control, standings
from analysis.suppression import OFFICER, release

SERVICES = pd.Series({"ot": "Occupational therapy", "sb": "Short breaks"}, name="service")
DISTRICTS = pd.Series({"E1": "Burnley", "E2": "Wyre", "E3": "Fylde", "E4": "Pendle", "E5": "Preston"})
CELLS = [
    *(("ot", code, yes, 200) for code, yes in zip(DISTRICTS.index[:4], (120, 118, 122, 119), strict=True)),
    *(("sb", code, yes, 200) for code, yes in zip(DISTRICTS.index[:4], (120, 60, 122, 119), strict=True)),
    ("ot", "E5", 2, 3),
    ("sb", "E5", 5, 7),
]


@pytest.fixture
def drawn():
    rows = pd.DataFrame(CELLS, columns=["service", "district", "count", "base"])
    found = standings(pooled(rows, within="service"), rise=Rise.GOOD, control=Control.EXPLORING)
    return judged(release(found, OFFICER), SERVICES, DISTRICTS, "people rated it good", LIGHT, by_evidence=False)


def test_in_words_it_names_what_stands_out_with_its_share_and_counts_the_rest(drawn):
    assert drawn.alt.startswith("2 services in 5 districts: how many people rated it good, beside the other districts.")
    assert "1 clearly worse (Short breaks in Wyre, 30% of 200)" in drawn.alt
    assert "1 not shown" in drawn.alt


def test_each_verdict_has_a_mark_of_its_own_that_the_caption_explains(drawn):
    marks = [text.split()[0] for text in drawn.figure.data[1].text]

    assert {"▼", "=", "?"} <= set(marks)
    assert "▲ clearly better, ▼ clearly worse, = about the same, ? too few to say" in drawn.base


def test_a_cell_known_only_roughly_has_a_dotted_edge_and_one_held_back_is_hatched(drawn):
    edges, _, hidden = drawn.figure.data

    assert list(edges.marker.pattern.shape).count(".") == 1
    assert len(edges.x) == 9
    assert list(hidden.text) == ["–"]
    assert hidden.marker.pattern.shape == "/"


def test_pointing_at_a_cell_tells_share_base_range_pooled_share_and_verdict(drawn):
    wyre = next(said for said in drawn.figure.data[1].hovertext if "Short breaks" in said and "Wyre" in said)

    assert "30% of 200 people rated it good" in wyre
    assert "(between 24% and 37%)" in wyre
    assert "Drawn towards the county: 31% (" in wyre
    assert wyre.endswith("<b>Clearly worse</b>")


def test_nothing_worked_out_of_a_hidden_cell_is_drawn_or_tabled(drawn):
    hidden = drawn.figure.data[2]
    row = drawn.table.query("District == 'Preston' and Service == 'Occupational therapy'").iloc[0]

    assert hidden.hovertext[0].endswith("Not shown: too few people")
    assert row[["Share", "Of", "Likely range", "Drawn towards the county"]].eq("–").all()


def test_a_board_of_which_nothing_can_be_shown_says_so():
    rows = pd.DataFrame([("ot", "E1", 1, 2), ("sb", "E1", 0, 1)], columns=["service", "district", "count", "base"])
    found = standings(pooled(rows, within="service"), rise=Rise.GOOD, control=Control.EXPLORING)
    chart = judged(release(found, OFFICER), SERVICES, DISTRICTS, "people rated it good", LIGHT, by_evidence=True)

    assert chart.alt.endswith("No cell has enough answers to be shown yet.")
    assert chart.base == "Hatched: not shown."


def test_rows_are_high_enough_for_the_lines_of_the_longest_name():
    assert row_height(["Short breaks", "Occupational<br>therapy"], least=40) == 40
    assert (
        row_height(["Short breaks", "My child's needs were<br>identified accurately, and<br>assessed"], least=40) > 48
    )
