"""Every language says what the English says; a machine's translation is a draft until a person approves it."""

from datetime import UTC, datetime

import pytest

from survey import questionnaire_file, translations
from survey.database import reading, writing
from survey.errors import QuestionnaireError, TranslationError
from survey.questionnaire_file import load, shipped
from survey.translations import mistakes

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ENGLISH = {"start.begin": "Start now", "start.minutes": "About {minutes} minutes"}
POLISH = {"start.begin": "Zacznij", "start.minutes": "Około {minutes} min."}


def test_a_whole_translation_has_no_mistakes():
    assert mistakes(ENGLISH, POLISH) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"start.minutes": "Około {minutes}"}, "lacks start.begin"),
        (POLISH | {"start.begin": "  "}, "lacks start.begin"),
        (POLISH | {"start.stop": "Stop"}, "has start.stop, which the English has not"),
        (POLISH | {"start.minutes": "Około {minut}"}, "fills other blanks in start.minutes than the English"),
    ],
)
def test_what_is_wrong_with_a_translation_is_listed(said, told):
    assert mistakes(ENGLISH, said) == [told]


def test_what_comes_with_heard_is_whole():
    translations.check_doors()
    for file in sorted(questionnaire_file.SHIPPED.glob("*.toml")):
        asked = shipped(file.stem)
        for language in asked.languages:
            assert asked.title[language].strip()


@pytest.fixture
def translated(tmp_path):
    """A copy of a shipped questionnaire with a Polish translation alone, to be spoilt."""
    (tmp_path / "pl").mkdir()
    name = "short_breaks.toml"
    text = (questionnaire_file.SHIPPED / name).read_text()
    languages = text[text.index("languages =") : text.index("\n", text.index("languages ="))]
    (tmp_path / name).write_text(text.replace(languages, 'languages = ["en", "pl"]'))
    (tmp_path / "pl" / name).write_text((questionnaire_file.SHIPPED / "pl" / name).read_text())
    return tmp_path / name


def spoil(translated, old, new):
    file = translated.parent / "pl" / translated.name
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))


def test_a_questionnaire_speaks_every_language_it_has_a_file_for(translated):
    assert load(translated).title["pl"] != load(translated).title["en"]


def test_a_key_that_is_lacking_or_too_much_is_refused_with_the_list(translated):
    spoil(translated, "[breaks_used]\ntext", "[breaks_used]\ntekst")

    with pytest.raises(QuestionnaireError) as refused:
        load(translated)

    assert "pl/short_breaks.toml has 2 mistake(s)" in str(refused.value)
    assert "lacks breaks_used.text" in str(refused.value)
    assert "has breaks_used.tekst" in str(refused.value)


def test_a_translation_that_is_not_toml_is_refused_with_the_line(translated):
    spoil(translated, "[breaks_used]", "[breaks_used")

    with pytest.raises(QuestionnaireError, match=r"pl/short_breaks.toml is not TOML.*line"):
        load(translated)


def test_a_language_without_a_file_is_refused(translated):
    (translated.parent / "pl" / translated.name).unlink()

    with pytest.raises(QuestionnaireError, match="no wording in 'pl'"):
        load(translated)


def test_every_translation_is_a_draft_until_somebody_approves_it(database):
    with reading(database) as session:
        known = translations.every(session)
        assert {one.made_by for one in known} == {"machine"}
        assert all(one.is_draft for one in known)
        assert translations.is_unchecked(session, "pl")
        assert not translations.is_unchecked(session, "en")

    with writing(database) as session:
        for one in known:
            if one.language.code == "pl":
                translations.approve(session, one.name, content_hash=one.content_hash, by="officer", now=NOW)

    with reading(database) as session:
        assert not translations.is_unchecked(session, "pl")
        assert translations.is_unchecked(session, "ur")
        approved = [one for one in translations.every(session) if not one.is_draft]
        assert {(one.approved_by, one.approved_at) for one in approved} == {("officer", NOW)}


def test_approving_twice_is_approving_once(database):
    with writing(database) as session:
        one = translations.every(session)[0]
        for _ in range(2):
            translations.approve(session, one.name, content_hash=one.content_hash, by="officer", now=NOW)


@pytest.mark.parametrize("name", ["pl/doors", "xx/doors"])
def test_what_has_changed_since_it_was_read_is_not_approved(database, name):
    with writing(database) as session, pytest.raises(TranslationError, match="Open it again"):
        translations.approve(session, name, content_hash="another", by="officer", now=NOW)
