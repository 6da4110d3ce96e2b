"""What is decided is kept, act by act: nothing is written over, and nothing is called done that was not compared."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from survey import actions, theming
from survey.actions import Seen
from survey.database import reading, writing
from survey.errors import ActionChanged, ActionError
from survey.ledger import ActionActKind, ActionState, Compared, Evidence, Plan, Uncompared, Wording
from survey.tables import ActionVersion, AuditEntry, Consultation, Theme, ThemeAct
from survey.theming import worded
from tests.survey.conftest import NOW

WHO = "an officer"
EVIDENCE = Evidence(0.39, 0.31, 0.47, 150)
TODAY = NOW.date()
OWNER = "Head of short breaks"


class Ledger:
    """The ledger of one consultation, and a theme that stood when its history began."""

    def __init__(self, fieldwork) -> None:
        self.fieldwork = fieldwork
        self.number = fieldwork.wave.consultation_id
        with writing(fieldwork.engine) as session:
            theme = Theme(consultation_id=self.number, key="waiting", label="Waiting")
            session.add(theme)
            theming.begin_history(session, self.number, by=WHO)
            session.flush()
            self.theme_id = theme.id

    def plan(self, **changed) -> Plan:
        usual = {"told": "Open more places", "theme_id": self.theme_id, "due": TODAY + timedelta(days=90)}
        return Plan(wave_id=self.fieldwork.wave.id, **(usual | changed))

    def do(self, act, *wanted, by=WHO):
        with writing(self.fieldwork.engine) as session:
            return act(session, self.number, *wanted, by=by)

    def add(self, **changed) -> int:
        return self.do(actions.add, self.plan(**changed), EVIDENCE)

    @property
    def felt(self) -> Compared:
        return Compared(self.fieldwork.wave.id, "felt", -0.2, -0.05)

    def done(self) -> None:
        self.do(actions.finish, self.seen, self.felt)

    @property
    def only(self):
        with reading(self.fieldwork.engine) as session:
            (action,) = actions.ledger(session, self.number)
        return action

    @property
    def seen(self) -> Seen:
        return Seen(self.only.id, self.only.version)


@pytest.fixture
def ledger(fieldwork) -> Ledger:
    return Ledger(fieldwork)


def test_an_action_is_kept_with_its_evidence_and_who_added_it(ledger):
    plan = ledger.plan(owner="Head of short breaks", districts=("E07000117", "E07000128"), predicted=10, tags=("a.b",))

    ledger.do(actions.add, plan, EVIDENCE)

    kept = ledger.only
    assert (kept.plan, kept.evidence, kept.state) == (plan, EVIDENCE, ActionState.PLANNED)
    assert [(one.what, one.by) for one in kept.history] == [(ActionActKind.ADDED, WHO)]


def test_an_action_may_wait_for_its_owner_and_its_day(ledger):
    ledger.add(owner="", due=None)

    assert ledger.only.plan.owner == ""
    assert not ledger.only.is_overdue(date.max)


def test_whatever_is_done_to_an_action_all_that_it_was_is_kept(ledger):
    ledger.add()
    ledger.do(actions.change, ledger.seen, ledger.plan(owner="Head of transport"), EVIDENCE)
    ledger.do(actions.refuse, ledger.seen, "There is no money")
    ledger.do(actions.reopen, ledger.seen, by="a leader")

    told = [(one.what, one.plan.owner, one.because, one.by) for one in ledger.only.history]

    assert told == [
        (ActionActKind.REOPENED, "Head of transport", "", "a leader"),
        (ActionActKind.REFUSED, "Head of transport", "There is no money", WHO),
        (ActionActKind.CHANGED, "Head of transport", "", WHO),
        (ActionActKind.ADDED, "", "", WHO),
    ]
    with reading(ledger.fieldwork.engine) as session:
        assert [row.version for row in session.exec(select(ActionVersion).order_by(ActionVersion.version))] == [
            1,
            2,
            3,
            4,
        ]
        assert len([one for one in session.exec(select(AuditEntry)) if one.what.startswith("action ")]) == 4


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        (Uncompared.NOT_ASKED, "no later wave has asked families.*Call it done when one has answers"),
        (Uncompared.FEW, "too few families answered, then or since.*Wait until more have answered"),
        (Uncompared.RETIRED, "its theme was retired.*Choose the theme"),
    ],
)
def test_nothing_is_called_done_without_what_later_waves_say_and_each_reason_says_what_to_do(ledger, lacking, told):
    ledger.add(owner=OWNER)

    with pytest.raises(ActionError, match=f"cannot be called done yet: .*{told}"):
        ledger.do(actions.finish, ledger.seen, lacking)

    assert ledger.only.state is ActionState.PLANNED


@pytest.mark.parametrize("ends", [(None, None), (0.1, None), (None, 0.1)])
def test_a_word_without_figures_compares_nothing(ledger, ends):
    ledger.add(owner=OWNER)

    with pytest.raises(ActionError, match="too few families answered"):
        ledger.do(actions.finish, ledger.seen, Compared(ledger.fieldwork.wave.id, "too few to say", *ends))


def test_nobody_calls_an_action_done_that_nobody_owns(ledger):
    ledger.add(owner="")

    with pytest.raises(ActionError, match="has no owner yet. Write whose job it is first"):
        ledger.done()

    ledger.do(actions.change, ledger.seen, ledger.plan(owner=OWNER), EVIDENCE)
    ledger.done()
    assert ledger.only.state is ActionState.DONE


def test_what_was_decided_against_is_planned_again_before_it_is_done(ledger):
    ledger.add(owner=OWNER)
    ledger.do(actions.refuse, ledger.seen, "There is no money")

    with pytest.raises(ActionError, match="decided against. Plan it again first"):
        ledger.done()


def test_the_database_itself_refuses_an_action_done_without_a_comparison(ledger):
    number = ledger.add()

    with pytest.raises(sa.exc.IntegrityError), writing(ledger.fieldwork.engine) as session:
        row = session.exec(select(ActionVersion).where(ActionVersion.action_id == number)).one()
        row.state = ActionState.DONE
        session.add(row)


def test_done_keeps_the_comparison_and_is_only_said_once(ledger):
    ledger.add(owner=OWNER)
    compared = Compared(ledger.fieldwork.wave.id, "not felt", -0.02, 0.08)

    ledger.do(actions.finish, ledger.seen, compared)

    assert (ledger.only.state, ledger.only.compared) == (ActionState.DONE, compared)
    with pytest.raises(ActionError, match="called done already"):
        ledger.do(actions.finish, ledger.seen, compared)


@pytest.mark.parametrize(
    "changed",
    [
        {"theme_id": None, "service": "slt"},
        {"districts": ("E07000117",)},
        {"due": TODAY + timedelta(days=30)},
        {"due": None},
        {"predicted": -10},
        {"predicted": None},
    ],
)
def test_what_was_compared_is_not_made_something_else_below_its_comparison(ledger, changed):
    ledger.add(owner=OWNER, predicted=-5)
    ledger.done()
    before = ledger.only

    with pytest.raises(ActionError, match="Plan it again first, then change what it is about"):
        ledger.do(actions.change, ledger.seen, ledger.plan(**{"owner": OWNER, "predicted": -5} | changed), Evidence())
    assert ledger.only == before

    ledger.do(actions.reopen, ledger.seen)
    ledger.do(actions.change, ledger.seen, ledger.plan(**{"owner": OWNER, "predicted": -5} | changed), Evidence())
    assert ledger.only.compared is None


def test_the_words_tags_and_owner_of_an_action_that_is_done_may_be_put_right_and_it_keeps_its_comparison(ledger):
    ledger.add(owner=OWNER, predicted=-5)
    ledger.done()

    better = ledger.plan(owner="Head of transport", predicted=-5, told="Open two more places", tags=("a.b",))
    ledger.do(actions.change, ledger.seen, better, Evidence())

    assert (ledger.only.state, ledger.only.plan) == (ActionState.DONE, better)
    assert (ledger.only.compared, ledger.only.evidence) == (ledger.felt, EVIDENCE)


def test_an_action_that_is_done_keeps_an_owner(ledger):
    ledger.add(owner=OWNER)
    ledger.done()

    with pytest.raises(ActionError, match="keeps an owner"):
        ledger.do(actions.change, ledger.seen, ledger.plan(owner=" "), EVIDENCE)


def test_evidence_stays_as_it_was_unless_the_action_is_about_something_else(ledger):
    ledger.add()
    later = Evidence(0.5, 0.4, 0.6, 200)

    ledger.do(actions.change, ledger.seen, ledger.plan(owner="Head of transport"), later)
    assert ledger.only.evidence == EVIDENCE
    ledger.do(actions.change, ledger.seen, ledger.plan(theme_id=None, service="slt"), later)
    assert ledger.only.evidence == later


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"told": "  "}, "Write what is to be done"),
        ({"told": "x" * 601}, "too long"),
        ({"owner": "x" * 121}, "The owner is too long"),
        ({"theme_id": None}, "Choose the theme or the service"),
        ({"predicted": 0}, "1 to 100 points"),
        ({"predicted": -101}, "1 to 100 points"),
        ({"due": date(2020, 1, 1)}, "1 January 2020 is before Summer 2026 opened"),
        ({"theme_id": 999_999}, "belongs to another consultation"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(ledger, changed, told):
    with pytest.raises(ActionError, match=told):
        ledger.add(**changed)


def test_an_action_due_before_its_theme_existed_is_refused_and_told_when_it_was_agreed_on(ledger):
    with writing(ledger.fieldwork.engine) as session:
        born = theming.add(session, ledger.number, worded("Buses"), by=WHO)
    today = datetime.now(UTC).date()

    with pytest.raises(ActionError, match=rf"“Buses” was agreed on {today:%-d %B %Y}.*before its theme existed"):
        ledger.add(theme_id=born, due=TODAY if today > TODAY else today - timedelta(days=1))
    ledger.add(theme_id=born, due=today)


def test_the_day_on_which_a_theme_was_agreed_on_is_the_day_that_it_was_here(ledger):
    """Half past eleven at night in UTC is the next day in a British summer."""
    with writing(ledger.fieldwork.engine) as session:
        born = theming.add(session, ledger.number, worded("Buses"), by=WHO)
        act = session.exec(select(ThemeAct).order_by(ThemeAct.id.desc())).first()
        act.at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
        session.add(act)

    with reading(ledger.fieldwork.engine) as session:
        assert actions.agreed_on(session, born) == date(2026, 7, 2)


def test_a_theme_that_was_there_when_its_history_began_has_no_day_to_be_late_for(ledger):
    with reading(ledger.fieldwork.engine) as session:
        assert actions.agreed_on(session, ledger.theme_id) is None


def test_a_decision_against_something_needs_a_reason(ledger):
    ledger.add()

    with pytest.raises(ActionError, match="Say why"):
        ledger.do(actions.refuse, ledger.seen, " ")
    ledger.do(actions.refuse, ledger.seen, "The law wants it otherwise")
    assert (ledger.only.state, ledger.only.because) == (ActionState.REFUSED, "The law wants it otherwise")


def test_who_looked_at_an_older_version_changes_nothing(ledger):
    ledger.add()
    old = ledger.seen
    ledger.do(actions.change, old, ledger.plan(owner="Head of transport"), EVIDENCE, by="a leader")

    with pytest.raises(ActionChanged, match="a leader changed this action meanwhile"):
        ledger.do(actions.refuse, old, "Too late")
    assert ledger.only.state is ActionState.PLANNED


def test_an_action_of_another_consultation_is_not_in_this_ledger(ledger):
    number = ledger.add()
    with writing(ledger.fieldwork.engine) as session:
        other = Consultation(slug="other", title="Other", kind="survey", owner="The council")
        session.add(other)
        session.flush()
        with pytest.raises(ActionError, match="not in this ledger"):
            actions.refuse(session, other.id, Seen(number, 1), "Because", by=WHO)


def test_words_in_another_language_count_for_as_long_as_the_english_stays(ledger):
    ledger.add()
    ledger.do(actions.put_into, ledger.seen, "ur", Wording("زیادہ جگہیں", ""))
    assert ledger.only.in_language("ur") == ("ur", Wording("زیادہ جگہیں", ""))
    assert ledger.only.in_language("pl")[0] == "en"

    ledger.do(actions.change, ledger.seen, ledger.plan(owner="Head of transport"), EVIDENCE)
    assert "ur" in ledger.only.wordings, "another owner changes no words"
    ledger.do(actions.change, ledger.seen, ledger.plan(told="Open fewer places"), EVIDENCE)
    assert ledger.only.in_language("ur")[0] == "en"


@pytest.mark.parametrize(
    ("language", "told", "because"), [("en", "a", ""), ("fr", "a", ""), ("ur", "", ""), ("ur", "a", "b")]
)
def test_a_wording_says_all_that_the_english_says_in_a_language_there_is(ledger, language, told, because):
    ledger.add()

    with pytest.raises(ActionError):
        ledger.do(actions.put_into, ledger.seen, language, Wording(told, because))


def test_a_merged_theme_counts_for_what_it_became_and_a_retired_one_for_nothing(ledger):
    with writing(ledger.fieldwork.engine) as session:
        other = theming.add(session, ledger.number, worded("Delays"), by=WHO)
        gone = theming.add(session, ledger.number, worded("Gone"), by=WHO)
        theming.merge(session, ledger.number, theming.Seen(ledger.theme_id, 1), [theming.Seen(other, 1)], by=WHO)
        theming.retire(session, ledger.number, theming.Seen(gone, 1), by=WHO)
        keys = actions.theme_keys(session, ledger.number)
        labels = actions.theme_labels(session, ledger.number)

    assert keys[other] == keys[ledger.theme_id] == "waiting"
    assert gone not in keys
    assert labels[gone] == "Gone"
