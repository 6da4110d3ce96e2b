"""What has been approved is a theme of people's: no later fit takes its comments away, finds it again or adds to it."""

from analysis import suggestions
from survey import frames, theming
from survey.database import reading, writing
from survey.tables import CandidateTheme, Coding
from survey.theming import worded
from tests.analysis.test_refitting import (  # noqa: F401  (read, fieldwork and open_fieldwork are fixtures)
    BUSES,
    THERAPY,
    fieldwork,
    found_in,
    open_fieldwork,
    read,
    refit,
    stored,
)


def approve_first(fieldwork) -> CandidateTheme:  # noqa: F811
    """The largest candidate becomes the theme Buses."""
    first = max(stored(fieldwork, CandidateTheme), key=lambda one: one.size)
    with writing(fieldwork.engine) as session:
        theming.approve(session, fieldwork.wave.consultation_id, first.id, worded("Approved"), by="an officer")
    return first


def held_by(fieldwork, candidate: CandidateTheme) -> set[int]:  # noqa: F811
    return {one.comment_id for one in stored(fieldwork, Coding) if one.candidate_theme_id == candidate.id}


def carriers(fieldwork) -> set[int]:  # noqa: F811
    with reading(fieldwork.engine) as session:
        told = frames.changes(session, fieldwork.wave, fieldwork.questionnaire.roles).codings
    return set(told.loc[told["theme"] == "approved", "comment_id"])


def test_its_comments_stay_with_it_and_are_looked_through_no_more(fieldwork, read):  # noqa: F811
    read(*BUSES, *THERAPY)
    refit(fieldwork)
    approved = approve_first(fieldwork)
    held = held_by(fieldwork, approved)
    read(*(f"{text} again" for text in THERAPY))

    assert refit(fieldwork) == 1

    assert held_by(fieldwork, approved) == carriers(fieldwork) == held
    assert approved.key not in {one.key for one in stored(fieldwork, CandidateTheme) if one.approved_as_id is None}
    twice = [one.comment_id for one in stored(fieldwork, Coding) if one.comment_id in held]
    assert len(twice) == len(set(twice)), "none of them has another suggestion beside it"


def test_one_approved_while_a_fit_is_under_way_is_given_nothing_more_by_it(fieldwork, read):  # noqa: F811
    read(*BUSES, *THERAPY)
    refit(fieldwork)
    read(*(f"{text} again" for text in BUSES))
    told = found_in(fieldwork)
    approved = approve_first(fieldwork)
    held = held_by(fieldwork, approved)

    for _ in suggestions.store(fieldwork.engine, told):
        pass

    assert held_by(fieldwork, approved) == held
    (kept,) = (one for one in stored(fieldwork, CandidateTheme) if one.id == approved.id)
    assert (kept.label, kept.approved_as_id is not None) == (approved.label, True)


def test_once_its_theme_is_retired_its_comments_are_looked_through_again(fieldwork, read):  # noqa: F811
    read(*BUSES, *THERAPY)
    refit(fieldwork)
    approved = approve_first(fieldwork)
    held = held_by(fieldwork, approved)
    with writing(fieldwork.engine) as session:
        (theme,) = theming.board(session, fieldwork.wave.consultation_id).themes
        theming.retire(session, fieldwork.wave.consultation_id, theming.Seen(theme.id, theme.version), by="an officer")
    read(*(f"{text} again" for text in THERAPY))  # enough that is new for another fit

    refit(fieldwork)

    others = {one.comment_id for one in stored(fieldwork, Coding) if one.candidate_theme_id != approved.id}
    assert held <= others
    assert held_by(fieldwork, approved) == held, "and it has them all the same, should it be restored"
