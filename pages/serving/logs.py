"""What is not written down: the part of an address after the question mark, which can say what somebody looked for."""

import logging


class WithoutQuery(logging.Filter):
    """Takes the query out of the server's line about a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line through, without the query."""
        if isinstance(record.args, tuple):
            record.args = tuple(_bare(part) for part in record.args)
        return True


def keep_queries_out() -> None:
    """From now on no address is logged with its query, by whichever server serves us."""
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(WithoutQuery())


def _bare(part: object) -> object:
    return part.partition("?")[0] if isinstance(part, str) and part.startswith("/") else part
