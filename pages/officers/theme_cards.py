"""Themes side by side: what each is, how large, what is said of it, which comments show it, and who changed it last."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import NamedTuple

import pandas as pd

from analysis.columns import RESAMPLES, Stance
from analysis.examples import Example, Examples
from analysis.phrases import between, listed, number, percent
from analysis.suppression import Released
from analysis.theme_sizes import TOLD, Lacks, Sizes
from pages.ui.markup import Piece
from survey.coding_frame import FrameTheme
from survey.tables import ThemeActKind
from survey.theming import Board, CandidateNow, ThemeNow

LOCAL = "Europe/London"
STEADY, FAIRLY_STEADY = 0.8, 0.5
STANCES = {Stance.PRAISE: "praise", Stance.CRITICISM: "criticism", Stance.REQUEST: "requests"}
DONE = {
    ThemeActKind.ADDED: "Added",
    ThemeActKind.APPROVED: "Approved",
    ThemeActKind.EDITED: "Changed",
    ThemeActKind.MERGED: "Merged",
    ThemeActKind.SPLIT: "Split",
    ThemeActKind.RETIRED: "Retired",
    ThemeActKind.RESTORED: "Restored",
    ThemeActKind.UNDONE: "Put back as before",
    ThemeActKind.LOADED: "Loaded",
}

Words = Mapping[int, Mapping[str, str]]


class Told(NamedTuple):
    """What is known of the themes of a wave beside their words."""

    sizes: Sizes
    examples: Mapping[str, Examples]
    words: Words
    """What decided it, by comment and theme."""


def matching(board: Board, sought: str) -> tuple[list[ThemeNow], list[CandidateNow]]:
    """The themes, approved and suggested, in whose words somebody finds what they search for; all if for nothing."""
    wanted = sought.casefold()
    themes = [one for one in board.themes if wanted in "\n".join([one.label, one.description, *one.phrases]).casefold()]
    candidates = [one for one in board.candidates if wanted in "\n".join([one.label, *one.words]).casefold()]
    return themes, candidates


def approved(themes: Iterable[ThemeNow], told: Told) -> Piece:
    """The themes that people have approved, one card each."""
    cards = [
        _card(one.label, [one.description, _size(one.key, told.sizes), _changed(one)], one.key, told) for one in themes
    ]
    return _cards(cards, "No theme yet. Approve those of a coding frame, or one that is suggested, or add your own.")


def suggested(candidates: Iterable[CandidateNow], told: Told) -> Piece:
    """The themes that a model suggests, one card each."""
    cards = [
        _card(one.label, [_apart(one), _size(one.key, told.sizes), steadiness(one.stability)], one.key, told)
        for one in candidates
    ]
    return _cards(
        cards, "Nothing is suggested now. Suggestions come once enough comments have been read that no theme covers."
    )


def evidence(label: str, key: str, told: Told) -> Piece:
    """What somebody who decides about a theme has to go by: its size, what is said of it, and six of its comments."""
    lines = [_size(key, told.sizes), _stances(key, told.sizes.stances)]
    size = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    shown = told.examples.get(key)
    comments = _listed(key, shown, told.words) if shown and shown.nearest else "<p>No comment of it may be shown.</p>"
    return Piece(f'<section class="heard-evidence" aria-label="Comments: {escape(label)}">{size}{comments}</section>')


def framed(themes: Iterable[FrameTheme]) -> Piece:
    """The themes of a coding frame as they are written, to be read before they are approved."""
    cards = [
        f"<li><h3>{escape(one.label)}</h3><p>{escape(one.description)}</p>"
        f'<p class="heard-small">Phrases: {escape(", ".join(one.keywords))}</p></li>'
        for one in themes
    ]
    return _cards(cards, "")


def without(sizes: Sizes) -> str:
    """How many comments carry no theme, in a sentence."""
    shown = sizes.without.shown.set_index("lacks")
    if Lacks.APPROVED not in shown.index:
        return "Too few comments have been read to say how many carry no theme."
    row = shown.loc[Lacks.APPROVED]
    base = f"of {number(row['base'])} comments read"
    said = f"{percent(row['share'])} {base} carry no approved theme ({_range(row)})."
    if Lacks.ANY in shown.index:
        other = shown.loc[Lacks.ANY]
        said += f" {percent(other['share'])} {base} carry no suggested one either ({_range(other)})."
    return said


def steadiness(stability: float | None) -> str:
    """How often a suggestion was found again when part of the comments was left out."""
    if stability is None:
        return "How steady it is has not been worked out yet."
    word = "Steady" if stability >= STEADY else "Fairly steady" if stability >= FAIRLY_STEADY else "Shaky"
    return f"{word}: found again in {round(stability * RESAMPLES)} of {RESAMPLES} tries with part of the comments."


def moment(at: datetime) -> str:
    """When something happened, as clocks here showed it."""
    return f"{pd.Timestamp(at).tz_convert(LOCAL):%-d %B %Y, %H:%M}"


def _card(label: str, lines: Sequence[str], key: str, told: Told) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in [*lines, _stances(key, told.sizes.stances)] if line)
    shown = told.examples.get(key)
    comments = _comments(label, key, shown, told.words) if shown and shown.nearest else ""
    return f"<li><h3>{escape(label)}</h3>{paragraphs}{comments}</li>"


def _cards(cards: Sequence[str], nothing: str) -> Piece:
    return Piece(f'<ul class="heard-cards">{"".join(cards)}</ul>' if cards else f"<p>{escape(nothing)}</p>")


def _size(key: str, sizes: Sizes) -> str:
    rows = sizes.themes.shown
    mine = rows[rows["theme"] == key]
    if mine.empty:
        return "Raised by too few people to show how many."
    row = mine.iloc[0]
    return f"{number(row['count'])} of {number(row['base'])} people raise it, {percent(row['share'])} ({_range(row)})."


def _range(row: pd.Series) -> str:
    return between(row["low"], row["high"])


def _stances(key: str, stances: Released) -> str:
    if not stances.figures["count"].fillna(0).any():
        return ""  # nothing of the kind has been read in any comment
    shown = stances.shown[stances.shown["theme"] == key]
    if shown.empty:
        return ""
    said = [
        f"{STANCES[Stance(row.stance)]} from {percent(row.share)} ({percent(row.low)} to {percent(row.high)})"
        for row in shown.itertuples(index=False)
    ]
    rest = "" if len(shown) == len(TOLD) else " The rest are too few to show."
    return f"Of the {number(shown['base'].iloc[0])} people: {listed(said)}. Some do more than one.{rest}"


def _changed(one: ThemeNow) -> str:
    if one.changed is None or one.changed_at is None:
        return ""
    return f"{DONE[one.changed]} by {one.changed_by} on {moment(one.changed_at)}."


def _apart(one: CandidateNow) -> str:
    return f"Words that set it apart: {', '.join(one.words)}." if one.words else ""


def _comments(label: str, key: str, shown: Examples, words: Words) -> str:
    return f"<details><summary>Comments: {escape(label)}</summary>{_listed(key, shown, words)}</details>"


def _listed(key: str, shown: Examples, words: Words) -> str:
    parts = [("Nearest to it", shown.nearest), ("On its border", shown.borderline)]
    return "".join(
        f"<p>{heading}</p><ul>{''.join(_comment(one, key, words) for one in few)}</ul>" for heading, few in parts if few
    )


def _comment(one: Example, key: str, words: Words) -> str:
    decided = words.get(one.comment_id, {}).get(key, "")
    why = "given by a person" if one.given_by == "person" else f"decided by: {decided}" if decided else ""
    under = f'<p class="heard-small">{escape(why)}</p>' if why else ""
    said = f'<blockquote lang="{escape(one.language or "en")}" dir="auto">{escape(one.words)}</blockquote>'
    return f"<li>{said}{under}</li>"
