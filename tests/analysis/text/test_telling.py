import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.finding import fold
from analysis.text.telling import kinds, score, why

MUCH = "In March 2025 we asked school, then waited 14 weeks until the council refused. We appealed in October."
SOME = "We waited two years for a therapist"
LITTLE = "Very poor service, simply terrible, the worst"


def test_a_comment_that_says_when_how_many_who_and_what_happened_comes_before_one_that_only_judges():
    scores = [score(fold(text)) for text in (MUCH, SOME, LITTLE, "")]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


@given(st.text())
def test_a_score_lies_between_nothing_and_eight_and_a_half(text):
    assert 0 <= score(fold(text)) <= 8.5


def test_length_counts_up_to_sixty_words_and_no_further():
    assert score(fold("very " * 60)) == score(fold("very " * 600)) > score(fold("very " * 20))


def test_it_says_in_words_what_a_comment_tells():
    assert why(fold(SOME)) == [
        "says when (years)",
        "gives numbers (two)",
        "names who (therapist)",
        "says what happened (waited)",
        "has 7 words",
    ]
    assert why(fold("No")) == ["has 1 word"]


def test_a_year_says_when_and_is_no_number():
    assert why(fold("since 2024 he had 5 visits"))[:2] == ["says when (since, 2024)", "gives numbers (5)"]
    assert score(fold("2024")) == score(fold("march"))
    assert "gives numbers (2100)" in why(fold("2100 pounds"))


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds())
def test_the_words_of_a_kind_are_written_as_comments_are_folded(kind):
    assert {fold(word).strip() for word in kind.words} == kind.words
