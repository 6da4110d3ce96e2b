"""Tables are in the order in which people look for things, and hold together where a page ends."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import coverage
from analysis.report import cells, files
from analysis.report.blocks import Grid, giving_way, unbroken
from analysis.report.files import Kind
from analysis.report.profile import of_children, profile
from analysis.suppression import LEADER, OFFICER
from tests.analysis.report import editions, reading
from tests.analysis.report.shared import W, made, signed
from tests.analysis.summing import said


def table(content, key):
    (found,) = [one for one in (*content.profile, *content.tables) if one.key == key]
    return found


@pytest.mark.parametrize("key", ["themes", "stances", "requests", "tones"])
def test_themes_are_in_the_order_of_the_findings_and_those_held_back_are_last(key):
    named = list(dict.fromkeys(row[0] for row in table(editions.usual(), key).rows))

    assert named == [*(found.label for found in editions.usual().findings), "Rarely said"]


def test_what_people_do_is_told_in_the_same_order_of_every_theme():
    ways = [row[1] for row in table(editions.usual(), "stances").rows]

    assert ways[:4] == ways[4:8] == ["Criticise only", "Praise only", "Praise and criticise", "Neither"]


def test_districts_come_first_then_outside_then_not_sure_then_those_who_did_not_say():
    places = ["", "not_sure", "outside", "south", "north"]
    now = said("Autumn 2026", *((20, place, "waiting", "negative") for place in places))
    names = pd.Series(
        {"north": "Northtown", "south": "Southtown", "outside": "Outside Lancashire", "not_sure": "Not sure"}
    )

    (district, _) = profile(now.responses, {"district": names}, LEADER)

    assert [row[0] for row in district.rows] == [
        "Northtown",
        "Southtown",
        "Outside Lancashire",
        "Not sure",
        "Not given",
    ]


def test_groups_of_comments_are_in_order_of_length():
    groups = ["", "more than 40 words", "6 to 15 words", "16 to 40 words", "1 to 5 words", "outside", "north"]

    assert sorted(groups, key=coverage._in_order) == [
        "north", "1 to 5 words", "6 to 15 words", "16 to 40 words", "more than 40 words", "outside", "",
    ]  # fmt: skip


AGES = pd.Series({"0_4": "0 to 4", "5_10": "5 to 10"})


def test_ages_are_told_of_responses_where_those_are_asked_and_of_children_where_each_child_is():
    now = said("Autumn 2026", (30, "north", "waiting", "negative"), (20, "south", "waiting", "negative"))
    responses = now.responses.assign(age_band=["0_4"] * 30 + ["5_10"] * 20)
    (_, ages) = profile(responses, {"age_band": AGES}, LEADER)
    each = pd.DataFrame({"response_id": range(50), "child": 1, "age_band": responses["age_band"], "plan": ""})
    (children,) = of_children(each, {"age_band": AGES}, LEADER)

    assert (ages.key, ages.columns, ages.rows) == (
        "answered.age_band", ("Age", "Responses"), (("0 to 4", 30.0), ("5 to 10", 20.0)),
    )  # fmt: skip
    assert (children.columns, children.rows) == (("Age", "Children"), ages.rows)


def test_many_children_of_few_families_are_not_told():
    each = pd.DataFrame({"response_id": [1, 2] * 20 + list(range(3, 63)), "child": range(100), "plan": ""})
    each["age_band"] = ["0_4"] * 40 + ["5_10"] * 60
    (children,) = of_children(each, {"age_band": AGES}, LEADER)
    (seen,) = of_children(each, {"age_band": AGES}, OFFICER)

    assert children.rows == (("0 to 4", None), ("5 to 10", None))
    assert seen.rows[1] == ("5 to 10", 60.0)


def test_a_number_stands_on_the_line_of_the_word_before_it():
    assert unbroken("24% of about 1,050") == "24% of about\u00a01,050"
    assert unbroken("Range, high") == "Range,\u00a0high"


def test_a_narrow_table_is_as_wide_as_what_is_in_it_and_in_a_wide_one_the_longest_column_gives_way():
    rows = (("[1]", "39%", "about 1,050", "between 36% and 42%", "theme “Waiting and delays”, only criticise it" * 3),)
    wide = Grid("Figures", ("Sentence", "Figure", "Of", "Range", "Counted"), rows, 5)
    narrow = Grid("Responses", ("District", "Responses"), (("Northtown", "20"),))

    assert not any(giving_way(narrow, 90))
    assert [way > 0 for way in giving_way(wide, 90)] == [False, False, False, False, True]


def test_rows_of_a_short_table_and_the_ends_of_a_long_one_stay_together_in_word():
    long = replace(signed().content, tables=(longer(table(signed().content, "services"), 40),))
    document = reading.word(files.made(Kind.REPORT_WORD, replace(signed(), content=long)))
    kept = {
        one._tbl.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val"): [
            row.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None for row in one._tbl.findall(f"{W}tr")
        ]
        for one in document.tables
    }

    assert kept["Responses by district"] == [True, True, False]
    assert kept["How many rate each service very good or good"] == [True, True, *[False] * 37, True, False]


def longer(services, rows):
    return replace(services, rows=(services.rows[0],) * rows)


def test_the_heading_of_a_theme_stays_with_its_description_and_that_with_what_follows():
    paragraphs = reading.word(made(Kind.REPORT_WORD)).paragraphs
    described = [found.description for found in signed().content.findings if found.description]

    assert described
    for one in paragraphs:
        if one.text in described:
            assert one.paragraph_format.keep_with_next


def test_children_are_numbers_of_people():
    assert cells.said("Children", 1050.0) == "1,050"
