"""Translations: files beside the English, with the same keys. A machine's is a draft until a person approves it.

The sentences of the doors are in ``wording/<language>.toml``, a questionnaire's in
``questionnaires/<language>/<questionnaire>.toml``: a table for each section and item, named as in the questionnaire.
What a person approved is this very text: once the file changes it is a draft again.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Formatter
from typing import Any, Final, NamedTuple  # what a TOML file holds is not known until it is checked

from sqlmodel import Session, select

from survey.errors import TranslationError
from survey.languages import LANGUAGES, Language
from survey.tables import ApprovedTranslation

HEAD: Final = "translation"  # the table that says who made it
WORDING: Final = Path(__file__).parent / "wording"
QUESTIONNAIRES: Final = Path(__file__).parent / "questionnaires"
OF_QUESTIONNAIRE: Final = ("title", "asked_by", "about", "what_happens", "contact")
OF_SECTION: Final = ("title", "intro")
OF_ITEM: Final = ("text", "hint", "missing")

Texts = dict[str, str]  # by key: "services_used.hint"


class Translation(NamedTuple):
    """One file, and whether a person has approved what it says now."""

    name: str  # "pl/send_services", "pl/doors"
    language: Language
    made_by: str
    content_hash: str
    sentences: int
    approved_by: str = ""
    approved_at: datetime | None = None

    @property
    def is_draft(self) -> bool:
        """Nobody has approved what it says now."""
        return self.approved_at is None


class Sentence(NamedTuple):
    """One sentence in English and in another language."""

    key: str
    english: str
    said: str


class _Place(NamedTuple):
    """Where a wording stands: its key, and the table that holds it by language."""

    key: str
    wording: dict[str, str]


@cache
def files() -> dict[str, Path]:
    """Every translation that comes with Heard, by name."""
    doors = {f"{path.stem}/doors": path for path in sorted(WORDING.glob("*.toml")) if path.stem != "en"}
    asked = {f"{path.parent.name}/{path.stem}": path for path in sorted(QUESTIONNAIRES.glob("*/*.toml"))}
    return doors | asked


def sentences(path: Path) -> Texts:
    """What a file says, by key. Raises TranslationError if it cannot be read."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise TranslationError(f"{_named(path)} is not TOML in UTF-8: {problem}. Mend that line.") from problem
    return {key: text for table, held in raw.items() if table != HEAD for key, text in _flat(table, held)}


def mistakes(english: Mapping[str, str], said: Mapping[str, str]) -> list[str]:
    """What is wrong with a translation: keys that are lacking, empty or unknown, and blanks that differ."""
    wrong = [f"lacks {key}" for key in english if not said.get(key, "").strip()]
    wrong += [f"has {key}, which the English has not" for key in said if key not in english]
    wrong += [
        f"fills other blanks in {key} than the English"
        for key, text in english.items()
        if key in said and said[key].strip() and _blanks(text) != _blanks(said[key])
    ]
    return wrong


