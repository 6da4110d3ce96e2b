"""Who is asked what, and in what order: pages, and the items on each.

A page is a section, or a section about one service or one child. The order is worked out from the answers each
time. Conditions only ever look back, so there is always a last page.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from survey.questionnaire import (
    AnswerKey,
    AskIf,
    Optioned,
    Questionnaire,
    Repeat,
    Section,
    ServiceMatrix,
    SimpleItem,
    Standing,
)

Typed = str | tuple[str, ...]  # an answer as it was given: a code, words, figures; or several codes
Answers = Mapping[AnswerKey, Typed]


class Page(NamedTuple):
    """One step of the way through a questionnaire."""

    section: str
    service: str | None = None
    child: int | None = None

    def __str__(self) -> str:
        """The page as drafts and addresses name it: ``about_service:asd_path``."""
        return str(AnswerKey(*self))

    @classmethod
    def parse(cls, text: str) -> "Page":
        """The page that ``str`` wrote."""
        return cls(*AnswerKey.parse(text))


CHECK_ANSWERS = Page("_check_answers")  # where the last page leads; no section's name can begin with a stroke


def pages(questionnaire: Questionnaire, answers: Answers) -> list[Page]:
    """The pages that these answers lead through, first to last. Never empty, never endless."""
    return [
        page
        for section in questionnaire.sections
        if _holds(section.ask_if, Page(section.id), answers)
        for page in _pages_of(questionnaire, section, answers)
        if _asked(section, page, answers)
    ]


def items_on(questionnaire: Questionnaire, page: Page, answers: Answers) -> list[tuple[SimpleItem, AnswerKey]]:
    """The items asked on a page, each with the key of its answer."""
    section = questionnaire.section(page.section)
    return _asked(section, page, answers) if section else []


def page_after(questionnaire: Questionnaire, page: Page, answers: Answers) -> Page | None:
    """The page that follows, or None after the last."""
    walk = pages(questionnaire, answers)
    if page in walk:
        here = walk.index(page)
        return walk[here + 1] if here + 1 < len(walk) else None
    return _first_from(questionnaire, page, walk)


def page_before(questionnaire: Questionnaire, page: Page, answers: Answers) -> Page | None:
    """The page that comes before, or None before the first."""
    walk = pages(questionnaire, answers)
    here = walk.index(page) if page in walk else len(walk)
    return walk[here - 1] if here > 0 else None


def in_force(questionnaire: Questionnaire, answers: Answers) -> dict[AnswerKey, Typed]:
    """The answers to what is asked, without those to questions that no longer apply."""
    asked = {key for page in pages(questionnaire, answers) for _, key in items_on(questionnaire, page, answers)}
    return {key: answer for key, answer in answers.items() if key in asked}


def depended_on(questionnaire: Questionnaire, page: Page) -> set[str]:
    """The items on a page whose answers decide what else that page asks."""
    section = questionnaire.section(page.section)
    beside = section.asked_items if section else ()
    return {item.ask_if.item for item in beside if item.ask_if} & {item.id for item in beside}


def _pages_of(questionnaire: Questionnaire, section: Section, answers: Answers) -> Iterable[Page]:
    match section.block:
        case ServiceMatrix(services=source):
            chosen = _codes(answers.get(AnswerKey(source)))
            return [
                Page(section.id, service=code) for code in services_offered(questionnaire, source) if code in chosen
            ]
        case Repeat(times=source, at_most=most):
            count = _count(answers.get(AnswerKey(source)))
            return [Page(section.id, child=number) for number in range(1, min(count, most) + 1)]
        case _:
            return [Page(section.id)]


def services_offered(questionnaire: Questionnaire, item_id: str) -> list[str]:
    """The codes of the services an item offers, in its order; "none of these" is not a service."""
    item = questionnaire.item(item_id)
    offered = item.options if isinstance(item, Optioned) else ()
    return [option.code for option in offered if option.standing is Standing.ANSWER]


def _asked(section: Section, page: Page, answers: Answers) -> list[tuple[SimpleItem, AnswerKey]]:
    return [
        (item, AnswerKey(item.id, page.service, page.child))
        for item in section.asked_items
        if _holds(item.ask_if, page, answers)
    ]


def _holds(ask_if: AskIf | None, page: Page, answers: Answers) -> bool:
    """Whether a condition is met: by the answer about the same service or child, or by the one answer there is."""
    if ask_if is None:
        return True
    here = AnswerKey(ask_if.item, page.service, page.child)
    given = answers.get(here, answers.get(AnswerKey(ask_if.item)))
    return any(code in ask_if.is_one_of for code in _codes(given))


def _codes(answer: Typed | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, str) else tuple(dict.fromkeys(answer))


def _count(answer: Typed | None) -> int:
    return int(answer) if isinstance(answer, str) and answer.strip().isdecimal() and len(answer) < 6 else 0


def _first_from(questionnaire: Questionnaire, page: Page, walk: list[Page]) -> Page | None:
    """Where to go on from a page that is no longer asked: the first page of its section or of one after it."""
    order = [section.id for section in questionnaire.sections]
    here = order.index(page.section) if page.section in order else 0
    return next((other for other in walk if order.index(other.section) >= here), None)
