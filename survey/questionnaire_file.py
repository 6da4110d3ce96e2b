"""Questionnaires as files: reading one, or saying exactly what is wrong with it."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any  # what a TOML file holds is not known until it is checked

from pydantic import ValidationError

from survey import translations
from survey.areas import districts, on
from survey.coherence import check_coherence
from survey.errors import QuestionnaireError, TranslationError
from survey.questionnaire import Questionnaire

SHIPPED = Path(__file__).parent / "questionnaires"

ADVICE = {
    "extra_forbidden": "is not a key that belongs there; take it out, or mend its spelling",
    "missing": "is missing; add it",
    "string_pattern_mismatch": "may hold only letters, digits and _, starting with a letter; write it that way",
    "too_short": "needs at least {min_length} entries; add what is lacking",
    "literal_error": "must be {expected}; write that",
    "enum": "must be {expected}; write one of those",
}


KINDS = "choice, several, scale, number, date, comment, service_matrix, repeat"


@cache
def shipped(questionnaire_id: str) -> Questionnaire:
    """The questionnaire of that name that comes with Heard."""
    return load(SHIPPED / f"{questionnaire_id}.toml")


def check_shipped() -> None:
    """Nothing if every questionnaire that comes with Heard can be read, in all its languages.

    Raises QuestionnaireError with everything that is wrong in the first that cannot.
    """
    for path in sorted(SHIPPED.glob("*.toml")):
        shipped(path.stem)


def load(path: Path) -> Questionnaire:
    """The questionnaire in a TOML file.

    Raises QuestionnaireError, naming the file, the line or key, what is wrong and what to write instead.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise QuestionnaireError(f"{path.name} cannot be opened ({problem.strerror}). Check its name.") from problem
    except UnicodeDecodeError as problem:
        raise QuestionnaireError(f"{path.name} is not UTF-8 text. Save it as UTF-8.") from problem
    except tomllib.TOMLDecodeError as problem:
        raise QuestionnaireError(f"{path.name} is not TOML: {problem}. Mend that line.") from problem
    try:
        return read(translations.merged(raw, path), name=path.name)
    except TranslationError as problem:
        raise QuestionnaireError(str(problem)) from problem


def read(raw: Mapping[str, Any], *, name: str) -> Questionnaire:
    """The questionnaire in what a TOML file holds. ``name`` is the file's, for the messages."""
    try:
        questionnaire = Questionnaire.model_validate(_with_districts(raw, name))
        check_coherence(questionnaire)
    except ValidationError as problem:
        sentences = list(_sentences(problem, raw))
        told = "\n".join(f"  {sentence}" for sentence in sentences)
        raise QuestionnaireError(f"{name} has {len(sentences)} mistake(s):\n{told}") from problem
    except ValueError as problem:
        raise QuestionnaireError(f"{name}: {problem}.") from problem
    return questionnaire


def dumped(questionnaire: Questionnaire) -> str:
    """The questionnaire as JSON: the same bytes for the same questionnaire."""
    return questionnaire.model_dump_json(by_alias=True, exclude_defaults=True)


def content_hash(questionnaire: Questionnaire) -> str:
    """A fingerprint that changes whenever anything that is asked changes."""
    return sha256(dumped(questionnaire).encode()).hexdigest()


def _with_districts(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The file's content with ``options_from = "areas"`` replaced by the districts themselves."""

    def filled(item: Any) -> Any:  # noqa: ANN401  (not checked yet)
        if not isinstance(item, dict) or item.get("options_from") is None:
            return item
        if item["options_from"] != "areas" or not raw.get("areas"):
            raise QuestionnaireError(
                f'{name}, item {item.get("id")!r}: options_from may only be "areas", and the questionnaire must '
                'then name its areas file at the top, as in areas = "lancashire".'
            )
        languages = raw.get("languages", ["en"])
        places = [
            {"code": area.code, "text": dict.fromkeys(languages, area.name)}
            for area in on(datetime.now(UTC).date(), districts(str(raw["areas"])))
        ]
        rest = {key: value for key, value in item.items() if key != "options_from"}
        return rest | {"options": places + list(item.get("options", []))}

    if raw.get("areas"):
        districts(str(raw["areas"]))
    return dict(raw) | {
        "section": [
            dict(section) | {"item": [filled(item) for item in section.get("item", [])]}
            if isinstance(section, dict) and isinstance(section.get("item", []), list)
            else section
            for section in raw.get("section", [])
        ]
    }


def _sentences(problem: ValidationError, raw: Mapping[str, Any]) -> Iterable[str]:
    errors = problem.errors(include_url=False)
    places = [error["loc"] for error in errors]
    for error in errors:
        within = any(place[: len(error["loc"])] == error["loc"] != place for place in places)
        if error["type"] == "too_short" and within:
            continue  # it only seems too short, because what is in it was refused
        if error["type"] == "value_error":
            yield f"{_place(error['loc'], raw)}{error['ctx']['error']}."
            continue
        if error["type"].startswith("union_tag"):
            yield f"{_place(error['loc'], raw)}its kind is lacking or does not exist; write one of {KINDS}."
            continue
        advice = ADVICE.get(error["type"])
        said = advice.format(**error.get("ctx", {})) if advice else f"is not right: {error['msg']}"
        yield f"{_place(error['loc'][:-1], raw)}{_key(error['loc'])} {said}."


def _key(loc: tuple[int | str, ...]) -> str:
    if not loc:
        return "it"
    return repr(loc[-1]) if isinstance(loc[-1], str) else f"entry {loc[-1] + 1}"


def _place(loc: tuple[int | str, ...], raw: Mapping[str, Any]) -> str:
    """Where in the file: ``section 2 (ratings), item 1 (rating): ``."""
    parts: list[str] = []
    here: Any = raw
    for step in loc:
        if isinstance(step, int) and isinstance(here, list) and step < len(here):
            here = here[step]
            named = here.get("id") or here.get("code") if isinstance(here, dict) else None
            parts[-1:] = [f"{parts[-1] if parts else ''} {step + 1}" + (f" ({named})" if named else "")]
        elif isinstance(step, str) and isinstance(here, dict) and step in here:
            here = here[step]
            parts.append(step)
    return ", ".join(part.strip() for part in parts) + ": " if parts else ""
