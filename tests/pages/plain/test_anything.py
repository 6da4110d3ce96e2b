"""Whatever is sent to the plain door, it answers with a page, and what had been continued past stays."""

from urllib.parse import quote, quote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from pages.plain import acts, mine, pace
from pages.plain.routes import routes
from pages.serving import sign_in
from pages.serving.limits import SmallBodies
from pages.serving.origin import OwnPagesOnly
from survey.tables import Response
from survey.throttle import Allowance, Throttle
from tests.pages.plain.family import SEND, SENT, at_check, stored
from tests.pages.plain.phone import START, Phone

REQUESTS = 900  # examples of each of four tests, two of which ask twice: 5,400 in all
FREE = Allowance(tries=1_000_000, seconds=0.001)
MANY = settings(max_examples=REQUESTS, suppress_health_check=list(HealthCheck), database=None)
# Which of the two makes no difference to most of it, and both would take twice as long.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
FIELDS = (
    *("proof", "key", "page", "go", "changing", "shown", "code", "website", "name", "password", "form", "next"),
    *("services_used", "rating:slt", "tell_us_more:slt", "outcome_identified", "district", "one_change", "when-day"),
)
VALUES = (
    *("continue", "back", "later", "services", "service@slt", "services@nothing", "check", "slt", "good", "yes", ""),
    *("\x00", "a\x00b", "\ud800", "\udfff\ud800", "\u202e", "😀", "-1", "9" * 400, "1e999", "x" * 5_001, "x" * 100_001),
    *("<script>", "' or 1=1 --", "%00", "%", "%ff", "\r\n\r\n", "../..", "{{7*7}}", "٣", "ہم"),
)
PLACES = (
    "",
    "/questions",
    "/resume",
    "/drop",
    "/check",
    "/sent",
    "/equality",
    "/equality/1",
    "/equality/99",
    "/language",
    "/remove",
    "/mine",
    "/mine/correct",
    "/mine/withdraw",
    "/forget",
    "/questions.pdf",
    "/1",
    "/2",
    "/5",
    "/0",
    "/-1",
    "/99",
    f"/{'9' * 4_999}",
)
ODD = st.text(max_size=20) | st.sampled_from(VALUES)
BRIEF = st.text(max_size=20) | st.sampled_from([value for value in VALUES if len(value) < 1_000])
SLUGS = (
    st.just("send-services") | st.sampled_from(["nothing", "SEND-SERVICES", "", ".", "..", "%2e%2e", "\x00"]) | BRIEF
)


def address(slug: str, place: str, query: str) -> str:
    return f"/s/{quote(slug, safe='%', errors='replace')}{place}{query}"


ADDRESSES = st.builds(
    address,
    SLUGS,
    st.sampled_from(PLACES) | BRIEF.map(lambda odd: "/" + quote(odd, errors="replace")),
    st.sampled_from(["", "?change", "?deleted", "?change=%00&change", "?" + "a=1&" * 400, "?%ff=%fe", "?;"])
    | BRIEF.map(lambda odd: "?" + quote(odd, errors="replace")),
)
TYPES = st.sampled_from(
    [
        *("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=no-such", "text/plain", ""),
        *(
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=x",
            "application/json",
        ),
        *(
            "multipart/form-data; boundary=x; charset=no-such",
            "multipart/form-data; boundary=" + "x" * 300,
            "multipart/",
        ),
        *("multipart/form-data; boundary=ÿ", "application/x-www-form-urlencoded; charset=utf-16", ";", "form/ÿ\t"),
    ]
)
PAIRS = st.lists(st.tuples(st.sampled_from(FIELDS) | ODD, ODD), max_size=12)


def urlencoded(pairs: list[tuple[str, str]]) -> bytes:
    """As a browser writes it, or as one would that lets halves of characters through."""
    return "&".join(
        f"{quote_plus(name, errors='surrogatepass')}={quote_plus(value, errors='surrogatepass')}"
        for name, value in pairs
    ).encode()


def multipart(pairs: list[tuple[str, str]], *, file: bool = False, cut: int = 0) -> bytes:
    parts = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (
            name.replace('"', "").encode("utf-8", "replace"),
            b'; filename="a.exe"' if file else b"",
            value.encode("utf-8", "surrogatepass"),
        )
        for name, value in pairs
    )
    whole = parts + b"--x--\r\n"
    return whole[: len(whole) - cut] if cut else whole


