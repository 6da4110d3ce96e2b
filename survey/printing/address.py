"""Where people answer: the address that stands on posters and in invitations."""

from typing import Final
from urllib.parse import quote

from survey.consultations import WaveFacts
from survey.errors import PrintingError
from survey.languages import Language
from survey.settings import settings

ON_THIS_MACHINE: Final = "http://localhost:8501"  # where `make run` serves


def address_of(wave: WaveFacts, spoken: Language) -> str:
    """Where that wave is answered in that language, without a script.

    Raises PrintingError if the settings do not say how people reach Heard; the demonstration is on this machine.
    """
    base = settings().address.rstrip("/") or (ON_THIS_MACHINE if wave.demonstration else "")
    if not base:
        raise PrintingError(
            "Nothing says at which address people reach Heard. Set HEARD_ADDRESS, as in "
            "HEARD_ADDRESS=https://survey.example.gov.uk, and start Heard again."
        )
    return f"{base}/s/{quote(wave.slug)}?language={quote(spoken.code)}"
