"""A person puts a comment into English: it is read, and shown, in their words, and all of it goes with the comment."""

from datetime import timedelta

import pytest
from sqlmodel import select

from survey import comment_translations, own_response, responses
from survey.database import reading, writing
from survey.errors import CommentError
from survey.questionnaire import AnswerKey
from survey.tables import (
    Coding,
    Comment,
    CommentTranslation,
    FoundDetail,
    GivenBy,
    Reading,
    Response,
    SentimentJudgement,
    Theme,
)
from tests.survey.conftest import NOW, full_answers

URDU = "بچے کی تھراپی کا بہت انتظار ہے"


def sent(fieldwork, device="a phone", words=URDU, language="ur", second="", now=NOW):
    """A comment that has been sent and read, in that language; gives its number and the private code."""
    answers = full_answers() | {AnswerKey("tell_us_more", "slt"): words}
    draft = fieldwork.begin(device, answers)
    with writing(fieldwork.engine) as session:
        code = responses.send(session, draft.id, now=now).private_code(now)
        comment = session.exec(select(Comment).order_by(Comment.id.desc())).first()
        comment.redacted, comment.language, comment.other_language = words, language, second
        chances = {"p_negative": 1 / 3, "p_neutral": 1 / 3, "p_positive": 1 / 3}
        session.add(Reading(comment_id=comment.id, model="m", sentiment="mixed / unclear", read_at=now, **chances))
        return comment.id, code


def save(fieldwork, comment_id, words="The wait for therapy is very long", by="officer"):
    """Kept by somebody who sees what is kept now."""
    seen = in_full(fieldwork, comment_id).at
    with writing(fieldwork.engine) as session:
        comment_translations.save(session, comment_id, words, seen=seen, by=by, now=NOW)


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def in_full(fieldwork, comment_id):
    with reading(fieldwork.engine) as session:
        return comment_translations.in_full(session, comment_id)


def test_what_waits_stands_first_and_the_oldest_of_it_before_the_others(fieldwork):
    newest = sent(fieldwork, "one", now=NOW + timedelta(days=2))[0]
    oldest = sent(fieldwork, "two", language="pl")[0]
    partly = sent(fieldwork, "three", "Waited long, bohat wait hai", "en", "ur-Latn", now=NOW + timedelta(days=1))[0]
    sent(fieldwork, "four", "Waited", "en")
    sent(fieldwork, "five", "😡", "unknown")
    done = sent(fieldwork, "six", now=NOW - timedelta(hours=1))[0]
    save(fieldwork, done)

    with reading(fieldwork.engine) as session:
        listed = comment_translations.every(session, fieldwork.wave.id)

    assert [one.comment_id for one in listed] == [oldest, partly, newest, done]
    assert [(one.language, one.second, one.translated_by) for one in listed[1:]] == [
        ("en", "ur-Latn", ""), ("ur", "", ""), ("ur", "", "officer"),
    ]  # fmt: skip


def test_a_translated_comment_is_to_be_read_again_and_says_from_what_language_it_was_put(fieldwork):
    comment_id, _ = sent(fieldwork)
    before = stored(fieldwork, Response.change)

    save(fieldwork, comment_id)

    (comment,) = stored(fieldwork, Comment)
    assert (comment.words, comment.redacted, comment.language) == (URDU, None, "en-t-ur")
    assert stored(fieldwork, Reading) == []
    assert stored(fieldwork, Response.change) > before
    told = in_full(fieldwork, comment_id)
    assert (told.language, told.translation, told.by, told.at) == (
        "ur",
        "The wait for therapy is very long",
        "officer",
        NOW,
    )


@pytest.mark.parametrize(
    ("language", "second", "tag"),
    [("ur-Latn", "", "en-t-ur"), ("pa-Arab", "en", "en-t-pa"), ("en", "pl", "en-t-pl"), ("other", "", "en-t-und")],
)
def test_the_language_is_told_without_its_script(fieldwork, language, second, tag):
    comment_id, _ = sent(fieldwork, language=language, second=second)

    save(fieldwork, comment_id)
    save(fieldwork, comment_id, "Again")

    assert stored(fieldwork, Comment.language) == [tag]


