"""A questionnaire that goes through children one by one is refused where it cannot work, with what to write."""

import re

import pytest

from survey.errors import QuestionnaireError
from survey.questionnaire_file import SHIPPED, load

# In English alone: its translations lie beside the file that is shipped.
ASKED = re.sub(r"(?m)^languages = .*$", 'languages = ["en"]', (SHIPPED / "send_children.toml").read_text())
MATRIX = 'id = "about_service"\ntitle.en = "How you find each service"\neach_child = true'
MORE = 'id = "child_more"\ntitle.en = "Anything else"\neach_child = true'
CHANGE = 'id = "change"\ntitle.en = "In your own words"'
CHILDREN = '[children]\nanother = "another_child"\nat_most = 8\n'
ANOTHER = 'missing.en = "Select yes if you want to tell us about another child'
REPEATED = """
[[section]]
id = "again"
title.en = "Again"

[[section.item]]
kind = "number"
id = "how_many"
text.en = "How many?"

[[section]]
id = "again_each"
title.en = "Again"

[[section.item]]
kind = "repeat"
id = "each"
text.en = "Each"
times = "how_many"

[[section.item.item]]
kind = "number"
id = "hours"
text.en = "How many hours?"
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (CHILDREN, "", ["section 'child' says each_child", "add a table [children] with another ="]),
        ("each_child = true", "", ["no section is asked for each child", "write each_child = true"]),
        (
            MATRIX,
            MATRIX.removesuffix("\neach_child = true"),
            ["'about_service' stands between", "write each_child = true in it too"],
        ),
        (MORE, MORE.removesuffix("\neach_child = true"), ["'another_child'", "not asked in 'about_service'"]),
        ('another = "another_child"', 'another = "plan"', ["begun by 'plan'", "not asked in 'child_more'"]),
        (
            'another = "another_child"',
            'another = "child_anything_else"',
            ["'child_anything_else'", "make it a choice with the two codes 'yes' and 'no'"],
        ),
        ('{ code = "no", text.en = "No, I have', '{ code = "nope", text.en = "No, I have', ["codes 'yes' and 'no'"]),
        (ANOTHER, f"optional = true\n{ANOTHER}", ["must always be asked", "take optional and ask_if out"]),
        (
            MORE,
            f'{MORE}\nask_if = {{ item = "plan", is_one_of = ["ehcp"] }}',
            ["must always be asked", "out of its section 'child_more'"],
        ),
        ('district = "district"', 'district = "plan"', ["the role district is given to 'plan'", "a family has one"]),
        (
            CHANGE,
            f'{CHANGE}\nask_if = {{ item = "plan", is_one_of = ["ehcp"] }}',
            ["section 'change' hangs on 'plan'", "asked of the family"],
        ),
        ("at_most = 8", "at_most = 80", ["at_most"]),
        (ASKED, ASKED + REPEATED, ["section 'again_each' holds a repeat", "each_child = true"]),
    ],
)
def test_a_questionnaire_that_cannot_go_from_child_to_child_is_refused(tmp_path, old, new, told):
    file = tmp_path / "send_children.toml"
    assert old in ASKED
    file.write_text(ASKED.replace(old, new), encoding="utf-8")

    with pytest.raises(QuestionnaireError) as problem:
        load(file)

    for words in told:
        assert words in str(problem.value)


def test_a_later_section_may_hang_on_what_was_said_of_the_same_child(tmp_path):
    condition = 'ask_if = { item = "plan", is_one_of = ["ehcp"] }'
    file = tmp_path / "send_children.toml"
    file.write_text(ASKED.replace(MATRIX, f"{MATRIX}\n{condition}"), encoding="utf-8")

    assert load(file).section("about_service").ask_if.item == "plan"
