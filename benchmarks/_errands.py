"""What visitors come for: each errand is one page, with its share of the visits of a role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks._browser import Answer, Browser
from benchmarks._visitors import Visitor

Visit = Callable[[Browser, Visitor, Random], Answer | None]


@dataclass(frozen=True)
class Errand:
    """A page as the table names it. `visit` is None for a visitor who has nobody in that situation."""

    name: str
    shares: dict[str, int]
    visit: Visit


def _page(path: str) -> Visit:
    return lambda browser, visitor, random: browser.get(path)


def _of_person(path: str, *, topic: bool = False, needs: bool = False, plan: bool = False) -> Visit:
    """A page of one citizen, drawn from those in the situation."""

    def visit(browser: Browser, visitor: Visitor, random: Random) -> Answer | None:
        people = visitor.first(with_topic=topic, with_needs=needs, with_plan=plan)
        if not people:
            return None
        person = random.choice(people)
        return browser.get(f"/citizens/{person.id}/{path.format(topic=person.topic)}")

    return visit


def _search(browser: Browser, visitor: Visitor, random: Random) -> Answer | None:
    if not visitor.people:
        return None
    form = browser.get("/search/")
    name = random.choice(visitor.people).family_name
    return browser.submit(form, action="/search/", typed={"text": name[: max(3, len(name) - 2)]}, status=200)


def _answer(browser: Browser, visitor: Visitor, random: Random) -> Answer | None:
    people = visitor.first(with_topic=True)
    if not people:
        return None
    person = random.choice(people)
    address = f"/citizens/{person.id}/dialogue/topics/{person.topic}/"
    words = f"Det går bedst om formiddagen. {random.randrange(10_000)}"
    return browser.submit(browser.get(address), action=address, typed={"words": words, "go": "save"})


_STAFF = {"caseworker": 1, "job_broker": 1, "team_lead": 1}
_CASE = {"caseworker": 2, "job_broker": 1}

OF_UNIT = "schemes of the unit, key person"

ERRANDS = (
    Errand("home, employee", _STAFF | {"caseworker": 2, "administrator": 1, "key_person": 1}, _page("/")),
    Errand("home, citizen", {"citizen": 3}, _page("/")),
    Errand("caseload, own", {"caseworker": 3, "job_broker": 2}, _page("/citizens/?who=mine")),
    Errand("caseload, whole team or unit", _STAFF | {"team_lead": 3}, _page("/citizens/?who=all")),
    Errand("caseload, quiet", _STAFF, _page("/citizens/?who=all&quiet=on&sort=quiet")),
    Errand("caseload, second page by name", _STAFF, _page("/citizens/?who=all&sort=name&page=2")),
    Errand("caseload, 100 on a page", {"team_lead": 1}, _page("/citizens/?who=all&size=100")),
    Errand("search by name (POST)", _STAFF, _search),
    Errand("citizen's file", _STAFF | {"caseworker": 6, "job_broker": 4}, _of_person("")),
    Errand("dialogue, overview", _CASE | {"citizen": 1}, _of_person("dialogue/")),
    Errand("dialogue, question", _CASE | {"citizen": 2}, _of_person("dialogue/topics/{topic}/", topic=True)),
    Errand("dialogue, answer (POST)", _CASE | {"citizen": 2}, _answer),
    Errand("dialogue, summary", _CASE | {"citizen": 1}, _of_person("dialogue/summary/", needs=True)),
    Errand("need profile", _CASE | {"citizen": 1}, _of_person("profile/", needs=True)),
    Errand("support", {"caseworker": 1, "job_broker": 1}, _of_person("support/", needs=True)),
    Errand("jobs for one person", _CASE | {"citizen": 2}, _of_person("jobs/", needs=True)),
    Errand("schemes of one person", _CASE | {"citizen": 2}, _of_person("guidance/", needs=True)),
    Errand("schemes across the caseload", {"caseworker": 1, "team_lead": 2}, _page("/caseload/schemes/?who=all")),
    Errand(OF_UNIT, {"key_person": 3}, _page("/caseload/schemes/")),
    Errand("one scheme of the unit", {"key_person": 2}, _page("/caseload/schemes/hjaelpemidler/")),
    Errand("deadlines", {"caseworker": 1, "job_broker": 1}, _page("/deadlines/")),
    Errand("plan", _CASE | {"citizen": 2}, _of_person("plan/", plan=True)),
    Errand("plan on paper (PDF)", {"caseworker": 1, "citizen": 1}, _of_person("plan/plan.pdf", plan=True)),
    Errand("who has seen my file", {"citizen": 2}, _page("/lookups/")),
    Errand("look-ups to answer", {"team_lead": 1}, _page("/lookups/review/")),
    Errand("employees", {"administrator": 3, "team_lead": 1}, _page("/staff/")),
    Errand("units and teams", {"administrator": 1}, _page("/units/")),
)
