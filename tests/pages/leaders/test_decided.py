"""What was decided stands in a report as it was in the ledger, whatever is done to the ledger afterwards."""

import pytest
from sqlmodel import col, select

from analysis.placing import Placing
from analysis.report.content import loaded
from analysis.report.files import Kind
from pages.leaders import taking, whole
from pages.ui import data, show
from survey import actions, database
from survey.actions import Seen
from survey.ledger import Evidence, Plan
from survey.tables import Comment, Report, Response
from tests.analysis.report import reading
from tests.pages.collecting import Group, add_themes, add_wave, collect
from tests.pages.leaders.test_reports import KIND, WAIT, different, markup, opened, signed, withdraw

TOLD = "Two more therapists"


@pytest.fixture
def decided(consultation) -> Plan:
    """Speech therapy rated well by 60 of 200 in a wave a year ago, by 120 of 200 now, and an action since the first."""
    add_themes("Waiting", "Kindness")
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(60, "good"), Group(140, "poor"), wave="0")
    collect(Group(120, "good"), Group(80, "poor"))
    (first,) = [wave for wave in data.waves() if wave.code == "0"]
    plan = Plan(TOLD, first.id, service="slt", owner="Head of therapy")
    with database.writing(database.engine()) as session:
        actions.add(session, first.consultation_id, plan, Evidence(0.3, 0.24, 0.37, 200), by="officer")
    return plan


def decide_otherwise(plan: Plan) -> None:
    with database.writing(database.engine()) as session:
        wave = next(wave for wave in data.waves() if wave.code == "0")
        other = plan._replace(told="Something else", owner="")
        actions.change(session, wave.consultation_id, Seen(1, 1), other, Evidence(0.3, 0.24, 0.37, 200), by="officer")


def test_summary_report_and_files_say_of_an_action_what_the_ledger_says(officer, decided):
    (said,) = signed_content(officer).decided
    ledger = markup(opened(officer, "actions"))
    page = markup(opened(officer, "reports", report="1"))
    word = {one.text.partition(" [")[0] for one in reading.word(taking.signed(1, Kind.REPORT_WORD)).paragraphs}

    assert "Felt. Since then 60% of 200 (53% to 67%)" in said.since.text
    for sentence in said.sentences:
        assert sentence.text in ledger
        assert sentence.text in page
        assert sentence.text in word
        assert sentence.text in reading.slide_text(taking.signed(1, Kind.SLIDES))
    (row,) = reading.open_files(taking.signed(1, Kind.OPEN_DATA))["decided.csv"]
    assert (row["felt"], row["since_share"], row["since_of"], row["evidence_share"]) == ("felt", "0.6", "200", "0.3")


def test_what_is_done_to_the_ledger_later_changes_no_byte_of_a_report_and_is_said_on_its_page(officer, decided):
    before = signed_content(officer)
    kinds = (Kind.BRIEFING_WORD, Kind.REPORT_PDF, Kind.WORKBOOK, Kind.OPEN_DATA)
    given = {kind: taking.signed(1, kind) for kind in kinds}
    assert "something else by now" not in markup(opened(officer, "reports", report="1"))

    decide_otherwise(decided)
    page = markup(opened(officer, "reports", report="1"))

    assert signed_content(officer, again=False) == before
    assert {kind: taking.signed(1, kind) for kind in kinds} == given
    assert TOLD in page
    assert "The ledger says something else by now." in page
    assert "Something else" in markup(opened(officer, "summary"))


def signed_content(app, *, again: bool = True):
    """What the one report holds; it is signed off first, if again."""
    if again:
        signed(app)
    with database.reading(database.engine()) as session:
        return loaded(session.exec(select(Report)).one().content)


def test_after_a_withdrawal_changes_since_the_wave_before_actions_and_coverage_are_marked_as_well(officer, decided):
    """Twelve who rate it well and four who wrote of waiting take theirs back: marked is what comes out otherwise."""
    collect(*different(WAIT, 63), *different(KIND, 40))
    collect(*different(WAIT, 30), *different(KIND, 60), wave="0")
    placing = Placing(database.engine())
    placing.place_comments()
    placing.place_themes()
    kept = signed_content(officer)
    before = {sentence.key: sentence.text for sentence in kept.sentences}
    assert "theme.waiting.change" in before

    withdraw_some(12, like="Kindness")
    withdraw_some(8, like="Waiting")
    now = content_of_now()
    changed = {key for key, text in before.items() if now.get(key) != text}
    page = opened(officer, "reports", report="1")

    assert markup(page).count("Changed since sign-off.") == len(changed)
    for part in ("theme.waiting.raised", "theme.waiting.change", "coverage.spoken"):
        assert part in changed, part
    assert 0 < len(changed) < len(before)


def withdraw_some(people: int, *, like: str) -> None:
    (wave,) = [wave for wave in data.waves() if wave.code == "1"]
    with database.reading(database.engine()) as session:
        theirs = session.exec(
            select(Comment.response_id)
            .join(Response, col(Response.id) == Comment.response_id)
            .where(col(Comment.words).startswith(like), Response.wave_id == wave.id)
        ).all()[:people]
    assert len(theirs) == people
    for response_id in theirs:
        withdraw(response_id)


def content_of_now() -> dict[str, str]:
    """What the summary with its ledger says at this moment, worked out afresh."""
    for wave in data.waves():
        data.look_again(wave)
    newest = next(wave for wave in data.waves() if wave.code == "1")
    content = whole.summed_up(newest, data.waves(), show.LIGHT).content
    return {sentence.key: sentence.text for sentence in content.sentences}
