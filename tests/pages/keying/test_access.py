"""Who may key: officers, asked for at every address, with forms of our own."""

import httpx
import pytest

from pages.serving.sign_in import safe_address
from survey.tables import Response, RoleName
from tests.pages.keying.computer import CALL, PILE, Computer
from tests.pages.keying.test_paper import FORM, stored

EVERY = [
    "/keying",
    PILE,
    CALL,
    "/keying/send-services/sent",
    "/keying/send-services/call/1",
    "/keying/send-services/again",
    "/keying/send-services/again/7GQ2-MX4P",
]


@pytest.mark.parametrize("roles", [(), (RoleName.LEADER,), (RoleName.ADMINISTRATOR,)])
@pytest.mark.parametrize("address", EVERY)
def test_whoever_is_no_officer_is_sent_to_sign_in_and_back(fieldwork, address, roles):
    somebody = Computer("lena" if roles else "", *roles)

    answer = somebody.browser.get(address, follow_redirects=False)

    assert answer.status_code == 303
    wanted = httpx.URL(answer.headers["location"])
    assert wanted.path == "/sign-in"
    assert wanted.params["next"] == address
    assert safe_address(wanted.params["next"]) == address


@pytest.mark.parametrize("address", EVERY[1:3])
def test_whoever_is_no_officer_can_send_nothing(fieldwork, address):
    assert Computer().post(address, [("go", "save")]).answer.status_code == 401


@pytest.mark.parametrize(
    "address", ["/keying/no-such-thing", "/keying/send-services?channel=pigeon", "/keying/a/b/c/d"]
)
def test_an_address_with_nothing_behind_it_says_so(olu, address):
    assert olu.open(address).answer.status_code == 404


def test_a_stroke_too_many_is_forgiven(olu):
    assert olu.open("/keying/").heading == "Key in forms and calls"


def test_a_form_that_was_not_shown_to_this_officer_stores_nothing_and_keeps_what_was_typed(fieldwork, olu):
    olu.open(PILE).press("Save", proof="forged", **FORM)

    assert stored(fieldwork, Response) == []
    assert olu.answer.status_code == 422
    assert ("one_change", "Somebody to ring") in olu.page.forms[-1].fields


def test_a_sign_in_that_ends_over_a_form_loses_nothing(fieldwork, olu):
    olu.open(PILE).press("Show what follows", services_used="8")
    olu.sign_out()
    olu.press("Save", **FORM)
    assert olu.heading == "You have been signed out"
    kept = olu.page

    again = Computer("olu", RoleName.OFFICER)
    again.post(kept.forms[0].action, [*kept.forms[0].fields, ("go", "save")])

    assert [response.entered_by for response in stored(fieldwork, Response)] == ["olu"]
