"""The golden lines were written for this project, as the training lines were, but are not among those."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import evidence, lines, sentiment
from tests.load import hard_cases
from tests.running import ROOT

TONES = ["p_negative", "p_neutral", "p_positive"]

GOLDEN = {
    "a plain fact that is a complaint": (
        "negative",
        [
            "We have been waiting for the OT report since the spring.",
            "The coach drops them off twenty minutes into first lesson.",
            "My daughter's plan was due in June and there is no sign of it.",
            "Three different coordinators have had our case this year.",
            "The physio retired and nobody has taken over.",
            "I left four messages and none were returned.",
            "His hours were reduced from twenty five to twelve.",
            "The paperwork went missing twice.",
            "She eats lunch on her own in the office.",
            "They sent the letter to our old address again.",
            "The ramp has been out of use all term.",
            "Our son is seventeen and there is still no transition plan.",
            "They closed her case without seeing her.",
        ],
    ),
    "a wish": (
        "negative",
        [
            "One named contact would make all the difference.",
            "I'd like somebody to ask my daughter what she thinks.",
            "More overnight respite, please.",
            "It would be easier if appointments were in the evening.",
            "Schools ought to be held to what is in the plan.",
            "Could somebody update the website?",
        ],
    ),
    "a good thing denied": (
        "negative",
        [
            "I am not satisfied with the review.",
            "They weren't interested in what we had to say.",
            "The advice didn't help.",
        ],
    ),
    "a bad thing denied": (
        "positive",
        [
            "We have never had any trouble with the transport.",
            "There is nothing I would change about the nursery.",
            "She couldn't have been kinder.",
            "I can't fault the speech therapist.",
        ],
    ),
    "British blame": (
        "negative",
        ["It could have gone better.", "Not what you'd call speedy.", "I was less than impressed."],
    ),
    "British praise": ("positive", ["Not too shabby.", "Can't grumble really.", "The new clinic isn't bad at all."]),
    "irony": (
        "negative",
        [
            "Oh brilliant, another assessment to tell us what we already know.",
            "Thanks for the leaflet, that fixed everything.",
            "So good of them to see her for five whole minutes.",
        ],
    ),
    "a plain fact that is praise": (
        "positive",
        [
            "Our caseworker rings when she says she will.",
            "The portage lady taught me how to play with him.",
            "They found her a place within a month.",
            "Me lad's made up with his new school.",
        ],
    ),
    "neither": (
        "neutral",
        [
            "My son is in year four at the local primary.",
            "We have a meeting on Tuesday.",
            "We see the paediatrician every six months.",
        ],
    ),
}

# Of the cases in tests/data/sentiment_hard_cases.csv, a little below what was measured. They were written before the
# lines and cues that are to read them, and no line of theirs was ever added to what the model learns from.
AT_LEAST = {
    "contrast": 0.44,
    "factual complaint": 0.47,
    "implicit positive": 0.5,
    "negation": 0.7,
    "nothing": 0.8,
    "sarcasm": 0.59,
    "understatement": 0.84,
    "wish": 0.8,
}
OPPOSITE_AT_MOST = 0.1  # of all: praise read as blame, or blame as praise


def likeliest(texts, directions=None):
    return sentiment.score(texts, directions)[TONES].idxmax(axis=1).str.removeprefix("p_").tolist()


@pytest.mark.parametrize("kind", GOLDEN)
def test_it_knows(kind):
    meant, texts = GOLDEN[kind]

    assert dict(zip(texts, likeliest(texts), strict=True)) == dict.fromkeys(texts, meant)


def test_no_golden_line_is_among_those_it_learned_from():
    learned = {line.text.lower().strip(" .!?") for line in lines.written()}
    golden = {text for _, texts in GOLDEN.values() for text in texts}
    hard = set(hard_cases.lines(hard_cases.SENTIMENTS)["text"])

    assert not learned & {text.lower().strip(" .!?") for text in golden | hard}


@pytest.fixture(scope="module")
def right():
    return hard_cases.sentiments()


@pytest.mark.parametrize("kind", AT_LEAST)
def test_hard_cases_of_each_kind_are_read_right_at_least_this_often(kind, right):
    assert right.loc[kind, "right"] >= AT_LEAST[kind]


def test_hard_cases_are_seldom_read_as_their_opposite(right):
    assert set(right.index) == set(AT_LEAST)
    assert (right["opposite"] * right["cases"]).sum() / right["cases"].sum() <= OPPOSITE_AT_MOST


@pytest.mark.parametrize("kind", ["understatement", "sarcasm", "negation", "contrast", "factual complaint"])
def test_there_are_enough_hard_cases_for_a_floor_to_mean_something(kind, right):
    assert right.loc[kind, "cases"] >= 40


def test_every_kind_of_line_it_learned_from_says_who_wrote_it_and_why():
    kinds = hard_cases.lines(ROOT / "analysis" / "text" / "sentiment_kinds.csv")

    assert len(lines.written()) >= 600
    assert {line.kind for line in lines.written()} == set(kinds["kind"])
    assert (kinds != "").all().all()


@pytest.mark.parametrize(
    "text",
    [
        "The teacher is superb but the head is useless.",
        "Wonderful nurses, awful waiting times.",
        "Great support at nursery and dreadful support at school.",
    ],
)
def test_praise_and_blame_of_one_size_are_mixed(text):
    told = sentiment.score([text])

    assert told["sentiment"].tolist() == ["mixed / unclear"]
    assert told["unsure"].tolist() == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing", "nothing.", "No", "None", "Nothing really", "Can't think of anything", "nothin", "Nothign",
        "nothing, sorry", "nothing tbh", "Sod all", "Nothing. Nothing at all.", "No, nothing",
        "Nothing - can't think of anything",
    ],
)  # fmt: skip
def test_nothing_means_what_the_question_makes_of_it(text):
    told = sentiment.score([text] * 3, ["criticism", "praise", "open"])["sentiment"]

    assert told.tolist() == ["positive", "negative", "mixed / unclear"]


@pytest.mark.parametrize("text", ["Nothing, all good", "Nothing but praise"])
def test_nothing_with_praise_is_praise_whatever_was_asked(text):
    assert set(sentiment.score([text] * 3, ["criticism", "praise", "open"])["sentiment"]) == {"positive"}


@pytest.mark.parametrize("direction", ["criticism", "praise", "open"])
def test_a_good_thing_not_to_be_thought_of_is_criticism_and_a_better_one_never_met_is_praise(direction):
    said = ["Cannot think of anything good", "We have never met a kinder nurse", "We have not had a single late bus"]

    told = sentiment.score(said, [direction] * 3)["sentiment"].tolist()

    assert told == ["negative", "positive", "positive"]


def test_no_opinion_is_neutral_whatever_was_asked():
    assert set(sentiment.score(["N/A", "Don't know", "Not sure"], ["praise", "criticism", "open"])["sentiment"]) == {
        "neutral"
    }


def test_a_blank_claims_nothing():
    assert sentiment.score(["", "  \n"])["sentiment"].tolist() == ["mixed / unclear"] * 2


def test_it_abstains_where_nothing_is_likely_enough_and_says_so():
    told = sentiment.score(["Nothing", "", "The staff were wonderful", "Great staff but dreadful waiting times"])

    assert told["sentiment"].tolist() == ["mixed / unclear", "mixed / unclear", "positive", "mixed / unclear"]
    assert told["unsure"].tolist() == [True, True, False, False]
    assert sentiment.unread(2)["unsure"].tolist() == [True, True]


def test_there_must_be_a_direction_for_each_text():
    with pytest.raises(ValueError, match="2 texts and 1 directions"):
        sentiment.score(["a", "b"], ["open"])


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_gets_a_row_whose_probabilities_sum_to_one(texts):
    told = sentiment.score(texts)

    assert len(told) == len(texts)
    assert np.allclose(told[TONES].sum(axis=1), 1)
    assert ((told[TONES] >= 0) & (told[TONES] <= 1)).all().all()


@settings(deadline=None, max_examples=5)
@given(st.permutations([line.text for line in lines.written()[::90]]))
def test_the_order_of_comments_and_their_neighbours_change_nothing(texts):
    together = sentiment.score(texts)

    alone = [sentiment.score([text]).iloc[0].tolist() for text in texts]

    assert together.to_numpy().tolist() == alone


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=4), st.sampled_from(["praise", "criticism", "open"]))
def test_it_is_unsure_just_where_no_sentiment_is_likelier_than_not(texts, direction):
    told = sentiment.score(texts, [direction] * len(texts))

    assert (told["unsure"] == (told[TONES].max(axis=1) < 0.5)).all()
    assert (told.loc[told["unsure"], "sentiment"] == "mixed / unclear").all()


@settings(deadline=None, max_examples=10)
@given(st.lists(st.sampled_from([line.text for line in lines.written()[::40]]), min_size=1, max_size=5))
def test_the_question_matters_only_where_a_comment_says_nothing_by_itself(texts):
    weighed = evidence.weigh(texts)
    by_itself = ((weighed["silent"] == 0) & (weighed["nothing"] == 0)).to_numpy()

    one, other = (sentiment.score(texts, [way] * len(texts))[by_itself] for way in ("praise", "criticism"))

    assert one.equals(other)


@pytest.mark.parametrize("vectors", ["lsa", "wordllama"])
def test_it_reads_alike_whichever_vectors_themes_are_found_with(vectors, monkeypatch):
    texts = ["The staff were wonderful, thank you", "We waited three years"]
    before = sentiment.score(texts)

    monkeypatch.setenv("HEARD_VECTORS", vectors)

    assert sentiment.score(texts).equals(before)
    assert likeliest(texts) == ["positive", "negative"]


@pytest.mark.parametrize("text", ["-", "...", "?!", "–"])
@pytest.mark.parametrize("direction", ["praise", "criticism", "open"])
def test_marks_alone_claim_nothing(text, direction):
    told = sentiment.score([text], [direction])

    assert told["unsure"].tolist() == [True]
    assert told["sentiment"].tolist() == ["mixed / unclear"]


@pytest.mark.parametrize(
    "text", ["Absolutely nothing", "literally nothing at all", "Sadly, nothing", "There is nothing"]
)
def test_nothing_said_with_force_means_what_nothing_means(text):
    told = sentiment.score([text, text], ["criticism", "praise"])

    assert told["sentiment"].tolist() == ["positive", "negative"]
    assert told["unsure"].tolist() == [False, False]
