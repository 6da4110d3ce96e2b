"""What an officer hands out: the link, the poster, forms, and codes for a wave by invitation."""

from io import BytesIO

import pypdf
import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from survey import database
from survey.tables import AuditEntry, Consultation, Invitation, Wave
from tests.conftest import forget_settings
from tests.pages.collecting import add_wave


def opened(app: AppTest) -> AppTest:
    page = app.run().switch_page("officers/invitations.py").run()
    assert not page.exception
    return page


def offered(page: AppTest) -> list[str]:
    return [button.proto.label for button in page.get("download_button")]


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_ADDRESS", "https://survey.example.gov.uk")
    forget_settings()


@pytest.fixture
def by_invitation(consultation: str) -> None:
    with database.writing(database.engine()) as session:
        for wave in session.exec(select(Wave)):
            wave.by_invitation = True
            session.add(wave)


def test_it_shows_the_link_and_offers_the_square_and_the_poster(officer):
    page = opened(officer)

    assert page.code[0].value == "https://survey.example.gov.uk/s/send-services?language=en"
    assert offered(page) == ["QR code for print (SVG)", "QR code for e-mail (PNG)", "Poster (PDF)"]
    assert "Codes" not in [header.value for header in page.header]


def test_forms_are_made_when_asked_for_each_with_its_own_number(officer):
    page = opened(officer)
    page.number_input(key="invitations-copies").set_value(2)
    page.text_input(key="invitations-return").set_value("FREEPOST SEND")
    page.button(key="invitations-make-forms").click().run()

    assert not page.exception
    assert offered(page)[-1] == "Download the forms (PDF)"
    read = pypdf.PdfReader(BytesIO(page.session_state["heard-made-forms"].content))
    first, middle = (" ".join(read.pages[at].extract_text().split()) for at in (0, len(read.pages) // 2))
    assert "post it to: FREEPOST SEND." in first
    assert first.partition("Form ")[2][:9] != middle.partition("Form ")[2][:9]


def test_forms_for_other_choices_than_those_made_are_not_offered(officer):
    page = opened(officer)
    page.button(key="invitations-make-forms").click().run()

    page.number_input(key="invitations-copies").set_value(3).run()

    assert "Download the forms (PDF)" not in offered(page)


def test_a_letter_that_cannot_be_printed_is_told(officer):
    page = opened(officer)
    page.text_input(key="invitations-return").set_value("🙂 House")
    page.button(key="invitations-make-forms").click().run()

    assert not page.exception
    assert "no font here can write" in page.error[0].value


def test_codes_are_made_once_counted_and_noted_by_whom(by_invitation, officer):
    page = opened(officer)
    assert "0 codes made so far" in page.markdown[-1].value

    page.number_input(key="invitations-codes").set_value(3)
    page.button(key="invitations-make-codes").click().run()

    assert offered(page)[-1] == "Download the codes (CSV)"
    assert len(page.session_state["heard-made-codes"].content.decode().splitlines()) == 4
    page.run()  # drawing the page again makes no more
    with database.reading(database.engine()) as session:
        assert len(session.exec(select(Invitation)).all()) == 3
        (entry,) = session.exec(select(AuditEntry).where(AuditEntry.what == "make invitations"))
    assert (entry.who, entry.subject) == ("officer", "send-services 1: 3")


def test_without_an_address_it_says_what_to_set_and_still_prints_forms(officer, monkeypatch):
    monkeypatch.delenv("HEARD_ADDRESS")
    forget_settings()

    page = opened(officer)

    assert "Set HEARD_ADDRESS" in page.warning[0].value
    page.button(key="invitations-make-forms").click().run()
    assert offered(page) == ["Download the forms (PDF)"]


def test_before_there_is_a_consultation_it_says_so(officer):
    with database.writing(database.engine()) as session:
        session.delete(session.exec(select(Consultation)).one())

    assert "There is no consultation yet." in opened(officer).markdown[0].value


def test_it_is_for_officers_and_leaders_alone(app):
    with pytest.raises(ValueError, match="Could not find"):
        opened(app)


def test_another_wave_can_be_chosen(officer):
    add_wave("2", "Second wave", days_ago=2)

    page = opened(officer)
    page.selectbox(key="wave").set_value("Second wave").run()

    assert not page.exception
    assert page.selectbox(key="wave").value == "Second wave"
