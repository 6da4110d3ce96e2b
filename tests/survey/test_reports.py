"""Reports are kept as they were signed off, quote by reference alone, and lose what is taken back."""

from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from survey import consultations, own_response, reports, responses, theming
from survey.coding_frame import shipped
from survey.database import reading, scrub, writing
from survey.errors import ReportError
from survey.questionnaire import AnswerKey
from survey.tables import AuditEntry, Comment, Reading, Report, ReportQuote, ReportWording, StruckQuote, Theme
from survey.theming import Seen
from tests.survey.conftest import NOW, full_answers

WORDS = "Zebedee waited four years for the hoist and nobody told us anything"
CONTENT = '{"what":"it said"}'
COMPUTED = "Some raised this: 12% of about 1,050, between 10% and 14%."


@pytest.fixture
def sent(fieldwork):
    """Somebody who may be quoted has answered, and been read; gives the number of their comment."""
    draft = fieldwork.begin("a phone", full_answers() | {AnswerKey("tell_us_more", "slt"): WORDS})
    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)
        comment = session.exec(select(Comment)).one()
        comment.redacted, comment.language = WORDS, "en"
        session.add(
            Reading(
                comment_id=comment.id,
                model="m",
                sentiment="negative",
                p_negative=1,
                p_neutral=0,
                p_positive=0,
                read_at=NOW,
            )
        )
        return draft.id, comment.id


def sign(fieldwork, *quotes, title="What families said", content=CONTENT):
    with writing(fieldwork.engine) as session:
        return reports.sign_off(
            session,
            fieldwork.wave,
            title=title,
            content=content,
            made_with=reports.version(session, fieldwork.wave.consultation_id),
            change=7,
            seed=21,
            quotes=quotes,
            by="officer",
            now=NOW,
        )


def signed(fieldwork, number):
    with reading(fieldwork.engine) as session:
        return reports.signed(session, number)


def withdraw(fieldwork, public_id):
    with writing(fieldwork.engine) as session:
        code = responses.private_code(public_id)
        own = own_response.find(session, typed_code=code, consultation_id=fieldwork.wave.consultation_id)
        own_response.withdraw(session, own)


def test_what_was_signed_off_is_kept_with_everything_it_was_made_from(fieldwork):
    kept = signed(fieldwork, sign(fieldwork)).report

    assert (kept.title, kept.content, kept.made_by, kept.change, kept.seed) == (
        "What families said", CONTENT, "officer", 7, 21
    )  # fmt: skip
    assert kept.frame == 1
    assert kept.code_version.startswith("0.1.0+")


def test_a_title_may_be_in_urdu_and_may_not_be_empty_or_endless(fieldwork):
    assert signed(fieldwork, sign(fieldwork, title=" خاندانوں نے کیا کہا ")).report.title == "خاندانوں نے کیا کہا"
    for title in ("", "  ", "x" * 201):
        with pytest.raises(ReportError, match="Enter a title"):
            sign(fieldwork, title=title)


def test_quotations_are_looked_up_when_the_report_is_read(fieldwork, sent):
    number = sign(fieldwork, (sent[1], "waiting", WORDS))
    (quote,) = signed(fieldwork, number).quotes

    assert (quote.words, quote.theme, quote.sentiment) == (WORDS, "waiting", "negative")

    with writing(fieldwork.engine) as session:
        session.exec(select(Comment)).one().redacted = "[name] waited four years"
    assert signed(fieldwork, number).quotes[0].words == "[name] waited four years"


def test_a_comment_that_says_something_else_by_now_is_not_quoted(fieldwork, sent):
    assert signed(fieldwork, sign(fieldwork, (sent[1], "waiting", "other words"))).quotes == ()
    assert signed(fieldwork, sign(fieldwork, (999, "waiting", WORDS))).quotes == ()


def everything_in(engine) -> str:
    files = [Path(engine.url.database), Path(f"{engine.url.database}-wal")] if engine.dialect.name == "sqlite" else []
    with engine.connect() as connection:
        rows = [connection.execute(table.select()).all() for table in SQLModel.metadata.sorted_tables]
    return repr(rows) + "".join(file.read_bytes().decode("latin-1") for file in files)


def test_when_words_are_taken_back_nothing_of_them_is_left_in_any_report_nor_on_the_disk(fieldwork, sent):
    number = sign(fieldwork, (sent[1], "waiting", WORDS))
    with writing(fieldwork.engine) as session:
        reports.strike(session, sent[1], "Zebedee may be recognised", by="officer", now=NOW)
    assert "Zebedee" in everything_in(fieldwork.engine)

    withdraw(fieldwork, sent[0])
    assert scrub(fieldwork.engine)

    left = signed(fieldwork, number)
    assert left.quotes == ()
    assert left.gone == 1
    assert left.report.content == CONTENT
    assert "Zebedee" not in everything_in(fieldwork.engine)
    with reading(fieldwork.engine) as session:
        assert not session.exec(select(ReportQuote)).all()
        assert not session.exec(select(StruckQuote)).all()


def test_who_no_longer_agrees_or_may_be_recognised_is_not_quoted_any_more(fieldwork, sent):
    number = sign(fieldwork, (sent[1], "waiting", WORDS))
    with writing(fieldwork.engine) as session:
        session.exec(select(Comment)).one().identifying = "an age, a place"

    assert signed(fieldwork, number).quotes == ()


