"""One running Heard for the tests of this folder, with a consultation that is open and two people who may sign in."""

from collections.abc import Iterator
from typing import NamedTuple

import httpx
import pytest

from survey.tables import RoleName
from tests.running import READ_ELSEWHERE, Server
from tests.scene import grant, open_consultation

OFFICER, LEADER = "Olu Officer", "Lena Leader"


class Site(NamedTuple):
    """A running Heard, and the passwords that open it."""

    server: Server
    passwords: dict[str, str]

    @property
    def address(self) -> str:
        return self.server.address


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Started once for all of these tests; none of them changes what another relies on."""
    server = Server(tmp_path_factory.mktemp("site"), READ_ELSEWHERE)
    open_consultation(server.database_url)
    passwords = {
        OFFICER: grant(server.database_url, OFFICER, RoleName.OFFICER),
        LEADER: grant(server.database_url, LEADER, RoleName.LEADER),
    }
    with server:
        yield Site(server, passwords)


@pytest.fixture
def visitor(site: Site) -> Iterator[httpx.Client]:
    """A browser that has not been here before. It does not follow redirections by itself."""
    with httpx.Client(base_url=site.address, timeout=30) as client:
        yield client
