"""The colours and sizes that Streamlit tells a page again on every run, worked out once.

Streamlit goes through all its settings six times a run to write them down: a tenth of what a respondent's step costs
the server. They are the same each time, for nobody changes a setting while Heard is serving.
"""

from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

ITS_OWN = "_populate_theme_msg"


def remember() -> None:
    """Have Streamlit write each part of the theme down once. Raises AttributeError if it no longer does it here."""
    write_down = getattr(app_session, ITS_OWN)

    @cache
    def written(section: str) -> CustomThemeConfig:
        part = CustomThemeConfig()
        write_down(part, section)
        return part

    def repeat(part: CustomThemeConfig, section: str = "theme") -> None:
        part.MergeFrom(written(section))

    setattr(app_session, ITS_OWN, repeat)
