"""One visitor with a browser of their own, and what is promised of every page they see."""

import shutil
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys import record
from tests.journeys.record import Found

# Debian's, where there is one; otherwise the one Playwright fetched. The one without windows opens pages in a third of
# the time of the whole browser, and is what Playwright itself would take.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
SCHEMES = ("light", "dark")
MISTAKE = "the server responded with a status of 422"
PATIENCE_MILLISECONDS = 60_000  # two servers, two readers and two browsers may share two cores
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# target-size is the rule of WCAG 2.2, and the one that axe leaves off unless it is asked for by name. What breaks no
# rule is not listed: working out where each such part of a page stands takes as long as the checking.
RULES = {
    "runOnly": {"type": "tag", "values": WCAG},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# Of a page that Streamlit does not draw this is true at once.
ALL_IS_DRAWN = """() => !document.querySelector(
    '[data-testid="stApp"]:not([data-test-script-state="notRunning"]), [data-stale="true"]'
)"""
NOTHING_MOVES = """async () => {
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const ending = document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(one => one.finished));
}"""

# Whether the ground of the page is dark and its words are light, or the other way about, by the sum of red, green and
# blue. Both, because with much else to do a browser may be seen between one and the other.
IS_IN_COLOURS = """scheme => {
    const isLight = colour => colour.match(/[0-9.]+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) > 382;
    const ground = getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor;
    const words = [...document.querySelectorAll(
        `main :is(h1, h2, h3), .heard-staff > span, main [data-testid="stBaseButton-secondary"]:enabled p`
    )];
    return isLight(ground) === (scheme === "light")
        && words.every(one => isLight(getComputedStyle(one).color) === (scheme === "dark"));
}"""


class Visit:
    """A browser window on one server. ``with Visit(…) as visit:`` checks its conduct at the end."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        size: str,
        scheme: str,
        *,
        lost_server: bool = False,
        scripts: bool = True,
        **window: object,
    ) -> None:
        self.address, self.size, self.scheme = address, size, scheme
        self.forgiving = lost_server  # a page whose server is taken away may say so in the console
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(
            **SIZES[size] | window,
            color_scheme=scheme,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        self.context.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self._note_request(request.url))
        page.on("websocket", lambda socket: self._note_request(socket.url))
        page.on("console", lambda message: message.type == "error" and self._note_complaint(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.address + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until Streamlit has drawn everything it was going to draw."""
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()
        finished = self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
        expect(finished).to_be_attached()
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0)

    def turn(self, scheme: str) -> None:
        """The device changes to light or dark colours while the page is open, as many do in the evening."""
        self.page.emulate_media(color_scheme=scheme)
        self.scheme = scheme
        self.page.wait_for_function(IS_IN_COLOURS, arg=scheme)

    def unfold(self, name: str) -> None:
        """Open what is folded away under those words, and wait until nothing moves any more."""
        self.page.locator("summary", has_text=name).click()
        self.page.evaluate(NOTHING_MOVES)

    def press(self, name: str) -> None:
        self.button(name).click()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def barriers(self) -> list[str]:
        """What on this page breaks a success criterion of WCAG 2.0, 2.1 or 2.2, level A or AA, once it stands still."""
        self.page.wait_for_function(ALL_IS_DRAWN)
        self.page.evaluate(NOTHING_MOVES)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        answer = self.page.evaluate("rules => axe.run(rules)", RULES)
        found = answer["violations"]
        record.LOOKED.append(
            Found(
                self.size,
                self.scheme,
                f"{answer['testEngine']['name']} {answer['testEngine']['version']}",
                f"{urlsplit(self.page.url).path} {self.page.title()}",
                sum(len(rule["nodes"]) for rule in found),
            )
        )
        return [
            f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:160]}"
            for rule in found
            for node in rule["nodes"]
        ]

    def picture(self, name: str) -> None:
        """Keep what the window shows for the README, if it looks different from the picture there."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        file = PICTURES / f"{name}.png"
        fresh = file.with_suffix(".fresh.png")
        self.page.screenshot(path=fresh, animations="disabled", caret="hide")
        if file.exists() and looks_alike(file, fresh):
            fresh.unlink()
        else:
            fresh.replace(file)

    def _note_complaint(self, text: str) -> None:
        if MISTAKE not in text:  # a page that says what to put right is answered so, and the browser notes it
            self.complaints.append(text)

    def _note_request(self, url: str) -> None:
        asked = urlsplit(url)
        if asked.scheme in {"http", "https", "ws", "wss"} and asked.netloc != urlsplit(self.address).netloc:
            self.elsewhere.append(url)

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.context.close()
        if kind is None:
            assert not self.elsewhere, f"asked another host: {self.elsewhere}"
            assert self.forgiving or not self.complaints, f"complained: {self.complaints}"


def looks_alike(one: Path, other: Path, share: float = 0.002) -> bool:
    """Whether two pictures differ in no more than that share of their points."""
    with Image.open(one) as first, Image.open(other) as second:
        if first.size != second.size:
            return False
        difference = ImageChops.difference(first.convert("L"), second.convert("L"))
        changed = sum(difference.point(lambda value: value > 24 and 255).histogram()[128:])
        return changed <= share * first.width * first.height
