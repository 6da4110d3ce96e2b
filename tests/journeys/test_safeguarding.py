"""Two safeguarding officers close a case in a real browser, at both sizes, and nothing is in anybody's way."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from survey import codes, consultations, database, drafts, responses
from survey.questionnaire import AnswerKey
from survey.routing import CHECK_ANSWERS
from survey.tables import RoleName
from tests.journeys.staff import Staff
from tests.running import READ_ELSEWHERE, Server
from tests.scene import grant, open_consultation
from tests.survey.conftest import NOW, full_answers

HARM = "He says he wants to kill himself and we are told to wait"
OPEN_IT = "Open this case (that you looked is kept)"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """Heard with one comment in the queue, and two people's passwords."""
    server = Server(tmp_path_factory.mktemp("queue"), READ_ELSEWHERE)
    open_consultation(server.database_url)
    engine = database.connect(server.database_url)
    with database.writing(engine) as session:
        wave = consultations.wave_named(session, "send-services", "1")
        answers = full_answers() | {AnswerKey("tell_us_more", "slt"): HARM}
        draft = drafts.begin(session, wave_id=wave.id, device=codes.token(), language="en", now=wave.opens_at)
        drafts.put(session, draft.id, given=answers, place=CHECK_ANSWERS, now=NOW)
        responses.send(session, draft.id, now=wave.opens_at)
    engine.dispose()
    passwords = {name: grant(server.database_url, name, RoleName.SAFEGUARDING) for name in ("first", "second")}
    with server:
        yield server, passwords


def test_two_people_close_a_case_one_on_a_desktop_and_one_on_a_phone(browser: Browser, desk):
    server, passwords = desk
    with ExitStack() as open_ones:
        first = open_ones.enter_context(Staff(browser, server.address, "desktop", "light"))
        first.sign_in("first", passwords["first"], "/safeguarding")
        expect(first.page.get_by_text(HARM)).to_have_count(0)
        first.press(OPEN_IT)
        expect(first.page.get_by_text(HARM)).to_be_visible()
        first.settle()
        barriers = first.barriers()
        first.turn("dark")
        barriers += first.barriers()
        first.press("Propose this end")
        expect(first.page.get_by_text("Somebody else has to confirm it.").first).to_be_visible()
        expect(first.page.locator(".st-key-heard-safeguarding-news")).to_be_focused()
        expect(first.button("Confirm, and close the case")).to_have_count(0)

        second = open_ones.enter_context(Staff(browser, server.address, "phone", "dark"))
        second.sign_in("second", passwords["second"], "/safeguarding")
        second.press(OPEN_IT)
        expect(second.page.get_by_text(HARM)).to_be_visible()
        second.settle()
        barriers += second.barriers()
        second.turn("light")
        barriers += second.barriers()
        wide = second.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        second.press("Confirm, and close the case")

        expect(second.page.get_by_text("There is no open case.")).to_be_visible()
        assert barriers == []
        assert wide <= 0
