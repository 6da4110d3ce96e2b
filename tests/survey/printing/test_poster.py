"""A poster: what is asked, until when, and a square that leads to the answer in the poster's language."""

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from survey.errors import PrintingError
from survey.languages import LANGUAGES
from survey.printing import squares
from survey.printing.address import address_of
from survey.printing.poster import poster
from survey.wording import words_in
from tests.conftest import forget_settings
from tests.survey.printing.conftest import TITLES, WAVE, pages_of, words_for

ADDRESS = "https://survey.example.gov.uk/s/send-services?language=ur"


def test_it_says_what_it_is_until_when_and_where_on_one_page(small):
    (page,) = pages_of(poster(small, WAVE, words_in("en"), address=ADDRESS))

    assert page.startswith(TITLES["en"])
    assert "Open until 1 July 2026" in page
    assert "survey.example.gov.uk/s/send-services" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_square_leads_to_the_address(small, language):
    document = pypdfium2.PdfDocument(poster(small, WAVE, words_for(language), address=ADDRESS))
    picture = document[0].render(scale=2).to_pil()
    document.close()

    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_a_wave_by_invitation_says_that_a_code_is_needed(small):
    invited = WAVE._replace(by_invitation=True)

    assert words_in("en")("poster.invited") in pages_of(poster(small, invited, words_in("en"), address=ADDRESS))[0]
    assert words_in("en")("poster.invited") not in pages_of(poster(small, WAVE, words_in("en"), address=ADDRESS))[0]


def test_the_square_alone_is_to_be_had_as_a_drawing_and_as_a_picture(tmp_path):
    (tmp_path / "square.png").write_bytes(squares.png(ADDRESS))

    assert zxingcpp.read_barcodes(Image.open(tmp_path / "square.png"))[0].text == ADDRESS
    assert b"<svg" in squares.svg(ADDRESS)


def test_the_address_is_the_one_that_the_settings_name(monkeypatch):
    monkeypatch.setenv("HEARD_ADDRESS", "https://survey.example.gov.uk/")
    forget_settings()

    assert address_of(WAVE, LANGUAGES["ur"]) == ADDRESS


def test_without_a_setting_the_demonstration_is_on_this_machine_and_anything_else_is_refused():
    assert address_of(WAVE, LANGUAGES["en"]) == "http://localhost:8501/s/send-services?language=en"

    with pytest.raises(PrintingError, match="Set HEARD_ADDRESS"):
        address_of(WAVE._replace(demonstration=False), LANGUAGES["en"])
