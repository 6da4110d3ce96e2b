"""Every question as a PDF, to read or print beforehand: made once for each wave and language, and remembered."""

from functools import lru_cache
from typing import Final

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from pages.plain.visit import Visit
from survey import consultations
from survey.consultations import WaveFacts
from survey.database import engine
from survey.printing.paper import paper
from survey.wording import words_in

REMEMBERED: Final = 32  # some hundred kilobytes each
# The same for everybody, but it may come with this device's first cookie, which no shared cache should keep.
KEPT: Final = "private, max-age=3600"


def questions(visit: Visit, request: Request) -> Response:
    """The PDF in the language that is asked for, or else the one that the visitor reads."""
    asked_for = request.query_params.get("language", "")
    offered = visit.questionnaire.languages
    spoken = asked_for if asked_for in offered else visit.words.language
    name = f"{visit.wave.slug}-{spoken}.pdf"
    told = {"cache-control": KEPT, "content-disposition": f'inline; filename="{name}"', "content-language": spoken}
    return Response(_made(engine(), visit.wave, spoken), media_type="application/pdf", headers=told)


@lru_cache(maxsize=REMEMBERED)
def _made(engine: sa.Engine, wave: WaveFacts, spoken: str) -> bytes:
    return paper(consultations.asked_in(engine, wave), wave, words_in(spoken))
