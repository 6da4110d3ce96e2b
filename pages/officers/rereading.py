"""How far comments have been read again since the themes were changed last."""

import streamlit as st

from pages.ui import access, data, markup
from pages.ui.doors import THEMES
from pages.ui.show import in_all_waves
from survey import theming
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.theming import Board

EVERY_SECONDS = 2.0


def progress(wave: WaveFacts, board: Board) -> None:
    """Say how far it has come, and keep that up to date as long as there is something to say."""
    if board.behind:
        _followed(wave)


@st.fragment(run_every=EVERY_SECONDS)
def _followed(wave: WaveFacts) -> None:
    access.require(*THEMES.roles)
    with reading(engine()) as session:
        read, behind = theming.progress(session, wave.consultation_id)
    if not behind:
        data.look_again(wave)
        access.draw_again()
    markup.draw(
        markup.notice(
            f"The themes have changed, so comments are being read again: {read - behind:,} of {read:,}"
            f"{in_all_waves(wave)} so far. Figures follow as it goes on."
        )
    )
