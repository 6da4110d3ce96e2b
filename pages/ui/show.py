"""How figures are shown: the chart, what it says in words, the same numbers as a table, and what was held back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape

import pandas as pd
import streamlit as st

from analysis.charts.chart import LIGHT, LOOKS, Chart, Look
from analysis.overview import Asked, Chosen, Numbers, Overview, Scope
from analysis.phrases import counted, held_said, intervals_said, listed, number, percent, shares_said
from analysis.ratings import Rated
from analysis.remarks import Remark
from analysis.report.content import TONES
from analysis.suppression import Policy, Released
from pages.ui import data, doors, markup, saving, tongues
from pages.ui.data import State
from survey import consultations, languages
from survey.consultations import WaveFacts
from survey.local_days import LOCAL

CHOSE_TO_ANSWER = (
    "People chose to answer. Those who did may differ from those who did not, and no range here measures that."
)
STILL = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def look() -> Look:
    """The colours of the theme this browser shows."""
    kind = st.context.theme.type
    return LOOKS.get(kind, LIGHT) if isinstance(kind, str) else LIGHT


def chart(drawn: Chart, *, key: str, title: str) -> None:
    """A chart, with what it is of, ways to save it, and its numbers as a table for whoever would rather read them."""
    st.plotly_chart(drawn.figure, theme=None, key=key, alt=drawn.alt, config=STILL)
    saving.offer(drawn, look(), key=key, title=title)
    with st.expander(f"Table: {title}"):
        table(drawn.table, caption=title)


def table(rows: pd.DataFrame, *, caption: str) -> None:
    """A table that can be read aloud, row by row. The first column says what each row is about."""
    cells = [[str(cell) for cell in row] for row in rows.itertuples(index=False, name=None)]
    st.html(markup.table([str(name) for name in rows], cells, caption=caption))


def numbers(pairs: Sequence[tuple[str, str]]) -> None:
    """A few numbers with what they count, side by side."""
    st.html(markup.numbers(pairs))


def held_back(released: Released) -> None:
    """How many figures are not shown, and why."""
    if released.held_back == 0:
        return
    told = listed(held_said(released.figures["held"]))
    markup.draw(
        markup.paragraph(
            f"{counted(released.held_back, 'figure is', 'figures are')} not shown: {told}.", style="heard-small"
        )
    )


def full_title(wave: WaveFacts) -> str:
    """A wave's title with its consultation's, where it does not say that already."""
    return wave.title if wave.consultation_title in wave.title else f"{wave.consultation_title}: {wave.title}"


def in_all_waves(wave: WaveFacts) -> str:
    """What is said after a number that counts all waves of a consultation, beside a choice of one: "" if it has one."""
    together = [one for one in data.waves() if one.consultation_id == wave.consultation_id]
    return " in all waves" if len(together) > 1 else ""


def demonstration(wave: WaveFacts) -> None:
    """Say of made-up answers that they are made up, on every page that shows them; and, for pictures that are saved
    from the page, where its figures are from."""
    pieces = [saving.source(full_title(wave), made_up=wave.demonstration)]
    if wave.demonstration:
        made_up = "This is a demonstration. The families, answers and comments are made up."
        pieces.append(markup.notice(made_up, style="heard-demonstration"))
    markup.draw(*pieces)


def preview(wave: WaveFacts, known: Sequence[WaveFacts]) -> None:
    """How to look at a wave before it opens, at both doors; or why it cannot be looked at yet."""
    now = datetime.now(UTC)
    if not wave.is_to_come(now):
        return
    opens = f"This wave opens on {wave.first_day:%-d %B %Y}."
    its_own = sorted((one for one in known if one.slug == wave.slug), key=lambda one: one.opens_at)
    first = consultations.behind(its_own, now)
    if first is not None and first.id != wave.id:
        markup.draw(markup.notice(f"{opens} Until then its address leads to {first.title}, so it has no preview yet."))
        return
    links = [(f"/?consultation={wave.slug}", "Preview"), (f"{doors.PLAIN}{wave.slug}", "Preview of the plain pages")]
    told = "".join(
        f'<p><a href="{escape(address)}" target="_blank">{name} (opens in a new tab)</a></p>' for address, name in links
    )
    st.html(f'<div class="heard-notice"><p>{opens} Nothing you enter in a preview counts.</p>{told}</div>')


def overview_numbers(seen: Numbers) -> list[tuple[str, str]]:
    """How many have answered, and how many of their comments have been read: each number after what it counts."""
    return [
        ("Responses", told(seen.responses)),
        ("Comments read", told(seen.read)),
        ("Comments waiting to be read", told(seen.waiting)),
    ] + ([("Told of", str(seen.told))] if seen.told else [])


def told(count: int | None) -> str:
    """A number that may be told, or a dash."""
    return "–" if count is None else number(count)


def not_apart(seen: Overview) -> None:
    """Say why figures are missing under what is chosen, where they are."""
    if seen.apart:
        return
    markup.draw(
        markup.notice(
            "Too few people are all of what is chosen above, or too few are left beside them. What they said is not "
            "shown by itself: taken from other figures, it could give somebody away. Choose fewer filters to see more."
        )
    )


def nobody(state: State, chosen: Chosen) -> None:
    """Say why there is nothing to see: nobody has answered at all, or nobody who passes the filters."""
    if not state.answered:
        markup.draw(
            markup.paragraph(f"Nobody has answered {state.wave.title} yet. Results appear here as they arrive.")
        )
    elif any(chosen):
        markup.draw(
            markup.paragraph("Nobody who answered is all of what is chosen above. Choose fewer filters to see more.")
        )


def tones(released: Released) -> None:
    """How the comments divide by tone: each share with its range, and once what they are of."""
    shown = released.shown
    if shown.empty:
        markup.draw(markup.paragraph("Too few comments have been read to say in which tone."))
        return
    rows = zip(shown["sentiment"], shown["share"], shown["low"], shown["high"], strict=True)
    said = [f"{percent(share)} {TONES[tone]} ({percent(low)} to {percent(high)})" for tone, share, low, high in rows]
    markup.draw(
        markup.paragraph(f"Of {number(shown['base'].iloc[0])} comments read, {listed(said)}."),
        markup.paragraph("In brackets: the likely range of each.", style="heard-small"),
    )
    held_back(released)


def services(rated: Sequence[Rated], *, caption: str, since: str) -> None:
    """How each service is rated, and what became of that since the wave named, if there is one."""
    rows = pd.DataFrame(
        [one[:5] for one in rated], columns=["Service", "Share", "Likely range", f"Since {since}", "How far"]
    )
    table(rows if since else rows.iloc[:, :3], caption=caption)


def children(released: Released | None, asked: Asked | None, *, what: str) -> None:
    """How the children who are told of divide, as a table: their ages, or the plans they have."""
    if released is None or asked is None:
        return
    figures = released.figures
    rows = {what: figures["answer"].map(asked.answers), "Children": shares_said(figures)}
    table(pd.DataFrame(rows | {"Likely range": intervals_said(figures)}), caption=f"{what} of the children told of")
    held_back(released)


def manners(released: Released) -> None:
    """How many people answered in each language, and in Easy Read."""
    figures = released.figures
    chosen = zip(figures["language"], figures["variant"], strict=True)
    rows = {
        "Answered in": [_manner(language, variant) for language, variant in chosen],
        "Responses": figures["count"].map(number),
    }
    table(pd.DataFrame(rows), caption="Everybody in this wave, whatever is chosen above")
    held_back(released)


def _manner(tongue: str, variant: str) -> str:
    code = languages.code_of(tongue, variant)
    return languages.LANGUAGES[code].english if code in languages.LANGUAGES else code


def rated_by(scope: Scope) -> str:
    """What the shares of the ratings are of: people, or children where each is asked about."""
    if scope.rated_by_child:
        return f"Share of children for whom each service is rated {scope.good}"
    return f"Share of people who rated each service {scope.good}"


def reading_notes(policy: Policy, scope: Scope) -> None:
    """What every reader of these figures has to know."""
    sentences(reading_notes_of(policy, scope))


def reading_notes_of(policy: Policy, scope: Scope) -> list[str]:
    """The same, for a file."""
    told = [
        CHOSE_TO_ANSWER,
        "The range beside each share is for chance alone: where it is wide, few people answered.",
        f"Groups of fewer than {policy.fewest} people are not shown, nor what would give them away.",
        "Nothing is called clearly different until every comparison made has been allowed for.",
        "Tones and themes are read by a computer, which is sometimes wrong. Comments are shown as written, "
        "but for personal details, which are taken out.",
    ]
    if scope.rated_by_child:
        told.insert(
            2,
            "Ratings are counted by child, everything else by family. The children of one family count as one family "
            "in deciding what is shown, and the ranges allow for their answers being alike.",
        )
    told[-2:-2] = rounding(policy)
    return told


def no_funnel(kind: str) -> None:
    """Say why there is no funnel."""
    too_few = f"No funnel is drawn: too few people have answered about this {kind} for a district to be set beside all."
    markup.draw(markup.paragraph(too_few))


def rounding(policy: Policy) -> list[str]:
    """What is done to numbers of people, where anything is."""
    if not policy.is_read_out:
        return []
    return [f"Numbers from 1 to {policy.smallest - 1} are not shown, and others are rounded to {policy.step}."]


def variation_notes(policy: Policy, kind: str) -> None:
    """What a reader of verdicts, funnels and pooled estimates has to know."""
    sentences(
        [
            CHOSE_TO_ANSWER,
            f"Each district is set beside the same {kind} in all the other districts that are shown, never beside a "
            "total that it is part of.",
            "Looked at one by one, five to eight of two hundred cells look different when nothing differs. Here the "
            "board as a whole must first vary more than chance makes boards vary.",
            "A share drawn towards the county is what to expect if more families there were asked: a few answers move "
            "it little, many answers move it to what they say.",
            "In a funnel the fewer answer, the further chance alone may take a district. Limits are widened where "
            "districts differ all round, so that it shows who stands out among them.",
            "There is no ranking: with so few answers an order of merit would be an order of luck.",
            f"Groups of fewer than {policy.fewest} people are not shown, nor what would give them away.",
            *rounding(policy),
        ]
    )


def remarks(latest: Sequence[Remark], telling: Mapping[int, str]) -> None:
    """Comments in their own words, each with what is known of it, and with what may tell who it is about."""
    if not latest:
        markup.draw(markup.paragraph("No comment that can be shown has been read yet."))
        return
    told = "".join(
        f'<li><blockquote lang="{escape(remark.language or "en")}" dir="auto">{_lines(remark.words)}</blockquote>'
        f"<p>{escape(' · '.join(_about(remark)))}</p>{_may_tell(telling.get(remark.comment_id, ''))}</li>"
        for remark in latest
    )
    st.html(f'<ul class="heard-remarks">{told}</ul>')


def quotes(words: Sequence[tuple[str, str, str]]) -> None:
    """Quotations, each with the language it is in and what is said of it below, "" for nothing."""
    told = "".join(
        f'<blockquote lang="{escape(language or "en")}" dir="auto">{_lines(said)}{_below(language, about)}</blockquote>'
        for said, language, about in words
    )
    st.html(f'<div class="heard-quotes">{told}</div>')


def _below(language: str, about: str) -> str:
    told = " ".join(part for part in (about, tongues.put_from(language)) if part)
    return f'<footer class="heard-small" lang="en" dir="ltr">{escape(told)}</footer>' if told else ""


def sentences(told: Sequence[str]) -> None:
    """A few sentences that belong together, as a list."""
    st.html(f'<ul class="heard-sentences">{"".join(f"<li>{escape(one)}</li>" for one in told if one)}</ul>')


def steps(told: Sequence[str]) -> None:
    """What is done one after another, as a numbered list."""
    st.html(f'<ol class="heard-sentences">{"".join(f"<li>{escape(one)}</li>" for one in told)}</ol>')


def _lines(words: str) -> str:
    return "<br>".join(escape(line) for line in words.splitlines() if line.strip())


def _may_tell(reasons: str) -> str:
    return f"<p>May be recognised. Together these may tell: {escape(reasons)}.</p>" if reasons else ""


def _about(remark: Remark) -> list[str]:
    """What stands under a comment: its tone in words first, and the day it came last.

    The hour is not told: somebody who saw it being written would know whose it is.
    """
    sent = pd.Timestamp(remark.sent_at).tz_convert(LOCAL)
    parts = [remark.sentiment.capitalize(), *remark.themes[:3], remark.service, remark.district]
    parts.append(tongues.put_from(remark.language))
    return [part for part in parts if part] + [f"{sent:%-d %B %Y}"]
