"""A phone without scripts: opens pages, fills in the forms it was shown, follows where it is sent. Nothing else."""

import httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.plain.routes import routes
from survey.database import engine
from tests import scene
from tests.forms import Form, Reader

START = "/s/send-services"


class Phone:
    """A browser with its own cookies, on the page it was last shown.

    Whoever holds it takes their time: half a minute passes with each page they send.
    """

    def __init__(self, *, keeps_cookies: bool = True, seconds_a_page: float = 30) -> None:
        self.browser = TestClient(
            Starlette(routes=routes()), base_url="http://heard.test", raise_server_exceptions=True
        )
        self.keeps_cookies = keeps_cookies
        self.seconds_a_page = seconds_a_page
        self.answer: httpx.Response | None = None

    def open(self, address: str = START) -> "Phone":
        return self._shows(self.browser.get(address))

    def press(self, button: str, **typed: str | list[str]) -> "Phone":
        """Choose a button, having typed or chosen those things; what is not named stays as it was shown."""
        form = self.form(button)
        names = {name.replace("__", ":"): value for name, value in typed.items()}
        sent = [(name, value) for name, value in form.fields if name not in names]
        for name, value in names.items():
            sent += [(name, each) for each in ([value] if isinstance(value, str) else value)]
        sent += [form.buttons[button]] if form.buttons[button][0] else []
        return self.post(form.action, sent)

    def form(self, button: str) -> Form:
        """The form that a button stands in."""
        return next(form for form in self.page.forms if button in form.buttons)

    def post(self, address: str, sent: list[tuple[str, str]]) -> "Phone":
        data: dict[str, list[str]] = {}
        for name, value in sent:
            data.setdefault(name, []).append(value)
        shown = self._shows(self.browser.post(address, data=data))
        let_pass(self.seconds_a_page)
        return shown

    @property
    def page(self) -> Reader:
        return Reader(self.answer.text)

    @property
    def heading(self) -> str:
        return self.page.heading

    @property
    def shown(self) -> str:
        return self.answer.text

    @property
    def at(self) -> str:
        return self.answer.url.path

    def _shows(self, answer: httpx.Response) -> "Phone":
        if not self.keeps_cookies:
            self.browser.cookies.clear()
        self.answer = answer
        return self


def let_pass(seconds: float) -> None:
    """Time goes by in the database that the settings name."""
    scene.let_pass(engine(), seconds)
