"""The parents' door goes from child to child: every input has a name of its own, and a child can be taken out."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from pages.ui.answers import button_key, widget_key
from survey import drafts
from survey.database import reading, writing
from survey.routing import Page, children_told, items_on, pages
from survey.tables import Answer
from tests.pages.parents.test_door import arrive, markup, press, send, title  # noqa: F401  (a fixture)
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)
from tests.survey.family import family_answers

THREE = family_answers({"slt": "good", "ot": "poor"}, {"slt": "very_poor", "ot": "good"}, {"slt": "poor", "ot": "poor"})


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork("send_children", now=datetime.now(UTC))


def held(fieldwork):
    with reading(fieldwork.engine) as session:
        return drafts.of_device(session, wave_id=fieldwork.wave.id, device="a phone").answers


def test_three_children_with_two_services_each_have_inputs_and_buttons_of_their_own(fieldwork):
    asked = fieldwork.questionnaire
    walk = pages(asked, THREE)
    inputs = [widget_key(page, key) for page in walk for _, key in items_on(asked, page, THREE)]
    buttons = [button_key(name, page) for page in walk for name in ("back", "continue", "later", "change")]

    assert len(walk) == 3 * 5 + 2
    assert len(set(inputs)) == len(inputs)
    assert len(set(buttons)) == len(buttons)
    assert not {key for key in inputs + buttons if not key.replace("-", "").isalnum()}


def test_a_second_child_follows_the_first_with_nothing_chosen_yet(fieldwork, arrive):  # noqa: F811
    app = press(arrive(), "survey-begin")
    for child, another in ((1, "yes"), (2, "no")):
        assert title(app) == f"Child {child}: About this child"
        app.radio(key=f"survey-child-age-band-{child}").set_value("5_10")
        app.radio(key=f"survey-child-plan-{child}").set_value("ehcp")
        app = press(app, "continue", Page("child", child=child))
        app.checkbox(key=f"survey-services-services-used-{child}-slt").check()
        app = press(app, "continue", Page("services", child=child))
        rating = app.radio(key=f"survey-about-service-rating-slt-{child}")
        assert rating.value is None
        rating.set_value("good" if child == 1 else "poor")
        app = press(app, "continue", Page("about_service", "slt", child))
        app.radio(key=f"survey-child-more-another-child-{child}").set_value(another)
        app = press(app, "continue", Page("child_more", child=child))

    assert title(app) == "In your own words"
    assert children_told(fieldwork.questionnaire, held(fieldwork)) == 2


def test_a_child_is_taken_out_at_the_end_and_the_rest_is_sent(fieldwork, arrive):  # noqa: F811
    fieldwork.begin("a phone", THREE)
    app = press(arrive(), "survey-begin")
    for page in pages(fieldwork.questionnaire, THREE)[:-1]:
        app = press(app, "continue", page)
    app = press(app, "continue", Page("about_you"))
    assert title(app) == "Check your answers"
    assert markup(app).count("<h3>Speech and language therapy</h3>") == 3

    app = press(app, "survey-remove-2-of-3")

    assert "A child has been taken out" in markup(app)
    assert "Child 2 waited for slt" not in markup(app)
    assert children_told(fieldwork.questionnaire, held(fieldwork)) == 2

    app = send(app)
    assert title(app) == "Thank you. Your answers have been sent"
    with reading(fieldwork.engine) as session:
        rows = session.exec(select(Answer).where(Answer.item == "rating", Answer.service == "slt")).all()
    assert {row.child: row.code for row in rows} == {1: "good", 2: "poor"}


def test_a_child_cannot_be_taken_out_of_answers_that_another_tab_has_deleted(fieldwork, arrive):  # noqa: F811
    draft = fieldwork.begin("a phone", family_answers({"slt": "good"}, {"ot": "poor"}))
    app = press(arrive(), "survey-begin")
    for page in pages(fieldwork.questionnaire, draft.answers):
        app = press(app, "continue", page)
    with writing(fieldwork.engine) as session:
        drafts.drop(session, draft.id)

    app = press(app, "survey-remove-1-of-2")

    assert title(app) == "SEND services for each of your children"
    assert not app.exception
