"""Meetings and agreements in lists: a citizen's own, and what waits at the tables of those somebody helps."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.looks import note_person
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.matching.enums import ProposalState

from ..enums import SIGNING, IntroductionState, Party, PlacementState
from ..facts import around_me
from ..models import AgreementVersion, Arrangement, Introduction

MOST_SHOWN = 50
ALIVE = (PlacementState.AGREEING, PlacementState.AGREED)


@dataclass(frozen=True, kw_only=True)
class AgreementLine:
    """An agreement in a list. `version_id`: the newest wording; `missing`: how many have not signed it."""

    version_id: UUID
    placement_id: UUID
    number: int
    title: str
    employer_name: str
    state: PlacementState
    starts_on: date
    missing: int
    waits_for_citizen: bool

    @property
    def has_begun(self) -> bool:
        """Whether the job is or was agreed: then there is a way into it."""
        return self.state in (PlacementState.AGREED, PlacementState.ENDED)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Meetings, those to come first, and agreements, the newest first."""

    coming: tuple[Introduction, ...]
    past: tuple[Introduction, ...]
    agreements: tuple[AgreementLine, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.coming or self.past or self.agreements)


@dataclass(frozen=True, kw_only=True)
class TablesPage:
    """A citizen's meetings and agreements."""

    citizen: Citizen
    tables: Tables
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class TableDue:
    """Something at a table that waits for somebody: `what` is `meeting`, `arrangement` or `signature`."""

    what: str
    id: UUID
    citizen_id: UUID
    citizen_name: str
    title: str
    on: date
    days_late: int
    measure: str = ""


def placements_page(*, actor: Actor, citizen_id: UUID) -> TablesPage | None:
    """The citizen's meetings and agreements; None when there is no such citizen for the actor. Three queries."""
    citizen = None if actor.is_employer else citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    return TablesPage(
        citizen=citizen,
        tables=tables_of(actor=actor, citizen_id=citizen_id),
        is_own=actor.citizen_id == citizen_id,
    )


def tables_of(*, actor: Actor, citizen_id: UUID) -> Tables:
    """The person's meetings and agreements. Two queries."""
    rows = Introduction.objects.visible_to(actor).filter(citizen_id=citizen_id).select_related("opening")
    meetings = list(rows.order_by("-meets_at", "pk")[:MOST_SHOWN])
    coming = [row for row in meetings if row.state == IntroductionState.PLANNED]
    return Tables(
        coming=tuple(reversed(coming)),
        past=tuple(row for row in meetings if row.state != IntroductionState.PLANNED),
        agreements=_agreements(AgreementVersion.objects.visible_to(actor).filter(citizen_id=citizen_id)),
    )


def due_at_tables(*, actor: Actor, on: date, until: date, most: int) -> tuple[TableDue, ...]:
    """What waits for the citizens the actor stands around, passed or due by `until`, the nearest first. Three queries.

    Meetings that are to come or were not written up, support that is to be arranged, wordings without three signatures.
    """
    own = around_me(actor=actor, on=on)
    found = [
        *_due_meetings(actor=actor, on=on, until=until, own=own),
        *_due_arrangements(actor=actor, on=on, until=until, own=own),
        *_unsigned(actor=actor, on=on, own=own),
    ]
    nearest = sorted(found, key=lambda due: (due.on, due.what, str(due.id)))[:most]
    for due in nearest:
        note_person(due.citizen_id)
    return tuple(nearest)


def days_at_tables(*, actor: Actor, on: date, until: date) -> int:
    """How many meetings and how much support have a day that has passed or comes by `until`. No person is looked at."""
    own = around_me(actor=actor, on=on)
    meetings = _meetings_due(actor=actor, until=until, own=own)
    return meetings.count() + _arrangements_due(actor=actor, until=until, own=own).count()


