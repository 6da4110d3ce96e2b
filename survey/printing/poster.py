"""A poster for a waiting room: what is asked, until when, and a square that a phone's camera takes to the answer."""

from survey.consultations import WaveFacts
from survey.printing import squares
from survey.printing.typesetting import manner, typeset
from survey.questionnaire import Questionnaire
from survey.wording import Words


def poster(asked: Questionnaire, wave: WaveFacts, words: Words, *, address: str) -> bytes:
    """An A4 poster as a PDF. ``address`` is where that wave is answered in that language, for the square.

    Raises PrintingError if no font can write it.
    """
    minutes = words("poster.minutes", minutes=asked.minutes)
    given = {
        "manner": manner(words.spoken),
        "title": words.of(asked.title),
        "lead": words.of(asked.about),
        "until": words("door.open_until", day=words.day(wave.last_day)),
        "more": [minutes, words("poster.invited")] if wave.by_invitation else [minutes],
        "scan": words("poster.scan"),
        "or_go_to": words("poster.or_go_to"),
        "address": in_words(address),
        "square": squares.svg(address).decode(),
        "help": words("start.help"),
        "contact": words.of(asked.contact),
    }
    return typeset("poster", given, dated=wave.opens_at)


def in_words(address: str) -> str:
    """An address as people type it: without how it is reached and what follows the question mark."""
    return address.partition("://")[2].partition("?")[0]
