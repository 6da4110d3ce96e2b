"""Where people stopped is counted by page: not those who may yet go on, nor previews."""

from datetime import timedelta

from survey import drafts
from survey.database import reading, writing
from survey.routing import CHECK_ANSWERS, Page
from survey.stopping import STILL_ANSWERING, stopped
from survey.wording import words_in
from tests.survey.conftest import NOW


def begin(fieldwork, device, place, *, saved=NOW, preview=False):
    with writing(fieldwork.engine) as session:
        draft = drafts.begin(
            session, wave_id=fieldwork.wave.id, device=device, language="en", now=saved, preview=preview
        )
        if place:
            drafts.put(session, draft.id, given={}, place=place, now=saved)


def counted(fieldwork, now):
    with reading(fieldwork.engine) as session:
        rows = stopped(session, fieldwork.wave.id, fieldwork.questionnaire, words_in("en"), now=now)
    return dict(zip(rows["place"], rows["count"], strict=True))


def test_each_page_says_how_many_stopped_there(fieldwork):
    first, *_ = fieldwork.questionnaire.sections
    begin(fieldwork, "one", None)
    begin(fieldwork, "two", Page(first.id))
    begin(fieldwork, "three", CHECK_ANSWERS)

    found = counted(fieldwork, NOW + 2 * STILL_ANSWERING)

    assert found["The first page"] == 1
    assert found[words_in("en").of(first.title)] == 1
    assert found["Check your answers, before sending"] == 1
    assert sum(found.values()) == 3


def test_somebody_who_may_yet_go_on_has_not_stopped(fieldwork):
    begin(fieldwork, "one", None)

    assert sum(counted(fieldwork, NOW + STILL_ANSWERING - timedelta(minutes=1)).values()) == 0


def test_previews_are_not_counted(fieldwork):
    begin(fieldwork, "one", None, preview=True)

    assert sum(counted(fieldwork, NOW + 2 * STILL_ANSWERING).values()) == 0
