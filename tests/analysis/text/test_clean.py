import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from analysis.text import clauses, clean

anything = st.text(st.characters(codec=None), max_size=200)


@given(anything)
def test_any_text_at_all_can_be_cleaned_and_cleaning_it_again_changes_nothing(text):
    kept = clean.safe(text)

    assert clean.safe(kept) == kept
    assert not {unicodedata.category(mark) for mark in kept} & {"Cs"}
    clean.plain(text).encode("utf-8")


def test_what_hides_in_a_comment_goes_and_its_lines_stay():
    assert clean.safe("zero\u200bwidth\r\n\u202eturned\u202c\x00 \ud800end") == "zerowidth\nturned end"


def test_joiners_stay_where_they_shape_words_or_emoji_and_go_where_they_hide():
    assert clean.safe("کے\u200cلیے 👨\u200d👧 07\u200d700") == "کے\u200cلیے 👨\u200d👧 07700"


def test_tags_and_scripts_are_taken_out_and_entities_read():
    assert clean.plain("<p>Good &amp; kind</p><script>alert('x')</script> a < b") == "Good & kind a < b"


def test_drawn_out_letters_are_shortened_and_numbers_are_left_alone():
    assert clean.plain("sooooo goood 07700 900000") == "soo good 07700 900000"


def test_a_pasted_document_is_read_as_far_as_the_longest_story_goes():
    assert len(clean.plain("word " * 300_000)) <= clean.LONGEST


@given(anything)
def test_any_text_splits_into_clauses_that_hold_words(text):
    assert all(clause.strip() for clause in clauses.split(clean.plain(text)))


def test_a_comment_is_cut_where_it_turns_and_where_it_goes_on_at_length():
    said = "Lovely staff, but we waited two years. Kind, patient and calm"

    assert clauses.split(said) == ("Lovely staff", "but we waited two years", "Kind, patient and calm")


def test_text_without_a_word_has_no_clauses():
    assert clauses.split("... !!") == ()
