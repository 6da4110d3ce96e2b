"""An officer looks at comments in other languages, at words that may be names, and at who may be recognised."""

import pytest
from sqlmodel import select

from pages.ui import data
from survey import database, details
from survey.details import Place
from survey.tables import (
    AuditEntry,
    Comment,
    CommentTranslation,
    FoundDetail,
    Reading,
    Response,
    RoleName,
    SentimentJudgement,
)
from tests.pages.collecting import Group, collect

URDU = "بچے کی تھراپی کا بہت انتظار ہے"
NAMED = "Zunaira waited and Portage helped"
PLACES = [Place(0, 7, "name", True), Place(19, 26, "name", True)]


@pytest.fixture(autouse=True)
def looking_at_once(monkeypatch):
    """Whoever opens the page again at once sees what came in meanwhile."""
    monkeypatch.setattr(data.known, "LOOK_EVERY_SECONDS", 0)


def opened(app, part="Not in English"):
    page = app.run().switch_page("officers/to_read.py").run()
    page.radio(key="to-read-part").set_value(part).run()
    assert not page.exception
    return page


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def markup(page) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def stored(what):
    with database.reading(database.engine()) as session:
        return session.exec(select(what)).all()


def said_in(language, *comments):
    """These comments, read as being in that language."""
    collect(*(Group(1, words=words) for words in comments))
    with database.writing(database.engine()) as session:
        for comment in session.exec(select(Comment).where(Comment.words.in_(comments))).all():
            comment.language = language


def with_names():
    """One comment with two words that may be names, both hidden; gives its number."""
    collect(Group(1, words=NAMED))
    with database.writing(database.engine()) as session:
        comment = session.exec(select(Comment)).one()
        details.keep(session, {comment.id: PLACES}, {comment.id: NAMED})
        comment.redacted = details.shown(NAMED, PLACES)
        return comment.id


def audited(what) -> list[str]:
    with database.reading(database.engine()) as session:
        return list(session.exec(select(AuditEntry.subject).where(AuditEntry.what == what)))


def test_a_comment_stands_as_written_from_the_side_it_is_read_from(officer):
    said_in("ur", URDU)

    page = opened(officer)

    assert f'lang="ur" dir="rtl">{URDU}</blockquote>' in markup(page)
    assert "1 comment waits for somebody who knows the language." in markup(page)


def test_what_is_entered_is_kept_with_who_and_when_and_the_next_oldest_comes(officer):
    said_in("ur", URDU, "کچھ نہیں")
    page = opened(officer)

    page.text_area[0].set_value("The wait for therapy is very long")
    page.radio[-1].set_value("negative")
    press(page, "translating-save")

    (kept,) = stored(CommentTranslation)
    assert (kept.words, kept.by) == ("The wait for therapy is very long", "officer")
    assert [one.sentiment for one in stored(SentimentJudgement)] == ["negative"]
    assert len(stored(Reading)) == 1
    assert "کچھ نہیں</blockquote>" in markup(page)
    assert "Saved. The translation is being read." in markup(page)


def test_what_was_typed_stays_when_it_cannot_be_kept(officer):
    said_in("ur", URDU)
    page = opened(officer)

    page.text_area[0].set_value("x" * 20_001)
    press(page, "translating-save")

    assert "20,000 characters or fewer" in page.error[0].value
    assert page.text_area[0].value == "x" * 20_001
    assert stored(CommentTranslation) == []


def test_a_translation_is_shown_with_who_made_it_and_can_be_changed_and_taken_away(officer):
    said_in("pl", "Czekamy dwa lata")
    page = opened(officer)
    page.text_area[0].set_value("We wait two years")
    press(page, "translating-save")

    assert "Translated by officer" in markup(page)
    page.text_area[0].set_value("We have waited two years")
    press(page, "translating-save")
    assert [one.words for one in stored(CommentTranslation)] == ["We have waited two years"]

    press(page, "translating-away")
    assert stored(CommentTranslation) == []


def test_the_words_as_written_are_seen_only_by_somebody_whose_looking_is_kept(officer):
    said_in("pl", "Czekamy, tel. 07700 900123")
    with database.writing(database.engine()) as session:
        session.exec(select(Comment)).one().redacted = "Czekamy, tel. [phone]"
    page = opened(officer)
    assert "07700" not in markup(page)

    press(page, "translating-show-1")

    assert "Czekamy, tel. 07700 900123</blockquote>" in markup(page)
    assert audited("see what is hidden in a comment") == ["comment 1"]


