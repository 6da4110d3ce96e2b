"""What the public page says of each action is what the ledger says of it, number for number."""

import re

import pytest
from lxml import html

from survey import database, publications
from survey.wording import words_in
from tests.pages.collecting import Group, add_wave, collect
from tests.pages.leaders.test_actions import add, markup, opened, press
from tests.pages.plain.phone import START, Phone

SERVICES = ("slt", "ot", "physio", "camhs", "equipment")
GOOD = {"slt": (30, 80), "ot": (43, 58)}
"""How many of a hundred rate a service well, then and now; others do not move."""
SAY = words_in("en")


@pytest.fixture
def five_actions(consultation):
    """One service that is clearly better, one that may be by chance, and three that have not moved."""
    add_wave("0", "An earlier wave", days_ago=300)
    for wave in (0, 1):
        for service in SERVICES:
            good = GOOD.get(service, (50, 50))[wave]
            collect(Group(good, "good", service), Group(100 - good, "poor", service), wave=str(wave), read=False)
    for service in SERVICES:
        add(service=service, told=f"More of {service}")


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d,]*", text)


def told_in_ledger(page) -> list[tuple[str, str]]:
    """What each action is decided on and what came of it, without the range of the share since: families see none."""
    told = [line.text_content() for line in html.fromstring(f"<div>{markup(page)}</div>").iter("p")]
    evidence = [line for line in told if line.startswith("Evidence: ")]
    since = [re.sub(r" \(\d+% to \d+%\)", "", one, count=1) for one in told if one.startswith("What later waves say: ")]
    return list(zip(evidence, since, strict=True))


def told_in_public() -> list[tuple[str, str]]:
    """The same on the public page."""
    page = html.fromstring(Phone().open(f"{START}/what-changed").shown)
    rows = [(row.findtext("dt"), row.find("dd").text_content()) for row in page.xpath("//dl[@class='answers']/div")]
    before, worked = ([said for what, said in rows if what == SAY(key)] for key in ("changed.before", "changed.worked"))
    return list(zip(before, worked, strict=True))


def test_the_numbers_on_the_public_page_are_the_ledgers(five_actions, leader):
    page = press(opened(leader), "Make a preview")
    with database.writing(database.engine()) as session:
        publications.publish(session, 1, publications.preview(session, 1), by="x")
    ledger, public = told_in_ledger(page), told_in_public()

    assert len(ledger) == len(public) == len(SERVICES)
    by_numbers = [sorted((numbers(one), numbers(other)) for one, other in told) for told in (ledger, public)]
    assert by_numbers[0] == by_numbers[1]
    for words in ("Felt.", "Not felt.", "may be chance among so many comparisons"):
        assert any(words in since for _, since in ledger), words
    for of_ledger, of_public in (
        ("Felt.", SAY("changed.felt")),
        ("Not felt.", SAY("changed.not_felt")),
        ("may be chance", SAY("changed.chance")),
    ):
        said = [sorted(numbers(since) for _, since in told if words in since)
                for told, words in ((ledger, of_ledger), (public, of_public))]  # fmt: skip
        assert said[0] == said[1]
