"""What is wrong with the files of the frameworks, told on every page that goes by them."""

from pages.ui import markup
from survey import frameworks


def tell() -> None:
    """Say which files are left out, and what to do; nothing where all can be used."""
    if faults := frameworks.faults():
        markup.draw(*(markup.notice(f"A list of frameworks is left out. {fault}") for fault in faults))
