"""One box for each question: an answer is typed as the number printed beside it, or as it stands on the form."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from starlette.datastructures import FormData

from pages.serving.forms import text
from survey import children as taking_out
from survey import routing, telling
from survey.checking import check, clean
from survey.questionnaire import (
    AnswerKey,
    AskIf,
    Date,
    Optioned,
    Questionnaire,
    Repeat,
    Section,
    ServiceMatrix,
    Several,
    SimpleItem,
)
from survey.responses import NOT_GIVEN
from survey.routing import Answers, Page, Typed
from survey.wording import words_in

OFFICERS = words_in("en")  # officers read English, whatever language a form is in
Raw = dict[AnswerKey, str]  # what stands in each box
Asked = list[tuple[SimpleItem, AnswerKey]]


class When(NamedTuple):
    """What opens a part of the form: numbers typed in an earlier box, or a count reached there."""

    box: str
    numbers: str = ""
    least: int = 0


class Box(NamedTuple):
    """One question as the form shows it."""

    id: str
    name: str
    text: str
    hint: str
    options: list[tuple[int, str]]
    is_long: bool
    may_stay_empty: bool
    value: str
    said: str  # the answers that the typed numbers stand for
    problem: str
    when: When | None
    is_open: bool

    @property
    def described(self) -> str:
        """The ids of what belongs to the question besides its words."""
        return " ".join(f"{self.id}-{part}" for part in ("hint", "options", "problem") if getattr(self, part))


class Read(NamedTuple):
    """What was typed in all boxes: the answers among it, and what to put right, by question."""

    typed: dict[AnswerKey, Typed]
    problems: dict[AnswerKey, str]


def asked_on(questionnaire: Questionnaire, page: Page, answers: Answers) -> Asked:
    """The questions keyed on a page: all but the one by which channel they came, which is known."""
    on_page = routing.items_on(questionnaire, page, answers)
    return [(item, key) for item, key in on_page if item.id != questionnaire.roles.channel]


def children(questionnaire: Questionnaire) -> range:
    """The children there is room for, where a questionnaire goes from one to the next."""
    return range(1, questionnaire.children.at_most + 1 if questionnaire.children else 1)


def every_page(questionnaire: Questionnaire, section: Section) -> list[Page]:
    """The pages a section can have at most, of all children there is room for."""
    about = children(questionnaire) if section.each_child else [None]
    return [at for child in about for at in pages_about(questionnaire, section, child)]


def pages_about(questionnaire: Questionnaire, section: Section, child: int | None) -> list[Page]:
    """Those about one child, or about the family: one for each service that is offered, or for each child repeated."""
    match section.block:
        case ServiceMatrix(services=source):
            return [Page(section.id, code, child) for code in routing.services_offered(questionnaire, source)]
        case Repeat(at_most=most):
            return [Page(section.id, child=number) for number in range(1, most + 1)]
        case _:
            return [Page(section.id, child=child)]


def can_be_keyed(questionnaire: Questionnaire, page: Page) -> Asked:
    """Every question that can be keyed on a page, whatever else was answered."""
    return [(item, key) for item, key in routing.can_ask(questionnaire, page) if item.id != questionnaire.roles.channel]


def sent_in(questionnaire: Questionnaire, sent: FormData) -> Raw:
    """What was typed in the boxes that were shown."""
    shown = {value for value in sent.getlist("shown") if isinstance(value, str)}
    pages = [page for section in questionnaire.sections for page in every_page(questionnaire, section)]
    keys = (key for page in pages for _, key in can_be_keyed(questionnaire, page))
    return {key: text(sent, str(key)) for key in keys if str(key) in shown}


def without(questionnaire: Questionnaire, raw: Raw, child: int) -> Raw:
    """What stands in the boxes when a child has been taken out; what stood in its own is behind the last."""
    another = questionnaire.another_child
    known = {key: typed for key, typed in understood(questionnaire, raw).items() if key.item == another}
    left = taking_out.without(questionnaire, raw | known, child)
    return {
        key: shown(questionnaire.item(another), typed) if key.item == another else str(typed)
        for key, typed in left.items()
    }


def understood(questionnaire: Questionnaire, raw: Raw) -> dict[AnswerKey, Typed]:
    """The answers that the boxes stand for, as far as they can be made out."""
    return {key: typed for key, value in raw.items() if (typed := _answer(questionnaire.item(key.item), value))}


def read(questionnaire: Questionnaire, asked: Iterable[tuple[SimpleItem, AnswerKey]], raw: Raw, today: date) -> Read:
    """The answers in those boxes, and what is to be put right before they can be stored."""
    typed, problems = {}, {}
    for item, key in asked:
        value = raw.get(key, "")
        answer = _answer(item, value)
        if problem := _problem(questionnaire, item, value, answer, today):
            problems[key] = _about(questionnaire, key, problem)
        elif answer:
            typed[key] = answer
    return Read(typed, problems)


def shown(item: SimpleItem, typed: Typed | None) -> str:
    """What stands in a box for an answer."""
    if not typed or typed == NOT_GIVEN:
        return NOT_GIVEN if typed else ""
    if isinstance(item, Optioned):
        codes = (typed,) if isinstance(typed, str) else typed
        return " ".join(str(number) for number, option in enumerate(item.options, 1) if option.code in codes)
    return " ".join(reversed(str(typed).split("-"))) if isinstance(item, Date) else str(typed)


def told(item: SimpleItem, typed: Typed | None) -> str:
    """An answer in words, to read it back."""
    return "Not given" if typed in {None, "", NOT_GIVEN} else "; ".join(telling.answer(item, typed, OFFICERS))


def box(
    questionnaire: Questionnaire,
    item: SimpleItem,
    key: AnswerKey,
    raw: Raw,
    answers: Answers,
    problems: Mapping[AnswerKey, str],
) -> Box:
    """A question with what has been typed, what that means and what is wrong with it."""
    options = [OFFICERS.of(option.text) for option in item.options] if isinstance(item, Optioned) else []
    typed = answers.get(key)
    open_now = {asked for _, asked in routing.items_on(questionnaire, _page_of(questionnaire, key), answers)}
    return Box(
        id="q-" + re.sub(r"[^a-z0-9]+", "-", str(key)),
        name=str(key),
        text=OFFICERS.of(item.text),
        hint=_hint(item),
        options=list(enumerate(options, 1)),
        is_long=item.kind == "comment",
        may_stay_empty=item.optional,
        value=raw.get(key, ""),
        said=told(item, typed) if typed and options else "",
        problem=problems.get(key, ""),
        when=when(questionnaire, item.ask_if, key),
        is_open=key in open_now,
    )


def when(questionnaire: Questionnaire, ask_if: AskIf | None, key: AnswerKey) -> When | None:
    """A condition, in the numbers that are typed."""
    if ask_if is None:
        return None
    section = questionnaire.section(_page_of(questionnaire, key).section)
    beside = {item.id for item in section.asked_items} if section and section.block else set()
    service = key.service if ask_if.item in beside else None
    source = _about_the_same(questionnaire, ask_if.item, key.child)._replace(service=service)
    return When(str(source), shown(questionnaire.item(ask_if.item), tuple(ask_if.is_one_of)))


def when_page(questionnaire: Questionnaire, section: Section, page: Page) -> When | None:
    """What opens the part about one service or one child."""
    match section.block:
        case ServiceMatrix(services=source):
            chosen = _about_the_same(questionnaire, source, page.child)
            return When(str(chosen), shown(questionnaire.item(source), (page.service or "",)))
        case Repeat(times=source):
            return When(source, least=page.child or 0)
        case _:
            return None


def when_child(questionnaire: Questionnaire, child: int) -> When | None:
    """What opens the pages of a child: that there is another after the one before. The first needs nothing."""
    return None if child == 1 else when_more(questionnaire, child - 1)


def when_more(questionnaire: Questionnaire, child: int) -> When:
    """That there is another child after this one."""
    another = questionnaire.another_child
    return When(str(AnswerKey(another, child=child)), shown(questionnaire.item(another), routing.ANOTHER))


def _about_the_same(questionnaire: Questionnaire, item: str, child: int | None) -> AnswerKey:
    """The answer to an earlier question: about the same child if it is asked of each, or else the family's."""
    return AnswerKey(item, child=child if questionnaire.is_of_each_child(item) else None)


