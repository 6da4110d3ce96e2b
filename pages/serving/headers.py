"""What every answer tells the browser to refuse: other people's scripts, frames, guesses and leaks."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = {"x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-origin"}
# What only a page needs to be told; for a script these would be half a kilobyte, sixty times over.
FOR_PAGES = {
    "x-frame-options": "DENY",
    # The address of a page can hold an officer's filters; no other site is told it.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
}
# Sent by https alone, where it means: never by anything else again.
ONLY_PRIVATELY = "max-age=31536000"


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
                headers = MutableHeaders(scope=message)
                headers.update(ALWAYS)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.update(FOR_PAGES)
                    headers["content-security-policy"] = policy(Headers(scope=scope).get("host", ""))
                if scope["scheme"] == "https":
                    headers["strict-transport-security"] = ONLY_PRIVATELY
            await send(message)

        await self.app(scope, receive, dressed)
