"""Whoever sent something can see it, change it and take it back, with a code and nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from survey import (
    codes,
    comment_translations,
    details,
    drafts,
    equality,
    own_response,
    reading_through,
    responses,
    theming,
)
from survey.database import reading, scrub, writing
from survey.errors import AnotherDraftHere, ConsultationClosed, UnknownPrivateCode
from survey.questionnaire import AnswerKey
from survey.suggested import LOOK_AGAIN
from survey.tables import (
    Answer,
    CandidateTheme,
    Coding,
    Comment,
    Draft,
    EqualityAnswer,
    GivenBy,
    Likeness,
    Reading,
    Response,
    ResponseState,
    Theme,
)
from tests.survey.conftest import NOW, full_answers

SECRET = "Our Zebedee waited two years for a hoist"


def send(fieldwork, device="a phone", **changed):
    draft = fieldwork.begin(device, full_answers(**changed) | {AnswerKey("tell_us_more", "slt"): SECRET})
    with writing(fieldwork.engine) as session:
        return responses.send(session, draft.id, now=NOW).private_code(NOW)


def find(fieldwork, code):
    with reading(fieldwork.engine) as session:
        return own_response.find(session, typed_code=code, consultation_id=fieldwork.wave.consultation_id)


def correct(fieldwork, code, device="a phone", now=NOW):
    with writing(fieldwork.engine) as session:
        found = own_response.find(session, typed_code=code, consultation_id=fieldwork.wave.consultation_id)
        return own_response.correct(session, found, device=device, now=now)


def withdraw(fieldwork, code):
    with writing(fieldwork.engine) as session:
        own_response.withdraw(
            session, own_response.find(session, typed_code=code, consultation_id=fieldwork.wave.consultation_id)
        )


def read_by_the_model(fieldwork, *also):
    """Every comment read, and put under a suggested theme of its own; gives that theme's id."""
    with writing(fieldwork.engine) as session:
        theme = CandidateTheme(
            consultation_id=fieldwork.wave.consultation_id, key="hoist", label="Hoist, Zebedee", fitted_at=NOW
        )
        session.add(theme)
        session.flush()
        for comment in session.exec(select(Comment)).all():
            if comment.words in (also or (comment.words,)):
                comment.redacted = comment.words
                reading = {"p_negative": 0.8, "p_neutral": 0.1, "p_positive": 0.1, "read_at": NOW}
                session.add(
                    Reading(comment_id=comment.id, model="m", sentiment="negative", embedding=b"hoist", **reading)
                )
                session.add(
                    Coding(
                        comment_id=comment.id,
                        candidate_theme_id=theme.id,
                        strength=0.9,
                        given_by=GivenBy.MODEL,
                        model="m",
                    )
                )
        return theme.id


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def test_what_was_sent_is_found_by_its_code_however_it_is_typed(fieldwork):
    code = send(fieldwork)

    own = find(fieldwork, f"  {code.upper().replace('-', ' ')} ")

    assert own.answers == full_answers() | {AnswerKey("tell_us_more", "slt"): SECRET}


@pytest.mark.parametrize("typed", ["", "lemon river", "lemon-river-candle-tiger-stone", "' or 1=1 --", "\x00"])
def test_a_code_that_is_nobodys_finds_nothing(fieldwork, typed):
    send(fieldwork)

    with pytest.raises(UnknownPrivateCode, match="Check it"):
        find(fieldwork, typed)


def test_the_code_is_stored_nowhere(fieldwork):
    code = send(fieldwork)

    (response,) = stored(fieldwork, Response)
    assert code not in repr(response.model_dump())
    assert response.private_hash == codes.hashed(code, purpose="private")


def test_the_code_is_shown_for_an_hour_and_then_no_more(fieldwork):
    send(fieldwork)

    with reading(fieldwork.engine) as session:
        receipt = responses.last_from(session, wave_id=fieldwork.wave.id, device="a phone")
    assert receipt.private_code(NOW + timedelta(minutes=59))
    assert receipt.private_code(NOW + timedelta(minutes=61)) == ""


def test_a_shared_device_can_be_told_to_forget_and_the_code_still_works(fieldwork):
    code = send(fieldwork)

    with writing(fieldwork.engine) as session:
        responses.forget_device(session, wave_id=fieldwork.wave.id, device="a phone")

    with reading(fieldwork.engine) as session:
        assert responses.last_from(session, wave_id=fieldwork.wave.id, device="a phone") is None
    assert find(fieldwork, code).answers


def test_a_correction_takes_the_place_of_what_was_sent(fieldwork):
    code = send(fieldwork)
    draft = correct(fieldwork, code, device="another phone")
    with writing(fieldwork.engine) as session:
        drafts.put(
            session, draft.id, given={AnswerKey("rating", "slt"): "very_poor"}, place=None, now=NOW + timedelta(days=2)
        )
    before = stored(fieldwork, Response)

    with writing(fieldwork.engine) as session:
        receipt = responses.send(session, draft.id, now=NOW + timedelta(days=2))

    (response,) = stored(fieldwork, Response)
    assert (response.id, response.reference, response.sent_at) == (before[0].id, receipt.reference, NOW)
    assert response.change > before[0].change
    assert find(fieldwork, code).answers[AnswerKey("rating", "slt")] == "very_poor"
    assert [answer.code for answer in stored(fieldwork, Answer) if answer.item == "rating"] == ["very_poor"]
    assert stored(fieldwork, Draft) == []


