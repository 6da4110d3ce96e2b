"""How good themes and tones are, on comments that people labelled, beside baselines on the same comments.

``make bench ONLY=quality LABELLED=folder FRAME=frame.toml``; without a folder, on the demonstration's own truth. Themes
are measured as ``python -m analysis`` gives them: a comment left without a theme counts as wrong.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, f1_score
from sklearn.preprocessing import MultiLabelBinarizer

from analysis.text import sentiment, themes
from analysis.text.discover import discover
from survey import coding_frame
from tests.load import baselines, labelled
from tests.load.figure import Figure

ADDED = 0.1  # of comments, when it is asked what changes
DRAWINGS = 3
BINS = 10
TONES = {"neg": 0, "neu": 1, "pos": 2}
WAITING = re.compile(r"\b(?:wait\w*|delay\w*|late|hours?|slow\w*|long time)\b", re.IGNORECASE)
WANTED = {
    "specific": {"accuracy": 0.58, "ari": 0.40, "ami": 0.28},
    "all": {"ami": 0.28},
    "synthetic": {"found_ari": 0.93},
    "several": {"micro": 0.50, "macro": 0.47},
}
STEADY_COLD, STEADY_WARM = 0.78, 0.92


def measure(folder: Path) -> Iterator[Figure]:
    given = labelled.folder()
    for kind in ("wordllama", "lsa"):
        os.environ["HEARD_VECTORS"] = kind
        yield from on_files(given, kind) if given else on_demonstration(folder / kind, kind)
    del os.environ["HEARD_VECTORS"]


def on_files(given: Path, kind: str) -> Iterator[Figure]:
    for one in labelled.one_theme_each(given):
        wanted = WANTED.get(one.name, {})
        if labelled.frame(one.kinds()).themes:
            yield from guided(one, kind, wanted)
        yield from discovered(one, kind, wanted)
    for one in labelled.several_themes(given):
        yield from several(one, labelled.frame(one.kinds()), kind, WANTED["several"])
    for one in labelled.tones(given):
        yield from toned(one, kind)


def on_demonstration(folder: Path, kind: str) -> Iterator[Figure]:
    folder.mkdir()
    themed, single = labelled.demonstration(folder)
    yield from several(themed, coding_frame.shipped(), kind, {})
    yield from discovered(single, kind, {})


def guided(one: labelled.Labelled, kind: str, wanted: dict[str, float]) -> Iterator[Figure]:
    frame = labelled.frame(one.kinds())
    found = strongest(one.texts, frame)
    truth = one.first()
    name = f"guided_{one.name}_{kind}"
    same = float(np.mean([mine == theirs for mine, theirs in zip(found, truth, strict=True)]))
    yield at_least(f"{name}_accuracy", same, wanted.get("accuracy"))
    yield at_least(f"{name}_ari", adjusted_rand_score(truth, found), wanted.get("ari"))
    yield at_least(f"{name}_ami", adjusted_mutual_info_score(truth, found))
    yield at_least(f"{name}_given_one", float(np.mean([bool(mine) for mine in found])))


def strongest(texts, frame) -> list[str]:
    """The label of the strongest theme of each text, "" where it carries none."""
    labels = {theme.key: theme.label for theme in frame.themes}
    first = themes.assign(texts, frame).drop_duplicates("row").set_index("row")["theme"].map(labels)
    return first.reindex(range(len(texts))).fillna("").tolist()


def discovered(one: labelled.Labelled, kind: str, wanted: dict[str, float]) -> Iterator[Figure]:
    truth, count = one.first(), len(one.kinds())
    found = discover(one.texts, count=count).assigned["candidate"]
    name = f"discover_{one.name}_{kind}"
    yield at_least(f"{name}_ami", adjusted_mutual_info_score(truth, found), wanted.get("ami"))
    yield at_least(f"{name}_ari", adjusted_rand_score(truth, found), wanted.get("found_ari"))
    cold, warm = steadiness(one.texts, count)
    yield at_least(f"{name}_steady_cold", cold, STEADY_COLD)
    yield at_least(f"{name}_steady_warm", warm, STEADY_WARM)
    if kind == "wordllama":
        for baseline, sort in baselines.CLUSTERINGS.items():
            mine = sort(one.texts, count)
            yield at_least(f"{baseline}_{one.name}_ami", adjusted_mutual_info_score(truth, mine))
            yield at_least(f"{baseline}_{one.name}_ari", adjusted_rand_score(truth, mine))


def steadiness(texts, count) -> tuple[float, float]:
    """How alike comments are sorted before and after a tenth more came in: afresh, and going on from before."""
    cold, warm = [], []
    for seed in range(DRAWINGS):
        order = np.random.default_rng(seed).permutation(len(texts))
        more = [texts[place] for place in order]
        few = more[: round(len(texts) / (1 + ADDED))]
        before = discover(few, count=count)
        after = discover(more, count=count)
        gone_on = discover(more, count=count, start=before.centres)
        own = before.assigned["candidate"]
        cold.append(adjusted_rand_score(own, after.assigned["candidate"][: len(few)]))
        warm.append(adjusted_rand_score(own, gone_on.assigned["candidate"][: len(few)]))
    return float(np.mean(cold)), float(np.mean(warm))


def several(one: labelled.Labelled, frame, kind: str, wanted: dict[str, float]) -> Iterator[Figure]:
    kinds = one.kinds()
    called = {theme.key: theme.label if theme.label in kinds else theme.key for theme in frame.themes}
    mine = [[] for _ in one.texts]
    found = themes.assign(one.texts, frame)
    for row, theme in zip(found["row"], found["theme"], strict=True):
        mine[row] += [called[theme]] if called[theme] in kinds else []
    marked = MultiLabelBinarizer(classes=kinds)
    truth, given = marked.fit_transform(one.labels), marked.transform(mine)
    for average in ("micro", "macro"):
        score = f1_score(truth, given, average=average, zero_division=0)
        yield at_least(f"guided_{one.name}_{kind}_{average}_f1", score, wanted.get(average))
    yield Figure(f"guided_{one.name}_{kind}_themes", len(kinds), f"themes, {len(one.texts)} comments")


def toned(one: labelled.Labelled, kind: str) -> Iterator[Figure]:
    truth = np.array([TONES[tone] for tone in one.first()])
    shares = sentiment.score(one.texts)[["p_negative", "p_neutral", "p_positive"]].to_numpy()
    mine = shares.argmax(axis=1)
    yield at_least(f"tone_{kind}_macro_f1", f1_score(truth, mine, average="macro"), 0.65)
    bad = truth == TONES["neg"]
    yield Figure(f"tone_{kind}_blame_called_praise", percent((mine == TONES["pos"])[bad]), "%", 8)
    waits = bad & np.array([bool(WAITING.search(text)) for text in one.texts])
    yield Figure(f"tone_{kind}_waiting_found", percent((mine == TONES["neg"])[waits]), "%", at_least=82)
    yield Figure(f"tone_{kind}_calibration_error", round(calibration_error(shares, truth), 3), "", 0.05)
    if kind == "wordllama":
        heard = np.array(baselines.vader(one.texts)) + 1
        yield at_least("vader_macro_f1", f1_score(truth, heard, average="macro"))
        yield Figure("vader_blame_called_praise", percent((heard == TONES["pos"])[bad]), "%")


def calibration_error(shares, truth) -> float:
    """How far the share that is right lies from what was claimed, over ten bins of what was claimed."""
    claimed, right = shares.max(axis=1), shares.argmax(axis=1) == truth
    bins = np.minimum((claimed * BINS).astype(int), BINS - 1)
    return sum(abs(right[bins == one].mean() - claimed[bins == one].mean()) * (bins == one).mean() for one in set(bins))


def percent(which) -> float:
    return round(100 * float(np.mean(which)), 1) if len(which) else 0.0


def at_least(name: str, value: float, wanted: float | None = None) -> Figure:
    return Figure(name, round(float(value), 3), "", at_least=wanted)
