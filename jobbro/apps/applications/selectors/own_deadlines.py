"""Reads of the municipalities' own deadlines: what holds for each scheme, what comes, and what has held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.organisations.models import Municipality
from jobbro.engines.schemes.procedures import DecisionDeadline, Procedure

from ..facts import all_procedures, procedure_of
from ..models import OwnDeadline
from ..own_deadlines import as_told, in_force, last_day, newest_first
from ..permissions import deadline_codes
from ..services.own_deadlines import seen_own_deadline


@dataclass(frozen=True, kw_only=True)
class Version:
    """A deadline that was set: from its day to its last one, and who set it. `standing`: now, ahead, past, replaced."""

    deadline: DecisionDeadline
    from_on: date
    until_on: date | None
    standing: str
    recorded_on: date
    recorded_by: str


@dataclass(frozen=True, kw_only=True)
class SchemeDeadline:
    """A scheme of one municipality: what holds today and where it comes from, and every version."""

    procedure: Procedure
    now: DecisionDeadline | None
    is_own: bool
    versions: tuple[Version, ...]
    newest: DecisionDeadline | None
    seen: str

    @property
    def ahead(self) -> tuple[Version, ...]:
        """What is set for a later day."""
        return tuple(version for version in self.versions if version.standing == "ahead")


@dataclass(frozen=True, kw_only=True)
class OwnDeadlinesPage:
    """The schemes of one municipality; `others` are the actor's further municipalities."""

    municipality: Municipality
    others: tuple[Municipality, ...]
    rows: tuple[SchemeDeadline, ...]
    may_set: bool

    @property
    def set_count(self) -> int:
        """How many schemes the municipality has set a deadline for."""
        return sum(row.is_own for row in self.rows)


def own_deadlines_of(*, actor: Actor, municipality: str | None, on: date) -> OwnDeadlinesPage | None:
    """The own deadlines of one of the actor's municipalities, the first when none is named; None: not the actor's."""
    known = list(Municipality.objects.filter(code__in=actor.codes).order_by("name", "code")) if actor.codes else []
    chosen = next((row for row in known if municipality in (None, row.code)), None)
    if chosen is None:
        return None
    kept = newest_first(OwnDeadline.objects.filter(municipality_id=chosen.code))
    rows, names = list(kept), _names(kept)
    return OwnDeadlinesPage(
        municipality=chosen,
        others=tuple(row for row in known if row != chosen),
        rows=tuple(_row(procedure, rows, names=names, municipality=chosen.code, on=on) for procedure in _with_forms()),
        may_set=chosen.code in deadline_codes(actor),
    )


def own_deadline_for(*, actor: Actor, municipality: str, scheme: str, on: date) -> SchemeDeadline | None:
    """One scheme of a municipality whose deadlines the actor may set, else None."""
    procedure = procedure_of(scheme)
    if procedure is None or not procedure.fields or municipality not in deadline_codes(actor):
        return None
    kept = newest_first(OwnDeadline.objects.filter(municipality_id=municipality, scheme=scheme))
    return _row(procedure, list(kept), names=_names(kept), municipality=municipality, on=on)


def _with_forms() -> tuple[Procedure, ...]:
    """Schemes that are applied for; a post with fortrinsadgang has the steps of the law instead."""
    return tuple(procedure for procedure in all_procedures().by_scheme.values() if procedure.fields)


def _names(kept: QuerySet[OwnDeadline, OwnDeadline]) -> dict[UUID, str]:
    """Who set them. Read apart: a colleague whom the actor may not see must not take their deadline along."""
    return dict(User.objects.filter(pk__in=kept.order_by().values("recorded_by_id")).values_list("pk", "display_name"))


def _row(
    procedure: Procedure, kept: list[OwnDeadline], *, names: Mapping[UUID, str], municipality: str, on: date
) -> SchemeDeadline:
    mine = [row for row in kept if row.scheme == procedure.scheme]
    found = in_force(rows=mine, procedure=procedure, municipality=municipality, on=on)
    newest = max(mine, key=lambda row: (row.recorded_at, row.pk), default=None)
    return SchemeDeadline(
        procedure=procedure,
        now=found.deadline if found else None,
        is_own=bool(found and found.own_id),
        versions=tuple(_versions(mine, names=names, on=on)),
        newest=as_told(newest) if newest else None,
        seen=seen_own_deadline(newest),
    )


def _versions(rows: list[OwnDeadline], *, names: Mapping[UUID, str], on: date) -> list[Version]:
    """Newest first, as they come; each ends where the one before it in the list begins."""
    found = []
    for later, row in pairwise([None, *rows]):
        assert row is not None
        ends = last_day(row=row, next_row=later)
        found.append(
            Version(
                deadline=as_told(row),
                from_on=row.from_on,
                until_on=ends,
                standing=_standing(from_on=row.from_on, until_on=ends, on=on),
                recorded_on=as_told(row).reference.checked_on,
                recorded_by=names.get(row.recorded_by_id, ""),
            )
        )
    return found


def _standing(*, from_on: date, until_on: date | None, on: date) -> str:
    if until_on is not None and until_on < from_on:
        return "replaced"
    if from_on > on:
        return "ahead"
    return "past" if until_on is not None and until_on < on else "now"
