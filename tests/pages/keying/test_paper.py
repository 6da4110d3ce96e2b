"""A pile of forms: numbers typed into boxes become a response, the next form is there, nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from survey import codes, second_keying
from survey.database import reading, writing
from survey.tables import Answer, AuditEntry, Channel, Comment, Response, Wave
from tests.pages.keying.computer import PILE
from tests.survey.conftest import OUTCOMES

SHOW, SAVE = "Show what follows", "Save"
FORM = {
    "services_used": "8",
    "rating__slt": "4",
    "tell_us_more__slt": "We waited\r\ntwo <b>years</b>",
    **{f"outcome_{outcome}": "2" for outcome in OUTCOMES},
    "one_change": "Somebody to ring",
    "quotable": "2",
    "district": "1",
    "age_band": "2",
    "plan": "4",
}


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def key(computer, *, address=PILE, **changed):
    return computer.open(address).press(SHOW, services_used="8").press(SAVE, **FORM | changed)


def test_numbers_become_answers_and_the_next_blank_form_is_there_with_a_count(fieldwork, olu):
    key(olu)

    (response,) = stored(fieldwork, Response)
    assert (response.channel, response.entered_by, response.language) == (Channel.PAPER, "olu", "en")
    answers = {(answer.item, answer.service): answer.code for answer in stored(fieldwork, Answer)}
    assert (answers["services_used", ""], answers["rating", "slt"], answers["plan", ""]) == ("slt", "poor", "ehcp")
    assert "channel" not in {item for item, _ in answers}
    assert set(stored(fieldwork, Comment.words)) == {"We waited\ntwo <b>years</b>", "Somebody to ring"}
    assert response.reference in olu.shown
    assert "1 keyed today" in olu.shown
    assert ("one_change", "") in olu.page.forms[-1].fields
    assert key(olu).shown.count("2 keyed today") == 1


def test_the_channel_is_not_asked_and_questions_that_do_not_apply_are_closed(olu):
    olu.open(PILE)

    names = [name for name, _ in olu.page.forms[-1].fields]
    assert "channel" not in names
    assert not [name for name in names if name.startswith("rating")]


def test_what_follows_opens_without_a_script_and_is_no_mistake(fieldwork, olu):
    olu.open(PILE).press(SHOW, services_used="8 9", outcome_right_help="4")
    boxes = [name for name, _ in olu.page.forms[-1].fields]
    assert {"rating:slt", "rating:ot", "right_help_missing"} <= set(boxes)
    assert olu.page.problems == []

    olu.open(PILE).press(SAVE, **{name: typed for name, typed in FORM.items() if "__" not in name})
    assert olu.page.problems == []
    assert "Key what follows" in olu.shown
    olu.press(SAVE, rating__slt="4")
    assert len(stored(fieldwork, Response)) == 1


def test_what_is_wrong_is_listed_with_links_and_all_that_was_typed_stays(fieldwork, olu):
    key(olu, rating__slt="9", quotable="1 2", plan="ehcp", age_band="")

    assert olu.answer.status_code == 422
    assert olu.page.problems == [
        "Speech and language therapy: Overall, how good or poor has it been for your family: "
        "enter one number from 1 to 7, or - if no answer is given",
        "May we quote your words when we publish what people told us: "
        "enter one number from 1 to 2, or - if no answer is given",
        "How old is your child: enter an answer, or - if none is given",
        "Does your child have a plan or SEN support: enter one number from 1 to 5, or - if no answer is given",
    ]
    assert olu.page.title.startswith("Error: ")
    assert 'href="#q-rating-slt"' in olu.shown
    assert 'id="q-rating-slt"' in olu.shown
    fields = dict(olu.page.forms[-1].fields)
    assert (fields["rating:slt"], fields["plan"], fields["one_change"]) == ("9", "ehcp", "Somebody to ring")
    assert stored(fieldwork, Response) == []


def test_what_the_form_does_not_give_or_gives_twice_gets_no_row(fieldwork, olu):
    key(olu, plan="-", quotable=" - ", rating__slt="-")

    assert not {"plan", "quotable", "rating"} & set(stored(fieldwork, Answer.item))
    assert len(stored(fieldwork, Response)) == 1


def test_a_form_without_a_service_asks_about_none(fieldwork, olu):
    answers = {name: typed for name, typed in FORM.items() if "__" not in name}

    olu.open(PILE).press(SAVE, **answers | {"services_used": "-"})

    assert set(stored(fieldwork, Answer.service)) == {""}


def test_saving_twice_stores_once(fieldwork, olu):
    olu.open(PILE).press(SHOW, services_used="8")
    form = olu.page.forms[-1]
    olu.press(SAVE, copy="A1", **FORM)
    typed = {name.replace("__", ":"): value for name, value in {"copy": "A1", **FORM}.items()}
    again = [(name, typed.get(name, value)) for name, value in form.fields] + [("go", "save")]

    olu.post(form.action, again)

    assert len(stored(fieldwork, Response)) == 1
    assert olu.page.problems == []


def test_a_reference_keyed_before_is_told_and_kept_if_the_officer_says_so(fieldwork, olu, ann):
    key(olu, copy="A17")
    key(ann, copy="a17")
    assert "was keyed on" in ann.page.problems[0]
    assert "by olu" in ann.page.problems[0]
    assert len(stored(fieldwork, Response)) == 1

    ann.press(SAVE)

    assert len(stored(fieldwork, Response)) == 2
    assert sum(entry.subject.endswith(" A17") for entry in stored(fieldwork, AuditEntry)) == 2


def test_the_audit_holds_nothing_that_was_said(fieldwork, olu):
    key(olu)

    assert not [entry for entry in stored(fieldwork, AuditEntry) if "ring" in entry.subject or "slt" in entry.subject]


def test_language_and_channel_are_chosen_once_for_the_pile(fieldwork, olu):
    key(olu, address=PILE.replace("language=en", "language=pl"))

    assert stored(fieldwork, Response.language) == ["pl"]
    assert (olu.chosen["language"], olu.chosen["channel"]) == (["pl"], ["paper"])
    assert "Paper forms, Polish" in olu.shown


def test_a_wave_that_closed_lately_says_so_and_one_that_closed_long_ago_takes_nothing(fieldwork, olu):
    olu.open(PILE).press(SHOW, services_used="8")
    for days in (10, 50):
        with writing(fieldwork.engine) as session:
            wave = session.get_one(Wave, fieldwork.wave.id)
            wave.opens_at = datetime.now(UTC) - timedelta(days=100)
            wave.closes_at = datetime.now(UTC) - timedelta(days=days)
            session.add(wave)
        if days == 10:
            assert "Key only forms that came in by then" in olu.browser.get(PILE).text
            assert "This wave has closed" in olu.browser.get("/keying").text

    olu.press(SAVE, **FORM)

    assert "is over" in olu.page.problems[0]
    assert stored(fieldwork, Response) == []


@pytest.fixture
def every_form(monkeypatch):
    monkeypatch.setattr(second_keying, "is_chosen", lambda *_: True)


def test_where_one_chooses_one_sees_the_count_and_what_waits(fieldwork, olu, every_form):
    key(olu)
    assert "put it aside" in olu.shown

    olu.open("/keying")

    assert "You have keyed 1 today" in olu.shown
    assert "Key again: 1 waiting" in olu.shown
    assert "No form of this wave has been keyed twice yet" in olu.shown


def test_a_printed_reference_with_a_mistyped_character_is_told_once_and_can_be_kept(fieldwork, olu):
    printed = codes.checked()
    wrong = printed[:-1] + ("0" if printed[-1] != "0" else "1")

    key(olu, copy=wrong)
    assert "does not check" in olu.shown
    assert stored(fieldwork, Response) == []

    olu.press(SAVE)
    assert len(stored(fieldwork, Response)) == 1


def test_a_printed_reference_that_checks_and_a_number_of_ones_own_are_taken_as_they_are(fieldwork, olu):
    key(olu, copy=codes.checked().lower())
    key(olu, copy="A-17")

    assert len(stored(fieldwork, Response)) == 2
