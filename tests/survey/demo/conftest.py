"""The demonstration made once for all the tests that look at it, with and without what is planted."""

from datetime import date

import pytest

from survey import questionnaire_file
from survey.demo.answering import responses
from survey.demo.fieldwork import fieldworks
from survey.demo.loading import SEED, WAVES
from survey.demo.planting import plans

TODAY = date(2026, 11, 24)


def generate(seed=SEED, waves=WAVES, *, null=False, today=TODAY):
    asked = questionnaire_file.shipped("send_services")
    planned = plans(seed, fieldworks(today, len(waves)), waves, null=null)
    return [made for plan in planned for made in responses(plan, asked)]


@pytest.fixture(scope="session")
def county():
    return generate()


@pytest.fixture(scope="session")
def null_twin():
    return generate(null=True)


@pytest.fixture(scope="session")
def remarks(county):
    return [said for made in county for said in made.remarks]
