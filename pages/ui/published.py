"""The way to the page of what was said and done, where there is one that everybody may read."""

from pages.ui import doors, markup
from pages.ui.markup import Piece
from survey import publications
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.wording import Words


def link(wave: WaveFacts, words: Words) -> list[Piece]:
    """A link to it in that language, or nothing."""
    with reading(engine()) as session:
        if not publications.is_public(session, wave.consultation_id):
            return []
    address = f"{doors.what_changed(wave.slug)}?language={words.language}"
    return [markup.link(words("changed.link"), address)]
