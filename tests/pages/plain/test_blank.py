"""A page that nobody has answered yet is drawn once for everybody; what one family says is on no other's page."""

import pytest

from survey.languages import LANGUAGES
from tests.pages.plain.family import CONTINUE, SAY, at_service
from tests.pages.plain.phone import START, Phone

WORDS = "We waited two years for this"


@pytest.fixture(autouse=True)
def database_of_either_kind(fieldwork): ...


def owned(phone: Phone) -> dict[str, str]:
    """What on the page is this family's alone."""
    fields = dict(phone.form(CONTINUE).fields)
    return {name: fields[name] for name in ("proof", "key")}


def test_two_families_see_the_same_page_but_for_what_proves_whose_form_it_is():
    one, other = at_service(Phone()), at_service(Phone())

    as_the_others = one.shown
    for name, value in owned(one).items():
        assert value != owned(other)[name]
        as_the_others = as_the_others.replace(value, owned(other)[name])

    assert as_the_others == other.shown


def test_the_form_on_it_is_its_owners():
    one, other = at_service(Phone()), at_service(Phone())

    stolen = [(name, owned(other).get(name, value)) for name, value in one.form(CONTINUE).fields]

    assert one.post(f"{START}/2", [*stolen, ("rating:slt", "poor"), ("go", "continue")]).answer.status_code == 403


def test_what_one_family_wrote_is_on_its_own_page_and_on_no_others():
    one = at_service(Phone()).press(CONTINUE, rating__slt="poor", tell_us_more__slt=WORDS)
    assert WORDS in one.press(SAY("step.back")).shown

    other = at_service(Phone())

    assert WORDS not in other.shown
    assert "checked" not in other.shown
    assert WORDS in one.open(f"{START}/2").shown


def test_it_says_how_far_this_family_has_got():
    few, many = at_service(Phone()), Phone().open()
    many.press(SAY("start.begin")).press(CONTINUE, services_used=["asd_path", "slt"])
    many.press(CONTINUE, rating__asd_path="poor")

    assert many.heading == few.heading
    assert [phone.form(CONTINUE).action for phone in (few, many)] == [f"{START}/2", f"{START}/3"]
    assert few.shown != many.shown


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_speaks_the_language_of_whoever_asks(code):
    at_service(Phone())
    phone = Phone().open(f"{START}?language={code}")
    begin = phone.page.forms[0]
    phone.post(begin.action, begin.fields)

    assert f'lang="{LANGUAGES[code].tag}"' in phone.shown.partition(">")[2].partition(">")[0]
