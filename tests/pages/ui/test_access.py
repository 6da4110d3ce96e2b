"""Who may see what, asked of the pages as Streamlit runs them and of the database as it stands."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from pages.ui import access, doors
from survey import database, people
from survey.tables import RoleName, StaffSession
from tests.pages.conftest import hold_cookies


def guarded(*roles: str) -> AppTest:
    """A staff page in one line: the guard, and then what only staff may see."""
    script = f"""
import streamlit as st
from pages.ui import access
present = access.require(*{roles!r})
st.write("for " + present.name)
"""
    return AppTest.from_string(script, default_timeout=30).run()


def shown(page: AppTest) -> str:
    return " ".join(element.value for element in [*page.title, *page.markdown])


def test_a_visitor_is_stopped_and_told_to_sign_in(consultation):
    page = guarded("officer")

    assert "You need to sign in" in shown(page)
    assert "for " not in shown(page)


def test_somebody_with_the_role_is_let_in(sign_in):
    sign_in(RoleName.OFFICER)

    assert shown(guarded("officer", "leader")) == "for officer"


def test_somebody_with_another_role_is_stopped_and_not_told_to_sign_in_again(sign_in):
    sign_in(RoleName.ADMINISTRATOR)

    page = guarded("officer", "leader")

    assert "You cannot see this page" in shown(page)
    assert "sign in" not in shown(page).replace("your sign-in", "")


@pytest.mark.parametrize("token", ["", "x" * 32, "' or 1=1 --", "é" * 20])
def test_a_cookie_that_nobody_was_given_opens_nothing(consultation, monkeypatch, token):
    hold_cookies(monkeypatch, heard_staff=token)

    assert "You need to sign in" in shown(guarded("officer"))


def test_the_stand_in_cookies_of_a_test_without_a_browser_are_nobodys(consultation):
    assert "You need to sign in" in shown(guarded("officer"))


def test_signing_out_ends_it_on_a_page_that_is_already_open(sign_in):
    token = sign_in(RoleName.OFFICER)
    page = guarded("officer")
    assert shown(page) == "for officer"

    with database.writing(database.engine()) as session:
        people.sign_out(session, token)

    assert "You need to sign in" in shown(page.run())


@pytest.mark.parametrize(
    ("column", "since"), [("seen_at", people.IDLE), ("started_at", people.LONGEST)], ids=["idle too long", "too old"]
)
def test_a_sign_in_ends_by_itself(sign_in, column, since):
    sign_in(RoleName.OFFICER)
    then = datetime.now(UTC) - since - timedelta(seconds=1)
    with database.writing(database.engine()) as session:
        held = session.exec(select(StaffSession)).one()
        setattr(held, column, then)

    assert "You need to sign in" in shown(guarded("officer"))


def test_two_people_with_the_same_page_open_are_never_taken_for_one_another(sign_in, monkeypatch):
    sign_in(RoleName.OFFICER)
    assert shown(guarded("officer", "leader")) == "for officer"
    sign_in(RoleName.LEADER)
    assert shown(guarded("officer", "leader")) == "for leader"
    hold_cookies(monkeypatch)
    assert "You need to sign in" in shown(guarded("officer", "leader"))


def test_using_a_page_puts_off_the_end_of_an_unused_sign_in(sign_in):
    sign_in(RoleName.OFFICER)
    a_while_ago = datetime.now(UTC) - timedelta(minutes=20)
    with database.writing(database.engine()) as session:
        session.exec(select(StaffSession)).one().seen_at = a_while_ago

    access.note_use(access.holder(_only_token()))

    with database.reading(database.engine()) as session:
        assert session.exec(select(StaffSession)).one().seen_at > a_while_ago


def test_a_page_that_draws_itself_again_puts_nothing_off(sign_in):
    sign_in(RoleName.OFFICER)
    a_while_ago = datetime.now(UTC) - timedelta(minutes=20)
    with database.writing(database.engine()) as session:
        session.exec(select(StaffSession)).one().seen_at = a_while_ago
    script = """
import streamlit as st
from pages.ui import access
present = access.require("officer")
access.note_use(present)
if "again" not in st.session_state:
    st.session_state["again"] = True
    access.draw_again()
st.write("drawn")
"""
    page = AppTest.from_string(script, default_timeout=30)
    page.session_state[access.BY_ITSELF] = True

    assert "drawn" in shown(page.run())
    with database.reading(database.engine()) as session:
        assert session.exec(select(StaffSession)).one().seen_at == a_while_ago


def _only_token() -> str:
    return ContextProxy.cookies.fget(None)["heard_staff"]


def test_a_visitor_is_offered_the_survey_alone():
    assert access.open_to(None) == [doors.SURVEY]


@pytest.mark.parametrize("role", [RoleName.OFFICER, RoleName.LEADER])
def test_officers_and_leaders_are_offered_the_figures_too(role):
    present = people.SignedIn("somebody", frozenset({role}), datetime.now(UTC))

    assert {doors.SURVEY, doors.LIVE_RESULTS, doors.INVITATIONS, doors.SUMMARY} <= set(access.open_to(present))


def test_looking_after_accounts_is_no_reason_to_read_what_people_wrote():
    present = people.SignedIn("somebody", frozenset({RoleName.ADMINISTRATOR}), datetime.now(UTC))

    assert access.open_to(present) == [doors.SURVEY, doors.TRANSLATIONS]
