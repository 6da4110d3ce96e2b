"""What is planted can be found, and in the null twin there is nothing to find."""

from collections import Counter
from datetime import timedelta

import pytest

from survey.demo.county import code_of, names
from survey.demo.signals import BURST, SIGNALS, share_good
from survey.questionnaire import AnswerKey
from tests.survey.demo.conftest import TODAY

GOOD = ("good", "very_good")
RATED = (*GOOD, "neither", "poor", "very_poor")


def found_good(county, service, *, among=lambda made: True):
    """The share who rate a service good or very good, of those who rate it."""
    given = [made.answers.get(AnswerKey("rating", service)) for made in county if among(made)]
    codes = [answer.codes[0] for answer in given if answer and answer.codes[0] in RATED]
    return sum(code in GOOD for code in codes) / len(codes)


def northern(made):
    return names().locality[made.lives_in] == "North"


def in_wave(number):
    return lambda made: made.wave == number


def test_autism_assessment_is_found_worse_in_the_north(county):
    north = found_good(county, "asd_path", among=northern)
    elsewhere = found_good(county, "asd_path", among=lambda made: not northern(made))

    assert north < elsewhere - 0.15


def test_sendias_is_found_good_in_every_locality(county):
    for locality in set(names().locality.values()):
        there = found_good(county, "sendias", among=lambda made, at=locality: names().locality[made.lives_in] == at)

        assert there > 0.75


def test_short_breaks_get_better_in_the_second_wave_and_stay_so(county):
    first, second, third = (found_good(county, "short_breaks", among=in_wave(number)) for number in (1, 2, 3))

    assert second - first > 0.08
    assert third - first > 0.08


def test_the_local_offer_only_seems_to_get_better(county):
    def young(number, *, are):
        return lambda made: made.wave == number and (made.band == "0_4") is are

    whole = [found_good(county, "local_offer", among=in_wave(number)) for number in (1, 3)]
    planted = [
        share_good(SIGNALS, service="local_offer", district="E07000117", wave=number, band=band)
        for band in ("0_4", "5_10")
        for number in (1, 2, 3)
    ]

    assert whole[1] - whole[0] > 0.08
    assert len(set(planted[:3])) == len(set(planted[3:])) == 1
    for are in (True, False):
        apart = [found_good(county, "local_offer", among=young(number, are=are)) for number in (1, 3)]
        assert abs(apart[1] - apart[0]) < 0.15


def test_moving_to_adult_services_does_not_change(county):
    shares = {row.share_good for made in county for row in made.standings if row.service == "transition"}

    assert len(shares) == 1


def test_six_families_a_wave_speak_of_continence_all_in_two_districts(county):
    users = [made for made in county if any(row.service == "continence" for row in made.standings)]

    assert Counter(made.wave for made in users) == {1: 6, 2: 6, 3: 6}
    assert {made.lives_in for made in users} <= {code_of("Hyndburn"), code_of("Rossendale")}


@pytest.mark.parametrize(("district", "number"), [("Pendle", 9), ("Fylde", 4)])
def test_very_few_answer_from_one_district_or_another_in_the_last_wave(county, null_twin, district, number):
    for made in (county, null_twin):
        there = [one for one in made if one.wave == 3 and one.lives_in == code_of(district)]
        assert len(there) == number
        assert {one.district for one in there} == {code_of(district)}


def paused(made):
    return any(stance.aspect == BURST.aspect for said in made.remarks for stance in said.stances)


def test_a_pause_in_referrals_is_written_about_in_lancaster_in_the_last_ten_days_alone(county, null_twin):
    told = [made for made in county if paused(made)]

    assert len(told) == BURST.responses
    assert {made.lives_in for made in told} == {code_of("Lancaster")}
    assert min(made.sent_at.date() for made in told) >= TODAY - timedelta(days=10)
    assert not any(paused(made) for made in null_twin)


def test_the_null_twin_has_the_same_families_in_the_same_places_at_the_same_times(county, null_twin):
    first = {(made.wave, made.place): made for made in county}
    same = [made for made in null_twin if not paused(first[made.wave, made.place])]

    assert len(county) == len(null_twin) == 2510
    for made in null_twin:
        assert made.lives_in == first[made.wave, made.place].lives_in
    assert sum(made.sent_at == first[made.wave, made.place].sent_at for made in same) > 0.97 * len(same)


def test_in_the_null_twin_a_service_is_as_good_everywhere_always_and_for_all(null_twin):
    shares = {(row.service, row.share_good) for made in null_twin for row in made.standings}

    assert len(shares) == len({service for service, _ in shares})


def test_in_the_null_twin_the_mix_of_ages_does_not_change(null_twin):
    young = [
        sum(made.band == "0_4" for made in null_twin if made.wave == number)
        / sum(made.wave == number for made in null_twin)
        for number in (1, 2, 3)
    ]

    assert max(young) - min(young) < 0.05
