import pandas as pd

from analysis.repeats import repeated
from analysis.suppression import LEADER, OFFICER
from tests.analysis.test_overview import wave

SIXTEEN = wave((16, "north", "web", "slt", "good", "negative"))


def chain(*groups: range) -> pd.DataFrame:
    """Within each group, each comment is like the one before it."""
    rows = [(1000 + one, 999 + one) for group in groups for one in group[1:]]
    return pd.DataFrame(rows, columns=["comment_id", "earlier_id"], dtype="int64")


def test_comments_that_are_alike_in_turn_are_one_group_the_largest_first():
    found = repeated(SIXTEEN, chain(range(5), range(6, 13)), OFFICER)

    assert found.comments == 12
    assert [group.people for group in found.groups] == [7, 5]
    assert found.groups[0].words == "as was said"


def test_a_group_of_fewer_people_than_may_be_shown_is_counted_and_not_quoted():
    found = repeated(SIXTEEN, chain(range(4), range(6, 12)), OFFICER)

    assert found.comments == 10
    assert [group.people for group in found.groups] == [6]


def test_another_reader_is_shown_what_their_gate_lets_through():
    assert repeated(SIXTEEN, chain(range(6)), LEADER) == (0, ())
    assert [group.people for group in repeated(SIXTEEN, chain(range(13)), LEADER).groups] == [15]


def test_whose_words_a_reader_may_not_see_is_counted_and_another_is_quoted():
    said = SIXTEEN.comments.assign(words=[f"as {person} said" for person in SIXTEEN.comments["response_id"]])
    frames = SIXTEEN._replace(comments=said)

    (some,) = repeated(frames, chain(range(13)), LEADER, unquoted=[0, 1]).groups
    (none,) = repeated(frames, chain(range(13)), LEADER, unquoted=range(13)).groups

    assert some == (15, "as 2 said", "en")
    assert none == (15, "", "")


def test_who_says_it_twice_is_one_person():
    frames = SIXTEEN._replace(comments=SIXTEEN.comments.assign(response_id=[0] * 8 + list(range(8, 16))))

    found = repeated(frames, chain(range(12)), OFFICER)

    assert found.comments == 5


def test_comments_that_have_not_been_read_are_not_shown():
    unread = SIXTEEN._replace(comments=SIXTEEN.comments.assign(words="", sentiment=""))

    assert repeated(unread, chain(range(12)), OFFICER) == (0, ())


def test_where_nothing_repeats_there_is_nothing():
    assert repeated(SIXTEEN, chain(), OFFICER) == (0, ())
