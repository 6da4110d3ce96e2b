"""What a plain form sends, read alike at every door that takes one; and answers that no browser keeps."""

import hmac
import re
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

LONGEST: Final = 100_000  # of one field: more than any question allows, so that what is too long is kept and told
AS_FORMS_ARE_SENT: Final = "application/x-www-form-urlencoded"
NOT_KEPT: Final = {"cache-control": "no-store"}


async def sent_in(request: Request, *, most_fields: int) -> FormData:
    """The form of a request: an empty one if what came is no form, or none of ours. No files are taken."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != AS_FORMS_ARE_SENT:
        return FormData()
    body = await request.body()
    try:
        return FormData(parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=most_fields))
    except ValueError:  # more fields than any form of ours has
        return FormData()


def text(sent: FormData, name: str) -> str:
    """A field as it was typed, or "" if it was not sent. Browsers send a line's end as two characters."""
    value = sent.get(name)
    return value[:LONGEST].replace("\r\n", "\n") if isinstance(value, str) else ""


def number(sent: FormData, name: str) -> int:
    """A small number as it was sent, or 0 if it is none."""
    typed = text(sent, name)
    return int(typed) if re.fullmatch("[0-9]{1,3}", typed) else 0


def carries(sent: FormData, proof: str) -> bool:
    """Whether a form has in it what only a form of ours, shown to this person, can carry."""
    return hmac.compare_digest(proof.encode(), text(sent, "proof").encode(errors="replace"))


def to(address: str) -> Response:
    """Have the browser ask for that page, so that loading it again sends nothing twice."""
    return RedirectResponse(address, status_code=303, headers=NOT_KEPT)
