"""The comments of one response: which boxes somebody writes in, about what, and in which scene."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from survey.checking import Stored
from survey.demo.county import band_of, county, names
from survey.demo.flaws import Flaw, illegible
from survey.demo.kinds import Box, Kind
from survey.demo.material import services
from survey.demo.moves import Subject
from survey.demo.planting import Line, Plan
from survey.demo.population import Child, Family
from survey.demo.remarks import Occasion, Remark, remark
from survey.demo.response import DemoResponse, Standing
from survey.demo.scene import Scene
from survey.demo.signals import BURST, stresses
from survey.questionnaire import AnswerKey, Comment, Questionnaire

WRITES_MORE = 0.5  # of those asked to tell us more about a service
WRITES = {Box.MISSING: 0.45, Box.CHANGE: 0.82, Box.WORKS: 0.6, Box.ELSE: 0.68}
SAD = ("disagree", "strongly_disagree")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Everything that is the same for all the comments of one response."""

    plan: Plan
    household: Family
    made: DemoResponse
    most: Mapping[str, int]  # characters each box holds
    random: Random

    @property
    def in_burst(self) -> bool:
        """Whether the family has just heard what the burst is about."""
        return self.made.place in self.plan.burst

    @property
    def in_campaign(self) -> bool:
        """Whether the family sends in the text that goes round."""
        return self.made.place in self.plan.campaign

    def rated(self, service: str) -> str:
        """How they rated a service."""
        given = self.made.answers.get(AnswerKey("rating", service))
        return given.codes[0] if given else "neither"


def room(questionnaire: Questionnaire) -> Mapping[str, int]:
    """How many characters each box holds, by its item."""
    return {item.id: item.max_length for _, item in questionnaire.items() if isinstance(item, Comment)}


def with_words(plan: Plan, household: Family, made: DemoResponse, most: Mapping[str, int]) -> DemoResponse:
    """The response with its comments written."""
    writer = _Writer(plan, household, made, most, plan.random(made.place, "words"))
    remarks = tuple(said for said in _remarks(writer) if said.words)
    if Flaw.ILLEGIBLE in made.flaws:
        remarks = tuple(illegible(said, writer.random) for said in remarks)
    words = {AnswerKey(said.item, said.service): Stored(words=said.words) for said in remarks}
    return replace(made, answers={**made.answers, **words}, remarks=remarks)


def _remarks(writer: _Writer) -> Iterator[Remark]:
    made, random = writer.made, writer.random
    line = writer.plan.lines.get(made.place)
    line_in_else = line is not None and random.random() < 0.6
    for at, standing in enumerate(made.standings):
        own = line if at == 0 and not line_in_else else None
        paused = writer.in_burst and standing.service == BURST.service
        if paused or own or random.random() < WRITES_MORE:
            box = _about(writer.rated(standing.service), made.flaws)
            yield _written(writer, box, standing, own, paused=paused)
    for box, share in WRITES.items():
        own = line if box is Box.ELSE and line_in_else else None
        campaign = box is Box.ELSE and writer.in_campaign
        if box is Box.MISSING and not _help_is_missing(made.answers):
            continue
        if own or campaign or random.random() < share:
            yield _written(writer, box, None, own, paused=writer.in_burst and box is Box.CHANGE)


def _written(writer: _Writer, box: Box, asked: Standing | None, line: Line | None, *, paused: bool) -> Remark:
    """What they write in one box: about the service they were asked about, or one that comes to mind."""
    about = asked or _on_their_mind(writer, box, paused=paused)
    campaign = box is Box.ELSE and writer.in_campaign
    occasion = Occasion(
        box=box,
        family=writer.household,
        scene=_scene(writer, _child_for(about.service, writer.household)),
        subject=_subject(writer, box, about, paused=paused, campaign=campaign),
        service=asked.service if asked else None,
        most=writer.most["tell_us_more" if asked else box.value],
        kind=Kind.CAMPAIGN if campaign else Kind.COMPLAINT if paused else None,
        line=line,
    )
    return remark(occasion)


def _subject(writer: _Writer, box: Box, about: Standing, *, paused: bool, campaign: bool) -> Subject:
    made, known = writer.made, services()
    others = tuple((known[row.service], row.experience > 0) for row in made.standings if row is not about)
    return Subject(
        service=known["short_breaks" if campaign else about.service],
        glad=_is_glad(box, about) and not paused and not campaign,
        others=others,
        stress=stresses(
            writer.plan.planted,
            service=about.service,
            district=made.lives_in,
            wave=made.wave,
            band=made.band,
        ),
        only=BURST.aspect if paused else None,
    )


def _is_glad(box: Box, about: Standing) -> bool:
    """Which way they lean in a box: where it asks for one way, that way."""
    if box in (Box.ABOUT_GOOD, Box.WORKS):
        return True
    return about.experience > 0 and box not in (Box.ABOUT_BAD, Box.CHANGE, Box.MISSING)


def _scene(writer: _Writer, child: Child) -> Scene:
    known = names().name
    return Scene(
        random=writer.random,
        age=27 if Flaw.TOO_OLD in writer.made.flaws else child.age,
        girl=child.girl,
        district=known[writer.household.district],
        districts=tuple(known.values()),
        year=writer.plan.fieldwork.year,
    )


def _on_their_mind(writer: _Writer, box: Box, *, paused: bool) -> Standing:
    """The service that somebody writes about when asked about nothing in particular."""
    standings = writer.made.standings
    if paused:
        return next(row for row in standings if row.service == BURST.service)
    if box is Box.ELSE:
        return writer.random.choice(standings)
    fitting = [row for row in standings if (row.experience > 0) == (box is Box.WORKS)]
    return writer.random.choice(fitting or standings)


def _about(rated: str, flaws: Sequence[Flaw]) -> Box:
    """The box about a service, by how it was rated; the other way about for somebody who contradicts themselves."""
    if rated == "neither":
        return Box.ABOUT_NEITHER
    good = (rated in ("good", "very_good")) != (Flaw.CONTRADICTION in flaws)
    return Box.ABOUT_GOOD if good else Box.ABOUT_BAD


def _help_is_missing(answers: Mapping[AnswerKey, Stored]) -> bool:
    given = answers.get(AnswerKey("outcome_right_help"))
    return given is not None and given.codes[0] in SAD


def _child_for(service: str, household: Family) -> Child:
    """The child who uses the service: the one it is most for."""
    use = county().services[service].use
    return max(household.children, key=lambda child: use[band_of(child.age)])
