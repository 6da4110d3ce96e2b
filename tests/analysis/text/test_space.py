"""Where comments lie when themes are looked for among them."""

import numpy as np

from analysis.text import space, vectors

BUS = ["the bus driver left late again", "our bus driver was late", "late bus and a new driver"]
LIST = ["the waiting list for speech therapy is long", "speech therapy has a long waiting list", "a long waiting list"]


def test_the_more_of_a_comments_words_others_use_the_more_these_decide_where_it_lies():
    said = [*BUS, *LIST, "bus", "bus driver late waiting list speech therapy long"]
    made, places = space.lay_out(said, vectors.chosen())

    by_company = np.linalg.norm(places[:, made.middle.shape[1] :], axis=1)

    *_, one_word, all_words = by_company
    assert one_word < by_company[0] < all_words


def test_a_comment_none_of_whose_words_another_uses_lies_where_its_vector_puts_it():
    made, places = space.lay_out([*BUS, *LIST, "hoist sling hydrotherapy"], vectors.chosen())

    assert np.linalg.norm(places[-1, made.middle.shape[1] :]) == 0


def test_a_place_is_the_same_whatever_stands_beside_it():
    made, places = space.lay_out([*BUS, *LIST], vectors.chosen())

    assert np.array_equal(made.places(LIST), made.places([*LIST, *BUS])[: len(LIST)])
    assert np.allclose(made.places(BUS), places[: len(BUS)], atol=1e-6)
