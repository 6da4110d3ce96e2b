"""You said, we did, did it work? The page that was published, for everybody, in every language, without a script.

It is drawn from what was frozen when somebody published it. Nothing in it is about who reads it, so no cookie is set.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from analysis.ledger import Felt, Why
from analysis.record import Done, Record, Share, Since, Theme
from pages.plain import look
from pages.plain.visit import Visit, arrive, works_here
from pages.serving import html
from pages.serving.addresses import not_found
from pages.serving.files import files
from survey import own_response, publications
from survey.database import engine, reading
from survey.languages import ENGLISH, LANGUAGES, Language
from survey.ledger import ActionState
from survey.local_days import day_of
from survey.own_response import Own
from survey.publications import Frozen
from survey.questionnaire import Optioned
from survey.wording import Words, words_in

NAME: Final = "what-changed"
FRESH: Final = {"cache-control": "no-cache"}  # a page that is withdrawn is gone at once
STANCES: Final = ("praise", "criticism", "request")
STATES: Final = {ActionState.PLANNED: "planned", ActionState.DONE: "done", ActionState.REFUSED: "refused"}
FELT: Final = {Felt.FELT: "felt", Felt.NOT: "not_felt", Felt.EARLY: "too_early", Felt.FEW: "too_few",
               Felt.OTHER_WORDS: "not_compared"}  # fmt: skip


class Written(NamedTuple):
    """What an officer wrote, and the language it is in: English where nobody has put it into the reader's."""

    text: str
    language: Language


class Told(NamedTuple):
    """One action, in the reader's language."""

    what: Written
    because: Written | None
    state: str
    owner: Written | None
    due: str
    overdue: str
    places: tuple[str, ...]
    evidence: str
    expected: str
    felt: str
    since: tuple[str, ...]


class Heard(NamedTuple):
    """One theme or service, in the reader's language; one that is gone has no name."""

    name: Written | None
    said: tuple[str, ...]
    done: tuple[Told, ...]


def routes() -> list[Route]:
    """The newest version, a preview for people who work here, and each version by its number."""
    return [
        _route(f"/s/{{slug}}/{NAME}", _newest),
        _route(f"/s/{{slug}}/{NAME}/preview", _preview),
        _route(f"/s/{{slug}}/{NAME}/{{number:page}}", _version),
    ]


def is_public(consultation_id: int) -> bool:
    """Whether there is a page that everybody may read."""
    with reading(engine()) as session:
        return publications.is_public(session, consultation_id)


def became(visit: Visit, own: Own) -> list[Heard] | None:
    """What became of the themes that a response raised, as published; None where nothing is published."""
    with reading(engine()) as session:
        frozen = publications.newest(session, visit.wave.consultation_id)
        if frozen is None or not frozen.is_public:
            return None
        keys = own_response.themes(session, own)
    record = Record.model_validate_json(frozen.content)
    return [_theme(theme, visit.words) for theme in record.about(keys)]


# -- which version -----------------------------------------------------------------------------------------------


def _newest(visit: Visit, _: Request) -> Response:
    known = _versions(visit)
    return _one(visit, known[0], known) if known else not_found()


def _version(visit: Visit, request: Request) -> Response:
    known, number = _versions(visit), request.path_params["number"]
    found = next((one for one in known if one.number == number), None)
    return _one(visit, found, known) if found else not_found()


def _preview(visit: Visit, request: Request) -> Response:
    if not works_here(request):
        return not_found()
    with reading(engine()) as session:
        frozen = publications.preview(session, visit.wave.consultation_id)
    return _drawn(visit, frozen, []) if frozen else not_found()


def _versions(visit: Visit) -> list[Frozen]:
    with reading(engine()) as session:
        return publications.published(session, visit.wave.consultation_id)


