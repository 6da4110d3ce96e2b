"""Events beside a consultation: a file that a council edits, read with care."""

import pytest

from survey import events
from survey.errors import EventsError

GOOD = '[[event]]\ndate = 2025-06-05\nwords = "Something happened"\nsource = "Where it says so"\n'


@pytest.fixture
def written(tmp_path):
    def write(text):
        file = tmp_path / "ours.toml"
        file.write_text(text)
        return file

    return write


def test_those_of_lancashire_have_a_date_a_few_words_and_a_source():
    known = events.events("lancashire")

    assert [event.date for event in known] == sorted(event.date for event in known)
    assert "5 June 2025" in [event.when for event in known]
    assert "August 2020" in [event.when for event in known]


def test_a_county_without_a_file_has_no_events():
    assert events.events("nowhere") == ()


def test_events_stand_by_date_however_they_are_written_down(written):
    later = GOOD.replace("2025-06-05", "2026-01-01")

    assert [event.date.year for event in events.read(written(later + GOOD))] == [2025, 2026]


@pytest.mark.parametrize(
    ("mistake", "mend", "told"),
    [
        ("2025-06-05", '"5 June"', "event 2: write the date as year-month-day"),
        ('words = "Something happened"', "", "event 2: there is no words; add one"),
        ("Something happened", "x" * 91, "event 2: say what happened in 3 to 90 letters"),
        ('source = "Where it says so"', 'source = ""', "event 2: say where it is said"),
        ("source", "sauce", "event 2"),
        ("words", 'precision = "year"\nwords', 'precision is "day" or "month"'),
        ("[[event]]", "[[occasion]]", "'occasion' means nothing here"),
        ("= 2025", "= = 2025", "this is not TOML"),
    ],
)
def test_a_mistake_is_told_with_the_file_the_event_and_the_mend(written, mistake, mend, told):
    wrong = GOOD.replace(mistake, mend, 1)
    text = GOOD + wrong if "event 2" in told or "precision" in told else wrong

    with pytest.raises(EventsError) as refused:
        events.read(written(text))

    assert str(refused.value).startswith("ours.toml")
    assert told in str(refused.value)
