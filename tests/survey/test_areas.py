"""Districts that are put together and divided: what becomes of them, and what cannot be said any more."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from survey import areas
from survey.database import reading, writing
from survey.errors import AreasError
from survey.tables import Area

EXAMPLE = Path(__file__).parents[1] / "data" / "areas_2028.toml"
OLD = ["T01", "T02", "T03", "T04"]
NEW = ["T91", "T92", "T93", "T04"]


def test_each_day_has_its_own_districts():
    county = areas.read(EXAMPLE)

    assert [one.code for one in areas.on(date(2028, 3, 31), county)] == OLD
    assert sorted(one.code for one in areas.on(date(2028, 4, 1), county)) == sorted(NEW)


def test_earlier_districts_belong_to_the_one_that_follows_them():
    found = areas.followed(areas.read(EXAMPLE), OLD, NEW)

    assert found.into == {"T01": "T91", "T02": "T91", "T04": "T04"}


def test_a_divided_district_breaks_its_series_and_a_sentence_says_so():
    found = areas.followed(areas.read(EXAMPLE), OLD, NEW)

    assert found.broken == {
        "T03": "Coldwell was divided between Westerley and Easterley on 31 March 2028, so its series ends there."
    }
    assert found.partly == {"T92", "T93"}


def test_between_two_waves_under_the_same_districts_nothing_moves():
    assert areas.followed(areas.read(EXAMPLE), OLD, OLD) == ({code: code for code in OLD}, {}, frozenset())


def test_a_district_may_be_replaced_more_than_once(changed):
    county = areas.read(changed("T91", 'valid_from = 2028-04-01\nvalid_to = 2030-03-31\nsuccessor = "T04"'))

    assert areas.followed(county, OLD, ["T04"]).into == {"T01": "T04", "T02": "T04", "T04": "T04"}


def test_a_district_that_ends_with_none_after_it_breaks_its_series(changed):
    county = areas.read(changed("T04", "valid_to = 2028-03-31"))

    assert areas.followed(county, OLD, ["T91"]).broken["T04"] == (
        "Dunford has no district that follows it on 31 March 2028, so its series ends there."
    )


@pytest.fixture
def changed(tmp_path):
    """The example with other lines at the end of one district."""

    def write(code, lines):
        head, _, rest = EXAMPLE.read_text().partition(f'code = "{code}"')
        own, *others = rest.split("\n\n", 1)
        kept = [line for line in own.splitlines() if not line.startswith(("valid", "successor", "split"))]
        file = tmp_path / "ours.toml"
        file.write_text(f'{head}code = "{code}"' + "\n".join([*kept, lines, "", *others]))
        return file

    return write


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('valid_to = 2028-03-31\nsuccessor = "T99"', "it names 'T99' as what follows it"),
        ('successor = "T91"', "say when it ends"),
        ('valid_to = 2028-03-31\nsuccessor = "T91"\nsplit_between = ["T92", "T93"]', "not both"),
        ('valid_to = 2028-03-31\nsplit_between = ["T92"]', "write that as its successor"),
        ('valid_to = 2028-03-31\nsuccessor = "T01"', "lead back to itself"),
        ('valid_to = "soon"', "valid_to"),
        ("valid_to = = 2028", "not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_told(changed, lines, told):
    with pytest.raises(AreasError, match=told):
        areas.read(changed("T01", lines))


def test_the_table_takes_districts_that_follow_one_another(database):
    with writing(database) as session:
        for one in areas.successors_first(areas.read(EXAMPLE)):
            session.add(
                Area(
                    code=one.code,
                    name=one.name,
                    locality=one.locality,
                    valid_from=one.valid_from,
                    valid_to=one.valid_to,
                    successor=one.successor,
                )
            )
            session.flush()

    with reading(database) as session:
        known = {area.code: area.successor for area in session.exec(select(Area))}
    assert known == {"T01": "T91", "T02": "T91", "T03": None, "T04": None, "T91": None, "T92": None, "T93": None}
