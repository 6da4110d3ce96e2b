"""What people said of comments corrects what the coding frame alone would give, once that is proved to be better."""

from itertools import product

import numpy as np
import pytest

from analysis.text import themes
from analysis.text.learning import Judged, assign, learn, prove
from survey.coding_frame import CodingFrame, FrameTheme

# People here mean by transport what the frame has no words for, and by waiting what it has.
FRAME = CodingFrame(
    themes=(
        FrameTheme(label="Waiting", keywords=("waiting", "waiting list", "delays")),
        FrameTheme(label="Transport", keywords=("bus", "taxi")),
        FrameTheme(label="Staff", keywords=("kind", "caring", "rude")),
    )
)
LATE = ["The passenger assistant", "The minibus escort", "Our escort", "The harness on the seat", "Her passenger seat"]
HAPPENED = ["was changed without a word", "has gone again", "was new this week", "upset him", "was never explained"]
WAITED = ["We are on the waiting list", "There were delays", "We are still waiting", "Waiting took all year"]
SINCE = ["since spring", "for the assessment", "and nobody rang", "for a place", "with no end"]


def judged(*, blind: bool = True, times: int = 2) -> Judged:
    moved = [f"{what} {how}" for what, how in product(LATE, HAPPENED)] * times
    waited = [f"{what} {how}" for what, how in product(WAITED, SINCE)] * times
    texts = [*moved, *waited]
    says = np.zeros((len(texts), 3))
    says[: len(moved), 1] = 1
    says[len(moved) :, 0] = 1
    return Judged(tuple(texts), tuple(range(len(texts))), says, np.full(says.shape, blind))


def carried(found) -> list[tuple[int, str]]:
    return list(found[["row", "theme"]].itertuples(index=False, name=None))


def test_what_people_call_a_theme_is_learnt():
    text = "The escort on the minibus was changed again"
    taught = learn(judged(), FRAME)

    assert (0, "transport") not in carried(themes.assign([text], FRAME))
    assert (0, "transport") in carried(assign([text], taught))


def test_a_theme_that_people_gave_too_seldom_is_left_to_the_frame():
    text = "The nurse was so kind and caring"
    taught = learn(judged(), FRAME)

    assert taught.columns == (0, 1)
    found = assign([text], taught)
    assert found[found["theme"] == "staff"].equals(themes.assign([text], FRAME).query("theme == 'staff'"))


def test_nothing_judged_teaches_nothing():
    nothing = Judged((), (), np.zeros((0, 3)), np.zeros((0, 3), dtype=bool))
    texts = ["Still waiting", "The taxi was late", ""]

    assert assign(texts, learn(nothing, FRAME)).equals(themes.assign(texts, FRAME))
    assert prove(nothing, FRAME) is None


def test_a_comment_is_given_the_same_whatever_stands_beside_it():
    taught = learn(judged(), FRAME)
    texts = ["The escort was new", "Still waiting for a place", "A kind nurse"]

    together = assign(texts, taught)

    for row, text in enumerate(texts):
        alone = assign([text], taught)
        mine = together[together["row"] == row].assign(row=0).reset_index(drop=True)
        assert mine.equals(alone)


def test_the_same_judgements_teach_and_prove_the_same():
    one, other = learn(judged(), FRAME), learn(judged(), FRAME)

    assert np.array_equal(one.weights, other.weights)
    assert prove(judged(), FRAME) == prove(judged(), FRAME)


def test_the_proof_is_made_on_comments_that_were_kept_back():
    """Judgements that follow nothing teach nothing, however well they can be learnt by heart."""
    told = judged()
    by_chance = np.random.default_rng(4).random(told.says.shape) < 0.3
    nonsense = told._replace(says=by_chance.astype(float))

    better, worse = prove(told, FRAME), prove(nonsense, FRAME)

    assert better.f1_with > better.f1_without
    assert better.low > 0
    assert worse.low <= 0


def test_comments_of_one_response_never_teach_about_one_another():
    """Every comment is there twice: learnt by heart from its copy it would be right, kept apart it cannot be."""
    chance = np.random.default_rng(5)
    words = [" ".join(chance.choice([*"abcdefghijklmnopqrstuvwxyz"], 4)) for _ in range(60)]
    says = np.zeros((120, 3))
    says[:, 1] = np.tile(chance.random(60) < 0.5, 2)
    apart = Judged(tuple(words) * 2, tuple(range(120)), says, np.ones(says.shape, dtype=bool))
    together = apart._replace(whose=tuple(range(60)) * 2)

    assert prove(together, FRAME).f1_with < prove(apart, FRAME).f1_with - 0.1


def test_only_what_was_said_blind_is_a_test():
    told = judged()
    blind = told.blind.copy()
    blind[40:] = False

    assert prove(told._replace(blind=blind), FRAME).comments == 40
    assert prove(judged(blind=False), FRAME) is None


@pytest.mark.parametrize("text", ["", "   ", "🙂" * 50])
def test_what_says_nothing_is_no_trouble(text):
    assign([text], learn(judged(), FRAME))