def _agreements(rows: "QuerySet[AgreementVersion]") -> tuple[AgreementLine, ...]:
    """The newest wording of each placement, with how many have not signed it. One query."""
    found = _newest(rows).annotate(
        own=Count("signatures", filter=Q(signatures__party=Party.CITIZEN), distinct=True),
        title=F("placement__title"),
        placement_state=F("placement__state"),
    )
    return tuple(
        AgreementLine(
            version_id=row.pk,
            placement_id=row.placement_id,
            number=row.number,
            title=row.title,
            employer_name=row.employer_name,
            state=PlacementState(row.placement_state),
            starts_on=row.starts_on,
            missing=len(SIGNING) - row.signed,
            waits_for_citizen=not row.own and row.placement_state in ALIVE,
        )
        for row in found.order_by("-written_at", "-pk")[:MOST_SHOWN]
    )


def _newest(rows: "QuerySet[AgreementVersion]") -> "QuerySet[Any]":
    """The newest wordings, each with how many have signed it."""
    counted = rows.annotate(last=Max("placement__versions__number"), signed=Count("signatures", distinct=True))
    newest: QuerySet[Any] = counted.filter(number=F("last"))
    return newest


def _due_meetings(*, actor: Actor, on: date, until: date, own: "QuerySet[Any]") -> list[TableDue]:
    rows = _meetings_due(actor=actor, until=until, own=own)
    return [
        _due(row, what="meeting", table_id=row.pk, title=row.title, day=timezone.localdate(row.meets_at), on=on)
        for row in _named(rows)
    ]


def _meetings_due(*, actor: Actor, until: date, own: "QuerySet[Any]") -> "QuerySet[Introduction]":
    planned = Introduction.objects.visible_to(actor).filter(state=IntroductionState.PLANNED)
    return planned.filter(citizen_id__in=own, meets_at__date__lte=until)


def _arrangements_due(*, actor: Actor, until: date, own: "QuerySet[Any]") -> "QuerySet[Arrangement]":
    open_ones = Arrangement.objects.visible_to(actor).filter(done_on__isnull=True, due_on__lte=until)
    alive = open_ones.exclude(proposal__state=ProposalState.DECLINED)
    return alive.exclude(proposal__placement__state=PlacementState.ENDED).filter(citizen_id__in=own)


def _due_arrangements(*, actor: Actor, on: date, until: date, own: "QuerySet[Any]") -> list[TableDue]:
    tables = Introduction.objects.filter(proposal_id=OuterRef("proposal_id")).order_by("-meets_at", "-pk")
    rows = (
        _arrangements_due(actor=actor, until=until, own=own)
        .annotate(title=F("proposal__opening__title"), table_id=Subquery(tables.values("pk")[:1]))
        .filter(table_id__isnull=False)
    )
    return [
        _due(
            row, what="arrangement", table_id=row.table_id, title=row.title, day=row.due_on, on=on, measure=row.measure
        )
        for row in _named(rows)
    ]


def _unsigned(*, actor: Actor, on: date, own: "QuerySet[Any]") -> list[TableDue]:
    rows = AgreementVersion.objects.visible_to(actor).filter(citizen_id__in=own, placement__state__in=ALIVE)
    waiting = _newest(rows).filter(signed__lt=len(SIGNING)).annotate(title=F("placement__title"))
    return [
        _due(row, what="signature", table_id=row.pk, title=row.title, day=timezone.localdate(row.written_at), on=on)
        for row in _named(waiting)
    ]


def _named(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The rows with the citizen's name, without fetching the person."""
    named: QuerySet[Any] = rows.annotate(given_name=F("citizen__given_name"), family_name=F("citizen__family_name"))
    return named


def _due(row: Any, *, what: str, table_id: UUID, title: str, day: date, on: date, measure: str = "") -> TableDue:
    return TableDue(
        what=what,
        id=table_id,
        citizen_id=row.citizen_id,
        citizen_name=f"{row.given_name} {row.family_name}",
        title=title,
        on=day,
        days_late=(on - day).days,
        measure=measure,
    )
