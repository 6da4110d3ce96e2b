"""Comments and themes are given their place once, and again only when their words are others."""

import numpy as np
import pytest
from sqlmodel import select

from analysis.placing import Placing
from analysis.report.voices import decoded
from analysis.text import vectors
from analysis.worker import read_batch
from survey import reports, responses, theming
from survey.database import reading, writing
from survey.questionnaire import AnswerKey
from survey.tables import Comment, Reading, Theme
from survey.theming import Seen, worded
from tests.analysis.test_worker import FirstWord
from tests.survey.conftest import NOW, fieldwork, full_answers, open_fieldwork  # noqa: F401  (fixtures)

WORDS = "We waited two years for speech therapy and heard nothing"


@pytest.fixture
def read(fieldwork):  # noqa: F811
    draft = fieldwork.begin("a phone", full_answers() | {AnswerKey("tell_us_more", "slt"): WORDS})
    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)
        owner = fieldwork.wave.consultation_id
        session.add(Theme(consultation_id=owner, key="waiting", label="Waiting", description="How long"))
        theming.begin_history(session, owner, by="officer")
    while read_batch(fieldwork.engine, FirstWord()):
        pass
    return fieldwork


def places(fieldwork):  # noqa: F811
    with reading(fieldwork.engine) as session:
        return decoded(*reports.places(session, fieldwork.wave))


def test_comments_and_themes_lie_where_their_words_put_them(read):
    placing = Placing(read.engine)
    placing()

    found = places(read)
    (row,) = found.comments.values()
    assert np.allclose(row, vectors.chosen().of([WORDS])[0], atol=1e-3)
    assert np.allclose(found.themes["waiting"], vectors.chosen().of(["Waiting. How long"])[0], atol=1e-3)
    assert (placing.place_comments(), placing.place_themes()) == (0, 0)


def test_what_was_taken_out_of_a_comment_is_not_in_its_place(read):
    with writing(read.engine) as session:
        session.exec(select(Comment)).one().redacted = "[name] waited"
    Placing(read.engine)()

    (row,) = places(read).comments.values()
    assert np.allclose(row, vectors.chosen().of(["[name] waited"])[0], atol=1e-3)


def test_a_theme_that_is_worded_anew_has_no_place_until_it_is_placed_again(read):
    placing = Placing(read.engine)
    placing()
    with writing(read.engine) as session:
        theme = session.exec(select(Theme)).one()
        owner, seen = read.wave.consultation_id, Seen(theme.id, theme.version)
        theming.edit(session, owner, seen, worded("Buses", "", []), by="officer")

    assert places(read).themes == {}
    assert placing.place_themes() == 1
    assert set(places(read).themes) == {"waiting"}


def test_how_many_are_placed_is_known_and_the_place_goes_with_the_comment(read):
    Placing(read.engine)()
    with writing(read.engine) as session:
        assert reports.how_many_placed(session, read.wave.id) == 1
        session.delete(session.exec(select(Comment)).one())
    with reading(read.engine) as session:
        assert reports.how_many_placed(session, read.wave.id) == 0
        assert not session.exec(select(Reading)).all()


def test_places_of_two_kinds_of_vectors_are_never_measured_together():
    few, many = np.ones(512, dtype=np.float16).tobytes(), np.ones(256, dtype=np.float16).tobytes()

    found = decoded({1: many, 2: many, 3: few}, {"waiting": few, "kind": many})

    assert set(found.comments) == {1, 2}
    assert set(found.themes) == {"kind"}
