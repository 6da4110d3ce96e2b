"""An officer saves a chart as a picture and as a table, and prints the page, in a real browser."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from survey.tables import RoleName
from tests.journeys.staff import Staff
from tests.running import READ_ELSEWHERE, ROOT, Server
from tests.scene import grant, open_consultation, send_answers

TITLE = "Good ratings on the map, with boundaries"
NAME = "good-ratings-on-the-map-with-boundaries"
SVG = "{http://www.w3.org/2000/svg}"
A4_POINTS = (595, 842)
DARK_GROUND = (18, 25, 27)


@pytest.fixture(scope="module")
def officer(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """Somebody signed in, in dark colours, where thirty families have answered and the council gave its boundaries."""
    boundaries = ROOT / "tests" / "data" / "invented_boundaries.geojson"
    chosen = READ_ELSEWHERE | {"HEARD_BOUNDARIES": str(boundaries)}
    server = Server(tmp_path_factory.mktemp("charts"), settings=chosen)
    open_consultation(server.database_url)
    send_answers(server.database_url, how_many=30)
    password = grant(server.database_url, "officer", RoleName.OFFICER)
    with server, Staff(browser, server.address, "desktop", "dark") as person:
        person.sign_in("officer", password)
        person.wait_for_charts()
        yield person


def saved(officer: Staff, way: str) -> tuple[str, bytes]:
    """What comes of pressing one of the buttons under the map, by keyboard: the name of the file and what is in it."""
    officer.settle()
    with officer.page.expect_download() as coming:
        officer.button(f"{way}: {TITLE}").press("Enter")
    return coming.value.suggested_filename, coming.value.path().read_bytes()


def page_text(document: pypdfium2.PdfDocument) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def test_a_chart_is_saved_as_a_picture_that_stands_by_itself_and_as_a_table(officer):
    alt = officer.page.locator(".st-key-live-boundaries [aria-label]").first.get_attribute("aria-label")

    name, drawn = saved(officer, "Picture (SVG)")
    picture = ElementTree.fromstring(drawn)
    words = " ".join(" ".join(text.itertext()) for text in picture.iter(f"{SVG}text"))
    assert name == f"{NAME}.svg"
    assert TITLE in words
    assert "Burnley" in words
    assert "Base: 30 answers in the 1 of 12 districts" in words
    assert "Source: SEND services" in words
    assert picture.find(f"{SVG}desc").text == alt
    assert not {part.tag for part in picture.iter()} & {f"{SVG}{tag}" for tag in ("script", "foreignObject", "image")}
    assert b"http" not in drawn.replace(b"http://www.w3.org/", b"")

    name, pixels = saved(officer, "Picture (PNG)")
    image = Image.open(BytesIO(pixels)).convert("RGB")
    assert name == f"{NAME}.png"
    assert (image.width, image.height) == (2 * int(picture.get("width")), 2 * int(picture.get("height")))
    assert image.getpixel((2, 2)) == DARK_GROUND
    assert len(image.getcolors(maxcolors=image.width * image.height)) > 20

    name, table = saved(officer, "Table (CSV)")
    rows = list(csv.reader(StringIO(table.decode("utf-8-sig"))))
    assert name == f"{NAME}.csv"
    assert rows[0] == ["District", "Share", "Of", "Likely range", "Not shown because"]
    assert len(rows) == 13
    assert rows[1][:3] == ["Burnley", "100%", "30"]


def test_where_a_picture_cannot_be_made_the_page_says_so(officer):
    officer.page.evaluate("window.kept = window.Plotly; window.Plotly = undefined")
    officer.press(f"Picture (PNG): {TITLE}")

    expect(officer.page.get_by_text("This browser could not make the picture. The table can be saved.")).to_be_visible()
    officer.page.evaluate("window.Plotly = window.kept")


def test_a_page_is_printed_without_what_is_for_screens_and_dark_on_light(officer):
    paper = pypdfium2.PdfDocument(officer.page.pdf(prefer_css_page_size=True, print_background=False))
    told = page_text(paper)
    assert [round(side) for side in paper[0].get_size()] == list(A4_POINTS)
    assert f"1 of {len(paper)}" in told
    assert "Services and districts" in told
    for on_screen_only in ("Picture (PNG)", "Table (CSV)", "Table: ", "Sign out", "Negative comments"):
        assert on_screen_only not in told
    light = [page.render(scale=0.5).to_pil().convert("L").histogram() for page in paper]
    assert all(sum(shades[200:]) > 0.6 * sum(shades) for shades in light)
