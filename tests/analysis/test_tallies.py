from collections import Counter, defaultdict

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import tallies
from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES, Kind, Sentiment, check, empty
from survey.questionnaire import Tone

TONES = {
    "very_good": Tone.POSITIVE,
    "good": Tone.POSITIVE,
    "neither": Tone.NEUTRAL,
    "poor": Tone.NEGATIVE,
    "very_poor": Tone.NEGATIVE,
}
SERVICES, DISTRICTS, KEYS = ["ot", "slt"], ["north", "south"], ["waiting", "kind"]
BLANK = {
    Kind.WHOLE: 0,
    Kind.NUMBER: float("nan"),
    Kind.TEXT: "",
    Kind.FLAG: False,
    Kind.MOMENT: pd.Timestamp(0, tz="UTC"),
}


def rows(columns, *given_rows):
    """A frame with these rows, blank where a row says nothing."""
    blank = {column.name: BLANK[column.kind] for column in columns.columns}
    if not given_rows:
        return empty(columns)
    frame = pd.DataFrame([blank | row for row in given_rows])
    return check(
        frame.assign(**{name: frame[name].astype("datetime64[us, UTC]") for name in frame if name == "sent_at"}),
        columns,
    )


def response(number, district="north", **said):
    return {"response_id": number, "district": district, "channel": "web"} | said


def rating(of, code, service="ot", child=0):
    return {"response_id": of, "item": "rating", "service": service, "code": code, "child": child}


def comment(number, of, sentiment, service="ot", **said):
    return {"comment_id": number, "response_id": of, "sentiment": sentiment, "service": service} | said


def coding(of, theme):
    return {"comment_id": of, "theme": theme, "strength": 0.9, "given_by": "model"}


def figures(table, *about):
    return {tuple(row[list(about)]): (row["count"], row["base"]) for _, row in table.iterrows()}


def rated(answers, responses):
    return tallies.rated(answers, responses, item="rating", tones=TONES)


def test_responses_are_counted_by_the_day_where_they_were_sent():
    responses = rows(
        RESPONSES,
        response(1, sent_at=pd.Timestamp("2026-07-01 22:59", tz="UTC")),
        # A minute later it is past midnight in Lancashire, which keeps summer time.
        response(2, sent_at=pd.Timestamp("2026-07-01 23:01", tz="UTC")),
        response(3, sent_at=pd.Timestamp("2026-07-04 12:00", tz="UTC"), channel="paper"),
    )

    counts = tallies.arrivals(responses, ["web", "paper"])

    told = {(f"{day:%d}", channel): count for day, channel, count in counts.itertuples(index=False)}
    assert told[("01", "web")] == 1
    assert told[("02", "web")] == 1
    assert told[("03", "web")] == told[("03", "paper")] == 0
    assert told[("04", "paper")] == 1
    assert len(told) == 8


def test_before_anybody_has_answered_there_are_no_days():
    counts = tallies.arrivals(rows(RESPONSES), ["web"])

    assert counts.empty
    assert list(counts) == ["day", "channel", "count"]


def test_a_rating_is_yes_when_it_is_good_and_not_applicable_is_in_no_base():
    answers = rows(
        ANSWERS,
        rating(1, "very_good"),
        rating(2, "good"),
        rating(3, "neither"),
        rating(4, "very_poor"),
        rating(5, "not_applicable"),
        rating(6, "not_offered"),
    )
    responses = rows(RESPONSES, *[response(number) for number in range(1, 7)])

    board = tallies.by_service_and_district(rated(answers, responses), SERVICES, DISTRICTS)

    assert figures(board, "service", "district") == {
        ("ot", "north"): (2, 4),
        ("ot", "south"): (0, 0),
        ("slt", "north"): (0, 0),
        ("slt", "south"): (0, 0),
    }


def test_other_items_and_people_from_elsewhere_are_in_no_cell_of_the_board():
    answers = rows(ANSWERS, rating(1, "good"), rating(2, "good"), rating(3, "good") | {"item": "another"})
    responses = rows(RESPONSES, response(1), response(2, "outside"), response(3))
    said = rated(answers, responses)

    assert tallies.by_service_and_district(said, SERVICES, DISTRICTS)["base"].sum() == 1
    assert figures(tallies.by_service(said, SERVICES), "service")[("ot",)] == (2, 2)


def test_somebody_who_rates_one_service_for_two_children_counts_once():
    answers = rows(ANSWERS, rating(1, "good", child=1), rating(1, "poor", child=2), rating(2, "good", child=1))
    responses = rows(RESPONSES, response(1), response(2))

    table = tallies.by_service(rated(answers, responses), SERVICES)

    assert figures(table, "service")[("ot",)] == (1, 2)


def test_a_district_counts_ratings_and_says_how_many_people_and_how_much_they_are_worth():
    answers = rows(
        ANSWERS,
        *[rating(who, "good" if who % 2 else "poor", service) for who in range(1, 21) for service in SERVICES],
    )
    responses = rows(RESPONSES, *[response(who) for who in range(1, 21)])

    table = tallies.by_district(rated(answers, responses), DISTRICTS).set_index("district")

    assert table.loc["north", ["count", "base", "people"]].tolist() == [20, 40, 20]
    # Two like answers each from 20 people. By hand: v = 20/19 x 20 x 1 / 40^2 = 0.0131579; 0.25 / v = 19.
    assert table.loc["north", "effective"] == pytest.approx(19)
    assert table.loc["south", ["count", "base", "people"]].tolist() == [0, 0, 0]


