"""What is not written down: what somebody looked for, which stands in addresses, and wrote, which errors may quote."""

import logging
import traceback
from collections.abc import Iterator

# Errors in how a program is written, whose messages name its own parts; all others may quote what somebody typed.
ABOUT_THE_PROGRAM = (AttributeError, ImportError, NameError, TypeError)


class WithoutQuery(logging.Filter):
    """Takes the query out of the server's line about a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line through, without the query."""
        if isinstance(record.args, tuple):
            record.args = tuple(_bare(part) for part in record.args)
        return True


class WithoutWords(logging.Filter):
    """Takes out of a fault's record what the error says, and leaves what it is and where it happened."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, without what may have been somebody's words."""
        if record.exc_info and (fault := record.exc_info[1]):
            record.exc_text = "\n".join(_told(fault))
            record.exc_info = None
        return True


def keep_people_out() -> None:
    """From now on no log of ours, or of the servers we stand on, holds what somebody looked for or wrote."""
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(WithoutQuery())
    for name in ("streamlit.error_util", "uvicorn.error"):
        logging.getLogger(name).addFilter(WithoutWords())


def _told(fault: BaseException) -> Iterator[str]:
    """The fault and what it came of, innermost first, as Python prints them but for their messages."""
    earlier = fault.__cause__ or fault.__context__
    if earlier is not None:
        yield from _told(earlier)
        yield "and from that:"
    yield "".join(traceback.format_tb(fault.__traceback__)).rstrip()
    yield f"{type(fault).__qualname__}: {fault}" if isinstance(fault, ABOUT_THE_PROGRAM) else type(fault).__qualname__


def _bare(part: object) -> object:
    return part.partition("?")[0] if isinstance(part, str) and part.startswith("/") else part
