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


def draw(visit: Visit, questionnaire: Questionnaire, said: Words) -> None:
    """Each language under the name its own speakers give it. The buttons are drawn when it is opened."""
    known = offered(questionnaire.languages)
    if len(known) < 2:
        return
    names = " · ".join(one.name for one in known)
    folded = st.expander(f"{said('door.language')}: {names}", key="survey-languages", on_change="rerun")
    if not folded.open:
        return
    with folded, st.container(horizontal=True):
        for one in known:
            act = partial(acts.speak, visit, questionnaire, one.code, said)
            button(visit, one.name, f"survey-language-{one.code}", act)
