"""A server that is killed again and again at any moment, while families answer at the plain door and go on."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field

import httpx
import sqlalchemy as sa
from sqlmodel import Session, select

from survey import codes
from survey.database import engine, reading
from survey.drafts import DRAFTS
from survey.questionnaire import AnswerKey
from survey.tables import Answer, Comment, Response
from survey.wording import words_in
from tests.forms import Form, Reader
from tests.pages.plain.phone import START, let_pass
from tests.running import ROOT, free_port

# Loads everything once, and then makes a copy of itself for each start, so that one takes no time. A copy has its own
# connections and nothing of the one before it; the listening socket stays, as a proxy in front would.
STARTER = """
import os, signal, socket, sys
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from pages.plain.routes import routes
from pages.serving.limits import SmallBodies
from pages.serving.origin import OwnPagesOnly

app = Starlette(routes=routes(), middleware=[Middleware(OwnPagesOnly), Middleware(SmallBodies)])
door = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=64)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in sys.stdin:
    server = os.fork()
    if server == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[door])
        os._exit(0)
    print(server, flush=True)
"""
ALIVE_SECONDS = (0.02, 0.4)  # how long a server is left alive, by chance: some steps, half a step, or not even a start
PATIENCE_SECONDS = 3
SAY = words_in("en")
ONWARD = {SAY(key) for key in ("start.begin", "start.go_on", "step.continue", "check.send")}


class Mortal:
    """The plain door in a process of its own, for ``with``: killed and started anew until told to stay."""

    def __init__(self, seed: int) -> None:
        self.address = f"http://127.0.0.1:{free_port()}"
        self.kills = 0
        self._chance = random.Random(seed)
        self._staying = threading.Event()
        self._killing = threading.Thread(target=self._kill_again_and_again)

    def __enter__(self) -> "Mortal":
        command = [sys.executable, "-c", STARTER, self.address.rpartition(":")[2]]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._starter = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, **pipes)
        self._server = self._start()
        httpx.get(f"{self.address}{START}", timeout=60)
        self._killing.start()
        return self

    def stay(self) -> None:
        """Let the one that is alive live."""
        self._staying.set()
        self._killing.join()

    def __exit__(self, *_: object) -> None:
        self.stay()
        os.kill(self._server, signal.SIGKILL)
        self._starter.stdin.close()
        self._starter.wait(20)
        self._starter.stdout.close()

    def _start(self) -> int:
        self._starter.stdin.write("\n")
        self._starter.stdin.flush()
        return int(self._starter.stdout.readline())

    def _kill_again_and_again(self) -> None:
        while not self._staying.wait(self._chance.uniform(*ALIVE_SECONDS)):
            os.kill(self._server, signal.SIGKILL)
            self.kills += 1
            self._server = self._start()


@dataclass
class Family:
    """Somebody who answers and does not give up. What they were told is kept, they hold the server to."""

    address: str
    number: int
    continued: dict[str, str] = field(default_factory=dict)
    broken: int = 0  # requests that got no answer
    lost: list[str] = field(default_factory=list)

    def answer_all(self) -> None:
        """From the start page to the thank-you page, over however many servers."""
        with httpx.Client(base_url=self.address, timeout=PATIENCE_SECONDS) as self.browser:
            page = self._open(START)
            while (form := _way_on(page)) is not None:
                page = self._send(form)

    @property
    def device(self) -> str:
        return codes.hashed(self.browser.cookies["heard_draft"], purpose="device")

    def _send(self, form: Form) -> Reader:
        given = self._given(form)
        try:
            answered = self.browser.post(form.action, data=given)
        except httpx.TransportError:
            return self._come_back()
        if answered.status_code == httpx.codes.TOO_MANY_REQUESTS:  # a program is too fast to be believed: time goes by
            let_pass(30)
            return Reader(answered.text)
        if not answered.has_redirect_location:
            return Reader(answered.text)
        self.continued |= {name: given[name] for name in [*form.radios, *form.boxes]}
        return self._open(answered.headers["location"])

    def _open(self, address: str) -> Reader:
        for _ in range(200):
            try:
                return Reader(self.browser.get(address, follow_redirects=True).text)
            except httpx.TransportError:
                self.broken += 1
        raise TimeoutError(f"nobody answers at {address}")

    def _come_back(self) -> Reader:
        """After a request that got no answer: what was continued before it must be there. Then go on from the start."""
        self.broken += 1
        self.lost += [name for name, said in self.continued.items() if self._kept().get(name) != said]
        return self._open(START)

    def _kept(self) -> dict[str, str]:
        """All that is stored of this family, whether it has been sent or not."""
        with reading(engine()) as session:
            mine = DRAFTS.c.device_hash == self.device
            if (draft := session.execute(sa.select(DRAFTS.c.answers).where(mine)).scalar()) is not None:
                return json.loads(draft)
            return sent_by(session, self.device)

    def _given(self, form: Form) -> dict[str, str | list[str]]:
        """The same answers however often a page is asked."""
        given: dict[str, str | list[str]] = {}
        for name, value in form.fields:
            given[name] = [*given.get(name, []), value] if name == "shown" else value
        given |= {name: offered[self.number % len(offered)] for name, offered in form.radios.items()}
        given |= {name: offered[self.number % len(offered)] for name, offered in form.checkboxes.items()}
        given |= {name: f"Family {self.number} on {name}" for name in form.boxes}
        button, value = form.buttons[_onward(form)]
        return given | ({button: value} if button else {})


def sent_by(session: Session, device: str) -> dict[str, str]:
    """What stands in the response of a device, by what each is an answer to."""
    (response,) = session.exec(select(Response.id).where(Response.device_hash == device)).all()
    answers = session.exec(select(Answer).where(Answer.response_id == response)).all()
    comments = session.exec(select(Comment).where(Comment.response_id == response)).all()
    coded = {str(AnswerKey(row.item, row.service or None)): row.code for row in answers}
    return coded | {str(AnswerKey(row.item, row.service or None)): row.words for row in comments}


def _way_on(page: Reader) -> Form | None:
    """The form that leads on; None on the thank-you page."""
    return next((form for form in page.forms if _onward(form)), None)


def _onward(form: Form) -> str:
    return next((button for button in form.buttons if button in ONWARD), "")


def until(kills: int, *, seed: int) -> tuple[list[Family], int]:
    """Families one after another, until the server has been killed that often; gives them, and how often it was."""
    families: list[Family] = []
    with Mortal(seed) as server:
        while server.kills < kills:
            families.append(Family(server.address, number=len(families)))
            families[-1].answer_all()
    return families, server.kills
