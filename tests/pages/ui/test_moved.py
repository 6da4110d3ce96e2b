"""A wave whose last day is moved while it is being watched."""

from datetime import UTC, datetime, timedelta

from pages.ui import data
from pages.ui.data import known
from survey import consultations, setting_up
from survey.database import engine, reading, writing


def test_a_wave_that_is_known_is_known_with_its_new_last_day_though_nobody_has_answered_since(
    consultation, monkeypatch
):
    monkeypatch.setattr(known, "LOOK_EVERY_SECONDS", 0)
    now = datetime.now(UTC)
    with reading(engine()) as session:
        wave = consultations.waves(session)[0]
    before = data.now(wave)
    with writing(engine()) as session:
        closed = setting_up.move_closing(session, wave, None, by="Ann", now=now - timedelta(seconds=1))

    after = data.now(closed)

    assert before.for_ledger.title == "First wave (still open)"
    assert after.for_ledger.title == "First wave"
    assert after.cube is before.cube
