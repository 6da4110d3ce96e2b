"""By what policy somebody is shown figures: asked here by every page that officers and leaders both may open."""

from collections.abc import Collection

from analysis.suppression import LEADER, OFFICER, Policy
from survey.tables import RoleName


def policy_for(roles: Collection[RoleName]) -> Policy:
    """Officers read the comments themselves, also those who lead besides. Everybody else reads what may be read out."""
    return OFFICER if RoleName.OFFICER in roles else LEADER
