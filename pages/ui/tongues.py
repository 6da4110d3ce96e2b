"""Languages of comments, as officers call them, and how browsers show and read them aloud."""

from html import escape

from survey.comment_translations import IN_ENGLISH_FROM, original
from survey.languages import LANGUAGES

NAMES = {code: one.english for code, one in LANGUAGES.items()} | {
    "ur-Latn": "Urdu in Latin letters",
    "pa-Latn": "Panjabi in Latin letters",
    "gu-Latn": "Gujarati in Latin letters",
    "pa": "Panjabi",
    "hi": "Hindi",
    "ar": "Arabic",
    "fr": "French",
    "es": "Spanish",
    "so": "Somali",
}
FROM_THE_RIGHT = {"ur", "pa-Arab", "ar"}
UNTOLD = {"", "other", "unknown"}


def said_in(tag: str) -> str:
    """The name of a language: "Urdu in Latin letters"; "another language" where it is none that we tell."""
    return NAMES.get(tag, "another language")


def attributes(tag: str) -> str:
    """What an element says of its words: which language they are in, and from which side they are read."""
    lang = "und" if tag in UNTOLD else escape(tag)
    return f'lang="{lang}" dir="{"rtl" if tag in FROM_THE_RIGHT else "auto"}"'


def put_from(tag: str) -> str:
    """That a person put these words into English, and from what; "" where nobody did."""
    if not tag.startswith(IN_ENGLISH_FROM):
        return ""
    return f"Translated from {said_in(original(tag))} by a person"
