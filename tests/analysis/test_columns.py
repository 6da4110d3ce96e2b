import pandas as pd
import pytest

from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES, THEMES, Sentiment, check, empty
from survey.judging import SENTIMENTS

ALL = [RESPONSES, ANSWERS, COMMENTS, CODINGS, THEMES]


@pytest.mark.parametrize("columns", ALL, ids=lambda columns: columns.frame)
def test_an_empty_frame_already_has_the_right_columns(columns):
    frame = check(empty(columns), columns)

    assert list(frame) == [column.name for column in columns.columns]
    assert len(frame) == 0


def test_a_missing_column_is_named():
    frame = empty(CODINGS).drop(columns=["theme", "strength"])

    with pytest.raises(ValueError, match="The codings frame lacks theme, strength"):
        check(frame, CODINGS)


def test_a_column_of_the_wrong_kind_is_named_with_what_it_should_hold():
    frame = empty(CODINGS).astype({"strength": "int64"})

    with pytest.raises(ValueError, match="strength should hold numbers .* not int64"):
        check(frame, CODINGS)


def test_text_may_come_as_categories_but_numbers_posing_as_categories_are_refused():
    frame = empty(RESPONSES).astype({"district": "category"})

    check(frame, RESPONSES)
    with pytest.raises(ValueError, match="district should hold text"):
        check(frame.assign(district=pd.Categorical([], categories=[1, 2])), RESPONSES)


def test_times_without_a_zone_are_refused():
    frame = empty(RESPONSES)
    frame = frame.assign(sent_at=frame["sent_at"].dt.tz_localize(None))

    with pytest.raises(ValueError, match="sent_at should hold times in UTC"):
        check(frame, RESPONSES)


def test_further_columns_are_allowed():
    check(empty(THEMES).assign(colour=pd.Series(dtype="str")), THEMES)


def test_sentiments_are_the_words_stored():
    assert [str(value) for value in Sentiment] == ["positive", "negative", "neutral", "mixed / unclear"]


def test_what_a_person_may_call_a_comment_is_what_a_model_may():
    assert set(SENTIMENTS) == {str(sentiment) for sentiment in Sentiment}