def test_what_is_hidden_is_seen_only_by_somebody_whose_looking_is_kept(officer):
    comment_id = with_names()
    page = opened(officer, "Names and schools")
    assert "Zunaira" not in markup(page)
    assert audited("see what is hidden in a comment") == []

    press(page, "deciding-open")
    page.run()

    assert "<mark>Zunaira</mark> waited and <mark>Portage</mark> helped" in markup(page)
    assert audited("see what is hidden in a comment") == [f"comment {comment_id}"]


def test_one_press_shows_a_word_again_and_another_undoes_it(officer):
    with_names()
    page = press(opened(officer, "Names and schools"), "deciding-open")
    change = stored(Response.change)

    press(page, "deciding-show-2")

    assert stored(Comment.redacted) == ["[name] waited and Portage helped"]
    assert stored(Response.change) > change
    press(page, "deciding-keep-1")
    assert "Nothing waits" in markup(page)
    page.radio(key="to-read-part").set_value("Decided lately").run()
    press(page, "deciding-undo-2")
    assert stored(Comment.redacted) == ["[name] waited and [name] helped"]


def test_the_focus_is_led_to_what_a_press_did_which_stands_directly_above_what_is_next(officer):
    with_names()
    page = opened(officer, "Names and schools")
    assert 'data-step="to-read-0"' in markup(page)

    for times, (key, told) in enumerate(
        [
            ("deciding-open", "What is hidden is shown below."),
            ("deciding-show-2", "Those words are shown again in the comment."),
            ("deciding-keep-1", "It stays hidden."),
        ],
        start=1,
    ):
        press(page, key)
        pieces = markup(page)
        assert f'data-step="to-read-{times}"' in pieces
        assert 'data-focus="heard-to-read-news"' in pieces
        assert told in pieces
        assert pieces.index(told) < pieces.index("may be a name or a school" if times < 3 else "Nothing waits")

    page.radio(key="to-read-part").set_value("Decided lately").run()
    assert 'data-step="to-read-3"' in markup(page), "nothing new is told, so the focus stays"
    press(page, "deciding-undo-1")
    assert 'data-step="to-read-4"' in markup(page)
    assert "Undone." in markup(page)


def test_each_press_is_labelled_to_the_end_also_where_a_phone_is_too_narrow_for_the_words_in_one_line(officer):
    with_names()
    page = press(opened(officer, "Names and schools"), "deciding-open")

    asked = [button.proto for button in page.button if button.label.startswith(("Keep “", "Show “"))]
    assert asked
    assert all(button.wrap for button in asked)


def test_one_press_shows_a_word_in_every_comment_where_it_waits(officer):
    with_names()
    page = press(opened(officer, "Names and schools"), "deciding-open")

    press(page, "deciding-all-2")

    assert "shown again in 1 place." in markup(page)
    assert [(one.hidden, one.decided_by) for one in stored(FoundDetail)] == [(True, ""), (False, "officer")]


def test_a_comment_that_may_tell_says_what_tells_and_words_in_it_can_be_hidden(officer):
    collect(Group(1, words="The only boy with a hoist in Slaidburn"))
    with database.writing(database.engine()) as session:
        session.exec(select(Comment)).one().identifying = "a rare condition, a place"
    page = opened(officer, "May be recognised")
    assert "Together these may tell: a rare condition, a place." in markup(page)

    page.text_input[0].set_value("Slaidburn")
    press(page, "deciding-hide-1")

    assert stored(Comment.redacted) == ["The only boy with a hoist in [name]"]
    assert "Hidden in 1 place of the comment." in markup(page)
    press(page, "deciding-off-1")
    assert "No comment read so far is marked." in markup(page)


def test_it_is_said_beside_a_live_comment_that_it_may_tell_and_that_it_was_translated(officer):
    collect(Group(6, words="Waiting, the only boy with a hoist"))
    with database.writing(database.engine()) as session:
        for comment in session.exec(select(Comment)).all():
            comment.identifying, comment.language = "a rare condition", "en-t-ur"

    page = officer.run().switch_page("officers/live_results.py").run()

    assert not page.exception
    assert "Together these may tell: a rare condition." in markup(page)
    assert "Translated from Urdu by a person" in markup(page)


def test_the_page_never_says_that_anything_is_anonymised(officer):
    with_names()
    said_in("ur", URDU)

    for part in ("Not in English", "Names and schools", "May be recognised", "Decided lately"):
        assert "anonym" not in markup(opened(officer, part)).casefold()


def test_words_are_shown_and_never_run(officer):
    said_in("ur", "<img src=x onerror=alert(1)>")

    assert "<img" not in markup(opened(officer))


@pytest.mark.parametrize("roles", [(), (RoleName.LEADER,), (RoleName.ADMINISTRATOR,)])
def test_nobody_else_opens_it(app, sign_in, roles):
    sign_in(*roles)

    with pytest.raises(ValueError, match="Could not find"):
        app.run().switch_page("officers/to_read.py").run()
