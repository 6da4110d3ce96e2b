"""What the forms of the plain door do: one transaction each, and a clear sentence when it cannot be done.

A page of answers is in ``answer``; what is done with a response that was sent, in ``mine``.
"""

import logging
from dataclasses import replace

from sqlalchemy.exc import OperationalError
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from pages.plain import doubt, form, look, pace, screens
from pages.plain.visit import Place, Visit
from pages.serving import forms
from survey import answering, children, codes, drafts, invitations, responses
from survey.database import engine, writing
from survey.drafts import Saved
from survey.errors import AnotherDraftHere, AnswerError, ConsultationClosed, InvitationError, UnknownResumeCode
from survey.throttle import guesses

log = logging.getLogger(__name__)


def begin(visit: Visit, sent: FormData) -> Response:
    """Start, or go on where this device left off. A wave by invitation wants a code first."""
    if visit.draft is None and (seconds := pace.starts.take(visit.device)):
        return pace.wait(screens.start(visit, notice=visit.words("guard.wait_to_start"), status=429), seconds)
    typed = form.line(sent, "code")[: codes.LONGEST]
    guessing = visit.needs_code and bool(typed.strip())
    if guessing and (seconds := guesses.take(visit.device)):
        told = screens.start(visit, typed=typed, problem=visit.words("problem.resume_wait"), status=429)
        return pace.wait(told, seconds)
    try:
        with writing(engine()) as session:
            draft = _begun(session, visit, typed)
            drafts.look(session, draft.id, visit.look)
    except InvitationError as problem:
        return screens.start(visit, typed=typed, problem=str(problem), status=422)
    if guessing:
        guesses.give_back(visit.device)
    return forms.to(visit.holding(draft).address_of(draft.place))


def _begun(session: Session, visit: Visit, typed_code: str) -> Saved:
    if visit.preview:
        language = visit.words.language
        return drafts.begin(
            session, wave_id=visit.wave.id, device=visit.device, language=language, now=visit.now, preview=True
        )
    return invitations.begin(
        session, visit.wave, visit.words, typed_code=typed_code, device=visit.device, now=visit.now
    )


def drop(visit: Visit, _: FormData) -> Response:
    """Delete what this device holds, as its owner asked."""
    if seconds := pace.steps.take(visit.device):
        return pace.wait(screens.start(visit, notice=visit.words("guard.wait"), status=429), seconds)
    if visit.draft:
        with writing(engine()) as session:
            invitations.drop(session, visit.wave, visit.draft.id)
    return forms.to(Place(visit.wave.slug, visit.words.language, visit.look).to("", "deleted"))


def speak(visit: Visit, sent: FormData) -> Response:
    """Go on in another language, on the page where it was chosen."""
    code, page = form.text(sent, "language"), form.text(sent, "at")
    if not visit.speaks(code):
        return forms.to(visit.place.start)
    if visit.draft is None:
        return forms.to(Place(visit.wave.slug, code, visit.look).start)
    with writing(engine()) as session:
        drafts.speak(session, visit.draft.id, code)
    return forms.to(visit.place.to(page if page in {"check", "tasks"} else ""))


def look_like(visit: Visit, sent: FormData) -> Response:
    """Show the pages in large print, in high contrast or as usual from now on, on the page where that was chosen."""
    wanted, page = look.known(form.text(sent, "look")), form.text(sent, "at")
    if visit.draft is None:
        return forms.to(replace(visit, look=wanted).place.start)
    with writing(engine()) as session:
        drafts.look(session, visit.draft.id, wanted)
    return forms.to(visit.place.to(page if page in {"check", "tasks"} else ""))


def bring_back(visit: Visit, sent: FormData) -> Response:
    """Go on with a draft that was begun on another device."""
    typed, refused = form.line(sent, "code")[: codes.LONGEST], visit.words("problem.resume_unknown")
    if seconds := guesses.take(visit.device):
        told = screens.resume(visit, typed=typed, problem=visit.words("problem.resume_wait"), status=429)
        return pace.wait(told, seconds)
    try:
        with writing(engine()) as session:
            draft = drafts.bring_back(
                session, typed_code=typed, wave_id=visit.wave.id, device=visit.device, preview=visit.preview
            )
    except UnknownResumeCode:
        return screens.resume(visit, typed=typed, problem=refused, status=422)
    except AnotherDraftHere:
        return screens.resume(visit, typed=typed, problem=visit.words("problem.another_draft"), status=409)
    guesses.give_back(visit.device)
    return forms.to(visit.holding(draft).address_of(draft.place))


def remove(visit: Visit, sent: FormData) -> Response:
    """Take one child out of the answers; where the form is not of the answers as they are, none."""
    if visit.draft is None:
        return screens.elsewhere(visit)
    child, told = (forms.number(sent, name) for name in ("child", "told"))
    try:
        with writing(engine()) as session:
            left = children.take_out(session, visit.draft.id, visit.questionnaire, child, told=told, now=visit.now)
    except OperationalError as problem:
        log.warning("a child could not be taken out: %s", type(problem.orig).__name__)
        return screens.check(visit, notice=visit.words("problem.busy"), status=503)
    if left is None:  # another tab sent it, or deleted it
        return forms.to(visit.place.to("sent"))
    return forms.to(visit.place.to("check") + ("?removed" if left.answers != visit.answers else ""))


def send(visit: Visit, sent: FormData) -> Response:
    """Send the answers, once, however often the button is chosen, unless a program seems to have chosen it."""
    if visit.draft is None:
        return screens.elsewhere(visit)
    if seconds := pace.steps.take(visit.device):
        return pace.wait(screens.check(visit, notice=visit.words("guard.wait"), status=429), seconds)
    if doubted := doubt.about(visit, sent):
        return screens.doubted(visit, doubted)
    return _sent_now(visit)


def _sent_now(visit: Visit) -> Response:
    try:
        with writing(engine()) as session:
            receipt = responses.send(session, visit.draft.id, now=visit.now)
    except ConsultationClosed:
        return screens.check(visit, notice=visit.words("problem.closed"), status=410)
    except AnswerError:
        left = answering.unfinished(visit.questionnaire, visit.answers, visit.words, today=visit.now.date())
        if left is None:  # it was deleted meanwhile
            return forms.to(visit.place.start)
        return screens.question(visit, left.page, problems=left.problems, changing=True)
    except OperationalError as problem:
        log.warning("answers could not be sent: %s", type(problem.orig).__name__)
        return screens.check(visit, notice=visit.words("problem.busy"), status=503)
    # Of a preview nothing was kept; of a correction, this device may have sent another response since.
    if visit.preview or receipt.corrects:
        return screens.sent(replace(visit, draft=None, receipt=receipt))
    return forms.to(replace(visit, draft=None, receipt=receipt).place.to("equality"))
