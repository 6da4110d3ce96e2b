"""When the frame changes, comments are given their themes anew: all of them, once, and never what people said."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from analysis import recoding
from analysis.recoding import Recoding, recode_portion
from analysis.rereading import reread_portion
from analysis.worker import Read, read_batch, work
from survey import frames, judging, responses, theming
from survey.coding_frame import CodingFrame
from survey.database import reading, writing
from survey.questionnaire import AnswerKey, Direction
from survey.tables import Coding, Comment, Reading, Theme
from survey.theming import Seen, worded
from tests.survey.conftest import NOW, fieldwork, full_answers, open_fieldwork  # noqa: F401  (fixtures)

OFFICER = "an officer"


class ByPhrase:
    """A reader simple enough to check by eye: a comment carries the themes whose phrases stand in it."""

    model = "by-phrase-1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | None) -> Read:
        self.seen += texts
        said = pd.DataFrame({"redacted": list(texts)}, dtype="str").assign(
            language="en", sentiment="negative", unsure=True, p_negative=0.7, p_neutral=0.2, p_positive=0.1
        )
        rows = [
            (row, theme.key, 0.5, phrase, True)
            for row, text in enumerate(texts)
            for theme in (frame.themes if frame else ())
            for phrase in theme.keywords[:1]
            if any(word in text for word in theme.keywords)
        ]
        return Read(said, pd.DataFrame(rows, columns=["row", "theme", "strength", "words", "criticism"]))


@pytest.fixture
def send(fieldwork):  # noqa: F811
    def sent(device: str, words: str) -> int:
        draft = fieldwork.begin(device, full_answers() | {AnswerKey("tell_us_more", "slt"): words})
        with writing(fieldwork.engine) as session:
            responses.send(session, draft.id, now=NOW)
        with reading(fieldwork.engine) as session:
            return session.exec(select(Comment.id).order_by(col(Comment.id).desc())).first()

    with writing(fieldwork.engine) as session:
        own = {"consultation_id": fieldwork.wave.consultation_id}
        session.add(Theme(key="waiting", label="Waiting", phrases="wait", **own))
        session.add(Theme(key="buses", label="Buses", phrases="bus", **own))
    return sent


def stored(fieldwork, table):  # noqa: F811
    with reading(fieldwork.engine) as session:
        return session.exec(select(table)).all()


def do(fieldwork, act, *wanted):  # noqa: F811
    with writing(fieldwork.engine) as session:
        return act(session, fieldwork.wave.consultation_id, *wanted, by=OFFICER)


def seen(fieldwork, key):  # noqa: F811
    with reading(fieldwork.engine) as session:
        theme = session.exec(select(Theme).where(Theme.key == key)).one()
    return Seen(theme.id, theme.version)


def carried(fieldwork) -> set[tuple[int, str]]:  # noqa: F811
    with reading(fieldwork.engine) as session:
        told = frames.changes(session, fieldwork.wave, fieldwork.questionnaire.roles).codings
    return set(zip(told["comment_id"], told["theme"], strict=True))


def latest_change(fieldwork) -> int:  # noqa: F811
    with reading(fieldwork.engine) as session:
        return frames.latest_change(session, fieldwork.wave.id)


def progress(fieldwork) -> tuple[int, int]:  # noqa: F811
    with reading(fieldwork.engine) as session:
        board = theming.board(session, fieldwork.wave.consultation_id)
    return board.read, board.behind


def recode(fieldwork, reader=None):  # noqa: F811
    while recode_portion(fieldwork.engine, reader or ByPhrase(), fieldwork.wave.consultation_id):
        pass


def test_what_the_reader_says_of_a_theme_is_kept_with_it(fieldwork, send):  # noqa: F811
    send("one", "We wait")
    read_batch(fieldwork.engine, ByPhrase())

    (coding,) = stored(fieldwork, Coding)
    (read,) = stored(fieldwork, Reading)
    assert (coding.words, coding.praise, coding.criticism, coding.request) == ("wait", False, True, False)
    assert (read.frame, read.unsure) == (1, True)


def test_words_that_never_end_are_cut_to_what_is_kept(fieldwork, send):  # noqa: F811
    send("one", f"We wait {'w' * 900}")

    class Endless(ByPhrase):
        def read(self, texts, directions, frame):
            told = super().read(texts, directions, frame)
            return told._replace(themes=told.themes.assign(words="w" * 900))

    read_batch(fieldwork.engine, Endless())

    assert [len(coding.words) for coding in stored(fieldwork, Coding)] == [200]


def test_after_the_frame_has_changed_comments_are_coded_by_it_and_progress_can_be_told(fieldwork, send):  # noqa: F811
    first, second = send("one", "We wait for the taxi"), send("two", "The bus is late")
    read_batch(fieldwork.engine, ByPhrase())
    do(fieldwork, theming.edit, seen(fieldwork, "buses"), worded("Buses", "", ["taxi"]))

    assert progress(fieldwork) == (2, 2)
    recode(fieldwork)

    assert progress(fieldwork) == (2, 0)
    assert carried(fieldwork) == {(first, "waiting"), (first, "buses")}
    assert second not in {coding.comment_id for coding in stored(fieldwork, Coding)}


def test_the_newest_comments_are_coded_again_first_a_portion_at_a_time(fieldwork, send, monkeypatch):  # noqa: F811
    monkeypatch.setattr(recoding, "PORTION", 1)
    for number in range(3):
        send(f"device {number}", f"We wait {number}")
    read_batch(fieldwork.engine, ByPhrase())
    do(fieldwork, theming.edit, seen(fieldwork, "waiting"), worded("Waiting", "", ["long"]))
    reader = ByPhrase()
    chore = Recoding(fieldwork.engine, reader)

    chore()
    assert (reader.seen, progress(fieldwork)) == (["We wait 2"], (3, 2))

    for _ in range(9):
        chore()
    assert reader.seen == ["We wait 2", "We wait 1", "We wait 0"], "and then there is nothing left to do"


def test_new_comments_come_before_old_ones_are_coded_again(fieldwork, send, monkeypatch):  # noqa: F811
    monkeypatch.setattr(recoding, "PORTION", 1)
    for number in range(3):
        send(f"device {number}", f"We wait {number}")
    read_batch(fieldwork.engine, ByPhrase())
    do(fieldwork, theming.edit, seen(fieldwork, "waiting"), worded("Waiting", "", ["long"]))
    send("a new one", "It takes too long")
    reader, looks = ByPhrase(), iter([False, True])

    work(fieldwork.engine, reader, stopping=lambda: next(looks), chores=[Recoding(fieldwork.engine, reader)])

    assert reader.seen == ["It takes too long", "We wait 2"]


def test_only_responses_that_are_given_other_themes_are_told_as_changed(fieldwork, send):  # noqa: F811
    send("one", "We wait")
    send("two", "The taxi is late")
    read_batch(fieldwork.engine, ByPhrase())
    do(fieldwork, theming.edit, seen(fieldwork, "buses"), worded("Buses", "", ["bus", "taxi"]))
    before = latest_change(fieldwork)

    recode(fieldwork)

    with reading(fieldwork.engine) as session:
        changed = frames.changes(session, fieldwork.wave, fieldwork.questionnaire.roles, since=before)
    assert len(changed.touched) == 1
    assert changed.codings["theme"].tolist() == ["buses"]


def test_what_people_said_and_what_merged_and_retired_themes_hold_is_left_alone(fieldwork, send):  # noqa: F811
    comment = send("one", "We wait for the bus")
    read_batch(fieldwork.engine, ByPhrase())
    with writing(fieldwork.engine) as session:
        judging.judge(session, comment, seen(fieldwork, "waiting").theme_id, carries=False, by=OFFICER)
    number = do(fieldwork, theming.add, worded("Transport", "", ["nothing of the kind"]))
    do(fieldwork, theming.merge, Seen(number, 1), [seen(fieldwork, "buses")])
    held = {coding.id for coding in stored(fieldwork, Coding) if coding.theme_id == seen(fieldwork, "buses").theme_id}

    recode(fieldwork)

    assert carried(fieldwork) == {(comment, "transport")}
    assert held <= {coding.id for coding in stored(fieldwork, Coding)}


def test_a_split_theme_gives_way_to_the_new_ones_and_all_is_as_it_was_once_that_is_undone(fieldwork, send):  # noqa: F811
    taxi, bus = send("one", "The bus and no taxi"), send("two", "The bus")
    read_batch(fieldwork.engine, ByPhrase())
    before = carried(fieldwork)
    parts = [worded("Taxis", "", ["taxi"]), worded("Coaches", "", ["bus"])]
    do(fieldwork, theming.split, seen(fieldwork, "buses"), parts)
    recode(fieldwork)
    assert carried(fieldwork) == {(taxi, "taxis"), (taxi, "coaches"), (bus, "coaches")}

    with reading(fieldwork.engine) as session:
        split = theming.history(session, fieldwork.wave.consultation_id)[0]
    do(fieldwork, theming.undo, split.act_id)
    recode(fieldwork)

    assert carried(fieldwork) == before


def test_a_frame_without_any_theme_left_leaves_comments_without_one(fieldwork, send):  # noqa: F811
    send("one", "We wait for the bus")
    read_batch(fieldwork.engine, ByPhrase())
    for key in ("waiting", "buses"):
        do(fieldwork, theming.retire, seen(fieldwork, key))

    recode(fieldwork)

    assert (carried(fieldwork), progress(fieldwork)) == (set(), (1, 0))


def test_a_portion_that_is_lost_half_way_is_done_by_the_next(fieldwork, send):  # noqa: F811
    comment = send("one", "We wait for the taxi")
    read_batch(fieldwork.engine, ByPhrase())
    do(fieldwork, theming.edit, seen(fieldwork, "buses"), worded("Buses", "", ["taxi"]))

    class Falls(ByPhrase):
        def read(self, texts, directions, frame):
            raise ConnectionError("lost in the middle of a portion")

    with pytest.raises(ConnectionError):
        recode(fieldwork, Falls())
    assert progress(fieldwork) == (1, 1)
    recode(fieldwork)

    assert carried(fieldwork) == {(comment, "waiting"), (comment, "buses")}


def test_several_workers_at_once_code_everything_again_once(fieldwork, send, monkeypatch):  # noqa: F811
    monkeypatch.setattr(recoding, "PORTION", 3)
    for number in range(20):
        send(f"device {number}", f"We wait {number} months")
    while read_batch(fieldwork.engine, ByPhrase()):
        pass
    do(fieldwork, theming.edit, seen(fieldwork, "buses"), worded("Buses", "", ["months"]))

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: recode(fieldwork), range(4)))

    assert progress(fieldwork)[1] == 0
    codings = [(one.comment_id, one.theme_id) for one in stored(fieldwork, Coding)]
    assert len(codings) == len(set(codings)) == 40


class DecidedMeanwhile(ByPhrase):
    """Somebody changes the frame while comments are read by the one before."""

    def __init__(self, fieldwork) -> None:  # noqa: F811
        super().__init__()
        self.fieldwork = fieldwork

    def read(self, texts, directions, frame):
        if not self.seen:
            do(self.fieldwork, theming.edit, seen(self.fieldwork, "buses"), worded("Buses", "", ["taxi"]))
        return super().read(texts, directions, frame)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # elsewhere the act would wait for the reader here
def test_comments_read_by_a_frame_that_changed_meanwhile_are_known_to_be_behind_it(fieldwork, send):  # noqa: F811
    comment = send("one", "The taxi")
    reader = DecidedMeanwhile(fieldwork)

    read_batch(fieldwork.engine, reader)
    assert progress(fieldwork) == (1, 1)
    recode(fieldwork)

    assert carried(fieldwork) == {(comment, "buses")}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # elsewhere there is one worker
def test_what_a_worker_held_that_was_lost_is_done_by_another(fieldwork, send):  # noqa: F811
    send("one", "We wait")
    read_batch(fieldwork.engine, ByPhrase())
    do(fieldwork, theming.edit, seen(fieldwork, "waiting"), worded("Waiting", "", ["long"]))
    chore = Recoding(fieldwork.engine, ByPhrase())

    with pytest.raises(ConnectionError), writing(fieldwork.engine) as session:
        assert recoding._claim(session, fieldwork.wave.consultation_id)
        chore()
        assert progress(fieldwork) == (1, 1)
        raise ConnectionError("lost with the comments it held")
    chore()

    assert progress(fieldwork) == (1, 0)


class Mended(ByPhrase):
    model = "by-phrase-2"


WAYS = {
    "read": lambda desk: read_batch(desk.engine, ByPhrase()),
    "coded again": recode,
    "read again": lambda desk: reread_portion(desk.engine, Mended()),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_frame_edited_while_comments_are_taken_is_not_said_to_be_what_they_were_coded_by(fieldwork, send, way):  # noqa: F811
    send("one", "The taxi did not come")
    if way != "read":
        read_batch(fieldwork.engine, ByPhrase())
        do(fieldwork, theming.add, worded("Escorts", "", ["escort"]))

    once_between(fieldwork, lambda: do(fieldwork, theming.add, worded("Taxis", "", ["taxi"])))
    WAYS[way](fieldwork)
    recode(fieldwork)

    assert {one.key for one in stored(fieldwork, Theme) if one.id in themes_given(fieldwork)} == {"taxis"}


def themes_given(fieldwork):  # noqa: F811
    return {one.theme_id for one in stored(fieldwork, Coding)}


def once_between(fieldwork, act):  # noqa: F811
    """Have something done as soon as the number of the frame has been looked up, or its themes: whichever is first."""
    waiting = [act]

    def looked_up(connection, cursor, statement, *_):
        number = statement.startswith("SELECT consultation.frame")
        if waiting and (number or "FROM theme" in statement):
            waiting.pop()()

    sa.event.listen(fieldwork.engine, "after_cursor_execute", looked_up)
