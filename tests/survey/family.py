"""A family with several children, as it answers the questionnaire that asks about each of them."""

from survey.questionnaire import AnswerKey
from survey.routing import Typed

Given = dict[AnswerKey, Typed]

OF_FAMILY = {"one_change": "Answer the phone", "quotable": "yes", "district": "E07000117", "channel": "phone"}


def child_answers(child: int, *, another: str = "no", **ratings: str) -> Given:
    """Everything that must be said of one child, with a rating for each service; the words say whose they are."""
    given: Given = {
        AnswerKey("age_band", child=child): "5_10",
        AnswerKey("plan", child=child): "ehcp",
        AnswerKey("services_used", child=child): tuple(ratings),
        AnswerKey("another_child", child=child): another,
    }
    for service, code in ratings.items():
        given[AnswerKey("rating", service, child)] = code
        given[AnswerKey("tell_us_more", service, child)] = f"Child {child} waited for {service}"
    return given


def family_answers(*children: dict[str, str]) -> Given:
    """A whole family: the ratings of each child by service, and what is asked of the family."""
    given: Given = {AnswerKey(item): typed for item, typed in OF_FAMILY.items()}
    for number, ratings in enumerate(children, start=1):
        given |= child_answers(number, another="yes" if number < len(children) else "no", **ratings)
    return given
