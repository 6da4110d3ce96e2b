"""Two waves between which something changed."""

import pytest

from tests.pages.collecting import Group, add_themes, add_wave, collect


@pytest.fixture
def two_waves(consultation):
    """Speech therapy rated well by 60 of 200 in a wave a year ago, and by 120 of 200 now."""
    add_themes("Waiting", "Kindness")
    add_wave("0", "An earlier wave", days_ago=300)
    collect(Group(60, "good"), Group(140, "poor"), wave="0")
    collect(Group(120, "good"), Group(80, "poor"))
