"""Large print and high contrast are chosen on the page, kept with the answers, and cost nobody what they typed."""

import re
from datetime import UTC, datetime

import pytest

from pages.plain.look import KNOWN, changes, known
from survey.wording import words_in
from tests.pages.plain.family import BEGIN, CONTINUE, SAY, SEND, answer_all, at_check, at_service
from tests.pages.plain.phone import START, Phone
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)

LARGE, CONTRAST, USUAL = (SAY(f"look.{name}") for name in ("large", "contrast", "usual"))


@pytest.fixture
def phone(open_fieldwork):  # noqa: F811
    open_fieldwork(now=datetime.now(UTC))
    return Phone()


def look(phone: Phone) -> str:
    (attributes,) = re.findall(r"<html ([^>]*)>", phone.shown)
    return "".join(re.findall(r'class="([^"]*)"', attributes))


@pytest.mark.parametrize("now", sorted(KNOWN))
def test_every_look_leads_to_others_and_back_to_the_usual_one(now):
    offered = changes(now)

    assert all(known(change.look) in KNOWN for change in offered)
    assert any(change.look == "usual" for change in offered) is bool(now)


def test_the_look_is_changed_in_the_middle_of_a_page_and_what_was_typed_stays(phone):
    at_service(phone).press(LARGE, rating__slt="poor", tell_us_more__slt="We waited")

    assert look(phone) == "large"
    assert ("tell_us_more:slt", "We waited") in phone.page.forms[0].fields
    assert look(phone.press(CONTRAST)) == "large contrast"
    assert look(phone.press(CONTINUE)) == "large contrast"
    assert look(phone.press(USUAL)) == ""


def test_it_is_chosen_before_starting_and_lasts_to_the_end(phone):
    phone.open(f"{START}?language=en&look=contrast")
    assert look(phone) == "contrast"
    phone.press(BEGIN)
    assert look(phone) == "contrast"

    answer_all(phone)
    assert look(phone) == "contrast"
    phone.press(SEND)
    assert look(phone) == "contrast"
    assert look(phone.press(SAY("equality.no"))) == "contrast"


@pytest.mark.parametrize("asked", ["huge", "large%20huge", "%22onload=", "contrast large", ""])
def test_a_look_that_is_not_known_is_the_usual_one(phone, asked):
    assert look(phone.open(f"{START}?look={asked}")) == ""


def test_when_checking_it_is_changed_too(phone):
    assert look(at_check(phone).press(CONTRAST)) == "contrast"
    assert phone.heading == words_in("en")("check.title")


def test_the_pages_own_script_keeps_what_is_being_written_and_moves_nobody_on(phone):
    at_service(phone)
    form = phone.page.forms[0]
    sent = [(name, "" if name != "tell_us_more:slt" else "Half a sen") for name, _ in form.fields if ":" in name]
    fields = [pair for pair in form.fields if ":" not in pair[0] or pair[0] == "shown"] + sent

    kept = phone.browser.post(form.action, data=dict(fields) | {"go": "keep", "shown": ["tell_us_more:slt"]})

    assert kept.status_code == 204
    assert ("tell_us_more:slt", "Half a sen") in phone.open(f"{START}/2").page.forms[0].fields


def test_what_the_script_sends_late_leads_nobody_back(phone):
    at_service(phone)
    form = phone.page.forms[0]
    phone.press(CONTINUE, rating__slt="poor", tell_us_more__slt="A whole sentence")
    assert phone.at == f"{START}/3"

    late = {"go": "keep", "shown": ["tell_us_more:slt"], "tell_us_more:slt": "A whole sentence"}
    phone.browser.post(form.action, data=dict(form.fields) | late)

    assert phone.open().press(SAY("start.go_on")).at == f"{START}/3"
