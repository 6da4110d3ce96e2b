"""Change over time as officers and leaders see it, from the router down to a real database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from survey import consultations, database, questionnaire_file
from survey.tables import Consultation, Response
from tests.analysis.waves import reworded
from tests.pages.collecting import WYRE, Group, add_themes, add_wave, collect


def opened(app: AppTest) -> AppTest:
    page = app.run().switch_page("officers/over_time.py").run()
    assert not page.exception
    return page


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def words_of_charts(page: AppTest) -> list[str]:
    return [chart.proto.alt for chart in page.get("plotly_chart")]


@pytest.fixture
def earlier(consultation):
    """A wave a year ago, which asked the same."""
    add_wave("0", "Earlier wave", days_ago=365)


def test_before_anybody_has_answered_it_says_so(officer):
    page = opened(officer)

    assert page.title[0].value == "Over time"
    assert "Nobody has answered First wave yet." in markup(page)


def test_before_there_is_a_consultation_it_says_so(officer):
    with database.writing(database.engine()) as session:
        session.delete(session.exec(select(Consultation)).one())

    assert "There is no consultation yet." in markup(opened(officer))


def test_of_one_wave_alone_it_shows_the_days_and_says_that_change_needs_a_second(officer):
    collect(Group(30))
    page = opened(officer)

    assert "First wave is the first wave of SEND services in Lancashire." in markup(page)
    assert any("30 shown" in words for words in words_of_charts(page))
    assert not any(box.key == "since" for box in page.selectbox)


def test_a_service_that_got_better_is_named_with_how_far_and_what_it_rests_on(officer, earlier):
    collect(Group(60, code="poor"), wave="0")
    collect(Group(60, code="good"))
    told = markup(opened(officer))
    row = told[told.index(">Better</td>") :].split("</tr>")[0]

    assert "Change since Earlier wave" in [header.value for header in officer.header]
    assert ">0% of 60</td>" in row
    assert ">100% of 60</td>" in row
    assert ">between 91 and 100 points higher</td>" in row
    assert "judged together" in told


def test_a_service_that_got_worse_is_named_too(officer, earlier):
    collect(Group(60, code="good"), wave="0")
    collect(Group(60, code="poor"))

    assert ">Worse</td>" in markup(opened(officer))


def test_nothing_is_called_clear_where_nothing_moved(officer, earlier):
    for wave in ("0", "1"):
        collect(Group(40), Group(40, code="poor"), wave=wave)
    told = markup(opened(officer))

    assert "Nothing is clearly better or worse" in told
    assert "No clear change" in told


def test_a_wave_with_nine_responses_is_too_few_to_tell(officer, earlier):
    collect(Group(9), wave="0")
    collect(Group(60))
    told = markup(opened(officer))

    assert "Fewer than ten people answered Earlier wave" in told
    assert "Too few people answered in both waves to tell" in told


def test_an_earlier_wave_that_nobody_answered_leaves_nothing_to_compare(officer, earlier):
    collect(Group(30))

    assert "Nobody has answered Earlier wave yet, so there is nothing to compare." in markup(opened(officer))


def test_one_thing_can_be_followed_over_the_waves(officer, earlier):
    add_themes("Waiting")
    collect(Group(40, code="poor"), wave="0")
    collect(Group(40), Group(20, district=WYRE))
    page = opened(officer)
    page.selectbox(key="follow").set_value("Services").run()
    page.selectbox(key="follow-services").set_value("Speech and language therapy").run()

    assert not page.exception
    assert any("Earlier wave 0% of 40" in words and "First wave 100% of 60" in words for words in words_of_charts(page))


def test_what_is_held_fixed_can_be_chosen(officer, earlier):
    collect(Group(40, code="poor"), Group(40, code="poor", district=WYRE), wave="0")
    collect(Group(40), Group(40, district=WYRE))
    page = opened(officer)
    page.radio(key="mix").set_value("District").run()

    assert not page.exception
    assert "For no service does it make more than five points that other families answered." in markup(page)


def test_a_changed_question_is_not_compared_and_a_sentence_says_how_it_was(officer):
    asked = questionnaire_file.shipped("send_services")
    began = datetime.now(UTC) - timedelta(days=365)
    with database.writing(database.engine()) as session:
        exercise = session.exec(select(Consultation)).one()
        consultations.open_wave(
            session, exercise, reworded(asked, '"Very poor"', '"Awful"'), code="0", title="Earlier wave",
            opens_at=began, closes_at=began + timedelta(days=7),
        )  # fmt: skip
    collect(Group(40), wave="0")
    collect(Group(40))
    page = opened(officer)

    assert "were others in Earlier wave: the same answers in other words." in markup(page)
    assert "Not compared" in [header.value for header in page.subheader]


def test_a_wrong_clock_is_said_and_its_responses_are_not_drawn_by_day(officer):
    collect(Group(20))
    with database.writing(database.engine()) as session:
        session.exec(select(Response)).first().sent_at = datetime(2001, 1, 1, tzinfo=UTC)
    page = opened(officer)

    assert "a clock was wrong" in markup(page)
    assert any("19 shown" in words for words in words_of_charts(page))


def test_a_leader_sees_weeks_and_rounded_numbers(leader, earlier):
    collect(Group(63, code="poor"), wave="0")
    collect(Group(58))
    page = opened(leader)

    assert any(words.startswith("Responses by week") for words in words_of_charts(page))
    assert "In nineteen of twenty pages like this one" in markup(page)
    assert ">0% of 65</td>" in markup(page)
    assert ">100% of 60</td>" in markup(page)


def test_an_address_that_asks_for_what_is_not_there_says_so(officer, earlier):
    officer.query_params["follow"] = "The weather"
    told = markup(opened(officer))

    assert "The address asks for “The weather” under Follow, which is not here. Responses is shown instead." in told


def test_it_is_for_officers_and_leaders_alone(app):
    with pytest.raises(ValueError, match="Could not find"):
        opened(app)
