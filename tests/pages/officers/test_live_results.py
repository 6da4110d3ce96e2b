"""Live results as an officer sees them, from the router down to a real database."""

import re

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from pages.ui import data
from survey import database
from survey.tables import Channel, Consultation, RoleName, StaffSession
from tests.pages.collecting import WYRE, Group, add_themes, add_wave, collect


def opened(app: AppTest) -> AppTest:
    page = app.run().switch_page("officers/live_results.py").run()
    assert not page.exception
    return page


def alt(page: AppTest, key: str) -> str:
    """What one chart says to those who do not see it."""
    charts = [chart.proto for chart in page.get("plotly_chart")]
    return next(chart.alt for chart in charts if key in chart.id)


def answered_in(manner: str, told: str) -> str:
    """A row of the table of how people answered."""
    return f'<th scope="row" role="rowheader">{manner}</th><td role="cell" data-head="Responses">{told}</td>'


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def numbers(page: AppTest) -> list[str]:
    block = next(element.proto.body for element in page.get("html") if "heard-numbers" in element.proto.body)
    return [part.partition("</dd>")[0] for part in block.split("<dd>")[1:]]


def choose(page: AppTest, key: str, option: str) -> AppTest:
    page.selectbox(key=key).set_value(option)
    page.run()
    assert not page.exception
    return page


def test_before_anybody_has_answered_it_says_so(officer):
    page = opened(officer)

    assert page.title[0].value == "Live results"
    assert "Nobody has answered First wave yet." in markup(page)
    assert not page.get("plotly_chart")


def test_one_response_is_shown_as_one(officer):
    collect(Group(1))
    page = opened(officer)

    assert numbers(page) == ["1", "1", "0"]
    assert "1 response between" in alt(page, "live-arrivals")
    assert "No cell has enough answers to be shown yet." in alt(page, "live-board")


def test_it_counts_what_was_answered_what_was_read_and_what_waits(officer):
    collect(Group(12))
    collect(Group(3), read=False)

    assert numbers(opened(officer)) == ["15", "12", "3"]


def test_it_compares_districts_and_says_so_in_words(officer):
    collect(Group(15, "good"), Group(5, "poor"), Group(4, "good", district=WYRE), Group(16, "poor", district=WYRE))
    page = opened(officer)

    assert "Burnley 75% of 20 (roughly) and Wyre 20% of 20 (roughly)." in alt(page, "live-tiles")
    assert "run from 20% to 75%" in alt(page, "live-board")


def test_a_group_of_four_is_not_shown_and_that_is_said(officer):
    preston = Group(12, "good", district="E07000123")
    collect(Group(20, "good"), Group(20, "poor"), Group(4, "good", district=WYRE), preston)
    page = opened(officer)

    assert "Wyre" in alt(page, "live-tiles").partition("Not shown:")[2]
    assert "with too few people" in markup(page)


def test_themes_are_told_with_their_share_and_their_range(officer):
    add_themes("Waiting", "Kindness")
    collect(Group(30), Group(10, words="Kindness from everybody at the centre made all the difference"))

    # 30 of 40: Wilson limits 0.5981 and 0.8581 (statsmodels proportion_confint, method "wilson").
    assert "Waiting, by 75% of 40 people (60% to 86%)" in alt(opened(officer), "live-themes")


def test_the_latest_comments_are_shown_as_words_and_never_run(officer):
    collect(Group(6), Group(1, words="Waiting <script>alert(1)</script> & more\nof the same"))
    told = markup(opened(officer))

    assert "Waiting &lt;script&gt;alert(1)&lt;/script&gt; &amp; more<br>of the same" in told
    assert "Negative · Speech and language therapy · Burnley" in told


def test_filters_narrow_what_is_counted(officer):
    collect(Group(8), Group(6, channel=Channel.PAPER), Group(7, service="ot", district=WYRE))
    page = opened(officer)

    assert numbers(choose(page, "channel", "On paper"))[0] == "6"
    assert numbers(choose(page, "channel", "All ways"))[0] == "21"
    assert numbers(choose(page, "district", "Wyre"))[0] == "7"
    assert "Nobody who answered is all of what is chosen above." in markup(
        choose(page, "service", "Speech and language therapy")
    )


