"""That Streamlit's own page is still of the shape ours is made from."""

import json
import re

import pytest

from pages.serving.bundle import (
    DRAWN_NEXT,
    DRAWN_WITH,
    STATIC,
    UnknownStreamlit,
    bundle,
    is_heavy,
    read,
    waits_to_be_told,
)

INDEX = (STATIC / "index.html").read_text()
MANIFEST = json.loads((STATIC / "manifest.json").read_text())


def test_the_installed_streamlit_is_understood():
    known = bundle()

    assert known.script.startswith("/static/js/index.")
    assert len(known.needed) > 40
    assert len(set(known.addresses)) == len(known.addresses)
    assert all((STATIC / address.lstrip("/")).is_file() for address in (*known.addresses, known.style))


def test_nothing_is_loaded_that_only_charts_need():
    assert not [name for name in bundle().addresses if "Plotly" in name or "DataFrame" in name or "Vega" in name]


def test_no_script_that_reads_what_ours_says_can_run_before_it(visitor):
    page = visitor.get("/").text
    by_themselves = re.findall(r'<script type="module" async crossorigin src="([^"]+)">', page)

    assert "window.__streamlit" in (STATIC / bundle().script.lstrip("/")).read_text()
    assert len(by_themselves) >= 8
    assert all(is_heavy(address) and not waits_to_be_told(address) for address in by_themselves)
    assert {address for address in bundle().needed if is_heavy(address)} - set(by_themselves)


@pytest.mark.parametrize(
    ("changed_from", "to", "missing"),
    [
        ('<script type="module"', '<script type="text/javascript"', "start script"),
        ('rel="modulepreload"', 'rel="preload"', "scripts to load beforehand"),
        ('<link rel="stylesheet"', '<link rel="alternate"', "style sheet"),
        ('id="root"', 'id="app"', "place to draw in"),
        ("window.prerenderReady = false", "window.somethingNew = true", "inline script"),
        ("</head>", "<script>track()</script></head>", "inline script"),
    ],
)
def test_a_streamlit_of_another_shape_is_refused_at_the_start_and_said_to_be(changed_from, to, missing):
    assert changed_from in INDEX

    with pytest.raises(UnknownStreamlit, match=missing):
        read(INDEX.replace(changed_from, to), MANIFEST)


@pytest.mark.parametrize("part", [*DRAWN_WITH, *DRAWN_NEXT])
def test_a_part_that_has_gone_from_streamlit_is_named(part):
    without = {name: entry for name, entry in MANIFEST.items() if name != part}

    with pytest.raises(UnknownStreamlit, match=re.escape(part)):
        read(INDEX, without)
