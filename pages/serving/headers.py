"""What every answer tells the browser to refuse: other people's scripts, frames, guesses and leaks."""

from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = ((b"x-content-type-options", b"nosniff"), (b"cross-origin-resource-policy", b"same-origin"))
# What only a page needs to be told; for a script these would be half a kilobyte, sixty times over.
FOR_PAGES = (
    (b"x-frame-options", b"DENY"),
    # The address of a page can hold an officer's filters; no other site is told it.
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
# Sent by https alone, where it means: never by anything else again.
ONLY_PRIVATELY = ((b"strict-transport-security", b"max-age=31536000"),)
Pairs = tuple[tuple[bytes, bytes], ...]


@lru_cache(maxsize=32)
def policy(host: str) -> str:
    """Everything a page of ours may load or talk to: this server. Streamlit's scripts make its styles on the spot."""
    sockets = f" ws://{host} wss://{host}" if host.replace("-", "").replace(".", "").replace(":", "").isalnum() else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            # Older Safari does not count a socket to the same host as 'self'.
            f"connect-src 'self'{sockets}",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


class SecurityHeaders:
    """Adds those headers to every answer, and takes away what says which server this is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and dress the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _dressed(tuple(message["headers"]), scope)
            await send(message)

        await self.app(scope, receive, dressed)


def _dressed(told: Pairs, scope: Scope) -> list[tuple[bytes, bytes]]:
    """Those headers with ours, which take the place of any of the same name."""
    worn: Pairs = ALWAYS
    if dict(told).get(b"content-type", b"").startswith(b"text/html"):
        host = Headers(scope=scope).get("host", "")
        worn += (*FOR_PAGES, (b"content-security-policy", policy(host).encode("latin-1")))
    if scope["scheme"] == "https":
        worn += ONLY_PRIVATELY
    names = dict(worn)
    return [pair for pair in told if pair[0] not in names] + [*worn]
