"""Starting: by either server, again and again, and never half set up."""

import os
import re
import signal
import subprocess
import sys
import time

import httpx
import psutil
import pytest
import uvloop
from argon2 import PasswordHasher
from sqlmodel import select
from uvicorn.loops.auto import auto_loop_factory

from survey import database
from survey.tables import Person
from tests.running import READ_ELSEWHERE, ROOT, Server, free_port


def uvicorn(server: Server) -> subprocess.Popen:
    command = [sys.executable, "-m", "uvicorn", "streamlit_app:app", "--port", str(server.port)]
    with server.log.open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=server.environment(), stdout=log, stderr=log)


def answered(process: subprocess.Popen, server: Server, path: str) -> httpx.Response:
    """The answer, once there is one."""
    while process.poll() is None:
        try:
            return httpx.get(server.address + path, timeout=30)
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(server.log.read_text())


def test_another_server_serves_it_as_well_and_names_neither_itself_nor_what_was_looked_for(tmp_path):
    server = Server(tmp_path, READ_ELSEWHERE)
    process = uvicorn(server)

    page = answered(process, server, "/")
    answered(process, server, "/live-results?district=E07000117")
    process.send_signal(signal.SIGTERM)
    process.wait(30)

    assert page.status_code == 200
    assert "server" not in page.headers
    log = server.log.read_text()
    assert "/live-results" in log
    assert "E07000117" not in log
    assert f"http://localhost:{server.port}/live-results" in log


def test_it_starts_on_an_empty_folder_and_again_on_what_it_left_there(tmp_path):
    for _ in range(2):
        with Server(tmp_path, READ_ELSEWHERE) as server:
            page = httpx.get(server.address)

    assert page.status_code == 200
    assert "Nothing is open for answers at the moment" in page.text


def test_a_wrong_framework_file_keeps_nobody_from_answering_and_is_told_at_the_start(tmp_path):
    folder = tmp_path / "frameworks"
    folder.mkdir()
    (folder / "ours.toml").write_text("key = ")
    server = Server(tmp_path, READ_ELSEWHERE | {"HEARD_FRAMEWORKS": str(folder)})

    with server:
        assert httpx.get(server.address).status_code == 200

    assert "ours.toml is not TOML" in server.log.read_text()


def test_the_demonstration_is_loaded_once_and_its_sign_ins_are_shown_once_and_work(tmp_path):
    server = Server(tmp_path, READ_ELSEWHERE | {"HEARD_DEMONSTRATION": "yes"})
    logs = []
    for _ in range(2):
        with server:
            assert httpx.get(server.address).status_code == 200
        logs.append(server.log.read_text())
        server.log.unlink()

    shown = re.findall(r"name ([\w-]+) +password ([\w-]+)", logs[0])
    assert {name for name, _ in shown} == {"officer", "leader", "administrator", "safeguarding", "safeguarding-second"}
    assert "password" not in logs[1]
    engine = database.connect(server.database_url)
    with database.reading(engine) as session:
        stored = {person.name: person.password_hash for person in session.exec(select(Person))}
    engine.dispose()
    assert all(PasswordHasher().verify(stored[name], password) for name, password in shown)


@pytest.mark.parametrize(
    "setting", ["STREAMLIT_RUNNER_POST_SCRIPT_GC=true", "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS=full"]
)
def test_it_does_not_start_without_a_setting_that_everybody_would_suffer_for(tmp_path, setting):
    name, value = setting.split("=")
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(free_port())]
    environment = Server(tmp_path, READ_ELSEWHERE).environment() | {name: value}

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90, check=False)

    assert done.returncode != 0
    assert "Start Heard from its own folder" in done.stdout + done.stderr


def test_it_is_served_by_the_loop_that_lets_small_answers_leave_at_once():
    """Python's own does not, on the socket that ``streamlit run`` makes: docs/decisions/0006."""
    assert auto_loop_factory() is uvloop.new_event_loop


def test_stopping_it_leaves_no_process_behind(tmp_path):
    server = Server(tmp_path, {}).start()
    of_ours = [process.pid for process in psutil.Process(server.process.pid).children(recursive=True)]

    os.kill(server.process.pid, signal.SIGTERM)
    server.process.wait(30)

    assert of_ours
    assert not [pid for pid in of_ours if psutil.pid_exists(pid)]
    server.process = None
