"""What the comments of the demonstration are like, measured: what is aimed at, with room for chance."""

from collections import Counter
from itertools import pairwise
from statistics import quantiles

import pytest

from survey.checking import clean
from survey.demo.kinds import Kind, Lean
from survey.questionnaire_file import shipped

OWN_WORDS = ("tell_us_more", "anything_else")
SHARES = {  # of what is left in "anything else", in per cent
    Kind.COMPLAINT: 30, Kind.MIXED: 18, Kind.THANKS: 10, Kind.STORY: 10, Kind.SUGGESTION: 8, Kind.NOTHING: 9,
    Kind.OFF_TOPIC: 3, Kind.NAMED: 4, Kind.SARCASM: 2, Kind.UNDERSTATED: 3, Kind.ANGRY: 2, Kind.CAMPAIGN: 1.5,
    Kind.POLISHED: 2, Kind.WRONG_QUESTION: 2,
}  # fmt: skip


def lengths(remarks, *items):
    return sorted(len(said.words.split()) for said in remarks if said.item in items)


def percentile(values, per_cent):
    return quantiles(values, n=100, method="inclusive")[per_cent - 1]


def test_answers_in_their_own_words_are_mostly_short_and_sometimes_very_long(remarks):
    words = lengths(remarks, *OWN_WORDS)

    assert 14 <= percentile(words, 50) <= 22  # the aim is 18
    assert 110 <= percentile(words, 90) <= 170  # 140
    assert 700 <= words[-1] <= 1_100  # 900


def test_the_one_thing_is_said_in_a_few_words(remarks):
    words = lengths(remarks, "one_change")

    assert percentile(words, 50) <= 10
    assert percentile(words, 90) <= 30


@pytest.mark.parametrize("kind", SHARES)
def test_each_kind_of_comment_has_about_its_share(remarks, kind):
    left = [said for said in remarks if said.item == "anything_else"]

    share = 100 * sum(said.kind is kind for said in left) / len(left)

    assert share == pytest.approx(SHARES[kind], abs=max(1.5, SHARES[kind] / 5))


def test_about_92_in_100_comments_are_in_english_and_six_languages_share_the_rest(remarks):
    languages = Counter(said.language for said in remarks)

    assert 0.905 <= languages["en"] / len(remarks) <= 0.94
    assert set(languages) == {"en", "ur", "pa", "gu", "pl", "ro", "bn"}
    assert {said.tongue for said in remarks} >= {"ur", "ur_roman", "pa", "pa_roman"}
    assert sum(said.switched for said in remarks) > 50


def test_hardly_any_comment_of_more_than_eight_words_is_word_for_word_another(remarks):
    long = [said.words for said in remarks if len(said.words.split()) > 8]

    repeated = len(long) - len(set(long))

    assert repeated / len(long) < 0.025


def test_words_follow_one_another_in_many_ways(remarks):
    pairs = [pair for said in remarks if said.language == "en" for pair in pairwise(said.words.lower().split())]

    assert len(set(pairs)) > 40_000
    assert len(set(pairs)) / len(pairs) > 0.12


def test_about_six_in_a_hundred_comments_hold_a_personal_detail(remarks):
    assert 0.05 <= sum(bool(said.spans) for said in remarks) / len(remarks) <= 0.085


def test_there_are_sixty_lines_about_a_childs_safety_and_twenty_that_only_sound_like_it(remarks):
    kinds = Counter(said.safeguarding for said in remarks if said.safeguarding)

    assert sum(kinds.values()) >= 60
    assert set(kinds) >= {"self_harm", "carer_breaking", "harm_at_home", "domestic_abuse", "school_restraint"}
    assert {said.language for said in remarks if said.safeguarding} >= {"en", "ur", "pl"}
    assert sum(bool(said.lookalike) for said in remarks) >= 20


def test_the_text_that_goes_round_comes_forty_times_and_hardly_twice_alike(remarks):
    copies = [said.words for said in remarks if said.kind is Kind.CAMPAIGN]

    assert len(copies) == 40
    assert len(set(copies)) > 30


def test_every_comment_is_one_that_the_survey_would_have_taken(remarks):
    asked = shipped("send_services")
    for said in remarks:
        assert said.words
        assert said.words == clean(said.words)
        assert len(said.words) <= asked.item(said.item).max_length


def test_nothing_left_to_fill_is_ever_shown(remarks):
    read = [said.words.replace("[illegible]", "").replace("[unclear]", "").replace("[?]", "") for said in remarks]

    assert not [words for words in read if set("[]{}") & set(words)]
    assert not [words for words in read if any("\ue000" <= letter <= "\uf8ff" for letter in words)]


@pytest.mark.parametrize("sign", ["=HYPERLINK", "\u200b", "\u200f", "<p>", "😡", "\n", "Right to Choose"])
def test_the_usual_mess_is_there(remarks, sign):
    assert any(sign in said.words for said in remarks)


def test_one_comment_or_another_fills_its_box_to_the_last_character(remarks):
    most = shipped("send_services").item("anything_else").max_length

    assert any(len(said.words) > most - 20 for said in remarks)


def test_nothing_is_praise_where_a_fault_was_asked_for_and_the_reverse(remarks):
    leans = {said.item: said.lean for said in remarks if said.kind is Kind.NOTHING}

    assert leans["one_change"] is Lean.POSITIVE
    assert leans["what_works"] is Lean.NEGATIVE
    assert leans["anything_else"] is Lean.NEUTRAL
