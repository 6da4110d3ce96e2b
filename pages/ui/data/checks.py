"""What came of a sample that people coded, for the pages that tell of it."""

from analysis.checks import Material, Outcome, outcome
from analysis.suppression import Policy
from survey.checked import Checked


def came_of(found: Checked, policy: Policy) -> Outcome:
    """What people and the computer said of a sample, compared as far as this reader may see it."""
    material = Material(found.codings, found.judgements, found.comments, found.given)
    return outcome(material, [theme.id for theme in found.themes], policy)
