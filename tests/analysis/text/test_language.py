import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import clean, language, lines


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("We have waited two years for an assessment", "en"),
        ("Speech therapy!", "en"),
        ("nowt", "en"),
        ("me lad does nowt at school", "en"),
        ("parking transport respite sleep SALT OT physio CAMHS senco ehcp", "en"),
        ("no thanks jee", "en"),
        ("bachay ki speech therapy ka bohat wait hai", "ur-Latn"),
        ("The SENCO is good lekin speech therapy ka bohat wait hai", "ur-Latn"),
        ("بچے کی تھراپی کا بہت انتظار ہے", "ur"),
        ("Bardzo długo czekamy na logopedę", "pl"),
        ("Nu este nimeni care sa ne ajute", "ro"),
        ("મારા બાળકને મદદ જોઈએ છે", "gu"),
        ("আমার সন্তানের সাহায্য দরকার", "bn"),
        ("Nous attendons depuis deux ans", "other"),
        ("😡🙏", "unknown"),
        ("12345", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_language_of_a_comment_is_told_as_far_as_it_decides_who_may_read_it(text, spoken):
    assert language.of(clean.plain(text)) == spoken


def test_every_line_written_for_this_project_is_known_for_english():
    missed = [line.text for line in lines.written() if not language.is_english(line.text)]

    assert missed == ["10/10"]  # no word to tell by


@given(st.text(max_size=100))
def test_any_text_has_some_language(text):
    assert language.of(clean.plain(text))
