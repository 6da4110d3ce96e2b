"""The frameworks that leaders answer to are files that a council can edit, and a mistake in one is told."""

import pytest

from survey import coding_frame, frameworks, questionnaire_file
from survey.errors import FrameworkError
from survey.settings import settings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    mine = tmp_path / "frameworks"
    mine.mkdir()
    monkeypatch.setenv("HEARD_FRAMEWORKS", str(mine))
    settings.cache_clear()
    return mine


def test_the_five_outcomes_the_twelve_concerns_and_the_plan_are_shipped_with_their_sources():
    shipped = {one.key: one for one in frameworks.frameworks()}

    assert {key: len(one.tag) for key, one in shipped.items()} == {
        "area_send": 5,
        "concerns_2018": 12,
        "priority_plan": 5,
    }
    assert all(one.source and one.whose for one in shipped.values())
    assert frameworks.inspected() is shipped["area_send"]


def test_the_outcomes_are_tied_to_questions_themes_and_services_that_exist():
    asked = questionnaire_file.shipped("send_services")
    services = {one.code for one in asked.role("services").options}
    themes = {one.key for one in coding_frame.shipped("send").themes}

    for tag in frameworks.inspected().tag:
        assert asked.item(tag.item)
        assert set(tag.services) <= services
        assert set(tag.themes) <= themes


def test_tags_are_called_by_their_framework_too():
    assert frameworks.labels()["concerns_2018.exclusions"] == "The 2018 areas of concern: 12. Exclusions"


def test_a_council_has_its_own_in_place_of_those_shipped(folder):
    (folder / "ours.toml").write_text(
        'key = "ours"\ntitle = "Ours"\nwhose = "Us"\nsource = "Here"\n[[tag]]\nkey = "a"\nlabel = "A"'
    )

    assert frameworks.labels() == {"ours.a": "Ours: A"}
    assert frameworks.inspected() is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("key = ", "ours.toml is not TOML"),
        ('key = "ours"', "ours.toml, at title"),
        ('key = "o"\ntitle = "O"\nwhose = "U"\nsource = "H"\ntag = []', "ours.toml, at tag"),
        (
            'key = "o"\ntitle = "O"\nwhose = "U"\nsource = "H"\n' + '[[tag]]\nkey = "a"\nlabel = "A"\n' * 2,
            "has the tag 'a' twice",
        ),
    ],
)
def test_a_mistake_is_told_with_its_file_and_place(folder, text, told):
    (folder / "ours.toml").write_text(text)

    with pytest.raises(FrameworkError, match=told):
        frameworks.frameworks()
