"""An officer takes away what to hand out, in a real browser."""

import pypdf
import pytest
from playwright.sync_api import expect

from survey.tables import RoleName


@pytest.fixture
def officer(staff, size, scheme):
    person = staff(RoleName.OFFICER, size=size, scheme=scheme, at="/methods")
    person.page.goto(f"{person.address}/invitations")
    expect(person.page.get_by_role("button", name="Make the forms")).to_be_visible()
    return person


def test_forms_are_made_and_downloaded_without_a_barrier_in_anybodys_way(officer):
    officer.page.get_by_role("button", name="Make the forms").click()
    download = officer.page.get_by_role("button", name="Download the forms (PDF)")
    expect(download).to_be_visible()

    with officer.page.expect_download() as taken:
        download.click()

    assert taken.value.suggested_filename == "send-services-paper-en.pdf"
    assert len(pypdf.PdfReader(taken.value.path()).pages) == 10
    assert officer.barriers() == []
