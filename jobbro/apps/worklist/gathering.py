"""All sources of needs, by name: those here, and those that newer apps deliver themselves."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.query import ValuesIterable

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.external_actors import needs_doing as external_actors_needs
from jobbro.apps.placements import needs_doing as placements_needs

from .sources import applications, cases, matching, placements, plans, screening
from .sources.shape import COLUMNS

# One line a source, low to high in the order of apps. An app with a needs_doing.py of its own is named here too.
REGISTERED = (
    cases,
    screening,
    plans,
    applications,
    external_actors_needs,
    matching,
    placements,
    placements_needs,
)


def all_needs(*, actor: Actor, on: date) -> "tuple[QuerySet[Any, Any], ...]":
    """A query a need, each filtered by what the actor may see, with the six columns in the same order."""
    return tuple(_in_order(rows) for source in REGISTERED for rows in source.needs_doing(actor=actor, on=on))


def _in_order(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Newer apps name the columns and may name them in another order."""
    return rows.values_list(*COLUMNS) if rows._iterable_class is ValuesIterable else rows
