"""A server may be killed at any moment: nothing that was continued is lost, and nothing is counted twice."""

from survey.database import reading
from survey.tables import Draft, Response
from tests.pages.plain import kills
from tests.pages.plain.family import stored

KILLS = 60  # on each kind of database: more than a hundred in all


def test_killed_at_any_moment_it_loses_nothing_and_counts_nothing_twice(fieldwork, monkeypatch):
    monkeypatch.setenv("HEARD_DATABASE_URL", fieldwork.engine.url.render_as_string(hide_password=False))

    families, killed = kills.until(KILLS, seed=1)

    assert killed >= KILLS
    assert sum(family.broken for family in families) > 0
    assert [family.lost for family in families] == [[]] * len(families)
    assert len(stored(fieldwork, Response)) == len(families)
    assert stored(fieldwork, Draft) == []
    assert min(len(family.continued) for family in families) >= 8
    with reading(fieldwork.engine) as session:
        ends = [kills.sent_by(session, family.device) for family in families]
    for family, end in zip(families, ends, strict=True):
        assert {name: end.get(name) for name in family.continued} == family.continued
