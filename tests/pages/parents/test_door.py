"""The parents' door, from the router down to a real database: nothing continued is lost, nothing is sent twice."""

import pickle
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from pages.ui import state
from pages.ui.answers import button_key
from survey import drafts
from survey.database import reading, writing
from survey.questionnaire import AnswerKey
from survey.routing import Page
from survey.tables import Comment, Response, Wave
from tests.survey.conftest import OUTCOMES, full_answers, open_fieldwork  # noqa: F401  (a fixture)


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def arrive(monkeypatch):
    """Opens the door on a device, as its cookie would say: each call is a new tab, or the page loaded again."""

    def arrived(device: str = "a phone", **asked_for: str) -> AppTest:
        monkeypatch.setattr(state, "device", lambda: device)
        app = AppTest.from_file("../../../pages/router.py", default_timeout=30)
        for name, value in asked_for.items():
            app.query_params[name] = value
        return app.run()

    return arrived


def title(app: AppTest) -> str:
    assert not app.exception
    (heading,) = re.findall(r"<h1>(.*?)</h1>", markup(app))
    return unescape(heading)


def press(app: AppTest, name: str, page: Page | None = None) -> AppTest:
    return app.button(key=button_key(name, page) if page else name).click().run()


def unfold(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    return app.run()


def markup(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


SERVICES, SLT, OUTCOME, WORDS, ABOUT = (
    Page("services"), Page("about_service", "slt"), Page("outcomes"), Page("change"), Page("about_you"),
)  # fmt: skip


def answer_services(app: AppTest) -> AppTest:
    app.checkbox(key="survey-services-services-used-slt").check()
    return press(app, "continue", SERVICES)


def answer_everything(app: AppTest) -> AppTest:
    app = answer_services(press(app, "survey-begin"))
    app.radio(key="survey-about-service-rating-slt").set_value("poor")
    app.text_area(key="survey-about-service-tell-us-more-slt").set_value("We waited <b>two</b> years")
    app = press(app, "continue", SLT)
    for outcome in OUTCOMES:
        app.radio(key=f"survey-outcomes-outcome-{outcome.replace('_', '-')}").set_value("agree")
    app = press(app, "continue", OUTCOME)
    app.radio(key="survey-change-quotable").set_value("no")
    app = press(app, "continue", WORDS)
    for item, code in {"district": "E07000121", "age-band": "0_4", "plan": "waiting", "channel": "web"}.items():
        app.radio(key=f"survey-about-you-{item}").set_value(code)
    return press(app, "continue", ABOUT)


def send(app: AppTest) -> AppTest:
    """Send, and skip the questions that follow."""
    return press(press(app, "survey-send"), "survey-equality-no")


def responses_in(fieldwork):
    with reading(fieldwork.engine) as session:
        return session.exec(select(Response)).all()


def test_a_parent_answers_checks_and_sends(fieldwork, arrive):
    app = answer_everything(arrive())
    assert title(app) == "Check your answers"
    assert "We waited &lt;b&gt;two&lt;/b&gt; years" in markup(app)
    assert "Not provided" in markup(app)

    app = send(app)

    assert title(app) == "Thank you. Your answers have been sent"
    (response,) = responses_in(fieldwork)
    assert response.reference in markup(app)
    with reading(fieldwork.engine) as session:
        assert session.exec(select(Comment.words)).all() == ["We waited <b>two</b> years"]


def test_a_comment_left_by_choosing_continue_is_saved_once_with_the_page(fieldwork, arrive, monkeypatch):
    saved = []
    put = drafts.put
    monkeypatch.setattr(drafts, "put", lambda *given, **named: saved.append(named["place"]) or put(*given, **named))
    app = answer_services(press(arrive(), "survey-begin"))
    saved.clear()

    app.radio(key="survey-about-service-rating-slt").set_value("poor")
    app.text_area(key="survey-about-service-tell-us-more-slt").set_value("We waited")
    app = press(app, "continue", SLT)

    assert saved == [OUTCOME]


def test_what_a_tab_remembers_can_be_written_down(fieldwork, arrive):
    """State that cannot be written down cannot follow a person to another process."""
    begun = answer_services(press(arrive("a tablet"), "survey-begin"))
    asked = press(answer_everything(arrive("a laptop")), "survey-send")
    sent = send(answer_everything(arrive("a television")))
    for app in (arrive(), begun, asked, sent):
        held = app.session_state["heard-visit"]
        assert pickle.loads(pickle.dumps(held)) == held


def test_what_stands_between_two_inputs_is_one_element(fieldwork, arrive):
    """Each element costs the server a message and a slow phone time."""
    app = answer_services(press(arrive(), "survey-begin"))

    assert len(app.get("html")) == len(app.radio) + len(app.text_area)


def test_a_reload_after_sending_shows_the_same_reference_and_sends_nothing(fieldwork, arrive):
    send(answer_everything(arrive()))

    again = arrive()

    assert title(again) == "Thank you. Your answers have been sent"
    (response,) = responses_in(fieldwork)
    assert response.reference in markup(again)


def test_another_family_can_answer_on_the_same_device(fieldwork, arrive):
    app = send(answer_everything(arrive()))

    app = press(app, "survey-again")

    assert title(app) == "Services you have used"
    assert not any(box.value for box in app.checkbox)


def test_no_answer_is_chosen_beforehand(fieldwork, arrive):
    app = answer_services(press(arrive(), "survey-begin"))

    assert [radio.value for radio in app.radio] == [None]


def test_what_is_missing_is_listed_at_the_top_beside_the_item_and_in_the_title(fieldwork, arrive):
    app = press(press(arrive(), "survey-begin"), "continue", SERVICES)

    told = "Select at least one service your family has used or tried to get"
    assert title(app) == "Services you have used"
    assert markup(app).count(told) == 2
    assert 'data-errors="true"' in markup(app)


def test_a_conditional_question_appears_at_once_and_goes_again(fieldwork, arrive):
    app = answer_services(press(arrive(), "survey-begin"))
    app.radio(key="survey-about-service-rating-slt").set_value("good")
    app = press(app, "continue", SLT)

    app = app.radio(key="survey-outcomes-outcome-right-help").set_value("disagree").run()
    assert [area.label for area in app.text_area] == ["What help is missing? (optional)"]

    app = app.radio(key="survey-outcomes-outcome-right-help").set_value("agree").run()
    assert list(app.text_area) == []


def test_a_page_loaded_again_is_where_it_was_with_everything_continued(fieldwork, arrive):
    answer_services(press(arrive(), "survey-begin"))

    again = arrive()

    assert title(again) == "Speech and language therapy"
    assert "brought back" in markup(again)
    assert (
        again.button(key=button_key("back", SLT)).click().run().checkbox(key="survey-services-services-used-slt").value
    )


def test_words_are_kept_as_soon_as_the_box_is_left(fieldwork, arrive):
    app = answer_services(press(arrive(), "survey-begin"))
    app.text_area(key="survey-about-service-tell-us-more-slt").set_value("Half a story").run()

    assert arrive().text_area(key="survey-about-service-tell-us-more-slt").value == "Half a story"


def test_back_keeps_what_is_on_the_page_even_unfinished(fieldwork, arrive):
    app = answer_services(press(arrive(), "survey-begin"))
    app.text_area(key="survey-about-service-tell-us-more-slt").set_value("Half a story")

    app = press(press(app, "back", SLT), "continue", SERVICES)

    assert app.text_area(key="survey-about-service-tell-us-more-slt").value == "Half a story"


def test_change_comes_straight_back_to_check_your_answers(fieldwork, arrive):
    app = press(answer_everything(arrive()), "survey-change-about-service-slt")
    assert title(app) == "Speech and language therapy"

    app.radio(key="survey-about-service-rating-slt").set_value("very_good")
    app = press(app, "continue", SLT)

    assert title(app) == "Check your answers"
    assert "Very good" in markup(app)


def test_a_code_brings_the_answers_to_another_device(fieldwork, arrive):
    app = answer_services(press(arrive(), "survey-begin"))
    app = press(unfold(app, button_key("later-fold", SLT)), "later", SLT)
    code = app.session_state["heard-visit"].resume_code
    assert code in markup(app)

    other = arrive("a library computer")
    unfold(other, "survey-elsewhere")
    other.text_input(key="survey-resume-code").set_value(code.lower())
    other = press(other, "survey-resume-go")

    assert title(other) == "Speech and language therapy"


def test_a_wrong_code_is_told_and_kept_as_typed(fieldwork, arrive):
    app = arrive("a library computer")
    unfold(app, "survey-elsewhere")
    app.text_input(key="survey-resume-code").set_value("7GQ2 MX4P")

    app = press(app, "survey-resume-go")

    assert "No saved answers go with that code" in markup(app)
    assert app.text_input(key="survey-resume-code").value == "7GQ2 MX4P"


def test_two_tabs_end_in_one_response(fieldwork, arrive):
    first = answer_everything(arrive())
    second = arrive()
    assert title(second) == "Check your answers"

    send(first)
    second = press(second, "survey-send")

    assert title(second) == "Thank you. Your answers have been sent"
    assert len(responses_in(fieldwork)) == 1


def test_a_tab_left_behind_by_another_that_sent_says_so(fieldwork, arrive):
    first = answer_everything(arrive())
    second = press(arrive(), "survey-change-about-you")
    send(first)

    second = press(second, "continue", ABOUT)

    assert title(second) == "Thank you. Your answers have been sent"
    assert len(responses_in(fieldwork)) == 1


def test_closing_while_somebody_checks_keeps_their_answers_and_says_so(fieldwork, arrive):
    app = answer_everything(arrive())
    with writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.closes_at = datetime.now(UTC) - timedelta(minutes=31)
        session.add(wave)

    app = press(app, "survey-send")

    assert "This consultation has closed" in markup(app)
    assert responses_in(fieldwork) == []
    with reading(fieldwork.engine) as session:
        kept = drafts.of_device(session, wave_id=fieldwork.wave.id, device="a phone")
        assert kept.answers[AnswerKey("tell_us_more", "slt")] == "We waited <b>two</b> years"


def test_too_much_text_is_told_and_stays_in_the_box(fieldwork, arrive):
    app = answer_services(press(arrive(), "survey-begin"))
    app.radio(key="survey-about-service-rating-slt").set_value("good")
    app.text_area(key="survey-about-service-tell-us-more-slt").set_value("x" * 500_000)

    app = press(app, "continue", SLT)

    assert title(app) == "Speech and language therapy"
    assert "too much text" in markup(app)
    assert len(app.text_area[0].value) == 500_000


def test_a_forged_code_is_refused_and_nothing_else_is_lost(fieldwork, arrive):
    fieldwork.begin("a phone", full_answers(district="Atlantis"))
    with writing(fieldwork.engine) as session:
        draft = drafts.of_device(session, wave_id=fieldwork.wave.id, device="a phone")
        drafts.put(session, draft.id, given={}, place=Page("_check_answers"), now=datetime.now(UTC))

    app = press(arrive(), "survey-send")

    assert title(app) == "About your child and where you live"
    assert "Select one of the answers shown" in markup(app)
    assert responses_in(fieldwork) == []


def test_saved_answers_can_be_deleted_from_the_device(fieldwork, arrive):
    fieldwork.begin("a phone", full_answers())
    app = arrive()
    assert title(app) == "SEND services in Lancashire"

    app = press(app, "survey-drop")

    assert "deleted from this device" in markup(app)
    assert title(arrive()) == "SEND services in Lancashire"
    assert "answers saved on this device" not in markup(arrive())


def test_with_two_open_the_visitor_chooses_and_an_address_can_choose_for_them(fieldwork, open_fieldwork, arrive):  # noqa: F811
    open_fieldwork("short_breaks", now=datetime.now(UTC))

    assert title(arrive()) == "Have your say"
    assert title(press(arrive(), "choose-short-breaks-go")) == "Short breaks in Lancashire"
    assert title(arrive(consultation="send-services")) == "SEND services in Lancashire"
    assert title(arrive(consultation="<script>")) == "Have your say"


def test_an_address_that_has_closed_or_not_opened_says_when(open_fieldwork, arrive):  # noqa: F811
    open_fieldwork(now=datetime.now(UTC) - timedelta(days=99))
    open_fieldwork("short_breaks", now=datetime.now(UTC) + timedelta(days=9))

    assert title(arrive(consultation="send-services")) == "This consultation has closed"
    assert title(arrive(consultation="short-breaks")) == "This consultation has not opened yet"


def test_with_nothing_open_it_says_so(database, arrive):
    assert title(arrive()) == "Nothing is open for answers at the moment"


def test_the_demonstration_says_that_it_is_one(open_fieldwork, arrive):  # noqa: F811
    open_fieldwork(now=datetime.now(UTC), demonstration=True)

    assert "This is a demonstration" in markup(arrive())


def test_there_is_a_page_for_each_child_and_a_date_in_three_parts(open_fieldwork, arrive):  # noqa: F811
    open_fieldwork("short_breaks", now=datetime.now(UTC))
    app = press(arrive(), "survey-begin")
    app.checkbox(key="survey-use-breaks-used-break-time").check()
    app = press(app, "continue", Page("use"))
    app.radio(key="survey-each-break-break-rating-break-time").set_value("good")
    app = press(app, "continue", Page("each_break", "break_time"))
    for part, typed in (("day", "31"), ("month", "2"), ("year", "2026")):
        app.text_input(key=f"survey-last-break-last-break-on-{part}").set_value(typed)
    app.text_input(key="survey-last-break-hours-a-month").set_value("six")
    app = press(app, "continue", Page("last_break"))
    assert "Enter a real date" in markup(app)
    assert "Enter a whole number" in markup(app)
    assert app.text_input(key="survey-last-break-last-break-on-day").value == "31"

    app.text_input(key="survey-last-break-last-break-on-month").set_value("1")
    app.text_input(key="survey-last-break-hours-a-month").set_value("6")
    app = press(app, "continue", Page("last_break"))
    app.text_input(key="survey-children-children-count").set_value("2")
    app = press(app, "continue", Page("children"))

    assert title(app) == "Child 1"
