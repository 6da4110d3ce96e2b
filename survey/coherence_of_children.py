"""Whether what is asked child by child can be: where those sections stand, and how the next child is begun."""

from survey.questionnaire import Choice, Questionnaire, Repeat, Section, ServiceMatrix
from survey.routing import ANOTHER, CLOSING

OF_THE_FAMILY = ("district", "channel", "quotable")


def check_children(questionnaire: Questionnaire) -> None:
    """Nothing, if it can be. Raises ValueError with what is wrong and what to write."""
    each = questionnaire.for_each_child
    if not each and questionnaire.children is None:
        return
    if questionnaire.children is None:
        raise ValueError(
            f"section {each[0].id!r} says each_child, but nothing says how the next child is begun; "
            'add a table [children] with another = "…", the item that asks for another child'
        )
    if not each:
        raise ValueError(
            "there is a table [children], but no section is asked for each child; "
            "write each_child = true in those that are, or take the table out"
        )
    _stand_together(questionnaire, each)
    _one_way_of_counting(questionnaire)
    _next_child_is_asked_for(each[-1], questionnaire.children.another)
    _roles_of_the_family(questionnaire)
    _decide_for_their_child_alone(questionnaire)


def _stand_together(questionnaire: Questionnaire, each: tuple[Section, ...]) -> None:
    order = [section.id for section in questionnaire.sections]
    first, last = order.index(each[0].id), order.index(each[-1].id)
    between = [section for section in questionnaire.sections[first:last] if not section.each_child]
    if between:
        raise ValueError(
            f"section {between[0].id!r} stands between sections that are asked for each child; "
            "move it before or after them, or write each_child = true in it too"
        )


def _one_way_of_counting(questionnaire: Questionnaire) -> None:
    for section in questionnaire.sections:
        if isinstance(section.block, Repeat):
            raise ValueError(
                f"section {section.id!r} holds a repeat beside sections that are asked for each child, "
                "and its child 1 need not be theirs; write its items in a section with each_child = true"
            )


def _next_child_is_asked_for(last: Section, another: str) -> None:
    item = next((item for item in last.asked_items if item.id == another), None)
    if last.block or item is None:
        raise ValueError(
            f"the next child is begun by {another!r}, which is not asked in {last.id!r}, the last section for each "
            "child; name an item of kind choice there, in a section without a service_matrix"
        )
    codes = {option.code for option in item.options} if isinstance(item, Choice) else set()
    if codes != {ANOTHER, CLOSING}:
        raise ValueError(
            f"the next child is begun by {another!r}; make it a choice with the two codes {ANOTHER!r} and {CLOSING!r}"
        )
    if item.optional or item.ask_if or last.ask_if:
        raise ValueError(
            f"whether there is another child must always be asked; take optional and ask_if out of {another!r} "
            f"and out of its section {last.id!r}"
        )


def _roles_of_the_family(questionnaire: Questionnaire) -> None:
    for role in OF_THE_FAMILY:
        name = getattr(questionnaire.roles, role)
        if name and questionnaire.is_of_each_child(name):
            raise ValueError(
                f"the role {role} is given to {name!r}, which is asked for each child; "
                "a family has one, so move it to a section without each_child"
            )


def _decide_for_their_child_alone(questionnaire: Questionnaire) -> None:
    of_child = {item.id for section, item in questionnaire.items() if section.each_child}
    for section in questionnaire.sections:
        if section.each_child:
            continue
        conditions = [section.ask_if, *(item.ask_if for item in section.asked_items)]
        named = {condition.item for condition in conditions if condition}
        if isinstance(section.block, ServiceMatrix):
            named.add(section.block.services)
        if wrong := sorted(named & of_child):
            raise ValueError(
                f"section {section.id!r} hangs on {wrong[0]!r}, which is asked for each child; "
                "write each_child = true in it, or name an item that is asked of the family"
            )
