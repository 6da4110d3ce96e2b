"""Every figure on whom a summary speaks for comes out again by hand; where it does worse than chance, it says so."""

import math
import random
import re
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

from analysis.report.voices import Places, length, voices
from analysis.summary import summary
from analysis.suppression import LEADER, OFFICER
from tests.analysis.summing import DISTRICTS, THEMES, said

# Waiting and kindness each have a direction of their own; what nobody has a theme for has a third.
SPOTS = {"waiting": 0, "kind": 1, "": 2}
NOW = said(
    "Autumn 2026",
    (90, "north", "waiting", "negative", "criticism"),
    (30, "north", "kind", "positive", "praise"),
    (60, "south", "waiting", "negative", "criticism"),
    (60, "south", "kind", "positive", "praise"),
    distinct=True,
)
SPOTS_WIDE = np.eye(24, dtype=np.float32)


def placed(wave, *, scattered: str = ""):
    """Where the comments of a wave lie: near the direction of their theme; those of one place each in a far corner."""
    rng = np.random.default_rng(3)
    theme = dict(zip(wave.codings["comment_id"], wave.codings["theme"].astype("str"), strict=True))
    home = dict(zip(wave.responses["response_id"], wave.responses["district"].astype("str"), strict=True))
    rows = {}
    for one in wave.comments.itertuples():
        spot = SPOTS_WIDE[SPOTS[theme.get(one.comment_id, "")]]
        if home[one.response_id] == scattered:
            spot = SPOTS_WIDE[3 + one.comment_id % 20]
        rows[one.comment_id] = (spot + rng.normal(scale=0.16, size=24)).astype(np.float32)
    return Places(rows, {key: SPOTS_WIDE[SPOTS[key]] for key in ("waiting", "kind")})


def told_of(wave, places, policy=OFFICER):
    told = summary(wave, None, THEMES, DISTRICTS, policy)
    return told, voices(wave, told, places, DISTRICTS, policy, names=DISTRICTS.to_dict(), seed=7)


def turned(rows):
    """Directions from the middle of all comments, by plain arithmetic."""
    middle = [math.fsum(row[place] for row in rows.values()) / len(rows) for place in range(24)]

    def direction(row):
        apart = [float(value) - there for value, there in zip(row, middle, strict=True)]
        size = math.sqrt(math.fsum(value * value for value in apart))
        return [value / size for value in apart]

    return direction


def cosine(one, other):
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


@pytest.fixture(scope="module")
def by_hand():
    """The places, what is said, which comments lie near which, and those that the summary speaks for."""
    places = placed(NOW)
    told, spoken = told_of(NOW, places)
    direction = turned(places.comments)
    at = {number: direction(row) for number, row in places.comments.items()}
    pairs = sorted(cosine(at[one], at[other]) for one in at for other in at if one < other)
    near = pairs[int(0.99 * len(pairs))]
    elements = [direction(places.themes[finding.theme]) for finding in spoken.findings]
    quotes = [quote for finding in spoken.findings for quote in finding.quotes] + list(spoken.beside)
    elements += [at[quote.comment_id] for quote in quotes]
    covered = {number for number, row in at.items() if max(cosine(row, one) for one in elements) >= near}
    return told, spoken, at, near, covered, quotes


def figures(spoken):
    return {figure.name: figure for sentence in spoken.coverage.sentences for figure in sentence.figures}


def test_how_many_it_speaks_for_comes_out_by_counting_those_near_a_theme_or_a_quotation(by_hand):
    _, spoken, at, _, covered, _ = by_hand
    found = figures(spoken)["spoken"]

    assert found.base == len(at)
    # The threshold is taken from thirty thousand pairs by chance, and by hand from all of them.
    assert abs(found.count - len(covered)) <= 0.03 * len(at)
    assert 0.1 < found.number < 1


def test_how_many_words_it_has_comes_out_by_counting_them(by_hand):
    told, spoken, _, _, _, quotes = by_hand
    read = [sentence.text for sentence in told.opening]
    for finding in told.findings:
        read += [finding.label, finding.description, *(sentence.text for sentence in finding.sentences)]
    read += [quote.words for quote in quotes]

    assert figures(spoken)["words"].number == sum(len(re.findall(r"\S+", words)) for words in read)
    assert length(told.opening, (), ()) == sum(len(re.findall(r"\S+", one.text)) for one in told.opening)


def test_what_comments_drawn_by_chance_speak_for_comes_out_by_drawing_them(by_hand):
    _, spoken, at, near, _, _ = by_hand
    found = figures(spoken)
    alike = {one: {other for other in at if cosine(at[one], at[other]) >= near} for one in at}
    long = {row.comment_id: len(row.words.split()) for row in NOW.comments.itertuples()}
    chance, shares = random.Random(11), []
    for _ in range(400):
        order, words, reached = chance.sample(sorted(at), len(at)), 0, set()
        for number in order:
            if words >= found["words"].number:
                break
            words += long[number]
            reached |= alike[number]
        shares.append(len(reached) / len(at))

    shares.sort()
    assert found["chance"].number == pytest.approx(sum(shares) / 400, abs=0.03)
    assert found["chance"].low == pytest.approx(shares[10], abs=0.04)
    assert found["chance"].high == pytest.approx(shares[-10], abs=0.04)


def groups_of(spoken):
    """The groups of thirty or more in the table, and which of them lie below chance."""
    rows = [row for row in spoken.coverage.table.rows[1:] if row[3] is not None and row[2] >= 30]
    return rows, [row for row in rows if row[3] < round(row[4], 2)]


def test_groups_that_are_compared_are_counted_in_the_table_and_none_is_worse_here(by_hand):
    _, spoken, at, _, _, _ = by_hand
    rows, worse = groups_of(spoken)
    sizes = defaultdict(int)
    homes = dict(zip(NOW.responses["response_id"], NOW.responses["district"].astype("str"), strict=True))
    for one in NOW.comments.itertuples():
        sizes[homes[one.response_id]] += one.comment_id in at

    assert figures(spoken)["groups"].number == len(rows)
    assert worse == []
    assert {row[1]: row[2] for row in rows if row[0] == "District"} == {"Northtown": 120, "Southtown": 120}
    assert sizes == {"north": 120, "south": 120}
    assert "It does at least as well as chance in each of" in spoken.coverage.sentences[1].text


def test_a_group_that_it_does_worse_for_than_chance_is_named_and_counted():
    """Whoever lives in the south writes of things of which no theme tells, and agreed to no quotation."""
    wave = NOW._replace(responses=NOW.responses.assign(quotable=NOW.responses["district"].astype("str") == "north"))
    _, spoken = told_of(wave, placed(wave, scattered="south"))
    rows, worse = groups_of(spoken)
    sentence = spoken.coverage.sentences[1]
    numbers = {figure.name: figure.number for figure in sentence.figures}

    assert ("District", "Southtown") in [row[:2] for row in worse]
    assert numbers == {"groups": len(rows), "worse": len(worse)}
    assert sentence.text.startswith(f"It does worse than chance in {len(worse)} of {len(rows)} groups")
    assert "Southtown" in sentence.text


def test_what_leaders_read_of_it_is_rounded_as_every_figure_of_theirs_is():
    _, spoken = told_of(NOW, placed(NOW), LEADER)

    for figure in figures(spoken).values():
        for share in (figure.low, figure.high, figure.number if figure.low is not None else None):
            assert share is None or round(share, 2) == share
    assert pd.Series([row[2] for row in spoken.coverage.table.rows]).dropna().mod(5).eq(0).all()
