"""The colours of charts, as people see them whose eyes lack one kind of cone."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from analysis.charts.chart import LOOKS, contrast

ROOT = Path(__file__).parents[3]

# Machado, Oliveira and Fernandes (2009), A physiologically-based model for simulation of color vision deficiency, IEEE
# Transactions on Visualization and Computer Graphics 15, 1291-1298: the matrices of severity 1.0, on linear sRGB.
SIGHTS = {
    "ordinary sight": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]
    ],
}  # fmt: skip
# IEC 61966-2-1: linear sRGB to XYZ, and its white.
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
APART = 15  # five times what is just seen when two colours lie side by side; bars and squares here lie apart
NEXT_STEP = 7

EVERY_LOOK = pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
EVERY_SIGHT = pytest.mark.parametrize("sight", SIGHTS)


def seen(colour, sight):
    """A colour in CIE Lab, as somebody with that sight sees it."""
    part = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    ratio = TO_XYZ @ np.clip(np.array(SIGHTS[sight]) @ linear, 0, 1) / WHITE
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one, other):
    """How far two colours in Lab are apart, by CIEDE2000 (Sharma, Wu and Dalal 2005, Color Research 30, 21-30)."""
    (l_1, a_1, b_1), (l_2, a_2, b_2) = one, other
    mean = (np.hypot(a_1, b_1) + np.hypot(a_2, b_2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean**7 / (mean**7 + 25**7))
    c_1, c_2 = np.hypot(a_1 * stretch, b_1), np.hypot(a_2 * stretch, b_2)
    h_1, h_2 = (np.degrees(np.arctan2(b, a * stretch)) % 360 for a, b in ((a_1, b_1), (a_2, b_2)))
    turn = 0 if c_1 * c_2 == 0 else (h_2 - h_1 + 180) % 360 - 180
    hue = 2 * np.sqrt(c_1 * c_2) * np.sin(np.radians(turn / 2))
    h = h_1 + h_2 if c_1 * c_2 == 0 else (h_1 + turn / 2) % 360
    light, chroma = (l_1 + l_2) / 2, (c_1 + c_2) / 2
    t = 1 - 0.17 * np.cos(np.radians(h - 30)) + 0.24 * np.cos(np.radians(2 * h))
    t += 0.32 * np.cos(np.radians(3 * h + 6)) - 0.20 * np.cos(np.radians(4 * h - 63))
    s_l = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    turned = np.radians(60 * np.exp(-(((h - 275) / 25) ** 2)))
    r = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7)) * np.sin(turned)
    parts = (l_2 - l_1) / s_l, (c_2 - c_1) / s_c, hue / s_h
    return float(np.sqrt(sum(part**2 for part in parts) + r * parts[1] * parts[2]))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    # Pairs 1, 7, 17, 20 and 25 of the table that Sharma, Wu and Dalal give for checking.
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_difference_is_reckoned_as_in_its_table(one, other, apart):
    assert difference(one, other) == pytest.approx(apart, abs=0.0001)


@EVERY_LOOK
@EVERY_SIGHT
def test_colours_that_stand_side_by_side_stay_apart_for_everybody(look, sight):
    for marks in (look.sentiments, look.channels):
        near = min(difference(seen(a.colour, sight), seen(b.colour, sight)) for a, b in combinations(marks, 2))

        assert near >= APART


@EVERY_LOOK
@EVERY_SIGHT
def test_each_step_of_the_scale_can_be_told_from_the_next_and_is_lighter_or_darker(look, sight):
    steps = [seen(colour, sight) for colour in look.scale]
    light = [step[0] for step in steps]

    assert min(difference(one, other) for one, other in pairwise(steps)) >= NEXT_STEP
    assert light in (sorted(light), sorted(light, reverse=True))


@EVERY_LOOK
def test_what_a_chart_is_drawn_with_stands_three_to_one_off_its_ground(look):
    # WCAG 2.2, success criterion 1.4.11.
    drawn_with = [mark.colour for mark in (*look.sentiments, *look.channels)] + [look.quiet, look.text]

    assert min(contrast(colour, look.ground) for colour in drawn_with) >= 3


def test_colours_of_charts_are_kept_in_one_place():
    elsewhere = [
        file.relative_to(ROOT).as_posix()
        for folder in ("analysis/charts", "pages/ui", "pages/officers", "pages/leaders")
        for file in (ROOT / folder).rglob("*.py")
        if file.name != "chart.py" and re.search(r"""["']#[0-9a-fA-F]{3,8}["']""", file.read_text(encoding="utf-8"))
    ]

    assert elsewhere == []
