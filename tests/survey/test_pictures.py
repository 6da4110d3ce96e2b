"""Easy Read has a picture beside every question; each is one plain drawing that any screen can show."""

import re
from xml.etree import ElementTree

import pytest

from survey import pictures, telling
from survey.languages import LANGUAGES
from survey.questionnaire import Optioned
from survey.questionnaire_file import SHIPPED, shipped
from survey.routing import Page
from survey.wording import words_in

EASY, ENGLISH = words_in("easy"), words_in("en")
SHAPES = {"svg", "style", "path", "circle", "rect"}
LARGEST_BYTES = 1_200
EVERY = [shipped(path.stem) for path in sorted(SHIPPED.glob("*.toml"))]
IN_EASY_READ = [asked for asked in EVERY if "easy" in asked.languages]


def named_in(questionnaire):
    for _, item in questionnaire.items():
        yield item.picture
        if isinstance(item, Optioned):
            yield from (option.picture for option in item.options)


@pytest.mark.parametrize("name", pictures.FILES)
def test_a_picture_is_a_few_shapes_of_one_size_in_one_colour_and_without_words(name):
    drawn = ElementTree.fromstring(pictures.drawing(name))

    assert drawn.get("viewBox") == "0 0 64 64"
    assert {part.tag.partition("}")[2] for part in drawn.iter()} <= SHAPES
    colours = {part.get(key) for part in drawn.iter() for key in ("fill", "stroke") if part.get(key)}
    assert colours <= {"currentColor", "none"}
    assert len(pictures.drawing(name).encode()) < LARGEST_BYTES


@pytest.mark.parametrize("name", pictures.FILES)
def test_a_picture_is_dark_on_light_and_light_on_dark(name):
    (style,) = re.findall("<style>(.*)</style>", pictures.drawing(name))

    assert style == ":root { color: #1c2a2e } @media (prefers-color-scheme: dark) { :root { color: #eceff0 } }"


def test_every_picture_is_used_somewhere():
    used = {name for asked in EVERY for name in named_in(asked) if name}

    assert used == set(pictures.FILES)


@pytest.mark.parametrize("asked", IN_EASY_READ, ids=lambda asked: asked.id)
def test_every_question_that_is_asked_in_easy_read_has_a_picture(asked):
    assert [item.id for _, item in asked.items() if not item.picture] == []


@pytest.mark.parametrize("asked", IN_EASY_READ, ids=lambda asked: asked.id)
def test_every_service_and_every_rating_has_a_picture_of_its_own(asked):
    for item in filter(None, (asked.role("services"), asked.role("rating"))):
        shown = [option.picture for option in item.options]

        assert None not in shown
        assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_stand_beside_easy_read_and_no_other_language(language):
    item = shipped("send_services").item("services_used")
    shown = [telling.picture(part, words_in(language)) for part in (item, item.option("transport"))]

    assert shown == (["ticked_list", "school_bus"] if language == "easy" else ["", ""])


def test_a_page_about_a_service_is_headed_by_its_picture():
    asked = shipped("send_services")

    assert telling.heading_picture(asked, Page("about_service", "transport"), EASY) == "school_bus"
    assert telling.heading_picture(asked, Page("about_service", "transport"), ENGLISH) == ""
    assert telling.heading_picture(asked, Page("about_service", "gone"), EASY) == ""
    assert telling.heading_picture(asked, Page("outcomes"), EASY) == ""
