"""A consultation that is open now, and a phone on its start page."""

from datetime import UTC, datetime

import pytest

from tests.pages.plain.phone import Phone
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork(now=datetime.now(UTC))


@pytest.fixture
def phone(fieldwork):
    return Phone()
