"""A wave to print for, small questionnaires in several scripts, and PDFs read back."""

from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest

from survey import questionnaire_file
from survey.consultations import WaveFacts
from survey.languages import LANGUAGES
from survey.questionnaire import Questionnaire
from survey.wording import Words, words_in

WAVE = WaveFacts(
    id=1,
    slug="send-services",
    code="2026",
    title="Summer 2026",
    consultation_id=1,
    consultation_title="SEND services",
    owner="The council",
    demonstration=True,
    opens_at=datetime(2026, 6, 1, tzinfo=UTC),
    closes_at=datetime(2026, 7, 1, tzinfo=UTC),
    questionnaire_version_id=1,
    by_invitation=False,
)
TITLES = {
    "en": "Help for your child",
    "pl": "Wsparcie dla Twojego dziecka: źdźbło, gęś, łąka",
    "ro": "Sprijin pentru copilul dumneavoastră: învățământ, școală",
    "ur": "آپ کے بچے کے لیے مدد (SEND)",
    "pa-Arab": "تہاڈے بچے لئی مدد",
    "bn": "আপনার সন্তানের জন্য সাহায্য",
    "gu": "તમારા બાળક માટે મદદ",
}
YES = {"en": "Yes", "ur": "جی ہاں", "bn": "হ্যাঁ", "gu": "હા", "pl": "Tak", "ro": "Da"}
NO = {"en": "No", "ur": "جی نہیں", "bn": "না", "gu": "ના", "pl": "Nie", "ro": "Nu"}


@pytest.fixture
def small() -> Questionnaire:
    """Every kind of question, with conditions, in several scripts."""
    options = [{"code": "yes", "text": YES}, {"code": "no", "text": NO}]
    ratings = [{"code": "good", "text": {"en": "Good"}}, {"code": "poor", "text": {"en": "Poor"}}]
    services = [{"code": f"s{n}", "text": {"en": f"Service called {n}"}} for n in range(1, 6)]
    services.append({"code": "none", "text": {"en": "None of these"}, "standing": "not_applicable"})
    channels = [{"code": "web", "text": {"en": "Online"}}, {"code": "paper", "text": {"en": "Copied from paper"}}]
    raw = {
        "id": "small",
        "languages": ["en"],
        "title": TITLES,
        "asked_by": TITLES,
        "about": TITLES,
        "what_happens": TITLES,
        "contact": TITLES,
        "minutes": 5,
        "roles": {"channel": "how"},
        "section": [
            section("first", item("choice", "helped", "Have you had help?", options=options)),
            section(
                "second",
                item("comment", "why_not", "Why not?", max_length=500, ask_if=if_(["no"])),
                item("several", "used", "What have you used?", options=services),
                item("number", "children", "How many children have you?", at_most=6),
                item("date", "since", "Since when?"),
            ),
            section("matrix", block("service_matrix", "each", services="used", item=[
                item("scale", "rating", "How was it?", options=ratings)])),
            section("repeated", block("repeat", "every", times="children", at_most=2, item=[
                item("number", "age", "How old is this child?")])),
            section("only", item("comment", "more", "What would you add?"), ask_if=if_(["yes", "no"])),
            section("last", item("choice", "how", "How are you answering?", options=channels)),
        ],
    }  # fmt: skip
    return questionnaire_file.read(raw, name="small.toml")


def section(name: str, *items: dict[str, object], **more: object) -> dict[str, object]:
    return {"id": name, "title": {"en": f"Section {name}"}, "item": list(items), **more}


def item(kind: str, name: str, text: str, **more: object) -> dict[str, object]:
    return {"kind": kind, "id": name, "text": {"en": text}, **more}


def block(kind: str, name: str, **more: object) -> dict[str, object]:
    return item(kind, name, "Each", **more)


def if_(codes: list[str]) -> dict[str, object]:
    return {"item": "helped", "is_one_of": codes}


def words_for(code: str) -> Words:
    """A language's words, spoken as that language even while its sentences are English still."""
    english = words_in(code)
    return Words(LANGUAGES[code], {key: english._sentences[key] for key in english.keys()})  # noqa: SIM118


def pages_of(pdf: bytes) -> list[str]:
    """What each page says, in one line."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages]
