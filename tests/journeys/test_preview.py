"""A questionnaire before it opens, as an officer sees it at both doors and everybody else does not."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from survey import database
from survey.tables import RoleName, Wave
from tests.journeys.parent import WORDS
from tests.journeys.plain_parent import START
from tests.running import READ_ELSEWHERE, Server
from tests.scene import grant, open_consultation

OFFICER = "Olu Officer"


@pytest.fixture(scope="module")
def to_come(tmp_path_factory):
    """Heard with one consultation that opens in two days, and an officer's password."""
    server = Server(tmp_path_factory.mktemp("to-come"), READ_ELSEWHERE)
    open_consultation(server.database_url)
    engine = database.connect(server.database_url)
    with database.writing(engine) as session:
        session.execute(sa.update(Wave).values(opens_at=datetime.now(UTC) + timedelta(days=2)))
    engine.dispose()
    password = grant(server.database_url, OFFICER, RoleName.OFFICER)
    with server:
        yield server, password


def test_a_preview_is_marked_on_every_page_and_puts_no_barrier_in_anybodys_way(to_come, visitor, size, scheme):
    server, password = to_come
    officer = visitor(server, size=size, scheme=scheme)
    officer.page.goto(f"{server.address}/sign-in?next=/live-results")
    officer.page.get_by_label("Name").fill(OFFICER)
    officer.page.get_by_label("Password").fill(password)
    officer.press("Sign in")
    links = officer.page.locator(".heard-notice a")
    expect(links).to_have_count(2)
    barriers = {"live results": officer.barriers()}

    for address in [link.get_attribute("href") for link in links.all()]:
        officer.context.clear_cookies(name="heard_draft")  # what was begun at one door would go on at the other
        officer.page.goto(server.address + address)
        officer.button(WORDS("start.begin")).wait_for()
        barriers[address] = officer.barriers()
        officer.press(WORDS("start.begin"))
        expect(officer.page.get_by_role("heading", level=1)).to_have_text("Services you have used")
        expect(officer.page.get_by_text(WORDS("preview.banner"))).to_be_visible()
        assert officer.page.title().startswith(WORDS("preview.title_prefix"))
        barriers[f"{address} first page"] = officer.barriers()

    assert {page: found for page, found in barriers.items() if found} == {}


@pytest.mark.parametrize("address", ["/?consultation=send-services", START])
def test_everybody_else_is_told_when_it_opens(to_come, visitor, address):
    server, _ = to_come
    stranger = visitor(server, lost_server=True)  # the plain page is a 404, which the console notes
    stranger.page.goto(server.address + address)

    expect(stranger.page.get_by_role("heading", level=1)).to_have_text(WORDS("door.not_open"))
