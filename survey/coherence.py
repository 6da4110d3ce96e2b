"""Whether a questionnaire hangs together: what no single item can know about itself.

Every rule raises ValueError with what is wrong and what to write; ``questionnaire_file`` adds the file.
"""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from survey import pictures
from survey.coherence_of_children import check_children
from survey.questionnaire import (
    AskIf,
    Blocks,
    Choice,
    Number,
    Optioned,
    Questionnaire,
    Repeat,
    Scale,
    Section,
    ServiceMatrix,
    Several,
    SimpleItem,
    Wording,
)

ROLE_KINDS = {
    "services": Several,
    "rating": Scale,
    "district": Choice,
    "channel": Choice,
    "age_band": Choice,
    "plan": Choice,
    "quotable": Choice,
}


def check_coherence(questionnaire: Questionnaire) -> None:
    """Nothing, if the parts fit together. Raises ValueError naming the first part that does not."""
    _names_differ(questionnaire)
    _blocks_stand_alone(questionnaire)
    check_children(questionnaire)
    _conditions_look_back(questionnaire)
    _roles_fit(questionnaire)
    _every_language_is_there(questionnaire)
    _every_picture_is_there(questionnaire)


def _names_differ(questionnaire: Questionnaire) -> None:
    names = [section.id for section in questionnaire.sections]
    names += [item.id for _, item in questionnaire.items()]
    names += [section.block.id for section in questionnaire.sections if section.block]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"the name {name!r} is used twice; give each section and item a name of its own")


def _blocks_stand_alone(questionnaire: Questionnaire) -> None:
    for section in questionnaire.sections:
        if len(section.items) > 1 and any(isinstance(item, Blocks) for item in section.items):
            raise ValueError(
                f"section {section.id!r} holds a service_matrix or repeat beside other items; "
                "put it in a section of its own"
            )


def _conditions_look_back(questionnaire: Questionnaire) -> None:
    earlier: dict[str, SimpleItem] = {}
    of_child: dict[str, SimpleItem] = {}  # what is said of one child decides nothing but for the same child
    for section in questionnaire.sections:
        known = earlier | of_child if section.each_child else earlier
        _refers_back(section.ask_if, known, f"section {section.id!r}")
        _block_refers_back(section, known)
        beside: dict[str, SimpleItem] = {}
        for item in section.asked_items:
            _refers_back(item.ask_if, known | beside, f"item {item.id!r}")
            beside[item.id] = item
        if not section.block:  # what is said of one service decides nothing outside its block
            (of_child if section.each_child else earlier).update(beside)


def _refers_back(ask_if: AskIf | None, earlier: dict[str, SimpleItem], where: str) -> None:
    if ask_if is None:
        return
    item = earlier.get(ask_if.item)
    if item is None:
        raise ValueError(
            f"{where} has ask_if on {ask_if.item!r}, which is not asked before it; "
            f"name an earlier item{_one_of(earlier)}"
        )
    if not isinstance(item, Optioned):
        raise ValueError(f"{where} has ask_if on {item.id!r}, a {item.kind}; use a choice, several or scale")
    offered = {option.code for option in item.options}
    if unknown := [code for code in ask_if.is_one_of if code not in offered]:
        raise ValueError(
            f"{where} has ask_if on the code {unknown[0]!r}, which {item.id!r} does not offer{_one_of(offered)}"
        )


def _block_refers_back(section: Section, earlier: dict[str, SimpleItem]) -> None:
    block = section.block
    if isinstance(block, ServiceMatrix) and not isinstance(earlier.get(block.services), Several):
        raise ValueError(
            f"service_matrix {block.id!r} takes its services from {block.services!r}; "
            "name an item of kind several that is asked before it"
        )
    if isinstance(block, Repeat) and not isinstance(earlier.get(block.times), Number):
        raise ValueError(
            f"repeat {block.id!r} takes its number from {block.times!r}; "
            "name an item of kind number that is asked before it"
        )


def _roles_fit(questionnaire: Questionnaire) -> None:
    known = {item.id: item for _, item in questionnaire.items()}
    for role, kind in ROLE_KINDS.items():
        name = getattr(questionnaire.roles, role)
        if name is not None and not isinstance(known.get(name), kind):
            raise ValueError(
                f"the role {role} is given to {name!r}; name an item of kind {kind.__name__.lower()}{_one_of(known)}"
            )


def _every_language_is_there(questionnaire: Questionnaire) -> None:
    for where, wording in _wordings(questionnaire):
        if lacking := [language for language in questionnaire.languages if not wording.get(language, "").strip()]:
            raise ValueError(f'{where} has no wording in {lacking[0]!r}; add it, as in {lacking[0]} = "…"')


def _every_picture_is_there(questionnaire: Questionnaire) -> None:
    for where, name in _pictures(questionnaire):
        if name and name not in pictures.FILES:
            near = get_close_matches(name, pictures.FILES, n=1)
            advice = f"did you mean {near[0]!r}?" if near else "name another"
            raise ValueError(f"{where} has a picture {name!r}, which is not there; {advice}{_one_of(pictures.FILES)}")


def _pictures(questionnaire: Questionnaire) -> Iterator[tuple[str, str | None]]:
    for _, item in questionnaire.items():
        yield f"item {item.id!r}", item.picture
        for option in item.options if isinstance(item, Optioned) else ():
            yield f"option {option.code!r} of item {item.id!r}", option.picture


def _wordings(questionnaire: Questionnaire) -> Iterator[tuple[str, Wording]]:
    for key in ("title", "asked_by", "about", "what_happens", "contact"):
        yield key, getattr(questionnaire, key)
    for section in questionnaire.sections:
        yield from _worded(section, ("title", "intro"), f"of section {section.id!r}")
        if section.block:
            yield from _worded(section.block, ("text",), f"of item {section.block.id!r}")
    for _, item in questionnaire.items():
        yield from _worded(item, ("text", "hint", "missing"), f"of item {item.id!r}")
        for option in item.options if isinstance(item, Optioned) else ():
            yield from _worded(option, ("text", "hint"), f"of option {option.code!r} of item {item.id!r}")


def _worded(part: object, keys: tuple[str, ...], where: str) -> Iterator[tuple[str, Wording]]:
    for key in keys:
        if (wording := getattr(part, key)) is not None:
            yield f"the {key} {where}", wording


def _one_of(names: Collection[str]) -> str:
    return f" (one of: {', '.join(sorted(names))})" if names else ""
