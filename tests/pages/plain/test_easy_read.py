"""Easy Read at the plain door: a picture before the words, large type, and the same questions as everybody's."""

import re
from datetime import UTC, datetime

import pytest

from survey.wording import words_in
from tests.pages.plain.phone import START, Phone
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)

EASY, ENGLISH = words_in("easy"), words_in("en")
IMAGES = re.compile(r"<img [^>]*>")


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def phone(fieldwork):
    return Phone()


def begin(phone, language):
    return phone.open(f"{START}?language={language}").press(words_in(language)("start.begin"))


def pictures(phone):
    return re.findall(r'src="/assets/pictures/(\w+)\.svg\?v=[0-9a-f]{12}"', phone.shown)


def test_a_picture_stands_before_the_question_and_before_every_service(fieldwork, phone):
    begin(phone, "easy")

    services = fieldwork.questionnaire.item("services_used").options
    assert pictures(phone) == ["ticked_list", *[option.picture for option in services]]
    assert re.search(r'<legend><span class="pictured"><img [^>]*><span>Think about', phone.shown)


def test_pictures_say_nothing_to_a_screen_reader_because_the_words_do(phone):
    images = IMAGES.findall(begin(phone, "easy").shown)

    assert images
    assert all('alt=""' in image for image in images)


def test_the_page_about_a_service_is_headed_by_its_picture_and_ratings_are_faces(phone):
    begin(phone, "easy").press(EASY("step.continue"), services_used=["transport"])

    assert phone.heading == "Travel from home to school"
    assert pictures(phone)[:4] == ["school_bus", "good_or_bad", "face_very_good", "face_good"]
    assert pictures(phone)[-1] == "own_words"


def test_all_questions_shown_beforehand_have_their_pictures_too(phone):
    phone.open(f"{START}/questions?language=easy")

    assert {"ticked_list", "school_bus", "face_good", "map", "cake"} <= set(pictures(phone))


def test_type_is_larger_in_easy_read_alone(phone):
    assert 'class="easy-read"' in phone.open(f"{START}?language=easy").shown
    assert 'class="easy-read"' not in phone.open(f"{START}?language=en").shown


def test_no_other_language_has_pictures(phone):
    assert pictures(begin(phone, "en")) == []


def test_pictures_come_and_go_with_the_language_and_what_was_chosen_stays(phone):
    begin(phone, "en").press("Easy Read", services_used=["slt"])
    assert "talking" in pictures(phone)
    assert ("services_used", "slt") in phone.page.forms[-1].fields

    phone.press("English")

    assert pictures(phone) == []
    assert ("services_used", "slt") in phone.page.forms[-1].fields
