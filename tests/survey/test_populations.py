import pytest
from pydantic import ValidationError

from survey.areas import districts
from survey.languages import LANGUAGES
from survey.populations import REST, Population, populations
from survey.questionnaire_file import shipped


def test_each_says_whom_it_counts_when_and_from_where():
    for population in populations():
        assert population.of
        assert population.on
        assert population.source


def test_numbers_of_districts_are_those_of_all_districts_of_the_county():
    (by_district,) = [one for one in populations() if one.column == "district"]

    assert set(by_district.numbers) == {district.code for district in districts("lancashire")}


def test_numbers_of_plans_are_of_answers_that_can_be_given():
    (by_plan,) = [one for one in populations() if one.column == "plan"]
    offered = {option.code for option in shipped("send_services").role("plan").options}

    assert set(by_plan.numbers) <= offered


def test_numbers_of_languages_are_of_languages_that_can_be_answered_in():
    named = {code for one in populations() if one.column == "language" for code in one.numbers}

    assert named - {REST} <= set(LANGUAGES)


def test_one_that_does_not_count_children_with_send_says_how_it_differs():
    facts = next(one for one in populations() if one.column == "district").model_dump()

    assert facts["with_send"] is False
    with pytest.raises(ValidationError, match="says in its note how it differs"):
        Population.model_validate(facts | {"note": ""})


def test_numbers_that_are_of_every_thousand_come_to_a_thousand():
    assert {sum(one.numbers.values()) for one in populations() if one.per_thousand} == {1_000}


def test_answers_are_weighted_to_no_more_than_one_population_of_a_column():
    weighed = [one.column for one in populations() if one.weighs]

    assert sorted(weighed) == ["district", "plan"]
