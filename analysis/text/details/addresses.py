"""Where somebody can be found: e-mail and web addresses, postcodes, a house in a street."""

import re
from collections.abc import Iterator

from analysis.text.details.detail import Detail, Span
from analysis.text.details.seen import Seen

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
# Quick, for text in small letters: what most comments have not.
_AT = re.compile(rf"[\s(\[{{<]at[\s)\]}}>]{{1,3}}(?:{_DOMAIN}|(?:gmail|hotmail|googlemail|icloud|btinternet)\b)")
_WEB_SIGN = re.compile(r"://|www\.|\.(?:com|org|net|uk|edu|biz|eu)(?![\w-])")
_HALF_BEFORE = re.compile(r"(?<![^\W_])[a-z]{1,2}\d")
_HALF_AFTER = re.compile(r"\d[abd-hjlnp-uw-z]{2}(?![^\W_])")
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
_HOUSE_SIGN = re.compile(rf"\d[a-z]?,?[^\S\n](?:[^\W\d_]['’\w]*+[^\S\n]){{1,3}}{_STREET.lower()}(?![^\W_])")
_LIVES_SIGN = re.compile(r"(?:liv(?:e|es|ed|ing)[^\S\n]at|address(?:[^\S\n]is|:))[^\S\n](?:\d|flat)")
_IN_STREET = re.compile(rf"{_HOUSE}(?:[A-Z][a-z'’]{{2,20}}[^\S\n]){{1,3}}{_STREET}(?![^\W_])")
_LIVES_AT = re.compile(
    rf"\b(?:liv(?:e|es|ed|ing)[^\S\n]at|address(?:[^\S\n]is|:))[^\S\n](?P<value>{_HOUSE}(?:[^\W\d_]{{2,20}}[^\S\n]){{1,3}}"
    rf"{_STREET}|{_HOUSE}(?-i:[A-Z])[^\W\d_]{{2,20}}(?:[^\S\n](?-i:[A-Z])[^\W\d_]{{2,20}}){{0,3}})(?![^\W_])",
    re.IGNORECASE,
)


def emails(seen: Seen) -> Iterator[Span]:
    """E-mail addresses, also as people spell them so that machines will not see them: julie (at) example dot org."""
    if "@" in seen.text or "＠" in seen.text:
        yield from _found(_EMAIL, Detail.EMAIL, seen.text)
    if "dot" in seen.words:
        yield from _found(_EMAIL_SPELT, Detail.EMAIL, seen.text)
    if "at" in seen.words and _AT.search(seen.low):
        yield from _found(_EMAIL_WITH_AT, Detail.EMAIL, seen.text)


def web_addresses(seen: Seen) -> Iterator[Span]:
    """Web addresses, with "https", with "www" or with a usual ending. The stop of the sentence is not part of them."""
    for found in _WEB.finditer(seen.text) if _WEB_SIGN.search(seen.low) else ():
        yield Span(Detail.WEB, found.start(), found.start() + len(found[0].rstrip(".,;:!?)']’")))


def postcodes(seen: Seen) -> Iterator[Span]:
    """Whole postcodes, in capitals or not; the first half alone only where the words say that it is one."""
    if _HALF_AFTER.search(seen.near_digits):
        yield from _found(_POSTCODE, Detail.POSTCODE, seen.text)
    if ("post" in seen.low or "liv" in seen.low) and _HALF_BEFORE.search(seen.near_digits):
        for pattern in _OUTWARD_ALONE:
            yield from _found(pattern, Detail.POSTCODE, seen.text)


def houses(seen: Seen) -> Iterator[Span]:
    """A house number and its street: 12 Weavers Brow."""
    if _HOUSE_SIGN.search(seen.low):
        yield from _found(_IN_STREET, Detail.ADDRESS, seen.text)
    if _LIVES_SIGN.search(seen.low):
        yield from _found(_LIVES_AT, Detail.ADDRESS, seen.text)


def _found(pattern: re.Pattern[str], kind: Detail, text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        yield Span(kind, *found.span("value" if found.lastgroup else 0))
