"""Every number in every sentence is one of its figures, and every figure comes out again from the frames by hand."""

import re
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis.report.content import Unit
from analysis.summary import summary
from analysis.suppression import LEADER, OFFICER
from tests.analysis.summing import DISTRICTS, NOW, THEMES, said

NUMERAL = re.compile(r"\d+(?:,\d{3})*")
BEFORE = said(
    "Spring 2025",
    (60, "north", "waiting", "negative", "criticism"),
    (40, "south", "waiting", "positive", "praise"),
    (100, "south", "kind", "positive", "praise"),
)


def by_hand(figure, waves):
    """Count of base of a share, worked out with loops over the frames and nothing of ours."""
    wave, filters = waves[figure.filters.wave], figure.filters
    read = {row.comment_id: row.response_id for row in wave.comments.itertuples() if row.sentiment}
    home = {row.response_id: row.district for row in wave.responses.itertuples()}
    does: dict[int, set[str]] = {}
    for row in wave.codings.itertuples():
        if row.comment_id in read and row.theme == filters.theme:
            flags = {flag for flag in ("praise", "criticism", "request") if getattr(row, flag)}
            does.setdefault(read[row.comment_id], set()).update(flags)
    if filters.stance:
        sides = {"criticism": ({"criticism"}, {"praise"}), "praise": ({"praise"}, {"criticism"})}
        sides |= {"both": ({"praise", "criticism"}, set()), "request": ({"request"}, set())}
        has, lacks = sides[filters.stance]
        return sum(has <= flags and not lacks & flags for flags in does.values()), len(does)
    people = {who for who in read.values() if not filters.district or home[who] == filters.district}
    return len(people & does.keys()), len(people)


def numbers_allowed(figure):
    """All the numerals that a sentence may take from a figure, as they are written."""
    if figure.unit is Unit.COUNT:
        return {f"{round(figure.number):,}"}
    if figure.unit is Unit.DIFFERENCE:
        return {f"{round(abs(value) * 100)}" for value in (figure.number, figure.low, figure.high)}
    shares = {f"{value * 100:.0f}" for value in (figure.number, figure.low, figure.high)}
    return shares | ({f"{round(figure.base):,}"} if figure.base is not None else set())


def without_names(sentence):
    """What a sentence says, with the names in it left out: there may be numbers in those."""
    blank = {name: "…" for name, _ in sentence.names}
    return sentence.template.format(**{figure.name: figure for figure in sentence.figures}, **blank)


def check_figure(figure, waves, policy):
    if figure.unit is Unit.SHARE:
        count, base = by_hand(figure, waves)
        low, high = proportion_confint(count, base, method="wilson")
        half_a_place = 0.5 * 10 ** -(2 if policy.whole_percent else 4) + 1e-9
        assert (figure.number, figure.low, figure.high) == pytest.approx((count / base, low, high), abs=half_a_place)
        assert (figure.count, figure.base) == (policy.rounded(count), policy.rounded(base))
    elif figure.name == "answered":
        assert figure.number == policy.rounded(len(waves[figure.filters.wave].responses))
    elif figure.name == "wrote":
        comments = waves[figure.filters.wave].comments
        assert figure.number == policy.rounded(comments.loc[comments["sentiment"] != "", "response_id"].nunique())
    elif figure.name == "waiting":
        assert figure.number == policy.rounded((waves[figure.filters.wave].comments["sentiment"] == "").sum())
    elif figure.name == "all":
        assert figure.number == len(DISTRICTS)


@pytest.mark.parametrize("policy", [OFFICER, LEADER], ids=lambda policy: policy.reader)
def test_every_number_in_every_sentence_is_one_of_its_figures_and_each_comes_out_again_by_hand(policy):
    waves = {"Autumn 2026": NOW, "Spring 2025": BEFORE}
    told = summary(NOW, BEFORE, THEMES, DISTRICTS, policy)
    sentences = [*told.opening, *(one for finding in told.findings for one in finding.sentences)]

    for sentence in sentences:
        allowed = set().union(*map(numbers_allowed, sentence.figures))
        assert set(NUMERAL.findall(without_names(sentence))) <= allowed, sentence.text
        for figure in sentence.figures:
            check_figure(figure, waves, policy)
    assert sum(bool(sentence.figures) for sentence in sentences) > 10


def test_a_change_is_the_difference_of_the_two_shares_with_newcombes_range():
    told = {found.theme: found for found in summary(NOW, BEFORE, THEMES, DISTRICTS, OFFICER).findings}
    (sentence,) = told["waiting"].change
    figure = sentence.figures[1]
    low, high = confint_proportions_2indep(120, 200, 100, 200, method="newcomb")

    assert (figure.number, figure.low, figure.high) == pytest.approx((0.1, low, high), abs=1e-4)


groups = st.lists(
    st.tuples(
        st.integers(1, 40),
        st.sampled_from(["north", "south", ""]),
        st.sampled_from(["waiting", "kind", "rare", ""]),
        st.sampled_from(["negative", "positive", "neutral", "mixed / unclear", ""]),
        st.sampled_from(["praise", "criticism", "request", "neither"]),
    ),
    min_size=1,
    max_size=8,
)


@given(groups)
@settings(max_examples=40)
def test_whatever_people_say_every_share_in_the_summary_comes_out_again_by_hand(made):
    now = said("Autumn 2026", *made)
    told = summary(now, None, THEMES, DISTRICTS, LEADER)

    for sentence in [*told.opening, *(one for finding in told.findings for one in finding.sentences)]:
        allowed = set().union(*map(numbers_allowed, sentence.figures))
        assert set(NUMERAL.findall(without_names(sentence))) <= allowed, sentence.text
        for figure in sentence.figures:
            check_figure(figure, {"Autumn 2026": now}, LEADER)
            if figure.name == "early":
                assert figure.number == len(sentence.names)


def test_the_words_of_the_scale_never_say_more_for_less():
    from analysis.report.scale import scale, word

    order = [one.said for one in scale()][::-1]
    said_of = [order.index(word(share / 100, share / 100)) for share in range(101)]

    assert all(before <= after for before, after in pairwise(said_of))
    assert {word(share, low) for share, low in ((0.6, 0.51), (0.6, 0.5), (0.5, 0.4), (0.2, 0.1), (0.02, 0.0))} == {
        "most", "many", "about half", "some", "a few"
    }  # fmt: skip


def test_every_sentence_has_a_key_of_its_own():
    told = summary(NOW, BEFORE, THEMES, DISTRICTS, LEADER)
    keys = pd.Series([one.key for finding in told.findings for one in finding.sentences])

    assert keys.is_unique
