"""The quotations of a summary and whom it speaks for: drawn and measured over the same ground."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from analysis import coverage
from analysis.coverage import COMPARED_FROM, DRAWS, Ground, Measured, Rows
from analysis.drawing import BESIDE, RULE, TYPICAL, Draw, Drawn
from analysis.phrases import listed
from analysis.report import figures
from analysis.report.content import Behind, Coverage, Drawing, Figure, Filters, Finding, Quote, Sentence, Table, Unit
from analysis.report.steps import Step, Tell, nobody
from analysis.summary import Said, Summary
from analysis.suppression import Policy, release

BY: Final = {"district": "District", "language": "Language", "sentiment": "Tone", "lengths": "Length"}
SPOKEN_FOR: Final = (
    "Comments that something in the summary (a theme as it is described, or a quotation) lies nearer to in meaning "
    "than 99 of 100 other comments do, divided by all comments in English or put into English. Range: Wilson, 95 in a "
    "hundred."
)
BY_CHANCE: Final = (
    f"The mean share over {DRAWS} drawings of as many words of comments by chance, measured by the same rule. Range: "
    "where 95 of 100 drawings lie."
)


LANGUAGES: Final = "coverage.languages"
"""The key of the sentence on comments in other languages."""
WAITING: Final = (
    "are not in English and nobody has put them into English. They are neither quoted nor measured, and what they "
    "praise, criticise and ask for is not counted: this summary does not speak for them."
)


@dataclass(frozen=True, eq=False)
class Places:
    """Where comments and themes lie in meaning: a row for each that has been placed."""

    comments: Mapping[int, Rows]
    themes: Mapping[str, Rows]


def decoded(comments: Mapping[int, bytes], themes: Mapping[str, bytes]) -> Places:
    """Places as they are kept, as numbers: those of one kind of vectors, the kind that most comments have."""
    widths = Counter(len(row) for row in comments.values())
    width = max(widths, key=lambda size: (widths[size], size), default=0)
    return Places(
        {number: _row(row) for number, row in comments.items() if len(row) == width},
        {key: _row(row) for key, row in themes.items() if len(row) == width},
    )


def _row(kept: bytes) -> Rows:
    return np.frombuffer(kept, dtype=np.float16).astype(np.float32)


@dataclass(frozen=True)
class Voices:
    """What is quoted, how it was drawn, whom the summary speaks for, and which comments it leaves out."""

    findings: tuple[Finding, ...]
    beside: tuple[Quote, ...]
    drawing: Drawing
    coverage: Coverage
    left_out: tuple[int, ...] = ()
    """Comments: first those that most others that are left out are like. For officers to read."""


def voices(
    now: Said,
    told: Summary,
    places: Places,
    districts: pd.Series,
    policy: Policy,
    *,
    names: Mapping[str, str],
    seed: int,
    struck: Collection[int] = (),
    tell: Tell = nobody,
) -> Voices:
    """Quotations for a summary, and whom it then speaks for. Same frames, places, seed and strikes: the same again.

    names are what codes of districts and languages are called.
    """
    drawing, waiting = Drawing(RULE, seed), _waiting(now, policy)
    if not told.findings:  # too few have been read to say anything, and so to quote anybody
        return Voices((), (), drawing, Coverage(waiting))
    district = now.responses.set_index("response_id")["district"].astype("str")
    known = now.comments.assign(district=now.comments["response_id"].map(district).fillna(""))
    ground = coverage.ground(known, places.comments, by=("district", "language", "sentiment"), seed=seed)
    keys = [finding.theme for finding in told.findings]
    described = _described(keys, places, ground)
    draw = Draw(now.comments, now.codings, now.responses, seed=seed, ground=ground, vectors=places.comments)
    tell(Step.DRAWING)
    draw.themes(keys, ground.near(described) if ground else np.zeros((0, 0), dtype=bool))
    said = [*told.opening, *(one for each in told.findings for one in each.sentences)]
    so_far = length(said, told.findings, [_quote(one, districts) for one in draw.drawn(())])
    tell(Step.CHANCE)
    chance = coverage.expected(ground, so_far + BESIDE * TYPICAL, seed=seed) if ground else ()
    tell(Step.BESIDE)
    draw.beside(chance)
    drawn = draw.drawn(struck)
    quotes = tuple(_quote(one, districts) for one in drawn)
    findings = tuple(
        replace(finding, quotes=tuple(quote for quote in quotes if quote.theme == finding.theme))
        for finding in told.findings
    )
    beside = tuple(quote for quote in quotes if not quote.theme)
    if ground is None:
        return Voices(findings, beside, drawing, Coverage(waiting))
    quoted = [places.comments[quote.comment_id] for quote in quotes if quote.comment_id in places.comments]
    elements = np.concatenate([described, np.stack(quoted)]) if quoted else described
    words = length(said, told.findings, quotes)
    tell(Step.MEASURING)
    found = coverage.measured(ground, elements, words, seed=seed)
    return Voices(findings, beside, drawing, _told(found, words, names, now.code, waiting, policy), found.left_out)


def length(sentences: Sequence[Sentence], findings: Sequence[Finding], quotes: Sequence[Quote]) -> int:
    """How many words a reader of the summary reads: sentences, names and descriptions of themes, and quotations."""
    said = [sentence.text for sentence in sentences]
    said += [f"{finding.label} {finding.description}" for finding in findings]
    return sum(len(words.split()) for words in [*said, *(quote.words for quote in quotes)])


def _described(keys: Sequence[str], places: Places, ground: Ground | None) -> Rows:
    width = ground.rows.shape[1] if ground else 0
    rows = [places.themes[key] for key in keys if key in places.themes and len(places.themes[key]) == width]
    return np.stack(rows) if rows else np.zeros((0, width), dtype=np.float32)


def _quote(drawn: Drawn, districts: pd.Series) -> Quote:
    place = str(districts.get(drawn.district, ""))
    return Quote(drawn.comment_id, drawn.words, drawn.language, drawn.sentiment, place, drawn.theme)


def _waiting(now: Said, policy: Policy) -> tuple[Sentence, ...]:
    """That comments in other languages speak through nothing until somebody puts them into English.

    One whose language cannot be told, which is too short for that, is none of them.
    """
    foreign = coverage.in_other_languages(now.comments)
    if not foreign.any():
        return ()
    formula = "Comments that are not in English, and that nobody has put into English."
    left = figures.people("left", int(foreign.sum()), formula, Filters(now.code, behind=Behind.FOREIGN), policy)
    if left is None:
        return (Sentence(LANGUAGES, f"A few comments {WAITING}"),)
    return (Sentence(LANGUAGES, f"{{left}} comments {WAITING}", (left,)),)


def _told(
    found: Measured, words: int, names: Mapping[str, str], wave: str, waiting: tuple[Sentence, ...], policy: Policy
) -> Coverage:
    totals = [["by"]]
    groups = release(found.groups, policy, totals=totals).figures
    drawn, digits = ("chance", "chance_low", "chance_high"), 2 if policy.whole_percent else 4
    groups = groups.assign(**{name: groups[name].where(groups["held"] == "").round(digits) for name in drawn})
    everybody = groups.iloc[0]
    if everybody["held"]:
        return Coverage(waiting)
    said = Filters(wave)
    by_chance = Figure(
        "chance",
        Unit.SHARE,
        figures.rounded(everybody["chance"], policy),
        BY_CHANCE,
        said,
        low=figures.rounded(everybody["chance_low"], policy),
        high=figures.rounded(everybody["chance_high"], policy),
    )
    made = (
        figures.share("spoken", everybody, SPOKEN_FOR, said, policy),
        figures.exact("words", words, "Words of the sentences, names of themes, descriptions and quotations.", said),
        by_chance,
    )
    says = (
        "In {words} words this summary speaks for {spoken} of {spoken:base} comments. As many words of comments drawn "
        "by chance speak for {chance} (in 95 of 100 drawings for {chance:low} to {chance:high})."
    )
    told = (Sentence("coverage.spoken", says, made), _compared(groups, names, said))
    return Coverage((*told, *waiting), _table(groups, names))


def _compared(groups: pd.DataFrame, names: Mapping[str, str], said: Filters) -> Sentence:
    """In how many groups the summary does worse than chance, and in which."""
    large = groups[(groups["by"] != "") & (groups["base"] >= COMPARED_FROM) & (groups["held"] == "")]
    worse = large[large["share"] < large["chance"].round(2)]
    formula = f"Groups of {COMPARED_FROM} or more comments, by district, language, tone and length."
    made = [figures.exact("groups", len(large), formula, said)]
    if worse.empty:
        says = "It does at least as well as chance in each of the {groups} groups that are large enough to compare."
        return Sentence("coverage.groups", says, tuple(made))
    made.append(figures.exact("worse", len(worse), formula, said))
    called = listed([f"{{g{place}}}" for place in range(len(worse))])
    calls = [(f"g{place}", called_group(row, names)) for place, (_, row) in enumerate(worse.iterrows())]
    says = f"It does worse than chance in {{worse}} of {{groups}} groups that are large enough to compare: {called}."
    return Sentence("coverage.groups", says, tuple(made), tuple(calls))


def called_group(row: pd.Series, names: Mapping[str, str]) -> str:
    """What a group of comments is called."""
    value = str(row["group"])
    return names.get(value, value.replace("_", " ")) or "not given"


def _table(groups: pd.DataFrame, names: Mapping[str, str]) -> Table:
    rows = [
        (
            BY.get(str(row["by"]), "Everybody"),
            called_group(row, names) if row["by"] else "All comments measured",
            *(_cell(row[name]) for name in ("base", "share", "chance", "chance_low", "chance_high")),
        )
        for _, row in groups.iterrows()
    ]
    return Table(
        "coverage",
        "Whom the summary speaks for, beside chance",
        ("By", "Group", "Comments", "Spoken for", "By chance", "Chance, low", "Chance, high"),
        tuple(rows),
        f"Groups of fewer than {COMPARED_FROM} comments are too small to compare.",
    )


def _cell(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 4)
