"""What a page's form sends: read back as it was typed, for the questions that the page asks and no others."""

import re
from collections.abc import Iterable

from starlette.datastructures import FormData

from pages.serving.forms import LONGEST, text
from survey.checking import DAY_PARTS
from survey.questionnaire import AnswerKey, Comment, Date, Questionnaire, Several
from survey.routing import Page, Typed


def typed(questionnaire: Questionnaire, page: Page, shown: Iterable[str], sent: FormData) -> dict[AnswerKey, Typed]:
    """The answers on a page, by what each is an answer to; an empty one for each question left out.

    ``shown`` names the questions that were on the form: what a person was not shown, they have not cleared.
    """
    section, names = questionnaire.section(page.section), set(shown)
    given: dict[AnswerKey, Typed] = {}
    for item in section.asked_items if section else ():
        key = AnswerKey(item.id, page.service, page.child)
        if str(key) not in names:
            continue
        if isinstance(item, Several):
            given[key] = tuple(dict.fromkeys(texts(sent, str(key))))
        elif isinstance(item, Date):
            day, month, year = (line(sent, f"{key}-{part}").strip() for part in DAY_PARTS)
            given[key] = f"{year}-{month}-{day}" if day or month or year else ""
        else:
            given[key] = text(sent, str(key)) if isinstance(item, Comment) else line(sent, str(key))
    return given


def line(sent: FormData, name: str) -> str:
    """A field that has one line, as a browser would send it whatever was pasted into it."""
    return text(sent, name).replace("\n", " ").replace("\r", " ")


def texts(sent: FormData, name: str) -> list[str]:
    """All that was sent under one name."""
    return [value[:LONGEST] for value in sent.getlist(name) if isinstance(value, str)]


def field_id(key: AnswerKey) -> str:
    """The name of an input on the page: letters, digits and dashes."""
    return "q-" + re.sub(r"[^a-z0-9]+", "-", str(key))
