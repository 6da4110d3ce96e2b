"""What a watched page is told of without being drawn again is what it would be drawn with."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.overview import Chosen
from pages.ui import data, doors, news
from survey.tables import Channel
from tests.pages.collecting import BURNLEY, Group, collect

codes = some.text(alphabet="abcdefghijklmnopqrstuvwxyz_0123456789&=% é", max_size=30)


@given(some.sampled_from(doors.STAFF), some.integers(0, 10**9), some.builds(Chosen, codes, codes, codes))
def test_what_is_asked_is_understood(door, wave, chosen):
    assert news.subject_of(news.asking(door, wave, chosen)) == (door, wave, chosen)


@given(some.text())
def test_what_no_page_of_ours_asks_is_not_understood(asked):
    assert news.subject_of(asked) is None


@pytest.mark.parametrize(
    "asked",
    [
        "page=live-results",
        "wave=1",
        "page=nowhere&wave=1",
        "page=live-results&wave=-1",
        "page=live-results&wave=²",
        "page=live-results&wave=1&policy=none",
        "page=live-results&wave=1&service=" + 500 * "x",
    ],
)
def test_what_lacks_something_or_has_too_much_is_not_understood(asked):
    assert news.subject_of(asked) is None


def told(door, chosen=Chosen()):  # noqa: B008
    asked = news.asking(door, data.waves()[0].id, chosen)
    found = news.told(asked, news.subject_of(asked))
    return json.loads(found) if found else None


def test_numbers_and_the_day_of_the_last_answer_are_told_with_what_was_asked(consultation):
    collect(Group(12))
    collect(Group(3), read=False)

    found = told(doors.LIVE_RESULTS)

    assert dict(found["numbers"]) == {"Responses": "15", "Comments read": "12", "Comments waiting to be read": "3"}
    assert found["asked"] == news.asking(doors.LIVE_RESULTS, data.waves()[0].id, Chosen())
    assert "The latest came on" in found["latest"]


def test_the_minute_of_the_last_answer_is_told_where_there_are_only_figures(consultation):
    collect(Group(12))

    assert " at " in told(doors.VARIATION)["latest"]


def test_what_may_not_be_told_apart_is_not_told_here_either(consultation):
    collect(Group(12), Group(1, service="physio"), Group(20, channel=Channel.PAPER))

    assert dict(told(doors.LIVE_RESULTS, Chosen(service="physio"))["numbers"])["Responses"] == "–"
    assert dict(told(doors.LIVE_RESULTS, Chosen(district=BURNLEY))["numbers"])["Responses"] == "33"


@pytest.mark.parametrize("door", [doors.COMMENTS, doors.LIVE_RESULTS], ids=lambda door: door.path)
def test_where_single_comments_are_read_the_minute_is_not_told(consultation, door):
    collect(Group(1))

    found = told(door)

    assert "The latest came on" in found["latest"]
    assert " at " not in found["latest"]


@pytest.mark.parametrize("chosen", [Chosen(service="x"), Chosen(district="x"), Chosen(channel="x")])
def test_nothing_is_told_of_what_nobody_can_choose(consultation, chosen):
    assert told(doors.LIVE_RESULTS, chosen) is None


def test_nothing_is_told_of_a_wave_that_is_not_there(consultation):
    assert news.told("", news.Subject(doors.LIVE_RESULTS, 99, Chosen())) == ""
