import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES, check, empty
from analysis.upkeep import Frames, kept, renewed

ALL = (RESPONSES, ANSWERS, COMMENTS, CODINGS)
NOTHING = kept(Frames(*(empty(columns) for columns in ALL)))


def wave(people):
    """Frames of people: by response_id, their district. Each rates one service and comments once."""
    ids, districts = list(people), list(people.values())
    responses = pd.DataFrame({"response_id": ids, "district": districts}, dtype=object).astype({"district": "str"})
    responses = responses.astype({"response_id": "int64"}).assign(
        wave="1", channel="web", language="en", variant="standard", age_band="", plan="", quotable=False
    )
    responses["sent_at"] = pd.Series(pd.Timestamp(0, tz="UTC"), index=responses.index, dtype="datetime64[us, UTC]")
    about = responses[["response_id"]]
    answers = about.assign(item="rating", service="ot", child=0, code=responses["district"], number=float("nan"))
    comments = about.assign(comment_id=about["response_id"] + 1000, item="why", service="", child=0, language="en")
    comments = comments.assign(
        words="…", sentiment="neutral", p_negative=0.0, p_neutral=1.0, p_positive=0.0, unsure=False
    )
    codings = comments[["comment_id"]].assign(
        theme="waiting", strength=0.5, given_by="model", praise=False, criticism=True, request=False
    )
    frames = (responses, answers, comments, codings)
    return kept(Frames(*(check(frame, columns) for frame, columns in zip(frames, ALL, strict=True))))


def told(frames):
    return [
        sorted(map(tuple, frame[[*frame.columns.sort_values()]].astype("str").to_numpy().tolist())) for frame in frames
    ]


people = st.dictionaries(st.integers(1, 30), st.sampled_from(["north", "south", "elsewhere"]), max_size=12)


@settings(max_examples=25)
@given(people, people, st.sets(st.integers(1, 30), max_size=5))
def test_frames_that_were_renewed_are_the_frames_that_would_be_read_afresh(before, changed, withdrawn):
    fresh = {who: where for who, where in changed.items() if who not in withdrawn}

    kept_up = renewed(wave(before), wave(fresh), {*changed, *withdrawn})

    after = {who: where for who, where in (before | fresh).items() if who not in withdrawn}
    assert told(kept_up) == told(wave(after))


def test_what_was_held_is_left_as_it_was():
    held = wave({1: "north", 2: "south"})

    renewed(held, wave({2: "north", 3: "north"}), {2, 3})

    assert told(held) == told(wave({1: "north", 2: "south"}))


def test_a_wave_begins_from_nothing():
    assert told(renewed(NOTHING, wave({1: "north"}), {1})) == told(wave({1: "north"}))


def test_text_that_repeats_is_held_as_categories_and_stays_so():
    grown = renewed(wave({1: "north"}), wave({2: "elsewhere"}), {2})

    assert str(grown.responses["district"].dtype) == "category"
    assert str(grown.comments["words"].dtype) == "str"
    for frame, columns in zip(grown, ALL, strict=True):
        check(frame, columns)
