"""The last page: a thank-you, a reference, and what happens next."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from pages.parents import acts
from pages.ui import doors, markup, published
from pages.ui.buttons import button
from pages.ui.state import Visit
from survey.consultations import WaveFacts
from survey.questionnaire import Questionnaire
from survey.wording import Words


def show(visit: Visit, questionnaire: Questionnaire, wave: WaveFacts, words: Words) -> None:
    """Draw it. It is shown again when the page is reloaded, and never sends anything twice."""
    title = words("thanks.title")
    st.set_page_config(page_title=visit.titled(f"{title} – {words.of(questionnaire.title)}", words))
    said = [markup.step("sent", spoken=words.spoken), markup.heading(title)]
    if visit.receipt:
        said.append(markup.panel(words("thanks.reference"), words("thanks.keep"), strong=visit.receipt.reference))
        code = visit.receipt.private_code(datetime.now(UTC))
        if code:
            said.append(markup.panel(words("thanks.private_code"), words("thanks.private_keep"), strong=code))
        else:
            said.append(markup.paragraph(words("thanks.private_gone")))
    markup.draw(
        *said,
        markup.paragraph(words("thanks.print")),
        markup.link(words("mine.title"), doors.own_response(wave.slug, words.language)),
        *published.link(wave, words),
        markup.subheading(words("thanks.next")),
        markup.paragraph(words.of(questionnaire.what_happens)),
        markup.notice(words("door.safety"), style="heard-safety"),
    )
    again = partial(acts.begin, visit, questionnaire, words)
    button(visit, words("thanks.another"), "survey-again", again)
    markup.draw(markup.paragraph(words("thanks.shared_device")))
    button(visit, words("thanks.forget"), "survey-forget", partial(acts.forget, visit, words))
    if wave.demonstration:
        markup.draw(markup.notice(words("door.demonstration"), style="heard-demonstration"))
