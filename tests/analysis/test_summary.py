import re

import pandas as pd
import pytest

from analysis.columns import CODINGS, COMMENTS, RESPONSES, check, empty
from analysis.summary import Said, summary
from analysis.suppression import LEADER, OFFICER

LABELS = pd.Series({"waiting": "Waiting", "kind": "Kindness", "rare": "Rarely said"})
DISTRICTS = pd.Series({"north": "Northtown", "south": "Southtown"})
WORDS = "we have waited a very long time for any appointment at all"


def said(title, *groups):
    """A wave in which each group (people, district, theme, sentiment) commented once each."""
    people = pd.DataFrame(
        [(district, theme, sentiment) for count, district, theme, sentiment in groups for _ in range(count)],
        columns=["district", "theme", "sentiment"],
    )
    people = people.assign(response_id=range(len(people)), comment_id=range(1000, 1000 + len(people)))
    responses = people[["response_id", "district"]].assign(
        wave=title,
        channel="web",
        language="en",
        variant="standard",
        age_band="",
        plan="",
        quotable=True,
        sent_at=pd.Timestamp(0, tz="UTC"),
    )
    comments = people[["comment_id", "response_id", "sentiment"]].assign(
        item="one_change",
        service="",
        child=0,
        words=WORDS,
        language="en",
        p_negative=0.0,
        p_neutral=0.0,
        p_positive=0.0,
        unsure=False,
    )
    codings = people.loc[people["theme"] != "", ["comment_id", "theme"]].assign(
        strength=0.8, given_by="model", praise=False, criticism=False, request=False
    )
    return Said(title, check(responses, RESPONSES), check(comments, COMMENTS), check(codings, CODINGS))


NOW = said(
    "Autumn 2026",
    (60, "north", "waiting", "negative"),
    (20, "north", "kind", "positive"),
    (40, "south", "waiting", "negative"),
    (20, "south", "waiting", "positive"),
    (57, "south", "kind", "positive"),
    (3, "south", "rare", "negative"),
)


def findings(now=NOW, before=None, policy=LEADER):
    return {finding.theme: finding for finding in summary(now, before, LABELS, DISTRICTS, policy).findings}


def test_the_themes_most_often_raised_come_first_and_those_of_too_few_are_left_out():
    assert list(findings()) == ["waiting", "kind"]


def test_a_share_is_said_with_what_it_is_of_and_how_sure_it_is():
    # 120 of 200: Wilson limits 0.5308 and 0.6654 (statsmodels proportion_confint, method "wilson").
    assert findings()["waiting"].how_many == ("60% of about 200 people who commented raised this, between 53% and 67%.")
    assert findings(policy=OFFICER)["waiting"].how_many.startswith("60% of the 200 people who commented")


def test_the_tone_is_of_those_who_raised_it():
    assert findings()["waiting"].tone == (
        "Of about 120 who did, 83% were negative, 0% were mixed or unclear, 0% were neutral and 17% were positive."
    )


def test_a_place_is_named_only_when_it_stands_clearly_out():
    # North: 60 of 80 against 60 of 120 elsewhere.
    assert findings()["waiting"].where == (
        "Said clearly more often in Northtown (75% of about 80) than in the rest of the county."
    )

    even = said(
        "Autumn 2026", *[(30, place, theme, "neutral") for place in DISTRICTS.index for theme in ("waiting", "kind")]
    )
    assert findings(even)["waiting"].where == "No district stands out."


def test_with_few_people_in_every_district_no_place_is_named():
    small = said(
        "Autumn 2026",
        (9, "north", "waiting", "negative"),
        (9, "south", "waiting", "negative"),
        (9, "", "waiting", "negative"),
    )

    assert findings(small)["waiting"].where == (
        "Too few people in any one district raised it to say where it is said most."
    )


def test_a_clear_change_is_said_with_its_size_and_how_sure_it_is():
    before = said("Spring 2025", (60, "north", "waiting", "negative"), (140, "south", "kind", "positive"))

    # 120/200 against 60/200. Newcombe's interval: 0.2047 to 0.3890 (statsmodels confint_proportions_2indep).
    assert findings(before=before)["waiting"].change == (
        "Said more often than in Spring 2025, when it was 30% of about 200: "
        "up 30 points (between 20 and 39 points higher)."
    )


def test_what_has_not_clearly_changed_is_said_not_to_have():
    assert findings(before=NOW._replace(title="Spring 2025"))["waiting"].change == (
        "No clear change since Spring 2025, when it was 60% of about 200: between 10 points lower and 10 points higher."
    )


def test_a_wave_of_nine_is_too_few_to_compare_with():
    before = said("Spring 2025", (9, "north", "waiting", "negative"))

    assert (
        findings(before=before)["waiting"].change == "Too few people to tell whether it has changed since Spring 2025."
    )


def test_the_first_wave_is_compared_with_nothing():
    assert findings()["waiting"].change == ""


def test_each_theme_is_quoted_and_nobody_twice():
    quoted = [quote.response_id for finding in findings().values() for quote in finding.quotes]

    # Everybody here says the same words, and the same words are quoted once.
    assert len(quoted) == len(set(quoted)) == 2


def test_comments_that_wait_to_be_read_are_counted_apart():
    waiting = said("Autumn 2026", (40, "north", "waiting", "negative"), (12, "north", "", ""))
    opening = summary(waiting, None, LABELS, DISTRICTS, LEADER).opening

    assert opening == (
        "About 50 people answered Autumn 2026, and about 40 of them wrote something that has been read.",
        "About 10 comments are still to be read and are not in these figures.",
    )


@pytest.mark.parametrize("policy", [OFFICER, LEADER], ids=lambda policy: policy.reader)
def test_no_per_cent_is_bare(policy):
    """Every per cent in a sentence stands beside what it is of, or in the interval or list that follows it."""
    for finding in findings(before=NOW._replace(title="Spring 2025"), policy=policy).values():
        for sentence in (finding.how_many, finding.tone, finding.where, finding.change):
            assert "%" not in sentence or re.search(r"\b[Oo]f (the |about )?\d", sentence)


def test_a_summary_of_nothing_has_no_findings_and_says_so():
    nothing = Said("Autumn 2026", empty(RESPONSES), empty(COMMENTS), empty(CODINGS))
    told = summary(nothing, None, LABELS, DISTRICTS, LEADER)

    assert told.findings == ()
    assert told.opening[0].startswith("About 0 people answered")


def test_without_districts_no_place_is_named_and_the_rest_is_told():
    told = summary(NOW, None, LABELS, pd.Series(dtype="str"), LEADER).findings[0]

    assert told.where == ""
    assert told.how_many.startswith("60% of about 200")


def test_without_themes_there_is_nothing_to_sum_up():
    assert summary(NOW, NOW, pd.Series(dtype="str"), DISTRICTS, LEADER).findings == ()
