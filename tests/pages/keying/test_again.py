"""Keying a form again: compared, shown side by side, put right, and counted with what chance could make of it."""

import re

import pytest

from pages.keying.again import rate
from survey import second_keying
from survey.second_keying import Checked
from survey.tables import Answer, Response, SecondKeying
from tests.pages.keying.test_paper import FORM, SHOW, key, stored

LIST = "/keying/send-services/again?wave=2026"
KEEP = "Keep what is right"


@pytest.fixture(autouse=True)
def every_form(monkeypatch):
    monkeypatch.setattr(second_keying, "is_chosen", lambda *_: True)


def again(computer, fieldwork, **changed):
    (reference,) = stored(fieldwork, Response.reference)
    computer.open(f"/keying/send-services/again/{reference}?wave=2026").press(SHOW, services_used="8")
    return computer.press("Compare", **FORM | changed)


def test_the_list_names_the_copy_and_asks_for_a_colleague(fieldwork, olu, ann):
    key(olu, copy="A17")
    assert "Key A17 again" in ann.open(LIST).shown
    assert "by olu" in ann.shown

    (reference,) = stored(fieldwork, Response.reference)
    assert "better if a colleague" in olu.open(f"/keying/send-services/again/{reference}?wave=2026").shown
    assert "Somebody to ring" not in olu.shown


def test_a_form_keyed_alike_is_counted_and_gone_from_the_list(fieldwork, olu, ann):
    key(olu)

    again(ann, fieldwork, tell_us_more__slt=" We waited two  <b>years</b> ")

    assert [(row.differences, row.keyed_by) for row in stored(fieldwork, SecondKeying)] == [(0, "ann")]
    assert "No form waits to be keyed again" in ann.shown
    assert "1 form was keyed twice. 0 of 15 answers differed" in ann.shown


def test_what_differs_is_shown_with_both_values_and_changes_nothing_until_it_is_decided(fieldwork, olu, ann):
    key(olu)
    again(ann, fieldwork, rating__slt="5", plan="-")

    assert ann.heading.startswith("What differs")
    assert re.search(r"Speech and language therapy: Overall.*Poor.*Very poor", ann.shown, re.S)
    assert re.search(r"First time</b><br>An EHC plan.*Second time</b><br>Not given", ann.shown, re.S)
    assert stored(fieldwork, SecondKeying) == []

    ann.press(KEEP, **{"right rating:slt": "second"})
    assert ann.page.problems == ["Choose which answer is right: Does your child have a plan or SEN support?"]
    ann.press(KEEP, **{"right rating:slt": "second", "right plan": "first"})

    answers = {(answer.item, answer.service): answer.code for answer in stored(fieldwork, Answer)}
    assert (answers["rating", "slt"], answers["plan", ""]) == ("very_poor", "ehcp")
    assert stored(fieldwork, SecondKeying.differences) == [2]
    assert "2 of 15 answers differed" in ann.shown


def test_whoever_comes_second_is_led_back_to_the_list(fieldwork, olu, ann):
    key(olu)
    again(olu, fieldwork, plan="1")
    again(ann, fieldwork)

    olu.press(KEEP, **{"right plan": "second"})

    assert olu.at.endswith("/again")
    assert stored(fieldwork, SecondKeying.differences) == [0]


def test_a_mistake_in_the_second_keying_is_told_and_what_was_typed_stays(fieldwork, olu, ann):
    key(olu)

    again(ann, fieldwork, plan="77")

    assert len(ann.page.problems) == 1
    assert dict(ann.page.forms[-1].fields)["plan"] == "77"


def test_a_share_never_comes_without_its_base_and_its_interval():
    told = rate([Checked(20, 0)] * 9 + [Checked(20, 4)])

    assert "10 forms were keyed twice. 4 of 200 answers differed: 2.0%, and between" in told
    low, high = (float(number) for number in re.findall(r"between ([\d.]+)% and ([\d.]+)%", told)[0])
    assert low < 0.8 < 5.1 < high  # wider than for 200 independent answers: they are four from one form
