"""The plain door goes from child to child: addresses stay numbers, and a child is taken out by one form."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from survey import drafts
from survey.database import reading
from survey.questionnaire import AnswerKey
from survey.routing import children_told
from survey.tables import Answer, Comment, Draft
from survey.wording import words_in
from tests.pages.plain.phone import Phone
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)

START = "/s/send-children"
SAY = words_in("en")
CONTINUE, SEND = SAY("step.continue"), SAY("check.send")


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork("send_children", now=datetime.now(UTC))


@pytest.fixture
def phone(fieldwork):
    return Phone()


def fill(phone, **typed):
    """Continue with these answers, each named as its question is, which may hold a child's number."""
    form = next(form for form in phone.page.forms if CONTINUE in form.buttons)
    sent = [(name, value) for name, value in form.fields if name not in typed]
    sent += [(name, each) for name, given in typed.items() for each in ([given] if isinstance(given, str) else given)]
    return phone.post(form.action, [*sent, form.buttons[CONTINUE]])


def tell_of(phone, child, *, another, **ratings):
    """A child's pages, from the first to the last; gives the addresses and the headings that were shown."""
    shown = [(phone.at, phone.heading)]

    def onward(**typed):
        fill(phone, **typed)
        shown.append((phone.at, phone.heading))

    onward(**{f"age_band#{child}": "5_10", f"plan#{child}": "ehcp"})
    onward(**{f"services_used#{child}": list(ratings)})
    for service, code in ratings.items():
        about = f":{service}#{child}"
        onward(**{f"rating{about}": code, f"tell_us_more{about}": f"Child {child} and {service}"})
    fill(phone, **{f"another_child#{child}": another})
    return shown


def at_check(phone):
    phone.open(START).press(SAY("start.begin"))
    shown = tell_of(phone, 1, another="yes", slt="good", ot="poor")
    shown += tell_of(phone, 2, another="yes", slt="very_poor", ot="good")
    shown += tell_of(phone, 3, another="no", slt="poor", ot="poor")
    fill(phone, quotable="no")
    fill(phone, district="E07000121", channel="web")
    return shown


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def draft(fieldwork):
    (held,) = stored(fieldwork, Draft)
    with reading(fieldwork.engine) as session:
        return drafts.locked(session, held.id).answers


def test_three_children_with_two_services_each_have_pages_numbered_in_order(phone):
    shown = at_check(phone)

    assert [at for at, _ in shown] == [f"{START}/{number}" for number in range(1, 16)]
    assert [heading for _, heading in shown[5:10]] == [
        "Child 2: About this child", "Child 2: Services this child has used", "Child 2: Speech and language therapy",
        "Child 2: Occupational therapy", "Child 2: Anything else",
    ]  # fmt: skip
    assert phone.heading == SAY("check.title")


def test_what_is_said_of_each_child_is_sent_by_child(fieldwork, phone):
    at_check(phone)

    phone.press(SEND)

    rated = {(row.child, row.service): row.code for row in stored(fieldwork, Answer) if row.item == "rating"}
    assert rated == {
        (1, "slt"): "good", (1, "ot"): "poor", (2, "slt"): "very_poor", (2, "ot"): "good", (3, "slt"): "poor",
        (3, "ot"): "poor",
    }  # fmt: skip
    assert {row.words for row in stored(fieldwork, Comment)} == {
        f"Child {child} and {service}" for child in (1, 2, 3) for service in ("slt", "ot")
    }


def test_check_your_answers_goes_by_child_and_says_in_full_what_a_link_changes(phone):
    at_check(phone)

    assert [phone.shown.count(f"<h2>Child {child}</h2>") for child in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert phone.shown.count("<h3>Speech and language therapy</h3>") == 3
    assert '<span class="unseen"> Child 2: Speech and language therapy</span>' in phone.shown
    assert "<h2>In your own words</h2>" in phone.shown


def test_a_child_is_taken_out_the_next_moves_up_and_nothing_is_asked_again(fieldwork, phone):
    at_check(phone)
    form = next(form for form in phone.page.forms if SAY("children.remove", number=2) in form.buttons)

    phone.press(SAY("children.remove", number=2))

    assert phone.at == f"{START}/check"
    assert SAY("children.removed") in phone.shown
    assert "Child 2 and slt" not in phone.shown
    assert "Child 3 and slt" in phone.shown
    assert children_told(fieldwork.questionnaire, draft(fieldwork)) == 2

    phone.post(form.action, form.fields)  # the same button a second time
    assert children_told(fieldwork.questionnaire, draft(fieldwork)) == 2
    assert SAY("children.removed") not in phone.shown

    phone.press(SEND).press(SAY("equality.no"))
    assert phone.heading == SAY("thanks.title")
    assert {row.words for row in stored(fieldwork, Comment)} == {
        f"Child {child} and {service}" for child in (1, 3) for service in ("slt", "ot")
    }


def test_the_only_child_cannot_be_taken_out(fieldwork, phone):
    phone.open(START).press(SAY("start.begin"))
    tell_of(phone, 1, another="no", slt="good")
    phone.open(f"{START}/check")

    assert SAY("children.remove", number=1) not in phone.shown
    proof = next(value for name, value in phone.page.forms[-1].fields if name == "proof")
    phone.post(f"{START}/remove", [("proof", proof), ("child", "1"), ("told", "1")])
    assert draft(fieldwork)[AnswerKey("rating", "slt", 1)] == "good"


def test_a_form_that_names_no_child_or_was_made_elsewhere_takes_out_nobody(fieldwork, phone):
    at_check(phone)
    proof = next(value for name, value in phone.page.forms[-1].fields if name == "proof")

    for child in ("", "two", "-1", "4", "99999", "²"):
        phone.post(f"{START}/remove", [("proof", proof), ("child", child), ("told", "3")])
    phone.post(f"{START}/remove", [("child", "1"), ("told", "3")])

    assert phone.answer.status_code == 403
    assert children_told(fieldwork.questionnaire, draft(fieldwork)) == 3


def test_taking_a_child_out_of_answers_that_were_sent_meanwhile_leads_to_the_thank_you_page(phone):
    at_check(phone)
    form = next(form for form in phone.page.forms if SAY("children.remove", number=2) in form.buttons)
    phone.press(SEND).press(SAY("equality.no"))

    phone.post(form.action, form.fields)

    assert phone.heading == SAY("thanks.title")


def test_another_child_can_be_added_from_check_your_answers(phone):
    phone.open(START).press(SAY("start.begin"))
    tell_of(phone, 1, another="no", slt="good")
    fill(phone, quotable="no")
    fill(phone, district="E07000121", channel="web")

    phone.open(f"{START}/4?change")
    fill(phone, **{"another_child#1": "yes"})
    assert phone.heading == "Child 2: About this child"

    fill(phone, **{"age_band#2": "0_4", "plan#2": "none"})
    fill(phone, **{"services_used#2": ["none_used"]})
    assert phone.heading == "Child 2: Anything else"
    fill(phone, **{"another_child#2": "no"})
    assert phone.heading == SAY("check.title")


def test_whoever_reads_the_questions_beforehand_sees_which_come_for_each_child(phone):
    phone.open(f"{START}/questions")

    assert "<h2>For each child: Services this child has used</h2>" in phone.shown
    assert "<h2>In your own words</h2>" in phone.shown
