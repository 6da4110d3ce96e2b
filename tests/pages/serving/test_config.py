"""The settings without which Heard is slow, leaky or hard to read."""

import re
import tomllib
from itertools import pairwise

import pytest
from streamlit import config

from pages.serving.files import OURS
from pages.serving.shell import THEME, colours

TEXT = THEME.read_text()
SETTINGS = tomllib.loads(TEXT)
MUST = {
    "browser.gatherUsageStats": False,
    "client.disableDataExport": True,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "logger.hideWelcomeMessage": True,
    "runner.postScriptGC": False,
    "server.disconnectedSessionTTL": 1800,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.maxMessageSize": 32,
    "server.maxUploadSize": 1,
    "server.maxWidgetStateSize": 2,
}
SCHEMES = ("light", "dark")
MARKS = ("red", "green", "blue", "yellow")


@pytest.mark.parametrize(("name", "value"), MUST.items())
def test_a_setting_that_matters_is_not_lost(name, value):
    section, option = name.split(".")

    assert SETTINGS[section][option] == value


@pytest.mark.parametrize(("name", "value"), MUST.items())
def test_it_is_what_streamlit_goes_by(name, value):
    assert config.get_option(name) == value


def settings_in(table: dict, prefix: str = "") -> list[str]:
    names = []
    for name, value in table.items():
        names += settings_in(value, f"{prefix}{name}.") if isinstance(value, dict) else [prefix + name]
    return names


def test_every_setting_is_one_that_this_streamlit_knows():
    known = set(config._config_options_template)

    assert [name for name in settings_in(SETTINGS) if name not in known] == []


def test_every_setting_outside_the_colours_says_why_it_is_there():
    plain = TEXT[: TEXT.index("[theme.light]")].splitlines()
    unexplained = [
        line
        for before, line in pairwise(plain)
        if re.match(r"\w+ = ", line) and not before.startswith("#") and not re.match(r"\w+ = ", before)
    ]

    assert unexplained == []


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_in_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # WebAIM's contrast checker


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("behind", ["backgroundColor", "secondaryBackgroundColor"])
def test_words_and_edges_stand_out(scheme, behind):
    theme = SETTINGS["theme"][scheme]

    assert contrast(theme["textColor"], theme[behind]) >= 7
    assert contrast(theme["linkColor"], theme[behind]) >= 4.5
    assert contrast(theme["primaryColor"], theme[behind]) >= 4.5
    assert contrast(theme["borderColor"], theme["backgroundColor"]) >= 4.5
    assert contrast(theme["borderColor"], theme[behind]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("mark", MARKS)
def test_coloured_words_stand_out_on_their_own_ground(scheme, mark):
    theme = SETTINGS["theme"][scheme]

    assert contrast(theme[f"{mark}TextColor"], theme[f"{mark}BackgroundColor"]) >= 4.5
    assert contrast(theme[f"{mark}TextColor"], theme["backgroundColor"]) >= 4.5


def own_colours(scheme: str) -> dict[str, str]:
    """The colours in first.css for one scheme."""
    blocks = re.findall(r":root \{(.*?)\}", (OURS / "first.css").read_text(), re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[SCHEMES.index(scheme)]))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_our_own_styles_use_the_colours_of_the_theme(scheme):
    theme, ours = SETTINGS["theme"][scheme], own_colours(scheme)

    assert ours["paper"] == theme["backgroundColor"] == colours()[scheme]
    assert ours["sand"] == theme["secondaryBackgroundColor"]
    assert ours["ink"] == theme["textColor"]
    assert ours["teal"] == theme["primaryColor"]
    assert ours["edge"] == theme["borderColor"]
    assert ours["red"] == theme["redColor"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_our_own_colours_stand_out_too(scheme):
    ours = own_colours(scheme)

    for ground in ("paper", "sand"):
        assert contrast(ours["quiet"], ours[ground]) >= 4.5
        assert contrast(ours["focus"], ours[ground]) >= 4.5
        assert contrast(ours["red"], ours[ground]) >= 4.5
    assert contrast(ours["on-teal"], ours["teal"]) >= 4.5
    assert contrast(ours["on-teal"], ours["teal-dark"]) >= 4.5
    assert contrast(ours["ink"], ours["amber-paper"]) >= 7
    assert contrast(ours["red"], ours["red-paper"]) >= 4.5
