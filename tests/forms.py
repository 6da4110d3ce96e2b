"""The forms of a plain page, read as a browser reads them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form as it stands on a page."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # by what stands on them
    radios: dict[str, list[str]] = field(default_factory=dict)
    checkboxes: dict[str, list[str]] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)


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
        if tag not in {"meta", "link", "input", "br", "img"}:
            self._in.append((tag, given))
        if self._is_closed():
            return  # a browser sends nothing of it
        if tag == "form":
            self.forms.append(Form(given["action"]))
        if tag == "input" and given["type"] in {"radio", "checkbox"}:
            choices = self.forms[-1].radios if given["type"] == "radio" else self.forms[-1].checkboxes
            choices.setdefault(given["name"], []).append(given["value"])
        if tag == "input" and (given["type"] not in {"radio", "checkbox"} or "checked" in given):
            self.forms[-1].fields.append((given["name"], given.get("value", "")))
        if tag == "textarea":
            self.forms[-1].fields.append((given["name"], ""))
            self.forms[-1].boxes.append(given["name"])

    def _is_closed(self) -> bool:
        return any("disabled" in about for name, about in self._in if name == "fieldset")

    def handle_endtag(self, tag: str) -> None:
        while self._in and self._in.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, given = self._in[-1] if self._in else ("", {})
        around = [style.get("class", "") for _, style in self._in]
        if any(name == "h1" for name, _ in self._in):
            self.heading += data
        elif tag == "title":
            self.title += data
        elif tag == "textarea" and given["name"] in self.forms[-1].boxes:
            name, held = self.forms[-1].fields[-1]
            self.forms[-1].fields[-1] = (name, held + data.removeprefix("\n"))
        elif tag == "button" and not self._is_closed():
            self.forms[-1].buttons[data] = (given.get("name", ""), given.get("value", ""))
        elif tag == "a" and "problems" in around:
            self.problems.append(data)
