"""A questionnaire file with a mistake is refused with the file, the place, what is wrong and what to write."""

from pathlib import Path

import pytest

from survey.errors import QuestionnaireError, UnknownItem
from survey.questionnaire_file import SHIPPED, content_hash, dumped, load, shipped

MINIMAL = """
id = "small"
title.en = "Small"
asked_by.en = "Us"
about.en = "This"
what_happens.en = "We read it"
contact.en = "Ask us"
minutes = 2

[[section]]
id = "first"
title.en = "First"

[[section.item]]
kind = "choice"
id = "seen"
text.en = "Have you seen it?"
options = [{ code = "yes", text.en = "Yes" }, { code = "no", text.en = "No" }]

[[section.item]]
kind = "number"
id = "times"
text.en = "How often?"
"""


@pytest.fixture
def refused(tmp_path: Path):
    def load_with(old: str, new: str) -> str:
        file = tmp_path / "small.toml"
        assert old in MINIMAL
        file.write_text(MINIMAL.replace(old, new), encoding="utf-8")
        with pytest.raises(QuestionnaireError) as problem:
            load(file)
        return str(problem.value)

    return load_with


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.toml")), ids=lambda file: file.stem)
def test_every_shipped_questionnaire_loads_and_is_named_after_its_file(file):
    assert load(file).id == file.stem


def test_a_questionnaire_comes_back_the_same_from_what_is_stored():
    asked = shipped("send_services")

    again = type(asked).model_validate_json(dumped(asked))

    assert again == asked
    assert content_hash(again) == content_hash(asked)


def test_the_districts_come_from_the_areas_file_before_the_items_own_options():
    options = shipped("send_services").item("district").options

    assert [options[0].text["en"], options[11].text["en"]] == ["Burnley", "Wyre"]
    assert [option.code for option in options[12:]] == ["not_sure", "outside"]


def test_every_kind_of_item_is_asked_by_a_shipped_questionnaire():
    kinds = {item.kind for name in ("send_services", "short_breaks") for _, item in shipped(name).items()}
    blocks = {
        section.block.kind
        for name in ("send_services", "short_breaks")
        for section in shipped(name).sections
        if section.block
    }

    assert kinds | blocks == {
        "choice", "several", "scale", "number", "date", "comment", "service_matrix", "repeat"
    }  # fmt: skip


def test_the_minimal_example_itself_is_fine(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(MINIMAL, encoding="utf-8")

    assert load(file).id == "small"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "choice"', 'kind = "choise"', ["section 1 (first), item 1 (seen): its kind", "choice, several"]),
        ("minutes = 2", "minuets = 2", ["'minuets' is not a key that belongs there", "'minutes' is missing"]),
        ('id = "times"', 'id = "seen"', ["'seen' is used twice"]),
        ('id = "times"', 'id = "How many"', ["item 2", "'id'", "letters, digits and _"]),
        ('code = "no"', 'code = "yes"', ["'seen' offers the code 'yes' twice"]),
        ('text.en = "Have you seen it?"', "", ["item 1 (seen)", "'text' is missing"]),
        ("minutes = 2", "minutes = 2 minutes", ["small.toml", "line 8"]),
        ("minutes = 2", 'minutes = 2\nareas = "yorkshire"', ["no areas file 'yorkshire.toml'"]),
        ("minutes = 2", 'minutes = 2\nlanguages = ["en", "pl"]', ["no wording in 'pl'"]),
        ("[[section]]", '[roles]\ndistrict = "times"\n\n[[section]]', ["role district", "'times'", "kind choice"]),
        (
            'text.en = "How often?"',
            'text.en = "How often?"\nask_if = { item = "seem", is_one_of = ["yes"] }',
            ["'times' has ask_if on 'seem'", "(one of: seen)"],
        ),
        (
            'text.en = "How often?"',
            'text.en = "How often?"\nask_if = { item = "seen", is_one_of = ["perhaps"] }',
            ["the code 'perhaps'", "(one of: no, yes)"],
        ),
        (
            'text.en = "How often?"',
            'text.en = "How often?"\nask_if = { item = "times", is_one_of = ["1"] }',
            ["'times' has ask_if on 'times', which is not asked before it"],
        ),
        (
            'text.en = "Have you seen it?"',
            'text.en = "Have you seen it?"\nask_if = { item = "times", is_one_of = ["1"] }',
            ["'seen' has ask_if on 'times', which is not asked before it"],
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_mend(refused, old, new, told):
    message = refused(old, new)

    assert "small.toml" in message or "areas file" in message
    for words in told:
        assert words in message


def test_options_may_only_be_taken_from_the_areas(refused):
    message = refused(
        'options = [{ code = "yes", text.en = "Yes" }, { code = "no", text.en = "No" }]', 'options_from = "schools"'
    )

    assert 'options_from may only be "areas"' in message


def test_a_file_that_is_not_text_or_not_there_is_refused_by_name(tmp_path):
    (tmp_path / "old.toml").write_bytes("title = “Café”".encode("cp1252"))

    with pytest.raises(QuestionnaireError, match=r"old\.toml is not UTF-8 text\. Save it as UTF-8"):
        load(tmp_path / "old.toml")
    with pytest.raises(QuestionnaireError, match=r"gone\.toml cannot be opened"):
        load(tmp_path / "gone.toml")


def test_an_unknown_item_is_answered_with_a_near_one():
    with pytest.raises(UnknownItem, match="Did you mean 'rating'"):
        shipped("send_services").item("ratings")


def test_a_picture_that_is_not_there_is_refused_with_those_that_are(refused):
    told = refused('text.en = "How often?"', 'text.en = "How often?"\npicture = "calender"')

    assert "item 'times' has a picture 'calender', which is not there" in told
    assert "did you mean 'calendar'? (one of: advice, blocks, busy_mind," in told


def test_so_is_an_answers(refused):
    told = refused('text.en = "Yes" }', 'text.en = "Yes", picture = "zzz" }')

    assert "option 'yes' of item 'seen' has a picture 'zzz', which is not there; name another (one of: advice," in told
