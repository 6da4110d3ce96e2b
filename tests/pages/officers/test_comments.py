"""An officer reads comments one after another, from the router down to a real database."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from analysis.placing import Placing
from pages.ui import data
from survey import check_samples, database, details
from survey.details import Place
from survey.tables import (
    AuditEntry,
    Comment,
    CommentFlag,
    CommentNote,
    CommentSeen,
    Response,
    ResponseState,
    RoleName,
    stored_id,
)
from tests.pages.collecting import WYRE, Group, add_themes, collect

TELLING = "Waiting since March 2025: we asked school, then waited 14 weeks until the council refused"
KIND = "Kindness from everybody at the centre"
BUS = "Buses that never come on time"
NAMED = "Zunaira waited"


@pytest.fixture(autouse=True)
def looking_at_once(monkeypatch):
    """Whoever opens the page again at once sees what came in meanwhile."""
    monkeypatch.setattr(data.known, "LOOK_EVERY_SECONDS", 0)


@pytest.fixture
def three(consultation):
    add_themes("Waiting", "Kindness")
    collect(Group(1, words=TELLING), Group(1, words=KIND), Group(1, words=BUS, service="ot"))


def opened(app, **query):
    for name, value in query.items():
        app.query_params[name] = value
    page = app.run().switch_page("officers/comments.py").run()
    assert not page.exception
    return page


def press(page, key):
    page.button(key=f"comments-{key}").click().run()
    assert not page.exception
    return page


def choose(page, key, option):
    page.selectbox(key=key).select(option).run()
    assert not page.exception
    return page


def search(page, typed):
    page.text_input(key="comments-sought").set_value(typed).run()
    assert not page.exception
    return page


def markup(page) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def reading(page) -> str:
    """The words of the comment on the page."""
    _, _, after = markup(page).partition('<blockquote class="heard-comment"')
    return after.partition(">")[2].partition("</blockquote>")[0]


def stored(what):
    with database.reading(database.engine()) as session:
        return session.exec(select(what)).all()


def withdraw(words):
    with database.writing(database.engine()) as session:
        comment = session.exec(select(Comment).where(Comment.words == words)).one()
        response = session.get_one(Response, comment.response_id)
        session.delete(comment)
        response.state, response.change = ResponseState.WITHDRAWN, database.next_change(session)
        session.add(response)


def test_comments_come_one_after_another_those_that_tell_most_first(officer, three):
    page = opened(officer)

    assert reading(page) == TELLING
    assert "3 of 3 comments. 3 of them you have not read." in markup(page)
    assert "Comment 1 of 3" in markup(page)
    assert "Tell us more about it" in markup(page)
    assert "says when (since, march, 2025); gives numbers (14)" in markup(page)
    assert page.button(key="comments-go-K").disabled


def test_going_on_marks_as_read_and_going_back_does_not(officer, three):
    page = press(opened(officer), "go-J")
    assert [one.by for one in stored(CommentSeen)] == ["officer"]
    assert "3 of 3 comments. 2 of them you have not read." in markup(page)

    press(page, "go-K")
    assert reading(page) == TELLING
    assert len(stored(CommentSeen)) == 1
    press(page, "seen")
    assert stored(CommentSeen) == []


def test_the_next_unread_is_found_wherever_it_stands_and_at_the_end_there_is_none(officer, three):
    page = press(press(opened(officer), "go-J"), "go-J")
    last = reading(page)
    press(page, "go-K")
    press(page, "seen")

    press(page, "go-X")
    assert reading(page) == last
    press(page, "seen")
    assert page.button(key="comments-go-X").disabled


def test_one_that_was_just_read_stays_among_the_unread_until_it_is_left(officer, three):
    page = opened(officer, seen="Not read by me")
    press(page, "seen")
    assert reading(page) == TELLING

    press(page, "go-J")
    assert reading(page) != TELLING
    assert "2 of 3 comments." in markup(page)
    assert "Chosen: Not read by me." in markup(page)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"service": "Occupational therapy"}, BUS),
        ({"theme": "Kindness"}, KIND),
        ({"sentiment": "Positive"}, KIND),
        ({"question": "Tell us more about it", "sort": "Newest first"}, BUS),
        ({"sort": "Oldest first"}, TELLING),
    ],
)
def test_what_is_chosen_stands_in_the_address(officer, three, query, words):
    assert reading(opened(officer, **query)) == words


@pytest.mark.parametrize(
    "key", ["service", "theme", "sentiment", "does", "tongue", "seen", "marked", "sort", "question"]
)
def test_an_address_that_was_edited_by_hand_is_said_and_shows_everything(officer, three, key):
    page = opened(officer, **{key: "<b>nonsense</b>" * 20})

    assert "which is not here" in markup(page)
    assert "<b>nonsense" not in markup(page)
    assert "3 of 3 comments" in markup(page)


def test_comments_are_found_by_their_words_and_the_search_is_in_no_address(officer, three):
    page = search(opened(officer), "centre kind")

    assert reading(page) == KIND
    assert "1 of 3 comments with what you look for." in markup(page)
    assert "kind" not in str(page.query_params).casefold()


@pytest.mark.parametrize("typed", ["zzz", '"centre the"', "buses kindness", "x" * 5_000])
def test_where_nothing_is_found_it_says_so_and_suggests(officer, three, typed):
    page = search(opened(officer), typed)

    assert "Nothing was found." in markup(page)
    assert "Look for fewer words" in markup(page)
    assert "by meaning" in markup(page)


def test_a_word_spelled_wrong_is_told_those_spelled_alike(officer, three):
    assert "No comment has “kindnes5”. Spelled alike: kindness." in markup(search(opened(officer), "kindnes5"))


@pytest.mark.parametrize("typed", ["?!…", "🙂", '""'])
def test_signs_alone_are_no_search(officer, three, typed):
    assert "There is no word in what you look for" in markup(search(opened(officer), typed))


def test_comments_are_found_by_meaning_the_nearest_first(officer, three):
    Placing(database.engine()).place_comments()
    page = press(opened(officer), "way")

    search(page, "transport is late")
    assert reading(page) == BUS
    assert "near in meaning to what you look for, the nearest first" in markup(page)
    search(page, "🙂")
    assert "Nothing was found." in markup(page)


def test_where_vectors_know_no_meaning_nobody_is_offered_a_search_by_it(officer, three, monkeypatch):
    from tests.conftest import forget_settings

    monkeypatch.setenv("HEARD_VECTORS", "lsa")
    forget_settings()

    assert "comments-way" not in {button.key for button in opened(officer).button}


def test_what_comes_in_does_not_move_what_is_being_read(officer, three):
    page = press(opened(officer), "go-J")
    before = reading(page)

    collect(Group(1, words=f"{TELLING}, and again in October 2026"))
    page.run()

    assert reading(page) == before
    assert "Comment 3 of 4" in markup(page)


def test_a_comment_that_is_taken_back_vanishes_at_once_and_what_was_typed_stays(officer, three):
    page = press(opened(officer), "write")
    page.text_area[0].set_value("Ask the council").run()

    withdraw(TELLING)
    page.run()

    assert TELLING not in markup(page)
    assert "That comment is not there any more" in markup(page)
    assert page.text_area[0].value == "Ask the council"
    assert "The note cannot be kept without its comment" in markup(page)
    press(page, "go-J")
    assert reading(page) in {KIND, BUS}
    assert "Comment 1 of 2" in markup(page)
    assert not page.text_area


def test_a_note_whose_comment_is_taken_back_as_it_is_saved_is_not_lost(officer, three):
    page = press(opened(officer), "write")
    page.text_area[0].set_value("Ask the council")
    withdraw(TELLING)

    press(page, "note-save")

    assert "That comment is not there any more" in markup(page)
    assert page.text_area[0].value == "Ask the council"
    assert stored(CommentNote) == []


def test_a_note_half_typed_waits_while_somebody_reads_on_and_comes_back(officer, three):
    page = press(opened(officer), "write")
    page.text_area[0].set_value("Half a")
    press(page, "go-J")
    assert not page.text_area

    press(page, "go-K")
    assert page.text_area[0].value == "Half a"
    press(page, "note-leave")
    assert not page.text_area


def test_notes_and_flags_are_kept_with_who_and_are_found_again(officer, three):
    page = press(opened(officer), "write")
    page.text_area[0].set_value("Ask <b>the</b> council")
    press(page, "note-save")
    press(page, "flag-quote")

    assert [(one.words, one.by) for one in stored(CommentNote)] == [("Ask <b>the</b> council", "officer")]
    assert [one.flag for one in stored(CommentFlag)] == ["quote"]
    assert "Ask &lt;b&gt;the&lt;/b&gt; council" in markup(page)
    for option in ("With notes", "Any flag", "Flag: Quote"):
        assert "1 of 3 comments." in markup(choose(page, "marked", option))
    assert "0 of 3 comments." in markup(choose(page, "marked", "Flag: Follow up"))
    choose(page, "marked", "With notes")
    press(page, "note-back-1")
    press(page, "flag-quote")
    assert (stored(CommentNote), stored(CommentFlag)) == ([], [])


def test_what_is_hidden_is_marked_and_shown_only_to_somebody_whose_looking_is_kept(officer, consultation):
    collect(Group(1, words=NAMED))
    places = [Place(0, 7, "name", True)]
    with database.writing(database.engine()) as session:
        comment = session.exec(select(Comment)).one()
        details.keep(session, {comment.id: places}, {comment.id: NAMED})
        comment.redacted = details.shown(NAMED, places)
        response = session.get_one(Response, comment.response_id)
        response.change = database.next_change(session)

    page = opened(officer)
    assert reading(page) == '<mark class="heard-hidden">[name]</mark> waited'
    assert "Nothing was found." in markup(search(page, "Zunaira"))
    search(page, "")
    press(page, "reveal")

    assert reading(page) == "<mark>Zunaira</mark> waited"
    looked = [one.subject for one in stored(AuditEntry) if one.what == "see what is hidden in a comment"]
    assert looked == [f"comment {stored_id(comment)}"]
    press(page, "hide")
    assert "Zunaira" not in markup(page)


def test_a_translation_says_what_it_is_and_a_language_has_its_name_and_side(officer, consultation):
    collect(Group(1, words="بچے کی تھراپی"), Group(1, words="The wait is long"))
    with database.writing(database.engine()) as session:
        urdu, put = session.exec(select(Comment).order_by(Comment.id)).all()
        urdu.language, put.language = "ur", "en-t-pl"

    page = opened(officer, tongue="Urdu")
    assert 'lang="ur" dir="rtl"' in markup(page)
    assert "In Urdu." in markup(page)
    choose(page, "tongue", "Polish")
    assert "Translated from Polish by a person." in markup(page)


def test_the_hour_and_a_place_that_too_few_share_are_not_told(officer, consultation):
    collect(Group(5, words=TELLING), Group(1, words=BUS, district=WYRE))

    page = opened(officer)
    assert "Burnley" in markup(page)
    assert f"{datetime.now(UTC):%H:%M}" not in markup(page)
    assert "Wyre" not in markup(search(page, "buses"))
    choose(search(page, ""), "district", "Wyre")
    assert "Nothing was found." in markup(page)


def test_a_comment_coded_blind_shows_nothing_of_what_was_said_of_it_here_or_among_themes(officer, three):
    with database.writing(database.engine()) as session:
        wave = data.waves()[0]
        check_samples.draw(
            session, wave.consultation_id, half_width=0.1, size=3, shared=0, seed=1, by="officer", now=datetime.now(UTC)
        )

    page = opened(officer)
    assert "is being coded blind" in markup(page)
    assert "It carries" not in markup(page)
    assert "says the program" not in markup(page)
    assert "Nothing was found." in markup(choose(page, "theme", "Waiting"))
    assert "Nothing was found." in markup(choose(choose(page, "theme", "All themes"), "sort", "Least sure first"))
    page.query_params["view"] = "Comments one by one"
    themes = page.switch_page("officers/themes.py").run()
    assert "There is no comment left to look at here." in markup(themes)


def test_who_gave_a_theme_and_a_tone_stands_beside_it(officer, three):
    page = opened(officer)

    assert "<strong>Waiting</strong>, given by the program" in markup(page)
    assert "Its sentiment is negative, says the program." in markup(page)


def test_keys_are_listed_and_can_be_turned_off(officer, three):
    page = opened(officer)
    assert "<kbd>J</kbd>" in markup(page)
    assert page.button(key="comments-go-J").proto.shortcut == "j"

    page.toggle(key="comments-keys").set_value(False).run()

    assert page.button(key="comments-go-J").proto.shortcut == ""


def test_words_are_shown_and_never_run(officer, consultation):
    collect(Group(1, words="<img src=x onerror=alert(1)>"))

    assert "<img" not in markup(opened(officer))


def test_before_anybody_has_written_it_says_so(officer, consultation):
    assert "Nobody has written a comment in this wave yet." in markup(opened(officer))
    collect(Group(1), read=False)
    assert "1 comment waits to be looked through" in markup(officer.run())


@pytest.mark.parametrize("roles", [(), (RoleName.LEADER,), (RoleName.ADMINISTRATOR,)])
def test_nobody_else_opens_it(app, sign_in, roles):
    sign_in(*roles)

    with pytest.raises(ValueError, match="Could not find"):
        app.run().switch_page("officers/comments.py").run()
