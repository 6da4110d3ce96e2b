"""A warning that somebody has looked at comes back only when it has grown; no word of it is kept."""

from sqlmodel import select

from survey import warnings
from survey.database import reading, writing
from survey.tables import AuditEntry, WarningLook
from tests.survey.conftest import NOW


def look(fieldwork, people, about="referrals", by="an officer"):
    with writing(fieldwork.engine) as session:
        kept = warnings.known_by(about, is_theme=False)
        warnings.look_at(session, fieldwork.wave.id, kept, "E07000121", people, by=by, now=NOW)
        return kept


def looked(fieldwork):
    with reading(fieldwork.engine) as session:
        return warnings.looks(session, fieldwork.wave.id)


def test_who_looked_and_when_is_kept(fieldwork):
    about = look(fieldwork, 8)

    (kept,) = looked(fieldwork).values()
    assert (kept.about, kept.place, kept.people, kept.by, kept.at) == (about, "E07000121", 8, "an officer", NOW)


def test_it_comes_back_only_when_it_has_grown(fieldwork):
    about = look(fieldwork, 8)
    kept = looked(fieldwork)[about, "E07000121"]

    assert [warnings.is_news(people, kept) for people in (7, 8, 10, 11)] == [False, False, False, True]
    assert warnings.is_news(5, None)


def test_looking_again_takes_the_place_of_what_was_kept(fieldwork):
    look(fieldwork, 8)
    about = look(fieldwork, 12, by="another")

    assert [(one.people, one.by) for one in looked(fieldwork).values()] == [(12, "another")]
    assert not warnings.is_news(14, looked(fieldwork)[about, "E07000121"])


def test_no_word_that_somebody_wrote_is_kept(fieldwork):
    look(fieldwork, 8)

    with reading(fieldwork.engine) as session:
        kept = [*session.exec(select(WarningLook)).all(), *session.exec(select(AuditEntry)).all()]
    assert kept
    assert "referrals" not in str(kept)
    assert warnings.known_by("waiting", is_theme=True) == "waiting"
