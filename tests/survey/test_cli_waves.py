"""Beginning a consultation from the command line, opening further waves of it, and moving the day a wave closes."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from survey import consultations, local_days
from survey.database import engine, reading, writing
from survey.questionnaire_file import SHIPPED
from survey.tables import AuditEntry, Consultation, ConsultationKind, QuestionnaireVersion, Wave
from tests.scene import open_consultation
from tests.survey.test_cli import ran, refused, run

TODAY = local_days.day_of(datetime.now(UTC))


def day(from_today: int) -> str:
    return str(TODAY + timedelta(days=from_today))


def said(from_today: int) -> str:
    return f"{TODAY + timedelta(days=from_today):%-d %B %Y}"


def opened(*words: object, questionnaire: str = "send_services", closes: int = 60) -> str:
    return ran("open", questionnaire, "--owner", "The council", "--closes", day(closes), *words)


def not_opened(*words: object, questionnaire: object = "send_services", closes: int = 60) -> str:
    """What was said, once nothing more is here than before."""
    before = stored()
    told = refused("open", questionnaire, "--closes", day(closes), *words)
    assert stored() == before
    return told


def stored() -> list[list[object]]:
    ran("init")
    tables = (Consultation, Wave, QuestionnaireVersion, AuditEntry)
    with reading(engine()) as session:
        return [session.exec(select(table).order_by(col(table.id))).all() for table in tables]


def wave_here(slug: str = "send-services", code: str | None = None) -> consultations.WaveFacts:
    with reading(engine()) as session:
        return consultations.wave_named(session, slug, code or f"{TODAY:%Y}")


def acts() -> list[tuple[str, str, str]]:
    with reading(engine()) as session:
        return [(one.who, one.what, one.subject) for one in session.exec(select(AuditEntry))]


def begun_days_ago(days: int, *, closed_ago: int = 0, closes: int = 30) -> None:
    """The only wave here opened so many days ago, and closed or closes in so many."""
    opened()
    with writing(engine()) as session:
        wave = session.exec(select(Wave)).one()
        wave.opens_at = local_days.begins(TODAY - timedelta(days=days))
        wave.closes_at = local_days.ends(
            TODAY - timedelta(days=closed_ago) if closed_ago else TODAY + timedelta(closes)
        )
        session.add(wave)


# -- beginning ---------------------------------------------------------------------------------------------------


def test_a_shipped_questionnaire_is_opened_by_its_name_with_sensible_defaults():
    told = opened()

    wave = wave_here()
    assert (wave.slug, wave.owner, wave.title) == ("send-services", "The council", f"{TODAY:%B %Y}")
    assert not wave.demonstration
    assert not wave.by_invitation
    assert f"open from {said(0)} to {said(60)}." in told
    assert "http://localhost:8501/?consultation=send-services" in told
    assert "http://localhost:8501/s/send-services" in told
    assert "python -m survey frame send-services --by NAME" in told


def test_it_opens_as_the_first_day_begins_and_closes_as_the_last_day_ends_in_british_time():
    year = TODAY.year + 1
    ran("open", "short_breaks", "--owner", "C", "--opens", f"{year}-06-01", "--closes", f"{year}-12-31")

    wave = wave_here("short-breaks", str(year))
    assert wave.opens_at == datetime(year, 5, 31, 23, tzinfo=UTC)
    assert wave.closes_at == datetime(year + 1, 1, 1, tzinfo=UTC)
    assert (str(wave.first_day), str(wave.last_day)) == (f"{year}-06-01", f"{year}-12-31")


def test_a_file_of_ones_own_gives_the_name_and_everything_else_can_be_said(tmp_path, monkeypatch):
    monkeypatch.setenv("HEARD_ADDRESS", "https://survey.example.gov.uk/")
    file = tmp_path / "mine.toml"
    text = (SHIPPED / "send_services.toml").read_text()
    text = text.replace('id = "send_services"', 'id = "hearing_families"', 1)
    file.write_text(text.replace('languages = ["en", "easy", "pl", "ur", "pa-Arab", "gu", "ro", "bn"]', ""))

    told = opened(
        "--wave", "w1", "--title", "The first", "--kind", "statutory consultation", "--decision", day(90),
        "--by-invitation", "--by", "Ann", questionnaire=str(file),
    )  # fmt: skip

    wave = wave_here("hearing-families", "w1")
    with reading(engine()) as session:
        kept = consultations.named(session, "hearing-families")
    assert (wave.title, wave.by_invitation) == ("The first", True)
    assert (kept.kind, str(kept.decision_date)) == (ConsultationKind.STATUTORY, day(90))
    assert acts() == [("Ann", "open a wave", f"hearing-families w1: {said(0)} to {said(60)}")]
    assert "https://survey.example.gov.uk/s/hearing-families" in told
    assert "Invitations" in told
    assert "HEARD_ADDRESS" not in told


def test_opening_again_gives_a_further_wave_without_saying_the_owner_again():
    opened()

    ran("open", "send_services", "--wave", "next", "--opens", day(61), "--closes", day(90))

    assert wave_here(code="next").owner == "The council"


@pytest.mark.parametrize("lasts", [60, 75, 200])
def test_waves_that_would_take_answers_at_once_are_refused(lasts):
    opened("--opens", day(50), "--closes", day(100), "--wave", "first")

    told = not_opened("--opens", day(40), "--wave", "second", closes=lasts)

    assert "Two waves of send-services would take answers at once" in told
    assert f"(first) is open from {said(50)} to {said(100)}. Choose other days" in told


def test_a_wave_whose_code_is_there_already_is_refused():
    opened("--wave", "w")

    told = not_opened("--wave", "w", "--opens", day(100), closes=120)

    assert told == ("send-services has a wave 'w' already. Give this one another code with --wave. Those there are: w.")


def test_a_consultation_that_nobody_owns_is_refused():
    assert 'Say who asks: --owner "Lancashire County Council".' in not_opened()


@pytest.mark.parametrize(
    ("given", "closes", "sentence"),
    [
        (["--opens", day(20)], 10, f"It would close on {said(10)}, before it opens on {said(20)}."),
        (["--opens", day(-9)], -2, f"{said(-2)} is past, so nobody could answer. Give a later day with --closes."),
        (["--opens", day(-1)], 10, f"{said(-1)} is past, and nobody was asked then."),
        (["--decision", day(-1)], 10, "would come before anybody has answered."),
        (["--name", "SEND services"], 10, "'SEND services' cannot stand in an address."),
        (["--wave", "a/b"], 10, "'a/b' cannot be the code of a wave."),
        (["--title", "t" * 201], 10, "--title has 201 characters, and may have 200. Shorten it."),
        (["--by", "b" * 65], 10, "--by has 65 characters, and may have 64. Shorten it."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do_and_nothing_is_stored(given, closes, sentence):
    assert sentence in not_opened("--owner", "The council", *given, closes=closes)


@pytest.mark.parametrize(("option", "other"), [("--owner", "Another"), ("--kind", "survey"), ("--decision", day(300))])
def test_a_further_wave_cannot_change_what_the_consultation_began_with(option, other):
    opened("--wave", "w")

    told = not_opened("--opens", day(100), option, other, closes=120)

    assert f"send-services began with {option}" in told
    assert f"Leave {option} out, or begin another consultation with --name." in told


def test_nothing_is_opened_among_the_made_up_families_of_the_demonstration():
    ran("demo", "--responses", 30)

    assert "send-services is the demonstration here" in not_opened("--owner", "The council")


def test_a_questionnaire_that_is_not_there_is_refused_beside_those_that_are():
    told = not_opened("--owner", "The council", questionnaire="nothing")

    assert told.startswith("There is no file nothing.")
    assert told.endswith("send_children, send_services, short_breaks.")


def test_the_equality_questions_are_asked_after_every_consultation_and_are_none_themselves():
    assert "There is no file equality." in not_opened("--owner", "The council", questionnaire="equality")


def test_a_questionnaire_with_a_mistake_is_refused_with_the_place(tmp_path):
    (tmp_path / "mine.toml").write_text((SHIPPED / "short_breaks.toml").read_text())  # its translations are elsewhere

    told = not_opened("--owner", "The council", questionnaire=tmp_path / "mine.toml")

    assert "mine.toml: title has no wording in 'easy'; add it" in told


@pytest.mark.parametrize("written", ["soon", "2027-02-31", "31/01/2027"])
def test_a_day_that_is_none_is_refused_with_how_to_write_one(written):
    done = run("open", "send_services", "--owner", "The council", "--closes", written)

    assert done.exit_code == 2
    assert f"{written} is no day. Write one as 2027-01-31" in done.stderr


# -- closing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", [10, 90])
def test_a_wave_is_given_an_earlier_or_a_later_last_day_and_who_decided_it_is_kept(to):
    opened()

    told = ran("close", "send-services", "--on", day(to), "--by", "Ann")

    assert str(wave_here().last_day) == day(to)
    assert f"is open until the end of {said(to)}. It was to be open until {said(60)}." in told
    assert "still say what they said" in told
    moved = "Ann", "move the closing of a wave", f"send-services {TODAY:%Y}: {said(60)} to {said(to)}"
    assert acts()[-1] == moved


def test_without_a_day_a_wave_closes_at_once():
    opened()

    told = ran("close", "send-services", "--by", "Ann")

    assert f"has closed. It was to be open until {said(60)}." in told
    assert not wave_here().is_open(datetime.now(UTC))
    assert wave_here().last_day == TODAY


def test_a_wave_that_closed_lately_is_opened_again_if_nothing_begun_in_it_can_be_gone():
    begun_days_ago(50, closed_ago=1)

    told = ran("close", "send-services", "--wave", f"{TODAY:%Y}", "--on", day(5), "--by", "Ann")

    assert wave_here().is_open(datetime.now(UTC))
    assert f"is open until the end of {said(5)}. It had closed on {said(-1)}." in told


def test_a_wave_that_closed_and_whose_drafts_may_have_been_deleted_stays_closed():
    begun_days_ago(62, closed_ago=1)

    told = not_moved("--wave", f"{TODAY:%Y}", "--on", day(5))

    assert "opened more than 60 days ago" in told
    assert told.endswith("It stays closed. Open a further wave instead: python -m survey open.")


def test_a_wave_that_has_been_open_for_long_can_still_be_given_another_last_day():
    begun_days_ago(80)

    ran("close", "send-services", "--on", day(40), "--by", "Ann")

    assert str(wave_here().last_day) == day(40)


def test_the_last_day_cannot_reach_into_the_next_wave_but_up_to_it():
    opened("--wave", "one")
    ran("open", "send_services", "--wave", "two", "--opens", day(70), "--closes", day(90))

    told = not_moved("--on", day(70))
    ran("close", "send-services", "--on", day(69), "--by", "Ann")

    assert f"(two) opens on {said(70)}, and two waves of send-services cannot take answers at once." in told


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["--on", day(60)], f"closes at the end of {said(60)} as it is. Nothing was changed."),
        (["--on", day(-1)], f"{said(-1)} is past. Give today or a later day."),
        (["--wave", "no"], "There is no wave 'no' of a consultation 'send-services'. Its waves are: "),
        (["--on", day(90), "--by", "b" * 65], "--by has 65 characters"),
    ],
)
def test_a_day_that_cannot_be_the_last_is_refused(given, sentence):
    opened()

    assert sentence in not_moved(*given)


def test_a_wave_that_has_not_opened_needs_a_last_day_and_not_one_before_its_first():
    opened("--opens", day(20), "--wave", "w")

    assert f"has not opened yet: it does on {said(20)}. Say its last day with --on." in not_moved("--wave", "w")
    assert f"opens on {said(20)}. Give that day or a later one." in not_moved("--wave", "w", "--on", day(19))
    assert "No wave of send-services takes answers now. Say which one you mean with --wave: w." in not_moved()
    ran("close", "send-services", "--wave", "w", "--on", day(20), "--by", "Ann")


def test_a_wave_that_has_closed_is_not_closed_once_more():
    begun_days_ago(50, closed_ago=2)

    assert f"has closed already, on {said(-2)}. Nothing was changed." in not_moved("--wave", f"{TODAY:%Y}")


def test_closing_what_is_not_here_is_refused():
    assert "There is no consultation 'nothing'." in refused("close", "nothing", "--by", "Ann")


def test_who_decides_it_must_be_said():
    assert run("close", "send-services").exit_code == 2


def test_a_wave_set_up_at_any_hour_is_told_by_its_days(tmp_path):
    open_consultation(f"sqlite:///{tmp_path / 'heard.sqlite3'}")

    assert f"send-services, First wave (1): open from {said(-1)} to {said(30)}" in ran("links")


def not_moved(*words: object) -> str:
    before = stored()
    by = () if "--by" in words else ("--by", "Ann")
    told = refused("close", "send-services", *words, *by)
    assert stored() == before
    return told
