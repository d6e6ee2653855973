"""Every page that can be read, as every role, wide and narrow: the sweep that keeps the promise for all of them."""

from collections.abc import Iterator

import psycopg
import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.cli.database import owner_url
from jobbro.cli.demo.loading import load_demo
from jobbro.cli.smoke.arguments import ArgumentTable
from jobbro.cli.smoke.pages import actor_behind, all_pages
from jobbro.cli.smoke.run import ROLES, visitors_of
from jobbro.cli.smoke.shapes import Place, Visitor
from jobbro.cli.smoke.truth import Truth
from tests.browser import AXE_LAYOUT, Watched, faults_of
from tests.journeys.screens import screen_of

pytestmark = pytest.mark.django_db(transaction=True)
CITIZENS = 60
WIDE, NARROW = 1280, 320
# One test a visitor: they can run beside each other.
VISITORS = ("anonymous", *ROLES, "citizen", "employer", "external")
# Who may open most pages.
MOST = ("team_lead", "caseworker", "job_broker")
# Answers that are no pages.
NOT_DRAWN = (
    *("certificate_pdf", "case_closed_pdf"),
    *("health", "import_template", "plan_pdf", "application_pdf", "deadlines_calendar"),
    *("tasks_export", "carved_job_pdf", "carved_job_file", "work_search", "card_pdf", "our_card_pdf"),
    *("agreement_pdf", "our_agreement_pdf", "introduction_calendar", "our_introduction_calendar"),
    "knowledge_near",
    *("meeting_ics", "calendar_feed", "worklist_file"),
)

# WCAG 2.5.8: 24 px, unless the target stands in a line of text; 3.2.6: the help link is the first of its landmark.
_TARGETS = """least => [
        ...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest(".skip-link, [inert]"))
    .filter(one => !(one.matches("a") && getComputedStyle(one).display === "inline"))
    .map(one => [one, (one.matches("[type=radio], [type=checkbox]") && one.labels[0] || one).getBoundingClientRect()])
    .filter(([one, box]) => box.width && (box.width < least || box.height < least))
    .map(([one, box]) => `target of ${box.width | 0} x ${box.height | 0}: ${one.outerHTML.slice(0, 100)}`)"""
_HELP = """() => [...document.querySelectorAll("section.tools a, section.tools button")]
    .filter(one => one.checkVisibility()).findIndex(one => one.matches(".tool-help"))"""


def _addresses(truth: Truth, *, visitor: Visitor, accounts: list) -> Iterator[tuple[str, str]]:
    """Name and address of each page this visitor may open, about people and things of their own."""
    pages, _problems = all_pages({visitor.label: actor_behind(visitor.user_id)})
    table = ArgumentTable(truth=truth, visitor=visitor, visitors=accounts)
    for page in pages:
        if visitor.label not in page.allowed or page.name in NOT_DRAWN:
            continue
        for values in table.for_arguments(page.arguments):
            if values.place in (Place.NONE, Place.OWN) and not values.missing:
                yield page.name, reverse(page.name, kwargs=dict(values.by_name))


def _account(visitor: Visitor) -> User | None:
    if visitor.user_id is None:
        return None
    with acting_as(visitor.user_id):
        return User.objects.get(pk=visitor.user_id)


def _faults(screen: Watched, *, address: str) -> list[str]:
    """What is wrong with the page, wide and narrow; a page is opened as wide as the one before it was left."""
    page = screen.page
    answer = page.goto(address)
    if answer is None or answer.status >= 400:
        # Which page answers what is for `jobbro smoke` to say; a refusal has to be readable all the same.
        return faults_of(page)
    before = page.viewport_size["width"]
    found = _faults_at(page, width=before)
    page.set_viewport_size({"width": WIDE + NARROW - before, "height": 900})
    found += _faults_at(page, width=WIDE + NARROW - before)
    found += screen.problems
    screen.problems.clear()
    return found


def _faults_at(page: Page, *, width: int) -> list[str]:
    """All rules of axe once, and those that a width can change once more at the other width."""
    rules = () if width == WIDE else AXE_LAYOUT
    return [f"{width} px: {fault}" for fault in [*faults_of(page, rules=rules), *_own_rules(page)]]


def _own_rules(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_TARGETS, 24)
    return found if page.evaluate(_HELP) == 0 else [*found, "the help link is not where it is on other pages"]


@pytest.mark.parametrize("label", VISITORS)
def test_nothing_is_in_the_way_of(chromium: Browser, live_server, label: str) -> None:
    load_demo(CITIZENS)
    found: list[str] = []
    names: set[str] = set()
    with psycopg.connect(owner_url(), autocommit=True) as connection:
        truth = Truth(connection)
        visitors, _notes = visitors_of(truth)
        accounts = [visitor.user_id for visitor in visitors if visitor.user_id]
        (visitor,) = [visitor for visitor in visitors if visitor.label == label]
        screen = screen_of(chromium, base_url=live_server.url, user=_account(visitor), width=WIDE)
        for name, address in _addresses(truth, visitor=visitor, accounts=accounts):
            names.add(name)
            found += [f"{name}: {fault}" for fault in _faults(screen, address=address)]
        screen.page.context.close()
    assert len(names) > (40 if label in MOST else 3)
    assert not found, "\n".join(found)
