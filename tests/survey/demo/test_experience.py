from random import Random

import pytest

from survey.demo.experience import AGREEMENTS, RATINGS, agreement, latent, rating
from survey.demo.population import LEANING_SPREAD


@pytest.mark.parametrize("planted", [0.1, 0.3, 0.5, 0.7, 0.88])
def test_the_share_planted_is_the_share_found_in_the_long_run(planted):
    random = Random(5)

    good = sum(latent(planted, random.gauss(0, LEANING_SPREAD), random) > 0 for _ in range(20_000))

    # The correction for the spread between families is an approximation; chance adds a third of a point.
    assert good / 20_000 == pytest.approx(planted, abs=0.012)


def test_a_rating_is_good_exactly_where_the_experience_is_above_nought():
    for standing in (-9, -1, -0.2, 0, 0.01, 1, 9):
        assert (rating(standing) in ("good", "very_good")) is (standing > 0)


def test_ratings_and_agreements_rise_with_experience():
    along = [-9, -1, -0.2, 0.5, 9]

    assert [rating(standing) for standing in along] == list(RATINGS)
    assert [agreement(standing) for standing in along] == list(AGREEMENTS)
