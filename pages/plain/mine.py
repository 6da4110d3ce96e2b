"""What somebody sent, in their own hands: found with the private code, seen, printed, changed, withdrawn.

The code travels in the body of each form and nowhere else: no address, no cookie and no memory of ours holds it.
"""

import logging
from dataclasses import replace

from sqlalchemy.exc import OperationalError
from sqlmodel import Session
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.responses import Response

from pages.plain import form, pace, screens
from pages.plain.visit import Place, Visit
from pages.serving import forms
from survey import codes, database, drafts, own_response, responses
from survey.database import engine, reading, writing
from survey.errors import AnotherDraftHere, ConsultationClosed, UnknownPrivateCode
from survey.own_response import Own
from survey.throttle import guesses

log = logging.getLogger(__name__)


def show(visit: Visit, sent: FormData) -> Response:
    """What the response says, with what may be done with it."""
    own = _found(visit, sent)
    return own if isinstance(own, Response) else screens.mine(visit, own, _code(sent))


def correct(visit: Visit, sent: FormData) -> Response:
    """Go to "check your answers" with a draft of what the response says."""
    own = _found(visit, sent)
    if isinstance(own, Response):
        return own
    try:
        with writing(engine()) as session:
            draft = own_response.correct(session, own, device=visit.device, now=visit.now)
            drafts.look(session, draft.id, visit.look)
    except ConsultationClosed:
        return screens.mine(visit, own, _code(sent), notice=visit.words("problem.closed_to_changes"), status=410)
    except AnotherDraftHere:
        return screens.mine(visit, own, _code(sent), notice=visit.words("problem.another_draft"), status=409)
    except OperationalError as problem:
        return _busy(visit, own, sent, problem)
    return forms.to(visit.place.to("check"))


def withdraw(visit: Visit, sent: FormData) -> Response:
    """Ask whether they are sure; then take the response out of everything."""
    own = _found(visit, sent)
    if isinstance(own, Response):
        return own
    if not form.text(sent, "sure"):
        return screens.sure(visit, own, _code(sent))
    try:
        with writing(engine()) as session:
            own_response.withdraw(session, _again(session, visit, sent))
    except UnknownPrivateCode:  # the other of two clicks has withdrawn it
        return screens.withdrawn(_with_nothing(visit))
    except OperationalError as problem:
        return _busy(visit, own, sent, problem)
    page = screens.withdrawn(_with_nothing(visit))
    page.background = BackgroundTask(database.scrub, engine())
    return page


def forget(visit: Visit, _: FormData) -> Response:
    """Show nothing more of what was sent on this device, because others use it too."""
    with writing(engine()) as session:
        responses.forget_device(session, wave_id=visit.wave.id, device=visit.device)
    return forms.to(Place(visit.wave.slug, visit.words.language, visit.look).to("", "forgotten"))


def _found(visit: Visit, sent: FormData) -> Own | Response:
    """The response that goes with the code; or the page that asks for it, saying what to do."""
    if seconds := guesses.take(visit.device):
        wait = visit.words("problem.resume_wait")
        return pace.wait(screens.private_code(visit, typed=_code(sent), problem=wait, status=429), seconds)
    try:
        with reading(engine()) as session:
            own = _again(session, visit, sent)
    except UnknownPrivateCode:
        unknown = visit.words("problem.private_unknown")
        return screens.private_code(visit, typed=_code(sent), problem=unknown, status=422)
    guesses.give_back(visit.device)
    return own


def _again(session: Session, visit: Visit, sent: FormData) -> Own:
    return own_response.find(session, typed_code=_code(sent), consultation_id=visit.wave.consultation_id)


def _with_nothing(visit: Visit) -> Visit:
    """The same visit, in the same language, of somebody who has sent nothing."""
    return replace(visit, receipt=None, equality=None)


def _busy(visit: Visit, own: Own, sent: FormData, problem: OperationalError) -> Response:
    log.warning("a response could not be changed: %s", type(problem.orig).__name__)
    return screens.mine(visit, own, _code(sent), notice=visit.words("problem.busy"), status=503)


def _code(sent: FormData) -> str:
    return form.line(sent, "code")[: codes.LONGEST]