def test_until_it_is_sent_again_what_was_sent_stands(fieldwork):
    code = send(fieldwork)
    draft = correct(fieldwork, code)

    with writing(fieldwork.engine) as session:
        drafts.put(session, draft.id, given={AnswerKey("plan"): "none"}, place=None, now=NOW)
        drafts.drop(session, draft.id)

    assert find(fieldwork, code).answers[AnswerKey("plan")] == "ehcp"


def test_words_that_stay_keep_what_was_read_in_them_and_changed_words_are_read_again(fieldwork):
    code = send(fieldwork, one_change="Shorter waits")
    read_by_the_model(fieldwork)
    draft = correct(fieldwork, code)
    with writing(fieldwork.engine) as session:
        drafts.put(session, draft.id, given={AnswerKey("one_change"): "Shorter queues"}, place=None, now=NOW)

    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)

    comments = {comment.words: comment.redacted for comment in stored(fieldwork, Comment)}
    assert comments == {SECRET: SECRET, "Shorter queues": None}
    assert len(stored(fieldwork, Reading)) == len(stored(fieldwork, Coding)) == 1


def test_beginning_a_correction_twice_goes_on_with_the_one_begun(fieldwork):
    code = send(fieldwork)
    draft = correct(fieldwork, code)
    with writing(fieldwork.engine) as session:
        drafts.put(session, draft.id, given={AnswerKey("plan"): "none"}, place=None, now=NOW)

    assert correct(fieldwork, code, device="a tablet").answers[AnswerKey("plan")] == "none"


def test_answers_not_sent_yet_on_the_device_are_not_lost_to_a_correction(fieldwork):
    code = send(fieldwork)
    fieldwork.begin("a phone", {AnswerKey("services_used"): ("ot",)})

    with pytest.raises(AnotherDraftHere, match="Send or delete"):
        correct(fieldwork, code)

    (draft,) = stored(fieldwork, Draft)
    assert "ot" in draft.answers


def test_once_closed_nothing_is_corrected_and_anything_may_be_withdrawn(fieldwork):
    code = send(fieldwork)

    with pytest.raises(ConsultationClosed, match="cannot be changed"):
        correct(fieldwork, code, now=NOW + timedelta(days=31))

    withdraw(fieldwork, code)
    with pytest.raises(UnknownPrivateCode):
        find(fieldwork, code)


def test_what_stays_of_a_withdrawn_response_says_that_one_was_withdrawn_and_nothing_more(fieldwork):
    code = send(fieldwork)
    correct(fieldwork, code)
    (before,) = stored(fieldwork, Response)

    withdraw(fieldwork, code)

    (left,) = stored(fieldwork, Response)
    told = left.model_dump(
        exclude={"id", "wave_id", "state", "change", "reference", "public_id", "sent_at", "started_at"}
    )
    assert left.state is ResponseState.WITHDRAWN
    assert left.change > before.change
    assert (left.reference, left.public_id) != (before.reference, before.public_id)
    assert left.sent_at == datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    assert {name for name, value in told.items() if value} == {"channel", "variant", "language"}
    assert (left.channel, left.variant, left.language) == ("web", "standard", "en")
    assert stored(fieldwork, Answer) == stored(fieldwork, Comment) == stored(fieldwork, Draft) == []


def test_equality_answers_go_with_it(fieldwork):
    code = send(fieldwork)
    own = find(fieldwork, code)
    with writing(fieldwork.engine) as session:
        equality.put(session, own.public_id, given={AnswerKey("sex"): "female"}, place=equality.OFFER, now=NOW)
    assert stored(fieldwork, EqualityAnswer)

    withdraw(fieldwork, code)

    assert stored(fieldwork, EqualityAnswer) == []


def test_what_was_read_in_withdrawn_words_goes_with_them(fieldwork):
    code = send(fieldwork)
    send(fieldwork, "another phone")
    theme = read_by_the_model(fieldwork)

    withdraw(fieldwork, code)

    assert len(stored(fieldwork, Comment)) == len(stored(fieldwork, Reading)) == len(stored(fieldwork, Coding)) == 1
    (left,) = stored(fieldwork, CandidateTheme)
    assert (left.id, left.fitted_at) == (theme, LOOK_AGAIN), "the others' theme is due to be looked for again"


def test_a_suggested_theme_that_stood_on_withdrawn_words_alone_is_gone(fieldwork):
    code = send(fieldwork)
    read_by_the_model(fieldwork)

    withdraw(fieldwork, code)

    assert stored(fieldwork, CandidateTheme) == []


