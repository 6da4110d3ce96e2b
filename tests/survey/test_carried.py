"""What people said of a comment stands over what a model gave, and over what themes became since."""

import pytest

from survey import judging, theming
from survey.database import reading, writing
from survey.errors import ThemeError
from survey.tables import Reading
from survey.theming import worded
from tests.survey.conftest import NOW
from tests.survey.theming.conftest import OFFICER, Given, desk_with  # noqa: F401  (fixture)


def say(desk, place: int, label: str, *, carries: bool) -> None:
    with writing(desk.engine) as session:
        judging.judge(session, desk.comment_ids[place], desk.theme(label).id, carries=carries, by=OFFICER)


def test_a_theme_a_person_gives_is_carried_and_one_they_take_is_not(desk_with):  # noqa: F811
    desk = desk_with("Waiting", "Kindness", given=[Given(0, "waiting", 0.6), Given(1, "waiting")])

    say(desk, 0, "Waiting", carries=False)
    say(desk, 0, "Kindness", carries=True)

    assert desk.carried() == {(0, "kindness", 1.0, "person"), (1, "waiting", 0.5, "model")}


def test_of_what_people_say_the_last_counts_and_a_theme_confirmed_is_a_persons(desk_with):  # noqa: F811
    desk = desk_with("Waiting", given=[Given(0, "waiting", 0.6, criticism=True)])

    say(desk, 0, "Waiting", carries=False)
    say(desk, 0, "Waiting", carries=True)

    assert desk.carried() == {(0, "waiting", 1.0, "person")}
    assert desk.frames().codings["criticism"].tolist() == [True], "what the model read in it stays"


def test_a_theme_that_a_person_alone_gave_does_what_the_whole_comment_does(desk_with):  # noqa: F811
    desk = desk_with("Waiting", "Kindness", given=[Given(0, "waiting", 0.6)])
    tone = {"sentiment": "negative", "p_negative": 0.8, "p_neutral": 0.1, "p_positive": 0.1}
    with writing(desk.engine) as session:
        session.add(Reading(comment_id=desk.comment_ids[0], model="m", read_at=NOW, criticism=True, **tone))

    say(desk, 0, "Kindness", carries=True)
    say(desk, 1, "Kindness", carries=True)

    told = desk.frames().codings.set_index(["comment_id", "theme"])["criticism"]
    first, second = desk.comment_ids[:2]
    assert told.to_dict() == {(first, "waiting"): False, (first, "kindness"): True, (second, "kindness"): False}


def test_a_theme_taken_from_a_comment_says_nothing_of_what_was_merged_into_it_later(desk_with):  # noqa: F811
    desk = desk_with("Waiting", "Delays", given=[Given(0, "delays"), Given(0, "waiting")])
    say(desk, 0, "Waiting", carries=False)

    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])

    assert desk.carriers("waiting") == {0}


def test_a_theme_taken_away_is_taken_with_all_that_was_merged_into_it_before(desk_with):  # noqa: F811
    desk = desk_with("Waiting", "Delays", "Late", given=[Given(0, "late"), Given(1, "late")])
    desk.do(theming.merge, desk.seen("Delays"), [desk.seen("Late")])
    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])

    say(desk, 0, "Waiting", carries=False)

    assert desk.carriers("waiting") == {1}
    desk.undo_last()
    desk.undo_last()
    assert desk.carriers("late") == {0, 1}, "of the theme by itself nobody has said anything"


def test_a_theme_taken_away_stays_away_when_a_candidate_becomes_part_of_it(desk_with):  # noqa: F811
    desk = desk_with("Buses", candidates=["found_bus"], given=[Given(0, "found_bus"), Given(1, "found_bus")])
    say(desk, 0, "Buses", carries=False)

    desk.do(theming.approve_into, desk.candidate("found_bus").id, desk.seen("Buses"))

    assert desk.carriers("buses") == {1}


def test_what_was_said_of_a_merged_theme_goes_with_it(desk_with):  # noqa: F811
    desk = desk_with("Waiting", "Delays", given=[Given(1, "delays")])
    say(desk, 0, "Delays", carries=True)
    say(desk, 1, "Delays", carries=False)

    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])

    assert desk.carried() == {(0, "waiting", 1.0, "person")}


