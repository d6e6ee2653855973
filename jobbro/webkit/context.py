"""What every template may use: the actor, the reading level and the main menu for this role."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role

from .access import CASEWORK, CITIZEN, EMPLOYER, EXTERNAL, FILE, PARTNERS, Rule, roles
from .companies import company_query


@dataclass(frozen=True)
class Entry:
    """A line of the main menu: address name, label (msgid), who sees it, whether the address is the citizen's own."""

    url_name: str
    label: str
    rule: Rule
    is_own: bool = False


@dataclass(frozen=True)
class Item:
    """A line of the main menu as shown."""

    url: str
    label: str
    current: bool


_PEOPLE = roles(Role.ADMINISTRATOR, Role.TEAM_LEAD)
MENU = (
    Entry("dialogue", gettext_noop("Dialogue"), CITIZEN, is_own=True),
    Entry("profile", gettext_noop("My needs"), CITIZEN, is_own=True),
    Entry("guidance", gettext_noop("Schemes"), CITIZEN, is_own=True),
    Entry("applications", gettext_noop("My applications"), CITIZEN, is_own=True),
    Entry("plan", gettext_noop("My plan"), CITIZEN, is_own=True),
    Entry("jobs_for", gettext_noop("Jobs for me"), CITIZEN, is_own=True),
    Entry("our_proposals", gettext_noop("Proposals"), EMPLOYER),
    Entry("our_openings", gettext_noop("Our jobs"), EMPLOYER),
    Entry("employer_guides", gettext_noop("Guides"), EMPLOYER),
    Entry("our_company", gettext_noop("Our company"), EMPLOYER),
    Entry("our_engagements", gettext_noop("Your work with citizens"), EXTERNAL),
    Entry("lookups", gettext_noop("Who has seen my information"), CITIZEN),
    Entry("worklist", gettext_noop("Worklist"), CASEWORK),
    Entry("caseload", gettext_noop("Citizens"), CASEWORK),
    Entry("scheme_caseload", gettext_noop("Schemes"), FILE),
    Entry("deadlines", gettext_noop("Deadlines"), FILE),
    Entry("employers", gettext_noop("Companies"), PARTNERS),
    Entry("openings", gettext_noop("Open jobs"), PARTNERS),
    Entry("matching_overview", gettext_noop("Matching"), roles(Role.TEAM_LEAD)),
    Entry("outreach_efforts", gettext_noop("Finding people"), roles(Role.TEAM_LEAD, Role.ANALYST)),
    Entry("citizen_search", gettext_noop("Find by CPR number"), FILE),
    Entry("lookups_review", gettext_noop("Look-ups"), roles(Role.TEAM_LEAD)),
    Entry("staff", gettext_noop("Employees"), _PEOPLE),
    Entry("units", gettext_noop("Units and teams"), _PEOPLE),
    Entry("imports", gettext_noop("Import"), _PEOPLE),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """`actor`, `is_easy`, `navigation` and the ways to log in; also where the middleware never came (errors)."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "is_easy": getattr(request, "is_easy", False),
        "navigation": menu(request, actor=actor) if actor else [],
        "logins": {"local": settings.LOCAL_LOGIN, "provider": settings.OIDC_ENABLED},
    }


def menu(request: HttpRequest, *, actor: Actor) -> list[Item]:
    """The actor's main menu, with the page's own line marked."""
    here = request.path
    home = reverse("home")
    has_home = actor.citizen_id is not None or actor.is_employer
    company = company_query(request, actor=actor)
    first = Item(url=home + company, label=gettext("Home") if has_home else gettext("Today"), current=here == home)
    # The front page of somebody outside is the list of their work.
    items = [] if actor.external_actors else [first]
    for entry in MENU:
        if entry.rule.allows(actor):
            url = reverse(entry.url_name, args=[actor.citizen_id] if entry.is_own else [])
            items.append(Item(url=url + company, label=gettext(entry.label), current=here.startswith(url)))
    return items
