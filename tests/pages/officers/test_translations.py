"""An officer reads a translation beside the English, and approves it; until then it is a draft."""

import pytest
from sqlmodel import select

from survey import database, translations
from survey.tables import ApprovedTranslation, AuditEntry, RoleName


def opened(app):
    page = app.run().switch_page("officers/translations.py").run()
    assert not page.exception
    return page


def markup(page) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def choose(page, name):
    with database.reading(database.engine()) as session:
        names = [one.name for one in translations.every(session)]
    page.selectbox(key="translations-chosen").select_index(names.index(name)).run()
    assert not page.exception
    return page


def test_each_sentence_stands_beside_the_english_in_its_own_direction(officer):
    page = choose(opened(officer), "ur/send_services")

    assert "Draft, made by a machine" in markup(page)
    assert '<td lang="ur" dir="rtl">' in markup(page)
    assert "SEND services in Lancashire" in markup(page)


def test_it_is_approved_by_somebody_who_says_that_they_read_it(officer):
    page = choose(opened(officer), "pl/send_services")
    assert page.button(key="translations-approve").disabled

    page.checkbox[0].check().run()
    page.button(key="translations-approve").click().run()

    assert "You approved Polish: send services." in markup(page)
    with database.reading(database.engine()) as session:
        (row,) = session.exec(select(ApprovedTranslation)).all()
        told = session.exec(select(AuditEntry.what, AuditEntry.subject)).all()
    assert (row.name, row.approved_by) == ("pl/send_services", "officer")
    assert ("approve translation", "pl/send_services") in told
    choose(page, "pl/send_services")
    assert "Approved by officer" in markup(page)


@pytest.mark.parametrize("roles", [(), (RoleName.LEADER,)])
def test_nobody_else_opens_it(app, sign_in, roles):
    sign_in(*roles)

    with pytest.raises(ValueError, match="Could not find"):
        app.run().switch_page("officers/translations.py").run()
