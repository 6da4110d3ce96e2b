"""The first survey page for somebody who was never here, on a slow phone with a slow connection."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.journeys.visit import CHROMIUM, FLAGS, SIZES
from tests.load.figure import Figure
from tests.running import Server
from tests.scene import open_consultation

TIMES = 5
# Lighthouse's mobile profile: 1.6 Mbit/s down, 0.75 up, 150 ms there and back, a processor a quarter as fast.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER_PROCESSOR = 4
USABLE = """async () => {
    const drawn = '[data-testid="stApp"][data-test-script-state="notRunning"]';
    const button = () => document.querySelector(`${drawn} [data-testid^="stBaseButton-primary"]:not([disabled])`);
    while (!button() || !button().getBoundingClientRect().height) await new Promise(requestAnimationFrame);
    return performance.now();
}"""
USABLE_PLAIN = """async () => {
    const button = () => document.readyState !== "loading" && document.querySelector("main form button");
    while (!button() || !button().getBoundingClientRect().height) await new Promise(requestAnimationFrame);
    return performance.now();
}"""
FIRST_PAINT = """async () => {
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
    while (!painted()) await new Promise(requestAnimationFrame);
    return painted().startTime;
}"""


class Load(NamedTuple):
    """One visit with nothing cached."""

    bytes: int
    requests: int
    first_paint_ms: float
    usable_ms: float


class Page(NamedTuple):
    """A first page: its figures' name, where it is, when it is usable, and what it should take."""

    name: str
    path: str
    usable: str
    most_megabytes: float
    paint_seconds: float
    usable_seconds: float


DOOR = Page("cold_load", "/", USABLE, 0.8, 1.5, 5.5)
PLAIN_DOOR = Page("plain_load", "/s/send-services", USABLE_PLAIN, 0.025, 1, 1)


def measure(folder: Path, page: Page = DOOR) -> Iterator[Figure]:
    server = Server(folder)
    open_consultation(server.database_url)
    with server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        load(browser, server.address, page)  # the server's own first visit is not a visitor's
        loads = [load(browser, server.address, page) for _ in range(TIMES)]
        browser.close()
    middle = Load(*(median(column) for column in zip(*loads, strict=True)))
    yield Figure(f"{page.name}_bytes", round(middle.bytes / 1e6, 3), "MB", page.most_megabytes)
    yield Figure(f"{page.name}_requests", middle.requests, "requests")
    yield Figure(f"{page.name}_first_paint", round(middle.first_paint_ms / 1000, 2), "s", page.paint_seconds)
    yield Figure(f"{page.name}_usable", round(middle.usable_ms / 1000, 2), "s", page.usable_seconds)


def load(browser: Browser, address: str, first: Page) -> Load:
    """Open the first page in a browser that has never seen it."""
    context = browser.new_context(**SIZES["phone"])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW_4G)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    page.goto(address + first.path, wait_until="commit")
    usable = page.evaluate(first.usable)
    first_paint = page.evaluate(FIRST_PAINT)
    page.wait_for_load_state("networkidle")
    context.close()
    return Load(int(sum(sizes)), len(sizes), first_paint, usable)
