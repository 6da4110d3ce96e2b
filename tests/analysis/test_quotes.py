import pandas as pd

from analysis.quotes import representative

LONG = "we have waited a very long time for any appointment at all"


def frames(*told):
    """Each told: (words, strength, extra columns). One person each unless said otherwise."""
    rows = [
        {
            "comment_id": number,
            "response_id": 100 + number,
            "words": words,
            "strength": strength,
            "service": "ot",
            "district": "north",
            "sentiment": "negative",
            "language": "en",
            "quotable": True,
        }
        | more
        for number, (words, strength, more) in enumerate(told)
    ]
    table = pd.DataFrame(rows)
    comments = table[["comment_id", "response_id", "words", "service", "sentiment", "language"]]
    codings = table[["comment_id", "strength"]].assign(theme="waiting")
    responses = table[["response_id", "district", "quotable"]].drop_duplicates("response_id")
    return comments, codings, responses


def quoted(*told, **how):
    return [quote.words for quote in representative(*frames(*told), "waiting", **how)]


def test_the_comment_that_carries_the_theme_most_strongly_comes_first():
    assert quoted((f"{LONG} again", 0.5, {}), (LONG, 0.9, {}), most=1) == [LONG]


def test_a_different_voice_is_taken_before_more_of_the_same():
    same = f"{LONG} too"
    other = "they rang us back the very next day and saw him within a week"

    told = [(LONG, 0.9, {}), (same, 0.88, {}), (other, 0.6, {"sentiment": "positive", "district": "south"})]

    assert quoted(*told, most=2) == [LONG, other]


def test_only_people_who_agreed_to_be_quoted_are():
    assert quoted((LONG, 0.9, {"quotable": False})) == []


def test_nobody_is_quoted_twice():
    other = "months go by and nobody can say when we will be seen"

    assert quoted((LONG, 0.9, {}), (other, 0.8, {"response_id": 100})) == [LONG]
    assert quoted((LONG, 0.9, {}), (other, 0.8, {}), passed_over=[100]) == [other]


def test_comments_too_short_or_too_long_to_quote_are_left_out():
    assert quoted(
        ("far too long", 0.9, {}), (" ".join(["word"] * 61), 0.9, {}), (" ".join(["word"] * 60), 0.1, {})
    ) == [" ".join(["word"] * 60)]


def test_the_same_words_from_two_people_are_quoted_once():
    assert quoted((LONG, 0.9, {}), (LONG, 0.8, {})) == [LONG]


def test_the_same_comments_give_the_same_quotes_in_whatever_order_they_come():
    told = [(f"{LONG} and this is comment number {number}", 0.5, {"district": str(number % 3)}) for number in range(20)]
    comments, codings, responses = frames(*told)

    first = representative(comments, codings, responses, "waiting")
    shuffled = representative(
        comments.sample(frac=1, random_state=1), codings.sample(frac=1, random_state=2), responses[::-1], "waiting"
    )

    assert first == shuffled
    assert len(first) == 3


def test_a_theme_that_nobody_said_has_no_quotes():
    assert representative(*frames((LONG, 0.9, {})), "another") == ()
