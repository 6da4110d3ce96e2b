"""Waves for tests: so many families, each with one rating, one statement and one comment, and what they were asked."""

from dataclasses import replace

import pandas as pd

from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES, check
from analysis.following import Fieldwork
from analysis.upkeep import Frames, kept
from pages.ui.scope import scope_of
from survey.questionnaire import Questionnaire
from survey.questionnaire_file import shipped

BURNLEY, WYRE, PENDLE = "E07000117", "E07000128", "E07000122"
ASKED = shipped("send_services")
THEMES = pd.DataFrame({"theme": ["waiting"], "label": ["Waiting"], "description": [""], "candidate": [False]})


def group(people, code="good", *, service="slt", district=BURNLEY, tone="negative", band="5_10", day=0, plan="ehcp"):
    """So many families who answered alike, that many days after the opening."""
    told = {"code": code, "service": service, "district": district, "sentiment": tone, "age_band": band, "day": day}
    return [told | {"plan": plan}] * people


def fieldwork(title, *groups, opened="2026-05-01", asked=ASKED):
    """A wave of four weeks in which these families answered."""
    opened = pd.Timestamp(opened)
    people = pd.DataFrame(
        [row for rows in groups for row in rows],
        columns=["code", "service", "district", "sentiment", "age_band", "day", "plan"],
    )
    people = people.assign(response_id=range(len(people)), comment_id=range(1000, 1000 + len(people)))
    frames = kept(Frames(_responses(people, opened), _answers(people), _comments(people), _codings(people)))
    scope = scope_of(asked, THEMES)
    return Fieldwork(title, opened, opened + pd.Timedelta(days=28), frames, scope, asked)


def reworded(asked: Questionnaire, before: str, after: str) -> Questionnaire:
    """The questionnaire with some of its words, or anything else in it, written otherwise."""
    written = asked.model_dump_json(by_alias=True)
    assert before in written
    return Questionnaire.model_validate_json(written.replace(before, after))


def in_districts(wave: Fieldwork, **names: str) -> Fieldwork:
    """The same wave in a county with these districts, by code."""
    places = pd.DataFrame({"name": pd.Series(names)}).assign(column=1, row=range(len(names)))
    return replace(wave, scope=replace(wave.scope, places=places))


def _responses(people, opened):
    days = pd.to_timedelta(people["day"].astype("int64") * 24 + 9, unit="h")
    sent = (opened + days).dt.tz_localize("Europe/London").dt.tz_convert("UTC")
    told = people[["response_id", "district", "age_band", "plan"]].assign(
        wave="1", channel="web", language="en", variant="standard", quotable=True, sent_at=sent
    )
    text = ["district", "age_band", "plan", "wave", "channel", "language", "variant"]
    return check(told.astype(dict.fromkeys(text, "str") | {"response_id": "int64", "quotable": "bool"}), RESPONSES)


def _answers(people):
    rated = people[["response_id", "service", "code"]].assign(item="rating")
    agreed = people[["response_id"]].assign(item="outcome_next_steps", service="", code="agree")
    told = pd.concat([rated, agreed], ignore_index=True).assign(child=0, number=float("nan"))
    kinds = dict.fromkeys(["item", "service", "code"], "str") | {"response_id": "int64", "child": "int64"}
    return check(told.astype(kinds), ANSWERS)


def _comments(people):
    told = people[["response_id", "comment_id", "service", "sentiment"]].assign(
        item="tell_us_more", child=0, language="en", words="as was said", unsure=False,
        p_negative=0.1, p_neutral=0.1, p_positive=0.8,
    )  # fmt: skip
    kinds = dict.fromkeys(["item", "service", "sentiment", "language", "words"], "str")
    kinds |= {"response_id": "int64", "comment_id": "int64", "child": "int64", "unsure": "bool"}
    return check(told.astype(kinds), COMMENTS)


def _codings(people):
    said = people[people["sentiment"] == "negative"]
    told = said[["comment_id"]].assign(
        theme="waiting", strength=0.5, given_by="model", praise=False, criticism=True, request=False
    )
    kinds = {"theme": "str", "given_by": "str", "comment_id": "int64", "strength": "float64"}
    kinds |= dict.fromkeys(["praise", "criticism", "request"], "bool")
    return check(told.astype(kinds), CODINGS)
