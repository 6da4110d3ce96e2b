"""An open wave, and an officer at a computer."""

from datetime import UTC, datetime

import pytest

from survey.tables import RoleName
from tests.pages.keying.computer import Computer
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def olu(fieldwork):
    return Computer("olu", RoleName.OFFICER)


@pytest.fixture
def ann(fieldwork):
    return Computer("ann", RoleName.OFFICER)
