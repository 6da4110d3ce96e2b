from survey.areas import districts
from survey.populations import populations
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
