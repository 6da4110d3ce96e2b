"""Which comments are read, and in which order: filters that stand in the address, and a search that stands nowhere."""

from html import escape
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from analysis import nearness
from analysis.phrases import counted, listed, number
from analysis.shelf import Flags, Ids, Order, Shelf, Wanted
from analysis.text import finding, word_table
from analysis.text.finding import Sought
from pages.officers import reading_place
from pages.ui import data, filters, markup, show, tongues
from pages.ui.data import State
from pages.ui.markup import Piece
from survey import reading_through
from survey.questionnaire import Comment
from survey.reading_through import Marks
from survey.settings import settings
from survey.wording import words_in

SOUGHT, BY_MEANING = "comments-sought", "comments-by-meaning"
FILTERS = ("question", "service", "district", "theme", "sentiment", "does", "tongue", "seen", "marked")
ANY_FLAG, NOTED = "any", "notes"
NEAREST = 200
NEAR_ENOUGH = 0.25
LONGEST_SEARCH = 200


class Listing(NamedTuple):
    """The comments to read, in order, with the one being read among them; and what to say of how they were found."""

    ids: Ids
    found: int
    of: int
    unread: int
    typed: str
    by_meaning: bool
    filters: list[str]  # what was chosen, as it is called


class _Chosen(NamedTuple):
    """All that decides which comments are listed. When it changes, reading begins again at the first."""

    wave_id: int
    order: Order
    wanted: Wanted
    seen: str
    marked: str
    typed: str
    by_meaning: bool


def chosen(state: State, shelf: Shelf, marks: Marks, blind: frozenset[int], order: Order) -> Listing:
    """The search and the filters, and the comments they leave."""
    typed, by_meaning = _search()
    with st.expander("Filters"), st.container(horizontal=True, key="heard-coding-filters"):
        wanted = filters.comments(state.scope, questions(state), _tongues(shelf))
        seen = filters.read_or_not()
        flags = pd.Series({one.code: one.name for one in reading_through.flags()})
        marked = filters.marked(flags, any_flag=ANY_FLAG, noted=NOTED)
    asked = _Chosen(state.wave.id, order, wanted, seen, marked, typed, by_meaning)
    reading_place.begin_if_new(asked)
    passes = _passing(shelf, marks, blind, asked)
    here = _being_read(shelf)
    if typed and by_meaning:
        nearest = _nearest(state, shelf, passes, typed)
        ids, found = _with(nearest, here), len(nearest)
    else:
        sought = finding.sought(typed)
        passes = shelf.having(passes, sought) if sought else passes
        found = int(passes.sum())
        ids = shelf.listed(passes | shelf.among([here] if here is not None else []), order)
    unread = found - int(np.isin(ids, list(marks.seen)).sum())
    return Listing(ids, found, len(shelf.ids), max(unread, 0), typed, by_meaning, _named((*wanted, seen, marked)))


def questions(state: State) -> pd.Series:
    """The questions that people answered in their own words, as they were asked, by item."""
    say = words_in("en")
    asked = {item.id: say.of(item.text) for _, item in state.questionnaire.items() if isinstance(item, Comment)}
    return pd.Series(asked, dtype="str")


def tell(listing: Listing) -> None:
    """How many comments were found, of how many."""
    how = ""
    if listing.typed and listing.by_meaning:
        how = f" near in meaning to what you look for, the nearest first and {NEAREST} at most"
    elif listing.typed and finding.sought(listing.typed):
        how = " with what you look for"
    elif listing.typed:
        how = ". There is no word in what you look for, so nothing was looked for"
    chosen = f" Chosen: {' · '.join(listing.filters)}." if listing.filters else ""
    told = f"{number(listing.found)} of {counted(listing.of, 'comment', 'comments')}{how}."
    markup.draw(
        Piece(f'<p role="status">{told} {number(listing.unread)} of them you have not read.{escape(chosen)}</p>')
    )


