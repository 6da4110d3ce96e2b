"""A report's content is kept as text and comes back the same, without anybody's words; what moved in it is found."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.report.content import Content, Details, Quote, Versions, dumped, loaded
from analysis.report.making import content
from analysis.report.moved import moved
from analysis.report.profile import profile
from analysis.report.steps import Step
from analysis.report.voices import Places, voices
from analysis.summary import summary
from analysis.suppression import LEADER, release
from tests.analysis.summing import DISTRICTS, THEMES, said, texts

DATA = Path(__file__).parents[2] / "data"
OPENED = datetime(2026, 9, 1, tzinfo=UTC)
SERVICES = pd.DataFrame({"service": ["slt"], "count": [30], "base": [60]})


def wave(waiting=60, kind=40):
    return said(
        "Autumn 2026",
        (waiting, "north", "waiting", "negative", "criticism"),
        (kind, "south", "kind", "positive", "praise"),
        distinct=True,
    )


def places(now):
    """A place in meaning for each comment: those of a theme lie about one spot."""
    rng, spots = np.random.default_rng(1), np.eye(16, dtype=np.float32)
    theme = now.codings.set_index("comment_id")["theme"].to_dict()
    near = {"waiting": spots[0], "kind": spots[1]}
    rows = {one: near[theme[one]] + 0.05 * rng.normal(size=16).astype(np.float32) for one in now.comments["comment_id"]}
    return Places(rows, near)


def report(now=None, *, places_of=places, districts=DISTRICTS) -> Content:
    now = now or wave()
    told = summary(now, None, THEMES, districts, LEADER)
    heard = voices(now, told, places_of(now), districts, LEADER, names=districts.to_dict(), seed=5)
    return content(
        told,
        heard,
        details=Details("SEND services", "survey", "The council", "Autumn 2026", "2026", OPENED, OPENED),
        names=THEMES["label"],
        profile=profile(now.responses, {"district": districts, "language": pd.Series({"en": "English"})}, LEADER),
        services=release(SERVICES, LEADER),
        service_names=pd.Series({"slt": "Speech and language therapy"}),
        good="good",
        versions=Versions(7, 1, None, "0.1.0+abc", 5),
        here=("40 comments so far, of which 38 have been read.",),
        policy=LEADER,
    )


def test_what_is_kept_comes_back_the_same_but_for_quotations_and_holds_nobodys_words():
    made = report()
    assert made.quotes

    kept = dumped(made)

    assert loaded(kept) == made.without_quotes()
    assert dumped(loaded(kept)) == kept
    assert all(quote.words not in kept for quote in made.quotes)
    assert loaded(kept).with_quotes(made.quotes) == made


def test_the_same_frames_give_the_same_bytes():
    assert dumped(report()) == dumped(report())


def test_a_report_says_who_answered_and_how_services_are_rated_through_the_gate():
    made = report(wave(60, 4))
    tables = {table.key: table for table in (*made.profile, *made.tables)}

    assert tables["answered.district"].rows == (("Northtown", None), ("Southtown", None))
    assert tables["answered.language"].rows == (("English", 65.0),)
    assert tables["services"].rows == (("Speech and language therapy", 30.0, 60.0, 0.5, 0.38, 0.62),)
    kind = next(row for row in tables["themes"].rows if row[0] == "Kindness")
    assert set(kind[1:]) == {None}
    assert "not shown" in tables["themes"].note


def test_whom_the_summary_speaks_for_is_told_with_its_words_and_chance():
    told = texts(report().coverage.sentences)

    assert told[0].startswith("In ")
    assert "this summary speaks for" in told[0]
    assert told[1].startswith("It does at least as well as chance in each of the ")


def test_comments_that_wait_to_be_put_into_english_are_said_not_to_be_spoken_for():
    now = wave()
    urdu = now.comments["comment_id"] < 1020
    mixed = now._replace(comments=now.comments.assign(language=np.where(urdu, "ur", "en")))

    told = " ".join(texts(report(mixed).coverage.sentences))

    assert "About 20 comments are not in English and nobody has put them into English." in told


@pytest.mark.parametrize(
    ("foreign", "begins"), [(0, None), (1, "A few"), (7, "A few"), (8, "About 10"), (60, "About 60")]
)
def test_how_many_are_in_other_languages_passes_the_gate(foreign, begins):
    now = wave()
    language = np.where(np.arange(len(now.comments)) < foreign, "ur", "en")
    told = [
        one for one in report(now._replace(comments=now.comments.assign(language=language))).coverage.sentences
        if one.key == "coverage.languages"
    ]  # fmt: skip

    assert [one.text.partition(" comments")[0] for one in told] == ([begins] if begins else [])


def test_comments_too_short_to_tell_their_language_are_not_said_to_be_in_another():
    now = wave()
    short = now._replace(comments=now.comments.assign(language="unknown"))

    assert "not in English" not in " ".join(texts(report(short).coverage.sentences))


def test_a_translation_is_quoted_by_the_same_rule_as_what_was_written_in_english():
    now = wave()
    translated = now._replace(comments=now.comments.assign(language="en-t-ur"))

    mine, theirs = report(translated).quotes, report(now).quotes
    assert [one.comment_id for one in mine] == [one.comment_id for one in theirs]
    assert all(one.is_translated for one in mine)


def test_whoever_waits_is_told_each_step_of_drawing_and_measuring_once_and_in_order():
    now, told = wave(), []
    voices(now, summary(now, None, THEMES, DISTRICTS, LEADER), places(now), DISTRICTS, LEADER, names={}, seed=5,
           tell=told.append)  # fmt: skip

    assert told == [Step.DRAWING, Step.CHANCE, Step.BESIDE, Step.MEASURING]


def test_without_places_nothing_is_measured_and_quotations_are_drawn_by_lot_alone():
    made = report(places_of=lambda _: Places({}, {}))

    assert made.coverage.table is None
    assert made.findings[0].quotes


def test_where_too_few_have_been_read_to_say_anything_nobody_is_quoted():
    made = report(said("Autumn 2026", (9, "north", "waiting", "negative", "criticism"), distinct=True))

    assert made.findings == made.quotes == ()
    assert made.coverage.sentences == ()


def test_words_and_figures_of_a_coverage_table_are_in_its_sentence():
    made = report()
    spoken = made.coverage.sentences[0].figures[0]
    everybody = made.coverage.table.rows[0]

    assert everybody[2:4] == (spoken.base, spoken.number)


def test_only_sentences_whose_figures_differ_have_moved():
    before, after = report(), report(wave(kind=100))

    found = moved(before, after)

    assert "theme.waiting.raised" in found
    assert found["theme.waiting.raised"].was.startswith("Many of those who commented raised this: 60% of about 100")
    assert found["theme.waiting.raised"].now.startswith("Many of those who commented raised this: 38% of about 160")
    assert "theme.waiting.criticism" not in found
    assert moved(before, before) == {}


def test_a_theme_that_is_told_no_more_can_no_longer_be_said():
    before = report()
    gone = replace(before, findings=before.findings[1:])

    found = moved(before, gone)

    assert found["theme.waiting.raised"].now == ""


@pytest.mark.parametrize("theme", ["", "waiting"])
def test_a_quotation_stands_under_its_theme_or_beside_them_all(theme):
    quote = Quote(1, "words", "en", "negative", "", theme)
    told = report().without_quotes().with_quotes((quote,))

    assert told.quotes == (quote,)
    assert (told.beside == (quote,)) is (theme == "")


def test_a_report_that_was_stored_by_an_earlier_version_says_the_same_still():
    stored = (DATA / "stored_report.json").read_text(encoding="utf-8")
    content = loaded(stored)

    assert content.findings[0].how_many.text == (
        "Most of those who commented raised this: 60% of about 200, between 53% and 67%."
    )
    assert content.decided[0].sentences[0].text.startswith("Evidence: Spring 2026")
    said_then = json.loads(stored)
    del said_then["shape"]  # which nothing ever read
    assert_says(json.loads(dumped(content)), said_then)


def assert_says(now: object, then: object) -> None:
    """All that was stored then is there now, whatever has come to be stored beside it."""
    if isinstance(then, dict):
        for name, value in then.items():
            assert_says(now[name], value)
    elif isinstance(then, list):
        for one, other in zip(now, then, strict=True):
            assert_says(one, other)
    else:
        assert now == then
