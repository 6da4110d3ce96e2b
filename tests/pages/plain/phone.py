"""A phone without scripts: opens pages, fills in the forms it was shown, follows where it is sent. Nothing else."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.plain.routes import routes

START = "/s/send-services"


@dataclass
class Form:
    """One form as it stands on a page."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # by what stands on them


class Reader(HTMLParser):
    """Finds the forms, the main heading and what is said to be wrong."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.heading = self.title = ""
        self.problems: list[str] = []
        self._in: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in {"meta", "link", "input", "br"}:
            self._in.append((tag, given))
        if tag == "form":
            self.forms.append(Form(given["action"]))
        if tag == "input" and (given["type"] not in {"radio", "checkbox"} or "checked" in given):
            self.forms[-1].fields.append((given["name"], given["value"]))
        if tag == "textarea":
            self.forms[-1].fields.append((given["name"], ""))

    def handle_endtag(self, tag: str) -> None:
        while self._in and self._in.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, given = self._in[-1] if self._in else ("", {})
        around = [style.get("class", "") for _, style in self._in]
        if tag == "h1":
            self.heading += data
        elif tag == "title":
            self.title += data
        elif tag == "textarea":
            name, held = self.forms[-1].fields[-1]
            self.forms[-1].fields[-1] = (name, held + data.removeprefix("\n"))
        elif tag == "button":
            self.forms[-1].buttons[data] = (given.get("name", ""), given.get("value", ""))
        elif tag == "a" and "problems" in around:
            self.problems.append(data)


class Phone:
    """A browser with its own cookies, on the page it was last shown."""

    def __init__(self, *, keeps_cookies: bool = True) -> None:
        self.browser = TestClient(
            Starlette(routes=routes()), base_url="http://heard.test", raise_server_exceptions=True
        )
        self.keeps_cookies = keeps_cookies
        self.answer: httpx.Response | None = None

    def open(self, address: str = START) -> "Phone":
        return self._shows(self.browser.get(address))

    def press(self, button: str, **typed: str | list[str]) -> "Phone":
        """Choose a button, having typed or chosen those things; what is not named stays as it was shown."""
        form = next(form for form in self.page.forms if button in form.buttons)
        names = {name.replace("__", ":"): value for name, value in typed.items()}
        sent = [(name, value) for name, value in form.fields if name not in names]
        for name, value in names.items():
            sent += [(name, each) for each in ([value] if isinstance(value, str) else value)]
        sent += [form.buttons[button]] if form.buttons[button][0] else []
        return self.post(form.action, sent)

    def post(self, address: str, sent: list[tuple[str, str]]) -> "Phone":
        data: dict[str, list[str]] = {}
        for name, value in sent:
            data.setdefault(name, []).append(value)
        return self._shows(self.browser.post(address, data=data))

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
