"""What came of a sample, in an officer's words: how far people agree, how good the computer is, what is corrected."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis import check_words
from analysis.agreement import RELIABLE, TENTATIVE, standard
from analysis.check_words import alphas, comments
from analysis.checks import FEWEST, Outcome
from analysis.phrases import counted, intervals_said, listed, percent, shares_said
from analysis.suppression import Policy
from pages.ui import markup, show
from pages.ui.data import checks
from survey import teaching
from survey.blind_coding import SENTIMENTS
from survey.check_samples import Sample
from survey.checked import checked
from survey.consultations import WaveFacts
from survey.database import engine, reading

READING_NOTES = [
    f"Agreement is Krippendorff’s alpha. From {RELIABLE:.2f} it can be relied on, from {TENTATIVE:.2f} it allows "
    "tentative conclusions: those are his own limits.",
    "A person’s word is taken for what is so. Where two people do not agree, nobody can say if the computer is right.",
    "Where two people coded a comment, the first coding is compared with the computer’s.",
    "Precision: of the comments that the computer gave a theme, how many a person gave it too. Recall: of the comments "
    "that a person gave a theme, how many the computer found.",
    f"Nothing is said of a theme from the comments of fewer than {FEWEST} people.",
    "The range beside a share as counted is for chance in who wrote. The range beside a corrected share is for that, "
    "and for only some comments having been checked.",
    "Only comments in English are checked: the computer reads no others.",
]


def show_found(wave: WaveFacts, samples: Sequence[Sample], policy: Policy) -> None:
    """The results of the last sample, or of an earlier one that somebody chooses."""
    st.header("What the checking found", anchor=False)
    sample = samples[0]
    if len(samples) > 1:
        sample = st.selectbox("Sample", samples, format_func=_named, key="checking-results")
    came_of(wave, sample, policy)


def came_of(wave: WaveFacts, sample: Sample, policy: Policy) -> None:
    """The results of one sample, as far as this reader may see them."""
    with reading(engine()) as session:
        found = checked(session, wave.consultation_id, sample)
        learnt_since = teaching.has_learnt_since(session, wave.consultation_id, sample.drawn_at)
    if found.codings.empty:
        markup.draw(markup.paragraph("Nothing of this sample has been coded, so there is nothing to say."))
        return
    labels = {theme.id: theme.label for theme in found.themes}
    result = checks.came_of(found, policy)
    rest = " The rest of the sample was not coded." if sample.coded < sample.there else ""
    markup.draw(markup.paragraph(check_words.drawn(result, policy) + rest))
    _agreement(result, labels, policy)
    if learnt_since:
        markup.draw(markup.notice(f"{check_words.LEARNT_SINCE} Draw another sample to see how good it is now."))
        return
    _themes(result, labels)
    _tones(result)


def _named(sample: Sample) -> str:
    return f"Drawn on {sample.drawn_at:%-d %B %Y}, {counted(sample.there, 'comment', 'comments')}"


def _agreement(result: Outcome, labels: dict[int, str], policy: Policy) -> None:
    st.subheader("Do people agree?", anchor=False)
    for what, found in (("the themes", result.themes_agreed), ("the tone", result.tones_agreed)):
        markup.draw(markup.paragraph(check_words.agreed(what, found, policy)))
    shown = result.agreed.dropna(subset="alpha")
    if shown.empty:
        return
    rows = pd.DataFrame(
        {
            "Theme": [labels.get(theme, check_words.FEW) for theme in result.agreed["theme"]],
            "Agreement": [check_words.FEW if pd.isna(alpha) else f"{alpha:.2f}" for alpha in result.agreed["alpha"]],
            "Likely range": [
                alphas(low, high) for low, high in zip(result.agreed["low"], result.agreed["high"], strict=True)
            ],
            "Enough?": [
                "–" if pd.isna(alpha) else check_words.GOOD_FOR[standard(alpha)].capitalize()
                for alpha in result.agreed["alpha"]
            ],
        }
    )
    with st.expander("Agreement, theme by theme"):
        show.table(rows, caption=f"How far two people agree about each theme (Krippendorff’s alpha, "
                                 f"{comments(result.themes_agreed.comments, policy)})")  # fmt: skip


def _themes(result: Outcome, labels: dict[int, str]) -> None:
    st.subheader("How good is the computer at themes?", anchor=False)
    right, found = result.right.figures, result.found.figures
    names = [labels[theme] for theme in right["theme"]]
    rows = {
        "Theme": names,
        "Precision": _or_few(shares_said(right)),
        "Precision, likely range": intervals_said(right),
        "Recall": _or_few(shares_said(found)),
        "Recall, likely range": intervals_said(found),
        "Both (F1)": [
            check_words.FEW if pd.isna(f1) else f"{f1:.2f} ({alphas(low, high)})"
            for f1, low, high in result.together[["f1", "low", "high"]].itertuples(index=False)
        ],
    }
    told = pd.DataFrame(rows)
    few = told[["Precision", "Recall", "Both (F1)"]].eq(check_words.FEW).all(axis=1)
    if not few.all():
        show.table(told[~few], caption="How often the computer is right, and how much it finds")
    if few.any():
        unjudged = listed(told["Theme"][few].tolist())
        markup.draw(markup.paragraph(f"Not judged, because too few of their comments were coded: {unjudged}."))
    st.subheader("Shares, as counted and corrected", anchor=False)
    show.table(_shares(result.shares, names, "Theme"), caption="Share of comments that carry each theme")


def _tones(result: Outcome) -> None:
    st.subheader("How good is the computer at tones?", anchor=False)
    show.sentences(check_words.tones(result))
    names = [SENTIMENTS[tone] for tone in result.tone_shares["theme"]]
    show.table(_shares(result.tone_shares, names, "Tone"), caption="Share of comments of each tone")


def _shares(figures: pd.DataFrame, names: list[str], what: str) -> pd.DataFrame:
    """Each share twice: as the computer counted, and as people would have found it."""
    put_right = pd.DataFrame(
        {"share": figures["corrected"], "low": figures["corrected_low"], "high": figures["corrected_high"]}
    )
    return pd.DataFrame(
        {
            what: names,
            "As counted": _or_few(shares_said(figures)),
            "Likely range": intervals_said(figures),
            "Corrected": [check_words.FEW if pd.isna(share) else percent(share) for share in put_right["share"]],
            "Corrected, likely range": intervals_said(put_right),
        }
    )


def _or_few(said: Sequence[str]) -> list[str]:
    return [check_words.FEW if one == "–" else one for one in said]
