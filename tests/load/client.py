"""A browser's side of Streamlit's conversation, without the browser: enough of it to answer and to watch.

Speaks the real websocket protocol with Streamlit's own message classes: what it costs the server is what a
browser's session costs it.
"""

import asyncio
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

STEP_PATIENCE_SECONDS = 120
# How each kind of widget sends its value: the field of WidgetState.
FIELD_OF = {
    "radio": "string_value",
    "selectbox": "string_value",
    "text_area": "string_value",
    "text_input": "string_value",
    "checkbox": "bool_value",
    "number_input": "double_value",
    "date_input": "string_array_value",
    "multiselect": "string_array_value",
    "button_group": "string_array_value",
    "button": "trigger_value",
}


class Widget(NamedTuple):
    """One control on the screen."""

    kind: str
    id: str
    label: str
    options: tuple[str, ...]
    primary: bool
    disabled: bool


class StepFailed(Exception):
    """The server did not answer as it should have."""


@dataclass
class Session:
    """One visitor's open page."""

    address: str
    path: str = "/"
    cookies: dict[str, str] = field(default_factory=dict)
    widgets: dict[tuple[int, ...], Widget] = field(default_factory=dict)
    markup: dict[tuple[int, ...], str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    exceptions: list[str] = field(default_factory=list)
    page_hash: str = ""
    number: str = ""  # what the server knows this session by
    messages: int = 0
    drawn: int = 0  # how often the whole page has been, not one part of it
    bytes_in: int = 0

    async def open(self, http: httpx.AsyncClient) -> float:
        """Fetch the page as a browser does (which gives the cookies), connect, and run the script once."""
        page = await http.get(self.address + self.path, headers={"Cookie": self._cookie_header()})
        page.raise_for_status()
        for header in page.headers.get_list("set-cookie"):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        await self.connect()
        return await self.step()

    async def connect(self) -> None:
        """Open the connection alone, without having fetched the page. Once lost, it is taken up where it was."""
        host = urlsplit(self.address).netloc
        self.socket = await websockets.connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=["streamlit", "no-xsrf-token", *([self.number] if self.number else [])],
            additional_headers={"Cookie": self._cookie_header()},
            origin=self.address,
            max_size=None,
            open_timeout=STEP_PATIENCE_SECONDS,
            ping_interval=None,
            compression=None,
        )
        self._finished: asyncio.Queue[Exception | None] = asyncio.Queue()  # an exception: the connection was lost
        self._awaited: dict[bytes, asyncio.Event] = {}
        self._timers: dict[str, asyncio.Task] = {}
        self._known: dict[str, ForwardMsg] = {}
        self._reader = asyncio.create_task(self._read())

    async def close(self) -> None:
        for task in (*self._timers.values(), self._reader):
            task.cancel()
        await asyncio.gather(*self._timers.values(), self._reader, return_exceptions=True)
        await self.socket.close()

    async def step(self, press: Widget | None = None) -> float:
        """Send what is filled in, pressing a button if one is given: the seconds until the screen is complete."""
        while not self._finished.empty():  # runs that nobody waited for
            self._finished.get_nowait()
        started = time.perf_counter()
        await self._send(press=press)
        try:
            lost = await asyncio.wait_for(self._finished.get(), STEP_PATIENCE_SECONDS)
        except TimeoutError as late:
            raise StepFailed(f"no answer within {STEP_PATIENCE_SECONDS} s") from late
        if lost:
            raise StepFailed(f"the connection closed: {lost!r}") from lost
        if self.exceptions:
            raise StepFailed(self.exceptions[0])
        return time.perf_counter() - started

    def fill(self, widget: Widget, value: object) -> None:
        self.values[widget.id] = (FIELD_OF[widget.kind], value)

    def shown(self, *kinds: str) -> list[Widget]:
        """What is on the screen of those kinds, in order."""
        return [widget for _, widget in sorted(self.widgets.items()) if widget.kind in kinds and not widget.disabled]

    def html(self, style: str) -> str:
        """The piece of our own markup that has that style, as it stands on the screen; "" if there is none."""
        return next((body for _, body in sorted(self.markup.items()) if f'class="{style}"' in body), "")

    def appearance(self, words: str) -> asyncio.Event:
        """Set once those words arrive in anything sent to the screen."""
        return self._awaited.setdefault(words.encode(), asyncio.Event())

    def _cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def _send(self, press: Widget | None = None, fragment: str = "") -> None:
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash = self.page_hash
        address = urlsplit(self.path)
        state.page_name, state.query_string = "" if self.page_hash else address.path.strip("/"), address.query
        state.fragment_id, state.is_auto_rerun = fragment, bool(fragment)
        state.context_info.timezone, state.context_info.locale = "Europe/London", "en-GB"
        state.context_info.url, state.context_info.color_scheme = self.address + self.path, "light"
        sent = self.values | ({press.id: ("trigger_value", True)} if press else {})
        for identity, (kind, value) in sent.items():
            widget = state.widget_states.widgets.add(id=identity)
            if kind == "string_array_value":
                widget.string_array_value.data.extend(value)
            else:
                setattr(widget, kind, value)
        await self.socket.send(message.SerializeToString())

    async def _read(self) -> None:
        try:
            while True:
                raw = await self.socket.recv()
                self.messages, self.bytes_in = self.messages + 1, self.bytes_in + len(raw)
                for words, event in self._awaited.items():
                    if words in raw:
                        event.set()
                self._take(ForwardMsg.FromString(raw))
        except Exception as lost:
            self._finished.put_nowait(lost)

    def _take(self, message: ForwardMsg) -> None:
        message = self._whole(message)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.number = message.new_session.initialize.session_id
            if not message.metadata.run.fragment_ids:  # of the whole script, not of one part of it
                self._stale = set(self.widgets) | set(self.markup)
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "delta":
            self._draw(tuple(message.metadata.delta_path), message.delta)
        elif kind == "auto_rerun":
            self._keep_refreshing(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "script_finished" and message.script_finished in {
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
        }:
            self._forget_what_went()
            self.drawn += 1
            self._finished.put_nowait(None)

    def _whole(self, message: ForwardMsg) -> ForwardMsg:
        """The message itself, where only a reference to one sent before came."""
        if message.WhichOneof("type") == "ref_hash":
            known = ForwardMsg()
            known.CopyFrom(self._known[message.ref_hash])
            known.metadata.CopyFrom(message.metadata)
            return known
        if message.metadata.cacheable:
            self._known[message.hash] = message
        return message

    def _draw(self, path: tuple[int, ...], delta: object) -> None:
        self._stale.discard(path)
        self.widgets.pop(path, None)
        self.markup.pop(path, None)
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind)
        if kind == "exception":
            self.exceptions.append(f"{element.type}: {element.message}"[:300])
        elif kind == "html":
            self.markup[path] = element.body
        elif kind in FIELD_OF:
            primary = kind == "button" and element.type == "primary"
            options = tuple(str(getattr(option, "content", option)) for option in getattr(element, "options", ()))
            self.widgets[path] = Widget(kind, element.id, element.label, options, primary, element.disabled)

    def _forget_what_went(self) -> None:
        for path in self._stale:
            self.widgets.pop(path, None)
            self.markup.pop(path, None)
        present = {widget.id for widget in self.widgets.values()}
        self.values = {identity: value for identity, value in self.values.items() if identity in present}

    def _keep_refreshing(self, fragment: str, interval: float) -> None:
        async def refresh() -> None:
            while True:
                await asyncio.sleep(interval)
                await self._send(fragment=fragment)

        if (running := self._timers.pop(fragment, None)) is not None:
            running.cancel()
        self._timers[fragment] = asyncio.create_task(refresh())