def test_what_a_model_coded_goes_and_what_a_person_coded_stays(fieldwork):
    comment_id, _ = sent(fieldwork)
    with writing(fieldwork.engine) as session:
        for given_by in (GivenBy.MODEL, GivenBy.PERSON):
            theme = Theme(consultation_id=fieldwork.wave.consultation_id, key=given_by, label=given_by)
            session.add(theme)
            session.flush()
            session.add(Coding(comment_id=comment_id, theme_id=theme.id, strength=1, given_by=given_by, model="m"))

    save(fieldwork, comment_id)

    assert stored(fieldwork, Coding.given_by) == [GivenBy.PERSON]


@pytest.mark.parametrize(
    ("words", "told"),
    [("  ", "Enter what"), ("x" * 20_001, "20,000 characters or fewer"), ("Once ", "kept already")],
)
def test_what_cannot_be_kept_is_refused_and_what_was_kept_stays(fieldwork, words, told):
    comment_id, _ = sent(fieldwork)
    save(fieldwork, comment_id, "Once")

    with pytest.raises(CommentError, match=told):
        save(fieldwork, comment_id, words)

    assert stored(fieldwork, CommentTranslation.words) == ["Once"]


def test_what_somebody_else_has_saved_meanwhile_is_not_written_over_unseen(fieldwork):
    comment_id, _ = sent(fieldwork)
    save(fieldwork, comment_id, "Theirs", by="colleague")

    with pytest.raises(CommentError, match="colleague has saved"), writing(fieldwork.engine) as session:
        comment_translations.save(session, comment_id, "Mine", seen=None, by="officer", now=NOW)

    assert stored(fieldwork, CommentTranslation.words) == ["Theirs"]


def test_a_translation_can_be_taken_away_again(fieldwork):
    comment_id, _ = sent(fieldwork)
    save(fieldwork, comment_id)

    with writing(fieldwork.engine) as session:
        comment_translations.take_away(session, comment_id, by="officer")

    (comment,) = stored(fieldwork, Comment)
    assert (comment.redacted, comment.language) == (None, None)
    assert stored(fieldwork, CommentTranslation) == []
    with pytest.raises(CommentError, match="no translation"), writing(fieldwork.engine) as session:
        comment_translations.take_away(session, comment_id, by="officer")


def test_a_persons_sentiment_is_kept_beside_the_models_and_the_last_one_counts(fieldwork):
    comment_id, _ = sent(fieldwork)

    for sentiment in ("positive", "negative"):
        with writing(fieldwork.engine) as session:
            comment_translations.judge(session, comment_id, sentiment, by="officer", now=NOW)

    told = in_full(fieldwork, comment_id)
    assert (told.sentiment, told.judged) == ("mixed / unclear", "negative")
    assert len(stored(fieldwork, SentimentJudgement)) == 2


def test_a_comment_that_was_taken_back_cannot_be_translated_and_leaves_no_translation(fieldwork):
    comment_id, code = sent(fieldwork)
    save(fieldwork, comment_id)
    with writing(fieldwork.engine) as session:
        comment_translations.judge(session, comment_id, "negative", by="officer", now=NOW)
        session.add(FoundDetail(comment_id=comment_id, start=0, end=3, kind="name", suggested=True))

    with writing(fieldwork.engine) as session:
        own_response.withdraw(
            session, own_response.find(session, typed_code=code, consultation_id=fieldwork.wave.consultation_id)
        )

    for table in (Comment, CommentTranslation, SentimentJudgement, FoundDetail):
        assert stored(fieldwork, table) == []
    with pytest.raises(CommentError, match="taken back"):
        save(fieldwork, comment_id)
