"""The page before the page, and the cookie that finds a draft again."""

import re

import pytest

from pages.serving import cookies
from survey.questionnaire_file import shipped

ASKED = shipped("send_services")


def test_the_title_and_the_first_words_are_there_before_any_script_has_run(visitor):
    page = visitor.get("/").text

    assert f"<title>{ASKED.title['en']}</title>" in page
    assert f"<h1>{ASKED.title['en']}</h1>" in page
    assert ASKED.about["en"] in page
    assert '<html lang="en-GB"' in page


def test_somebody_without_scripts_is_told_how_to_take_part_otherwise(visitor):
    page = visitor.get("/").text

    without_scripts = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
    assert "JavaScript" in without_scripts
    assert ASKED.contact["en"].replace("'", "&#39;") in without_scripts


def test_the_page_has_no_script_of_its_own_and_asks_nobody_else_for_anything(visitor):
    page = visitor.get("/").text

    assert not re.findall(r"<script(?![^>]*\ssrc=)", page)
    assert not re.findall(r'(?:src|href)="(?!/)', page)
    assert "fonts" not in page


def test_both_themes_are_known_before_the_first_paint(visitor):
    page = visitor.get("/").text

    assert '<meta name="color-scheme" content="light dark">' in page
    assert len(re.findall(r'<meta name="theme-color" media="\(prefers-color-scheme: (?:light|dark)\)"', page)) == 2


def test_a_parent_is_given_a_cookie_that_no_script_and_no_other_site_can_use(visitor):
    kept = visitor.get("/").headers["set-cookie"]

    assert re.match(r"heard_draft=[A-Za-z0-9_-]{32};", kept)
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept
    assert f"Max-Age={60 * 24 * 60 * 60}" in kept
    assert "Secure" not in kept


def test_a_cookie_that_came_by_https_stays_there(visitor):
    assert "Secure" in visitor.get("/", headers={"x-forwarded-proto": "https"}).headers["set-cookie"]


def test_a_cookie_once_given_is_kept_and_lasts_as_long_again_from_each_visit(visitor):
    """Unsent answers are kept for as long as a consultation is open: their cookie must not end before them."""
    visitor.get("/")
    given = visitor.cookies["heard_draft"]

    again = visitor.get("/").headers["set-cookie"]

    assert again.startswith(f"heard_draft={given};")
    assert f"Max-Age={cookies.DRAFT_SECONDS}" in again


def test_two_devices_are_never_given_the_same(visitor):
    given = set()
    for _ in range(20):
        visitor.cookies.clear()
        visitor.get("/")
        given.add(visitor.cookies["heard_draft"])

    assert len(given) == 20


@pytest.mark.parametrize("planted", ["short", "x" * 31, "x" * 200, "<script>", "a b"])
def test_a_cookie_that_is_not_of_our_making_is_replaced(visitor, planted):
    answer = visitor.get("/", headers={"cookie": f"heard_draft={planted}"})

    assert answer.headers["set-cookie"].startswith("heard_draft=")


@pytest.mark.parametrize("address", ["/sign-in", "/health", "/no-such-page", "/assets/heard.js", "/live-results"])
def test_only_the_survey_sets_it(visitor, address):
    assert "heard_draft" not in visitor.get(address).headers.get("set-cookie", "")


def test_nobody_on_the_way_keeps_the_page(visitor):
    assert visitor.get("/").headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("wanted", "sign_in"),
    [
        ("/live-results", "/sign-in?next=%2Flive-results"),
        ("/summary", "/sign-in?next=%2Fsummary"),
        (
            "/live-results?service=slt&district=E07000117",
            "/sign-in?next=%2Flive-results%3Fservice%3Dslt%26district%3DE07000117",
        ),
    ],
)
def test_a_staff_page_sends_whoever_is_not_signed_in_to_sign_in_and_back(visitor, wanted, sign_in):
    answer = visitor.get(wanted)

    assert answer.status_code == 303
    assert answer.headers["location"] == sign_in
    assert answer.headers["cache-control"] == "no-store"


def test_a_made_up_staff_cookie_opens_nothing(visitor):
    answer = visitor.get("/live-results", headers={"cookie": "heard_staff=" + "x" * 32})

    assert answer.status_code == 303
