"""What is told to whoever watches over Heard."""

import logging

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.serving import health
from tests.conftest import forget_settings
from tests.running import free_port


def test_it_is_well_when_people_can_answer(visitor):
    answer = visitor.get("/health")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok"}
    assert answer.headers["cache-control"] == "no-store"


@pytest.fixture
def unreachable_database(monkeypatch):
    address = f"postgresql+psycopg://somebody:secret@127.0.0.1:{free_port()}/heard"
    monkeypatch.setenv("HEARD_DATABASE_URL", address)
    forget_settings()


def test_it_says_so_when_the_database_is_away_and_gives_nothing_away(unreachable_database, caplog):
    with caplog.at_level(logging.ERROR), TestClient(Starlette(routes=health.routes())) as client:
        answer = client.get("/health")

    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert answer.json() == {"status": "unwell", "database": "unreachable"}
    assert "secret" not in answer.text + caplog.text
