import pandas as pd
import pytest

from analysis.board import variation
from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES, check, empty
from analysis.cube import counted
from analysis.overview import Chosen, Measure, Scope, axes_of, overview
from analysis.remarks import latest
from analysis.suppression import OFFICER, Held
from analysis.upkeep import Frames, kept, settle
from survey.questionnaire import Tone

SCOPE = Scope(
    services=pd.Series({"ot": "Occupational therapy", "slt": "Speech and language therapy"}),
    places=pd.DataFrame(
        {"name": ["Northtown", "Southtown"], "column": [1, 1], "row": [1, 2]}, index=["north", "south"]
    ),
    rating="rating",
    tones={"good": Tone.POSITIVE, "poor": Tone.NEGATIVE},
    good="good",
    themes=pd.Series({"waiting": "Waiting", "kind": "Kindness"}),
)


def wave(*groups):
    """Each group: (people, district, channel, service, rating, sentiment). Each comments once on the service."""
    told = [group for count, *group in groups for _ in range(count)]
    people = pd.DataFrame(told, columns=["district", "channel", "service", "code", "sentiment"], dtype="str")
    people = people.assign(response_id=range(len(people)), comment_id=range(1000, 1000 + len(people)))
    responses = people[["response_id", "district", "channel"]].assign(
        wave="1", language="en", variant="standard", age_band="", plan="", quotable=True
    )
    sent = pd.Timestamp("2026-11-02 09:00", tz="UTC") + pd.to_timedelta(responses["response_id"], unit="min")
    responses = responses.assign(sent_at=sent)
    answers = people[["response_id", "service", "code"]].assign(item="rating", child=0, number=float("nan"))
    comments = people[["response_id", "comment_id", "service", "sentiment"]].assign(
        item="why",
        child=0,
        language="en",
        words="as was said",
        p_negative=0.1,
        p_neutral=0.1,
        p_positive=0.8,
        unsure=False,
    )
    codings = comments[["comment_id"]].assign(
        theme="waiting", strength=0.5, given_by="model", praise=False, criticism=False, request=False
    )
    frames = (responses, answers, comments, codings)
    described = zip(frames, (RESPONSES, ANSWERS, COMMENTS, CODINGS), strict=True)
    return kept(Frames(*(check(frame, columns) for frame, columns in described)))


WAVE = wave(
    (12, "north", "web", "ot", "good", "positive"),
    (8, "north", "paper", "ot", "poor", "negative"),
    (30, "south", "web", "ot", "poor", "negative"),
    (20, "south", "web", "slt", "good", "positive"),
    (3, "north", "web", "slt", "good", "negative"),
    (2, "south", "web", "slt", "poor", ""),
)


ALL = Chosen()


def cube_of(frames, scope=SCOPE):
    return counted(frames, axes_of(scope))


def seen(chosen=ALL, frames=WAVE):
    return overview(cube_of(frames), SCOPE, chosen, OFFICER)


def varied(chosen=ALL, measure=Measure.RATED_GOOD, frames=WAVE):
    return variation(cube_of(frames), SCOPE, chosen, measure, OFFICER)


def remarks_of(frames, chosen=ALL, scope=SCOPE, most=100):
    return latest(settle(frames), cube_of(frames, scope), scope, chosen, OFFICER, most=most)


def said(released, *about):
    figures = released.figures
    return {
        tuple(row[list(about)]): "held" if row["held"] else f"{row['count']:.0f}/{row['base']:.0f}"
        for _, row in figures.iterrows()
    }


def test_everything_is_counted_when_nothing_is_chosen():
    everything = seen()

    assert (everything.responses, everything.read, everything.waiting) == (75, 73, 2)
    assert said(varied(frames=LARGE).county, "service") == {("ot",): "12/53", ("slt",): "33/33"}
    assert said(everything.themes, "theme") == {("waiting",): "73/73", ("kind",): "0/73"}


def test_a_cell_of_three_takes_three_more_with_it():
    # 3 people in the north rated speech therapy; both totals are shown, so the other cells would give them away.
    assert set(said(varied().board, "service", "district").values()) == {"held"}


LARGE = wave(
    (12, "north", "web", "ot", "good", "positive"),
    (11, "north", "paper", "ot", "poor", "negative"),
    (30, "south", "web", "ot", "poor", "negative"),
    (20, "south", "web", "slt", "good", "positive"),
    (13, "north", "web", "slt", "good", "negative"),
)


def test_a_channel_narrows_everything_where_every_way_has_enough_people():
    online = Chosen(channel="web")

    assert seen(online, LARGE).responses == 75
    assert said(varied(online, frames=LARGE).county, "service")[("ot",)] == "12/42"
    assert said(seen(online, LARGE).themes, "theme")[("waiting",)] == "75/75"


def test_a_channel_of_too_few_is_told_neither_by_itself_nor_by_what_is_left_without_it():
    few = wave((30, "north", "web", "ot", "good", "positive"), (3, "north", "paper", "ot", "poor", "negative"))

    for channel in ("web", "paper"):
        view = seen(Chosen(channel=channel), few)
        assert not view.apart
        assert view.themes.shown.empty
        assert view.sentiments.shown.empty
        assert varied(Chosen(channel=channel), frames=few).board.shown.empty
        assert remarks_of(few, Chosen(channel=channel)) == []
    assert seen(Chosen(channel="paper"), few).responses == 3  # how many answered is told however few they are


