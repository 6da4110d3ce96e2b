"""A questionnaire on paper: everything is asked, in order, in any script, and loose pages find one another."""

import re
from io import BytesIO

import psutil
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from survey import codes
from survey.errors import PrintingError
from survey.languages import LANGUAGES
from survey.printing import typesetting
from survey.printing.paper import forms, more_pages, paper, references
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
def test_every_questionnaire_can_be_printed_in_every_language_to_read_and_to_fill_in(name, language):
    asked, words = shipped(name), words_in(language)

    assert paper(asked, WAVE, words).startswith(b"%PDF-")
    assert forms(asked, WAVE, words, copies=references(1)).startswith(b"%PDF-")


def test_it_says_who_asks_how_to_fill_it_in_and_where_to_send_it_by_when(small):
    (first, *_) = pages_of(forms(small, WAVE, ENGLISH, copies=references(1), return_to="FREEPOST SEND, Preston"))

    assert all(ENGLISH(key) in first for key in ("start.who_asks", "paper.fill_title", "paper.fill", "door.safety"))
    assert "post it to: FREEPOST SEND, Preston. It must reach us by 1 July 2026." in first


def test_without_an_address_it_is_handed_in_where_it_was_given(small):
    (first, *_) = pages_of(forms(small, WAVE, ENGLISH, copies=references(1)))

    assert ENGLISH("paper.back_here") in first


def test_a_condition_becomes_an_instruction_that_names_the_question_and_the_answer(small):
    told = " ".join(pages_of(paper(small, WAVE, ENGLISH)))

    assert "Answer this only if you ticked “No” at question 1. 2. Why not?" in told
    assert "Section only Answer this only if you ticked one of these at question 1: Yes; No." in told


def test_nobody_is_asked_on_paper_how_they_are_answering(small):
    told = " ".join(pages_of(paper(small, WAVE, ENGLISH)))

    assert "How are you answering?" not in told
    assert "Section last" not in told


def test_each_copy_has_its_own_reference_on_every_page_and_pages_are_counted_within_it(small):
    first, second = copies = references(2)

    pages = pages_of(forms(small, WAVE, ENGLISH, copies=copies))

    half = len(pages) // 2
    assert all(first in page and second not in page for page in pages[:half])
    assert all(second in page and first not in page for page in pages[half:])
    assert [f"Page {number} of {half}" in page for number, page in enumerate(pages[half:], 1)] == [True] * half


def test_a_copy_with_an_odd_number_of_pages_is_followed_by_a_blank_one_so_that_it_prints_on_both_sides(small):
    short = small.model_copy(update={"sections": small.sections[:1]})

    pages = pages_of(forms(short, WAVE, ENGLISH, copies=references(2)))

    assert len(pages) == 3
    assert pages[1] == ""
    assert "Page 1 of 1" in pages[2]


def test_the_square_on_every_page_says_the_reference(small):
    (reference,) = copies = references(1)

    pages = pypdfium2.PdfDocument(forms(small, WAVE, ENGLISH, copies=copies))

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
    assert forms(small, WAVE, ENGLISH, copies=["7GQ2-MX4P"]) == forms(small, WAVE, ENGLISH, copies=["7GQ2-MX4P"])


def test_the_memory_that_many_copies_took_is_given_back(small):
    def held() -> int:
        return psutil.Process().memory_info().rss

    forms(small, WAVE, ENGLISH, copies=references(30))
    before = held()
    for _ in range(6):
        forms(small, WAVE, ENGLISH, copies=references(30))

    assert held() - before < 60_000_000


def test_letters_are_large_enough_and_in_easy_read_larger():
    assert {typesetting.manner(LANGUAGES[code])["points"] for code in LANGUAGES if code != "easy"} == {14}
    assert typesetting.manner(LANGUAGES["easy"])["points"] == 16


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


# -- child by child ------------------------------------------------------------------------------------------------

CHILDREN = shipped("send_children")


def begun_on(read: PdfReader) -> dict[str, list[int]]:
    """On which pages each heading stands, by its words: as they were set, whatever the script."""
    found: dict[str, list[int]] = {}
    left = [*read.outline]
    while left:
        entry = left.pop(0)
        if isinstance(entry, list):
            left = entry + left
        else:
            found.setdefault(entry.title, []).append(read.get_destination_page_number(entry))
    return found


