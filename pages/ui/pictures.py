"""Where a browser finds the pictures of Easy Read, for both of the parents' doors."""

from functools import cache
from hashlib import sha256

from pages.ui import doors
from survey import pictures, telling
from survey.questionnaire import Option, Questionnaire, SimpleItem
from survey.routing import Page
from survey.wording import Words


def beside(part: SimpleItem | Option, words: Words) -> str:
    """The address of what stands beside a question or an answer; "" outside Easy Read and where there is none."""
    return _address(telling.picture(part, words))


def heading(questionnaire: Questionnaire, page: Page, words: Words) -> str:
    """The address of what stands beside a page's heading: the picture of the service that the page is about."""
    return _address(telling.heading_picture(questionnaire, page, words))


@cache
def _address(name: str) -> str:
    """It changes whenever the drawing does, because browsers keep what they have fetched for a year."""
    if not name:
        return ""
    return f"{doors.PICTURES}{name}.svg?v={sha256(pictures.drawing(name).encode()).hexdigest()[:12]}"
