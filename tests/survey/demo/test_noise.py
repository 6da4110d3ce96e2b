from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from survey.checking import clean
from survey.demo import noise
from survey.demo.personal import Detail, marked, unmarked
from survey.demo.voices import manner_of, voices

PLAIN = replace(
    manner_of(Random(1)),
    slips=0.0, lower=False, unpunctuated=False, emoji=False, autocorrect=False, dictated=False, dialect=False,
    articles_dropped=0.0, capitals=0.0,
)  # fmt: skip
ROUGH = replace(PLAIN, slips=0.3, lower=True, autocorrect=True, dialect=True, articles_dropped=0.7)
SENTENCE = "I was told nothing about my son because the EHCP appointment was cancelled"


def test_a_plain_manner_changes_nothing():
    assert noise.worn(SENTENCE, PLAIN, Random(1)) == SENTENCE


def test_dialect_is_said_as_it_is_in_lancashire():
    said = {noise.worn(SENTENCE, replace(PLAIN, dialect=True), Random(seed)) for seed in range(30)}

    assert any("nowt" in words and "me lad" in words for words in said)


def test_slips_are_made_with_some_words_and_not_with_most():
    worn = noise.worn(SENTENCE, replace(PLAIN, slips=0.08), Random(3)).split()

    changed = sum(before != after for before, after in zip(SENTENCE.split(), worn, strict=True))
    assert 1 <= changed <= 6


@given(st.integers(), st.text("abcdefg I.", max_size=40))
def test_no_noise_touches_a_personal_detail(seed, words):
    text = f"{words} {marked(Detail.NAME, 'Mrs Ashmoor')} {words} {marked(Detail.PHONE, '07700 900123')}"

    worn, spans = unmarked(noise.worn(text, ROUGH, Random(seed)))

    assert [worn[span.start : span.end] for span in spans] == ["Mrs Ashmoor", "07700 900123"]


def test_marks_that_nobody_sees_survive_the_cleaning_that_answers_get():
    sprinkled = noise.sprinkled("nobody rang", Random(1))

    assert len(sprinkled) == len("nobody rang") + 1
    assert clean(f"a{noise.ZERO_WIDTH}b{noise.RIGHT_TO_LEFT}c") == f"a{noise.ZERO_WIDTH}b{noise.RIGHT_TO_LEFT}c"


def test_voices_make_up_a_hundred_people():
    assert sum(voice.share for voice in voices()) == 100


def test_somebody_new_to_english_leaves_articles_out():
    manner = manner_of(Random(1), new_to_english=True)

    said = [noise.worn("the driver of the taxi is a kind man", manner, Random(seed)) for seed in range(20)]

    assert any("the" not in words for words in said)
