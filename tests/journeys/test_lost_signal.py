"""A phone that loses its signal: what was continued is kept, the page goes on by itself, and says so in plain words."""

import re

import pytest
from playwright.sync_api import WebSocketRoute, expect

from survey.wording import words_in
from tests.journeys.parent import ABOUT_YOU, AUTISM, CHANGE, ITEMS, OUTCOMES, SERVICES, SPEECH, Parent
from tests.running import READ_ELSEWHERE, Server
from tests.scene import open_consultation

# Nobody waits an hour for a test. A server that forgets a lost visitor after a second stands for an hour away; one set
# up as ours is, which remembers for half an hour, stands for five minutes.
AWAY = {"five minutes": {}, "an hour": {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}}
WAYS = [("five minutes", "ur"), ("an hour", "en")]
PATIENCE_MILLISECONDS = 90_000


class Signal:
    """What joins a phone to the server, and can go. Going offline alone leaves a socket that is open as it is."""

    def __init__(self, person: Parent) -> None:
        self.context, self.there = person.context, True
        self.sockets: list[tuple[WebSocketRoute, WebSocketRoute]] = []
        person.page.route_web_socket(re.compile("/_stcore/stream"), self._join)

    def _join(self, phone: WebSocketRoute) -> None:
        if self.there:
            self.sockets.append((phone, phone.connect_to_server()))
        else:
            phone.close()

    def goes(self) -> None:
        self.there = False
        self.context.set_offline(True)
        for phone, server in self.sockets:
            server.close()
            phone.close()

    def comes_back(self) -> None:
        self.there = True
        self.context.set_offline(False)


@pytest.mark.parametrize(("away", "language"), WAYS)
def test_somebody_whose_signal_goes_and_comes_back_goes_on_where_they_were(tmp_path, parent, away, language):
    server = Server(tmp_path, AWAY[away] | READ_ELSEWHERE)
    open_consultation(server.database_url)
    with server:
        mother = parent(server, lost_server=True)
        mother.words = say = words_in(language)
        signal = Signal(mother)
        mother.begin()
        mother.answer(SERVICES)
        mother.fill(AUTISM)
        mother.box("tell_us_more").blur()
        mother.settle()
        before = mother.step

        signal.goes()
        dialog = mother.page.get_by_role("dialog")
        expect(dialog.get_by_text(say("shell.lost"))).to_be_visible(timeout=PATIENCE_MILLISECONDS)
        signal.comes_back()

        expect(dialog).to_have_count(0, timeout=PATIENCE_MILLISECONDS)
        mother.settle()
        assert mother.step.startswith(before)
        expect(mother.box("tell_us_more")).to_have_value(AUTISM["tell_us_more"])
        mother.go_on()
        mother.answer(SPEECH, OUTCOMES, CHANGE, ABOUT_YOU)
        for said in (AUTISM, SPEECH):
            expect(mother.page.get_by_text(said["tell_us_more"])).to_be_visible()
        expect(mother.page.get_by_text(say.of(ITEMS["rating"].option(AUTISM["rating"]).text))).to_be_visible()
