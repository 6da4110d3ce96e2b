"""What the browser is told to refuse."""

import re

import httpx
import pytest

from pages.serving.headers import policy

PAGES = ["/", "/sign-in", "/no-such-page"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_may_run_our_own_scripts_and_no_others(visitor, page):
    told = visitor.get(page).headers["content-security-policy"]

    rules = dict(rule.strip().split(" ", 1) for rule in told.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert "unsafe-eval" not in told
    assert rules["frame-ancestors"] == "'none'"
    assert rules["form-action"] == "'self'"
    assert not re.findall(r"https?:", told)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_nothing_of_where_somebody_was_and_asks_for_no_device(visitor, page):
    headers = visitor.get(page).headers

    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "geolocation=()" in headers["permissions-policy"]


@pytest.mark.parametrize("address", [*PAGES, "/health", "/assets/heard.js", "/_stcore/health"])
def test_no_answer_names_the_server(visitor, address):
    assert "server" not in visitor.get(address).headers


def test_every_answer_forbids_guessing_what_it_is(visitor):
    for address in (*PAGES, "/health", "/assets/heard.js", "/_stcore/host-config"):
        assert visitor.get(address).headers["x-content-type-options"] == "nosniff"


def test_only_what_came_by_https_asks_for_https_from_now_on(site):
    plainly = httpx.get(site.address + "/health")
    privately = httpx.get(site.address + "/health", headers={"x-forwarded-proto": "https"})

    assert "strict-transport-security" not in plainly.headers
    assert "max-age" in privately.headers["strict-transport-security"]


def test_a_strange_host_cannot_write_into_the_policy():
    assert "evil" not in policy("evil.example; script-src *")
    assert "ws://heard.example:8501" in policy("heard.example:8501")
