"""One input for each kind of item: drawn with what was answered before, and read back as it was typed."""

from collections.abc import Callable

import streamlit as st

from pages.ui import markup, pictures
from pages.ui.markup import Piece
from survey import telling
from survey.checking import DAY_PARTS
from survey.questionnaire import AnswerKey, Choice, Comment, Date, Number, Option, Scale, Several, SimpleItem
from survey.routing import Page, Typed
from survey.wording import Words

Act = Callable[[], None]
BUTTONS = ("back", "continue", "later")


def widget_key(page: Page, key: AnswerKey) -> str:
    """The name of an input: letters, digits and dashes only, because it names a style class too."""
    about = "-".join(str(part) for part in (page.section, key.item, key.service, key.child) if part)
    return f"survey-{about.replace('_', '-')}"


def button_key(name: str, page: Page) -> str:
    """A button's key. Each page has its own, so that a second click of a button that has gone does nothing."""
    return f"survey-{name}-{page}".replace(":", "-").replace("#", "-").replace("_", "-")


def is_pressed(page: Page) -> bool:
    """Whether one of the page's own buttons is being answered now."""
    return any(st.session_state.get(button_key(name, page)) for name in BUTTONS)


def question(item: SimpleItem, name: str, words: Words, *, problem: str) -> Piece:
    """The item's question, to stand above its input, with what to put right about the answer."""
    picture = pictures.beside(item, words)
    text, hint = telling.question(item, words), telling.hint(item, words)
    return markup.question(name, text, hint=hint, problem=problem, picture=picture)


def draw(
    item: SimpleItem,
    name: str,
    words: Words,
    *,
    answered: Typed | None,
    decides: bool,
    on_blur: Act,
) -> None:
    """The item's input, with what was answered before.

    ``decides`` says that other questions on the page hang on it, so that a choice must be seen at once. Other inputs
    wait for the next button, which spares the connection; words are kept whenever the person leaves the box.
    """
    waits = "rerun" if decides else "ignore"
    match item:
        case Choice() | Scale():
            _radio(item, name, words, answered, waits)
        case Several():
            _checkboxes(item, name, words, answered, waits)
        case Number():
            st.text_input(
                telling.question(item, words),
                _text(answered),
                key=name,
                label_visibility="collapsed",
                width=160,
                on_change=waits,
            )
        case Date():
            _day(name, words, answered)
        case Comment():
            st.text_area(
                telling.question(item, words),
                _text(answered),
                key=name,
                height=150,
                label_visibility="collapsed",
                on_change=on_blur,
            )


def read(item: SimpleItem, name: str) -> Typed:
    """What the input holds now, as it was typed: empty if nothing."""
    held = st.session_state.get
    match item:
        case Several():
            return tuple(option.code for option in item.options if held(_name(name, option.code)) is True)
        case Date():
            day, month, year = (str(held(_name(name, part)) or "").strip() for part in DAY_PARTS)
            return f"{year}-{month}-{day}" if day or month or year else ""
        case _:
            return str(held(name) or "")


def is_drawn(item: SimpleItem, name: str) -> bool:
    """Whether the input is on the page, so that what it holds is what the person means."""
    match item:
        case Several():
            return any(_name(name, option.code) in st.session_state for option in item.options)
        case Date():
            return all(_name(name, part) in st.session_state for part in DAY_PARTS)
        case _:
            return name in st.session_state


def _name(name: str, part: str) -> str:
    return f"{name}-{part.replace('_', '-')}"


def _text(answered: Typed | None) -> str:
    return answered if isinstance(answered, str) else ""


def _label(option: Option, words: Words) -> str:
    """An answer's words, with its picture before them in Easy Read, in the Markdown that Streamlit reads in a label."""
    picture, text = pictures.beside(option, words), words.of(option.text)
    return f"![]({picture}) {text}" if picture else text


def _radio(item: Choice | Scale, name: str, words: Words, answered: Typed | None, waits: str) -> None:
    texts = {option.code: _label(option, words) for option in item.options}
    codes = list(texts)
    hints = [words.of(option.hint) if option.hint else "" for option in item.options]
    st.radio(
        telling.question(item, words),
        codes,
        index=codes.index(answered) if answered in texts else None,
        format_func=texts.__getitem__,
        captions=hints if any(hints) else None,
        key=name,
        label_visibility="collapsed",
        on_change=waits,
        width="stretch",
    )


def _checkboxes(item: Several, name: str, words: Words, answered: Typed | None, waits: str) -> None:
    chosen = answered if isinstance(answered, tuple) else ()
    with st.container(key=f"{name}-group", gap=None):
        for option in item.options:
            st.checkbox(_label(option, words), option.code in chosen, key=_name(name, option.code), on_change=waits)


def _day(name: str, words: Words, answered: Typed | None) -> None:
    year, month, day = (*_text(answered).split("-", 2), "", "", "")[:3]
    with st.container(key=f"{name}-group", horizontal=True):
        for part, held, width in zip(DAY_PARTS, (day, month, year), (80, 80, 120), strict=True):
            st.text_input(words(f"step.{part}"), held, key=_name(name, part), width=width, on_change="ignore")
