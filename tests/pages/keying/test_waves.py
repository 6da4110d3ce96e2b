"""Which waves may be keyed into, and in which languages: those that have opened, in those that they are asked in."""

from datetime import UTC, datetime, timedelta

import pytest

from survey import consultations, local_days
from survey.database import engine, writing
from survey.questionnaire_file import shipped
from survey.tables import Wave


@pytest.fixture
def next_wave(fieldwork):
    """A further wave in English alone, which opens once the first has closed."""
    english = shipped("send_services").model_copy(update={"languages": ("en",)})
    closes = fieldwork.wave.closes_at
    with writing(engine()) as session:
        consultation = consultations.named(session, fieldwork.wave.slug)
        later = {"opens_at": closes, "closes_at": closes + timedelta(days=30)}
        return consultations.open_wave(session, consultation, english, code="next", title="The next", **later).id


def moved(wave_id: int, **dates: datetime) -> None:
    with writing(engine()) as session:
        session.add(session.get_one(Wave, wave_id).sqlmodel_update(dates))


@pytest.mark.parametrize("address", ["/keying/send-services?wave=next", "/keying/send-services/again?wave=next"])
def test_nothing_is_keyed_into_a_wave_that_has_not_opened(olu, next_wave, address):
    assert olu.open(address).answer.status_code == 404


def test_an_address_that_names_no_wave_leads_to_the_last_that_has_opened(olu, next_wave):
    assert "Summer 2026" in olu.open("/keying/send-services?channel=paper").answer.text


def test_a_form_can_only_be_in_a_language_that_the_wave_is_asked_in(olu, fieldwork, next_wave):
    now = datetime.now(UTC)
    moved(fieldwork.wave.id, opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=29))
    moved(next_wave, opens_at=now - timedelta(days=1))

    text = olu.open("/keying").answer.text

    assert '<option value="en">English</option>' in text
    assert "Polish" not in text


def test_a_wave_that_closed_as_a_day_ended_is_said_to_have_closed_on_that_day(olu, fieldwork):
    yesterday = local_days.day_of(datetime.now(UTC)) - timedelta(days=1)
    opened = local_days.begins(yesterday - timedelta(days=9))
    moved(fieldwork.wave.id, opens_at=opened, closes_at=local_days.ends(yesterday))

    text = olu.open("/keying/send-services?channel=paper").answer.text

    assert f"This wave closed on {yesterday:%-d %B %Y}." in text
