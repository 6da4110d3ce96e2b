"""A questionnaire on paper: the forms that people fill in with a pen, and the copy to read beforehand.

Each form has a reference on every page, so that loose pages find one another. Where a questionnaire goes from child to
child, more pages can be printed for a form that is out already, with the reference it has. The copy that the public
reads beforehand has none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from survey import codes
from survey.consultations import WaveFacts
from survey.errors import PrintingError
from survey.languages import offered
from survey.printing import squares
from survey.printing.questions import ChildPages, Layout
from survey.printing.typesetting import forget, manner, typeset
from survey.questionnaire import Children, Questionnaire
from survey.wording import Words, words_in

MOST_COPIES: Final = 50  # at once: more are made by asking again
CHILDREN: Final = 2  # there are pages for unless somebody asks for more: most families need no more, and paper is heavy
NUMBER_BLANK, TOTAL_BLANK = "{number}", "{total}"


@dataclass(frozen=True)
class Copy:
    """One copy's reference and the square that says it."""

    reference: str
    square: str


def references(copies: int) -> list[str]:
    """So many references, all different. One mistyped character makes each of them wrong."""
    made: dict[str, None] = {}
    while len(made) < copies:
        made[codes.checked()] = None
    return list(made)


def words_of(asked: Questionnaire, language: str) -> Words:
    """The words of a language that the questionnaire is there in. Raises PrintingError, naming those it is in."""
    if language not in asked.languages:
        known = ", ".join(f"{one.code} ({one.english})" for one in offered(asked.languages))
        raise PrintingError(f"{asked.id} is not there in {language!r}. Choose one of: {known}.")
    return words_in(language)


def paper(asked: Questionnaire, wave: WaveFacts, words: Words) -> bytes:
    """The questionnaire as a PDF to read beforehand. Raises PrintingError if no font can write it."""
    facts = [
        *_who_and_what(asked, words),
        (words("paper.reading_title"), words("paper.reading")),
        (words("start.help"), words.of(asked.contact)),
    ]
    parts = [asdict(part) for part in Layout(asked, words, to_fill_in=False).parts()]
    return _set(asked, wave, words, facts=facts, parts=parts, end=words("paper.end"))


def forms(
    asked: Questionnaire,
    wave: WaveFacts,
    words: Words,
    *,
    copies: Sequence[str],
    return_to: str = "",
    children: int | None = None,
) -> bytes:
    """Forms to fill in, in one PDF: one for each reference.

    ``return_to`` is where they are posted; without it people are asked to hand them in where they got them.
    ``children`` is how many children each has pages for, where the questionnaire goes from child to child.
    Raises PrintingError if no font can write it, or if it cannot have pages for so many children.
    """
    last = _last_child(asked, children)
    layout = Layout(asked, words, to_fill_in=True)
    facts = [*_who_and_what(asked, words), *_to_send(wave, words, return_to, last)]
    parts = [asdict(part) for part in layout.parts()]
    of_children = [layout.pages_of_child(child, last=last) for child in range(1, last + 1)]
    end = "" if of_children else words("paper.end")
    made = _set(asked, wave, words, facts=facts, parts=parts, of_children=of_children, end=end, copies=copies)
    if len(copies) > 1:
        forget()
    return made


def more_pages(asked: Questionnaire, wave: WaveFacts, words: Words, *, copy: str, child: int) -> bytes:
    """The pages for one child more, as a PDF, with the reference of the form that they belong to.

    Raises PrintingError if that is no reference of ours or has a mistake in it, or if there can be no such child.
    """
    most = _children_of(asked).at_most
    if not codes.checks(copy):
        raise PrintingError(
            f"{copy!r} is not the number of a form. Type the letters and figures that stand at the top of its pages."
        )
    if not 1 <= child <= most:
        raise PrintingError(f"There are no pages for child {child}. Choose a child from 1 to {most}.")
    facts = [(words("paper.more_title"), words("paper.more")), (words("paper.fill_title"), words("paper.fill"))]
    pages = [Layout(asked, words, to_fill_in=True).pages_of_child(child, last=child)]
    return _set(asked, wave, words, facts=facts, parts=[], of_children=pages, end="", copies=[codes.tidied(copy)])


def _set(
    asked: Questionnaire,
    wave: WaveFacts,
    words: Words,
    *,
    facts: Sequence[tuple[str, str]],
    parts: Sequence[dict[str, object]],
    end: str,
    of_children: Sequence[ChildPages] = (),
    copies: Sequence[str] = (),
) -> bytes:
    given = {
        "manner": manner(words.spoken),
        "title": words.of(asked.title),
        "lead": words.of(asked.about) if parts else "",
        "facts": facts,
        "safety": words("door.safety"),
        "parts": parts,
        "children": [asdict(pages) for pages in of_children],
        "end": end,
        "page": words("paper.page", number=NUMBER_BLANK, total=TOTAL_BLANK),
        "form": words("paper.form"),
        "copies": [asdict(Copy(one, squares.svg(one).decode())) for one in copies],
    }
    return typeset("paper", given, dated=wave.opens_at)


def _last_child(asked: Questionnaire, wanted: int | None) -> int:
    """How many children a form has pages for: 0 where none is asked about by itself."""
    if wanted is None:
        return min(CHILDREN, asked.children.at_most) if asked.children else 0
    most = _children_of(asked).at_most
    if not 1 <= wanted <= most:
        raise PrintingError(f"There cannot be pages for {wanted} children. Choose a number from 1 to {most}.")
    return wanted


def _children_of(asked: Questionnaire) -> Children:
    if asked.children is None:
        raise PrintingError(
            f"{asked.id} does not go from child to child, so that a form of it has no pages for one child or another. "
            "Print it without saying for how many children, or for which."
        )
    return asked.children


def _who_and_what(asked: Questionnaire, words: Words) -> Iterator[tuple[str, str]]:
    yield words("start.who_asks"), words.of(asked.asked_by)
    yield words("start.what_happens"), words.of(asked.what_happens)


def _to_send(wave: WaveFacts, words: Words, return_to: str, children: int) -> Iterator[tuple[str, str]]:
    room = [words("paper.children", most=children)] if children else []
    yield words("paper.fill_title"), " ".join([words("paper.fill"), *room])
    by = words("paper.back_by", day=words.day(wave.last_day))
    how = words("paper.back_to", address=return_to) if return_to else words("paper.back_here")
    yield words("paper.back_title"), f"{how} {by} {words('paper.keeps_together')}"
