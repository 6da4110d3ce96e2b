"""Whom a summary speaks for, beside as many words of comments drawn by chance.

``make bench ONLY=coverage``: on the demonstration, and on the same county from another seed, which nothing was tried
on. With ``LABELLED=folder`` on comments that people labelled, sorted by the frame named by FRAME.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.columns import CODINGS, COMMENTS, RESPONSES, check
from analysis.nearness import as_stored
from analysis.placing import Placing
from analysis.report.voices import Places, Voices, decoded, voices
from analysis.summary import Said, summary
from analysis.suppression import OFFICER
from analysis.text import sentiment, themes, vectors
from survey import consultations, database, demo, details, frames, reports, safeguarding
from tests.load import labelled
from tests.load.figure import Figure
from tests.scene import read_all

UNSEEN = 77
LARGE_ENOUGH = 30


def measure(folder: Path) -> Iterator[Figure]:
    given = labelled.folder()
    if given:
        for one in [*labelled.one_theme_each(given), *labelled.several_themes(given), *labelled.tones(given)]:
            yield from figures(f"labelled_{one.name}", on_labels(one))
        return
    yield from figures("demonstration", on_demonstration(folder / "seen", demo.SEED))
    yield from figures("unseen_seed", on_demonstration(folder / "unseen", UNSEEN))


def figures(name: str, told: Voices) -> Iterator[Figure]:
    """What the table of a summary says: overall, and of the group that lies furthest behind chance."""
    rows = [row for row in told.coverage.table.rows if row[3] is not None and row[2] >= LARGE_ENOUGH]
    overall, *groups = rows
    yield Figure(f"coverage_{name}_spoken_for", round(100 * overall[3], 1), "%", at_least=round(100 * overall[4], 1))
    apart = {f"{row[0]} {row[1]}": 100 * (row[3] - row[4]) for row in groups}
    last = min(apart, key=apart.get)
    yield Figure(f"coverage_{name}_worst_group", round(apart[last], 1), f"points above chance: {last}", at_least=0)
    yield Figure(f"coverage_{name}_groups", len(groups), f"groups of {LARGE_ENOUGH} or more", None)


def on_demonstration(folder: Path, seed: int) -> Voices:
    """The summary of the demonstration's last wave, as the worker leaves it."""
    folder.mkdir()
    engine = database.connect(f"sqlite:///{folder / 'heard.sqlite3'}")
    database.prepare(engine)
    demo.load(engine, seed=seed, truth=folder / "truth")
    read_all(engine, folder)
    placing = Placing(engine)
    while placing.place_comments():
        pass
    placing.place_themes()
    with database.reading(engine) as session:
        wave = consultations.waves(session, slug="send-services")[-1]
        asked = consultations.questionnaire_of(session, wave)
        known, named = frames.changes(session, wave, asked.roles), frames.themes(session, wave.consultation_id)
        telling = details.not_to_be_quoted(session, wave.id) | safeguarding.not_to_be_quoted(session, wave.id)
        places = decoded(*reports.places(session, wave))
    engine.dispose()
    people = known.responses.assign(
        quotable=known.responses["quotable"] & ~known.responses["response_id"].isin(telling)
    )
    said = Said(wave.title, people, known.comments, known.codings, code=wave.code)
    districts = sorted(set(people["district"]) - {"", "outside", "not_sure"})
    return told(said, named, pd.Series(districts, index=districts), places, reports.seed_of(wave))


def on_labels(one: labelled.Labelled) -> Voices:
    """A summary of comments from a file, one person each, all of whom may be quoted."""
    kinds = vectors.chosen()
    numbers = np.arange(1, len(one.texts) + 1)
    people = pd.DataFrame({"response_id": numbers, "wave": "1", "sent_at": pd.Timestamp(0, tz="UTC"), "channel": "web"})
    people = people.assign(district="", language="en", variant="standard", age_band="", plan="", quotable=True)
    comments = pd.DataFrame({"comment_id": numbers, "response_id": numbers, "item": "", "service": "", "child": 0})
    toned = sentiment.score(one.texts)
    comments = comments.assign(words=one.texts, language="en", unsure=False, sentiment=toned["sentiment"].to_numpy())
    comments = comments.assign(**{name: toned[name].to_numpy() for name in ("p_negative", "p_neutral", "p_positive")})
    frame = labelled.frame(one.kinds()) if one.name != "tone" else labelled.whole_frame()
    given = themes.assign(one.texts, frame)
    codings = pd.DataFrame({"comment_id": given["row"] + 1, "theme": given["theme"].astype("str")})
    codings = codings.assign(
        strength=given["strength"], praise=False, criticism=False, request=False, given_by="model"
    ).drop_duplicates(["comment_id", "theme"])
    named = pd.DataFrame([(one.key, one.label, one.description) for one in frame.themes])
    named = named.set_axis(["theme", "label", "description"], axis=1).assign(candidate=False)
    rows = dict(zip(numbers.tolist(), as_stored(kinds.of(one.texts)), strict=True))
    described = kinds.of(
        [f"{label}. {description}" for label, description in named[["label", "description"]].to_numpy()]
    )
    places = decoded(rows, dict(zip(named["theme"], as_stored(described), strict=True)))
    frames_of = check(people, RESPONSES), check(comments, COMMENTS), check(codings, CODINGS)
    return told(Said(one.name, *frames_of, code="1"), named, pd.Series(dtype="str"), places, seed=1)


def told(said: Said, named: pd.DataFrame, districts: pd.Series, places: Places, seed: int) -> Voices:
    approved = named[~named["candidate"]].set_index("theme")
    made = summary(said, None, approved[["label", "description"]], districts, OFFICER)
    return voices(said, made, places, districts, OFFICER, names=districts.to_dict(), seed=seed)