BODIES = (
    PAIRS.map(urlencoded)
    | PAIRS.map(multipart)
    | PAIRS.map(lambda pairs: multipart(pairs, file=True))
    | st.builds(lambda pairs, cut: multipart(pairs, cut=cut), PAIRS, st.integers(1, 60))
    | st.binary(max_size=200)
    | st.sampled_from(
        [b"", b"{}", b'{"go": "continue"}', b"&" * 5_000, b"=&=" * 400, b"a=1&" * 400, b"%", b"\xff=\xfe"]
    )
)
COOKIES = st.sampled_from(
    ["", "heard_draft=", "heard_draft=" + "A" * 32, "heard_draft=x; heard_draft=y", "a=b; \x7f=;;"]
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "accept-language",
            "origin",
            "referer",
            "accept-encoding",
            "x-forwarded-for",
            "range",
            "if-none-match",
            "expect",
        ]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    max_size=3,
)
METHODS = st.sampled_from(["GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])


@pytest.fixture
def door(fieldwork, monkeypatch):
    """The door with what stands before it; and no waiting, so that every request reaches the code behind."""
    for module, of in ((pace, "starts"), (pace, "steps"), (acts, "guesses"), (mine, "guesses")):
        monkeypatch.setattr(module, of, Throttle(FREE, FREE))
    layers = [Middleware(OwnPagesOnly), Middleware(SmallBodies)]
    served = Starlette(routes=[*routes(), *sign_in.routes()], middleware=layers)
    return TestClient(served, base_url="http://heard.test", raise_server_exceptions=True, follow_redirects=False)


def holds(answered, least: int = 200) -> None:
    assert least <= answered.status_code < 500
    assert "Traceback" not in answered.text


@ON_SQLITE
@MANY
@given(method=METHODS, to=ADDRESSES, kind=TYPES, body=BODIES, cookie=COOKIES, headers=HEADERS)
def test_any_request_from_anybody_is_answered(door, method, to, kind, body, cookie, headers):
    door.cookies.clear()
    sent = headers | {"cookie": cookie, "content-type": kind.encode("latin-1")}

    holds(door.request(method, to, content=body, headers=sent))


@pytest.fixture
def halfway(fieldwork, door):
    """A phone with answers on it, at "check your answers", and the same phone's cookie on the door."""
    phone = at_check(Phone())
    door.cookies.set("heard_draft", phone.browser.cookies["heard_draft"])
    return phone


def proofs(phone: Phone) -> list[tuple[str, str]]:
    return [pair for pair in phone.page.forms[-1].fields if pair[0] in {"proof", "key"}]


@ON_POSTGRESQL
@MANY
@given(
    place=st.sampled_from(["/1", "/2", "/3", "/4", "/5", "/99"]),
    page=st.sampled_from(["services", "service@slt", "outcomes", "overall", "about", "check", "no-such", "\x00", ""])
    | ODD,
    pairs=PAIRS,
    shown=st.lists(st.sampled_from(FIELDS) | ODD, max_size=6),
    go=st.sampled_from(["continue", "back", "later", "\x00", ""]),
    as_parts=st.booleans(),
)
def test_any_page_of_answers_from_a_form_of_ours_is_answered(door, halfway, place, page, pairs, shown, go, as_parts):
    fields = [*proofs(halfway), ("page", page), ("go", go), *(("shown", name) for name in shown), *pairs]
    body, kind = (multipart(fields), "multipart/form-data; boundary=x") if as_parts else (urlencoded(fields), PLAIN)

    holds(door.post(START + place, content=body, headers={"content-type": kind}))


PLAIN = "application/x-www-form-urlencoded"


@ON_SQLITE
@MANY
@given(
    place=st.sampled_from(["", "/resume", "/check", "/1", "/sign-in"]),
    pairs=PAIRS,
    code=ODD,
    look=st.sampled_from(["/check", "/1", "/2", "/5?change", "/sent", "", "/questions"]),
)
def test_any_other_form_of_ours_is_answered_and_every_page_after_it_opens(door, halfway, place, pairs, code, look):
    fields = [*proofs(halfway), ("code", code), *[pair for pair in pairs if pair[0] not in {"proof", "key"}]]
    to = "/sign-in" if place == "/sign-in" else START + place

    holds(door.post(to, content=urlencoded(fields), headers={"content-type": PLAIN}))
    holds(door.get(START + look))


@ON_POSTGRESQL
@MANY
@given(words=st.text(max_size=60) | st.sampled_from(VALUES))
def test_any_words_can_be_kept_and_looked_at(door, halfway, words):
    fields = [*proofs(halfway), ("page", "service@slt"), ("go", "later"), ("shown", "tell_us_more:slt")]

    body = urlencoded([*fields, ("tell_us_more:slt", words)])
    holds(door.post(f"{START}/2", content=body, headers={"content-type": PLAIN}))
    holds(door.get(f"{START}/check"))


@settings(max_examples=60, suppress_health_check=list(HealthCheck), database=None)
@given(words=st.text(min_size=1, max_size=60) | st.sampled_from([value for value in VALUES if len(value) < 5_000]))
def test_any_words_can_be_sent(door, fieldwork, words):
    sent = len(stored(fieldwork, Response))
    phone = at_check(Phone())
    phone.browser.headers["content-type"] = PLAIN
    fields = [*proofs(phone), ("page", "service@slt"), ("go", "continue"), ("changing", "yes")]
    fields += [("shown", name) for name in ("rating:slt", "tell_us_more:slt")]
    body = urlencoded([*fields, ("rating:slt", "good"), ("tell_us_more:slt", words)])
    phone.answer = phone.browser.post(f"{START}/2", content=body)
    phone.browser.headers.pop("content-type")

    phone.open(f"{START}/check").press(SEND)

    assert phone.heading == SENT
    assert len(stored(fieldwork, Response)) == sent + 1
