import pandas as pd

from analysis import methods
from analysis.suppression import LEADER, OFFICER
from analysis.upkeep import Frames


def seen(*comments):
    """Comments of as many people: (language, sentiment, unsure, theme or "")."""
    rows = pd.DataFrame(comments, columns=["language", "sentiment", "unsure", "theme"])
    said = rows.drop(columns="theme").assign(comment_id=range(len(rows)), response_id=range(len(rows)))
    codings = pd.DataFrame({"comment_id": said["comment_id"], "theme": rows["theme"]})
    return Frames(pd.DataFrame(), pd.DataFrame(), said, codings[codings["theme"] != ""])


def test_each_figure_that_was_measured_stands_with_what_it_is_of_and_its_range():
    table = methods.measured_table()

    assert len(table) == len(methods.measured())
    assert all(row.right <= row.of for row in methods.measured())
    sarcasm = table.set_index("What was measured").loc["Sarcastic lines"]
    # Wilson limits of 26/42: 0.4684 and 0.7500 (statsmodels proportion_confint, method "wilson").
    assert sarcasm.tolist() == ["62% of 42", "47% to 75%"]


def test_a_wave_says_how_many_comments_were_read_and_what_that_came_to():
    comments = [("en", "positive", False, "waiting")] * 60 + [("en", "mixed / unclear", True, "")] * 20
    comments += [("en", "mixed / unclear", False, "waiting")] * 10 + [("ur", "mixed / unclear", False, "")] * 10
    told = methods.here(seen(*comments, ("", "", False, "")), ["waiting"], LEADER)

    assert told[0] == "100 comments so far, of which 100 have been read."
    assert methods.here(seen(*comments, ("", "", False, "")), ["waiting"], OFFICER)[0].startswith("101 comments so far")
    assert "10% (between 6% and 17%) were not in English and have not been put into English yet" in told[1]
    assert "20% (between 13% and 29%) are of a tone that the program is not sure of" in told[1]
    assert "70% (between 60% and 78%) carry an approved theme" in told[1]
    assert "10% (between 6% and 17%) both praise and blame" in told[1]
    assert "put into English by a person" not in told[1]  # nobody did


def test_themes_that_nobody_has_approved_are_no_part_of_it():
    told = methods.here(seen(*[("en", "positive", False, "found_x")] * 50), ["waiting"], LEADER)

    assert "carry an approved theme" not in " ".join(told)


def test_before_anything_was_read_there_is_nothing_to_say():
    assert methods.here(seen(("", "", False, "")), [], OFFICER) == ["1 comment so far, of which 0 have been read."]


def test_of_a_few_comments_a_leader_is_not_told_how_many():
    (told,) = methods.here(seen(("", "", False, "")), [], LEADER)

    assert told == "Too few comments so far, or too few that have been read, to say how many."