def nothing(state: State, shelf: Shelf, listing: Listing) -> None:
    """That there is nothing to read, why, and what to try."""
    waiting = int((state.frames.comments["words"] == "").sum())
    if not listing.of:
        told = "Nobody has written a comment in this wave yet."
        wait = f"{counted(waiting, 'comment waits', 'comments wait')} to be looked through before anybody sees them."
        markup.draw(markup.paragraph(wait if waiting else told))
        return
    tries = ["Choose fewer filters."] if listing.filters else []
    if listing.typed and not listing.by_meaning:
        tries = [*_spelled_alike(shelf, finding.sought(listing.typed)), *tries]
        tries += ["Look for fewer words, or for the beginning of a word: “wait” finds “waiting”."]
        tries += ["Search by meaning finds comments that say it in other words."] if _knows_meanings() else []
    elif listing.typed:
        tries += ["Say it in other words, or search by words."]
    markup.draw(markup.paragraph("Nothing was found."))
    show.sentences(tries)


def _named(codes: tuple[str, ...]) -> list[str]:
    """What was chosen, as it is called: where the filters are folded away, nothing else tells."""
    return [str(st.session_state[key]) for key, code in zip(FILTERS, codes, strict=True) if code]


def _search() -> tuple[str, bool]:
    """What is looked for, and whether by meaning. It stands in no address: it may tell of somebody."""
    offered = _knows_meanings()
    by_meaning = offered and bool(st.session_state.get(BY_MEANING))
    with st.container(horizontal=True, key="heard-search", vertical_alignment="bottom"):
        typed = st.text_input(
            "Search by meaning" if by_meaning else "Search by words",
            key=SOUGHT,
            max_chars=LONGEST_SEARCH,
            placeholder="What is it about?" if by_meaning else "wait “no reply”",
        )
        if offered:
            other = "Search by words instead" if by_meaning else "Search by meaning instead"
            st.button(other, key="comments-way", shortcut=reading_place.key("M"), on_click=_other_way)
    return str(typed or "").strip(), by_meaning


def _other_way() -> None:
    st.session_state[BY_MEANING] = not st.session_state.get(BY_MEANING, False)


def _knows_meanings() -> bool:
    return settings().vectors.strip().lower() == word_table.NAME


def _tongues(shelf: Shelf) -> pd.Series:
    codes = sorted(set(shelf.rows["tongue"].unique()) - {""}, key=lambda code: (code != "en", tongues.said_in(code)))
    return pd.Series({code: _told_apart(code, codes) for code in codes}, dtype="str")


def _told_apart(code: str, codes: list[str]) -> str:
    name = tongues.said_in(code)
    name = name[0].upper() + name[1:]
    alike = [one for one in codes if tongues.said_in(one) == tongues.said_in(code)]
    return name if len(alike) == 1 else f"{name} ({code})"


def _passing(shelf: Shelf, marks: Marks, blind: frozenset[int], asked: _Chosen) -> Flags:
    passes = shelf.passing(asked.wanted, blind=blind)
    if asked.order is Order.UNSURE:  # which of those coded blind are unsure is not to be seen either
        passes &= ~shelf.among(blind)
    if asked.seen:
        passes &= shelf.among(marks.seen) == (asked.seen == "read")
    if asked.marked:
        flagged = {ANY_FLAG: frozenset().union(*marks.flagged.values()), NOTED: marks.noted, **marks.flagged}
        passes &= shelf.among(flagged[asked.marked])
    return passes


def _nearest(state: State, shelf: Shelf, passes: Flags, typed: str) -> Ids:
    """The comments nearest in meaning that pass, the nearest first."""
    held = data.meanings(state)
    near = nearness.nearness(held, typed)
    may = np.isin(held.ids, shelf.ids[passes]) & (near >= NEAR_ENOUGH)
    ranked = np.flatnonzero(may)[np.argsort(-near[may], kind="stable")]
    nearest: Ids = held.ids[ranked[:NEAREST]]
    return nearest


def _being_read(shelf: Shelf) -> int | None:
    """The comment being read: it stays, also when it does not pass any more because it was just marked as read."""
    at = reading_place.at()
    return at.comment_id if at and shelf.at(at.comment_id) is not None else None


def _with(ids: Ids, here: int | None) -> Ids:
    if here is None or here in ids:
        return ids
    return np.insert(ids, min(reading_place.spot(), len(ids)), here)


def _spelled_alike(shelf: Shelf, sought: Sought) -> list[str]:
    close = finding.near(sought, shelf.folded)
    return [f"No comment has “{word}”. Spelled alike: {listed(words)}." for word, words in close.items()]
