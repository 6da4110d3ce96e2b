"""A page is frozen, published by somebody as it was previewed, and withdrawn as easily. No version is written over."""

import pytest
from sqlmodel import select

from survey import publications
from survey.database import reading, writing
from survey.errors import PublicationError
from survey.tables import AuditEntry, Publication


class Desk:
    def __init__(self, fieldwork) -> None:
        self.engine, self.number = fieldwork.engine, fieldwork.wave.consultation_id

    def do(self, act, *wanted, by="a leader"):
        with writing(self.engine) as session:
            return act(session, self.number, *wanted, by=by)

    def look(self, what):
        with reading(self.engine) as session:
            return what(session, self.number)

    def publish(self, content: str) -> int:
        return self.do(publications.publish, self.do(publications.freeze, content))


@pytest.fixture
def desk(fieldwork) -> Desk:
    return Desk(fieldwork)


def test_nothing_is_public_before_somebody_publishes_it(desk):
    desk.do(publications.freeze, "{}", by="an officer")

    assert desk.look(publications.newest) is None
    assert desk.look(publications.preview).made_by == "an officer"


def test_what_is_published_is_what_was_previewed_with_who_and_when_and_a_number(desk):
    frozen = desk.do(publications.freeze, "first", by="an officer")

    assert desk.do(publications.publish, frozen) == 1

    newest = desk.look(publications.newest)
    assert (newest.content, newest.number, newest.made_by, newest.published_by) == (
        "first",
        1,
        "an officer",
        "a leader",
    )
    assert newest.is_public
    assert newest.published_at
    assert desk.look(publications.preview) is None


def test_a_new_preview_takes_the_place_of_an_earlier_one_which_nobody_can_publish_then(desk):
    old = desk.do(publications.freeze, "old")
    desk.do(publications.freeze, "new")

    with pytest.raises(PublicationError, match="Make a new one"):
        desk.do(publications.publish, old)
    assert desk.look(publications.preview).content == "new"


def test_a_published_page_cannot_be_published_again(desk):
    frozen = desk.do(publications.freeze, "first")
    desk.do(publications.publish, frozen)

    with pytest.raises(PublicationError):
        desk.do(publications.publish, frozen)


def test_every_version_stays_as_it_was(desk):
    assert [desk.publish(content) for content in ("first", "second", "third")] == [1, 2, 3]

    assert [one.content for one in desk.look(publications.published)] == ["third", "second", "first"]


def test_the_newest_answers_for_the_consultation_also_once_it_is_withdrawn(desk):
    desk.publish("first")
    desk.publish("second")

    desk.do(publications.withdraw, 2, by="an officer")

    newest = desk.look(publications.newest)
    assert (newest.number, newest.is_public, newest.withdrawn_by) == (2, False, "an officer")
    assert newest.content == "second", "what was public is kept, for whoever asks what it said"
    assert desk.publish("third") == 3


@pytest.mark.parametrize("number", [1, 2])
def test_only_what_is_public_can_be_withdrawn(desk, number):
    desk.publish("first")
    desk.do(publications.withdraw, 1)

    with pytest.raises(PublicationError, match="is not public"):
        desk.do(publications.withdraw, number)


def test_publishing_and_withdrawing_are_in_the_audit(desk):
    desk.publish("first")
    desk.do(publications.withdraw, 1)

    with reading(desk.engine) as session:
        assert [one.what for one in session.exec(select(AuditEntry))] == ["publish page", "withdraw page"]
        assert len(session.exec(select(Publication)).all()) == 1