def test_a_service_chosen_is_shown_across_the_districts(officer):
    collect(Group(15, "good"), Group(5, "poor"), Group(12, "good", service="ot"))
    page = choose(opened(officer), "service", "Speech and language therapy")

    assert "How many people rated it very good or good, by district: Burnley 75% of 20" in alt(page, "live-across")


def test_the_measure_can_be_changed_to_the_tone_of_comments(officer):
    collect(Group(20), Group(5, words="Kindness from everybody at the centre made all the difference"))
    page = opened(officer)
    page.radio(key="measure").set_value("Negative comments").run()

    assert "comments are negative, by district: Burnley 80% of 25" in alt(page, "live-tiles")


def test_an_address_can_hold_the_filters(officer):
    collect(Group(8), Group(7, district=WYRE))
    officer.query_params["district"] = "Wyre"

    assert numbers(opened(officer))[0] == "7"


def test_an_address_that_asks_for_what_is_not_here_says_so_and_shows_everything(officer):
    collect(Group(8))
    officer.query_params["district"] = "Atlantis<script>"
    page = opened(officer)

    assert numbers(page)[0] == "8"
    assert "asks for “Atlantis&lt;script&gt;” under District, which is not here." in markup(page)


def test_another_wave_can_be_chosen_and_the_open_one_comes_first(officer):
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(8))
    collect(Group(5), wave="0")
    page = opened(officer)

    assert numbers(page)[0] == "8"
    assert numbers(choose(page, "wave", "An earlier wave"))[0] == "5"


def test_what_is_sent_while_somebody_watches_is_there_when_the_page_looks_again(officer, monkeypatch):
    monkeypatch.setattr(data.known, "LOOK_EVERY_SECONDS", 0)
    collect(Group(8))
    page = opened(officer)

    collect(Group(2), read=False)
    page.run()

    assert numbers(page) == ["10", "8", "2"]


def test_looking_again_reads_only_what_changed(officer, monkeypatch):
    collect(Group(8))
    page = opened(officer)
    asked: list[int] = []
    changes = data.known.frames.changes

    def noted(*given, since=0):
        asked.append(since)
        return changes(*given, since=since)

    monkeypatch.setattr(data.known.frames, "changes", noted)
    monkeypatch.setattr(data.known, "LOOK_EVERY_SECONDS", 0)
    page.run()
    page.run()
    collect(Group(1), read=False)
    page.run()

    assert len(asked) == 1
    assert asked[0] > 0

    assert "demonstration" not in markup(opened(officer))


def test_an_address_may_ask_for_what_is_not_here_further_down(officer):
    collect(Group(8))
    officer.query_params["measure"] = "foo"
    officer.query_params["view"] = "bar"
    told = markup(opened(officer))

    assert "asks for “foo” under Show, which is not here. Good ratings is shown instead." in told
    assert "asks for “bar” under Layout, which is not here." in told


def test_each_tone_is_told_with_its_range_and_what_it_is_of(officer):
    collect(Group(30), Group(10, words="Kindness from everybody at the centre made all the difference"))

    # 10 and 30 of 40: Wilson limits 0.1419 to 0.4019 and 0.5981 to 0.8581 (statsmodels proportion_confint, "wilson").
    told = markup(opened(officer))
    assert "Of 40 comments read, " in told
    assert "25% positive (14% to 40%)" in told
    assert "75% negative (60% to 86%)" in told


def test_a_leader_may_look_as_well_and_sees_what_may_be_read_out(leader):
    preston = (Group(15, "good", district="E07000123"), Group(15, "poor", district="E07000123"))
    collect(Group(15, "good"), Group(15, "poor"), *preston, Group(7, "good", district=WYRE))
    page = opened(leader)

    assert numbers(page)[0] == "65"
    assert "Groups of fewer than 10 people are not shown" in markup(page)
    assert "rounded to 5" in markup(page)
    assert "Responses by week" in [header.value for header in page.header]
    assert "Wyre" in alt(page, "live-tiles").partition("Not shown:")[2]
    assert "of 7" not in alt(page, "live-tiles")


def test_under_ten_a_leader_sees_no_figure(leader):
    collect(Group(9))
    page = opened(leader)

    assert "Too few comments have been read to say in which tone." in markup(page)
    assert "No cell has enough answers to be shown yet." in alt(page, "live-board")
    assert "100%" not in markup(page)


