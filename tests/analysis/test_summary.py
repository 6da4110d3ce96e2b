import re

import pandas as pd
import pytest

from analysis.children import Told
from analysis.columns import CODINGS, COMMENTS, RESPONSES, empty
from analysis.summary import MOST, Said, summary
from analysis.suppression import LEADER, OFFICER
from tests.analysis.summing import DISTRICTS, NOW, THEMES, findings, said, texts


def test_the_themes_most_often_raised_come_first_and_those_of_too_few_are_left_out():
    assert list(findings()) == ["waiting", "kind"]


def test_a_share_is_said_in_a_word_with_what_it_is_of_and_how_sure_it_is():
    # 120 of 200: Wilson limits 0.5308 and 0.6654 (statsmodels proportion_confint, method "wilson").
    assert findings()["waiting"].how_many.text == (
        "Most of those who commented raised this: 60% of about 200, between 53% and 67%."
    )
    assert "60% of 200" in findings(policy=OFFICER)["waiting"].how_many.text


def test_praise_criticism_and_requests_each_have_a_line_of_their_own():
    # Wilson: 100 of 120, 20 of 120, 40 of 120.
    assert texts(findings()["waiting"].stances) == [
        "Only criticised, by most: 83% of about 120 who raised it, between 76% and 89%.",
        "Only praised, by some: 17% of about 120 who raised it, between 11% and 24%.",
        "Something is asked for, by many: 33% of about 120 who raised it, between 26% and 42%.",
    ]


def test_no_line_tells_praise_and_criticism_together_but_of_those_who_do_both():
    both = said("Autumn 2026", *[(30, "north", "waiting", "mixed / unclear", *does) for does in BOTH])

    told = texts(findings(both)["waiting"].stances)

    assert [line.split(",")[0] for line in told] == ["Only criticised", "Only praised", "Both praised and criticised"]


BOTH = [("praise",), ("criticism",), ("praise", "criticism")]


def test_where_most_are_on_one_side_those_who_disagree_are_told():
    assert texts(findings()["waiting"].disagreement) == [
        "Not everybody agrees: 83% of about 120 only criticise it, 17% of about 120 only praise it."
    ]
    assert findings()["kind"].disagreement == ()


def test_somebody_who_praises_in_one_comment_and_criticises_in_another_does_both():
    comments = NOW.comments.assign(response_id=NOW.comments["response_id"].where(NOW.comments.index != 120, 0))
    twice = NOW._replace(comments=comments)

    told = texts(findings(twice, policy=OFFICER)["waiting"].stances)

    assert any(line.startswith("Both praised and criticised, by a few: 1% of 119") for line in told)


def test_a_theme_of_which_nothing_was_read_but_that_it_is_raised_says_so():
    neither = said("Autumn 2026", (60, "north", "waiting", "neutral"))

    assert texts(findings(neither)["waiting"].stances) == [
        "Nobody who raised it was read as praising it, criticising it or asking for anything."
    ]


def test_where_people_stand_is_said_to_be_held_back_and_not_to_be_nobody():
    few = said("Autumn 2026", (100, "north", "waiting", "negative", "criticism"), (4, "north", "waiting", "", "praise"))
    few = few._replace(comments=few.comments.assign(sentiment="negative"))
    alike = said("Autumn 2026", (19, "north", "kind", "positive", "praise"), (60, "north", "waiting", "negative"))

    told = texts(findings(few)["waiting"].stances)
    assert not [line for line in told if line.startswith("Nobody")]
    assert told[-1] == ("How many only criticise it and only praise it is not shown, so that nobody can be recognised.")
    assert texts(findings(alike)["kind"].stances)[-1].endswith("is not shown, so that nobody can be recognised.")


def test_a_place_is_named_only_when_it_stands_clearly_out():
    # North: 60 of 80 against 60 of 120 elsewhere; the other way round in the south.
    assert texts(findings()["waiting"].where) == [
        "Said clearly more often in Northtown (75% of about 80) than in the rest of the county.",
        "Said clearly less often in Southtown (50% of about 120) than in the rest of the county.",
    ]

    even = said(
        "Autumn 2026", *[(300, place, theme, "neutral") for place in DISTRICTS.index for theme in ("waiting", "kind")]
    )
    assert texts(findings(even)["waiting"].where) == ["No district stands out."]