def test_a_sentiment_that_a_person_sets_is_the_comments_and_is_sure(desk_with):  # noqa: F811
    desk = desk_with("Waiting")
    odds = {"p_negative": 0.4, "p_neutral": 0.2, "p_positive": 0.4}
    with writing(desk.engine) as session:
        for number in desk.comment_ids[:2]:
            session.add(
                Reading(comment_id=number, model="m", sentiment="mixed / unclear", unsure=True, read_at=NOW, **odds)
            )
        session.flush()
        judging.set_sentiment(session, desk.comment_ids[0], "positive", by=OFFICER)
        judging.set_sentiment(session, desk.comment_ids[0], "negative", by=OFFICER)

    told = desk.frames().comments.set_index("comment_id").loc[list(desk.comment_ids[:2]), ["sentiment", "unsure"]]
    assert told.to_numpy().tolist() == [["negative", False], ["mixed / unclear", True]]


def test_what_a_person_says_is_seen_by_whoever_watches(desk_with):  # noqa: F811
    desk = desk_with("Waiting")
    before = desk.frames()

    say(desk, 2, "Waiting", carries=True)

    after = desk.frames(since=before.change)
    assert len(after.touched) == 1
    assert after.codings["comment_id"].tolist() == [desk.comment_ids[2]]


def test_everything_that_was_said_of_a_comment_is_kept_the_last_first(desk_with):  # noqa: F811
    desk = desk_with("Waiting", given=[Given(0, "waiting", 0.6)])
    say(desk, 0, "Waiting", carries=False)
    with writing(desk.engine) as session:
        judging.agree(session, desk.comment_ids[0], [desk.theme("Waiting").id], "negative", by="another")

    with reading(desk.engine) as session:
        said = judging.history(session, desk.comment_ids[0])
        (ground,) = judging.grounds(session, desk.comment_ids[0])
        judged = judging.judged(session, desk.fieldwork.wave.id)
    assert [(one.theme, one.carries, one.sentiment, one.by) for one in said] == [
        ("", False, "negative", "another"), ("Waiting", True, "", "another"), ("Waiting", False, "", OFFICER),
    ]  # fmt: skip
    assert (ground.theme, ground.strength) == ("Waiting", 0.6)
    assert judged == {desk.comment_ids[0]}


def test_the_words_that_decided_a_theme_go_with_it_when_it_is_approved_merged_or_called_otherwise(desk_with):  # noqa: F811
    desk = desk_with(
        "Delays", "Waiting", candidates=["found_bus", "found_taxi"],
        given=[
            Given(0, "delays", 0.9, words="late"), Given(0, "waiting", 0.5, words="queue"),
            Given(0, "found_bus", 0.4, words="bus"), Given(0, "found_taxi", 0.3, words="taxi"),
        ],
    )  # fmt: skip
    desk.do(theming.approve, desk.candidate("found_bus").id, worded("Journeys"))
    desk.do(theming.merge, desk.seen("Waiting"), [desk.seen("Delays")])
    desk.do(theming.edit, desk.seen("Waiting"), worded("Time"))
    comment = desk.comment_ids[0]

    with reading(desk.engine) as session:
        words = judging.deciding_words(session, [comment])
        grounds = judging.grounds(session, comment)

    known = {desk.theme("Time").key: "late", desk.theme("Journeys").key: "bus", "found_taxi": "taxi"}
    assert words == {comment: known}
    assert {key for _, key, *_ in desk.carried()} == known.keys()
    assert [(one.key, one.theme, one.words) for one in grounds[:3]] == [
        ("waiting", "Delays", "late"), ("waiting", "Time", "queue"), (desk.theme("Journeys").key, "found_bus", "bus"),
    ]  # fmt: skip

    desk.do(theming.retire, desk.seen("Time"))
    with reading(desk.engine) as session:
        assert "late" not in judging.deciding_words(session, [comment])[comment].values()
        assert judging.grounds(session, comment)[0].key == ""


@pytest.mark.parametrize("retired", [True, False])
def test_what_cannot_be_said_of_a_comment_is_refused_in_a_sentence(desk_with, retired):  # noqa: F811
    desk = desk_with("Waiting")
    number = desk.theme("Waiting").id
    if retired:
        desk.do(theming.retire, desk.seen("Waiting"))
    comment_id = desk.comment_ids[0] if retired else 999

    told = "no longer one of the themes" if retired else "not here any more"
    with pytest.raises(ThemeError, match=told), writing(desk.engine) as session:
        judging.judge(session, comment_id, number, carries=True, by=OFFICER)
    with pytest.raises(ValueError, match="sentiment must be one of"), writing(desk.engine) as session:
        judging.set_sentiment(session, desk.comment_ids[0], "furious", by=OFFICER)


def test_a_new_theme_can_be_given_by_a_person_before_anything_is_coded_by_it(desk_with):  # noqa: F811
    desk = desk_with()
    desk.do(theming.add, worded("Buses"))

    say(desk, 3, "Buses", carries=True)

    assert desk.carried() == {(3, "buses", 1.0, "person")}