def send_corrected(fieldwork, code):
    draft = correct(fieldwork, code)
    with writing(fieldwork.engine) as session:
        drafts.put(session, draft.id, given={AnswerKey("tell_us_more", "slt"): "All is well"}, place=None, now=NOW)
    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)


def test_corrected_words_take_with_them_what_was_suggested_from_them_alone(fieldwork):
    code = send(fieldwork)
    read_by_the_model(fieldwork)

    send_corrected(fieldwork, code)

    assert stored(fieldwork, CandidateTheme) == []


def test_what_was_suggested_from_corrected_words_and_others_is_to_be_looked_for_again(fieldwork):
    code = send(fieldwork)
    send(fieldwork, "another phone")
    theme = read_by_the_model(fieldwork)

    send_corrected(fieldwork, code)

    (left,) = stored(fieldwork, CandidateTheme)
    assert (left.id, left.fitted_at) == (theme, LOOK_AGAIN)


def test_a_suggestion_that_was_approved_stays_a_theme_of_people_without_the_words_it_was_found_by(fieldwork):
    code = send(fieldwork)
    candidate = read_by_the_model(fieldwork)
    with writing(fieldwork.engine) as session:
        theming.approve(
            session, fieldwork.wave.consultation_id, candidate, theming.worded("Equipment"), by="an officer"
        )

    withdraw(fieldwork, code)

    (left,) = stored(fieldwork, CandidateTheme)
    assert (left.label, left.words, left.centre) == ("", "", None)
    assert [theme.label for theme in stored(fieldwork, Theme)] == ["Equipment"]


def files_of(engine) -> list[Path]:
    """The embedded database's file and its log of changes; another server's files are its own."""
    name = engine.url.database
    return [Path(name), Path(f"{name}-wal")] if engine.dialect.name == "sqlite" else []


def everything_in(engine) -> str:
    with engine.connect() as connection:
        return repr([connection.execute(table.select()).all() for table in SQLModel.metadata.sorted_tables]) + "".join(
            file.read_bytes().decode("latin-1") for file in files_of(engine)
        )


def looked_at_by_people(fieldwork):
    """The secret put into English, looked through for details, judged, and noted about."""
    with writing(fieldwork.engine) as session:
        comment = session.exec(select(Comment).where(Comment.words == SECRET)).one()
        comment_translations.save(session, comment.id, f"In English: {SECRET}", seen=None, by="officer", now=NOW)
        comment_translations.judge(session, comment.id, "negative", by="officer", now=NOW)
        details.hide(session, comment.id, "Zebedee", by="officer", now=NOW)
        details.see_as_written(session, comment.id, by="officer")
        reading_through.add_note(session, comment.id, "Zebedee and his hoist", sent_at=NOW, by="officer", now=NOW)


def test_nothing_of_withdrawn_words_is_left_in_any_table_nor_in_the_database_file_or_its_log(fieldwork):
    code = send(fieldwork)
    read_by_the_model(fieldwork)
    looked_at_by_people(fieldwork)
    assert SECRET in everything_in(fieldwork.engine)
    assert all(b"Zebedee" in file.read_bytes() for file in files_of(fieldwork.engine)[1:])

    withdraw(fieldwork, code)
    assert scrub(fieldwork.engine)

    left = everything_in(fieldwork.engine)
    assert [word for word in ("Zebedee", "hoist", code) if word in left] == []


def test_scrubbing_gives_way_to_somebody_who_is_reading_and_is_done_the_next_time(fieldwork):
    code = send(fieldwork)
    with reading(fieldwork.engine) as session:
        session.exec(select(Response)).all()
        withdraw(fieldwork, code)
        done = scrub(fieldwork.engine)

    assert done is (fieldwork.engine.dialect.name == "postgresql")
    assert scrub(fieldwork.engine)


def test_on_a_device_that_two_families_share_a_correction_is_told_as_its_own(fieldwork):
    code = send(fieldwork)
    other = send(fieldwork)
    draft = correct(fieldwork, code)

    with writing(fieldwork.engine) as session:
        drafts.speak(session, draft.id, "pl")
        receipt = responses.send(session, draft.id, now=NOW + timedelta(minutes=5))

    assert receipt.corrects
    assert receipt.private_code(NOW) == code != other
    mine = next(one for one in stored(fieldwork, Response) if one.reference == receipt.reference)
    assert (mine.language, receipt.language) == ("pl", "pl")


def test_copies_of_words_that_are_taken_back_are_still_copies_of_one_another(fieldwork):
    codes_given = [send(fieldwork, f"phone {number}") for number in range(3)]
    first, *others = [comment.id for comment in stored(fieldwork, Comment)]
    with writing(fieldwork.engine) as session:
        for other in others:
            session.add(Likeness(comment_id=other, earlier_id=first, share=0.9))

    withdraw(fieldwork, codes_given[0])

    assert [(row.comment_id, row.earlier_id) for row in stored(fieldwork, Likeness)] == [(others[1], others[0])]
