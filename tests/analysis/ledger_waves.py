"""Waves of known truth for the ledger: so many families, of whom so many rate a service well or criticise a theme."""

from datetime import date

from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES
from analysis.ledger import Subject, Wave
from analysis.upkeep import Frames, kept
from survey import questionnaire_file
from survey.questionnaire import Questionnaire
from tests.analysis.test_tallies import coding, comment, response, rows

ASKED = questionnaire_file.shipped("send_services")
THEME, SERVICE = Subject(theme="waiting"), Subject(service="ot")
NORTH, SOUTH = "E07000121", "E07000117"


def wave(number: int, *, families: int, good: int, critics: int | None = None, **more: object) -> Wave:
    """A wave opened on the first of January of the year 2020 and so many. Each family rates one service and comments.

    more: ``districts`` and ``bands`` for each family in turn (repeated), and another questionnaire as ``asked``.
    """
    districts = more.get("districts") or [NORTH]
    bands = more.get("bands") or [""]
    critics = families - good if critics is None else critics
    people = range(1, families + 1)
    frames = Frames(
        rows(
            RESPONSES,
            *(response(one, districts[one % len(districts)], age_band=bands[one % len(bands)]) for one in people),
        ),
        rows(
            ANSWERS,
            *(
                {"response_id": one, "item": "rating", "service": "ot", "code": "good" if one <= good else "poor"}
                for one in people
            ),
        ),
        rows(COMMENTS, *(comment(one, one, "negative", words="Something", language="en") for one in people)),
        rows(CODINGS, *(coding(one, "waiting") | {"criticism": one <= critics} for one in people)),
    )
    asked = more.get("asked") or ASKED
    assert isinstance(asked, Questionnaire)
    return Wave(number, f"Wave {number}", date(2020 + number, 1, 1), kept(frames), asked)


def reworded(words: str, instead: str) -> Questionnaire:
    """The questionnaire with some words put in place of others."""
    return Questionnaire.model_validate_json(questionnaire_file.dumped(ASKED).replace(words, instead))
