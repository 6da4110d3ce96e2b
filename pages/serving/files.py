"""The files a browser needs: Streamlit's own and ours, sent compressed, and kept by the browser for a year."""

import mimetypes
from functools import cache
from pathlib import Path, PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from pages.serving.bundle import style_without_fonts
from pages.serving.compression import Coding, Content, Press, accepted
from pages.ui import doors
from survey import pictures
from survey.settings import settings

STREAMLITS = Path(file_util.get_static_dir()) / "static"
OURS = Path(__file__).parent / "assets"
# Their addresses change with their content, so a browser need never ask twice.
HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "vary": "accept-encoding",
    "x-content-type-options": "nosniff",
}
COMPRESSED_BY_NATURE = {".woff2", ".png", ".gif"}


class Files:
    """Every file there is to send, by address. What is not among them is not sent, however its address is spelt."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self._paths = _under(STREAMLITS, "/static/") | _under(OURS, "/assets/") | _pictures()
        self._contents = {
            "/assets/streamlit.css": Content(style_without_fonts().encode()),
            "/assets/plain.css": Content(b"".join((OURS / name).read_bytes() for name in ("first.css", "plain.css"))),
        }

    def __contains__(self, address: str) -> bool:
        return address in self._paths or address in self._contents

    def link(self, name: str) -> str:
        """The address of one of our own files, which changes whenever the file does."""
        address = f"/assets/{name}"
        return f"{address}?v={self.content(address).digest[:12]}"

    def content(self, address: str) -> Content:
        """What the file at that address holds."""
        if address not in self._contents:
            self._contents[address] = Content(self._paths[address].read_bytes())
        return self._contents[address]

    async def answer(self, address: str, coding: Coding) -> Response:
        """The file in that form; off the event loop if it must be read or compressed first."""
        if PurePosixPath(address).suffix in COMPRESSED_BY_NATURE:
            coding = Coding.PLAIN
        known = self._contents.get(address)
        body = known and self.press.ready(known, coding)
        if body is None:
            body = await run_in_threadpool(self._make, address, coding)
        return _response(body, coding, address)

    def make_ready(self, addresses: list[str]) -> None:
        """Read and compress those files before anybody asks."""
        for address in addresses:
            self._make(address, Coding.BROTLI)

    def _make(self, address: str, coding: Coding) -> bytes:
        return self.press.form(self.content(address), coding)


def _under(folder: Path, prefix: str) -> dict[str, Path]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {prefix + file.relative_to(folder).as_posix(): file for file in found}


def _pictures() -> dict[str, Path]:
    return {f"{doors.PICTURES}{file.name}": file for file in pictures.FILES.values()}


def _response(body: bytes, coding: Coding, address: str) -> Response:
    headers = HEADERS if coding is Coding.PLAIN else HEADERS | {"content-encoding": coding.value}
    kind, _ = mimetypes.guess_type(address)
    return Response(body, headers=headers, media_type=kind or "application/octet-stream")


@cache
def files() -> Files:
    """This process's files."""
    return Files(Press(settings().data / "compressed"))


class SendFiles:
    """Answers for files before anything else is asked."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, if the address is one."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or scope["path"] not in files():
            await self.app(scope, receive, send)
            return
        coding = accepted(Headers(scope=scope).get("accept-encoding", ""))
        response = await files().answer(scope["path"], coding)
        await response(scope, receive, send)
