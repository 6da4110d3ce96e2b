"""Where somebody can be found: e-mail and web addresses, postcodes, a house in a street."""

import re
from collections.abc import Iterator

from analysis.text.details.detail import Detail, Span

_ENDING = "(?:com|co|org|net|uk|ac|gov|nhs|sch|edu|eu|io|me|info)"
_POST_OFFICE = (
    "(?:gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|live|msn|aol|btinternet|sky|talktalk|virginmedia|proton(?:mail)?"
    "|nhs|mail)"
)
# A possessive quantifier (++) never gives back what it took, so work stays in step with the length of the text.
_LOCAL = r"[\w.+%'’-]"
_EMAIL = re.compile(
    rf"(?<!{_LOCAL}){_LOCAL}++[^\S\n]?[@＠][^\S\n]?(?:[\w-]++(?:\.[\w-]++)++"
    rf"|[\w-]++(?:[^\S\n]?[.,][^\S\n]?{_ENDING}\b)++)"
    rf"|(?<!{_LOCAL})[^\W\d]{_LOCAL}++[@＠][^\W\d][\w-]++"
)
_EMAIL_SPELT = re.compile(
    rf"(?<!{_LOCAL})[\w.+-]++(?:[^\S\n]?[(\[][^\S\n]?at[^\S\n]?[)\]][^\S\n]?|[^\S\n]at[^\S\n])[\w-]++"
    r"(?:(?:[^\S\n]?[(\[][^\S\n]?dot[^\S\n]?[)\]][^\S\n]?|[^\S\n]dot[^\S\n])[\w-]++){1,4}",
    re.IGNORECASE,
)
_DOMAIN = rf"[\w-]++(?:[^\S\n]?[.][^\S\n]?{_ENDING}\b)++"
# "jo(at)example.com", "jo at gmail.com", "my e-mail is jo at example.com", "jo99 at hotmail"; not "look at bbc.co.uk".
_EMAIL_WITH_AT = re.compile(
    rf"(?<!{_LOCAL})(?:[\w.+-]++[^\S\n]?[(\[{{<][^\S\n]?at[^\S\n]?[)\]}}>][^\S\n]?{_DOMAIN}"
    rf"|[\w.+-]{{2,64}}[^\S\n]at[^\S\n]{_POST_OFFICE}(?:[^\S\n]?[.][^\S\n]?{_ENDING}\b)++"
    rf"|(?=[\w.+-]*[\d._])[\w+-]++(?:\.[\w+-]++)*+[^\S\n]at[^\S\n]{_DOMAIN}"
    r"|[\w.+-]{3,64}[^\S\n]at[^\S\n](?:gmail|googlemail|hotmail|icloud|btinternet)\b)"
    rf"|\be-?mail(?:[^\S\n](?:me|us|him|her|address|is|on|to|at)){{0,4}}[:\s]{{1,2}}(?P<value>[\w.+-]++[^\S\n]at[^\S\n]{_DOMAIN})",
    re.IGNORECASE,
)
_AT = re.compile(r"[\s(\[{<]at[\s)\]}>]")
_SIGNS = (
    "mail",
    "icloud",
    "btinternet",
    *(f".{mark}" for mark in ("c", "o", "n", "u", "e", "i", "m", "g", "s", "a", " ")),
)
_WEB = re.compile(
    r"(?<![\w@.-])(?:(?:https?://|www\.)[^\s<>\"“”]++"
    r"|(?:[\w-]++\.){1,9}(?:com|org|net|uk|edu|biz|eu)(?![\w-])(?:/[^\s<>\"“”]*+)?)",
    re.IGNORECASE,
)

_POSTCODE = re.compile(
    r"(?<![^\W_])(?:GIR[^\S\n]?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])"
    r"(?:[^\S\n]{0,3}|[.,-])\d[ABD-HJLNP-UW-Z]{2})(?![^\W_])",
    re.IGNORECASE,
)
_AREA = (
    "(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?"
    "|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)"
)
_OUTWARD = rf"(?P<value>{_AREA}\d{{1,2}}[A-Z]?)(?![^\W_])"
_OUTWARD_ALONE = (
    re.compile(
        rf"\bpost ?code(?:[\s:=,-]|\b(?:is|was|starts?|starting|begins|with|area|of|in)\b){{1,8}}{_OUTWARD}", re.I
    ),
    re.compile(rf"(?<![^\W_]){_OUTWARD}(?=[^\S\n]{{1,3}}post ?code)", re.I),
    re.compile(rf"\b[Ll]iv(?:e|es|ed|ing)[^\S\n]{{1,3}}in[^\S\n]{{1,3}}(?=[A-Z]{{2}}){_OUTWARD}"),
)

_STREET = (
    "(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Close|Crescent|Cres|Terrace|Grove|Gardens|Row|Croft|Brow|Fold|Mews"
    "|Court|Walk|Way|Place|Hill|View|Square|Rise|Bank)"
)
_HOUSE = r"(?<![^\W_£.])(?:[Ff]lat[^\S\n]\d{1,3}[A-Za-z]?,?[^\S\n])?\d{1,4}[A-Za-z]?,?[^\S\n]"
_ADDRESS = (
    re.compile(rf"{_HOUSE}(?:[A-Z][a-z'’]{{2,20}}[^\S\n]){{1,3}}{_STREET}(?![^\W_])"),
    re.compile(
        rf"\b(?:liv(?:e|es|ed|ing)[^\S\n]at|address(?:[^\S\n]is|:))[^\S\n](?P<value>{_HOUSE}(?:[^\W\d_]{{2,20}}[^\S\n]){{1,3}}"
        rf"{_STREET}|{_HOUSE}(?-i:[A-Z])[^\W\d_]{{2,20}}(?:[^\S\n](?-i:[A-Z])[^\W\d_]{{2,20}}){{0,3}})(?![^\W_])",
        re.IGNORECASE,
    ),
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also as people spell them so that machines will not see them: julie (at) example dot org."""
    if "@" in text or "＠" in text:
        yield from _found(_EMAIL, Detail.EMAIL, text)
    low = text.lower()
    if "dot" in low:
        yield from _found(_EMAIL_SPELT, Detail.EMAIL, text)
    if _AT.search(low) and any(sign in low for sign in _SIGNS):
        yield from _found(_EMAIL_WITH_AT, Detail.EMAIL, text)


def web_addresses(text: str) -> Iterator[Span]:
    """Web addresses, with "https", with "www" or with a usual ending. The stop of the sentence is not part of them."""
    if "." not in text.rstrip(".") and "://" not in text:
        return
    for found in _WEB.finditer(text):
        yield Span(Detail.WEB, found.start(), found.start() + len(found[0].rstrip(".,;:!?)']’")))


def postcodes(text: str) -> Iterator[Span]:
    """Whole postcodes, in capitals or not; the first half alone only where the words say that it is one."""
    yield from _found(_POSTCODE, Detail.POSTCODE, text)
    for pattern in _OUTWARD_ALONE:
        yield from _found(pattern, Detail.POSTCODE, text)


def houses(text: str) -> Iterator[Span]:
    """A house number and its street: 12 Weavers Brow."""
    for pattern in _ADDRESS:
        yield from _found(pattern, Detail.ADDRESS, text)


def _found(pattern: re.Pattern[str], kind: Detail, text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        yield Span(kind, *found.span("value" if found.lastgroup else 0))
