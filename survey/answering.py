"""Going on through a questionnaire: what has to be put right on a page, and which page comes next. Alike at every door.

Nothing is kept here: each door keeps the answers (``drafts``) in the same transaction in which it asks this.
"""

from datetime import date
from typing import NamedTuple

from survey import routing
from survey.checking import Problem, problems
from survey.questionnaire import Questionnaire
from survey.routing import CHECK_ANSWERS, TASKS, Answers, Page
from survey.wording import Words


class Ahead(NamedTuple):
    """What is wrong on a page, and where to go: the page itself as long as something is."""

    problems: list[Problem]
    page: Page


class Task(NamedTuple):
    """One page, and whether it is done."""

    page: Page
    done: bool


def ahead(
    questionnaire: Questionnaire, page: Page, held: Answers, words: Words, *, changing: bool, today: date
) -> Ahead:
    """Where Continue leads with these answers.

    Somebody who came from "check your answers" to change one goes straight back there, by way of what the change
    has raised and is not answered yet.
    """
    wrong = _wrong_on(questionnaire, page, held, words, today)
    if wrong:
        return Ahead(wrong, page)
    if changing:
        left = unfinished(questionnaire, held, words, today=today)
        return Ahead([], left.page if left else CHECK_ANSWERS)
    if questionnaire.any_order:
        return Ahead([], TASKS)
    return Ahead([], routing.page_after(questionnaire, page, held) or CHECK_ANSWERS)


def first(questionnaire: Questionnaire, held: Answers) -> Page:
    """Where somebody begins: the first page, or the list of all pages if they may be answered in any order."""
    return TASKS if questionnaire.any_order else routing.pages(questionnaire, held)[0]


def back(questionnaire: Questionnaire, page: Page, held: Answers) -> Page | None:
    """Where Back leads: None to the start page."""
    return TASKS if questionnaire.any_order else routing.page_before(questionnaire, page, held)


def tasks(questionnaire: Questionnaire, held: Answers, words: Words, *, today: date) -> list[Task]:
    """Every page that these answers lead through, and whether it is done: answered, with nothing to put right."""
    return [
        Task(page, _is_touched(questionnaire, page, held) and not _wrong_on(questionnaire, page, held, words, today))
        for page in routing.pages(questionnaire, held)
    ]


def unfinished(questionnaire: Questionnaire, held: Answers, words: Words, *, today: date) -> Ahead | None:
    """The first page on which something is to be put right, or None if all of it can be sent."""
    for page in routing.pages(questionnaire, held):
        if wrong := _wrong_on(questionnaire, page, held, words, today):
            return Ahead(wrong, page)
    return None


def _is_touched(questionnaire: Questionnaire, page: Page, held: Answers) -> bool:
    return any(held.get(key) for _, key in routing.items_on(questionnaire, page, held))


def _wrong_on(questionnaire: Questionnaire, page: Page, held: Answers, words: Words, today: date) -> list[Problem]:
    return problems(routing.items_on(questionnaire, page, held), held.get, words, today=today)
