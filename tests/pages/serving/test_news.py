"""Open pages are told what has become of their numbers, as long as whoever looks may see them; nobody else is."""

import json

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from analysis.overview import Chosen
from pages.serving.news import NOTHING_OF_OURS, SIGNED_OUT
from pages.ui import doors, news
from pages.ui.access import STAFF_COOKIE
from tests.pages.serving.conftest import LEADER, OFFICER
from tests.pages.serving.test_sign_in import Form
from tests.scene import send_answers

PATIENCE_SECONDS = 20
EVERYTHING = news.asking(doors.LIVE_RESULTS, 1, Chosen())


def listen(site, cookies=None, origin=None):
    held = {"Cookie": f"{STAFF_COOKIE}={cookies[STAFF_COOKIE]}"} if cookies else {}
    address = site.address.replace("http", "ws") + doors.NEWS
    return connect(address, additional_headers=held, origin=origin or site.address)


def responses(page) -> int:
    return int(dict(json.loads(page.recv(PATIENCE_SECONDS))["numbers"])["Responses"])


def ended(page) -> int:
    """Why the connection was ended."""
    with pytest.raises(ConnectionClosed) as why:
        page.recv(PATIENCE_SECONDS)
    return why.value.rcvd.code


@pytest.fixture
def officer(site, visitor):
    Form(visitor).send(OFFICER, site.passwords[OFFICER])
    return visitor


def test_every_open_page_is_told_when_somebody_has_answered(site, officer):
    with listen(site, officer.cookies) as one, listen(site, officer.cookies) as other:
        for page in (one, other):
            page.send(EVERYTHING)
        before = responses(one)
        assert responses(other) == before

        send_answers(site.server.database_url, how_many=1)

        assert responses(one) == responses(other) == before + 1


def test_a_leader_hears_rounded_numbers_and_of_no_part(site, visitor):
    send_answers(site.server.database_url, how_many=16)
    Form(visitor).send(LEADER, site.passwords[LEADER])
    with listen(site, visitor.cookies) as page:
        page.send(EVERYTHING)
        assert responses(page) % 5 == 0
        page.send(news.asking(doors.LIVE_RESULTS, 1, Chosen(channel="web")))

        assert ended(page) == NOTHING_OF_OURS


def test_a_page_is_told_of_what_it_asked_for_last(site, officer):
    chosen = news.asking(doors.LIVE_RESULTS, 1, Chosen(channel="paper"))
    with listen(site, officer.cookies) as page:
        page.send(EVERYTHING)
        responses(page)
        page.send(chosen)

        assert json.loads(page.recv(PATIENCE_SECONDS))["asked"] == chosen


def test_nobody_is_told_anything_without_signing_in(site):
    with listen(site) as page:
        page.send(EVERYTHING)

        assert ended(page) == SIGNED_OUT


def test_whoever_is_signed_out_meanwhile_is_told_nothing_more(site, officer):
    with listen(site, officer.cookies) as page:
        page.send(EVERYTHING)
        responses(page)
        officer.post("/sign-out", headers={"Origin": site.address})
        send_answers(site.server.database_url, how_many=1)

        assert ended(page) == SIGNED_OUT


def test_nobody_is_told_of_a_page_that_they_may_not_see(site, visitor):
    Form(visitor).send(LEADER, site.passwords[LEADER])
    with listen(site, visitor.cookies) as page:
        page.send(news.asking(doors.COMMENTS, 1, Chosen()))

        assert ended(page) == SIGNED_OUT


@pytest.mark.parametrize("asked", ["page=nowhere", b"bytes", "x" * 100_000, news.asking(doors.SUMMARY, 99, Chosen())])
def test_whatever_else_is_asked_ends_it(site, officer, asked):
    with listen(site, officer.cookies) as page:
        page.send(asked)

        if asked != b"bytes":
            assert ended(page) == NOTHING_OF_OURS
    assert officer.get("/health").status_code == httpx.codes.OK


def test_the_page_of_another_site_hears_nothing(site, officer):
    with pytest.raises(InvalidStatus), listen(site, officer.cookies, origin="https://elsewhere.example"):
        pass
