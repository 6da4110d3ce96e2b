"""A page of questions that nobody has answered yet: alike for everybody but for a few words, and so drawn only once.

It is drawn for a visitor who does not exist, so that nothing of anybody's can be in what is remembered.
"""

import secrets
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from markupsafe import escape

from pages.plain.visit import Visit
from survey.consultations import WaveFacts
from survey.drafts import Saved
from survey.wording import Words

REMEMBERED: Final = 1024  # pages of some six kilobytes: a questionnaire's, in every language
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
# What stands in a page until it is somebody's. Made at random, so that no questionnaire can hold it.
PROOF, KEY, ADDRESS, PROGRESS = (secrets.token_hex(16) for _ in range(4))


class VisitOfNobody(Visit):
    """A visit to a page that is not anybody's yet."""

    @property
    def proof(self) -> str:
        """Stands where the proof will."""
        return PROOF

    @property
    def key(self) -> str:
        """Stands where the key will."""
        return KEY


def visit(wave: WaveFacts, words: Words, look: str, *, preview: bool) -> Visit:
    """Nobody's visit to this wave, in that language and look."""
    draft = Saved(UUID(int=0), wave.id, None, {}, words.language, None, LONG_AGO)
    return VisitOfNobody(wave, "", True, draft, None, words, LONG_AGO, preview=preview, look=look)


def made_out_to(visitor: Visit, page: str, *, address: str, progress: str) -> str:
    """That page for somebody: what proves that its form is theirs, where it leads and how far they have got."""
    theirs = {PROOF: visitor.proof, KEY: visitor.key, ADDRESS: address, PROGRESS: progress}
    for blank, words in theirs.items():
        page = page.replace(blank, escape(words))
    return page