@pytest.mark.parametrize("language", CHILDREN.languages)
def test_in_every_language_each_child_has_pages_of_its_own_with_the_reference_of_the_form(language):
    words = words_in(language)
    first, second = copies = references(2)

    read = PdfReader(BytesIO(forms(CHILDREN, WAVE, words, copies=copies, children=3)))

    half = (len(read.pages) + 1) // 2
    begun = begun_on(read)
    titles = [words("paper.child_of", number=number, total=3) for number in (1, 2, 3)]
    starts = [begun[title] for title in titles]
    assert [[page // half for page in pages] for pages in starts] == [[0, 1]] * 3
    assert starts == sorted(starts)
    about = begun[words.of(CHILDREN.section("services").title)]
    assert len(about) == 6
    assert begun[words.of(CHILDREN.section("change").title)][0] < starts[0][0]
    told = pages_of(forms(CHILDREN, WAVE, words, copies=copies, children=3))
    assert [(first in page, second in page) for page in told if page] == [
        (number < half, number >= half) for number, page in enumerate(told) if page
    ]


def test_every_page_about_a_child_says_at_the_top_which_child_and_which_form():
    (reference,) = copies = references(1)

    pages = pages_of(forms(CHILDREN, WAVE, ENGLISH, copies=copies))

    tops = [page.partition(reference)[0] for page in pages]
    at = {label: [n for n, top in enumerate(tops) if label in top] for label in ("Child 1 of 2", "Child 2 of 2")}
    assert at["Child 1 of 2"] + at["Child 2 of 2"] == list(range(at["Child 1 of 2"][0], len(pages)))
    assert "Child" not in tops[0]
    assert (
        "Do you want to tell us about another child or young person with SEND? If yes, go on to “Child 2"
        in (pages[at["Child 1 of 2"][-1]])
    )


@pytest.mark.parametrize("language", ["en", "ur"])
def test_more_pages_for_a_form_carry_its_reference_as_letters_and_as_a_square(language):
    (reference,) = references(1)
    words = words_in(language)

    pdf = more_pages(CHILDREN, WAVE, words, copy=f" {reference.lower()} ", child=3)

    pages = pypdfium2.PdfDocument(pdf)
    seen = [zxingcpp.read_barcodes(page.render(scale=4).to_pil())[0].text for page in pages]
    pages.close()
    assert seen == [reference] * len(seen)
    assert all(reference in page for page in pages_of(pdf))
    begun = begun_on(PdfReader(BytesIO(pdf)))
    assert begun[words("paper.child_of", number=3, total=3)] == [0]
    assert words.of(CHILDREN.section("change").title) not in begun  # the family was asked on the form itself


def test_as_many_children_have_pages_as_are_asked_for_and_the_first_page_says_how_many():
    pages = pages_of(forms(CHILDREN, WAVE, ENGLISH, copies=references(1), children=1))

    assert "Children there is room for: 1." in pages[0]
    assert "Child 1 of 1" in " ".join(pages)
    assert "“Child 2” onto it" in " ".join(pages)


@pytest.mark.parametrize("children", [0, 9])
def test_more_children_than_the_questionnaire_has_room_for_are_refused_with_a_sentence(children):
    with pytest.raises(PrintingError, match="Choose a number from 1 to 8"):
        forms(CHILDREN, WAVE, ENGLISH, copies=references(1), children=children)
    with pytest.raises(PrintingError, match="Choose a child from 1 to 8"):
        more_pages(CHILDREN, WAVE, ENGLISH, copy=references(1)[0], child=children)


def test_more_pages_for_a_number_with_a_mistake_in_it_are_refused_with_a_sentence():
    (reference,) = references(1)
    wrong = reference[:-1] + ("0" if reference[-1] != "0" else "1")

    for typed in (wrong, "", "A17"):
        with pytest.raises(PrintingError, match="is not the number of a form"):
            more_pages(CHILDREN, WAVE, ENGLISH, copy=typed, child=3)


def test_a_form_about_the_family_alone_has_no_pages_for_one_child_or_another(small):
    with pytest.raises(PrintingError, match="does not go from child to child"):
        forms(small, WAVE, ENGLISH, copies=references(1), children=2)
    with pytest.raises(PrintingError, match="does not go from child to child"):
        more_pages(small, WAVE, ENGLISH, copy=references(1)[0], child=3)