def _one(visit: Visit, frozen: Frozen, known: list[Frozen]) -> Response:
    if not frozen.is_public:
        day = visit.words.day(day_of(frozen.withdrawn_at)) if frozen.withdrawn_at else ""
        return _filled(visit, "what_changed_withdrawn.html", HTTPStatus.GONE, day=day, number=frozen.number)
    return _drawn(visit, frozen, known)


def _drawn(visit: Visit, frozen: Frozen, known: list[Frozen]) -> Response:
    record, say = Record.model_validate_json(frozen.content), visit.words
    wrote = [done for theme in record.decided for done in theme.done]
    return _filled(
        visit,
        "what_changed.html",
        HTTPStatus.OK,
        record=record,
        number=frozen.number,
        day=_day(frozen, say),
        newest=not known or known[0].number == frozen.number,
        others=[(one.number, _day(one, say)) for one in known if one.number != frozen.number and one.is_public],
        answered=_answered(record, say),
        themes=[_theme(theme, say) for theme in record.themes],
        services=[_service(service, visit) for service in record.services],
        rest=[_theme(theme, say) for theme in record.rest],
        corrections=[(say.day(one.day), one.told) for one in record.corrections],
        in_english=say.spoken.tongue != "en",
        untranslated=any(say.spoken.tongue not in done.told for done in wrote),
    )


def _day(frozen: Frozen, say: Words) -> str:
    """The day that it was here when a version was published, or made where it has not been."""
    return say.day(day_of(frozen.published_at or frozen.made_at))


# -- what it says ------------------------------------------------------------------------------------------------


def _answered(record: Record, say: Words) -> str:
    if not record.responses:  # nobody, or so few that their number is held back
        return say("changed.answered_few", wave=record.wave)
    return say("changed.answered", count=f"{record.responses:,}", wave=record.wave, commented=_written_by(record, say))


def _written_by(record: Record, say: Words) -> str:
    """How many wrote something that has been read. Nobody is nobody, and not about nobody."""
    if record.commented is None:
        return say("changed.hidden")
    return say("changed.about", count=f"{record.commented:,}") if record.commented else "0"


def _theme(theme: Theme, say: Words) -> Heard:
    said = [_share("changed.raised", theme.share, say)]
    stances = [(one, share) for one in STANCES if (share := theme.stances.get(one))]
    if stances and theme.share:
        told = [_share(f"changed.{one}", share, say) for one, share in stances]
        said.append(say("changed.of_them", of=f"{stances[0][1].of:,}", told="; ".join(told)))
    return Heard(_named(theme, say), tuple(said), tuple(_told(done, say, rated=False) for done in theme.done))


def _named(theme: Theme, say: Words) -> Written | None:
    """What a theme is called: in the reader's language, unless people here gave it a name of their own."""
    key, english = f"topic.{theme.key}", words_in("en")
    if key in english and theme.label == english(key):
        return Written(say(key), say.spoken)
    return Written(theme.label, ENGLISH) if theme.label else None


def _service(service: Theme, visit: Visit) -> Heard:
    """A service, called as the questionnaire calls it in the reader's language, if it still has that name there."""
    say, asked = visit.words, visit.questionnaire.role("services")
    offered = asked.options if isinstance(asked, Optioned) else ()
    texts = next((one.text for one in offered if one.code == service.key), {})
    is_so_called = texts.get("en") == service.label
    name = _written(dict(texts), say) if is_so_called else Written(service.label, ENGLISH)
    said = _share("changed.rated", service.share, say)
    return Heard(name, (said,), tuple(_told(done, say, rated=True) for done in service.done))


def _share(key: str, share: Share | None, say: Words) -> str:
    if share is None:
        return say("changed.too_few_said")
    return say(key, **_numbers(share))


def _numbers(share: Share) -> dict[str, object]:
    """The blanks of every sentence about a share."""
    return share.model_dump() | {"of": f"{share.of:,}"}


