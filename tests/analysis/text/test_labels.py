"""A label tells a group of comments from the others in a few words, and never in words that say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import labels, words
from survey.theming.wording import LONGEST_LABEL

BUSES = ["The bus was late again", "Our bus never came, the driver was new", "No bus and no driver"]
THERAPY = ["Speech therapy was good", "More speech therapy please", "We need speech therapy and a therapist"]


def named(*groups: list[str]):
    texts = [text for group in groups for text in group]
    return labels.name(texts, [number for number, group in enumerate(groups) for _ in group])


def test_each_group_is_named_by_what_sets_it_apart():
    assert named(BUSES, THERAPY)["label"].tolist() == ["Bus, driver", "Speech therapy"]


def test_no_label_names_a_group_by_a_verdict_or_by_staff_while_it_has_other_words():
    praised = [f"{text}. Staff were good, helpful and friendly, a great help" for text in BUSES]

    label = named(praised, THERAPY).loc[0, "label"]

    assert "bus" in label.lower()
    assert not {"good", "staff", "help", "helpful", "great"} & set(words.split(label))


def test_no_word_is_in_a_label_in_two_forms():
    label = named(["They wait", "Waiting and waiting, so we wait", "Waiting for a wait", "Waits"], THERAPY).loc[
        0, "words"
    ]

    assert len(label.split(", ")) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("CAMHS lost us", "Where is CAMHS"), ("CAMHS lost us", "where is camhs. CAMHS!")]
)
def test_what_is_written_in_capitals_is_shown_in_capitals(one, other):
    assert named([one, other], THERAPY).loc[0, "label"].startswith("CAMHS")


def test_what_redaction_put_in_names_nothing():
    masked = ["[name] drove the bus, ring [phone]", "The bus of [name], [phone]", "[name] and the bus"]

    assert named(masked, THERAPY).loc[0, "label"] == "Bus"


def test_what_only_one_person_said_names_nothing_while_others_share_a_word():
    label = named(["Mandy drives the bus", "The bus is cold", "A bus that stinks"], THERAPY).loc[0]

    assert (label["label"], label["words"]) == ("Bus", "bus")


def test_a_group_of_verdicts_alone_is_said_to_speak_in_general():
    assert named(["Good", "Very good", "good!"], THERAPY).loc[0, "label"] == "In general: good, very"


def test_a_group_that_speaks_in_general_is_shown_by_what_several_of_it_say_in_the_same_words():
    praise = ["Keep up the good work", "All fine, keep up the good work", "I can't think of anything", "Keep it up"]

    assert named(praise, THERAPY).loc[0, "label"] == "In general: keep up the good work"


def test_numbers_are_nothing_to_speak_of_in_general():
    assert named(["Ten, 10", "It is 10", "Went"], THERAPY).loc[0, "label"] == "In general: went, is, it"


@pytest.mark.parametrize(
    ("said", "label"),
    [
        (["The home to school transport stopped", "Home to school transport", "No home to school transport"],
         "Home to school transport"),
        (["Another change of driver", "A change of driver again", "Change of driver upsets her"], "Change of driver"),
        (["They cut short breaks", "Short breaks please", "Our short breaks went"], "Short breaks"),
        (["The waiting times", "Waiting time was long", "Such long waiting times"], "Waiting times"),
    ],
)  # fmt: skip
def test_a_phrase_is_shown_as_people_write_it_with_the_words_that_join_it(said, label):
    assert named(said, THERAPY).loc[0, "label"].startswith(label)


def test_no_phrase_is_cut_off_where_those_who_say_it_say_more():
    campaign = ["We object to any cut to short breaks", "No cut to short breaks", "Stop the cut to short breaks now"]

    assert named(campaign, THERAPY).loc[0, "label"] == "Cut to short breaks"


def test_a_phrase_comes_before_words():
    label = named([f"{text}, of the respite centre" for text in BUSES], THERAPY).loc[0, "label"]

    assert label == "Respite centre, bus, driver"


def test_a_word_for_what_is_done_stands_in_no_label_that_has_words_for_things():
    said = ["They cancel the bus", "You cancel my bus and the escort", "To cancel a bus, an escort", "The escort"]

    label = named(said, THERAPY).loc[0]

    assert label["label"] == "Bus, escort"
    assert "cancel" in label["words"]


def test_a_word_for_what_is_done_that_stands_alone_is_shown_with_what_people_say_around_it():
    said = ["Nothing springs to mind", "It never springs to mind", "Hmm, springs to mind? No"]

    assert named(said, THERAPY).loc[0, "label"] == "Springs to mind"


def test_what_few_of_a_group_say_does_not_name_it_where_more_say_something_else():
    praise = ["Can't fault it"] * 8 + ["The lack of a lift", "Such a lack of care"]

    assert named(praise, THERAPY).loc[0, "label"] == "In general: can't fault"


def test_the_misspelt_is_counted_and_shown_in_the_spelling_of_most():
    rightly = ["The appointment", "An appointment", "My appointment", "Our appointment", "Her appointment"] * 2
    wrongly = ["An apointment for a bus", "The apointment and the bus"]

    assert named(wrongly, rightly).loc[0, "words"] == "bus, appointment"


def test_a_misspelt_everyday_word_names_no_group():
    said = ["Realy good, the bus", "Realy bad bus", "Really really the bus", "Really no bus"]

    assert named(said, THERAPY).loc[0, "words"] == "bus"


def test_groups_that_say_the_same_are_told_apart_by_a_number():
    assert named(BUSES, BUSES)["label"].is_unique


def test_texts_in_no_group_are_left_aside():
    assert labels.name(["The bus", "A bus", "Nothing"], [4, 4, -1]).index.tolist() == [4]


@given(st.lists(st.tuples(st.text(max_size=40), st.integers(-1, 3)), max_size=12))
def test_whatever_is_said_every_group_gets_a_label_of_its_own(said):
    named = labels.name([text for text, _ in said], [group for _, group in said])

    assert named.index.tolist() == sorted({group for _, group in said} - {-1})
    assert named["label"].is_unique
    assert (named["label"].str.strip() != "").all()


LONG = "".join(map(chr, range(ord("a"), ord("z") + 1)))


@pytest.mark.parametrize(
    "said",
    [
        [f"The {LONG}, the {LONG}", f"The {LONG}"],
        ["Wholeheartedly neurodevelopmental interdisciplinary misunderstandings"] * 3,
        ["we have been wholeheartedly misunderstood by interdisciplinary neurodevelopmental representatives"] * 3,
    ],
)
def test_no_label_is_longer_than_the_name_of_a_theme_may_be_and_no_word_than_a_keyword(said):
    label = named(said, said[:2] * 2, THERAPY)

    assert (label["label"].str.len() <= LONGEST_LABEL).all()
    assert all(2 <= len(word) <= LONGEST_LABEL for word in ", ".join(filter(None, label["words"])).split(", "))


@given(st.permutations([(text, 0) for text in BUSES] + [(text, 1) for text in THERAPY]))
def test_the_order_of_texts_changes_no_label(said):
    shuffled = labels.name([text for text, _ in said], [group for _, group in said])

    assert shuffled.equals(named(BUSES, THERAPY))
