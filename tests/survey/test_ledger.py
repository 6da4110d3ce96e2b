"""A ledger is read in the order in which something has to be done about it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from survey.ledger import Action, ActionState, Evidence, Plan, in_order

TODAY = date(2026, 6, 1)


def action(number: int, state: ActionState = ActionState.PLANNED, owner: str = "", due: date | None = None) -> Action:
    plan = Plan(told="Something", wave_id=1, service="slt", owner=owner, due=due)
    return Action(number, 1, state, plan, "", Evidence(), None, {}, ())


def test_what_has_no_owner_comes_first_then_what_is_overdue_then_the_rest():
    late, soon = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    listed = [
        action(1, ActionState.REFUSED, "Somebody"),
        action(2, ActionState.DONE, "Somebody", late),
        action(3, owner="Somebody", due=None),
        action(4, owner="Somebody", due=soon),
        action(5, owner="Somebody", due=late),
        action(6, due=soon),
    ]

    assert [one.id for one in in_order(listed, TODAY)] == [6, 5, 4, 3, 2, 1]


def test_only_what_is_planned_and_past_its_day_is_overdue():
    assert not action(1, due=TODAY).is_overdue(TODAY)
    assert action(1, due=TODAY).is_overdue(TODAY + timedelta(days=1))
    assert not action(1, ActionState.DONE, due=TODAY).is_overdue(datetime.max.replace(tzinfo=UTC).date())


@given(
    st.lists(
        st.builds(
            action,
            st.integers(1, 50),
            st.sampled_from(ActionState),
            st.sampled_from(["", "A job"]),
            st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        ),
        max_size=20,
    )
)
def test_nothing_is_lost_and_nobody_without_an_owner_comes_after_somebody_with_one(actions):
    ordered = in_order(actions, TODAY)

    assert sorted(ordered, key=repr) == sorted(actions, key=repr)
    planned = [bool(one.plan.owner) for one in ordered if one.state is ActionState.PLANNED]
    assert planned == sorted(planned)