def _page_of(questionnaire: Questionnaire, key: AnswerKey) -> Page:
    section = next(section for section, item in questionnaire.items() if item.id == key.item)
    return Page(section.id, key.service, key.child)


def _answer(item: SimpleItem, value: str) -> Typed:
    """What a box stands for; "" if it is empty or cannot be made out."""
    written = clean(value)
    if written == NOT_GIVEN:
        return NOT_GIVEN
    if isinstance(item, Optioned):
        codes = _codes(item, written)
        return codes if isinstance(item, Several) else "".join(codes[:1])
    if isinstance(item, Date) and (parts := re.fullmatch(r"(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4})", written)):
        return "-".join(reversed(parts.groups()))
    return written


def _codes(item: SimpleItem, written: str) -> tuple[str, ...]:
    """The codes of the numbers in a box, in the order of the form; none if anything else stands there too."""
    numbers = re.split(r"[\s,;.]+", written.strip(" ,;."))
    options = item.options if isinstance(item, Optioned) else ()
    if not all(re.fullmatch(r"\d{1,3}", number) and 1 <= int(number) <= len(options) for number in numbers):
        return ()
    if len(numbers) > 1 and not isinstance(item, Several):
        return ()
    return tuple(options[number - 1].code for number in sorted({int(number) for number in numbers}))


def _problem(questionnaire: Questionnaire, item: SimpleItem, value: str, answer: Typed, today: date) -> str:
    must_be_known = item.id == questionnaire.another_child  # a dash would leave open how many children there are
    if must_be_known and answer not in {routing.ANOTHER, routing.CLOSING}:
        yes, no = shown(item, routing.ANOTHER), shown(item, routing.CLOSING)
        return f"Enter {yes} if there is another child, or {no} if there is not"
    if answer == NOT_GIVEN:
        return ""
    if isinstance(item, Optioned) and clean(value) and not answer:
        least = "Enter numbers" if isinstance(item, Several) else "Enter one number"
        return f"{least} from 1 to {len(item.options)}, or {NOT_GIVEN} if no answer is given"
    if not answer and not item.optional:
        return f"Enter an answer, or {NOT_GIVEN} if none is given"
    return check(item, answer, OFFICERS, today=today).problem or ""


def _about(questionnaire: Questionnaire, key: AnswerKey, problem: str) -> str:
    """Which question a problem is with: on a whole form the same few words are asked of every service."""
    item = OFFICERS.of(questionnaire.item(key.item).text).rstrip(".?")
    page = _page_of(questionnaire, key)
    of = f"{telling.heading(questionnaire, page, OFFICERS)}: " if page.service or page.child else ""
    return f"{of}{item}: {problem[0].lower()}{problem[1:]}"


def _hint(item: SimpleItem) -> str:
    if isinstance(item, Several):
        return "Numbers with spaces between them"
    if isinstance(item, Date):
        return OFFICERS("step.day_hint")
    return ""
