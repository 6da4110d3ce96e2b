"""What a page is called, how a question is put and how an answer reads, in somebody's language: alike at every door."""

from survey.questionnaire import Comment, Date, Optioned, Questionnaire, ServiceMatrix, SimpleItem
from survey.routing import Page, Typed
from survey.wording import Words


def heading(questionnaire: Questionnaire, page: Page, words: Words) -> str:
    """What a page is called: its section, the service it is about, or which child."""
    section = questionnaire.section(page.section)
    if section is None:
        return words.of(questionnaire.title)
    if page.service and isinstance(section.block, ServiceMatrix):
        offered = questionnaire.item(section.block.services)
        option = offered.option(page.service) if isinstance(offered, Optioned) else None
        return words.of(option.text) if option else page.service
    return words("step.child", number=page.child) if page.child else words.of(section.title)


def progress(questionnaire: Questionnaire, page: Page, walk: list[Page], words: Words) -> str:
    """How far along a page is among all that these answers lead through."""
    number, total = walk.index(page) + 1, len(walk)
    section = questionnaire.section(page.section)
    if section is None or not (page.service or page.child):
        return words("step.progress", number=number, total=total)
    return words("step.progress_about", number=number, total=total, about=words.of(section.title))


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
