"""The theme remembered is the theme Streamlit would have written down again."""

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from pages.serving import theme


@pytest.fixture
def streamlits_own(monkeypatch):
    own = app_session._populate_theme_msg
    monkeypatch.setattr(app_session, "_populate_theme_msg", own)  # put back when the test ends
    return own


@pytest.mark.parametrize("section", ["theme", "theme.light", "theme.dark", "theme.sidebar"])
def test_what_is_remembered_is_what_streamlit_writes(streamlits_own, section):
    fresh = CustomThemeConfig()
    streamlits_own(fresh, section)

    theme.remember()
    for _ in range(2):
        remembered = CustomThemeConfig()
        app_session._populate_theme_msg(remembered, section)
        assert remembered == fresh


def test_each_part_goes_into_its_own_place_of_the_message(streamlits_own):
    theme.remember()

    whole = CustomThemeConfig()
    app_session._populate_theme_msg(whole)
    app_session._populate_theme_msg(whole.dark, "theme.dark")

    assert whole.dark.background_color == "#12191b"
    assert whole.base_font_size == 17
