"""What a plain form sends is read as it was typed; what no form of ours sends is no form."""

import asyncio
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from pages.serving.forms import sent_in

PAIRS = st.lists(st.tuples(st.text(), st.text()), max_size=8)
AS_SENT = "application/x-www-form-urlencoded"


def read(body: bytes, kind: str = AS_SENT, most_fields: int = 10) -> list[tuple[str, str]]:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", kind.encode("latin-1"))]
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
    return asyncio.run(sent_in(request, most_fields=most_fields)).multi_items()


@given(PAIRS)
def test_every_field_is_read_as_it_was_typed_and_in_order(pairs):
    assert read(urlencode(pairs).encode()) == pairs


def test_a_browsers_own_script_names_its_letters_too():
    assert read(b"page=services&go=keep", f"{AS_SENT};charset=UTF-8") == [("page", "services"), ("go", "keep")]


def test_a_field_left_empty_is_there():
    assert read(b"words=&go=back") == [("words", ""), ("go", "back")]


@pytest.mark.parametrize("kind", ["", "text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_another_kind_of_body_is_no_form(kind):
    assert read(b"go=continue", kind) == []


def test_more_fields_than_any_page_has_are_no_form():
    assert read(b"&".join([b"a=1"] * 11)) == []
    assert len(read(b"&".join([b"a=1"] * 10))) == 10
