from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from survey import routing
from survey.checking import check
from survey.demo import short_breaks
from survey.demo.fieldwork import fieldworks
from survey.demo.flaws import Flaw
from survey.questionnaire import Number, Several
from survey.questionnaire_file import shipped
from survey.tables import Channel
from survey.wording import words_in
from tests.survey.demo.conftest import TODAY, generate


def typed(asked, made):
    """A response's answers as somebody would have typed them."""
    answers = {}
    for key, stored in made.answers.items():
        item = asked.item(key.item)
        if stored.codes:
            answers[key] = stored.codes if isinstance(item, Several) else stored.codes[0]
        elif isinstance(item, Number):
            answers[key] = str(int(stored.number))
        else:
            answers[key] = stored.words or stored.day.isoformat()
    return answers


def problems(asked, made):
    answers = typed(asked, made)
    assert set(routing.in_force(asked, answers)) == set(answers)
    for page in routing.pages(asked, answers):
        for item, key in routing.items_on(asked, page, answers):
            yield check(item, answers.get(key), words_in("en"), today=TODAY).problem


def test_a_response_is_one_that_the_parents_door_would_have_taken(county):
    asked = shipped("send_services")
    for made in county[::4]:
        if Flaw.PARTIAL not in made.flaws:
            assert not any(problems(asked, made))


def test_a_short_breaks_response_is_one_that_the_parents_door_would_have_taken():
    for made in short_breaks.answered(1, 60, TODAY):
        assert not any(problems(shipped("short_breaks"), made))


def test_only_paper_comes_half_filled_in(county):
    partial = [made for made in county if Flaw.PARTIAL in made.flaws]

    assert partial
    assert {made.channel for made in partial} == {Channel.PAPER}


def test_the_same_seed_and_day_give_the_same_county():
    assert generate(7, (15, 20, 25)) == generate(7, (15, 20, 25))
    assert generate(7, (15, 20, 25)) != generate(8, (15, 20, 25))


@pytest.mark.parametrize("waves", [(0,), (1,), (0, 1, 4), (9, 10, 11), (0, 0, 0)])
def test_a_county_may_be_very_small(waves):
    assert Counter(made.wave for made in generate(1, waves)) == Counter(
        {number: size for number, size in enumerate(waves, start=1) if size}
    )


def test_responses_come_in_the_order_in_which_they_were_sent_but_for_late_paper(county):
    in_time = [made for made in county if Flaw.LATE not in made.flaws]

    assert [made.sent_at for made in in_time] == sorted(made.sent_at for made in in_time)
    assert all(made.started_at < made.sent_at for made in county)


def test_nobody_has_answered_today_or_later_or_outside_a_wave(county):
    waves = {fieldwork.number: fieldwork for fieldwork in fieldworks(TODAY, 3)}
    for made in county:
        wave = waves[made.wave]
        assert made.sent_at.date() < TODAY
        assert wave.opens_at < made.sent_at
        assert (made.sent_at > wave.closes_at) is (Flaw.LATE in made.flaws)


def test_the_last_wave_is_open_and_those_before_it_closed_a_year_apart():
    first, second, last = fieldworks(TODAY, 3)
    now = datetime.combine(TODAY, datetime.min.time(), UTC)

    assert [wave.code for wave in (first, second, last)] == ["2024", "2025", "2026"]
    assert first.closes_at < second.opens_at < second.closes_at < last.opens_at < now
    assert timedelta(days=14) < last.closes_at - now < timedelta(days=40)


@pytest.mark.parametrize("today", [date(2028, 4, 9), date(2028, 2, 29), date(2027, 1, 1), date(2024, 12, 31)])
def test_waves_can_be_dated_from_any_day(today):
    assert len({wave.code for wave in fieldworks(today, 3)}) == 3


def test_a_response_is_about_one_to_six_services_and_each_is_rated(county):
    used = Counter(len(made.standings) for made in county)

    assert set(used) == {1, 2, 3, 4, 5, 6}
    for made in county:
        rated = {key.service for key in made.answers if key.item == "rating"}
        assert rated == {row.service for row in made.standings}


def test_what_is_wrong_with_a_response_is_known(county):
    flaws = Counter(flaw for made in county for flaw in made.flaws)

    assert set(flaws) == set(Flaw)


def test_a_straight_line_is_straight(county):
    for made in county:
        if Flaw.STRAIGHT_LINE in made.flaws and Flaw.NOT_APPLICABLE not in made.flaws:
            assert len({answer.codes for key, answer in made.answers.items() if key.item == "rating"}) == 1


def test_a_copy_differs_from_its_original_by_a_word(county):
    for made in county:
        if Flaw.COPY in made.flaws and made.remarks:
            alike = [other for other in county if other.family == made.family and other is not made]
            assert any(
                sum(before.words != after.words for before, after in zip(made.remarks, other.remarks, strict=True)) <= 1
                for other in alike
                if len(other.remarks) == len(made.remarks)
            )


def test_some_families_answer_again_a_year_later(county):
    waves_of = {}
    for made in county:
        waves_of.setdefault(made.family, set()).add(made.wave)

    assert sum(len(waves) > 1 for waves in waves_of.values()) > 20
