"""Misspelt words, told by what is written far more often in the same texts and differs by one slip.

There is no dictionary: "realy" is known by the many who write "really", and a word that only some places use
("SENDIASS") by how most of them write it. Where a slip would make another word ("career", "carer"), nothing is done.
"""

from collections import Counter

from analysis.text import words

_FROM, _LONGISH, _LONG = 5, 8, 9  # letters: the longer a word, the less likely is another that differs by one letter
_TIMES = 4  # a misspelling is written so many times less often than the word
_WRITTEN = 2  # what is written once is shown nowhere
_VOWELS = frozenset("aeiouy")
_ENDINGS = {"ing", "ed", "er", "ers"}  # before them a doubled letter tells two words apart: "filing", "filling"


def misspelt(said: Counter[str]) -> dict[str, str]:
    """Of words and how often each is written, those that are most likely misspelt, and how each is spelt."""
    alike: dict[tuple[str, str], list[str]] = {}  # by their first and last letters, which are seldom wrong
    for word in {*said, *words.EVERYDAY}:
        if len(word) >= _FROM - 1:
            alike.setdefault((word[0], word[-1]), []).append(word)
    found = {}
    for word, times in said.items():
        if len(word) < _FROM or times < _WRITTEN or word in words.EVERYDAY:
            continue
        meant = [
            other
            for other in alike[word[0], word[-1]]
            if said[other] >= (1 if other in words.EVERYDAY else _TIMES) * times
            and abs(len(other) - len(word)) < 2
            and _is_slip(word, other)
        ]
        if meant:
            found[word] = max(meant, key=lambda other: (said[other], other))
    return {word: found.get(meant, meant) for word, meant in found.items()}  # "shccool" is "shcool" is "school"


def _is_slip(one: str, other: str) -> bool:
    """Whether two different words with the same first letter are one but for a letter, or two that changed places."""
    letters = min(len(one), len(other))
    at = next((place for place in range(letters) if one[place] != other[place]), letters)
    before = one[at - 1]
    one, other = sorted((one[at:], other[at:]), key=len)
    if len(one) < len(other):
        doubled = other[0] == before not in _VOWELS and one not in _ENDINGS
        return one == other[1:] and (doubled or _may_be_missed(other[0], letters))
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or (one[1:] == other[1:] and _may_be_missed(one[0], letters) and _may_be_missed(other[0], letters))


def _may_be_missed(letter: str, letters: int) -> bool:
    """Whether a letter may be wrong in a word of so many without its being another word."""
    return letters >= _LONG or (letters >= _LONGISH and letter in _VOWELS)
