"""A questionnaire on paper: everything is asked, in order, in any script, and loose pages find one another."""

import re
from io import BytesIO

import psutil
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from survey import codes, pictures
from survey.errors import PrintingError
from survey.languages import LANGUAGES
from survey.printing import typesetting
from survey.printing.paper import paper, parts, references
from survey.questionnaire import Optioned, Questionnaire
from survey.questionnaire_file import SHIPPED, shipped
from survey.wording import words_in
from tests.survey.printing.conftest import TITLES, WAVE, pages_of, words_for

ENGLISH = words_in("en")
QUESTIONNAIRES = sorted(path.stem for path in SHIPPED.glob("*.toml"))
# One sentence in another script shows that its letters are joined and ordered: found again, letter for letter.
LETTERS = {"pl": "źdźbło, gęś, łąka", "ro": "învățământ, școală"}


def asked_on_paper(questionnaire: Questionnaire):
    return [item for _, item in questionnaire.items() if item.id != questionnaire.roles.channel]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_every_question_and_every_answer_offered_is_on_paper_in_order(name):
    asked = shipped(name)

    told = squeezed(" ".join(pages_of(paper(asked, WAVE, ENGLISH))))

    place = 0
    for item in asked_on_paper(asked):
        place = told.index(squeezed(ENGLISH.of(item.text)), place)
        for option in item.options if isinstance(item, Optioned) else ():
            assert squeezed(ENGLISH.of(option.text)) in told[place:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_every_questionnaire_can_be_printed_in_every_language(name, language):
    assert paper(shipped(name), WAVE, words_in(language)).startswith(b"%PDF-")


def test_it_says_who_asks_how_to_fill_it_in_and_where_to_send_it_by_when(small):
    (first, *_) = pages_of(paper(small, WAVE, ENGLISH, copies=references(1), return_to="FREEPOST SEND, Preston"))

    assert all(ENGLISH(key) in first for key in ("start.who_asks", "paper.fill_title", "paper.fill", "door.safety"))
    assert "post it to: FREEPOST SEND, Preston. It must reach us by 1 July 2026." in first


def test_without_an_address_it_is_handed_in_where_it_was_given(small):
    (first, *_) = pages_of(paper(small, WAVE, ENGLISH, copies=references(1)))

    assert ENGLISH("paper.back_here") in first


def test_a_condition_becomes_an_instruction_that_names_the_question_and_the_answer(small):
    told = " ".join(pages_of(paper(small, WAVE, ENGLISH)))

    assert "Answer this only if you ticked “No” at question 1. 2. Why not?" in told
    assert "Section only Answer this only if you ticked one of these at question 1: Yes; No." in told


def test_there_is_room_for_three_services_named_by_hand_and_for_as_many_children_as_there_may_be(small):
    by_title = {part.title: part.blocks for part in parts(small, ENGLISH)}

    assert [block.title for block in by_title["Section matrix"]] == ["Service 1", "Service 2", "Service 3"]
    assert {block.write_in for block in by_title["Section matrix"]} == {"Write which service this is:"}
    assert [block.title for block in by_title["Section repeated"]] == ["Child 1", "Child 2"]


def test_questions_are_numbered_and_the_same_question_about_another_service_keeps_its_number(small):
    numbers = [q.number for part in parts(small, ENGLISH) for block in part.blocks for q in block.questions]

    assert numbers == [1, 2, 3, 4, 5, 6, 6, 6, 7, 7, 8]


def test_nobody_is_asked_on_paper_how_they_are_answering(small):
    told = " ".join(pages_of(paper(small, WAVE, ENGLISH)))

    assert "How are you answering?" not in told
    assert "Section last" not in told


def test_there_is_room_to_write_and_more_where_more_may_be_said():
    lines = {q.text: q.lines for part in parts(shipped("send_services"), ENGLISH) for q in part.blocks[0].questions}

    assert lines["Tell us more about it"] == 8
    assert lines["What help is missing?"] == 5
    assert lines["Where do you live?"] == 0


def test_each_copy_has_its_own_reference_on_every_page_and_pages_are_counted_within_it(small):
    first, second = copies = references(2)

    pages = pages_of(paper(small, WAVE, ENGLISH, copies=copies))

    half = len(pages) // 2
    assert all(first in page and second not in page for page in pages[:half])
    assert all(second in page and first not in page for page in pages[half:])
    assert [f"Page {number} of {half}" in page for number, page in enumerate(pages[half:], 1)] == [True] * half


def test_a_copy_with_an_odd_number_of_pages_is_followed_by_a_blank_one_so_that_it_prints_on_both_sides(small):
    short = small.model_copy(update={"sections": small.sections[:1]})

    pages = pages_of(paper(short, WAVE, ENGLISH, copies=references(2)))

    assert len(pages) == 3
    assert pages[1] == ""
    assert "Page 1 of 1" in pages[2]


def test_the_square_on_every_page_says_the_reference(small):
    (reference,) = copies = references(1)

    pages = pypdfium2.PdfDocument(paper(small, WAVE, ENGLISH, copies=copies))

    seen = [zxingcpp.read_barcodes(page.render(scale=4).to_pil())[0].text for page in pages]
    pages.close()
    assert seen == [reference] * len(seen)


def test_references_differ_and_each_of_them_checks():
    made = references(200)

    assert len(set(made)) == 200
    assert all(codes.checks(one) for one in made)


def test_the_copy_to_read_beforehand_has_no_reference_and_says_how_to_get_a_form(small):
    (first, *_) = pages_of(paper(small, WAVE, ENGLISH))

    assert ENGLISH("paper.reading") in first
    assert ENGLISH("paper.back_here") not in first


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_letters_with_marks_come_out_as_they_are(small, language):
    (first, *_) = pages_of(paper(small, WAVE, words_for(language)))

    assert LETTERS[language] in first


@pytest.mark.parametrize("language", ["ur", "pa-Arab", "bn", "gu"])
def test_other_scripts_are_written_with_joined_letters_and_no_boxes(small, language):
    pdf = paper(small, WAVE, words_for(language))

    told = "".join(pages_of(pdf))
    own = {letter for letter in TITLES[language] if letter.isalpha() and not letter.isascii()}
    assert own <= set(told)


def test_right_to_left_pages_have_their_boxes_on_the_right(small):
    def middle_of_boxes(language: str) -> float:
        document = pypdfium2.PdfDocument(paper(small, WAVE, words_for(language)))
        page = document[0]
        found = [found.get_bounds() for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
        width = page.get_width()
        document.close()
        boxes = [(left + right) / 2 / width for left, _, right, _ in found if 14 < right - left < 18]
        return sum(boxes) / len(boxes)

    assert middle_of_boxes("en") < 0.2
    assert middle_of_boxes("ur") > 0.8


def test_a_letter_that_no_font_has_is_refused_with_a_sentence_and_never_printed_as_a_box(small):
    odd = small.model_copy(update={"title": {"en": "Help 🙂 for your child"}})

    with pytest.raises(PrintingError, match="no font here can write “🙂”.*weblate-fonts"):
        paper(odd, WAVE, ENGLISH)


def test_what_is_printed_is_tagged_named_and_in_its_language_for_screen_readers(small):
    read = PdfReader(BytesIO(paper(small, WAVE, words_for("ur"))))

    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("ur")
    assert read.metadata.title == TITLES["ur"]


def test_the_same_questionnaire_gives_the_same_bytes(small):
    assert paper(small, WAVE, ENGLISH, copies=["7GQ2-MX4P"]) == paper(small, WAVE, ENGLISH, copies=["7GQ2-MX4P"])


def test_the_memory_that_many_copies_took_is_given_back(small):
    def held() -> int:
        return psutil.Process().memory_info().rss

    paper(small, WAVE, ENGLISH, copies=references(30))
    before = held()
    for _ in range(6):
        paper(small, WAVE, ENGLISH, copies=references(30))

    assert held() - before < 60_000_000


def test_letters_are_large_enough_and_in_easy_read_larger():
    assert {typesetting.manner(LANGUAGES[code])["points"] for code in LANGUAGES if code != "easy"} == {14}
    assert typesetting.manner(LANGUAGES["easy"])["points"] == 16


def test_easy_read_has_its_pictures_on_paper_and_english_has_none():
    asked = shipped("send_services")

    def pictures_in(words):
        questions = [q for part in parts(asked, words) for block in part.blocks for q in block.questions]
        return [q.picture for q in questions], [tick.picture for tick in questions[0].ticks]

    beside_questions, beside_services = pictures_in(words_in("easy"))
    assert all(beside_questions)
    assert beside_services[15] == pictures.drawing("school_bus")
    assert not any(one for some in pictures_in(ENGLISH) for one in some)


def test_pictures_on_paper_say_nothing_to_a_screen_reader():
    """The squares are described; everything else drawn is passed over, or there would be no file (PDF/UA-1)."""
    read = PdfReader(BytesIO(paper(shipped("send_services"), WAVE, words_in("easy"))))

    assert "/Figure" not in {kind for kind in kinds_of(read.trailer["/Root"]["/StructTreeRoot"])}


def kinds_of(element):
    """What every part of a tagged PDF is, from its root down."""
    element = element.get_object()
    if not isinstance(element, dict):
        return
    yield element.get("/S")
    inside = element.get("/K", [])
    for part in inside if isinstance(inside, list) else [inside]:
        yield from kinds_of(part)
