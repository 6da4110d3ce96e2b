"""Forms and calls that go from child to child: another by a number, one keyed by mistake taken out, nothing lost."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from survey import codes, second_keying
from survey.database import reading
from survey.tables import Answer, AuditEntry, Channel, Comment, Draft, Response, RoleName, SecondKeying
from tests.pages.keying.computer import Computer
from tests.survey.conftest import open_fieldwork  # noqa: F401  (a fixture)

PILE = "/keying/send-children?wave=2026&channel=paper&language=en"
CALL = "/keying/send-children?wave=2026&channel=phone&language=en"
LIST = "/keying/send-children/again?wave=2026"
SHOW, SAVE, COMPARE, KEEP = "Show what follows", "Save", "Compare", "Keep what is right"
FAMILY = {"one_change": "Somebody to ring", "quotable": "2", "district": "1"}
SLT, OT, NONE = "8", "9", "24"
GOOD, POOR = "2", "4"


@pytest.fixture
def fieldwork(open_fieldwork):  # noqa: F811
    return open_fieldwork("send_children", now=datetime.now(UTC))


@pytest.fixture
def olu(fieldwork):
    return Computer("olu", RoleName.OFFICER)


@pytest.fixture
def ann(fieldwork):
    return Computer("ann", RoleName.OFFICER)


def of_child(number, *, services=SLT, another="2", **ratings):
    """What is keyed of one child; a rating for each service, and words that say whose they are."""
    keyed = {
        f"age_band#{number}": "2",
        f"plan#{number}": "4",
        f"services_used#{number}": services,
        f"another_child#{number}": another,
    }
    for service, rating in ratings.items():
        keyed |= {f"rating:{service}#{number}": rating, f"tell_us_more:{service}#{number}": f"{service} of {number}"}
    return keyed


TWO = FAMILY | of_child(1, another="1", slt=GOOD) | of_child(2, services=f"{SLT} {OT}", slt=POOR, ot=GOOD)
THREE = TWO | {"another_child#2": "1"} | of_child(3, services=OT, ot=POOR)


def opened(computer, answers, address=PILE):
    """The form with everything open that these answers lead to, and nothing else keyed yet."""
    leading = {name: value for name, value in answers.items() if name.startswith(("services_used", "another_child"))}
    computer.open(address)
    for _ in range(sum(name.startswith("services_used") for name in leading)):  # without a script one opens the next
        computer.press(SHOW, **leading)
    return computer


def key(computer, answers=TWO, **more):
    return opened(computer, answers).press(SAVE, **answers | more)


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def rated(fieldwork):
    return {(row.child, row.service): row.code for row in stored(fieldwork, Answer) if row.item == "rating"}


def fields(computer):
    return dict(computer.page.forms[-1].fields)


# -- a pile of forms -----------------------------------------------------------------------------------------------


def test_a_form_of_two_children_is_one_response_marked_by_channel_and_by_who_keyed_it(fieldwork, olu):
    key(olu)

    (response,) = stored(fieldwork, Response)
    assert (response.channel, response.entered_by, response.district) == (Channel.PAPER, "olu", "E07000117")
    assert rated(fieldwork) == {(1, "slt"): "good", (2, "slt"): "poor", (2, "ot"): "good"}
    assert set(stored(fieldwork, Comment.words)) == {"Somebody to ring", "slt of 1", "slt of 2", "ot of 2"}
    assert response.reference in olu.shown
    assert "1 keyed today" in olu.shown


def test_boxes_stand_in_the_order_of_the_paper_the_family_first_and_then_child_after_child(olu):
    opened(olu, TWO)

    boxes = [name for name, _ in olu.page.forms[-1].fields if name.partition("#")[0].partition(":")[0] in NAMES]
    assert boxes == [
        "one_change", "what_works", "quotable", "district",
        "age_band#1", "plan#1", "services_used#1", "rating:slt#1", "tell_us_more:slt#1", "child_anything_else#1",
        "another_child#1",
        "age_band#2", "plan#2", "services_used#2", "rating:slt#2", "tell_us_more:slt#2", "rating:ot#2",
        "tell_us_more:ot#2", "child_anything_else#2", "another_child#2",
    ]  # fmt: skip


NAMES = {
    "one_change", "what_works", "quotable", "district", "age_band", "plan", "services_used", "rating", "tell_us_more",
    "child_anything_else", "another_child",
}  # fmt: skip


def test_another_child_is_opened_by_a_number_and_not_before(olu):
    olu.open(PILE)
    assert "age_band#1" in fields(olu)
    assert "age_band#2" not in fields(olu)

    olu.press(SHOW, **{"another_child#1": "1"})

    assert "age_band#2" in fields(olu)
    assert "age_band#3" not in fields(olu)
    assert olu.page.problems == []


def test_there_is_a_form_for_as_many_children_as_the_questionnaire_has_room_for(fieldwork, olu):
    most = fieldwork.questionnaire.children.at_most
    answers = dict(FAMILY)
    for number in range(1, most + 1):
        answers |= of_child(number, services=NONE, another="1")
    answers.pop(f"another_child#{most}")  # nobody is asked about a child more

    key(olu, answers)

    assert {row.child for row in stored(fieldwork, Answer)} == set(range(most + 1))
    assert f"another_child#{most}" not in olu.shown


def test_what_is_wrong_says_which_child_and_all_that_was_typed_stays(fieldwork, olu):
    key(olu, **{"rating:slt#2": "77", "plan#1": "", "another_child#2": "-"})

    assert olu.answer.status_code == 422
    assert olu.page.problems == [
        "Child 1: About this child: Does this child have a plan or SEN support: enter an answer, or - if none is given",
        "Child 2: Speech and language therapy: Overall, how good or poor has it been for this child: "
        "enter one number from 1 to 7, or - if no answer is given",
        "Child 2: Anything else: Do you want to tell us about another child or young person with SEND: "
        "enter 1 if there is another child, or 2 if there is not",
    ]
    assert 'href="#q-rating-slt-2"' in olu.shown
    assert (fields(olu)["rating:slt#2"], fields(olu)["tell_us_more:ot#2"]) == ("77", "ot of 2")
    assert stored(fieldwork, Response) == []


def test_what_a_form_does_not_say_of_one_child_gets_no_row_for_that_child(fieldwork, olu):
    key(olu, **{"plan#1": "-", "rating:slt#2": "-"})

    assert (2, "slt") not in rated(fieldwork)
    assert [row.child for row in stored(fieldwork, Answer) if row.item == "plan"] == [2]


def test_a_child_keyed_by_mistake_is_taken_out_the_next_moves_up_and_nothing_is_keyed_again(fieldwork, olu):
    opened(olu, THREE).press("Take child 2 out", **THREE)

    assert "Child 2 has been taken out" in olu.shown
    assert "age_band#3" not in fields(olu)
    assert (fields(olu)["rating:ot#2"], fields(olu)["tell_us_more:ot#2"]) == (POOR, "ot of 3")
    assert fields(olu)["one_change"] == "Somebody to ring"
    olu.press(SAVE)

    assert rated(fieldwork) == {(1, "slt"): "good", (2, "ot"): "poor"}
    assert set(stored(fieldwork, Comment.words)) == {"Somebody to ring", "slt of 1", "ot of 3"}


def test_taking_a_child_out_twice_by_the_same_page_takes_out_one(olu):
    opened(olu, THREE)
    form = olu.form("Take child 2 out")
    olu.press("Take child 2 out", **THREE)
    once = fields(olu)
    sent = [(name, THREE.get(name, value)) for name, value in form.fields] + [form.buttons["Take child 2 out"]]

    olu.post(form.action, sent)

    assert fields(olu).keys() == once.keys()


def test_the_only_child_cannot_be_taken_out(olu):
    olu.open(PILE)
    assert "Take child 1 out" not in olu.page.forms[-1].buttons
    action, shown = olu.page.forms[-1].action, olu.page.forms[-1].fields

    olu.post(action, [*shown, ("go", "take out 1")])
    assert "has been taken out" not in olu.shown
    olu.press(SHOW, **{"another_child#1": "1"})
    assert "Take child 1 out" in olu.page.forms[-1].buttons


def test_a_reference_with_a_mistyped_character_is_told_and_the_children_stay_on_the_page(fieldwork, olu):
    printed = codes.checked()
    wrong = printed[:-1] + ("0" if printed[-1] != "0" else "1")

    key(olu, copy=wrong)
    assert "does not check" in olu.page.problems[0]
    assert fields(olu)["tell_us_more:ot#2"] == "ot of 2"

    olu.press(SAVE, copy=printed.lower())
    (entry,) = [entry for entry in stored(fieldwork, AuditEntry) if entry.what == "key in"]
    assert entry.subject.endswith(printed)


def test_a_wave_that_goes_from_child_to_child_is_offered_like_any_other(olu):
    olu.open("/keying")

    assert "SEND services for each of your children: Summer 2026" in olu.shown
    assert "By phone" in olu.shown


# -- keying again --------------------------------------------------------------------------------------------------


@pytest.fixture
def every_form(monkeypatch):
    monkeypatch.setattr(second_keying, "is_chosen", lambda *_: True)


def again(computer, fieldwork, answers):
    (reference,) = stored(fieldwork, Response.reference)
    opened(computer, answers, f"/keying/send-children/again/{reference}?wave=2026")
    return computer.press(COMPARE, **answers)


def test_two_keyings_alike_differ_in_nothing_and_every_answer_of_each_child_is_counted(fieldwork, olu, ann, every_form):
    key(olu)

    again(ann, fieldwork, TWO)

    assert stored(fieldwork, SecondKeying.differences) == [0]
    assert "1 form was keyed twice. 0 of 20 answers differed" in ann.shown


def test_what_differs_is_told_child_by_child_and_put_right_for_that_child(fieldwork, olu, ann, every_form):
    key(olu)
    again(ann, fieldwork, TWO | {"rating:slt#2": GOOD, "plan#1": "1"})

    assert "Child 2: Speech and language therapy: Overall" in ann.shown
    assert "Child 1: About this child: Does this child have a plan" in ann.shown
    ann.press(KEEP, **{"right rating:slt#2": "second", "right plan#1": "first"})

    assert rated(fieldwork) == {(1, "slt"): "good", (2, "slt"): "good", (2, "ot"): "good"}
    assert stored(fieldwork, SecondKeying.differences) == [2]


def test_a_child_overlooked_the_first_time_is_one_difference_and_brings_its_answers(fieldwork, olu, ann, every_form):
    key(olu)
    again(ann, fieldwork, THREE)
    assert "1 answer differs" in ann.shown

    ann.press(KEEP, **{"right another_child#2": "second"})

    assert rated(fieldwork)[3, "ot"] == "poor"
    assert stored(fieldwork, SecondKeying.differences) == [1]


def test_a_child_keyed_by_mistake_the_second_time_is_taken_out_there_too(fieldwork, olu, ann, every_form):
    key(olu)
    (reference,) = stored(fieldwork, Response.reference)
    opened(ann, THREE, f"/keying/send-children/again/{reference}?wave=2026").press("Take child 3 out", **THREE)
    assert "Child 3 has been taken out" in ann.shown

    ann.press(COMPARE)

    assert stored(fieldwork, SecondKeying.differences) == [0]


# -- a call --------------------------------------------------------------------------------------------------------


def tell_of(computer, child, *, another, **ratings):
    computer.press("Continue", **{f"age_band#{child}": "2", f"plan#{child}": "-"})
    services = " ".join({"slt": SLT, "ot": OT}[service] for service in ratings)
    computer.press("Continue", **{f"services_used#{child}": services})
    for service, rating in ratings.items():
        about = f":{service}#{child}"
        computer.press("Continue", **{f"rating{about}": rating, f"tell_us_more{about}": f"{service} of {child}"})
    return computer.press("Continue", **{f"another_child#{child}": another})


def to_the_end(computer):
    computer.open(CALL).press("Begin", agreed="yes")
    tell_of(computer, 1, another="1", slt=GOOD)
    tell_of(computer, 2, another="1", ot=GOOD)
    tell_of(computer, 3, another="2", slt=POOR)
    computer.press("Continue", quotable="2")
    return computer.press("Continue", district="1")


def test_a_call_goes_from_child_to_child_and_each_page_says_about_which(olu):
    olu.open(CALL).press("Begin", agreed="yes")
    assert olu.heading == "Child 1: About this child"

    tell_of(olu, 1, another="1", slt=GOOD)

    assert olu.heading == "Child 2: About this child"


def test_a_call_is_read_back_by_child_sent_and_marked(fieldwork, olu):
    to_the_end(olu)
    assert [olu.shown.count(f"<h2>Child {number}</h2>") for number in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert '<span class="unseen"> Child 2: Occupational therapy</span>' in olu.shown

    olu.press("Send their answers")

    (response,) = stored(fieldwork, Response)
    assert (response.channel, response.entered_by) == (Channel.PHONE, "olu")
    assert rated(fieldwork) == {(1, "slt"): "good", (2, "ot"): "good", (3, "slt"): "poor"}
    assert "plan" not in stored(fieldwork, Answer.item)


def test_a_child_is_taken_out_of_a_call_by_one_button_and_a_second_press_takes_no_other(fieldwork, olu):
    to_the_end(olu)
    form = olu.form("Take child 2 out")

    olu.press("Take child 2 out")
    assert "A child has been taken out" in olu.shown
    assert "ot of 2" not in olu.shown
    olu.post(form.action, [*form.fields, ("go", "remove")])

    assert "A child has been taken out" not in olu.shown
    olu.press("Send their answers")
    assert rated(fieldwork) == {(1, "slt"): "good", (2, "slt"): "poor"}
    assert set(stored(fieldwork, Comment.words)) == {"slt of 1", "slt of 3"}


def test_taking_a_child_out_of_a_call_that_was_sent_meanwhile_leads_to_the_reference(fieldwork, olu):
    to_the_end(olu)
    form = olu.form("Take child 2 out")
    olu.press("Send their answers")

    olu.post(form.action, [*form.fields, ("go", "remove")])

    assert olu.heading == "Sent"
    assert len(rated(fieldwork)) == 3


def test_a_dropped_call_is_gone_on_with_at_the_child_it_had_reached(fieldwork, olu):
    olu.open(CALL).press("Begin", agreed="yes")
    tell_of(olu, 1, another="1", slt=GOOD)

    again_at_the_desk = olu.open("/keying/send-children/call/1?wave=2026&channel=phone")

    assert again_at_the_desk.heading == "Child 2: About this child"
    assert len(stored(fieldwork, Draft)) == 1


def test_what_is_wrong_in_a_call_is_told_and_kept_and_whether_there_is_another_child_must_be_known(olu):
    olu.open(CALL).press("Begin", agreed="yes")

    tell_of(olu, 1, another="-", slt=GOOD)

    assert olu.answer.status_code == 422
    assert olu.page.problems[0].endswith("enter 1 if there is another child, or 2 if there is not")
    assert fields(olu)["another_child#1"] == "-"
