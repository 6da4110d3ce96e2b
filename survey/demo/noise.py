"""What happens to words between the head and the database: slips, autocorrect, dialect, capitals, emoji, pasted dress.

Each function takes a text and gives another; none of them touches a personal detail that is marked.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from random import Random

from survey.demo.personal import CLOSE, MARKED
from survey.demo.phrases import tables
from survey.demo.voices import Manner

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ARTICLES = re.compile(r"\b(?:the|a|an) ", re.IGNORECASE)
I_ALONE = re.compile(r"\bI(?='|\b)")
PARTS = re.compile(MARKED.pattern.replace("(", "(?:").join("()"))
NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "o": "p", "t": "y", "n": "m", "s": "d", "r": "t", "h": "j", "l": "k"}
ZERO_WIDTH, RIGHT_TO_LEFT = "\u200b", "\u200f"


def worn(text: str, manner: Manner, random: Random) -> str:
    """A text as this person's hand and telephone leave it."""
    if manner.plain:
        return text
    if CLOSE not in text:
        return _worn_part(text, manner, random)
    parts = PARTS.split(text)
    return "".join(part if part.endswith(CLOSE) else _worn_part(part, manner, random) for part in parts)


def varied(text: str, random: Random) -> str:
    """The text with some small things said otherwise: "nobody" as "no one", "it is" as "it's"."""
    if CLOSE in text:
        return text
    pattern, ways = _variation()

    def other(found: re.Match[str]) -> str:
        return random.choice(ways[found[0]]) if random.random() < 0.4 else found[0]

    return pattern.sub(other, text)


def dressed(text: str, random: Random) -> str:
    """The text as pasted from a page or an e-mail, its markup still on."""
    return random.choice(_listed("pasted")).format(words=text)


def sprinkled(text: str, random: Random) -> str:
    """The text with marks in it that nobody sees: of no width, or turning the line round."""
    at = random.randrange(len(text) + 1)
    return f"{text[:at]}{random.choice((ZERO_WIDTH, RIGHT_TO_LEFT))}{text[at:]}"


def formula(random: Random) -> str:
    """Words that a spreadsheet would run if it were let."""
    return random.choice(_listed("formulas"))


def emoji(random: Random, *, glad: bool) -> str:
    """One or a few small pictures."""
    return random.choice(_listed("emoji_good" if glad else "emoji_bad"))


def aside(random: Random) -> str:
    """What a person says to their telephone between two thoughts."""
    return random.choice(_listed("dictated"))


def citation(random: Random) -> str:
    """The law, as quoted by those who have had to learn it."""
    return random.choice(_listed("cites"))


def _worn_part(text: str, manner: Manner, random: Random) -> str:
    if manner.dialect:
        text = _in_dialect()(text, random)
    if manner.autocorrect:
        text = _replaced(text, _dictionary("autocorrected"), 0.3, random)
    if manner.articles_dropped:
        text = ARTICLES.sub(lambda found: "" if random.random() < manner.articles_dropped else found[0], text)
    if manner.slips:
        text = _slipped(_replaced(text, _dictionary("misspelt"), 0.35, random), manner.slips, random)
    if manner.lower:
        text = I_ALONE.sub("i", text)
    return text


def _replaced(text: str, words: Mapping[str, str], chance: float, random: Random) -> str:
    def swap(found: re.Match[str]) -> str:
        other = words.get(found[0])
        return other if other is not None and random.random() < chance else found[0]

    return WORD.sub(swap, text)


def _slipped(text: str, share: float, random: Random) -> str:
    """About that share of the words mistyped."""
    words = text.split(" ")
    for _ in range(int(len(words) * share + random.random())):
        at = random.randrange(len(words))
        if len(words[at]) > 3 and words[at].isalpha():
            words[at] = _mistyped(words[at], random)
    return " ".join(words)


def _mistyped(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)
    match random.randrange(4):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + NEIGHBOURS.get(word[at], word[at]) + word[at + 1 :]


@cache
def _in_dialect() -> Callable[[str, Random], str]:
    said = _dictionary("dialect")
    longest_first = sorted(said, key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    def spoken(text: str, random: Random) -> str:
        return pattern.sub(lambda found: said[found[0]] if random.random() < 0.7 else found[0], text)

    return spoken


@cache
def _variation() -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    entry = tables("variation")["words"]
    ways = {str(key): tuple(value) for key, value in entry.items()} if isinstance(entry, dict) else {}
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(ways, key=len, reverse=True))) + r")\b"), ways


@cache
def _dictionary(name: str) -> Mapping[str, str]:
    entry = tables("noise")[name]
    return {str(key): str(value) for key, value in entry.items()} if isinstance(entry, dict) else {}


@cache
def _listed(name: str) -> tuple[str, ...]:
    entry = tables("noise")[name]
    return tuple(str(text) for text in entry) if isinstance(entry, list) else ()
