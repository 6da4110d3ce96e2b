"""Somebody pastes a whole document into a box."""

import asyncio

import httpx
from google.protobuf.message import DecodeError
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.serving.long_answers import MOST_CHARACTERS, cut
from survey.wording import words_in
from tests.load.client import Session

PATIENCE_SECONDS = 60
TEN_MEGABYTES = "Nobody rang us back. " * 500_000


def message(*texts: str) -> bytes:
    sent = BackMsg()
    for number, text in enumerate(texts):
        sent.rerun_script.widget_states.widgets.add(id=f"w{number}", string_value=text)
    return sent.SerializeToString()


def texts_in(sent: bytes) -> list[str]:
    return [widget.string_value for widget in BackMsg.FromString(sent).rerun_script.widget_states.widgets]


def test_a_long_text_is_cut_and_its_neighbours_are_left_alone():
    sent = cut(message("short", "é" * (MOST_CHARACTERS + 5), "last"))

    assert texts_in(sent) == ["short", "é" * MOST_CHARACTERS, "last"]


@given(st.lists(st.text(max_size=200), max_size=5))
def test_what_people_write_arrives_as_it_was_written(texts):
    assert texts_in(cut(message(*texts))) == texts


@given(st.binary(max_size=500))
def test_what_is_no_message_is_not_touched_or_is_the_same_message(noise):
    try:
        known = BackMsg.FromString(noise)
    except DecodeError:
        assert cut(noise) == noise
    else:
        assert BackMsg.FromString(cut(noise)) == known


def test_ten_megabytes_are_answered_in_words_and_the_connection_stays(site):
    async def paste() -> str:
        session = Session(site.address)
        async with httpx.AsyncClient() as http:
            await session.open(http)
        start = session.shown("button")[0]
        await session.step(start)
        while not session.shown("text_area"):
            for box in session.shown("checkbox")[:1]:
                session.fill(box, True)
            await session.step(next(button for button in session.shown("button") if button.primary))
        said = session.appearance(words_in("en")("problem.title"))
        session.fill(session.shown("text_area")[0], TEN_MEGABYTES)
        go_on = next(button for button in session.shown("button") if button.primary)
        await session.step(go_on)
        await session.step()
        await asyncio.wait_for(said.wait(), PATIENCE_SECONDS)
        await session.close()
        return "answered"

    assert asyncio.run(paste()) == "answered"
