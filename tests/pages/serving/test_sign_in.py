"""Signing in and out, as a browser without scripts does it."""

import re
from html import unescape

import httpx
import pytest

from pages.serving.sign_in import safe_address
from survey.people import NOT_TOGETHER
from tests.pages.serving.conftest import LEADER, OFFICER


class Form:
    """The form as one browser was shown it."""

    def __init__(self, visitor: httpx.Client, address: str = "/sign-in") -> None:
        self.visitor = visitor
        self.page = visitor.get(address)
        self.hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.page.text))

    def send(self, name: str, password: str, headers: dict[str, str] | None = None, **changed: str) -> httpx.Response:
        fields = {name: unescape(value) for name, value in self.hidden.items()}
        fields |= {"name": name, "password": password} | changed
        own = {"origin": str(self.visitor.base_url).rstrip("/")}
        return self.visitor.post("/sign-in", data=fields, headers=own | (headers or {}))


def test_an_officer_signs_in_and_is_taken_to_the_page_they_wanted(site, visitor):
    form = Form(visitor, "/sign-in?next=%2Flive-results%3Fservice%3Dslt")

    answer = form.send(OFFICER, site.passwords[OFFICER])

    assert answer.status_code == 303
    assert answer.headers["location"] == "/live-results?service=slt"
    assert visitor.get("/live-results").status_code == 200


@pytest.mark.parametrize(("person", "first_page"), [(OFFICER, "/live-results"), (LEADER, "/summary")])
def test_somebody_who_wanted_no_page_gets_the_one_they_mostly_read(site, visitor, person, first_page):
    assert Form(visitor).send(person, site.passwords[person]).headers["location"] == first_page


def test_the_cookie_is_read_by_no_script_sent_by_no_other_site_and_ends_within_the_day(site, visitor):
    kept = Form(visitor).send(OFFICER, site.passwords[OFFICER]).headers.get_list("set-cookie")

    staff = next(cookie for cookie in kept if cookie.startswith("heard_staff="))
    assert re.match(r"heard_staff=[A-Za-z0-9_-]{32};", staff)
    assert "HttpOnly" in staff
    assert "SameSite=lax" in staff
    assert f"Max-Age={12 * 60 * 60}" in staff
    assert "Secure" not in staff


def test_a_cookie_given_over_https_is_never_sent_without_it(site, visitor):
    visitor.headers["x-forwarded-proto"] = "https"
    form = Form(visitor)
    cookie = form.page.headers["set-cookie"].partition(";")[0]

    own = {"origin": str(visitor.base_url).rstrip("/").replace("http:", "https:"), "cookie": cookie}
    kept = form.send(OFFICER, site.passwords[OFFICER], headers=own).headers.get_list("set-cookie")

    assert all("Secure" in cookie for cookie in kept)


def test_what_a_browser_keeps_is_not_what_the_database_keeps(site, visitor):
    Form(visitor).send(OFFICER, site.passwords[OFFICER])

    token = visitor.cookies["heard_staff"].encode()
    files = [file for file in site.server.folder.iterdir() if file.is_file()]
    assert not [file for file in files if token in file.read_bytes()]


def test_signing_out_ends_the_session_and_not_only_the_cookie(site, visitor):
    Form(visitor).send(OFFICER, site.passwords[OFFICER])
    token = visitor.cookies["heard_staff"]

    answer = visitor.post("/sign-out")

    assert answer.status_code == 303
    assert "heard_staff" not in visitor.cookies
    assert "You have signed out" in visitor.get(answer.headers["location"]).text
    assert visitor.get("/live-results", headers={"cookie": f"heard_staff={token}"}).status_code == 303


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_following_a_link_signs_nobody_out(visitor, method):
    assert visitor.request(method, "/sign-out").status_code == 405


@pytest.mark.parametrize("name", ["Nobody of That Name", OFFICER])
def test_a_wrong_name_and_a_wrong_password_are_told_the_same(visitor, name):
    answer = Form(visitor).send(name, "not the password")

    assert answer.status_code == 401
    assert NOT_TOGETHER.rstrip(".") in answer.text
    assert "<title>Error: Sign in</title>" in answer.text
    assert f'value="{name}"' in answer.text
    assert "not the password" not in answer.text
    assert "heard_staff" not in visitor.cookies


def test_what_is_left_out_is_asked_for_beside_the_field_and_at_the_top(visitor):
    page = Form(visitor).send("", "").text

    assert "There is a problem" in page
    for field, words in (("name", "Enter your name"), ("password", "Enter your password")):
        assert f'<a href="#{field}">{words}</a>' in page
        assert re.search(rf'id="{field}-problem">.*?{words}', page)
        assert re.search(rf'<input id="{field}"[^>]*aria-invalid="true" aria-describedby="{field}-problem"', page)


def test_pasting_and_password_managers_are_welcome(visitor):
    page = visitor.get("/sign-in").text

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    assert "<script" not in page


def test_what_people_type_is_shown_and_never_run(visitor):
    page = Form(visitor).send('"><script>alert(1)</script>', "x").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_form_of_another_site_is_refused(site, visitor):
    answer = Form(visitor).send(OFFICER, site.passwords[OFFICER], headers={"origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert "heard_staff" not in visitor.cookies


@pytest.mark.parametrize("proof", ["", "0" * 64, "é"])
def test_a_form_that_is_not_ours_signs_nobody_in(site, visitor, proof):
    answer = Form(visitor).send(OFFICER, site.passwords[OFFICER], form=proof)

    assert answer.status_code == 403
    assert "Enter your name and password again" in answer.text
    assert "heard_staff" not in visitor.cookies


def test_a_form_shown_to_one_browser_is_no_use_in_another(site, visitor):
    shown_elsewhere = Form(visitor).hidden["form"]
    visitor.cookies.clear()

    answer = Form(visitor).send(OFFICER, site.passwords[OFFICER], form=shown_elsewhere)

    assert answer.status_code == 403


def test_guessing_is_slowed_down_whether_or_not_the_name_exists(visitor):
    answers = [Form(visitor).send("Gus Guesser", f"guess {number}") for number in range(7)]

    assert [answer.status_code for answer in answers[:5]] == [401] * 5
    assert answers[-1].status_code == 429
    assert re.search(r"Wait \d+ seconds, then enter your name and password again", answers[-1].text)


@pytest.mark.parametrize("wanted", ["/live-results", "/summary", "/live-results?service=slt&district=E07000117"])
def test_a_page_of_ours_is_somewhere_to_go_after_signing_in(wanted):
    assert safe_address(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "/",
        "/sign-out",
        "live-results",
        "//elsewhere.example/live-results",
        "https://elsewhere.example/live-results",
        "///live-results",
        "/\\elsewhere.example/live-results",
        "/live-results\\@elsewhere.example",
        "/live-results\r\nset-cookie: heard_staff=x",
        "/live-results/../sign-out",
        "/live-results#x",
        "javascript:alert(1)",
        "http://[",
        "/live-results?q=é",
    ],
)
def test_anywhere_else_is_not(wanted):
    assert safe_address(wanted) == ""
