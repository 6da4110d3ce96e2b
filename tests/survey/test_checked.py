"""What came of a sample is read as it stands: without what was taken back, and with themes that were merged as one."""

from datetime import timedelta

import pytest

from survey import teaching
from survey.checked import Checked, checked
from survey.database import reading, writing
from survey.tables import CandidateTheme, Coding, Comment, GivenBy, Judgement, Response, Teaching, Theme
from tests.survey.blind import Said, add_themes, code_all, draw, read, sample_of, withdraw
from tests.survey.conftest import NOW


@pytest.fixture
def themes(fieldwork):
    return add_themes(fieldwork, "waiting", "delays", "transport")


@pytest.fixture
def twenty(fieldwork, themes):
    return read(fieldwork, *(Said(f"Waited {number}", ("delays",)) for number in range(20)))


def seen(fieldwork) -> Checked:
    with reading(fieldwork.engine) as session:
        return checked(session, fieldwork.wave.consultation_id, sample_of(fieldwork))


def taught(fieldwork, comments: list[int], theme: int) -> int:
    """The computer uses what was said of these comments, since before anything was drawn; gives the lesson's id."""
    earlier = NOW - timedelta(days=4)
    with writing(fieldwork.engine) as session:
        session.add_all(
            Judgement(comment_id=comment, theme_id=theme, carries=True, by="ada", at=earlier) for comment in comments
        )
        lesson = Teaching(
            consultation_id=fieldwork.wave.consultation_id, asked_by="ada", asked_at=earlier, proved_at=earlier,
            difference_low=0.1,
        )  # fmt: skip
        session.add(lesson)
        session.flush()
        teaching.switch_on(session, lesson.id, by="ada", now=earlier)
        return lesson.id


def test_it_has_what_people_and_the_computer_said(fieldwork, themes, twenty):
    sample = draw(fieldwork, 5)
    coded = code_all(fieldwork, sample, "ada", lambda _: [themes["waiting"]], sentiment="neutral")

    found = seen(fieldwork)

    assert found.codings[["comment", "by", "sentiment"]].to_numpy().tolist() == [
        [one, "ada", "neutral"] for one in coded
    ]
    assert len(found.judgements) == 5 * 3
    assert found.judgements.loc[found.judgements["carries"], "theme"].unique().tolist() == [themes["waiting"]]
    assert found.comments["comment"].tolist() == twenty
    assert found.given.to_numpy().tolist() == [[comment, themes["delays"]] for comment in twenty]
    assert [theme.key for theme in found.themes] == ["delays", "transport", "waiting"]


def test_a_merged_theme_counts_for_the_one_it_was_merged_into(fieldwork, themes, twenty):
    sample = draw(fieldwork, 5)
    code_all(fieldwork, sample, "ada", lambda _: [themes["delays"]])
    with writing(fieldwork.engine) as session:
        session.get_one(Theme, themes["delays"]).merged_into_id = themes["waiting"]

    found = seen(fieldwork)

    assert found.judgements.loc[found.judgements["carries"], "theme"].unique().tolist() == [themes["waiting"]]
    assert len(found.judgements) == 5 * 2
    assert set(found.given["theme"]) == {themes["waiting"]}


def test_a_retired_theme_is_judged_no_more(fieldwork, themes, twenty):
    sample = draw(fieldwork, 5)
    code_all(fieldwork, sample, "ada", lambda _: [themes["delays"]])
    with writing(fieldwork.engine) as session:
        session.get_one(Theme, themes["delays"]).retired = True

    found = seen(fieldwork)

    assert not found.judgements["carries"].any()
    assert found.given.empty


def test_what_a_candidate_gave_counts_once_it_is_approved(fieldwork, themes, twenty):
    draw(fieldwork, 5)
    with writing(fieldwork.engine) as session:
        candidate = CandidateTheme(
            consultation_id=fieldwork.wave.consultation_id, key="buses", label="Buses", fitted_at=NOW,
            approved_as_id=themes["transport"],
        )  # fmt: skip
        session.add(candidate)
        session.flush()
        session.add(
            Coding(
                comment_id=twenty[0], candidate_theme_id=candidate.id, strength=0.5, given_by=GivenBy.MODEL, model="m"
            )
        )

    assert [twenty[0], themes["transport"]] in seen(fieldwork).given.to_numpy().tolist()


def test_what_arrived_later_and_what_was_taken_back_are_not_in_it(fieldwork, themes, twenty):
    sample = draw(fieldwork, 5)
    coded = code_all(fieldwork, sample, "ada", lambda _: ())
    withdraw(fieldwork, coded[0])
    (late,) = read(fieldwork, Said("Later"))
    with writing(fieldwork.engine) as session:
        response = session.get_one(Response, session.get_one(Comment, late).response_id)
        response.sent_at = NOW + timedelta(days=1)
        session.add(response)

    found = seen(fieldwork)

    assert set(found.comments["comment"]) == set(twenty) - {coded[0]}
    assert coded[0] not in set(found.codings["comment"])
    assert coded[0] not in set(found.judgements["comment"])


def test_a_sample_is_of_what_it_was_drawn_from_though_teaching_is_switched_off_and_on_again(fieldwork, themes, twenty):
    lesson, day = taught(fieldwork, twenty[:8], themes["waiting"]), timedelta(days=1)
    draw(fieldwork, 5)
    with writing(fieldwork.engine) as session:
        teaching.switch_off(session, lesson, by="ada", now=NOW + day)

    assert seen(fieldwork).comments["comment"].tolist() == twenty[8:]
    with writing(fieldwork.engine) as session:
        teaching.switch_on(session, lesson, by="ada", now=NOW + 2 * day)

    assert seen(fieldwork).comments["comment"].tolist() == twenty[8:]


def test_a_sample_nobody_has_coded_is_empty_and_no_trouble(fieldwork, themes, twenty):
    draw(fieldwork, 5)

    found = seen(fieldwork)

    assert found.codings.empty
    assert found.judgements.empty
    assert len(found.comments) == 20
