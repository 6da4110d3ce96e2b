import csv
import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import func, select

from survey import consultations, demo, people
from survey.database import connect, reading, writing
from survey.errors import ConsultationError
from survey.exchange.cells import unguarded
from survey.tables import Answer, Comment, Consultation, Person, Response, RoleName, Theme
from tests.survey.demo.conftest import TODAY, generate

SMALL = (20, 30, 40)


@pytest.fixture
def truth(tmp_path):
    return tmp_path / "truth"


@pytest.fixture
def loaded(database, truth):
    return demo.load(database, waves=SMALL, today=TODAY, truth=truth)


@pytest.fixture(scope="module")
def county(migrated_file, tmp_path_factory):
    """A database with the demonstration in it, for tests that only look, and what was said when it was loaded."""
    folder = tmp_path_factory.mktemp("county")
    shutil.copy(migrated_file, folder / "heard.sqlite3")
    engine = connect(f"sqlite:///{folder / 'heard.sqlite3'}")
    yield engine, demo.load(engine, waves=SMALL, today=TODAY)
    engine.dispose()


def count(database, table):
    with reading(database) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def rows(file):
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_it_loads_two_consultations_with_their_waves_and_says_so(database, loaded):
    with reading(database) as session:
        waves = consultations.waves(session)

    assert [(wave.slug, wave.code) for wave in waves] == [
        ("send-services", "2024"), ("send-services", "2025"), ("send-services", "2026"), ("short-breaks", "2026")
    ]  # fmt: skip
    assert all(wave.demonstration for wave in waves)
    assert loaded.responses == count(database, Response) == sum(SMALL) + 60
    assert loaded.comments == count(database, Comment)


def test_the_last_wave_of_each_consultation_takes_answers(county):
    database, _ = county
    with reading(database) as session:
        open_now = consultations.open_waves(session, datetime.combine(TODAY, datetime.min.time(), UTC))

    assert {wave.slug for wave in open_now} == {"send-services", "short-breaks"}


def test_what_is_stored_is_what_was_said(county):
    database, _ = county
    said = [(made.wave, remark.words) for made in generate(waves=SMALL) for remark in made.remarks]

    with reading(database) as session:
        stored = session.exec(
            select(Comment.words).join(Response).where(Response.wave_id <= 3).order_by(Response.id, Comment.id)
        ).all()

    assert list(stored) == [words for _, words in said]
    assert count(database, Answer) > 10 * sum(SMALL)


def test_every_response_carries_one_change_so_that_those_who_look_on_see_it(county):
    database, _ = county
    with reading(database) as session:
        changes = set(session.exec(select(Response.change)))

    assert len(changes) == 1
    assert changes.pop() > 0


def test_comments_wait_to_be_read(county):
    database, _ = county
    with reading(database) as session:
        assert set(session.exec(select(Comment.redacted))) == {None}


def test_both_consultations_have_the_themes_of_the_coding_frame(county):
    database, _ = county
    with reading(database) as session:
        keys = [set(session.exec(select(Theme.key).where(Theme.consultation_id == number))) for number in (1, 2)]

    assert keys[0] == keys[1]
    assert "waiting" in keys[0]


def test_the_first_wave_asked_one_statement_in_other_words(county):
    database, _ = county
    with reading(database) as session:
        first, second, *_ = consultations.waves(session, slug="send-services")
        asked = [consultations.questionnaire_of(session, wave) for wave in (first, second)]

    different = [item.id for _, item in asked[0].items() if item != asked[1].item(item.id)]
    assert different == ["outcome_next_steps"]


def test_each_role_has_a_sign_in_with_a_password_of_its_own(county):
    database, loaded = county
    assert {new.name for new in loaded.sign_ins} == {*RoleName, "safeguarding-second"}  # it takes two to close a case
    assert len({new.password for new in loaded.sign_ins}) == 5
    with reading(database) as session:
        for new in loaded.sign_ins:
            person = session.exec(select(Person).where(Person.name == new.name)).one()
            assert people._matches(person.password_hash, new.password)


def test_the_truth_about_each_comment_is_in_a_file_beside_the_database(county):
    database, loaded = county
    told = rows(loaded.truth / "comments.csv")

    with reading(database) as session:
        stored = {
            (reference, comment.item, comment.service): comment.words
            for reference, comment in session.exec(select(Response.reference, Comment).join(Comment))
        }

    assert {(row["reference"], row["item"], row["service"]): unguarded(row["words"]) for row in told} == stored
    assert {row["sentiment"] for row in told} <= {"positive", "negative", "neutral", "mixed / unclear"}
    assert len(rows(loaded.truth / "responses.csv")) > sum(SMALL)
    assert json.loads((loaded.truth / "signals.json").read_text())["seed"] == demo.SEED
    assert loaded.truth.parent.samefile(Path(database.url.database).parent)


def test_loading_twice_is_refused_and_changes_nothing(database, loaded, truth):
    before = (truth / "comments.csv").read_bytes()

    with pytest.raises(ConsultationError, match=r"has the demonstration 'send-services' already.*HEARD_DATABASE_URL"):
        demo.load(database, waves=SMALL, today=TODAY, truth=truth)

    assert count(database, Response) == loaded.responses
    assert (truth / "comments.csv").read_bytes() == before


def test_an_accident_half_way_leaves_nothing_behind(database, truth):
    def pull_the_plug(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.load(database, waves=SMALL, today=TODAY, truth=truth, advance=pull_the_plug)

    assert [count(database, table) for table in (Consultation, Response, Person)] == [0, 0, 0]
    assert list(truth.iterdir()) == []


def test_the_null_twin_can_stand_beside_the_county_and_leaves_its_sign_ins_alone(database, loaded, tmp_path):
    twin = demo.load(database, null=True, waves=SMALL, today=TODAY, truth=tmp_path / "null")

    with reading(database) as session:
        slugs = set(session.exec(select(Consultation.slug)))

    assert slugs == {"send-services", "short-breaks", "send-services-null"}
    assert twin.sign_ins == ()


def test_an_empty_database_is_given_the_demonstration_once(database, monkeypatch):
    monkeypatch.setattr(demo.loading, "WAVES", SMALL)

    first = demo.load_if_empty(database)

    assert first is not None
    assert first.truth.is_dir()
    assert demo.load_if_empty(database) is None


def test_a_database_with_a_consultation_of_its_own_is_not_given_one(database):
    with writing(database) as session:
        consultations.register(session, slug="ours", title="Ours", owner="Us")

    assert demo.load_if_empty(database) is None
    assert count(database, Response) == 0


@pytest.mark.parametrize("responses", [3, 10, 620, 2510, 100_000])
def test_any_number_of_responses_is_shared_out_over_three_waves(responses):
    assert sum(demo.waves_of(responses)) == responses
    assert len(demo.waves_of(responses)) == 3


def test_by_default_it_is_dated_from_today(database, truth):
    demo.load(database, waves=(1, 1, 1), truth=truth)

    assert date.fromisoformat(json.loads((truth / "signals.json").read_text())["today"]) <= datetime.now(UTC).date()
