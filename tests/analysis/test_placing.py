"""Comments that have been read are given their place among meanings, from what may be shown of them."""

import numpy as np
from sqlmodel import select

from analysis import nearness
from analysis.placing import Placing
from analysis.text import word_table
from survey import details, frames
from survey.database import reading, writing
from survey.tables import Comment, Reading
from tests.survey.blind import Said, read
from tests.survey.conftest import NOW, fieldwork, open_fieldwork  # noqa: F401  (fixtures)

BUS, STAFF = "The bus never comes on time", "Lovely staff who listened"


def placing(fieldwork):  # noqa: F811
    return Placing(fieldwork.engine, clock=iter(range(0, 1_000_000, 10)).__next__)


def stored(fieldwork) -> dict[int, bytes | None]:  # noqa: F811
    with reading(fieldwork.engine) as session:
        return dict(session.exec(select(Reading.comment_id, Reading.embedding)).all())


def test_each_comment_is_given_the_place_of_what_is_shown_of_it(fieldwork):  # noqa: F811
    bus, staff = read(fieldwork, Said(BUS), Said(STAFF))

    placing(fieldwork)()

    expected = word_table.table().of([BUS, STAFF]).astype("<f2")
    found = stored(fieldwork)
    assert np.array_equal(np.frombuffer(found[bus], "<f2"), expected[0])
    assert np.array_equal(np.frombuffer(found[staff], "<f2"), expected[1])


def test_it_says_when_there_is_nothing_left(fieldwork):  # noqa: F811
    read(fieldwork, Said(BUS), Said(STAFF))
    worker = placing(fieldwork)

    assert [worker.place_comments(), worker.place_comments()] == [2, 0]


def test_a_comment_in_which_words_were_hidden_is_placed_anew(fieldwork):  # noqa: F811
    (bus,) = read(fieldwork, Said(BUS))
    placing(fieldwork)()
    before = stored(fieldwork)[bus]

    with writing(fieldwork.engine) as session:
        details.hide(session, bus, "bus", by="officer", now=NOW)
    assert stored(fieldwork)[bus] is None
    placing(fieldwork)()

    assert stored(fieldwork)[bus] not in {None, before}


def test_what_is_stored_is_read_by_number_and_goes_with_the_comment(fieldwork):  # noqa: F811
    bus, staff = read(fieldwork, Said(BUS), Said(STAFF))
    placing(fieldwork)()
    with reading(fieldwork.engine) as session:
        found = frames.embeddings(session, fieldwork.wave.id, [staff, 999])
    assert list(found) == [staff]
    assert len(found[staff]) == 2 * word_table.DIMENSIONS

    with writing(fieldwork.engine) as session:
        session.delete(session.get_one(Comment, bus))

    assert list(stored(fieldwork)) == [staff]
    held = nearness.renewed(nearness.nobody(), {staff: 1}, found)
    assert nearness.nearness(held, STAFF)[0] > 0.5
