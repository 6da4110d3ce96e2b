"""The equality questions at the parents' door: after sending, as somebody likes, a question a page, and never twice."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from pages.ui import state
from pages.ui.answers import button_key
from survey import drafts, equality
from survey.database import reading, writing
from survey.routing import CHECK_ANSWERS, Page
from survey.tables import EqualityAnswer, Response, Wave
from survey.wording import words_in
from tests.survey.conftest import full_answers, open_fieldwork  # noqa: F401  (a fixture)

SAY = words_in("en")
OFFER, THANKS = SAY("equality.offer"), SAY("thanks.title")
SEX, GENDER = Page("your_sex"), Page("your_gender")


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def arrive(monkeypatch):
    """Opens the door on one device, as its cookie would say: each call is a new tab, or the page loaded again."""

    def arrived() -> AppTest:
        monkeypatch.setattr(state, "device", lambda: "a phone")
        return AppTest.from_file("../../../pages/router.py", default_timeout=30).run()

    return arrived


@pytest.fixture
def app(fieldwork, arrive) -> AppTest:
    """The page of somebody who has just sent their answers."""
    draft = fieldwork.begin("a phone", full_answers())
    with writing(fieldwork.engine) as session:
        drafts.put(session, draft.id, given={}, place=CHECK_ANSWERS, now=datetime.now(UTC))
    return press(arrive(), "survey-send")


def press(app: AppTest, name: str) -> AppTest:
    return app.button(key=name).click().run()


def begin(app: AppTest) -> AppTest:
    return press(app, "survey-equality-yes")


def go_on(app: AppTest, page: str, **answers: str) -> AppTest:
    for item, code in answers.items():
        app.radio(key=f"survey-your-{page}-{item}".replace("_", "-")).set_value(code)
    return press(app, button_key("equality-continue", Page(f"your_{page}")))


def skip(app: AppTest, page: Page) -> AppTest:
    return press(app, button_key("equality-skip", page))


def back(app: AppTest, page: Page) -> AppTest:
    return press(app, button_key("equality-back", page))


def markup(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def title(app: AppTest) -> str:
    assert not app.exception
    (heading,) = re.findall(r"<h1>(.*?)</h1>", markup(app))
    return unescape(heading)


def given(fieldwork):
    """What is stored, the place reached apart."""
    with reading(fieldwork.engine) as session:
        rows = session.exec(select(EqualityAnswer)).all()
    return {row.item: row.code for row in rows if row.item != equality.PLACE}


def test_they_are_offered_once_the_answers_are_sent_and_it_says_so_and_why(fieldwork, app):
    assert title(app) == OFFER
    with reading(fieldwork.engine) as session:
        assert session.exec(select(Response.reference)).one() in markup(app)
    assert "They are optional" in markup(app)
    assert "apart from your other answers" in markup(app)


def test_no_leads_straight_to_the_thank_you_page_and_it_is_not_asked_again(fieldwork, app, arrive):
    app = press(app, "survey-equality-no")

    assert title(app) == THANKS
    assert title(arrive()) == THANKS
    assert given(fieldwork) == {}


def test_every_question_is_answered_on_a_page_of_its_own(fieldwork, app):
    app = begin(app)
    answers = [
        ("sex", "sex", "female"),
        ("gender", "gender_same_as_sex", "yes"),
        ("age", "age", "35_44"),
        ("ethnic_group", "ethnic_group", "white"),
        ("background", "white_background", "gypsy_or_irish_traveller"),
        ("health", "health_conditions", "yes"),
        ("day", "daily_activities", "not_at_all"),
        ("religion", "religion", "none"),
    ]
    for page, item, code in answers:
        assert [radio.value for radio in app.radio] == [None]
        app = go_on(app, page, **{item: code})

    assert title(app) == THANKS
    assert given(fieldwork) == {item: code for _, item, code in answers}


def test_every_question_may_be_left_out(fieldwork, app):
    app = begin(app)
    for page in ("sex", "gender", "age", "ethnic_group", "health", "religion"):
        app = go_on(app, page)

    assert title(app) == THANKS
    assert given(fieldwork) == {}


def test_skipping_the_rest_keeps_what_was_continued_past(fieldwork, app, arrive):
    app = skip(go_on(begin(app), "sex", sex="female"), GENDER)

    assert title(app) == THANKS
    assert title(arrive()) == THANKS
    assert given(fieldwork) == {"sex": "female"}


def test_back_shows_what_was_chosen_and_leads_to_the_offer_at_last(app):
    app = back(go_on(begin(app), "sex", sex="female"), GENDER)
    assert app.radio(key="survey-your-sex-sex").value == "female"

    app = back(app, SEX)
    assert title(app) == OFFER
    assert title(begin(app)) == "Sex"


def test_a_page_loaded_again_goes_on_where_it_was(app, arrive):
    go_on(begin(app), "sex", sex="female")

    again = arrive()

    assert title(again) == "Gender identity"
    assert back(again, GENDER).radio(key="survey-your-sex-sex").value == "female"


def test_a_tab_left_behind_by_another_that_finished_is_thanked_and_changes_nothing(fieldwork, app, arrive):
    first, second = begin(app), arrive()
    skip(go_on(first, "sex", sex="female"), GENDER)

    second = go_on(second, "sex", sex="male")

    assert title(second) == THANKS
    assert given(fieldwork) == {"sex": "female"}


def test_whoever_sent_in_the_last_minute_may_finish_after_closing(fieldwork, app):
    with writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.closes_at = datetime.now(UTC) - timedelta(minutes=1)
        session.add(wave)
    app.session_state["heard-visit"].wave = fieldwork.wave._replace(closes_at=wave.closes_at)

    app = go_on(begin(app), "sex", sex="female")

    assert title(app) == "Gender identity"


def test_each_page_has_its_own_name_for_the_focus_and_no_more_than_it_needs(app):
    """Each element costs the server a message and a slow phone time."""
    app = begin(app)
    assert 'data-step="equality-your_sex"' in markup(app)
    assert len(app.radio) == 1
    assert len(app.get("html")) == 2, "what stands above the question, and the foot"
