import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import finding
from analysis.text.finding import fold, having, sought

WORDS = st.sampled_from(
    ["wait", "waiting", "waited", "Bus", "BUSES", "no", "reply", "café", "łódź", "بچہ", "1", "2026"]
)
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=12)


def found(typed, *texts):
    return [texts[place] for place in having([fold(text) for text in texts], range(len(texts)), sought(typed))]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("wait", "We are WAITING still"),
        ("reply no", "No reply at all"),
        ('"no reply"', "There was no reply."),
        ("“no reply”", "No, reply they did not: no reply!"),
        ("cafe", "The café was shut"),
        ("café", "The CAFE was shut"),
        ("lodz", "Z Łodzi do Łódź"),
        ("cant", "We can’t go"),
        ("can't", "we CANT go"),
        ("strasse", "Straße"),
        ("متى", "متی"),
        ("كتاب", "کتاب"),
        ("بچه", "بچہ"),
        ("ગુજરાતી", "આ ગુજરાતી છે"),
        ("বাংলা", "আমি বাংলায় লিখি"),
        ("one-to-one", "One to one support"),
        ("07", "It was 07 March"),
    ],
)
def test_words_are_found_however_they_are_written(typed, text):
    assert found(typed, text) == [text]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ait", "We wait"),  # from the beginning of a word
        ("wait bus", "We wait"),  # every word
        ('"reply no"', "no reply"),  # in that order
        ('"no repl"', "no reply"),  # whole words in a phrase
        ("গান", "গণ"),  # a vowel sign is part of the word
    ],
)
def test_what_is_not_there_is_not_found(typed, text):
    assert found(typed, text) == []


@given(TEXTS, st.lists(WORDS, min_size=1, max_size=3))
def test_exactly_those_are_found_in_which_some_word_begins_with_each_word_sought(texts, wanted):
    folded = [fold(text) for text in texts]

    places = having(folded, range(len(texts)), sought(" ".join(wanted)))

    starts = [fold(word).strip() for word in wanted]
    by_eye = [all(any(word.startswith(one) for word in text.split()) for one in starts) for text in folded]
    assert places == [place for place, has in enumerate(by_eye) if has]


@given(TEXTS, st.permutations(["wait", "no", "bus"]))
def test_the_order_of_the_words_sought_makes_no_difference(texts, wanted):
    folded = [fold(text) for text in texts]

    assert having(folded, range(len(texts)), sought(" ".join(wanted))) == having(
        folded, range(len(texts)), sought("bus no wait")
    )


@given(st.text())
def test_what_is_folded_stays_as_it_is_when_it_is_folded_again(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_every_text_with_a_word_in_it_is_found_by_itself(text):
    wanted = sought(text.translate(dict.fromkeys(map(ord, '"“”„«»'), " ")))

    assert having([fold(text)], [0], wanted) == [0]


@pytest.mark.parametrize("typed", ["", "   ", "?!…,;", "🙂🙂", '""', "“”", "\u200b", "'"])
def test_signs_alone_are_nothing_to_look_for(typed):
    assert not sought(typed)


def test_a_search_of_five_thousand_characters_is_cut_off():
    wanted = sought(" ".join(f"word{number}" for number in range(700)))

    assert len(wanted.pieces) == finding.MOST_TERMS
    assert len(" ".join(wanted.pieces)) <= finding.LONGEST


def test_words_spelled_alike_are_suggested_for_a_word_that_nobody_wrote():
    folded = [fold("We waited for speech therapy"), fold("The therapist rang")]

    assert finding.near(sought("theraphy rang"), folded) == {"theraphy": ["therapy"]}
    assert finding.near(sought("zzzz"), folded) == {}