def merged(raw: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """What a questionnaire's file holds, with the wording of its translations put beside the English.

    Raises TranslationError listing every key that a translation lacks or has too many.
    """
    found = _texts_of_translations(raw, path)
    if not found:
        return dict(raw)
    whole: dict[str, Any] = _copied(raw)
    places = list(_places(whole))
    english = {place.key: place.wording.get("en", "") for place in places}
    for file, said in found.items():
        refuse(file, english, said)
        for place in places:
            place.wording[file.parent.name] = said[place.key]
    return whole


def refuse(path: Path, english: Mapping[str, str], said: Mapping[str, str]) -> None:
    """Nothing if a translation says what the English says. Raises TranslationError with the whole list if not."""
    if wrong := mistakes(english, said):
        told = "\n".join(f"  {one}" for one in wrong)
        raise TranslationError(f"{_named(path)} has {len(wrong)} mistake(s):\n{told}")


def check_doors() -> None:
    """Nothing if every language says all that the doors say. Raises TranslationError with the list if not."""
    for name, path in files().items():
        if name.partition("/")[0] not in LANGUAGES:
            raise TranslationError(f"{name} is in no language we know. Add the language to survey/languages.toml.")
        if path.parent == WORDING:
            refuse(path, _english(path), sentences(path))


def every(session: Session) -> list[Translation]:
    """Every translation that comes with Heard, and who approved it, if anybody did."""
    approved = {(row.name, row.content_hash): row for row in session.exec(select(ApprovedTranslation))}
    found = []
    for name, path in files().items():
        here = _translation(name, path)
        row = approved.get((name, here.content_hash))
        found.append(here._replace(approved_by=row.approved_by, approved_at=row.approved_at) if row else here)
    order = list(LANGUAGES)
    return sorted(found, key=lambda one: (order.index(one.language.code), one.name))


def beside_english(name: str) -> list[Sentence]:
    """What a translation says, each sentence beside the English, in the order of the English."""
    path = files()[name]
    said = sentences(path)
    return [Sentence(key, text, said.get(key, "")) for key, text in _english(path).items()]


def place_of(name: str) -> str:
    """Where a translation's file is, in the folder ``survey``."""
    return files()[name].relative_to(WORDING.parent).as_posix()


def approve(session: Session, name: str, *, content_hash: str, by: str, now: datetime) -> None:
    """Keep that a person has approved a translation as it stood when they read it.

    Raises TranslationError if it has changed since, or there is none of that name.
    """
    path = files().get(name)
    here = _translation(name, path) if path else None
    if here is None or here.content_hash != content_hash:
        raise TranslationError("That translation has changed since you opened this page. Open it again and read it.")
    known = select(ApprovedTranslation).where(
        ApprovedTranslation.name == name, ApprovedTranslation.content_hash == content_hash
    )
    if session.exec(known).first() is None:
        session.add(ApprovedTranslation(name=name, content_hash=content_hash, approved_by=by, approved_at=now))
        session.flush()


def is_unchecked(session: Session, language: str) -> bool:
    """Whether anything that a machine wrote in that language has not been approved by a person yet."""
    if not any(name.startswith(f"{language}/") for name in files()):
        return False
    return any(one.is_draft for one in every(session) if one.language.code == language)


def _english(path: Path) -> Texts:
    """What the English says of which a file is a translation."""
    if path.parent == WORDING:
        return sentences(WORDING / "en.toml")
    raw = tomllib.loads((QUESTIONNAIRES / path.name).read_text(encoding="utf-8"))
    return {place.key: place.wording.get("en", "") for place in _places(raw)}


@cache
def _translation(name: str, path: Path) -> Translation:
    content = path.read_bytes()
    head = tomllib.loads(content.decode()).get(HEAD, {})
    code = name.partition("/")[0]
    return Translation(
        name, LANGUAGES[code], str(head.get("made_by", "")), sha256(content).hexdigest(), len(sentences(path))
    )


def _texts_of_translations(raw: Mapping[str, Any], path: Path) -> dict[Path, Texts]:
    languages = raw.get("languages", [])
    beside = [path.parent / str(code) / path.name for code in languages] if isinstance(languages, list) else []
    return {file: sentences(file) for file in beside if file.exists()}


def _copied(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {key: _copied(held) for key, held in value.items()}
    return [_copied(held) for held in value] if isinstance(value, list) else value


def _places(raw: Mapping[str, Any]) -> Iterator[_Place]:
    """Every wording of a questionnaire's file, in order."""
    yield from _in_table("questionnaire", raw, OF_QUESTIONNAIRE)
    for section in raw.get("section", []):
        yield from _in_table(str(section.get("id")), section, OF_SECTION)
        for item in section.get("item", []):
            yield from _in_item(item)


def _in_item(item: Mapping[str, Any]) -> Iterator[_Place]:
    name = str(item.get("id"))
    yield from _in_table(name, item, OF_ITEM)
    for option in item.get("options", []):
        for key, table in (("text", "options"), ("hint", "option_hints")):
            if isinstance(option.get(key), dict):
                yield _Place(f"{name}.{table}.{option.get('code')}", option[key])
    for inner in item.get("item", []):
        yield from _in_item(inner)


def _in_table(name: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[_Place]:
    for key in keys:
        if isinstance(table.get(key), dict):
            yield _Place(f"{name}.{key}", table[key])


def _flat(name: str, held: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if isinstance(held, Mapping):
        for key, inner in held.items():
            yield from _flat(f"{name}.{key}", inner)
    else:
        yield name, str(held)


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
