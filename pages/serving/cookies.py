"""The cookies we set, and how each is guarded."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from pages.ui.state import COOKIE as DRAFT
from survey import codes, drafts

FORM: Final = "heard_form"  # that a form came from a page of ours
DRAFT_SECONDS: Final = int(drafts.KEPT_FOR.total_seconds())
OURS = re.compile(r"[A-Za-z0-9_-]{32}")  # 24 random bytes as we write them


def keep(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    """Set a cookie that no script reads and no other site's form uses, and that stays private if it came privately."""
    response.set_cookie(
        name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=is_private(request)
    )


def drop(response: Response, request: Request, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=is_private(request))


def is_private(request: Request) -> bool:
    """Whether the request came by https, to us or to the proxy in front of us."""
    return request.scope["scheme"] == "https"


def keep_draft(response: Response, request: Request) -> None:
    """Give this device the number its draft is found by; the one it has, if it has one, for as long again."""
    held = request.cookies.get(DRAFT, "")
    keep(response, request, DRAFT, held if OURS.fullmatch(held) else codes.token(), DRAFT_SECONDS)
