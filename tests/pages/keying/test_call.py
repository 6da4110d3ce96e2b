"""A call: the notice first, each page kept, gone on with after it dropped, and a reference to read out at the end."""

from sqlmodel import select

from survey import drafts
from survey.database import reading
from survey.tables import Answer, AuditEntry, Channel, Draft, Response
from survey.wording import words_in
from tests.pages.keying.computer import CALL
from tests.survey.conftest import OUTCOMES

SAY = words_in("en")


def stored(fieldwork, what):
    with reading(fieldwork.engine) as session:
        return session.exec(select(what)).all()


def begin(computer):
    return computer.open(CALL).press("Begin", agreed="yes")


def to_the_end(computer):
    begin(computer).press("Continue", services_used="8")
    computer.press("Continue", rating__slt="4", tell_us_more__slt="We waited")
    computer.press("Continue", **{f"outcome_{outcome}": "2" for outcome in OUTCOMES})
    computer.press("Continue", quotable="2")
    return computer.press("Continue", district="1", age_band="-", plan="4")


def test_the_notice_is_read_out_and_agreed_to_before_the_first_question(fieldwork, olu):
    olu.open(CALL)
    assert SAY("keying.may_i") in olu.shown
    assert SAY.of(fieldwork.questionnaire.what_happens).replace("'", "&#39;") in olu.shown

    olu.press("Begin")
    assert olu.answer.status_code == 422
    assert "they agreed" in olu.page.problems[0]
    assert stored(fieldwork, Draft) == []

    olu.press("Begin", agreed="yes")
    assert olu.heading == "Services you have used"
    assert [entry.what for entry in stored(fieldwork, AuditEntry)][-1] == "read out the notice"


def test_a_call_is_answered_read_back_and_sent_and_the_reference_is_read_out(fieldwork, olu):
    to_the_end(olu)
    assert olu.heading == "Read back what they told you"
    assert "We waited" in olu.shown
    assert "Not given" in olu.shown

    olu.press("Send their answers")

    (response,) = stored(fieldwork, Response)
    assert (response.channel, response.entered_by) == (Channel.PHONE, "olu")
    assert response.reference in olu.shown
    assert SAY("keying.read_out") in olu.shown
    assert not {"channel", "age_band"} & set(stored(fieldwork, Answer.item))
    assert stored(fieldwork, Draft) == []


def test_a_dropped_call_is_gone_on_with_where_it_was_by_the_same_officer(fieldwork, olu, ann):
    begin(olu).press("Continue", services_used="8").press("Continue", rating__slt="4")

    olu.open("/keying")
    assert "Calls you have not finished" in olu.shown
    assert olu.open("/keying/send-services/call/1?wave=2026&channel=phone").heading == "How things are for your child"
    assert "Calls you have not finished" not in ann.open("/keying").shown
    assert ann.open("/keying/send-services/call/1?wave=2026&channel=phone").at == "/keying"


def test_back_keeps_what_is_half_said(fieldwork, olu):
    begin(olu).press("Continue", services_used="8").press("Back", tell_us_more__slt="We wai")
    assert olu.heading == "Services you have used"

    olu.press("Continue")

    assert dict(olu.page.forms[-1].fields)["tell_us_more:slt"] == "We wai"


def test_what_is_wrong_is_told_and_what_is_right_is_kept(fieldwork, olu):
    begin(olu).press("Continue", services_used="8").press("Continue", rating__slt="8", tell_us_more__slt="We waited")

    assert olu.answer.status_code == 422
    assert len(olu.page.problems) == 1
    assert dict(olu.page.forms[-1].fields)["rating:slt"] == "8"
    assert "We waited" in stored(fieldwork, Draft)[0].answers


def test_an_answer_can_be_changed_before_it_is_sent(fieldwork, olu):
    to_the_end(olu)

    change = next(form for form in olu.page.forms if ("page", "about_you") in form.fields)
    olu.post(change.action, [*change.fields, ("go", "change")])
    assert olu.heading == "About your child and where you live"
    olu.press("Continue", plan="1").press("Send their answers")

    assert ("plan", "none") in {(answer.item, answer.code) for answer in stored(fieldwork, Answer)}


def test_somebody_who_wants_to_stop_leaves_nothing_behind(fieldwork, olu):
    begin(olu).press("Continue", services_used="8").press("They want to stop: delete all of it")

    assert stored(fieldwork, Draft) == []
    assert "has been deleted" in olu.shown


def test_sending_twice_sends_once(fieldwork, olu):
    to_the_end(olu)
    form = olu.page.forms[-1]
    olu.press("Send their answers")

    olu.post(form.action, [*form.fields, ("go", "send")])

    assert len(stored(fieldwork, Response)) == 1
    assert olu.heading == "Sent"


def test_a_question_raised_on_the_page_is_asked_there(olu):
    begin(olu).press("Continue", services_used="8").press("Continue", rating__slt="4")
    olu.press("Continue", **{f"outcome_{outcome}": "4" for outcome in OUTCOMES})

    assert olu.heading == "How things are for your child"
    assert olu.page.problems == []
    assert "right_help_missing" in olu.page.forms[-1].boxes


def test_more_than_a_draft_holds_is_told_and_kept_on_the_page(olu, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_BYTES", 200)
    begin(olu).press("Continue", services_used="8").press("Continue", rating__slt="4", tell_us_more__slt="word " * 100)

    assert "too much text" in olu.page.problems[0]
    assert dict(olu.page.forms[-1].fields)["tell_us_more:slt"].startswith("word word")
