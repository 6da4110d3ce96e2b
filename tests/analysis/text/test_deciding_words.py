"""What is hidden in a comment is not told by the words that decided its themes either."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.study import study
from analysis.text import reading, words
from survey.coding_frame import shipped
from survey.deciding_words import standing_in
from survey.questionnaire import Direction

KEYWORDS = sorted({word for theme in shipped().themes for word in theme.keywords if word.isalpha()})
SURNAMES = [
    *("Carer", "Buss", "Waite", "Transporte", "Patience", "Kind", "Driver", "Helpman", "Chaser", "Ridewell", "Walker"),
    *("Teacher", "Mainstream", "Journey", "Respite", "Autism", "Careful", "Rude", "Nurse", "Speech", "Taxi", "Plan"),
]
LINES = [
    "The caseworker Mrs {} was rude to us again",
    "My son waits for the bus with Mr {}",
    "Our TA Miss {} is lovely",
    "Dr {} did not reply about the assessment",
    "my daughter {} waits two years for a diagnosis",
    "{} School lost the bus and nobody told us",
    "He goes to {} Autism Academy and is bullied",
    "Thanks to Sandra {} in transport the taxi came",
]
some_name = st.one_of(
    st.sampled_from(SURNAMES),
    st.sampled_from(KEYWORDS).map(str.capitalize),
    st.tuples(st.sampled_from(KEYWORDS), st.sampled_from(["s", "e", "er", "man", "ton", "ley"])).map(
        lambda parts: "".join(parts).capitalize()
    ),
)


def hidden_words(text, details):
    """The words of what is hidden in a comment, but for those that stand outside it too."""
    spans = [text[row.start : row.end] for row in details.itertuples()]
    rest = text
    for row in reversed(list(details.itertuples())):
        rest = f"{rest[: row.start]} {rest[row.end :]}"
    return {word for span in spans for word in words.split(span)} - set(words.split(rest))


def told(themes):
    return {word for line in themes for word in words.split(line)}


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(LINES), some_name)
def test_no_word_of_a_hidden_detail_is_among_those_that_decided_a_theme(line, name):
    text = line.format(name)

    read = reading.read([text], [Direction.OPEN], shipped())

    assert not told(read.themes["words"]) & hidden_words(text, read.details)


@pytest.mark.parametrize("vectors", ["wordllama", "lsa"])
@pytest.mark.parametrize("line", LINES)
def test_names_that_are_words_of_a_theme_are_hidden_and_told_nowhere(line, vectors, monkeypatch):
    monkeypatch.setenv("HEARD_VECTORS", vectors)
    texts = [line.format(name) for name in SURNAMES]

    read = reading.read(texts, [Direction.OPEN] * len(texts), shipped())

    for row, text in enumerate(texts):
        mine = read.details[read.details["row"] == row]
        assert not told(read.themes["words"][read.themes["row"] == row]) & hidden_words(text, mine)


def test_a_study_of_a_file_tells_no_hidden_word_either():
    texts = [line.format(name) for line in LINES for name in SURNAMES]

    found = study(texts, [Direction.OPEN] * len(texts), shipped())

    read = reading.read(texts, [Direction.OPEN] * len(texts), None)
    for row, text in enumerate(texts):
        mine = read.details[read.details["row"] == row]
        assert not told(found.carried["words"][found.carried["row"] == row]) & hidden_words(text, mine)


@pytest.mark.parametrize(
    ("shown", "decided", "left"),
    [
        ("The caseworker [name] was rude", "rude, carer", "rude"),
        ("We wait at [school] for the waiting list", "waiting list, name, school", "waiting list"),
        ("It’s soooo late", "it's, soo, late", "it's, soo, late"),
        ("", "late", ""),
        ("We wait", "", ""),
    ],
)
def test_only_words_that_may_be_shown_are_left_of_those_that_decided(shown, decided, left):
    assert standing_in(shown, decided) == left
