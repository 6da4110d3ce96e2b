"""Who is asked what, and in what order: pages, and the items on each.

A page is a section, or a section about one service, one child, or one service of one child. The order is worked out
from the answers each time. Conditions only ever look back, and children are counted up to a most, so there is always
a last page.
"""

from collections.abc import Iterable, Iterator, Mapping
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


ANOTHER, CLOSING = "yes", "no"  # the codes that begin the next child, and that say there is none
TASKS = Page("_tasks")  # the list of all pages, where a questionnaire is answered in any order
CHECK_ANSWERS = Page("_check_answers")  # where the last page leads; no section's name can begin with a stroke


def pages(questionnaire: Questionnaire, answers: Answers) -> list[Page]:
    """The pages that these answers lead through, first to last. Never empty, never endless."""
    return [
        page
        for section, child in _stops(questionnaire, answers)
        if _holds(section.ask_if, Page(section.id, child=child), answers)
        for page in _pages_of(questionnaire, section, child, answers)
        if items_on(questionnaire, page, answers)
    ]


def children_told(questionnaire: Questionnaire, answers: Answers) -> int:
    """How many children the family tells about, child by child: at least one, where a questionnaire asks for each."""
    asked = questionnaire.children
    if asked is None:
        return 0
    number = 1
    while number < asked.at_most and answers.get(AnswerKey(asked.another, child=number)) == ANOTHER:
        number += 1
    return number


def items_on(questionnaire: Questionnaire, page: Page, answers: Answers) -> list[tuple[SimpleItem, AnswerKey]]:
    """The items asked on a page, each with the key of its answer."""
    return [(item, key) for item, key in can_ask(questionnaire, page) if _holds(item.ask_if, page, answers)]


def can_ask(questionnaire: Questionnaire, page: Page) -> list[tuple[SimpleItem, AnswerKey]]:
    """All that a page asks of anybody, each with the key of its answer, whatever else was answered."""
    section, children = questionnaire.section(page.section), questionnaire.children
    if section is None:
        return []
    is_last = children is not None and page.child == children.at_most
    return [
        (item, AnswerKey(item.id, page.service, page.child))
        for item in section.asked_items
        if not (is_last and item.id == questionnaire.another_child)
    ]


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


def _stops(questionnaire: Questionnaire, answers: Answers) -> Iterator[tuple[Section, int | None]]:
    """Every section in order; those for each child all together for the first, then for the next."""
    each = questionnaire.for_each_child
    for section in questionnaire.sections:
        if not section.each_child:
            yield section, None
        elif section is each[0]:
            for child in range(1, children_told(questionnaire, answers) + 1):
                yield from ((part, child) for part in each)


def _pages_of(questionnaire: Questionnaire, section: Section, child: int | None, answers: Answers) -> Iterable[Page]:
    match section.block:
        case ServiceMatrix(services=source):
            chosen = _codes(_nearest(source, Page(section.id, child=child), answers))
            offered = services_offered(questionnaire, source)
            return [Page(section.id, code, child) for code in offered if code in chosen]
        case Repeat(times=source, at_most=most):
            count = _count(answers.get(AnswerKey(source)))
            return [Page(section.id, child=number) for number in range(1, min(count, most) + 1)]
        case _:
            return [Page(section.id, child=child)]


def services_offered(questionnaire: Questionnaire, item_id: str) -> list[str]:
    """The codes of the services an item offers, in its order; "none of these" is not a service."""
    item = questionnaire.item(item_id)
    offered = item.options if isinstance(item, Optioned) else ()
    return [option.code for option in offered if option.standing is Standing.ANSWER]


def _holds(ask_if: AskIf | None, page: Page, answers: Answers) -> bool:
    """Whether a condition is met by the answer nearest to the page."""
    return ask_if is None or any(code in ask_if.is_one_of for code in _codes(_nearest(ask_if.item, page, answers)))


def _nearest(item: str, page: Page, answers: Answers) -> Typed | None:
    """The answer about the same service and child, or else about the same child, or else the family's."""
    keys = AnswerKey(item, page.service, page.child), AnswerKey(item, child=page.child), AnswerKey(item)
    return next((answers[key] for key in keys if key in answers), None)


def _codes(answer: Typed | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, str) else tuple(dict.fromkeys(answer))


def _count(answer: Typed | None) -> int:
    return int(answer) if isinstance(answer, str) and answer.strip().isdecimal() and len(answer) < 6 else 0


def _first_from(questionnaire: Questionnaire, page: Page, walk: list[Page]) -> Page | None:
    """Where to go on from a page that is no longer asked: the first page of its section or of one after it."""
    here = _place(questionnaire, page)
    return next((other for other in walk if _place(questionnaire, other) >= here), None)


def _place(questionnaire: Questionnaire, page: Page) -> tuple[int, int, int]:
    """Where a page belongs: those for each child stand where the first of their sections does, child by child."""
    order = [section.id for section in questionnaire.sections]
    number = order.index(page.section) if page.section in order else 0
    each = questionnaire.for_each_child
    if page.section not in {section.id for section in each}:
        return number, 0, 0
    return order.index(each[0].id), page.child or 0, number
