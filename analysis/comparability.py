"""Whether two waves asked the same: what may be compared, and in a sentence what may not and why.

A question in other words is another question, and the same answers to it mean something else. So a series goes on only
where the words are the same, and never over a change in the answers offered.
"""

from collections.abc import Callable, Iterable

import pandas as pd

from analysis.phrases import listed
from survey.questionnaire import Comment, Option, Optioned, Questionnaire, SimpleItem, Standing

LANGUAGE = "en"
"""The language that a questionnaire is written in. A better translation does not break a series."""


def changed(now: Questionnaire, before: Questionnaire, item_id: str, since: str) -> str:
    """How a question was asked otherwise in the earlier wave, in a sentence that names it; "" where it was the same.

    since is the title of that wave. A question that the earlier wave did not ask cannot be compared either.
    """
    new = _asked(now).get(item_id)
    old = _asked(before).get(item_id)
    if new is None or old is None:
        known = new or old
        return f"“{_words(known)}” was not asked in both waves." if known else ""
    if _words(new) != _words(old):
        return f"A question was asked in other words in {since}. Then it was “{_words(old)}”, and now “{_words(new)}”."
    if _hint(new) != _hint(old):
        return f"The hint under “{_words(new)}” was another in {since}."
    if new.kind != old.kind:
        return f"“{_words(new)}” was answered in another way in {since}."
    if now.is_of_each_child(item_id) != before.is_of_each_child(item_id):
        each, family = (since, "now") if before.is_of_each_child(item_id) else ("now", since)
        return f"“{_words(new)}” was asked about each child ({each}) and about the family as a whole ({family})."
    return _options_changed(new, old, since)


def services_changed(now: Questionnaire, before: Questionnaire, since: str) -> pd.Series:
    """For each service that either wave asked about, why its ratings cannot be compared; "" where they can."""
    rating = changed(now, before, _id(now, "rating") or _id(before, "rating"), since)
    if _id(now, "rating") != _id(before, "rating"):
        rating = f"Services were rated by another question in {since}."
    new, old = _services(now), _services(before)
    why = {
        code: _service_changed(code, new, old, since) or rating
        for code in [*new, *(code for code in old if code not in new)]
    }
    return pd.Series(why, dtype="str")


def comments_changed(now: Questionnaire, before: Questionnaire, since: str) -> str:
    """Why comments, their tone and their themes cannot be compared: a question that asks for them is another; or ""."""
    asked = dict.fromkeys(item.id for one in (now, before) for _, item in one.items() if isinstance(item, Comment))
    told = [why for item in asked if (why := changed(now, before, item, since))]
    return told[0] if told else ""


def statements(asked: Questionnaire) -> pd.Series:
    """The questions besides the rating of services whose answers point one way or the other, by item: their words."""
    rating = _id(asked, "rating")
    found = {
        item.id: _words(item)
        for _, item in asked.items()
        if isinstance(item, Optioned)
        and item.id != rating
        and any(option.tone for option in item.options)
        and not asked.is_of_each_child(item.id)
    }
    return pd.Series(found, dtype="str")


def _asked(asked: Questionnaire) -> dict[str, SimpleItem]:
    return {item.id: item for _, item in asked.items()}


def _id(asked: Questionnaire, role: str) -> str:
    item = asked.role(role)
    return item.id if item else ""


def _words(item: SimpleItem) -> str:
    return item.text.get(LANGUAGE, next(iter(item.text.values()))).rstrip(".")


def _hint(item: SimpleItem) -> str:
    return item.hint.get(LANGUAGE, "") if item.hint else ""


def _said(option: Option) -> str:
    return option.text.get(LANGUAGE, next(iter(option.text.values())))


def _options_changed(new: SimpleItem, old: SimpleItem, since: str) -> str:
    """What is another among the answers offered: which are new or gone, or how they were worded, ordered or counted."""
    if not (isinstance(new, Optioned) and isinstance(old, Optioned)):
        return ""
    ask = f"The answers offered to “{_words(new)}” were others in {since}"
    added, gone = _only_in(new.options, old.options), _only_in(old.options, new.options)
    if added or gone:
        parts = [f"{listed(names)} {word}" for names, word in ((added, "came in"), (gone, "went")) if names]
        return f"{ask}: since then {listed(parts)}."
    if _each(new.options, _said) != _each(old.options, _said):
        return f"{ask}: the same answers in other words."
    if [option.code for option in new.options] != [option.code for option in old.options]:
        return f"{ask}: they stood in another order."
    if _each(new.options, _counts_as) != _each(old.options, _counts_as):
        return f"{ask}: they counted otherwise."
    return ""


def _only_in(these: Iterable[Option], those: Iterable[Option]) -> list[str]:
    known = {option.code for option in those}
    return [f"“{_said(option)}”" for option in these if option.code not in known]


def _each(options: Iterable[Option], what: Callable[[Option], object]) -> dict[str, object]:
    return {option.code: what(option) for option in options}


def _counts_as(option: Option) -> tuple[object, object]:
    return option.standing, option.tone


def _services(asked: Questionnaire) -> dict[str, str]:
    item = asked.role("services")
    options = item.options if isinstance(item, Optioned) else ()
    return {option.code: _said(option) for option in options if option.standing is Standing.ANSWER}


def _service_changed(code: str, new: dict[str, str], old: dict[str, str], since: str) -> str:
    if code not in old:
        return f"“{new[code]}” was not asked about in {since}."
    if code not in new:
        return f"“{old[code]}” is not asked about any more."
    if new[code] != old[code]:
        return f"“{new[code]}” was called “{old[code]}” in {since}."
    return ""