def test_where_too_few_wrote_it_says_in_which_districts_it_is_too_early_to_say():
    places = pd.Series(
        {"north": "Northtown", "south": "Southtown", "west": "Westtown"}
    )  # the north is not shown, or it would give the west away
    small = said("Autumn 2026", *[(800, place, "waiting", "neutral") for place in ("north", "south")], *[
        (700, place, "kind", "neutral") for place in ("north", "south")
    ], (4, "west", "kind", "neutral"))  # fmt: skip

    told = texts(findings(small, districts=places)["waiting"].where)

    assert told == ["No district stands out.", "In 2 of 3 districts it is too early to say: Northtown and Westtown."]


def test_that_no_district_stands_out_is_not_said_where_all_have_too_wide_a_range():
    wide = said(
        "Autumn 2026", *[(15, place, theme, "neutral") for place in DISTRICTS.index for theme in ("waiting", "kind")]
    )

    assert texts(findings(wide)["waiting"].where) == [
        "It is too early to say in which districts it is said more or less often."
    ]


def test_with_few_people_in_every_district_no_place_is_named():
    small = said("Autumn 2026", *[(9, place, "waiting", "negative") for place in ("north", "south", "")])

    assert texts(findings(small)["waiting"].where) == [
        "It is too early to say in which districts it is said more or less often."
    ]


def test_a_clear_change_is_said_with_its_size_and_how_sure_it_is():
    before = said("Spring 2025", (60, "north", "waiting", "negative"), (140, "south", "kind", "positive"))

    # 120/200 against 60/200. Newcombe's interval: 0.2047 to 0.3890 (statsmodels confint_proportions_2indep).
    assert texts(findings(before=before)["waiting"].change) == [
        "Said more often than in Spring 2025, when it was 30% of about 200: "
        "up 30 points (between 20 and 39 points higher)."
    ]


def test_a_clear_change_of_less_than_a_point_is_not_said_to_be_of_none():
    before = said("Spring 2025", (9_600, "north", "waiting", "negative"), (30_400, "south", "kind", "positive"))
    now = said("Autumn 2026", (9_950, "north", "waiting", "negative"), (30_050, "south", "kind", "positive"))

    told = texts(findings(now, before=before)["waiting"].change)[0]

    assert told.startswith("Said more often than in Spring 2025, when it was 24% of about 40,000: up ")
    assert "up 0 points" not in told


def test_what_has_not_clearly_changed_is_said_not_to_have():
    assert texts(findings(before=NOW._replace(title="Spring 2025"))["waiting"].change) == [
        "No clear change since Spring 2025, when it was 60% of about 200: between 10 points lower and 10 points higher."
    ]


def test_a_wave_of_nine_is_too_few_to_compare_with_and_to_sum_up():
    nine = said("Spring 2025", (9, "north", "waiting", "negative"))

    assert texts(findings(before=nine)["waiting"].change) == [
        "Too few people to tell whether it has changed since Spring 2025."
    ]
    assert findings(nine) == {}


def test_the_first_wave_is_compared_with_nothing():
    assert findings()["waiting"].change == ()


def test_comments_that_wait_to_be_read_are_counted_apart():
    waiting = said("Autumn 2026", (40, "north", "waiting", "negative"), (12, "north", "", ""))
    opening = texts(summary(waiting, None, THEMES, DISTRICTS, LEADER).opening)

    assert opening[:2] == [
        "About 50 people answered Autumn 2026, and about 40 of them wrote something that has been read.",
        "About 10 comments are still to be read and are not in these figures.",
    ]


