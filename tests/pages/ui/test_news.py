"""What a watched page is told of without being drawn again is what it would be drawn with."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.overview import Chosen
from analysis.suppression import LEADER, OFFICER
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


def told(door, chosen=Chosen(), policy=OFFICER):  # noqa: B008
    asked = news.asking(door, data.waves()[0].id, chosen)
    found = news.told(asked, news.subject_of(asked), policy)
    return json.loads(found) if found else None


def test_numbers_and_the_day_of_the_last_answer_are_told_with_what_was_asked(consultation):
    collect(Group(12))
    collect(Group(3), read=False)

    found = told(doors.LIVE_RESULTS)

    assert dict(found["numbers"]) == {"Responses": "15", "Comments read": "12", "Comments waiting to be read": "3"}
    assert found["asked"] == news.asking(doors.LIVE_RESULTS, data.waves()[0].id, Chosen())
    assert "The latest came on" in found["latest"]


def test_a_leader_is_told_the_same_numbers_as_they_may_be_read_out(consultation):
    collect(Group(12))
    assert dict(told(doors.LIVE_RESULTS, policy=LEADER)["numbers"]) == {
        "Responses": "10", "Comments read": "10", "Comments waiting to be read": "0",
    }  # fmt: skip

    collect(Group(6), read=False)

    assert dict(told(doors.LIVE_RESULTS, policy=LEADER)["numbers"])["Comments waiting to be read"] == "0"
    assert dict(told(doors.LIVE_RESULTS, policy=OFFICER)["numbers"])["Responses"] == "12"


def test_a_leader_is_told_nothing_of_a_part(consultation):
    collect(Group(30), Group(30, channel=Channel.PAPER))

    assert told(doors.LIVE_RESULTS, Chosen(channel="paper"), LEADER) is None
    assert told(doors.LIVE_RESULTS, Chosen(channel="paper"), OFFICER) is not None


def test_what_may_not_be_told_apart_is_not_told_here_either(consultation):
    collect(Group(12), Group(1, service="physio"), Group(20, channel=Channel.PAPER))

    assert dict(told(doors.LIVE_RESULTS, Chosen(service="physio"))["numbers"])["Responses"] == "–"
    assert dict(told(doors.LIVE_RESULTS, Chosen(district=BURNLEY))["numbers"])["Responses"] == "33"


@pytest.mark.parametrize("door", doors.STAFF, ids=lambda door: door.path)
def test_the_day_of_the_last_answer_is_told_and_never_the_hour(consultation, door):
    collect(Group(1))

    assert re.search(r"The latest came on \d{1,2} [A-Z][a-z]+ \d{4}\.$", told(door)["latest"])


@pytest.mark.parametrize("chosen", [Chosen(service="x"), Chosen(district="x"), Chosen(channel="x")])
def test_nothing_is_told_of_what_nobody_can_choose(consultation, chosen):
    assert told(doors.LIVE_RESULTS, chosen) is None


def test_nothing_is_told_of_a_wave_that_is_not_there(consultation):
    assert news.told("", news.Subject(doors.LIVE_RESULTS, 99, Chosen()), OFFICER) == ""
