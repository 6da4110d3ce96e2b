"""The frameworks that leaders answer to are files that a council can edit, and a mistake in one is told."""

import pytest

from survey import coding_frame, frameworks, questionnaire_file
from survey.errors import FrameworkError
from survey.settings import settings

SOUND = 'key = "sound"\ntitle = "Sound"\nwhose = "Us"\nsource = "Here"\n[[tag]]\nkey = "a"\nlabel = "A"'


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
def test_a_mistake_is_told_with_its_file_and_place_and_the_others_stay(folder, text, told):
    (folder / "ours.toml").write_text(text)
    (folder / "sound.toml").write_text(SOUND)

    with pytest.raises(FrameworkError, match=told):
        frameworks.read(folder / "ours.toml")

    (fault,) = frameworks.faults()
    assert told in fault
    assert fault.endswith("Then start Heard again.")
    assert frameworks.labels() == {"sound.a": "Sound: A"}


def test_a_file_in_another_encoding_or_that_is_none_is_told(folder):
    (folder / "latin.toml").write_bytes(SOUND.replace("Sound", "Süd").encode("latin-1"))
    (folder / "nothing.toml").mkdir()

    assert [fault.partition(":")[0] for fault in frameworks.faults()] == [
        "latin.toml is not in UTF-8. Save it again in UTF-8. Then start Heard again.",
        "nothing.toml cannot be read",
    ]


def test_a_copy_with_the_key_of_another_file_is_left_out_and_told(folder):
    (folder / "sound.toml").write_text(SOUND)
    (folder / "sound_copy.toml").write_text(SOUND.replace("Sound", "Copy"))

    assert frameworks.labels() == {"sound.a": "Sound: A"}
    assert frameworks.faults() == (
        "sound_copy.toml has the key 'sound' of another file. Give it another key. Then start Heard again.",
    )


def test_a_folder_that_is_not_there_is_told(folder):
    folder.rmdir()

    (fault,) = frameworks.faults()
    assert "There is no folder" in fault
    assert "HEARD_FRAMEWORKS" in fault


def test_of_those_shipped_nothing_is_wrong():
    assert frameworks.faults() == ()
