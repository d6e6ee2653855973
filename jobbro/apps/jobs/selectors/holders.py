"""Reads of posts: who does tasks today, and what their hour costs for those who may see it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum

from jobbro.apps.accounts.actor import Actor
from jobbro.engines.occupations.occupations import occupations

from ..models import Holder, HolderWage
from ..permissions import can_see_wages
from ..stamps import seen_holder
from ..task_checking import LONGEST_NAME
from .tasks_shown import NO_HOURS, WorkplaceShown, workplace_shown


@dataclass(frozen=True, kw_only=True)
class HolderRow:
    """A post with its tasks counted; `hourly` only for those who may see wages."""

    id: UUID
    name: str
    occupation: str
    occupation_title: str
    max_release: Decimal
    left_on: date | None
    count: int
    hours: Decimal
    hourly: Decimal | None
    seen: str


@dataclass(frozen=True, kw_only=True)
class HoldersPage:
    """The posts of a workplace."""

    workplace: WorkplaceShown
    rows: tuple[HolderRow, ...]
    sees_wages: bool

    def row(self, holder_id: UUID) -> HolderRow | None:
        """The post with this id."""
        return next((row for row in self.rows if row.id == holder_id), None)


def holders_of(*, actor: Actor, workplace_id: UUID, on: date) -> HoldersPage | None:
    """The posts, those who are there first."""
    workplace = workplace_shown(actor=actor, workplace_id=workplace_id, on=on)
    if workplace is None:
        return None
    standing = Q(tasks__removed_on__isnull=True)
    rows = Holder.objects.visible_to(actor).filter(workplace_id=workplace_id)
    counted = rows.annotate(listed=Count("tasks", filter=standing), week=Sum("tasks__hours", filter=standing))
    # The wall leaves the wages out for those who may not see them.
    found = HolderWage.objects.visible_to(actor).filter(holder__workplace_id=workplace_id)
    wages = dict(found.values_list("holder_id", "hourly"))
    ordered = sorted(counted, key=lambda row: (row.left_on is not None, row.name.casefold()))
    return HoldersPage(
        workplace=workplace,
        rows=tuple(_row(row, hourly=wages.get(row.pk)) for row in ordered),
        sees_wages=can_see_wages(workplace.company_id),
    )


def holder_for(*, actor: Actor, holder_id: UUID, on: date) -> HoldersPage | None:
    """The posts of the workplace where this post is."""
    row = Holder.objects.visible_to(actor).filter(pk=holder_id).first()
    return None if row is None else holders_of(actor=actor, workplace_id=row.workplace_id, on=on)


def occupation_title(code: str) -> str:
    """The Danish title; empty when the code is unknown."""
    return occupations().by_code(code).title if code and code in occupations() else ""


def _row(row: Holder, *, hourly: Decimal | None) -> HolderRow:
    return HolderRow(
        id=row.pk,
        name=row.name,
        occupation=row.occupation,
        occupation_title=occupation_title(row.occupation),
        max_release=row.max_release,
        left_on=row.left_on,
        count=row.listed,  # type: ignore[attr-defined]
        hours=row.week or NO_HOURS,  # type: ignore[attr-defined]
        hourly=hourly,
        seen=seen_holder(row),
    )


def occupations_like(words: str, *, most: int) -> tuple[tuple[str, str], ...]:
    """Code and title of occupations that sound like the words."""
    asked = words.strip()[:LONGEST_NAME]
    found = occupations().search(asked, limit=most) if asked else ()
    return tuple((one.occupation.code, one.occupation.title) for one in found)
