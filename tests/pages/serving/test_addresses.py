"""Which addresses answer."""

import pytest

CLOSED = [
    "/no-such-page",
    "/live-results/deeper",
    "/news",
    "/a/b/c/d",
    "/_stcore/metrics",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/script-health-check",
    "/_stcore/upload_file/x/y",
    "/_stcore/bidi-components/x",
    "/component/x/index.html",
    "/auth/login",
    "/oauth2callback",
    "/index.html",
    "/app/static/heard.sqlite3",
    "/static/js/no-such-script.js",
    "/static/../../../../etc/passwd",
    "/assets/..%2f..%2ffiles.py",
    "/streamlit_app.py",
    "/.streamlit/config.toml",
]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_with_nothing_behind_it_says_so(visitor, address):
    answer = visitor.get(address)

    assert answer.status_code == 404
    assert "<h1>Page not found</h1>" in answer.text
    assert '<html lang="en-GB"' in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_an_address_with_nothing_behind_it(visitor, method):
    assert visitor.request(method, "/_stcore/upload_file/a/b").status_code == 404


@pytest.mark.parametrize("address", ["/live-results/", "/summary//", "/sign-in/"])
def test_a_stroke_too_many_is_forgiven(visitor, address):
    answer = visitor.get(address)

    assert answer.status_code == 308
    assert answer.headers["location"] == address.rstrip("/")


@pytest.mark.parametrize("address", ["/", "/sign-in", "/health", "/_stcore/health", "/_stcore/host-config"])
def test_an_address_that_is_needed_answers(visitor, address):
    assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/keying", "/keying/send-services"])
def test_a_keying_page_leads_whoever_is_not_signed_in_to_sign_in(visitor, address):
    answer = visitor.get(address)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2Fkeying")


def test_a_whole_form_may_be_sent_to_a_keying_page(visitor):
    answer = visitor.post("/keying/send-services", data={"one_change": "word " * 10_000})

    assert answer.status_code == 401
    assert "word word" in answer.text
