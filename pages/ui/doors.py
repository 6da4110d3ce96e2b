"""The addresses that open a page, and who may open each: for the router, the guard on the page and the web server."""

from typing import NamedTuple

from survey.tables import RoleName


class Door(NamedTuple):
    """One page: where it is, what it is called, the script that draws it, and the roles that may see it."""

    address: str
    title: str
    script: str
    roles: frozenset[RoleName]

    @property
    def path(self) -> str:
        """The address as Streamlit writes it, without the stroke."""
        return self.address.strip("/")


class Room(NamedTuple):
    """Pages that belong together, in the order in which they stand in the bar at the top."""

    title: str
    doors: tuple[Door, ...]


STAFF_ROLES = frozenset({RoleName.OFFICER, RoleName.LEADER})

SURVEY = Door("/", "The survey", "parents/door.py", frozenset())
LIVE_RESULTS = Door("/live-results", "Live results", "officers/live_results.py", STAFF_ROLES)
VARIATION = Door("/variation", "Variation", "officers/variation.py", STAFF_ROLES)
HEARD_FROM = Door("/heard-from", "Heard from", "officers/heard_from.py", STAFF_ROLES)
OVER_TIME = Door("/over-time", "Over time", "officers/over_time.py", STAFF_ROLES)
METHODS = Door("/methods", "Methods", "officers/methods.py", STAFF_ROLES)
INVITATIONS = Door("/invitations", "Invitations", "officers/invitations.py", STAFF_ROLES)
SUMMARY = Door("/summary", "Summary", "leaders/summary.py", STAFF_ROLES)
REPORTS = Door("/reports", "Reports", "leaders/reports.py", STAFF_ROLES)
TO_READ = Door("/to-read", "Comments to look at", "officers/to_read.py", frozenset({RoleName.OFFICER}))
THEMES = Door("/themes", "Themes", "officers/themes.py", STAFF_ROLES)
TRANSLATIONS = Door(
    "/translations", "Translations", "officers/translations.py", frozenset({RoleName.OFFICER, RoleName.ADMINISTRATOR})
)
EARLY_WARNING = Door("/early-warning", "Early warning", "officers/early_warning.py", frozenset({RoleName.OFFICER}))
SAFEGUARDING = Door("/safeguarding", "Safeguarding", "officers/safeguarding.py", frozenset({RoleName.SAFEGUARDING}))
CHECKING = Door("/checking", "Checking", "officers/checking.py", frozenset({RoleName.OFFICER}))
COMMENTS = Door("/comments", "Comments", "officers/comments.py", frozenset({RoleName.OFFICER}))

ACTIONS = Door("/actions", "Actions", "leaders/actions.py", STAFF_ROLES)
INSPECTION = Door("/inspection", "Inspection", "leaders/inspection.py", STAFF_ROLES)

ROOMS = (
    Room("Results", (LIVE_RESULTS, VARIATION, OVER_TIME, HEARD_FROM)),
    Room("Comments", (COMMENTS, TO_READ, EARLY_WARNING, SAFEGUARDING)),
    Room("Themes", (THEMES, CHECKING, METHODS)),
    Room("Report", (SUMMARY, REPORTS, ACTIONS, INSPECTION)),
    Room("Collecting", (INVITATIONS, TRANSLATIONS)),
)
STAFF = tuple(door for room in ROOMS for door in room.doors)
ALL = (SURVEY, *STAFF)
PLAIN = "/s/"  # the parents' door without scripts: /s/send-services
KEYING = "/keying"  # where officers key in paper forms and calls: /keying/send-services
PICTURES = "/assets/pictures/"  # where survey/pictures is sent from
PRIVACY = "/privacy"
ACCESSIBILITY = "/accessibility"
SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
NEWS = "/news"  # where the script of a watched page listens


def what_changed(slug: str, version: str = "") -> str:
    """Where everybody reads what was said and done: the newest version, one by its number, or the preview."""
    return f"{PLAIN}{slug}/what-changed{f'/{version}' if version else ''}"


def own_response(slug: str, language: str) -> str:
    """Where somebody sees, changes or takes back what they sent, in that language."""
    return f"{PLAIN}{slug}/mine?language={language}"
