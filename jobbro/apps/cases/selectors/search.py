"""Finding a citizen by CPR number or by name."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.cpr import Cpr, search_key

from ..models import Case
from .rows import CaseRow, by_name, listed_cases, named, row_of

NAMES_SHOWN = 25


@dataclass(frozen=True)
class FoundByCpr:
    """`citizen_id` is None when nobody visible has the number; `criterion` goes into the log either way."""

    citizen_id: UUID | None
    criterion: bytes


def find_by_cpr(*, actor: Actor, cpr: Cpr) -> FoundByCpr:
    """The citizen among those the actor may see. No row is loaded, so only the search itself is logged."""
    found = Case.objects.visible_to(actor).filter(citizen__cpr_key=cpr.key).values_list("citizen_id", flat=True).first()
    return FoundByCpr(citizen_id=found, criterion=cpr.key)


@dataclass(frozen=True)
class FoundByName:
    """The first citizens with the name; `criterion` goes into the log, hashed like a number."""

    rows: tuple[CaseRow, ...]
    has_more: bool
    criterion: bytes


def find_by_name(*, actor: Actor, text: str, on: date) -> FoundByName:
    """Citizens of any state among those the actor may see whose names hold every word of the text."""
    cases = list(named(listed_cases(actor=actor, on=on), text=text).order_by(by_name(), "pk")[: NAMES_SHOWN + 1])
    return FoundByName(
        rows=tuple(row_of(case=case, on=on) for case in cases[:NAMES_SHOWN]),
        has_more=len(cases) > NAMES_SHOWN,
        criterion=search_key(text),
    )
