"""A consultation that takes answers, and people who may sign in, set up as the command line would."""

from datetime import UTC, datetime, timedelta

from survey import consultations, database, people, questionnaire_file
from survey.tables import RoleName


def open_consultation(url: str, questionnaire: str = "send_services") -> None:
    """A migrated database at that address, with one wave of that questionnaire open since yesterday."""
    asked = questionnaire_file.shipped(questionnaire)
    now = datetime.now(UTC)
    engine = database.connect(url)
    database.prepare(engine)
    with database.writing(engine) as session:
        consultation = consultations.register(
            session, slug=asked.id.replace("_", "-"), title=asked.title["en"], owner="Lancashire County Council"
        )
        consultations.open_wave(
            session,
            consultation,
            asked,
            code="1",
            title="First wave",
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=30),
        )
    engine.dispose()


def grant(url: str, name: str, *roles: RoleName) -> str:
    """Let somebody in with these roles; gives their password."""
    engine = database.connect(url)
    with database.writing(engine) as session:
        password = people.grant(session, name, *roles)
    engine.dispose()
    return password
