"""Every page in every language people may answer in: no barrier, the right way round, nothing to scroll sideways."""

import pytest
from playwright.sync_api import expect

from survey.languages import LANGUAGES
from survey.wording import words_in
from tests.journeys.parent import AUTISM, PAGES, SERVICES, SPEECH
from tests.journeys.plain_parent import START

NARROW = 320
# English as everybody may meet it; the rest on a phone, and dark too where the page is the other way round.
SEEN_AS = [("en", size, scheme) for size in ("phone", "desktop") for scheme in ("light", "dark")]
SEEN_AS += [(code, "phone", "light") for code in LANGUAGES if code != "en"] + [("ur", "phone", "dark")]

# How far the words of a link or button are from its two edges: the arrow of "Back" stands where more is left.
ROOM_BESIDE_WORDS = """element => {
    const words = document.createRange();
    words.selectNodeContents(element.querySelector("p") ?? element);
    const [inner, outer] = [words.getBoundingClientRect(), element.getBoundingClientRect()];
    return {left: inner.left - outer.left, right: outer.right - inner.right};
}"""
EDGES = """element => {
    const drawn = getComputedStyle(element);
    return {left: parseFloat(drawn.borderLeftWidth), right: parseFloat(drawn.borderRightWidth)};
}"""


class Round:
    """One person's way past every page, and what was wrong on each."""

    def __init__(self, person, spoken) -> None:
        self.person, self.page, self.spoken = person, person.page, spoken
        self.start = "right" if spoken.direction == "rtl" else "left"
        self.wrong: dict[str, list[str]] = {}

    def look(self, name: str, tag: str = "", direction: str = "") -> None:
        found = self.person.barriers()
        html = self.page.locator("html")
        turned = html.get_attribute("lang"), html.get_attribute("dir") or "ltr"
        if turned != (tag or self.spoken.tag, direction or self.spoken.direction):
            found.append(f"is said to be {turned}")
        found += self._misplaced(".back, [class*='st-key-survey-back'] button", ROOM_BESIDE_WORDS)
        found += self._misplaced(".wrong, .heard-question:has(.heard-error)", EDGES)
        if self._is_wide():
            found.append("scrolls sideways")
        if found:
            self.wrong[name] = found

    def _misplaced(self, where: str, measured: str) -> list[str]:
        """What does not stand on the side where lines begin."""
        drawn = [(place, place.evaluate(measured)) for place in self.page.locator(where).all()]
        return [
            f"{place}: {room}"
            for place, room in drawn
            if max(room, key=room.get) != self.start or room["left"] == room["right"]
        ]

    def _is_wide(self) -> bool:
        """In a window of 320 points, which is what one of 1280 shows when it is enlarged four times."""
        usual = self.page.viewport_size
        self.page.set_viewport_size(usual | {"width": NARROW})
        wide = self.page.evaluate("document.documentElement.scrollWidth") > NARROW
        self.page.set_viewport_size(usual)
        return wide


@pytest.mark.parametrize(("language", "size", "scheme"), SEEN_AS)
def test_no_plain_page_puts_a_barrier_in_anybodys_way(asking, plain_parent, language, size, scheme):
    mother = plain_parent(asking, size=size, scheme=scheme)
    mother.words = say = words_in(language)
    way, spoken = Round(mother, LANGUAGES[language]), f"language={language}"
    for name in ("questions", "resume"):
        mother.open(f"{START}/{name}?{spoken}")
        way.look(name)
    mother.press(say("start.resume_go"))
    way.look("resume with errors")
    mother.open(f"{START}?{spoken}")
    way.look("start")
    mother.press(say("start.begin"))

    for answers in PAGES:
        name = mother.heading
        way.look(name)
        mother.go_on()
        way.look(f"{name} with errors")
        if answers is not PAGES[-2]:  # on that page only the last question must be answered
            expect(mother.focused).to_have_class("problems")
        mother.fill(answers)
        mother.go_on()
    way.look("check")
    mother.hand_over()
    way.look("equality offer")
    be_asked_about_equality(mother, way)
    take_back(mother, way)
    mother.open("/privacy")
    way.look("privacy", "en-GB", "ltr")

    assert way.wrong == {}


def be_asked_about_equality(mother, way: Round) -> None:
    """From the offer to the last page, by way of the first question."""
    mother.press(mother.words("equality.yes", minutes=2))
    way.look("equality question")
    mother.go_on()
    way.look("equality question with errors")
    mother.press(mother.words("equality.skip"))
    way.look("sent")


def take_back(mother, way: Round) -> None:
    """With the private code that the last page shows."""
    say, code = mother.words, mother.page.locator(".strong").last.inner_text()
    mother.follow(say("mine.title"))
    way.look("private code")
    mother.press(say("mine.find"))
    way.look("private code with errors")
    mother.page.get_by_label(say("mine.code_label")).fill(code)
    mother.press(say("mine.find"))
    way.look("mine")
    mother.press(say("mine.withdraw"))
    way.look("sure")
    mother.press(say("mine.sure"))
    way.look("withdrawn")


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_the_pages_that_react_turn_with_the_language(asking, parent, language):
    mother = parent(asking)
    mother.words = say = words_in(language)
    way = Round(mother, LANGUAGES[language])
    mother.open(f"/?language={language}")
    way.look("start")
    mother.press_and_move("start.begin")

    for answers in (SERVICES, AUTISM):
        name = mother.heading
        mother.go_on()
        way.look(f"{name} with errors")
        way.wrong[name] = boxes_on_the_wrong_side(mother, way.start)
        mother.answer(answers)
    mother.answer(SPEECH, *PAGES[3:])
    assert mother.heading == say("check.title")
    way.look("check")
    mother.hand_over()
    way.look("equality offer")
    mother.press_and_move("equality.no")
    way.look("sent")

    assert {page: found for page, found in way.wrong.items() if found} == {}


def boxes_on_the_wrong_side(person, start: str) -> list[str]:
    """Answers whose circle or square does not stand where lines begin."""
    wrong = []
    for label in person.page.locator("main label:has(input):visible").all():
        box, words = label.locator(":scope > *").first.bounding_box(), label.locator("p").first.bounding_box()
        if (box["x"] > words["x"]) != (start == "right"):
            wrong.append(label.inner_text())
    return wrong
