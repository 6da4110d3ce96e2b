"""What the computer is least sure of comes first to whoever looks at comments."""

from survey.database import reading, writing
from survey.tables import Judgement, SentimentJudgement
from survey.unsure import unsure_first
from tests.survey.blind import Said, add_themes, code_all, draw, read
from tests.survey.conftest import NOW


def queue(fieldwork, limit=20, skip=0):
    with reading(fieldwork.engine) as session:
        return unsure_first(session, fieldwork.wave.consultation_id, limit=limit, skip=skip)


def test_an_unclaimed_tone_comes_before_a_weak_theme_and_that_before_a_weak_tone(fieldwork):
    add_themes(fieldwork, "waiting")
    sure, weak_tone, weak_theme, unclaimed = read(
        fieldwork,
        Said("Sure", ("waiting",), strength=0.95, likeliest=0.9),
        Said("Weak tone", ("waiting",), strength=0.95, likeliest=0.55),
        Said("Weak theme", ("waiting",), strength=0.41, likeliest=0.9),
        Said("Unclaimed", unsure=True, likeliest=0.6),
    )

    assert queue(fieldwork) == [unclaimed, weak_theme, weak_tone, sure]
    assert queue(fieldwork, limit=2, skip=1) == [weak_theme, weak_tone]


def test_what_somebody_has_judged_does_not_come_again(fieldwork):
    themes = add_themes(fieldwork, "waiting")
    one, two, three = read(fieldwork, Said("One"), Said("Two"), Said("Three"))
    with writing(fieldwork.engine) as session:
        session.add(Judgement(comment_id=one, theme_id=themes["waiting"], carries=True, by="ada", at=NOW))
        session.add(SentimentJudgement(comment_id=two, sentiment="neutral", by="ada", at=NOW))

    assert queue(fieldwork) == [three]


def test_comments_being_coded_blind_are_shown_to_nobody_with_what_the_computer_said(fieldwork):
    add_themes(fieldwork, "waiting")
    read(fieldwork, *(Said(str(number)) for number in range(5)))
    sample = draw(fieldwork, 3)

    assert len(queue(fieldwork)) == 2

    code_all(fieldwork, sample, "ada", lambda _: ())
    assert len(queue(fieldwork)) == 2


def test_what_nobody_can_read_is_not_in_it(fieldwork):
    read(fieldwork, Said("Czekamy", language="pl"))

    assert queue(fieldwork) == []