def _told(done: Done, say: Words, *, rated: bool) -> Told:
    refused = done.state is ActionState.REFUSED
    return Told(
        what=_written(done.told, say),
        because=_written(done.because, say) if done.because else None,
        state=say(f"changed.{STATES[done.state]}"),
        owner=None if refused else _owner(done, say),
        due=say.day(done.due) if done.due and not refused else "",
        overdue=say("changed.overdue", day=say.day(done.due)) if done.due and done.overdue else "",
        places=done.places,
        evidence=_evidence(done, say, rated=rated),
        expected=_expected(done, say),
        felt="" if refused else _felt(done.since, say),
        since=() if refused else tuple(_since(done.since, say)),
    )


def _felt(since: Since, say: Words) -> str:
    """The answer to whether it worked. What got worse is not told as no change."""
    return say("changed.worse" if since.why is Why.WORSE else f"changed.{FELT[since.felt]}")


def _owner(done: Done, say: Words) -> Written:
    return Written(done.owner, ENGLISH) if done.owner else Written(say("changed.no_owner"), say.spoken)


def _evidence(done: Done, say: Words, *, rated: bool) -> str:
    if done.evidence is None:
        return ""
    key = "changed.then_rated" if rated else "changed.then_criticised"
    return say(key, wave=done.evidence_wave, **_numbers(done.evidence))


def _expected(done: Done, say: Words) -> str:
    if not done.predicted or done.state is ActionState.REFUSED:
        return ""
    return say("changed.expected_up" if done.predicted > 0 else "changed.expected_down", points=abs(done.predicted))


def _since(since: Since, say: Words) -> Iterator[str]:
    for wave in since.reworded:
        yield say("changed.in_other_words", wave=wave)
    if since.now and since.low is not None and since.high is not None:
        yield say("changed.since", moved=_moved(since.low, since.high, say), **_numbers(since.now))
        if _may_be_chance(since, since.low, since.high):
            yield say("changed.chance")
    if len(since.later) > 1:
        for one in since.later:
            if one.share:
                yield say("changed.alone", wave=one.wave, **_numbers(one.share))
    if since.why is Why.MIX:
        yield say("changed.mix")


def _may_be_chance(since: Since, low: int, high: int) -> bool:
    """Whether a range looks clear by itself, and is not called so: as the ledger has it, that is owed a word."""
    return since.felt is not Felt.FELT and not since.why and (low > 0 or high < 0)


def _moved(low: int, high: int, say: Words) -> str:
    nearer, further = sorted((abs(low), abs(high)))
    if low >= 0:
        return say("changed.higher", low=nearer, high=further)
    if high <= 0:
        return say("changed.lower", low=nearer, high=further)
    return say("changed.either", low=abs(low), high=high)


def _written(texts: dict[str, str], say: Words) -> Written:
    spoken = say.spoken.tongue
    found = next(code for code in (say.language, spoken, "en") if code in texts)
    return Written(texts[found], LANGUAGES[found])


# -- how a request becomes one of those --------------------------------------------------------------------------


def _route(path: str, show: Callable[[Visit, Request], Response]) -> Route:
    def answer(request: Request) -> Response:
        visit = arrive(request, request.path_params["slug"])
        return show(_as_asked(visit, request), request) if visit else not_found()

    async def respond(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return Route(path, respond, methods=["GET"])


def _as_asked(visit: Visit, request: Request) -> Visit:
    """The visit in the language and look that the address asks for, whatever a draft on the device is in."""
    asked = request.query_params.get("language", "")
    seen_as = look.known(request.query_params.get("look", visit.look))
    return replace(visit, words=words_in(asked) if visit.speaks(asked) else visit.words, look=seen_as)


def _filled(visit: Visit, template: str, status: int, **values: object) -> HTMLResponse:
    page = html.filled(
        template,
        visit=visit,
        say=visit.words,
        spoken=visit.words.spoken,
        look=visit.look,
        looks=look.changes(visit.look),
        of=visit.words.of,
        link=files().link,
        here=f"/s/{visit.wave.slug}/{NAME}",
        **values,
    )
    return HTMLResponse(page, status_code=status, headers=FRESH)
