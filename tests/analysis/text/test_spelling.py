import numpy as np

from analysis.text import spelling


def test_words_spelled_alike_lie_near_and_others_do_not():
    helpful, unhelpful, misspelt, bus = spelling.of(["helpful", "unhelpful", "helpfull", "minibus"]).toarray()

    assert helpful @ misspelt > helpful @ unhelpful > 0.4
    assert abs(helpful @ bus) < 0.2


def test_a_row_has_unit_length_whatever_stands_beside_it_and_none_where_there_are_no_words():
    together = spelling.of(["The bus is late", "", "  ", "the BUS is late"]).toarray()

    assert np.allclose(np.linalg.norm(together, axis=1), [1, 0, 0, 1])
    assert (together[0] == spelling.of(["the bus is late"]).toarray()[0]).all()
    assert (together[0] == together[3]).all()
    assert spelling.of([]).shape == (0, spelling.RUNS)
