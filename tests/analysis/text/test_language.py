import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import clean, language, lines
from analysis.text.language import ENGLISH, Spoken

# Lines written for this project: what is said, its language, the second one it goes over into. Those marked "held" were
# written, and judged once, after the lists of words were.
WRITTEN = Path(__file__).parents[2] / "data" / "languages.csv"
FLOORS = {"en": 0.99, "pl": 0.9, "ro": 0.9, "ur": 0.95, "pa-Arab": 0.85, "pa": 0.95, "gu": 0.95, "bn": 0.95,
          "ur-Latn": 0.95, "pa-Latn": 0.75}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("We have waited two years for an assessment", "en"),
        ("Speech therapy!", "en"),
        ("nowt", "en"),
        ("me lad does nowt at school", "en"),
        ("parking transport respite sleep SALT OT physio CAMHS senco ehcp", "en"),
        ("no thanks jee", "en"),
        ("bachay ki speech therapy ka bohat wait hai", "ur-Latn"),
        ("The SENCO is good lekin speech therapy ka bohat wait hai", "ur-Latn"),
        ("بچے کی تھراپی کا بہت انتظار ہے", "ur"),
        ("Bardzo długo czekamy na logopedę", "pl"),
        ("Nu este nimeni care sa ne ajute", "ro"),
        ("મારા બાળકને મદદ જોઈએ છે", "gu"),
        ("আমার সন্তানের সাহায্য দরকার", "bn"),
        ("Nous attendons depuis deux ans", "fr"),
        ("😡🙏", "unknown"),
        ("12345", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_language_of_a_comment_is_told_as_far_as_it_decides_who_may_read_it(text, spoken):
    assert language.of(clean.plain(text)) == spoken


def test_every_line_written_for_this_project_is_known_for_english():
    missed = [line.text for line in lines.written() if not language.is_english(line.text)]

    assert missed == ["10/10"]  # no word to tell by


@given(st.text(max_size=100))
def test_any_text_has_some_language(text):
    assert language.of(clean.plain(text))


@pytest.fixture(scope="module")
def looked_at():
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        return [(row, language.look(clean.plain(row["said"]))) for row in csv.DictReader(file)]


def test_of_each_language_the_lines_written_for_this_project_are_told(looked_at):
    written, told = Counter(), Counter()
    for row, spoken in looked_at:
        written[row["language"]] += 1
        told[row["language"]] += spoken.language == row["language"]

    assert written.total() >= 300
    short = {name: told[name] / written[name] for name, least in FLOORS.items() if told[name] < least * written[name]}
    assert not short


def test_english_is_hardly_ever_taken_for_anything_else(looked_at):
    english = [spoken for row, spoken in looked_at if row["language"] == ENGLISH]

    assert sum(spoken.language != ENGLISH for spoken in english) <= 0.01 * len(english)


def test_what_is_not_english_is_hardly_ever_taken_for_it(looked_at):
    foreign = [spoken for row, spoken in looked_at if row["language"] not in (ENGLISH, language.UNKNOWN)]

    assert sum(spoken.language == ENGLISH for spoken in foreign) <= 0.03 * len(foreign)


def test_where_a_comment_goes_over_into_another_language_is_noticed_and_nowhere_else(looked_at):
    two = [spoken.second == row["second"] for row, spoken in looked_at if row["second"]]
    one = [spoken.second == "" for row, spoken in looked_at if not row["second"]]

    assert sum(two) >= 0.85 * len(two)
    assert sum(one) >= 0.99 * len(one)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("My son is happy at his new school now, bacha bohat khush hai, and the staff are kind", ("en", "ur-Latn")),
        ("The plan is late again and nobody rings us back, شکریہ", ("en", "ur")),
        ("EHCP ka form bohat mushkil hai, can you help us with it", ("ur-Latn", "en")),
        ("Inshallah we will get the plan, shukriya to you all", ("en", "")),
    ],
)
def test_a_comment_in_two_languages_has_both(text, spoken):
    assert language.look(clean.plain(text)) == Spoken(*spoken)
