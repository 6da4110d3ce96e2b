from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, current_thread, main_thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import clauses, clean, themes, vectors, words
from analysis.text.guide import Guide
from survey.coding_frame import CodingFrame, FrameTheme, shipped

SAID = {
    "Waiting list is three years and we are still waiting": "waiting",
    "Nobody listens to us as parents, we were fobbed off": "listening",
    "My caseworker left and nobody told me, emails never answered": "replies",
    "The nurses were kind and patient with him": "staff_manner",
    "They had no training and didn't understand autism or masking": "staff_knowledge",
    "The EHCP is copy and paste and section F is vague": "plan_quality",
    "Refused at panel twice, threshold too high": "refusal",
    "Still no ADHD diagnosis from the paediatrician": "diagnosis",
    "The SALT block of six sessions stopped": "therapy",
    "Her TA was taken away and the SENCO has no time": "school_support",
    "He is excluded and on a reduced timetable": "school_places",
    "The minibus picks him up an hour late and the driver changes": "transport",
    "short brakes cancelled again, no respite": "short_breaks",
    "The Local Offer website is out of date": "information",
    "passed from pillar to post, telling the same story": "joined_up",
    "He turned 18 and fell off a cliff, no adult services": "adulthood",
    "Four pads a day and the wheelchair is outgrown": "equipment",
    "We had to go to tribunal and pay a solicitor": "redress",
    "CAMHS closed the case though her anxiety is worse": "wellbeing",
    "It is a postcode lottery in east Lancashire": "place",
}


@pytest.fixture(params=["wordllama", "lsa"])
def either_vectors(request, monkeypatch):
    monkeypatch.setenv("HEARD_VECTORS", request.param)


def test_each_theme_of_the_frame_is_found_in_what_a_parent_would_say(either_vectors):
    found = themes.assign(list(SAID), shipped())

    first = found.drop_duplicates("row")
    assert dict(zip(first["row"], first["theme"], strict=True)) == dict(enumerate(SAID.values()))


def test_a_comment_may_carry_several_themes_the_strongest_first_with_the_words_that_decided():
    found = themes.assign(["The bus is late every morning. Nobody ever replies to my emails or rings back."], shipped())

    assert {"transport", "replies"} <= set(found["theme"])
    assert found["strength"].is_monotonic_decreasing
    assert "bus" in found.set_index("theme").loc["transport", "words"].split(", ")


def test_it_says_which_clauses_of_the_comment_carry_the_theme():
    said = "The bus is late. Nobody ever replies to my emails or rings back. The school minibus never came."

    found = themes.assign([said], shipped()).set_index("theme")["clauses"]

    assert found["transport"] == "0 2"
    assert found["replies"] == "1"


@pytest.mark.parametrize("text", ["Dog fouling on the pavement", "Thank you", "", "😡", "The chips were cold"])
def test_what_the_frame_does_not_know_is_left_without_a_theme(text):
    assert themes.assign([text], shipped()).empty


def test_a_phrase_of_small_words_decides_like_any_other():
    frame = CodingFrame(theme=(FrameTheme(label="Influence", keywords=("up to us",)), FrameTheme(label="Parking")))

    found = themes.assign(["It was not up to us"], frame)

    assert found[["theme", "words"]].to_numpy().tolist() == [["influence", "up to us"]]


def test_what_two_threads_learn_at_once_both_know():
    maker, both = vectors.chosen(), Barrier(2)

    class Meeting:
        """Gives the vectors of single words when another thread has come for some too, if one can come."""

        name = maker.name

        def of(self, texts):
            if current_thread() is not main_thread():
                with suppress(BrokenBarrierError):
                    both.wait(timeout=0.5)
            return maker.of(texts)

    frame = CodingFrame(
        theme=(FrameTheme(label="Transport", keywords=("bus",)), FrameTheme(label="Delay", keywords=("waiting",)))
    )
    guide = Guide(frame, Meeting())
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda word: guide.judge([word], [[word]]), ["bus", "waiting"]))

    assert guide.deciding("bus", ["bus"], [0]) == ["bus"]
    assert guide.deciding("waiting", ["waiting"], [1]) == ["waiting"]


def test_no_comments_give_no_rows_of_the_same_kind():
    nothing, something = themes.assign([], shipped()), themes.assign(["the bus"], shipped())

    assert nothing.dtypes.to_dict() == something.dtypes.to_dict() == themes.none().dtypes.to_dict()


def test_a_frame_of_labels_alone_finds_what_its_labels_say():
    frame = CodingFrame(theme=(FrameTheme(label="Food and drink"), FrameTheme(label="Parking")))

    found = themes.assign(["There is nowhere for parking", "The drink and the food were fine"], frame)

    assert found["theme"].tolist() == ["parking", "food_and_drink"]


@pytest.mark.parametrize("others", [[], ["Food"], ["Food", "Noise", "Staff"]])
def test_a_theme_is_found_however_few_others_the_frame_has(others):
    frame = CodingFrame(theme=tuple(FrameTheme(label=label) for label in ["Parking", *others]))

    found = themes.assign(["There is nowhere for parking", "Dog fouling on the pavement"], frame)

    assert found[["row", "theme"]].to_numpy().tolist() == [[0, "parking"]]


@settings(deadline=None, max_examples=10)
@given(st.permutations([*SAID, *list(SAID)[:3]]))
def test_the_order_of_comments_their_neighbours_and_their_copies_change_nothing(texts):
    found = themes.assign(texts, shipped())

    by_text = found.assign(text=[texts[row] for row in found["row"]]).drop(columns="row").drop_duplicates()
    alone = themes.assign([texts[0]], shipped()).drop(columns="row")
    assert by_text[by_text["text"] == texts[0]].drop(columns="text").to_numpy().tolist() == alone.to_numpy().tolist()


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(max_size=60) | st.sampled_from(list(SAID)), max_size=5))
def test_any_text_can_be_looked_through(texts):
    found = themes.assign(texts, shipped())

    assert not found.duplicated(["row", "theme"]).any()
    assert found["strength"].between(themes.ENOUGH, 1).all()
    for carried in found.itertuples():
        said = clean.plain(texts[carried.row])
        places = [*map(int, carried.clauses.split())]
        assert places
        assert {*places} <= {*range(len(clauses.split(said)))}
        assert carried.words
        assert {*words.split(carried.words)} <= {*words.split(said)}
