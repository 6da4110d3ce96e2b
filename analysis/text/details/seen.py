"""A comment as far as it is masked, and what of it can be told at a glance.

Most comments hold no personal detail. Looking for one is slow where a pattern must be tried at every letter, so each
search asks first whether what it cannot do without is there: a digit, a word, a capital.
"""

import re
from functools import cached_property
from string import ascii_lowercase

from analysis.text.details import vocabulary

_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
# Quicker, where there are no others.
_DIGITS = b"0123456789"
_NEAR = 20  # characters: no sign of a number reaches further
_DIGITS_TOGETHER = re.compile(rf"\d(?:.{{0,{_NEAR}}}\d)*+", re.DOTALL)
_LETTERS_ONLY = vocabulary.spaces_but_for(ascii_lowercase)


class Seen:
    """A comment as far as it is masked.

    ``text`` is what is left of it to look at, ``low`` the same in small letters, every one in its place, ``words`` its
    runs of letters in small letters ("can't" is "can" and "t"), ``digits`` how many digits it has.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = vocabulary.lowered(text)
        if text.isascii():
            plain = self.low.encode()
            self.words = frozenset(plain.translate(_LETTERS_ONLY).decode().split())
            self.digits = len(plain) - len(plain.translate(None, _DIGITS))
        else:
            self.words = frozenset(_LETTERS.findall(self.low))
            self.digits = len(_DIGIT.findall(text))

    @cached_property
    def near_digits(self) -> str:
        """What stands near its digits, in small letters: most of a long story is far from any."""
        runs = (found.span() for found in _DIGITS_TOGETHER.finditer(self.low))
        return "\n".join(self.low[max(0, start - _NEAR) : end + _NEAR] for start, end in runs)

    @cached_property
    def has_strange_capital(self) -> bool:
        """Whether any word in it with a capital is no plain English, or is a given name."""
        return vocabulary.has_strange_capital(self.text)

    @cached_property
    def may_name_somebody(self) -> bool:
        """Whether there is any word in it that may be a name without being declared one."""
        return self.has_strange_capital or any(len(word) > 3 for word in self.words & vocabulary.FORENAMES)
