"""Which language to speak, and the way to another: what was answered, or is being typed, stays."""

from functools import partial

import streamlit as st

from pages.parents import acts
from pages.ui.buttons import button
from pages.ui.state import Visit
from survey.languages import ENGLISH, offered
from survey.questionnaire import Questionnaire
from survey.wording import Words, words_in


def words(visit: Visit, questionnaire: Questionnaire) -> Words:
    """The sentences in the visit's language, or in English if the questionnaire is not in it."""
    return words_in(visit.language if visit.language in questionnaire.languages else ENGLISH.code)


def named(questionnaire: Questionnaire, said: Words) -> str:
    """What leads to the languages: each under the name its own speakers give it. "" if there is but one."""
    known = offered(questionnaire.languages)
    return f"{said('door.language')}: {' · '.join(one.name for one in known)}" if len(known) > 1 else ""


def draw(visit: Visit, questionnaire: Questionnaire, said: Words) -> None:
    """The languages, folded away. The buttons are drawn when it is opened."""
    if label := named(questionnaire, said):
        folded = st.expander(label, key="survey-languages", on_change="rerun")
        if folded.open:
            with folded:
                buttons(visit, questionnaire, said)


def buttons(visit: Visit, questionnaire: Questionnaire, said: Words) -> None:
    """A button for each language."""
    with st.container(horizontal=True):
        for one in offered(questionnaire.languages):
            act = partial(acts.speak, visit, questionnaire, one.code, said)
            button(visit, one.name, f"survey-language-{one.code}", act)
