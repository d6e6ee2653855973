"""The one browser of a test run, pages that notice what goes wrong in them, and what every page must live up to."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

AXE = (Path(__file__).parent / "vendor/axe-core-4.14.1/axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# What the viewport's width can change.
AXE_LAYOUT = ("color-contrast", "target-size", "scrollable-region-focusable", "meta-viewport", "link-in-text-block")
FLAGS = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PATIENCE = 30_000
ALBUM = os.environ.get("JOBBRO_SCREENSHOTS")
# Chromium reports every answer of 400 and more; which of them are meant is for the test to say.
_ANSWERED = re.compile(
    r"(Failed to load resource: the server responded with a status of|Response Status Error Code) (401|403|404|409|422)"
)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_FAULTS = """() => {
    const faults = [], root = document.documentElement;
    const headings = [...document.querySelectorAll("h1")].filter(one => one.checkVisibility());
    if (headings.length !== 1) faults.push(`${headings.length} headings of the first level`);
    if (!document.title.trim() || document.title.trim().startsWith("–")) faults.push("no title");
    if (!root.lang) faults.push("no language");
    if (root.scrollWidth > window.innerWidth) {
        const wide = [...document.body.querySelectorAll("*")].filter(
            one => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest("[role=region]"));
        faults.push(`scrolls sideways: ${root.scrollWidth} of ${window.innerWidth} px, `
            + wide.slice(0, 3).map(one => one.outerHTML.slice(0, 120)).join(" | "));
    }
    return faults;
}"""
_AXE_RUN = """async rules => (await axe.run(document, {resultTypes: ["violations"], runOnly: rules})).violations.map(
    rule => `${rule.id}: ${rule.nodes.map(node => node.target.join(" ")).join(", ")}`)"""


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A Chromium; without one the test is skipped, or fails where E2E=required says that there must be one."""
    found = os.environ.get("JOBBRO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found and os.environ.get("E2E") != "required":
        pytest.skip("No Chromium found. Install one, or name it in JOBBRO_CHROMIUM, to run the browser tests.")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code of ours.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    try:
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *as_root])
            yield started
            started.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Watched:
    """A page with a list of what went wrong in it: the console, scripts, the content policy, and answers of 500."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.problems: list[str] = []
        self._titles: dict[str, str] = {}
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("response", lambda it: self.problems.append(f"{it.status} {it.url}") if it.status >= 500 else None)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _ANSWERED.match(message.text):
            self.problems.append(f"console: {message.text}")

    def check(self, *, rules: tuple[str, ...] = ()) -> None:
        """The page is as every page must be, and its title belongs to this address only."""
        here = _ID.sub("ID", re.split("[?#]", self.page.url)[0])
        found = [*faults_of(self.page, rules=rules), *self.problems]
        other = self._titles.setdefault(self.page.title(), here)
        if other != here:
            found.append(f"has the title of {other}: {self.page.title()}")
        self.problems.clear()
        assert found == [], f"{here}: " + "\n".join(found)


def faults_of(page: Page, *, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe, the headings, the title and the width say against the page; only these rules of axe when named."""
    if ALBUM:
        name = re.sub(r"\W+", "-", _ID.sub("ID", page.url.split("/", 3)[3]))
        page.screenshot(
            path=f"{ALBUM}/{name or 'home'}-{page.viewport_size['width']}.png", full_page=True, caret="initial"
        )
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(AXE_TAGS)}
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    return [*page.evaluate(_FAULTS), *page.evaluate(_AXE_RUN, only)]


def axe_violations(page: Page) -> list[str]:
    """Rule and places of everything axe finds on the page."""
    page.evaluate(AXE)
    violations: list[str] = page.evaluate(_AXE_RUN, {"type": "tag", "values": list(AXE_TAGS)})
    return violations
