"""An officer's computer without scripts: opens pages, fills in forms, follows where it is sent."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.keying.routes import routes
from pages.ui.access import STAFF_COOKIE
from survey import people
from survey.database import engine, writing
from survey.tables import RoleName
from tests.pages.plain.phone import Phone

PILE = "/keying/send-services?wave=2026&channel=paper&language=en"
CALL = "/keying/send-services?wave=2026&channel=phone&language=en"


class Computer(Phone):
    """A browser on which somebody with those roles is signed in; nobody, without a name."""

    def __init__(self, name: str = "", *roles: RoleName) -> None:
        super().__init__()
        self.browser = TestClient(Starlette(routes=routes()), base_url="http://heard.test", follow_redirects=True)
        self.token = ""
        if name:
            with writing(engine()) as session:
                password = people.grant(session, name, *roles)
                self.token = people.sign_in(session, name, password, now=datetime.now(UTC)).token
            self.browser.cookies.set(STAFF_COOKIE, self.token)

    def sign_out(self) -> None:
        with writing(engine()) as session:
            people.sign_out(session, self.token)

    @property
    def chosen(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(str(self.answer.url)).query)
