"""Visitors in a real browser: the first page, and five at once with a scenario of their own."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psutil

from benchmarks.app_server import ARGUMENTS, CHROMIUM, ROOT, Serving, serving
from benchmarks.visitors import APART, LOOKING_SECONDS, MOVES, POSTS, USERS, Together, draft
from ui.study.link import PARAMETER, packed, unpacked
from ui.study.references import new_study

MEGABYTE = 2**20
FIRST_PAGES = 5
BETWEEN_READINGS_SECONDS = 0.3
PATIENCE_MILLISECONDS = 300_000
PREVIEW = ".st-key-preview"
SHOWN = f"{PREVIEW} table"
DRAWN = (
    "() => document.querySelector('[data-testid=stApp]')"
    "?.getAttribute('data-test-script-state') === 'notRunning'"
)
CHANGED = (
    "before => document.querySelector('.st-key-preview table') !== null"
    " && document.querySelector('.st-key-preview').innerText !== before"
)
LOG = ROOT / "out" / "benchmarks_app.log"
STRANGERS = ROOT / "out" / "benchmarks_app_strangers.txt"
"""Both texts wherever a visitor read another one than alone."""


@dataclass(frozen=True)
class Seen:
    """What one visitor saw: the posts of their slider, their last preview, seconds of each move."""

    posts: float
    preview: str
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class Users:
    """First pages one after the other, then several visitors at once."""

    first_page_seconds: tuple[float, ...]
    move_seconds: tuple[float, ...]
    strangers: int
    """Visitors whose answer was not the one that they get when they are alone."""
    megabytes: tuple[float, float]
    """Of the server, before the visitors and after them."""


def is_possible() -> bool:
    """Whether there is a browser to measure with."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return False
    return CHROMIUM is not None


def measure_users() -> Users:
    """Start a server and visit it; raises RuntimeError when it does not start."""
    with TemporaryDirectory() as folder:
        environment = {"CASELOAD_APP_DATA": str(Path(folder) / "app")}
        with serving(environment, LOG) as server:
            return asyncio.run(_visits(server))


async def _visits(server: Serving) -> Users:
    from playwright.async_api import async_playwright

    process = psutil.Process(server.process)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        # The first visit loads the model; what counts is a server that is warm.
        await _journey(browser, server.address, APART * USERS, moves=1)
        firsts = [await _first_page(browser, server.address) for _ in range(FIRST_PAGES)]
        before = process.memory_info().rss / MEGABYTE
        starts = [APART * user for user in range(USERS)]
        place = Together(USERS)
        together = await asyncio.gather(
            *(_journey(browser, server.address, start, MOVES, place) for start in starts)
        )
        after = process.memory_info().rss / MEGABYTE
        strangers = 0
        for start, seen in zip(starts, together, strict=True):
            alone = await _journey(browser, server.address, start + MOVES, moves=0)
            if (seen.posts, seen.preview) != (start + MOVES, alone.preview):
                strangers += 1
                with STRANGERS.open("a", encoding="utf-8") as log:
                    log.write(f"{seen.posts}\n{seen.preview}\n--- alone\n{alone.preview}\n")
        await browser.close()
    moves = tuple(seconds for seen in together for seconds in seen.seconds)
    return Users(tuple(firsts), moves, strangers, (before, after))


async def _page(browser: Any) -> Any:
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    return page


async def _first_page(browser: Any, address: str) -> float:
    """Seconds until a new visitor reads the first page whole."""
    page = await _page(browser)
    began = time.perf_counter()
    await page.goto(address)
    await page.wait_for_selector(".card")
    await page.wait_for_function(DRAWN)
    seconds = time.perf_counter() - began
    await page.context.close()
    return seconds


async def _journey(
    browser: Any, address: str, posts: float, moves: int, together: Together | None = None
) -> Seen:
    """The first page, a scenario of one's own, some moves of its slider, the comparison.

    Who comes together waits for the others before the moves and after them: a move is timed
    beside the moves of all others, not beside the start of their browsers on the same machine.
    """
    together = together or Together(1)
    page = await _page(browser)
    await page.goto(address)
    await page.wait_for_selector(".card")
    token = packed(new_study("somme").with_draft(draft(posts)))
    await page.goto(f"{address}/scenario?{PARAMETER}={token}")
    await page.wait_for_selector(SHOWN)
    await page.wait_for_function(DRAWN)
    slider = page.get_by_role("slider").first
    before = await _steady(page)
    await together.all_here()
    seconds = []
    for _ in range(moves):
        began = time.perf_counter()
        await slider.focus()
        await page.keyboard.press("ArrowRight")
        await page.wait_for_function(CHANGED, arg=before)
        seconds.append(time.perf_counter() - began)
        await asyncio.sleep(LOOKING_SECONDS)
        before = await _steady(page)
    await together.all_here()
    shown, preview = _posts_of(page.url), await _steady(page)
    link = page.url.partition("?")[2]
    await page.goto(f"{address}/comparer?{link}")
    await page.wait_for_selector("h1")
    await page.wait_for_function(DRAWN)
    await page.context.close()
    return Seen(shown, preview, tuple(seconds))


async def _steady(page: Any) -> str:
    """The preview once it is drawn whole: two readings that agree, no script running."""
    read: str | None = None
    while True:
        await page.wait_for_function(DRAWN)
        now = str(await page.locator(PREVIEW).inner_text())
        if now == read:
            return now
        read = now
        await asyncio.sleep(BETWEEN_READINGS_SECONDS)


def _posts_of(address: str) -> float:
    """Added posts of the study in an address: what the server has taken, not what a field shows."""
    study = unpacked(parse_qs(urlsplit(address).query)[PARAMETER][0])
    return float(str(study.drafts[-1].values[POSTS]))
