"""The rhythm of a municipality with its history, for those who set it."""

from dataclasses import dataclass
from datetime import date

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.applications.permissions import deadline_codes
from jobbro.apps.organisations.models import Municipality

from ..models import Rhythm
from ..rhythms import InForce, rhythm_on


@dataclass(frozen=True, kw_only=True)
class RhythmPage:
    """What holds today, and everything that was set, the newest day first."""

    municipality: Municipality
    holds: InForce
    rows: tuple[Rhythm, ...]


def rhythm_page(*, actor: Actor, municipality: str, on: date) -> RhythmPage | None:
    """The page; None when the actor may not set the rhythm there. Four queries."""
    if municipality not in deadline_codes(actor):
        return None
    rows = Rhythm.objects.filter(municipality_id=municipality).order_by("-from_on", "-set_at", "pk")
    return RhythmPage(
        municipality=Municipality.objects.get(pk=municipality),
        holds=rhythm_on(municipality=municipality, on=on),
        rows=tuple(rows),
    )
