"""Every page of the plain door, and every other plain page, is valid HTML, with errors on it and without."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from pages.plain import pace
from pages.plain.routes import routes
from pages.serving import sign_in
from pages.serving.limits import MOST_BYTES_OF_ANSWERS, SmallBodies
from survey.equality import questions
from survey.throttle import Allowance, Throttle
from tests.pages.plain.checker import problems
from tests.pages.plain.family import BEGIN, CONTINUE, SAY, SEND, answer_all, at_check
from tests.pages.plain.phone import START, Phone, let_pass
from tests.pages.plain.test_door import move

WRITTEN = "Two <b>years</b>\n\n& \"more\" 'quotes' \u202e\x00 😀 ہم"


class Pages:
    """Keeps each page that was shown under a name, for the checker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, name: str, phone: Phone, status: int = 200) -> None:
        assert phone.answer.status_code == status, name
        (self.folder / f"{name}.html").write_text(phone.shown, encoding="utf-8")


@pytest.fixture
def shown(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    return Pages(folder)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_page_is_valid(fieldwork, phone, shown, monkeypatch):
    late = at_check(Phone())
    beforehand(shown, phone)
    answering(shown, phone)
    taken_back(shown)
    sending(shown, phone, monkeypatch)
    closed(shown, fieldwork, late)
    beside_the_door(shown)

    assert len(list(shown.folder.iterdir())) >= 30
    assert problems(shown.folder) == []


def beforehand(shown: Pages, phone: Phone) -> None:
    for name in ("questions", "resume"):
        shown.keep(name, phone.open(f"{START}/{name}"))
    shown.keep("resume wrong", phone.press(SAY("start.resume_go"), code=WRITTEN), 422)
    for _ in range(5):
        phone.press(SAY("start.resume_go"), code="7GQ2")
    shown.keep("resume too often", phone, 429)
    shown.keep("start", phone.open())
    shown.keep("no cookies", Phone(keeps_cookies=False).open().press(BEGIN), 403)
    shown.keep("not found", phone.open(f"{START}/nothing"), 404)


def answering(shown: Pages, phone: Phone) -> None:
    phone.open().press(BEGIN)
    every = phone.page.forms[0].checkboxes["services_used"]
    shown.keep("services", phone)
    shown.keep("services wrong", phone.press(CONTINUE), 422)
    phone.press(CONTINUE, services_used=every)
    for number in range(2, 100):
        if phone.heading == SAY("check.title"):
            break
        form = phone.page.forms[0]
        shown.keep(f"page {number}", phone)
        wrong = phone.press(CONTINUE, **dict.fromkeys((box.replace(":", "__") for box in form.boxes), "x" * 9_000))
        if wrong.answer.status_code == 422:
            shown.keep(f"page {number} wrong", wrong, 422)
        given = {name.replace(":", "__"): codes[0] for name, codes in form.radios.items()}
        phone.press(CONTINUE, **given, **dict.fromkeys((box.replace(":", "__") for box in form.boxes), WRITTEN))
    shown.keep("changing", phone.open(f"{START}/2?change"))
    shown.keep("code", phone.press(SAY("step.later")))
    shown.keep("start with a draft", phone.open())
    shown.keep("check", phone.open(f"{START}/check"))


def sending(shown: Pages, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.keep("check with the box filled", phone.press(SEND, website=WRITTEN), 422)
    let_pass(-7_000)
    usual = pace.steps
    monkeypatch.setattr(pace, "steps", Throttle(name=Allowance(1, 60)))
    phone.open(f"{START}/1").press(CONTINUE)
    shown.keep("continue too fast", phone.press(CONTINUE), 429)
    shown.keep("send too fast", phone.open(f"{START}/check").press(SEND), 429)
    monkeypatch.setattr(pace, "steps", usual)
    old = Phone(seconds_a_page=0)
    shown.keep("send too soon", at_check(old).press(SEND), 429)
    form = old.form(SEND)
    let_pass(60)
    shown.keep("equality offer", old.press(SEND))
    shown.keep("sent", old.press(SAY("equality.no")))
    old.press(SAY("thanks.another"))
    shown.keep("of other answers", old.post(form.action, form.fields), 409)
    monkeypatch.setattr(pace, "starts", Throttle(everyone=Allowance(1, 60)))
    Phone().open().press(BEGIN)
    shown.keep("start too fast", Phone().open().press(BEGIN), 429)
    shown.keep("deleted", answer_all(old.open(f"{START}/1")).open().press(SAY("start.drop_draft")))


def taken_back(shown: Pages) -> None:
    """What somebody does later with their private code; and a page in a language that is read from the right."""
    phone = at_check(Phone()).press(SEND)
    code = next(words for words in re.findall(r'<p class="strong">(.*?)</p>', phone.shown))
    shown.keep("equality question", phone.press(SAY("equality.yes", minutes=questions().minutes)))
    phone.press(SAY("equality.skip"))
    shown.keep("mine asked", phone.open(f"{START}/mine"))
    shown.keep("mine wrong", phone.press(SAY("mine.find"), code=WRITTEN), 422)
    shown.keep("mine", phone.press(SAY("mine.find"), code=code))
    shown.keep("sure", phone.press(SAY("mine.withdraw")))
    shown.keep("withdrawn", phone.press(SAY("mine.sure")))
    shown.keep("from the right", Phone().open(f"{START}?language=ur"))


def closed(shown: Pages, fieldwork, late: Phone) -> None:
    move(fieldwork, opens=-timedelta(days=9), closes=-timedelta(days=2))
    shown.keep("closed", Phone().open(), 410)
    shown.keep("closed on the last page", late.press(SEND), 410)
    move(fieldwork, opens=timedelta(days=2), closes=timedelta(days=9))
    shown.keep("not open", Phone().open(), 404)


def beside_the_door(shown: Pages) -> None:
    served = Starlette(routes=[*routes(), *sign_in.routes()], middleware=[Middleware(SmallBodies)])
    phone = Phone()
    phone.browser = TestClient(served, base_url="http://heard.test")
    shown.keep("sign in", phone.open("/sign-in"))
    shown.keep("sign in wrong", phone.press("Sign in", name=WRITTEN.splitlines()[0]), 422)
    shown.keep("signed out", phone.open("/sign-in?signed-out"))
    shown.keep("too much", phone.post(f"{START}/1", [("go", "x" * MOST_BYTES_OF_ANSWERS)]), 413)