def test_a_comment_counts_once_it_has_been_read_and_a_mixed_one_is_in_the_base():
    comments = rows(
        COMMENTS,
        comment(1, 1, "positive"),
        comment(2, 2, "mixed / unclear"),
        comment(3, 3, "negative"),
        comment(4, 4, ""),
    )
    responses = rows(RESPONSES, *[response(number) for number in range(1, 5)])

    said = tallies.toned(comments, responses, Sentiment.POSITIVE)

    assert figures(tallies.by_service(said, SERVICES), "service")[("ot",)] == (1, 3)
    assert figures(tallies.sentiments(comments), "sentiment") == {
        ("positive",): (1, 3),
        ("negative",): (1, 3),
        ("neutral",): (0, 3),
        ("mixed / unclear",): (1, 3),
    }


def raised(comments, codings, responses):
    return tallies.raised(comments, codings, responses, KEYS), tallies.commented(comments, responses)


def test_a_person_who_says_one_thing_three_times_raises_it_once():
    comments = rows(COMMENTS, *[comment(number, 1, "negative") for number in (1, 2, 3)], comment(4, 2, "neutral"))
    codings = rows(CODINGS, coding(1, "waiting"), coding(2, "waiting"), coding(3, "kind"))
    said, people = raised(comments, codings, rows(RESPONSES, response(1), response(2, "south")))

    assert figures(tallies.themes(said, people, KEYS), "theme") == {("waiting",): (1, 2), ("kind",): (1, 2)}
    assert figures(tallies.themes_by_district(said, people, KEYS, DISTRICTS), "theme", "district") == {
        ("waiting", "north"): (1, 1),
        ("waiting", "south"): (0, 1),
        ("kind", "north"): (1, 1),
        ("kind", "south"): (0, 1),
    }


def test_somebody_of_two_minds_about_a_theme_is_mixed():
    comments = rows(COMMENTS, comment(1, 1, "negative"), comment(2, 1, "positive"), comment(3, 2, "positive"))
    codings = rows(CODINGS, coding(1, "waiting"), coding(2, "waiting"), coding(3, "waiting"))
    said, _ = raised(comments, codings, rows(RESPONSES, response(1), response(2)))

    split = figures(tallies.theme_sentiments(said, KEYS), "theme", "sentiment")

    assert split[("waiting", "mixed / unclear")] == (1, 2)
    assert split[("waiting", "positive")] == (1, 2)
    assert split[("waiting", "negative")] == (0, 2)


def test_comments_not_yet_read_and_themes_not_asked_for_are_left_out():
    comments = rows(COMMENTS, comment(1, 1, ""), comment(2, 2, "positive"))
    codings = rows(CODINGS, coding(1, "waiting"), coding(2, "another"), coding(99, "kind"))

    said, people = raised(comments, codings, rows(RESPONSES, response(1), response(2)))

    assert said.empty
    assert people["response_id"].tolist() == [2]


def test_nothing_to_count_is_counted_as_nothing():
    said, people = raised(rows(COMMENTS), rows(CODINGS), rows(RESPONSES))
    ratings = rated(rows(ANSWERS), rows(RESPONSES))

    assert tallies.themes(said, people, KEYS)["base"].tolist() == [0, 0]
    assert tallies.theme_sentiments(said, KEYS)["count"].sum() == 0
    assert tallies.by_district(ratings, DISTRICTS)["base"].tolist() == [0, 0]
    assert tallies.by_service(ratings, SERVICES)["base"].tolist() == [0, 0]
    assert tallies.themes(said, people, []).empty


CODES = st.sampled_from([*TONES, "not_applicable", "unknown"])
PLACES = st.sampled_from([*DISTRICTS, "", "outside"])


@given(
    st.lists(PLACES, min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.sampled_from([*SERVICES, "", "other"]), CODES), max_size=40),
    st.booleans(),
)
def test_the_board_agrees_with_counting_one_by_one(homes, ratings, categories):
    people = list(range(len(homes)))
    responses = rows(RESPONSES, *[response(10 + who, home) for who, home in zip(people, homes, strict=True)])
    answers = rows(ANSWERS, *[rating(10 + who, code, service) for who, service, code in ratings if who in people])
    if categories:
        answers, responses = (
            frame.astype({name: "category" for name in frame if isinstance(frame[name].dtype, pd.StringDtype)})
            for frame in (answers, responses)
        )

    board = tallies.by_service_and_district(rated(answers, responses), SERVICES, DISTRICTS)

    said = defaultdict(list)
    for who, service, code in ratings:
        if who in people and code in TONES:
            said[who, service].append(TONES[code] is Tone.POSITIVE)
    base, count = Counter(), Counter()
    for (who, service), goods in said.items():
        base[service, homes[who]] += 1
        count[service, homes[who]] += all(goods)
    assert figures(board, "service", "district") == {
        (service, district): (count[service, district], base[service, district])
        for service in SERVICES
        for district in DISTRICTS
    }


def test_responses_are_counted_by_language_and_variant_with_those_nobody_used_and_those_nobody_offers():
    offered = pd.DataFrame({"language": ["en", "en", "pl"], "variant": ["standard", "easy_read", "standard"]})
    said = [("en", "standard"), ("en", "easy_read"), ("cy", "standard"), ("en", "standard")]
    answered = [response(number, language=spoken, variant=manner) for number, (spoken, manner) in enumerate(said)]

    def used(*answered):
        return rows(RESPONSES, *answered).groupby(["language", "variant"]).size()

    counts = tallies.manners(used(*answered), offered)

    assert list(counts.itertuples(index=False, name=None)) == [
        ("en", "standard", 2),
        ("en", "easy_read", 1),
        ("pl", "standard", 0),
        ("cy", "standard", 1),
    ]
    assert list(tallies.manners(used(), offered)["count"]) == [0, 0, 0]