def test_striking_out_needs_a_reason_is_kept_and_can_be_taken_back(fieldwork, sent):
    number = sign(fieldwork, (sent[1], "waiting", WORDS))
    with writing(fieldwork.engine) as session:
        with pytest.raises(ReportError, match="reason"):
            reports.strike(session, sent[1], " ", by="officer", now=NOW)
        reports.strike(session, sent[1], "A school may be recognised", by="officer", now=NOW)
        (struck,) = reports.struck(session, fieldwork.wave.id)
    assert (struck.reason, struck.by, struck.words) == ("A school may be recognised", "officer", WORDS)
    assert signed(fieldwork, number).quotes == ()

    with writing(fieldwork.engine) as session:
        reports.let_stand(session, sent[1], by="officer")
    assert len(signed(fieldwork, number).quotes) == 1


def test_a_comment_that_is_gone_cannot_be_struck_out(fieldwork):
    with writing(fieldwork.engine) as session, pytest.raises(ReportError, match="not there any more"):
        reports.strike(session, 999, "why not", by="officer", now=NOW)


def word(fieldwork, number, words):
    with writing(fieldwork.engine) as session:
        reports.word(session, number, "theme.waiting.raised", words, computed=COMPUTED, by="officer", now=NOW)


def test_other_words_are_kept_beside_what_was_computed_and_can_be_given_up(fieldwork):
    number = sign(fieldwork)
    word(fieldwork, number, "About one in eight (12%) raised waiting.")
    edited = signed(fieldwork, number).wordings["theme.waiting.raised"]

    assert (edited.words, edited.by) == ("About one in eight (12%) raised waiting.", "officer")
    assert signed(fieldwork, number).report.content == CONTENT

    word(fieldwork, number, "")
    assert signed(fieldwork, number).wordings == {}
    with reading(fieldwork.engine) as session:
        assert len(session.exec(select(ReportWording)).all()) == 2


@pytest.mark.parametrize(
    "words", ["13% raised it", "12% of 1,055", "12.5% raised it", "Nearly all raised it (12%)", "Most families did"]
)
def test_other_words_may_hold_no_other_numbers_and_say_no_more_than_was_computed(fieldwork, words):
    with pytest.raises(ReportError, match="does not say"):
        word(fieldwork, sign(fieldwork), words)


def test_other_words_may_not_be_somebodys_who_is_quoted(fieldwork, sent):
    number = sign(fieldwork, (sent[1], "waiting", WORDS))

    with pytest.raises(ReportError, match="quotation"):
        word(fieldwork, number, "As one put it, Zebedee waited four years for the hoist.")


def test_what_is_done_to_themes_later_changes_no_byte_of_a_report(fieldwork):
    with writing(fieldwork.engine) as session:
        owner = fieldwork.wave.consultation_id
        for theme in shipped("send").themes[:2]:
            session.add(Theme(consultation_id=owner, key=theme.key, label=theme.label))
        theming.begin_history(session, owner, by="officer")
    number = sign(fieldwork)
    before = signed(fieldwork, number).report

    with writing(fieldwork.engine) as session:
        one, other = session.exec(select(Theme)).all()
        theming.merge(session, owner, Seen(one.id, one.version), [Seen(other.id, other.version)], by="officer")

    after = signed(fieldwork, number).report
    assert after.model_dump() == before.model_dump()
    assert after.act_id is not None
    with reading(fieldwork.engine) as session:
        then = theming.as_of(session, owner, act_id=after.act_id)
        assert len(then) == 2
        assert reports.version(session, owner).act_id > after.act_id


def test_every_act_is_in_the_audit_and_none_of_anybodys_words(fieldwork, sent):
    number = sign(fieldwork, (sent[1], "waiting", WORDS))
    word(fieldwork, number, "Some raised it.")
    with writing(fieldwork.engine) as session:
        reports.strike(session, sent[1], "Zebedee may be recognised", by="officer", now=NOW)
        told = [(entry.what, entry.subject) for entry in session.exec(select(AuditEntry))]

    assert ("sign off a report", f"report {number}") in told
    assert ("put a sentence in other words", f"report {number} theme.waiting.raised") in told
    assert ("strike a quotation out", f"comment {sent[1]}") in told
    assert "Zebedee" not in repr(told)


def test_reports_are_listed_the_latest_first_and_one_that_is_not_there_is_said_not_to_be(fieldwork):
    first, second = sign(fieldwork), sign(fieldwork, title="Another")
    with reading(fieldwork.engine) as session:
        assert [one.id for one in reports.listed(session)] == [second, first]
        with pytest.raises(ReportError, match="There is no report 99"):
            reports.signed(session, 99)
        assert session.get(Report, first).wave_id == fieldwork.wave.id


def test_the_seed_of_a_wave_is_always_the_same_and_another_for_another(fieldwork):
    assert reports.seed_of(fieldwork.wave) == reports.seed_of(fieldwork.wave)
    assert reports.seed_of(fieldwork.wave) != reports.seed_of(fieldwork.wave._replace(code="2027"))


def test_what_kind_of_exercise_it_is_is_known(fieldwork):
    with reading(fieldwork.engine) as session:
        kind, _ = reports.about(session, consultations.wave(session, fieldwork.wave.id))

    assert kind == "engagement"
