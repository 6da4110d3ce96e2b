"""The parts of a page that refresh by themselves, and what becomes of them when a page ends early.

Streamlit forgets the parts that a page no longer has only when its script reaches the last line. A page that stops
before that, because somebody was signed out or because it failed, would keep those it had. One that was about to
refresh would then be sent to a place that is gone, and for that a browser shows an empty page.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import get_script_run_ctx


@contextmanager
def of_this_page_alone() -> Iterator[None]:
    """Whatever ends the page that is drawn meanwhile, only the parts that it has drawn itself go on refreshing."""
    try:
        yield
    finally:
        if context := get_script_run_ctx():
            context.fragment_storage.clear(new_fragment_ids=context.shared.new_fragment_ids.snapshot())
