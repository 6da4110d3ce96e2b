"""Drawing comments to check: how precise, how many that means, how long it takes; and how far the coding has come."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from sqlmodel import Session

from analysis.correction import comments_needed
from analysis.phrases import counted, number
from pages.officers import check_coding
from pages.officers.check_coding import PRESSES
from pages.ui import markup
from pages.ui.show import in_all_waves
from survey import audit, check_samples
from survey.blind_coding import ToCode
from survey.check_samples import Sample
from survey.consultations import WaveFacts
from survey.database import engine, reading

HALF_WIDTHS = (0.05, 0.03, 0.04, 0.07, 0.1)
SECONDS_EACH = 40  # to read a comment of a few sentences and look through twenty themes
TWICE = 100  # so many comments coded by two say well enough how far they agree


def show(wave: WaveFacts, samples: Sequence[Sample], to_code: ToCode | None) -> None:
    """The sample that is being coded, or how to draw one."""
    st.header("Comments to check", anchor=False)
    if samples and samples[0].ended_at is None:
        _progress(wave, samples[0], to_code)
    else:
        _draw(wave)


def _draw(wave: WaveFacts) -> None:
    with reading(engine()) as session:
        there = len(check_samples.unseen(session, wave.consultation_id))
    if not there:
        markup.draw(
            markup.paragraph(
                "No comment in English is there to be drawn: none has been read yet, or the computer was taught with "
                "all there are. When more have been read, you can draw some here."
            )
        )
        return
    markup.draw(
        markup.paragraph(
            "People read some comments, drawn by chance, without seeing what the computer said of them. That shows how "
            "often it is right, and what share of all comments people would have given each theme."
        )
    )
    half_width = st.selectbox(
        "How precise",
        HALF_WIDTHS,
        format_func=lambda one: f"Within {one * 100:.0f} points either way",
        key="checking-width",
    )
    size = comments_needed(half_width, there)
    twice = st.selectbox(
        "Coded by two people",
        list(dict.fromkeys([min(TWICE, size), min(TWICE // 2, size), size, 0])),
        format_func=lambda one: f"{one} of them" if one else "None: nobody else can code",
        key="checking-twice",
    )
    markup.draw(
        markup.paragraph(
            f"That means {counted(size, 'comment', 'comments')} of {number(there)}{in_all_waves(wave)}: about "
            f"{_hours(size)} for the first person{f' and {_hours(twice)} for the second' if twice else ''}, at "
            f"{SECONDS_EACH} seconds each. Any theme’s share of those {number(there)} comments is then known within "
            f"{half_width * 100:.0f} points either way, 19 times in 20."
        )
    )
    st.button(
        f"Draw {counted(size, 'comment', 'comments')}",
        type="primary",
        key="checking-draw",
        on_click=_drawn,
        args=(wave, half_width, size, twice),
    )


def _drawn(wave: WaveFacts, half_width: float, size: int, twice: int) -> None:
    def draw(session: Session, who: str, now: datetime) -> str:
        check_samples.draw(
            session,
            wave.consultation_id,
            half_width=half_width,
            size=size,
            shared=twice,
            seed=secrets.randbelow(2**31),
            by=who,
            now=now,
        )
        audit.record(session, who=who, what="draw comments to check", subject=f"{wave.slug}: {size}")
        return f"{counted(size, 'comment was', 'comments were')} drawn. They stay the same from now on."

    PRESSES.do(draw)


def _progress(wave: WaveFacts, sample: Sample, to_code: ToCode | None) -> None:
    said = [
        f"{counted(sample.size, 'comment was', 'comments were')} drawn from {number(sample.comments)}"
        f"{in_all_waves(wave)} by {sample.drawn_by} on {sample.drawn_at:%-d %B %Y}. "
        f"{sample.coded} of {sample.there} have been coded."
    ]
    if gone := sample.size - sample.there:
        said.append(f"{counted(gone, 'comment has', 'comments have')} been taken back since.")
    if sample.shared:
        said.append(f"{sample.coded_twice} of the {sample.shared} for two people have been coded by two.")
    markup.draw(*(markup.paragraph(one) for one in said))
    if to_code is not None:
        name = "Go on coding" if to_code.done else "Start coding"
        told = f"{counted(to_code.left, 'comment is', 'comments are')} left for you, about {_hours(to_code.left)}."
        markup.draw(markup.paragraph(f"{told} You can stop at any time and go on where you left."))
        st.button(name, type="primary", key="checking-code", on_click=check_coding.begin, args=(sample.id,))
    elif not sample.is_done:
        markup.draw(markup.paragraph("Nothing is left for you. The rest is for somebody else: two people never share a "
                                     "sign-in."))  # fmt: skip
    _end(sample)


def _end(sample: Sample) -> None:
    """The way to the results: at once when all is coded, and with a warning before."""
    if sample.is_done:
        markup.draw(markup.paragraph("All of it is coded. From now on the results can be seen, and nothing be added."))
        st.button("Show the results", type="primary", key="checking-end", on_click=_ended, args=(sample.id,))
        return
    with st.expander("End the coding early"):
        markup.draw(
            markup.paragraph(
                "The results then rest on what has been coded, which is still a fair sample, but less precise. Nothing "
                "can be coded after that, because whoever has seen the results does not code blind any more."
            )
        )
        st.button("End the coding and show the results", key="checking-end", on_click=_ended, args=(sample.id,))


def _ended(sample_id: int) -> None:
    def end(session: Session, who: str, now: datetime) -> str:
        if check_samples.end(session, sample_id, by=who, now=now):
            audit.record(session, who=who, what="end the coding of a sample", subject=f"sample {sample_id}")
        return "The coding has ended. What it found is below."

    PRESSES.do(end)


def _hours(comments: int) -> str:
    minutes = max(5, round(comments * SECONDS_EACH / 300) * 5)
    if minutes < 60:
        return f"{minutes} minutes"
    hours, rest = divmod(minutes, 60)
    told = counted(hours, "hour", "hours")
    return f"{told} and {rest} minutes" if rest else told
