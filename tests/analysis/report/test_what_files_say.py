"""Every file says what it is of, how it was made and what it cannot tell, whatever the report holds."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.report import files
from analysis.report.content import Coverage, Sentence
from analysis.report.files import Kind
from analysis.suppression import OFFICER
from survey.errors import ReportError
from tests.analysis.report import editions, reading
from tests.analysis.report.reading import squeezed
from tests.analysis.report.shared import (
    DOCUMENTS,
    KINDS,
    PRINTED,
    W,
    as_read,
    signed,
    told,
    told_by,
)
from tests.analysis.summing import THEMES, said

URDU = "خاندانوں نے کیا کہا"


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_says_what_was_asked_by_whom_when_how_it_was_made_and_what_it_cannot_tell(kind):
    there = told_by(kind)

    for words in (
        "What families said", "SEND services", "Statutory consultation", "Lancashire County Council",
        "1 September 2026 to 31 October 2026", "about 200", "15 January 2027",
        "Signed off by officer on 3 November 2026",
        "up to change 4,321", "coding frame 5", "0.1.0+abc", "begins from 7", *signed().content.limits[:2],
    ):  # fmt: skip
        assert squeezed(words) in there


LONG = [Kind.REPORT_WORD, Kind.REPORT_PDF, Kind.SLIDES, Kind.WORKBOOK, Kind.OPEN_DATA]


@pytest.mark.parametrize("kind", LONG)
def test_the_long_files_say_which_questions_people_answered_unless_the_report_is_from_before_they_were_kept(kind):
    details = replace(signed().content.details, rating="", own_words=())
    old = replace(signed(), content=replace(signed().content, details=details))

    for words in ("How good has it been?", "What works well?", "What would you change?"):
        assert squeezed(words) in told_by(kind)
    assert squeezed("Asked of each service") not in told(kind, old)
    assert squeezed("Asked in people’s own words") not in told(kind, old)


@pytest.mark.parametrize("kind", [Kind.REPORT_WORD, Kind.REPORT_PDF, Kind.WORKBOOK, Kind.OPEN_DATA])
def test_the_long_files_have_all_methods_what_they_came_to_here_what_they_get_wrong_and_limits(kind):
    there, content = told_by(kind), signed().content

    assert content.here
    assert content.wrong
    assert all(squeezed(words) in there for words in (*content.methods, *content.here, *content.wrong, *content.limits))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Kind.OPEN_DATA])
def test_what_somebody_put_in_other_words_stands_beside_what_was_computed(kind):
    there = told_by(kind)

    if kind in {Kind.BRIEFING_WORD, Kind.BRIEFING_PDF}:  # which shows that sentence as a bar
        assert squeezed("60% of about 200 (53% to 67%)") in there
    else:
        assert (
            squeezed("Most families wait too long. (Put in other words by officer on 3 November 2026. Computed:")
            in there
        )
    assert squeezed("Two more therapists") in there


def test_a_report_from_before_the_ledger_was_kept_with_it_says_nothing_of_it():
    for kind in (Kind.BRIEFING_WORD, Kind.REPORT_PDF, Kind.WORKBOOK):
        assert squeezed("What was decided and done") not in told(kind, editions.edition())
        assert squeezed("What was decided and done") in told_by(kind)


def test_an_empty_ledger_is_said_to_be_empty_in_the_full_report():
    empty = editions.edition(replace(editions.usual(), decided=()))

    for kind in (Kind.REPORT_WORD, Kind.REPORT_PDF):
        assert squeezed("Nothing has been decided in the ledger yet.") in told(kind, empty)
    assert "decided.csv" not in reading.open_files(files.made(Kind.OPEN_DATA, empty))


@pytest.mark.parametrize("kind", KINDS)
def test_themes_that_are_not_compared_since_a_question_was_reworded_are_said_so_once_in_every_file(kind):
    why = "A question was asked in other words in Spring 2025. Then it was “What {is} it?”, and now “Why?”."
    there = told(kind, editions.edition(editions.made(comments_break=why)))

    assert there.count(squeezed(f"Themes are not compared with Spring 2025. {why}")) == 1
    assert squeezed("than in Spring 2025, when it was") not in there


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {Kind.BRIEFING_WORD, Kind.BRIEFING_PDF}])
def test_every_file_but_the_briefing_says_how_each_service_has_changed_and_why_one_is_not_compared(kind):
    there = told_by(kind)

    for words in ("better", "between 20 and 39 points higher", "not compared", *editions.BROKEN.tolist()):
        assert squeezed(words) in there or squeezed(f"'{words}") in there


@pytest.mark.parametrize("kind", [Kind.BRIEFING_WORD, Kind.BRIEFING_PDF])
def test_the_briefing_names_the_services_that_are_clearly_better_or_worse(kind):
    assert squeezed(
        "Speech and language therapy (60% of 200, 53% to 67%): better, between 20 and 39 points"
    ) in told_by(kind)


def test_without_a_wave_before_no_file_tells_of_change():
    for kind in (Kind.REPORT_WORD, Kind.WORKBOOK, Kind.OPEN_DATA, Kind.SLIDES):
        assert squeezed("has changed since") not in told(kind, editions.edition(editions.made(before=None)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_says_that_nobody_has_signed_it_off(kind):
    there = told(kind, replace(signed(), number=None))

    assert squeezed("Preview of 3 November 2026. Nobody has signed it off.") in there
    assert files.name(kind, replace(signed(), number=None)) == f"preview-{kind}"


@pytest.mark.parametrize("kind", KINDS)
def test_without_anybody_who_may_be_quoted_there_are_files_that_say_so(kind):
    edition = editions.edition(editions.quoting(editions.usual()))

    there = told(kind, edition)
    if kind in {Kind.REPORT_WORD, Kind.REPORT_PDF, Kind.SLIDES}:
        assert squeezed("Nobody who raised this may be quoted") in there


@pytest.mark.parametrize(
    "kind", [Kind.BRIEFING_WORD, Kind.BRIEFING_PDF, Kind.REPORT_WORD, Kind.REPORT_PDF, Kind.SLIDES]
)
def test_each_quotation_has_the_tone_beside_it_in_which_it_was_read(kind):
    report = editions.quoting(editions.usual(), "We waited for two years")

    assert squeezed("Read as negative.") in told(kind, editions.edition(report))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Kind.OPEN_DATA])
def test_a_quotation_that_a_person_translated_is_marked_as_translated(kind):
    report = editions.quoting(editions.usual(), "We waited two years for a plan")
    put = tuple(replace(one, language="en-t-ur") for one in report.quotes)

    assert squeezed("Put into English by a person.") in told(kind, editions.edition(report.with_quotes(put)))
    assert squeezed("Put into English by a person.") not in told(kind, editions.edition(report))


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_says_how_many_comments_are_in_other_languages(kind):
    figure = replace(editions.usual().opening[0].figures[0], name="left", number=40.0)
    waits = Sentence("coverage.languages", "{left} comments are not in English.", (figure,))
    for table in (None, editions.COVERED):
        edition = editions.edition(replace(editions.usual(), coverage=Coverage((waits,), table)))
        there = told(kind, edition)
        assert (squeezed("about 40 comments are not in English") in there.lower().replace("english", "English")
                or kind is Kind.OPEN_DATA)  # fmt: skip
        assert "40" in there


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_in_urdu_is_read_from_the_right(kind):
    edition = editions.edition(title=URDU)
    given = files.made(kind, edition)

    if kind in DOCUMENTS:
        (title,) = [one for one in reading.word(given).paragraphs if one.style.name == "Heading 1"]
        assert title.text == URDU
        assert title._p.find(f"{W}pPr/{W}bidi") is not None
        assert title.runs[0]._r.find(f"{W}rPr/{W}rtl") is not None
        assert title.runs[0]._r.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ur"
    elif kind in PRINTED:
        assert reading.pdf(given).metadata.title == URDU
    elif kind is Kind.SLIDES:
        title = reading.slides(given).slides[0].shapes.title.text_frame.paragraphs[0]
        assert (title.text, title._p.pPr.get("rtl"), title.runs[0]._r.rPr.get("lang")) == (URDU, "1", "ur")
    else:
        assert squeezed(URDU) in told(kind, edition)


@pytest.mark.parametrize("kind", KINDS)
def test_characters_that_no_file_may_hold_are_left_out_and_pictures_between_words_are_named_on_paper(kind):
    report = editions.quoting(editions.usual(), "Thank you\x0b all \U0001f600 <b>& more")
    there = told(kind, editions.edition(report, title="What\x00 they\ud800\uf0b7\ufeff said \U0001f389"))

    assert squeezed("What they said") in there
    if kind in PRINTED:
        assert squeezed("[party popper]") in there


def many_themes(count: int, people: int = 12):
    keys = [f"theme_{place:03}" for place in range(count)]
    labels = [
        f"Waiting for appointments of kind {place} and everything that comes with waiting so long"
        for place in range(count)
    ]
    now = said(
        "Autumn 2026",
        *(
            (people + (count - place) % 9, "north" if place % 2 else "south", key, "negative", "criticism")
            for place, key in enumerate(keys)
        ),
    )
    return editions.made(
        now, None, pd.DataFrame({"label": labels, "description": ["All of it. " * 12] * count}, index=keys)
    )


@pytest.mark.parametrize("count", [1, 9, 200])
def test_however_many_themes_there_are_the_briefing_has_two_pages_and_the_report_has_them_all(count):
    edition = editions.edition(many_themes(count))

    assert len(reading.pdf(files.made(Kind.BRIEFING_PDF, edition)).pages) <= 2
    (themes,) = [one for one in edition.content.tables if one.key == "themes"]
    assert as_read(themes) in reading.word_tables(files.made(Kind.REPORT_WORD, edition))
    for kind in (Kind.SLIDES, Kind.WORKBOOK, Kind.OPEN_DATA, Kind.REPORT_PDF):
        assert files.made(kind, edition)


@pytest.mark.parametrize("people", [0, 9])
@pytest.mark.parametrize("kind", KINDS)
def test_a_wave_of_nine_or_one_that_was_wholly_taken_back_says_that_there_is_too_little_to_say(kind, people):
    now = said("Autumn 2026", (9, "north", "waiting", "negative", "criticism"))
    frames = {name: getattr(now, name)[:people] for name in ("responses", "comments", "codings")}
    edition = editions.edition(editions.made(now._replace(**frames), None, THEMES, covered=False))

    there = told(kind, edition)
    assert "100%" not in there.replace("90%", "")
    if kind not in {Kind.WORKBOOK, Kind.OPEN_DATA}:
        assert squeezed("Too few comments have been read to say what the main themes are.") in there


def test_a_report_made_for_officers_is_not_given_out_as_open_data():
    with pytest.raises(ReportError, match="made for other readers than the public"):
        files.made(Kind.OPEN_DATA, editions.edition(editions.made(policy=OFFICER)))


def test_open_data_describes_every_column_and_holds_no_quotation_and_no_formula():
    report = editions.quoting(editions.usual(), "Zebedee waited for years and nobody told us")
    given = files.made(Kind.OPEN_DATA, editions.edition(report))
    there = reading.open_files(given)
    book = {(row["file"], row["column"]): row["meaning"] for row in there.pop("codebook.csv")}

    columns = {(name, column) for name, rows in there.items() for column in rows[0]}
    assert columns == set(book)
    assert all(book.values())
    described = {
        (one["url"], column["name"])
        for one in reading.described(given)["tables"]
        for column in one["tableSchema"]["columns"]
    }
    assert described == columns
    assert "Zebedee" not in told(Kind.OPEN_DATA, editions.edition(report))
    assert there["services.csv"][1]["service"] == "'=Plans"
    better, broken = there["services_since.csv"]
    assert (better["since_then"], better["change_low"], better["change_high"]) == ("better", "0.2", "0.39")
    assert (broken["since_then"], broken["change_low"], broken["change_high"]) == ("not compared", "", "")


def test_the_codebook_says_whom_the_services_count_and_which_words_may_stand_in_a_column():
    book = reading.open_files(files.made(Kind.OPEN_DATA, signed()))["codebook.csv"]
    means = {(row["file"], row["column"]): row["meaning"] for row in book}

    assert means["services.csv", "number"] == "People who rate it very good or good, rounded to the nearest 5"
    assert means["themes.csv", "of"] == "People with a comment that has been read, rounded to the nearest 5"
    for file, column, words in (
        ("stances.csv", "what", "Criticise only, Praise only, Praise and criticise, Neither"),
        ("tones.csv", "what", "negative, mixed or unclear, neutral, positive"),
        ("answered_by_channel.csv", "how_they_were_given", "Online, By phone, In person, On paper"),
        ("figures_in_sentences.csv", "stance", "only criticise it, only praise it"),
        ("decided.csv", "felt", "felt, not felt, too early, too few to say, not compared"),
    ):
        assert words in means[file, column]


def test_a_column_that_nobody_has_described_is_not_given_out():
    unknown = replace(editions.COVERED, columns=("Whatever", *editions.COVERED.columns[1:]))
    report = replace(editions.usual(), coverage=Coverage(table=unknown))

    with pytest.raises(KeyError, match="Whatever"):
        files.made(Kind.OPEN_DATA, editions.edition(report))


def test_by_how_far_a_share_was_expected_to_move_is_a_number_beside_the_words():
    rows = reading.open_files(files.made(Kind.OPEN_DATA, signed()))["decided.csv"]

    assert [(row["expected"], row["expected_change"]) for row in rows] == [("10 points down.", "-0.1")] + [("", "")] * 3