def test_a_leader_is_offered_no_filters_and_told_so_by_an_address_that_asks_for_one(leader):
    collect(Group(22), Group(12, district=WYRE, channel=Channel.PAPER))
    page = opened(leader)
    assert {box.key for box in page.selectbox} == {"wave"}
    assert "Leaders see everybody together." not in markup(page)

    for asked, what in {"district": "Wyre", "channel": "On paper", "service": "Occupational therapy"}.items():
        leader.query_params.clear()
        leader.query_params[asked] = what
        page = leader.run()

        assert numbers(page)[0] == "35"
        assert "Leaders see everybody together." in markup(page)


def test_whoever_is_officer_and_leader_sees_what_officers_see(app, sign_in):
    sign_in(RoleName.OFFICER, RoleName.LEADER)
    collect(Group(8))
    page = opened(app)

    assert numbers(page)[0] == "8"
    assert "district" in {box.key for box in page.selectbox}


def test_a_leader_reads_only_comments_whose_writers_agreed_to_be_quoted(leader):
    collect(
        Group(12, words="Waiting again for the therapist to ring"),
        Group(12, words="Waiting for a letter that never came", quotable=False),
    )
    told = markup(opened(leader))

    assert "therapist to ring" in told
    assert "letter that never came" not in told


def test_what_a_leader_sees_is_no_other_for_an_officer_s_having_looked_before(app, sign_in):
    collect(Group(12))
    sign_in(RoleName.OFFICER)
    assert numbers(opened(app))[0] == "12"

    sign_in(RoleName.LEADER)
    assert numbers(app.run())[0] == "10"


def test_a_visitor_is_not_offered_it(app):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.run().switch_page("officers/live_results.py").run()


def test_an_administrator_alone_may_not_see_it(app, sign_in):
    sign_in(RoleName.ADMINISTRATOR)

    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.run().switch_page("officers/live_results.py").run()


def test_a_comment_s_district_is_not_told_where_too_few_could_have_written_it(officer):
    collect(
        Group(8), Group(3, district=WYRE, service="ot", words="Waiting again for the occupational therapist to ring")
    )
    remarks = markup(opened(officer)).partition("heard-remarks")[2]

    assert "Occupational therapy · Wyre" not in remarks
    assert "Speech and language therapy · Burnley" in remarks


def test_the_hour_of_a_single_comment_is_not_told(officer):
    collect(Group(8, words="Waiting again for the therapist to ring"))
    remarks = markup(opened(officer)).partition("heard-remarks")[2].partition("</ul>")[0]

    assert re.search(r"Burnley · \d{1,2} [A-Z][a-z]+ \d{4}</p>", remarks)
    assert not re.search(r"\d{1,2}:\d{2}", remarks)


def test_made_up_answers_are_said_to_be_made_up(officer):
    collect(Group(1))
    assert "demonstration" not in markup(opened(officer))

    with database.writing(database.engine()) as session:
        for exercise in session.exec(select(Consultation)):
            exercise.demonstration = True
            session.add(exercise)
    data.waves.clear()
    page = officer.run()

    assert "This is a demonstration. The families, answers and comments are made up." in markup(page)


def test_somebody_signed_out_elsewhere_sees_nothing_more(officer):
    collect(Group(8))
    page = opened(officer)

    with database.writing(database.engine()) as session:
        for open_session in session.exec(select(StaffSession)):
            session.delete(open_session)
    page = officer.run()

    assert not page.get("plotly_chart")
    assert "Responses" not in markup(page)


def test_it_says_how_many_answered_in_easy_read_and_pools_them_with_the_rest(officer):
    collect(Group(15, "good"), Group(5, "poor", variant="easy_read"))
    page = opened(officer)

    assert "Burnley 75% of 20" in alt(page, "live-tiles")
    assert answered_in("English", "15") in markup(page)
    assert answered_in("Easy Read (English)", "5") in markup(page)
    assert answered_in("Polish", "0") in markup(page)


def test_a_few_who_answered_in_easy_read_are_not_told(officer):
    collect(Group(15), Group(4, variant="easy_read"))
    page = opened(officer)

    assert answered_in("Easy Read (English)", "–") in markup(page)
    assert answered_in("English", "–") in markup(page)
