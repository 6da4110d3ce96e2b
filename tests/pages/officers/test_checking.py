"""An officer draws comments, codes them without seeing what the computer said, and reads what came of it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from survey import check_samples, consultations, database, teaching
from survey.blind_coding import next_for, record
from survey.tables import AuditEntry, BlindCoding, CheckSample, Comment, Judgement, RoleName, Teaching, Theme
from tests.pages.collecting import Group, add_themes, add_wave, collect

WAITING = "Waiting took far too long and nobody told us anything at all"
KINDNESS = "Kindness itself, every one of them"


def opened(app):
    page = app.run().switch_page("officers/checking.py").run()
    assert not page.exception
    return page


def markup(page) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


@pytest.fixture
def read(consultation):
    add_themes("Waiting", "Kindness")
    collect(Group(30, words=WAITING), Group(20, words=KINDNESS))


def draw(page, twice=0):
    page.selectbox(key="checking-twice").select(twice).run()
    return page.button(key="checking-draw").click().run()


def stored(table):
    with database.reading(database.engine()) as session:
        return session.exec(select(table)).all()


def sample() -> int:
    return stored(CheckSample)[-1].id


def shown(page) -> int:
    """The comment on the page."""
    (key,) = {box.key.rpartition("-")[2] for box in page.checkbox}
    return int(key)


def answer(page, *labels: str, tone: str = "negative"):
    comment = shown(page)
    for label in labels:
        next(box for box in page.checkbox if box.label == label).check()
    page.radio(key=f"checking-tone-{comment}").set_value(tone)
    return save(page)


def save(page):
    return page.button(key=f"checking-save-{shown(page)}").click().run()


def code_all(by: str, says=lambda words: [words.split()[0].lower()], tone=lambda words: "negative", most=1_000) -> None:
    """Somebody codes what is left for them, without a page."""
    engine = database.engine()
    keys = {theme.key: theme.id for theme in stored(Theme)}
    for _ in range(most):
        with database.writing(engine) as session:
            to_code = next_for(session, sample(), by)
            if to_code is None:
                return
            record(
                session, sample(), to_code.comment_id, carries=[keys[key] for key in says(to_code.words)],
                sentiment=tone(to_code.words), by=by, now=datetime.now(UTC),
            )  # fmt: skip


def end() -> None:
    with database.writing(database.engine()) as session:
        check_samples.end(session, sample(), by="officer", now=datetime.now(UTC))


def test_it_says_what_a_precision_costs_before_anything_is_drawn(officer, read):
    page = opened(officer)
    page.selectbox(key="checking-width").select(0.1).run()

    assert "That means 34 comments of 50: about" in markup(page)
    assert "within 10 points" in markup(page)
    assert page.button(key="checking-draw").label == "Draw 34 comments"
    assert stored(CheckSample) == []


def test_beside_a_choice_of_waves_it_says_that_the_comments_are_those_of_all(officer, read):
    add_wave("0", "An earlier wave", days_ago=300)
    page = opened(officer)

    assert "That means 45 comments of 50 in all waves: about" in markup(page)
    assert "were drawn from 50 in all waves by officer on" in markup(draw(page))


def test_drawing_is_kept_with_who_did_it_and_leads_to_coding(officer, read):
    page = draw(opened(officer))

    (drawn,) = stored(CheckSample)
    assert (drawn.size, drawn.comments, drawn.drawn_by) == (45, 50, "officer")
    assert ("draw comments to check", "send-services: 45") in [(row.what, row.subject) for row in stored(AuditEntry)]
    assert "45 comments are left for you, about 30 minutes." in markup(page)


def test_a_comment_is_coded_and_the_next_one_comes(officer, read):
    page = draw(opened(officer)).button(key="checking-code").click().run()
    first = shown(page)
    assert page.title[0].value == "Comment 1 of 45"

    page = answer(page, "Waiting")

    assert page.title[0].value == "Comment 2 of 45"
    assert shown(page) != first
    (coding,) = stored(BlindCoding)
    assert (coding.comment_id, coding.by, coding.sentiment) == (first, "officer", "negative")
    keys = {theme.id: theme.key for theme in stored(Theme)}
    assert {keys[row.theme_id]: row.carries for row in stored(Judgement)} == {"waiting": True, "kindness": False}


def test_the_comment_stands_with_its_question_and_service_and_nothing_else(officer, read):
    page = draw(opened(officer)).button(key="checking-code").click().run()

    assert "Speech and language therapy: " in markup(page)
    assert WAITING in markup(page) or KINDNESS in markup(page)
    said = markup(page).lower()
    assert not [word for word in ("suggested", "precision", "corrected", "agree") if word in said]
    assert not any(box.value for box in page.checkbox)
    assert page.radio[0].value is None


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ((), "Choose the themes the comment carries, or “None of these themes”"),
        (("Waiting", "None of these themes"), "Choose either themes or “None of these themes”"),
    ],
)
def test_what_is_lacking_or_contradicts_itself_is_said_and_nothing_kept(officer, read, labels, told):
    page = draw(opened(officer)).button(key="checking-code").click().run()

    page = answer(page, *labels)

    assert told in markup(page)
    assert stored(BlindCoding) == []


def test_a_tone_is_asked_for_and_none_of_these_is_an_answer(officer, read):
    page = draw(opened(officer)).button(key="checking-code").click().run()
    next(box for box in page.checkbox if box.label == "None of these themes").check()
    page = save(page)
    assert "Choose the tone of the comment" in markup(page)

    page = answer(page, tone="neutral")

    assert len(stored(BlindCoding)) == 1
    assert not any(row.carries for row in stored(Judgement))


def test_the_last_comment_can_be_coded_again_until_the_results_are_shown(officer, read):
    page = draw(opened(officer)).button(key="checking-code").click().run()
    first = shown(page)
    assert not [button for button in page.button if button.key == "checking-back"]
    page = answer(page, "Waiting")

    page = page.button(key="checking-back").click().run()

    assert shown(page) == first
    assert not any(box.value for box in page.checkbox)
    assert not stored(BlindCoding)
    assert not stored(Judgement)
    assert [entry.what for entry in stored(AuditEntry)][-1] == "take back a blind coding"
    answer(page, "Kindness")
    assert {judged.theme_id for judged in stored(Judgement) if judged.carries} == {
        theme.id for theme in stored(Theme) if theme.key == "kindness"
    }


def test_whoever_stops_goes_on_where_they_left(officer, read):
    page = draw(opened(officer)).button(key="checking-code").click().run()
    page = answer(page, "Waiting")
    page = page.button(key="checking-stop").click().run()

    assert page.button(key="checking-code").label == "Go on coding"
    assert "44 comments are left for you" in markup(page)
    assert page.button(key="checking-code").click().run().title[0].value == "Comment 2 of 45"


def test_nothing_is_seen_of_what_came_of_it_until_the_coding_has_ended(officer, read):
    page = draw(opened(officer), twice=45)
    code_all("ada")
    page = page.run()
    assert "What the checking found" not in [header.value for header in page.header]
    assert "0 of the 45 for two people have been coded by two." in markup(page)

    code_all("ben")
    page = page.run()
    assert "All of it is coded." in markup(page)
    page = page.button(key="checking-end").click().run()

    assert "What the checking found" in [header.value for header in page.header]
    assert stored(CheckSample)[0].ended_by == "officer"


def test_the_results_say_how_far_people_agree_and_how_good_the_computer_is(officer, read):
    draw(opened(officer), twice=45)
    code_all("ada")
    code_all("ben")
    end()

    page = opened(officer)

    said = markup(page)
    assert "On the themes two people agree to 1.00" in said
    assert "good enough to rely on" in said
    assert "45 comments coded, drawn by chance from 50." in said
    assert "100% of" in said
    assert "Share of comments that carry each theme" in said
    # Everybody who said "Kindness" is negative to these two, and positive to the computer.
    assert "Of the comments that a person called negative, the computer called positive" in said


def test_a_computer_that_is_wrong_is_said_to_be_and_its_shares_are_corrected(officer, read):
    draw(opened(officer))
    code_all("ada", says=lambda words: ["kindness"])
    end()

    page = opened(officer)

    assert "0% of" in markup(page)
    assert "no comment was coded by two" in markup(page)
    (shares,) = [element.proto.body for element in page.get("html") if "that carry each theme" in element.proto.body]
    row = shares[shares.index("Kindness") :]
    assert "40% of 50" in row
    assert "100%" in row


def test_too_few_are_not_judged(officer, read):
    draw(opened(officer))
    code_all("ada", most=6)
    end()

    page = opened(officer)

    assert "6 comments coded, drawn by chance from 50. The rest of the sample was not coded." in markup(page)
    assert "Not judged, because too few of their comments were coded: " in markup(page)
    assert "How often the computer is right" not in markup(page), "a table of nothing but that tells nobody anything"
    assert "100% of 6" not in markup(page)


def test_a_sample_that_taught_the_computer_does_not_judge_it(officer, read):
    draw(opened(officer))
    code_all("ada")
    end()
    later = datetime.now(UTC) + timedelta(seconds=1)
    with database.writing(database.engine()) as session:
        wave = consultations.wave_named(session, "send-services", "1")
        session.add(
            Teaching(
                consultation_id=wave.consultation_id, asked_by="officer", asked_at=later, proved_at=later, comments=45,
                f1_without=0.5, f1_with=0.6, difference_low=0.05, difference_high=0.15, switched_on_by="officer",
                switched_on_at=later,
            )
        )  # fmt: skip

    page = opened(officer)

    assert "has learnt from the comments of this sample" in markup(page)
    assert "How often the computer is right" not in markup(page)


def test_a_comment_taken_back_while_it_is_on_screen_is_no_trouble(officer, read):
    page = draw(opened(officer)).button(key="checking-code").click().run()
    gone = shown(page)
    with database.writing(database.engine()) as session:
        session.delete(session.get_one(Comment, gone))

    page = answer(page, "Waiting")

    assert not page.exception
    assert shown(page) != gone
    assert stored(BlindCoding) == []


def test_a_proof_can_be_asked_for_when_enough_has_been_coded(officer, read, monkeypatch):
    monkeypatch.setattr(teaching, "FEWEST", 45)
    monkeypatch.setattr("pages.officers.check_teaching.FEWEST", 45)
    page = opened(officer)
    assert "0 comments have been coded blind. From 45 it is worth trying" in markup(page)
    draw(page)
    code_all("ada")

    page = opened(officer).button(key="checking-ask").click().run()

    assert "It is being tried out" in markup(page)
    assert len(stored(Teaching)) == 1


@pytest.mark.parametrize(
    ("low", "high", "told", "offered"),
    [
        (0.02, 0.11, "so it is better, beyond chance", True),
        (-0.01, 0.08, "which may be chance", False),
        (-0.09, -0.02, "so it is worse", False),
        (None, None, "Nothing could be worked out", False),
    ],
)
def test_only_what_is_proved_better_can_be_switched_on(officer, read, low, high, told, offered):
    now = datetime.now(UTC)
    with database.writing(database.engine()) as session:
        wave = consultations.wave_named(session, "send-services", "1")
        figures = {} if low is None else {"f1_without": 0.5, "f1_with": 0.5 + (low + high) / 2}
        session.add(
            Teaching(
                consultation_id=wave.consultation_id, asked_by="officer", asked_at=now, proved_at=now, comments=210,
                difference_low=low, difference_high=high, **figures,
            )
        )  # fmt: skip

    page = opened(officer)

    assert told in markup(page)
    assert [button.key for button in page.button if button.key == "checking-switch"] == ["checking-switch"] * offered
    if offered:
        page = page.button(key="checking-switch").click().run()
        assert "officer switched it on" in markup(page)
        page = page.button(key="checking-switch").click().run()
        assert stored(Teaching)[0].switched_off_at is not None


@pytest.mark.parametrize("roles", [(), (RoleName.LEADER,), (RoleName.ADMINISTRATOR,)])
def test_nobody_else_opens_it(app, sign_in, roles):
    sign_in(*roles)

    with pytest.raises(ValueError, match="Could not find"):
        app.run().switch_page("officers/checking.py").run()


def test_without_a_comment_read_there_is_nothing_to_draw(officer):
    assert "No comment in English is there to be drawn: none has been read yet" in markup(opened(officer))
