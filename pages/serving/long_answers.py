"""Text far longer than any question allows is cut down on its way in, so that it can be answered in words.

Somebody pastes a whole document into a box. Streamlit would close the connection without a word, or carry ten
megabytes into every later run. Cut to a length that is still too long for any question, it reaches the questionnaire's
own check, which says what to do; what was typed stays in the box.
"""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

# Ten times what a questionnaire may ask for, so "too long" stays true after the cut.
MOST_CHARACTERS = 100_000
# Below this no text in a message can be long enough to matter, and most messages are far below.
LEFT_ALONE_BYTES = MOST_CHARACTERS


class CutLongAnswers:
    """Shortens over-long texts in what a browser sends over its connection."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the connection on, with its long texts cut."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def shortened() -> Message:
            message = await receive()
            sent = message.get("bytes")
            return {**message, "bytes": cut(sent)} if sent and len(sent) > LEFT_ALONE_BYTES else message

        await self.app(scope, shortened, send)


def cut(sent: bytes) -> bytes:
    """A browser's message with no text in it longer than that. What is no message of Streamlit's is left alone."""
    message = BackMsg()
    try:
        message.ParseFromString(sent)
    except DecodeError:
        return sent  # Streamlit closes the connection for it
    for state in message.rerun_script.widget_states.widgets:
        if len(state.string_value) > MOST_CHARACTERS:
            state.string_value = state.string_value[:MOST_CHARACTERS]
    return message.SerializeToString()
