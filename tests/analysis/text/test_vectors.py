import socket

import numpy as np
import pytest

from analysis.text import vectors, word_table


@pytest.mark.parametrize("name", ["wordllama", "lsa"])
def test_a_text_has_the_same_vector_of_length_one_whatever_stands_beside_it(name):
    maker = vectors.called(name)

    together = maker.of(["waiting for the bus", "speech therapy", "", "waiting for the bus"])

    assert np.array_equal(together[0], maker.of(["waiting for the bus"])[0])
    assert np.array_equal(together[0], together[3])
    assert np.allclose(np.linalg.norm(together, axis=1), [1, 1, 0, 1], atol=1e-5)
    assert maker.of([]).shape == (0, together.shape[1])


@pytest.mark.parametrize(("name", "near", "far"), [("wordllama", "funding", "bus"), ("lsa", "moneys", "bus")])
def test_words_alike_lie_near_each_other(name, near, far):
    money, one, other = vectors.called(name).of(["money", near, far])

    assert money @ one > 0.4 > money @ other


def test_vectors_are_made_without_asking_anybody(monkeypatch):
    def refused(*_):
        raise AssertionError("something tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    word_table.table.cache_clear()

    assert vectors.called("wordllama").of(["waiting"]).any()


def test_what_is_asked_for_is_what_comes_and_an_unknown_name_is_refused(monkeypatch):
    assert vectors.chosen().name == "wordllama"
    monkeypatch.setenv("HEARD_VECTORS", "LSA")
    assert vectors.chosen().name == "lsa"
    monkeypatch.setenv("HEARD_VECTORS", "bert")
    with pytest.raises(ValueError, match="no vectors called 'bert'. Set HEARD_VECTORS to one of: wordllama, lsa"):
        vectors.chosen()
