"""All sources of needs, by name: those here, and those that newer apps deliver themselves."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.query import ValuesIterable

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.closing import needs_doing as closing_needs
from jobbro.apps.courses import needs_doing as courses_needs
from jobbro.apps.external_actors import needs_doing as external_actors_needs
from jobbro.apps.follow_up import needs_doing as follow_up_needs
from jobbro.apps.key_persons import needs_doing as key_persons_needs
from jobbro.apps.meetings import needs_doing as meetings_needs
from jobbro.apps.mobility import needs_doing as mobility_needs
from jobbro.apps.outreach import needs_doing as outreach_needs
from jobbro.apps.placements import needs_doing as placements_needs
from jobbro.apps.teams import needs_doing as teams_needs

from .sources import applications, cases, matching, placements, plans, screening
from .sources.shape import COLUMNS

# One line a source, low to high in the order of apps. An app with a needs_doing.py of its own is named here too.
REGISTERED = (
    cases,
    screening,
    teams_needs,
    applications,
    plans,
    courses_needs,
    external_actors_needs,
    outreach_needs,
    matching,
    placements,
    placements_needs,
    follow_up_needs,
    mobility_needs,
    meetings_needs,
    closing_needs,
)
# What waits for a colleague without being about one citizen: read by themselves alone, and shown beside the list.
PERSONAL = (key_persons_needs,)


def all_needs(*, actor: Actor, on: date) -> "tuple[QuerySet[Any, Any], ...]":
    """A query a need, each filtered by what the actor may see, with the six columns in the same order."""
    return tuple(_in_order(rows) for source in REGISTERED for rows in source.needs_doing(actor=actor, on=on))


def own_things(*, actor: Actor, on: date) -> "tuple[QuerySet[Any, Any], ...]":
    """A query a need of the actor's own, with the same columns; no citizen stands in them."""
    return tuple(_in_order(rows) for source in PERSONAL for rows in source.needs_doing(actor=actor, on=on))


def _in_order(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Newer apps name the columns and may name them in another order."""
    return rows.values_list(*COLUMNS) if rows._iterable_class is ValuesIterable else rows
