"""What an officer prints of a questionnaire that goes from child to child: forms, and more pages for one of them."""

import shutil
from io import BytesIO

import pypdf
import pytest

from survey import codes
from survey.settings import settings
from tests.conftest import forget_settings
from tests.pages.officers.test_invitations import offered, opened
from tests.scene import open_consultation


@pytest.fixture
def consultation(migrated_file, tmp_path, monkeypatch):
    """In place of the usual one: the questionnaire that goes from child to child is open."""
    monkeypatch.setenv("HEARD_ADDRESS", "https://survey.example.gov.uk")
    forget_settings()
    shutil.copy(migrated_file, tmp_path / "heard.sqlite3")
    open_consultation(settings().url, "send_children")
    return settings().url


def told(page, kind):
    read = pypdf.PdfReader(BytesIO(page.session_state[f"heard-made-{kind}"].content))
    return [" ".join(one.extract_text().split()) for one in read.pages]


def test_forms_have_pages_for_two_children_and_for_more_if_asked(officer):
    page = opened(officer)
    assert page.number_input(key="invitations-children").value == 2
    page.button(key="invitations-make-forms").click().run()
    two = told(page, "forms")

    page.number_input(key="invitations-children").set_value(3)
    page.button(key="invitations-make-forms").click().run()

    assert not page.exception
    assert "Download the forms (PDF)" in offered(page)
    assert "Child 2 of 2" in two[-1]
    assert "Child 3 of 3" in told(page, "forms")[-1]


def test_a_family_with_more_children_gets_more_pages_with_the_number_of_its_form(officer):
    form = codes.checked()
    page = opened(officer)
    page.text_input(key="invitations-copy").set_value(form.lower())
    page.button(key="invitations-make-pages").click().run()

    assert not page.exception
    assert offered(page)[-1] == "Download the pages (PDF)"
    assert all(form in one and "Child 3 of 3" in one for one in told(page, "pages"))


def test_a_number_with_a_mistake_in_it_is_told_and_nothing_is_made(officer):
    page = opened(officer)
    page.text_input(key="invitations-copy").set_value("7GQ2-MX4Q")
    page.button(key="invitations-make-pages").click().run()

    assert "is not the number of a form" in page.error[0].value
    assert "Download the pages (PDF)" not in offered(page)
