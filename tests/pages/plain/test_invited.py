"""A wave by invitation at the plain door, and the questions as a PDF to read beforehand."""

from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest
from sqlmodel import select

from pages.plain import printed
from survey import invitations
from survey.database import reading, writing
from survey.tables import Draft, Wave
from survey.wording import words_in
from tests.pages.plain.phone import START, Phone
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)

SAY = words_in("en")
BEGIN, CONTINUE = SAY("start.begin"), SAY("step.continue")


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def codes(fieldwork):
    """The wave is by invitation now, and these are its codes."""
    with writing(fieldwork.engine) as session:
        wave = session.get_one(Wave, fieldwork.wave.id)
        wave.by_invitation = True
        session.add(wave)
    with writing(fieldwork.engine) as session:
        return invitations.make(session, fieldwork.wave._replace(by_invitation=True), 2, by="an officer")


def drafts_in(fieldwork) -> int:
    with reading(fieldwork.engine) as session:
        return len(session.exec(select(Draft)).all())


def test_with_a_code_somebody_begins_and_is_not_asked_again(fieldwork, codes):
    phone = Phone().open().press(BEGIN, code=codes[0].lower())
    assert phone.heading == "Services you have used"

    phone.press(CONTINUE, services_used=["slt"])
    phone.open()
    assert 'id="code"' not in phone.shown
    phone.press(SAY("start.go_on"))

    assert phone.heading == "Speech and language therapy"


def test_without_one_or_with_a_wrong_one_it_says_what_to_do_and_keeps_what_was_typed(fieldwork, codes):
    phone = Phone().open().press(BEGIN)
    assert phone.page.problems == [SAY("invitation.missing")]
    assert phone.page.title.startswith("Error: ")

    phone.press(BEGIN, code="7GQ2 MX4P")

    assert phone.answer.status_code == 422
    assert phone.page.problems == [SAY("invitation.unknown")]
    assert 'value="7GQ2 MX4P"' in phone.shown
    assert 'href="#code"' in phone.shown
    assert drafts_in(fieldwork) == 0


def test_a_used_code_is_told_as_used(fieldwork, codes):
    Phone().open().press(BEGIN, code=codes[0])

    other = Phone().open().press(BEGIN, code=codes[0])

    assert other.page.problems == [SAY("invitation.used")]
    assert drafts_in(fieldwork) == 1


def test_guessing_is_slowed_and_a_right_code_is_not_used_up_meanwhile(fieldwork, codes):
    phone = Phone().open()
    for _ in range(5):
        phone.press(BEGIN, code="7GQ2 MX4P")
        assert phone.answer.status_code == 422

    phone.press(BEGIN, code=codes[0])

    assert phone.answer.status_code == 429
    assert phone.page.problems == [SAY("problem.resume_wait")]
    assert f'value="{codes[0]}"' in phone.shown
    assert Phone().open().press(BEGIN, code=codes[0]).heading == "Services you have used"


def test_whoever_deletes_their_answers_may_begin_again(fieldwork, codes):
    phone = Phone().open().press(BEGIN, code=codes[0]).press(CONTINUE, services_used=["slt"])

    phone.open().press(SAY("start.drop_draft"))

    assert SAY("start.dropped") in phone.shown
    assert SAY("start.saved_draft") not in phone.shown
    assert phone.press(BEGIN).heading == "Services you have used"


def test_a_wave_for_everybody_asks_for_no_code(fieldwork):
    phone = Phone().open()

    assert SAY("invitation.label") not in phone.shown
    assert phone.press(BEGIN).heading == "Services you have used"


# -- the questions as a PDF --------------------------------------------------------------------------------------


def test_the_page_of_all_questions_leads_to_the_same_as_a_pdf(fieldwork):
    phone = Phone().open(f"{START}/questions")
    assert f'href="{START}/questions.pdf?language=en"' in phone.shown

    pdf = phone.browser.get(f"{START}/questions.pdf?language=en")

    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"] == 'inline; filename="send-services-en.pdf"'
    told = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf.content)).pages)
    assert SAY("paper.reading").partition(".")[0] in " ".join(told.split())
    assert len(pdf.content) < 150_000


@pytest.mark.parametrize("asked_for", ["", "?language=zz", "?language=../../etc"])
def test_a_language_it_is_not_there_in_gives_the_visitors_own(fieldwork, asked_for):
    pdf = Phone().browser.get(f"{START}/questions.pdf{asked_for}")

    assert pdf.headers["content-language"] == "en"


def test_it_is_made_once_and_remembered(fieldwork):

    printed._made.cache_clear()
    for _ in range(3):
        Phone().browser.get(f"{START}/questions.pdf")

    assert printed._made.cache_info().misses == 1
    assert printed._made.cache_info().hits == 2


def test_there_is_none_of_a_consultation_that_does_not_exist(fieldwork):
    assert Phone().browser.get("/s/nothing-here/questions.pdf").status_code == 404
