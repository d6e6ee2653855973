"""Reads of imports."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.organisations.models import Municipality, Team
from jobbro.apps.organisations.permissions import administered_codes

from .checking import proposed_cpr
from .columns import COLUMNS, Column
from .enums import Addition, BatchState, Fault, Kind, RowState
from .models import ImportBatch, ImportRow
from .openings import opening_additions
from .partners import additions
from .permissions import kinds_for
from .places import places_for
from .sealing import opened

ROWS_A_PAGE = 25
ORDER = (RowState.WRONG, RowState.READY, RowState.KNOWN, RowState.SKIPPED, RowState.DONE)


@dataclass(frozen=True)
class Choices:
    """What the actor can import, and where to."""

    kinds: tuple[Kind, ...]
    municipalities: tuple[Municipality, ...]
    teams: tuple[Team, ...]


@dataclass(frozen=True)
class Trouble:
    """What is wrong with one cell; `proposal` is what we think it should say, never written by itself."""

    column: Column | None
    fault: Fault
    proposal: str


@dataclass(frozen=True)
class ShownRow:
    """One row of the file as its page shows it."""

    number: int
    state: RowState
    values: dict[str, str]
    troubles: tuple[Trouble, ...]
    is_kept: bool
    additions: tuple[Addition, ...] = ()

    @property
    def told(self) -> str:
        """Enough to recognise the row by, without the CPR number."""
        names = (self.values.get(code, "") for code in ("given_name", "family_name", "display_name"))
        company = (self.values.get(code, "") for code in ("name", "title", "workplace", "contact"))
        return " ".join(name for name in names if name) or ", ".join(name for name in company if name)


@dataclass(frozen=True)
class BatchPage:
    """A batch with its counts and a page of its rows."""

    batch: ImportBatch
    counts: dict[RowState, int]
    page: "Page[ShownRow]"
    is_open: bool

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class RowPage:
    """One row with its columns, to be mended."""

    batch: ImportBatch
    row: ShownRow
    columns: tuple[Column, ...]


def import_choices(*, actor: Actor, on: date) -> Choices:
    """Kinds, municipalities and teams that the actor can choose."""
    codes = set(administered_codes(actor)) | set(actor.codes)
    teams = {
        team_id
        for code in codes
        for team_id in places_for(actor=actor, municipality_code=code, default_team_id=None, on=on).unit_of_team
    }
    return Choices(
        kinds=kinds_for(actor),
        municipalities=tuple(Municipality.objects.filter(code__in=codes).order_by("name")),
        teams=tuple(Team.objects.filter(pk__in=teams).select_related("unit").order_by("unit__name", "name")),
    )


def import_batches(*, actor: Actor) -> list[ImportBatch]:
    """The newest 50 batches that the actor may see, with counts of their rows."""
    return list(
        ImportBatch.objects.filter(municipality_id__in={*actor.codes, *administered_codes(actor)})
        .select_related("municipality", "uploaded_by")
        .annotate(
            total=Count("rows"),
            done=Count("rows", filter=Q(rows__state=RowState.DONE)),
            wrong=Count("rows", filter=Q(rows__state=RowState.WRONG)),
        )
        .order_by("-uploaded_at")[:50]
    )


def batch_page(*, actor: Actor, batch_id: UUID, state: str, number: int) -> BatchPage | None:
    """The batch, problem rows first; None when there is none or it is not the actor's to see."""
    batch = _batch(actor=actor, batch_id=batch_id)
    if batch is None:
        return None
    tally = dict(batch.rows.values_list("state").annotate(n=Count("pk")))
    rows = batch.rows.filter(state=state) if state in RowState.values else batch.rows.all()
    place = Case(*[When(state=s, then=Value(i)) for i, s in enumerate(ORDER)], output_field=IntegerField())
    page: Any = Paginator(rows.alias(place=place).order_by("place", "number"), ROWS_A_PAGE).get_page(number)
    shown_rows = list(page.object_list)
    added = _additions(actor=actor, batch=batch, rows=shown_rows)
    page.object_list = [
        replace(_shown(batch=batch, row=row), additions=added.get(row.number, ())) for row in shown_rows
    ]
    return BatchPage(
        batch=batch,
        counts={s: tally.get(s.value, 0) for s in ORDER},
        page=page,
        is_open=batch.state == BatchState.OPEN,
    )


def _additions(*, actor: Actor, batch: ImportBatch, rows: list[ImportRow]) -> dict[int, tuple[Addition, ...]]:
    if batch.kind == Kind.EMPLOYERS:
        return additions(actor=actor, batch=batch, rows=rows)
    if batch.kind == Kind.OPENINGS:
        return opening_additions(actor=actor, batch=batch, rows=rows, on=timezone.localdate(batch.uploaded_at))
    return {}


def row_page(*, actor: Actor, batch_id: UUID, number: int) -> RowPage | None:
    """A row that can still be mended, or None."""
    batch = _batch(actor=actor, batch_id=batch_id)
    if batch is None or batch.state != BatchState.OPEN:
        return None
    row = batch.rows.filter(number=number, cipher__isnull=False).first()
    if row is None:
        return None
    return RowPage(batch=batch, row=_shown(batch=batch, row=row), columns=COLUMNS[Kind(batch.kind)])


def _batch(*, actor: Actor, batch_id: UUID) -> ImportBatch | None:
    codes = {*actor.codes, *administered_codes(actor)}
    batches = ImportBatch.objects.filter(municipality_id__in=codes).select_related("municipality", "team")
    return batches.filter(pk=batch_id).first()


def _shown(*, batch: ImportBatch, row: ImportRow) -> ShownRow:
    values = {} if row.cipher is None else opened(batch_id=batch.pk, cipher=bytes(row.cipher))
    columns = {column.code: column for column in COLUMNS[Kind(batch.kind)]}
    troubles = tuple(
        Trouble(
            column=columns.get(code),
            fault=Fault(fault),
            proposal=proposed_cpr(values.get("cpr", "")) if fault == Fault.CPR_ZERO else "",
        )
        for code, fault in row.faults.items()
    )
    return ShownRow(
        number=row.number,
        state=RowState(row.state),
        values=values,
        troubles=troubles,
        is_kept=row.cipher is not None,
    )
