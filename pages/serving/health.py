"""Whether Heard is well, for whoever watches over it."""

import logging

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from survey import database

LOG = logging.getLogger(__name__)


def routes() -> list[Route]:
    """``/health``: 200 when people can answer, 503 when they cannot."""
    return [Route("/health", _health, methods=["GET"])]


async def _health(_: Request) -> JSONResponse:
    well = await run_in_threadpool(database_answers)
    words = {"status": "ok" if well else "unwell", "database": "ok" if well else "unreachable"}
    return JSONResponse(words, status_code=200 if well else 503, headers={"cache-control": "no-store"})


def database_answers() -> bool:
    """Whether the database can be asked something now."""
    try:
        with database.engine().connect() as connection:
            return connection.execute(sa.text("select 1")).scalar_one() == 1
    except sa.exc.DBAPIError as problem:
        LOG.error("The database does not answer: %s", type(problem.orig).__name__)
        return False