def test_choosing_a_district_brings_back_no_cell_that_the_whole_board_hides():
    north = seen(Chosen(district="north"))

    assert north.responses == 23
    assert said(varied(Chosen(district="north")).board, "service", "district") == said(
        varied().board, "service", "district"
    )


def test_choosing_a_service_shows_its_own_districts_and_what_was_said_of_it():
    therapy = seen(Chosen(service="ot"), LARGE)

    assert therapy.responses == therapy.read == 53
    assert said(varied(Chosen(service="ot"), frames=LARGE).districts, "district")[("north",)] == "12/23"
    assert said(therapy.sentiments, "sentiment")[("negative",)] == "41/53"


def test_a_service_is_not_told_where_another_would_give_away_three_people():
    therapy = seen(Chosen(service="ot"))

    assert therapy.responses is therapy.read is None
    assert (varied(Chosen(service="ot")).districts.figures["held"] != Held.NOT).all()
    assert therapy.sentiments.shown.empty


def test_the_measure_decides_what_the_board_is_of():
    positive, negative = (varied(measure=one, frames=LARGE).county for one in (Measure.POSITIVE, Measure.NEGATIVE))

    assert said(positive, "service") == {("ot",): "12/53", ("slt",): "20/33"}
    assert said(negative, "service") == {("ot",): "41/53", ("slt",): "13/33"}


@pytest.mark.parametrize("measure", Measure)
def test_before_anybody_has_answered_there_is_nothing_and_no_mistake(measure):
    nobody = kept(Frames(*(empty(columns) for columns in (RESPONSES, ANSWERS, COMMENTS, CODINGS))))
    nothing = seen(Chosen("ot", "north", "web"), nobody)

    assert (nothing.responses, nothing.read, nothing.waiting) == (0, 0, 0)
    assert varied(Chosen("ot", "north", "web"), measure, nobody).board.shown.empty
    assert remarks_of(nobody) == []


def test_the_latest_comments_that_have_been_read_come_first():
    remarks = remarks_of(WAVE, most=4)

    assert [remark.comment_id for remark in remarks] == [1072, 1071, 1070, 1069]
    assert remarks[0].themes == ("Waiting",)
    assert remarks[0].service == "Speech and language therapy"


def test_a_district_is_named_beside_a_comment_only_when_enough_people_there_could_have_written_it():
    remarks = {remark.comment_id: remark for remark in remarks_of(WAVE)}

    # Comments 1070 to 1072 come from the three in the north who answered about speech therapy; were the others named,
    # one without a name would be known to be theirs.
    assert remarks[1071].district == ""
    assert remarks[1069].district == ""
    assert remarks[1000].district == "Northtown"


def test_choosing_a_district_does_not_tell_where_a_comment_of_too_few_comes_from():
    north = remarks_of(WAVE, Chosen(district="north"))

    assert {remark.service for remark in north} == {"Occupational therapy"}
    assert {remark.district for remark in north} == {"Northtown"}


def test_a_questionnaire_that_asks_for_no_services_districts_or_themes_still_counts_who_answered():
    nothing = pd.Series(dtype="str")
    bare = Scope(nothing, pd.DataFrame({"name": nothing, "column": [], "row": []}), "", {}, "", nothing)

    everything = overview(cube_of(WAVE, bare), bare, ALL, OFFICER)

    assert (everything.responses, everything.read) == (75, 73)
    assert everything.themes.figures.empty
    assert variation(cube_of(WAVE, bare), bare, ALL, Measure.POSITIVE, OFFICER).board.figures.empty
    assert all(remark.district == remark.service == "" for remark in remarks_of(WAVE, scope=bare))


def answered_in(*manners, chosen=ALL):
    """What is released when the first people of the wave answered in these manners."""
    told = ["standard"] * len(WAVE.responses)
    told[: len(manners)] = manners
    frames = WAVE._replace(responses=WAVE.responses.assign(variant=pd.Series(told, dtype="str")))
    counts = seen(chosen, frames).manners.figures
    return {manner: count for manner, count in zip(counts["variant"], counts["count"], strict=True) if count == count}


def test_how_people_answered_is_told_from_five_people_up():
    assert answered_in(*["easy_read"] * 5) == {"easy_read": 5, "standard": 70}


def test_fewer_are_not_told_nor_what_would_give_them_away():
    assert answered_in(*["easy_read"] * 4) == {}


def test_filters_do_not_narrow_how_people_answered():
    assert answered_in(*["easy_read"] * 6, chosen=Chosen(district="south")) == {"easy_read": 6, "standard": 69}


def test_easy_read_counts_in_every_figure_as_everybody_does():
    easy = WAVE._replace(responses=WAVE.responses.assign(variant=pd.Series("easy_read", WAVE.responses.index)))

    assert said(varied(frames=easy).county, "service") == said(varied().county, "service")
    assert said(seen(frames=easy).themes, "theme") == said(seen().themes, "theme")
