import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import clean, language, lines, words
from analysis.text.language import ENGLISH, Spoken

# Lines written for this project: what is said, its language, the second one it goes over into. Those marked "held" were
# written, and judged once, after the lists of words were.
WRITTEN = Path(__file__).parents[2] / "data" / "languages.csv"
OTHERS = WRITTEN.with_name("other_languages.csv")
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
        ("Niemand hilft uns mit unserem Kind in der Schule", "other"),
        ("Askuna nama caawiyo", "other"),
        ("Hakuna anayetusaidia shuleni", "other"),
        ("timekeeping", "en"),
        ("ur rubbish", "en"),
        ("dramat", "unknown"),
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


@pytest.fixture(scope="module")
def elsewhere():
    """Lines in languages of which there is no list; those marked "held" were judged once, when all was made."""
    with OTHERS.open(encoding="utf-8", newline="") as file:
        return [(row, language.of(clean.plain(row["said"]))) for row in csv.DictReader(file)]


@pytest.mark.parametrize("part", ["seen", "held"])
def test_lines_of_four_words_in_languages_without_a_list_are_hardly_ever_taken_for_english(elsewhere, part):
    told = [told for row, told in elsewhere if row["part"] == part and len(words.split(row["said"])) > 3]

    assert len(told) >= 70
    assert told.count(ENGLISH) <= 0.03 * len(told)


def test_shorter_lines_in_such_languages_are_never_taken_for_english(elsewhere):
    assert ENGLISH not in [told for row, told in elsewhere if len(words.split(row["said"])) <= 3]


def test_such_languages_are_many(elsewhere):
    assert len({row["language"] for row, _ in elsewhere}) >= 30


def test_english_of_every_register_written_for_this_project_is_read():
    said = [row["text"] for name in ("sentiment_hard_cases", "stance_clauses") for row in rows_of(name)]
    said += [line.text for line in lines.written()]

    foreign = [one for one in said if not language.is_english(clean.plain(one))]

    assert len(said) > 2_000
    assert len(foreign) <= 0.005 * len(said)


def rows_of(name):
    with (WRITTEN.parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
        ("The staff listen and the plan is good, tunashukuru sana kwa kila kitu, from all of us", ("en", "other")),
        ("The SENCO, Agnieszka Wojciechowska, is a star and we would be lost without her", ("en", "")),
    ],
)
def test_a_comment_in_two_languages_has_both(text, spoken):
    assert language.look(clean.plain(text)) == Spoken(*spoken)
