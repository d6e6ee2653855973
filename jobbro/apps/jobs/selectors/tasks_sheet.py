"""Reads for spreadsheets: the list written out, and a file looked at before anything is written."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.models import Workplace

from ..models import Holder, Task
from ..sheets import CheckedRow, RowState, SheetRow, checked_rows, posts_by_name, tasks_sheet
from .tasks_shown import WorkplaceShown, workplace_shown


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """What was found in a file: row by row, and the posts that would be new."""

    workplace: WorkplaceShown
    rows: tuple[CheckedRow, ...]
    new_posts: tuple[str, ...]

    def count(self, *states: RowState) -> int:
        """How many rows are in these states."""
        return sum(row.state in states for row in self.rows)

    @property
    def ready(self) -> int:
        """Rows that can be added as they are."""
        return self.count(RowState.NEW)

    @property
    def waiting(self) -> int:
        """Rows that can be added when their posts are made."""
        return self.count(RowState.POST)


def sheet_of(*, actor: Actor, workplace_id: UUID, on: date) -> bytes | None:
    """The list as a spreadsheet file, in the order of the list."""
    if workplace_shown(actor=actor, workplace_id=workplace_id, on=on) is None:
        return None
    return tasks_sheet(listed_rows(actor=actor, workplace_id=workplace_id))


def sheet_looked_at(*, actor: Actor, workplace_id: UUID, rows: tuple[SheetRow, ...], on: date) -> SheetPage | None:
    """What the file would become; nothing is written."""
    row = Workplace.objects.visible_to(actor).select_related("company").filter(pk=workplace_id).first()
    shown = workplace_shown(actor=actor, workplace_id=workplace_id, on=on)
    if row is None or shown is None:
        return None
    checked = checked_rows(
        rows=rows,
        workplace=row,
        tasks=listed_rows(actor=actor, workplace_id=workplace_id),
        holders=posts_of(actor=actor, workplace_id=workplace_id),
    )
    posts = {one.holder.casefold(): one.holder for one in checked if one.state == RowState.POST}
    return SheetPage(workplace=shown, rows=checked, new_posts=tuple(posts.values()))


def listed_rows(*, actor: Actor, workplace_id: UUID) -> list[Task]:
    """The tasks that have not been removed."""
    rows = Task.objects.visible_to(actor).filter(workplace_id=workplace_id, removed_on__isnull=True)
    return list(rows.select_related("holder").order_by("position", "id"))


def posts_of(*, actor: Actor, workplace_id: UUID) -> dict[str, Holder]:
    """The posts by name in small letters."""
    return posts_by_name(Holder.objects.visible_to(actor).filter(workplace_id=workplace_id))
