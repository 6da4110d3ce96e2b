"""What can be counted in a wave: read from its questionnaire, with the words that were on it."""

from collections.abc import Iterable

import pandas as pd

from analysis.overview import Asked, Scaled, Scope
from survey import languages
from survey.areas import districts
from survey.questionnaire import Option, Optioned, Questionnaire, Scale, ServiceMatrix, SimpleItem, Standing, Tone
from survey.wording import words_in

LANGUAGE = "en"


def scope_of(questionnaire: Questionnaire, themes: pd.DataFrame) -> Scope:
    """The scope of a wave that asks this questionnaire and has these themes (as ``survey.frames`` gives them)."""
    services, rating = questionnaire.role("services"), questionnaire.role("rating")
    say = words_in(LANGUAGE)
    offered = services.options if isinstance(services, Optioned) else ()
    points = rating.options if isinstance(rating, Optioned) else ()
    return Scope(
        services=pd.Series(
            {option.code: say.of(option.text) for option in offered if option.standing is Standing.ANSWER}, dtype="str"
        ),
        places=_places(questionnaire),
        rating=rating.id if rating else "",
        tones={point.code: point.tone for point in points if point.tone},
        good=_called_good(points),
        themes=themes.drop_duplicates("theme").set_index("theme")["label"],
        tells_of_children=questionnaire.tells_of_children,
        rated_by_child=rating is not None and questionnaire.is_of_each_child(rating.id),
        age_band=_of_each_child(questionnaire, "age_band"),
        plan=_of_each_child(questionnaire, "plan"),
        scaled=_scaled(questionnaire, rating),
        manners=pd.DataFrame(
            [(one.tongue, one.variant) for one in languages.offered(questionnaire.languages)],
            columns=["language", "variant"],
            dtype="str",
        ),
    )


def _scaled(questionnaire: Questionnaire, rating: SimpleItem | None) -> tuple[Scaled, ...]:
    """The items on a scale that belong to no service, where some of their points are good and some are not."""
    say = words_in(LANGUAGE)
    of_services = {
        item.id
        for section in questionnaire.sections
        if isinstance(section.block, ServiceMatrix)
        for item in section.asked_items
    }
    return tuple(
        Scaled(
            item.id,
            say.of(item.text),
            _called_good(item.options),
            {point.code: point.tone for point in item.options if point.tone},
            questionnaire.is_of_each_child(item.id),
        )
        for _, item in questionnaire.items()
        if isinstance(item, Scale) and item != rating and item.id not in of_services and _called_good(item.options)
    )


def _called_good(points: Iterable[Option]) -> str:
    say = words_in(LANGUAGE)
    return " or ".join(say.of(point.text).lower() for point in points if point.tone is Tone.POSITIVE)


def _of_each_child(questionnaire: Questionnaire, role: str) -> Asked | None:
    """The item of that role with its answers, where it is asked of each child."""
    item = questionnaire.role(role)
    if not isinstance(item, Optioned) or not questionnaire.is_of_each_child(item.id):
        return None
    say = words_in(LANGUAGE)
    answers = {option.code: say.of(option.text) for option in item.options if option.standing is Standing.ANSWER}
    return Asked(item.id, pd.Series(answers, dtype="str"))


def _places(questionnaire: Questionnaire) -> pd.DataFrame:
    county = districts(questionnaire.areas) if questionnaire.areas else ()
    asked = questionnaire.role("district")
    offered = {option.code for option in asked.options} if isinstance(asked, Optioned) else {one.code for one in county}
    rows = [(one.code, one.name, one.column, one.row) for one in county if one.code in offered]
    return pd.DataFrame(rows, columns=["code", "name", "column", "row"]).set_index("code")