@pytest.mark.parametrize("people", range(1, 11))
def test_a_number_of_people_from_one_to_seven_is_nowhere_told_and_nobody_is_not_about_nought(people):
    answered = said("Autumn 2026", (people, "north", "kind", "positive", "praise"))
    waiting = said("Autumn 2026", (40, "north", "kind", "positive", "praise"), (people, "north", "", ""))
    wrote = said("Autumn 2026", (people, "north", "kind", "positive", "praise"), (40, "north", "", ""))
    wrote = wrote._replace(comments=wrote.comments[wrote.comments["sentiment"] != ""])
    children = NOW._replace(told=Told(people, people))

    for wave, place in ((answered, 0), (waiting, 1), (wrote, 0), (children, 1)):
        told = summary(wave, None, THEMES, DISTRICTS, LEADER).opening[place]
        numbers = [figure.number for figure in told.figures]
        assert not [number for number in numbers if 0 < number < 8]
        assert "about 0" not in told.text.lower()


def test_numbers_too_small_to_be_told_are_said_to_be_so():
    def opening(*groups):
        return texts(summary(said("Autumn 2026", *groups), None, THEMES, DISTRICTS, LEADER).opening)

    assert (
        opening((3, "north", "kind", "positive"))[0]
        == "So few people answered Autumn 2026 that their number is not shown."
    )
    assert (
        opening((50, "north", "", ""))[0]
        == "About 50 people answered Autumn 2026. Nothing that they wrote has been read yet."
    )
    assert opening((3, "north", "kind", "positive"), (50, "north", "", ""))[0] == (
        "About 55 people answered Autumn 2026, and a few of them wrote something that has been read."
    )
    assert opening((40, "north", "kind", "positive"), (3, "north", "", ""))[1] == (
        "A few comments are still to be read and are not in these figures."
    )
    few = summary(NOW._replace(told=Told(6, 4)), None, THEMES, DISTRICTS, LEADER).opening
    assert few[1].text == "They tell of so few children that their number is not shown."


def test_children_are_told_of_with_their_families():
    opening = texts(summary(NOW._replace(told=Told(212, 168)), None, THEMES, DISTRICTS, LEADER).opening)

    assert opening[1] == "They tell of about 210 children in about 170 families."


def test_what_most_said_and_what_some_said_stands_at_the_top():
    opening = texts(summary(NOW, None, THEMES, DISTRICTS, LEADER).opening)

    assert opening[1:] == [
        "Most of those who commented raised “Waiting” (60% of about 200).",
        "Many of those who commented raised “Kindness” (38% of about 200).",
    ]


def test_of_two_hundred_themes_the_most_raised_are_told_and_the_others_are_counted():
    keys = [f"t{number:03}" for number in range(200)]
    themes = pd.DataFrame({"label": [f"Theme {key}" for key in keys], "description": ""}, index=keys)
    many = said("Autumn 2026", *[(12, "north", key, "negative", "criticism") for key in keys])

    told = summary(many, None, themes, DISTRICTS, OFFICER)

    assert len(told.findings) == MOST
    assert f"{200 - MOST} further themes were raised less often." in " ".join(texts(told.opening))


def test_one_theme_is_enough():
    assert list(findings(themes=THEMES.loc[["kind"]])) == ["kind"]


@pytest.mark.parametrize("policy", [OFFICER, LEADER], ids=lambda policy: policy.reader)
def test_no_per_cent_is_bare(policy):
    """Every per cent in a sentence stands beside what it is of, or in the interval or list that follows it."""
    for finding in findings(before=NOW._replace(title="Spring 2025"), policy=policy).values():
        for text in texts(finding.sentences):
            assert "%" not in text or re.search(r"\b[Oo]f (about )?\d", text)


def test_a_summary_of_nothing_has_no_findings_and_says_so():
    nothing = Said("Autumn 2026", empty(RESPONSES), empty(COMMENTS), empty(CODINGS))
    told = summary(nothing, None, THEMES, DISTRICTS, LEADER)

    assert told.findings == ()
    assert texts(told.opening) == ["Nobody has answered Autumn 2026 yet."]
    assert told.opening[0].figures == ()


def test_without_districts_no_place_is_named_and_the_rest_is_told():
    told = findings(districts=pd.Series(dtype="str"))["waiting"]

    assert told.where == ()
    assert "60% of about 200" in told.how_many.text


def test_without_themes_there_is_nothing_to_sum_up():
    assert findings(before=NOW, themes=THEMES.iloc[:0]) == {}
