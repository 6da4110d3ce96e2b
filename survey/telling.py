"""What a page is called, how a question is put and how an answer reads, in somebody's language: alike at every door."""

from datetime import datetime
from itertools import groupby

from survey.consultations import WaveFacts
from survey.questionnaire import (
    Comment,
    Date,
    Option,
    Optioned,
    Questionnaire,
    Section,
    ServiceMatrix,
    SimpleItem,
)
from survey.routing import Page, Typed
from survey.wording import Words


def facts(questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> list[tuple[str, str]]:
    """What a start page tells before anybody starts, a heading and its words each."""
    return [
        (words("start.who_asks"), words.of(questionnaire.asked_by)),
        (words("start.how_long"), words("start.minutes", minutes=questionnaire.minutes)),
        (words("start.what_happens"), words.of(questionnaire.what_happens)),
        (words("start.closes"), words("start.closes_on", when=words.day(wave.last_day))),
        (words("start.help"), words.of(questionnaire.contact)),
    ]


def not_open(wave: WaveFacts, words: Words, now: datetime) -> tuple[str, str]:
    """That a wave has closed, or has not opened yet, and when: a heading and its words."""
    if wave.opens_at > now:
        return words("door.not_open"), words("door.opens_on", day=words.day(wave.first_day))
    return words("door.closed"), words("door.closed_on", day=words.day(wave.last_day))


def heading(questionnaire: Questionnaire, page: Page, words: Words) -> str:
    """What a page is called: its section, the service it is about, or which child; or what about which child."""
    about = subject(questionnaire, page, words)
    if not is_child_by_child(questionnaire, page):
        return about
    return words("children.about", child=words("step.child", number=page.child), about=about)


def subject(questionnaire: Questionnaire, page: Page, words: Words) -> str:
    """What a page is about, where it is known which child is meant."""
    section = questionnaire.section(page.section)
    if section is None:
        return words.of(questionnaire.title)
    if page.service and section.block:
        option = _service(questionnaire, page)
        return words.of(option.text) if option else page.service
    return words("step.child", number=page.child) if page.child and section.block else words.of(section.title)


def _service(questionnaire: Questionnaire, page: Page) -> Option | None:
    """The service that a page is about, as it was offered."""
    section = questionnaire.section(page.section)
    if not page.service or section is None or not isinstance(section.block, ServiceMatrix):
        return None
    offered = questionnaire.item(section.block.services)
    return offered.option(page.service) if isinstance(offered, Optioned) else None


def in_general(section: Section, words: Words) -> str:
    """What a section is called where it is shown once for all children, to be read beforehand."""
    title = words.of(section.title)
    return words("children.each", about=title) if section.each_child else title


def is_child_by_child(questionnaire: Questionnaire, page: Page) -> bool:
    """Whether a page is one of several about a child."""
    section = questionnaire.section(page.section)
    return section is not None and section.each_child and page.child is not None


def together(questionnaire: Questionnaire, walk: list[Page]) -> list[tuple[int, list[Page]]]:
    """Pages in order, those about one child together under its number; 0 stands for those about the family."""

    def child(page: Page) -> int:
        return page.child or 0 if is_child_by_child(questionnaire, page) else 0

    return [(number, list(pages)) for number, pages in groupby(walk, child)]


def progress(questionnaire: Questionnaire, page: Page, walk: list[Page], words: Words) -> str:
    """How far along a page is among all that these answers lead through."""
    number, total = walk.index(page) + 1, len(walk)
    section = questionnaire.section(page.section)
    if section is None or not (page.service or page.child):
        return words("step.progress", number=number, total=total)
    by_child = is_child_by_child(questionnaire, page)
    about = words("step.child", number=page.child) if by_child else words.of(section.title)
    return words("step.progress_about", number=number, total=total, about=about)


def intro(questionnaire: Questionnaire, page: Page, words: Words) -> tuple[str, str]:
    """What stands below a page's heading: the section's own words, and what to do in danger where one can write."""
    section = questionnaire.section(page.section)
    if section is None:
        return "", ""
    writes = any(isinstance(item, Comment) for item in section.asked_items)
    return words.of(section.intro) if section.intro else "", words("door.safety_short") if writes else ""


def question(item: SimpleItem, words: Words) -> str:
    """An item's question, marked where it may be left out."""
    text = words.of(item.text)
    return f"{text} {words('step.optional')}" if item.optional else text


def hint(item: SimpleItem, words: Words) -> str:
    """What helps to answer it, or ""."""
    told = words.of(item.hint) if item.hint else ""
    if isinstance(item, Comment):
        return f"{told} {words('step.words_hint', most=f'{item.max_length:,}')}".strip()
    return told or (words("step.day_hint") if isinstance(item, Date) else "")


def picture(part: SimpleItem | Option, words: Words) -> str:
    """The name of the picture that stands beside a question or an answer: in Easy Read alone, else ""."""
    return (part.picture or "") if words.spoken.is_easy_read else ""


def heading_picture(questionnaire: Questionnaire, page: Page, words: Words) -> str:
    """The name of the picture of the service that a page is about, or ""."""
    service = _service(questionnaire, page)
    return picture(service, words) if service else ""


def answer(item: SimpleItem, typed: Typed | None, words: Words) -> list[str]:
    """An answer in the words it was chosen or written in, a line to each."""
    if not typed:
        return [words("check.not_provided")]
    if isinstance(item, Optioned):
        codes = (typed,) if isinstance(typed, str) else typed
        return [words.of(option.text) for option in item.options if option.code in codes]
    if isinstance(item, Date):
        return [" ".join(reversed(str(typed).split("-")))]
    return str(typed).splitlines()
