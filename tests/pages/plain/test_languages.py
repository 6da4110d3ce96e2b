"""At the plain door people answer in their own language, and change it anywhere without losing an answer."""

import re
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from survey import translations
from survey.database import reading, writing
from survey.languages import LANGUAGES
from survey.tables import Draft, Response
from survey.translations import every
from survey.wording import words_in
from tests.pages.plain.phone import START, Phone
from tests.survey.conftest import OUTCOMES, open_fieldwork  # noqa: F401  (a fixture)

OTHERS = [one for one in LANGUAGES.values() if one.code != "en"]
ENGLISH = words_in("en")


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def phone(fieldwork):
    return Phone()


def begin(phone: Phone, code: str) -> Phone:
    return phone.open(f"{START}?language={code}").press(words_in(code)("start.begin"))


def page_language(phone: Phone) -> tuple[str, str]:
    return re.search(r'<html lang="([\w-]+)" dir="(\w+)"', phone.shown).groups()


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


@pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.code)
def test_a_parent_answers_from_start_to_end_in_their_language(fieldwork, phone, language):
    say = words_in(language.code)
    title = fieldwork.questionnaire.title[language.code]
    phone.open(f"{START}?language={language.code}")
    assert phone.heading == title
    seen = [page_language(phone)]

    begin(phone, language.code).press(say("step.continue"))
    assert phone.page.problems == [fieldwork.questionnaire.item("services_used").missing[language.code]]
    for answers in (
        {"services_used": ["slt"]},
        {"rating__slt": "poor", "tell_us_more__slt": "دو سال"},
        {f"outcome_{outcome}": "agree" for outcome in OUTCOMES},
        {"quotable": "no"},
        {"district": "E07000121", "age_band": "0_4", "plan": "waiting", "channel": "web"},
    ):
        phone.press(say("step.continue"), **answers)
        seen.append(page_language(phone))
    assert phone.heading == say("check.title")
    phone.press(say("check.send"))
    seen.append(page_language(phone))
    phone.press(say("equality.no"))

    seen.append(page_language(phone))
    assert phone.heading == say("thanks.title")
    assert set(seen) == {(language.tag, language.direction)}
    (response,) = stored(fieldwork, Response)
    assert (response.language, response.variant) == (language.tongue, language.variant)


def test_the_language_is_changed_in_the_middle_of_a_page_and_what_was_typed_stays(fieldwork, phone):
    begin(phone, "en").press(ENGLISH("step.continue"), services_used=["slt"])

    phone.press(LANGUAGES["ur"].name, rating__slt="poor", tell_us_more__slt="We waited")

    assert page_language(phone) == ("ur", "rtl")
    assert phone.at == f"{START}/2"
    assert ("rating:slt", "poor") in phone.page.forms[-1].fields
    assert ("tell_us_more:slt", "We waited") in phone.page.forms[-1].fields
    phone.press(words_in("ur")("step.continue"))
    assert phone.at == f"{START}/3"
    assert [draft.language for draft in stored(fieldwork, Draft)] == ["ur"]


def test_a_page_with_mistakes_changes_its_language_without_scolding(phone):
    begin(phone, "en").press(ENGLISH("step.continue"))
    assert phone.page.problems

    phone.press(LANGUAGES["pl"].name)

    assert page_language(phone) == ("pl", "ltr")
    assert phone.page.problems == []


def test_it_is_changed_on_the_start_page_and_when_checking_too(phone):
    begin(phone, "en").press(ENGLISH("step.continue"), services_used=["slt"])
    phone.open().press(LANGUAGES["gu"].name)
    assert (phone.at, page_language(phone)) == (START, ("gu", "ltr"))

    phone.open(f"{START}/check").press(LANGUAGES["bn"].name)
    assert (phone.at, page_language(phone)) == (f"{START}/check", ("bn", "ltr"))


def test_pages_before_an_answer_keep_the_language_of_the_address(phone):
    phone.open(f"{START}?language=pa-Arab")
    for name in ("resume", "mine", "questions"):
        (address,) = re.findall(rf'href="({START}/{name}[^"]*)"', phone.shown)
        assert page_language(Phone().open(address)) == ("pa-Arab", "rtl")


@pytest.mark.parametrize("asked", ["fr", "", "../en", "ur%00", "URDU", "en&language=ur"])
def test_a_language_that_is_not_offered_gives_english(phone, asked):
    phone.open(f"{START}?language={asked}")

    assert page_language(phone) in {("en-GB", "ltr"), ("ur", "rtl") if "=ur" in asked else ("en-GB", "ltr")}


def test_a_forged_choice_of_language_changes_nothing(fieldwork, phone):
    begin(phone, "en")
    form = next(form for form in phone.page.forms if LANGUAGES["ur"].name in form.buttons)

    phone.post(form.action, [*form.fields, ("language", "<script>")])

    assert [draft.language for draft in stored(fieldwork, Draft)] == ["en"]


def test_a_translation_that_nobody_has_checked_says_so_until_somebody_has(fieldwork, phone):
    told = words_in("pl")("door.unchecked_translation")
    assert told in phone.open(f"{START}?language=pl").shown
    assert words_in("en")("door.unchecked_translation") not in phone.open(START).shown

    with writing(fieldwork.engine) as session:
        for one in every(session):
            translations.approve(
                session, one.name, content_hash=one.content_hash, by="An officer", now=datetime.now(UTC)
            )

    assert told not in phone.open(f"{START}?language=pl").shown
