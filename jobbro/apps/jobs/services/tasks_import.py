"""Writes the tasks of a spreadsheet that somebody has looked at."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..models import Holder, Task
from ..prefilling import best_prefill
from ..sheets import CheckedRow, RowState, SheetRow, checked_rows, posts_by_name
from .tasks import begin, new_task, next_position, refuse_full
from .tasks_locking import locked_workplace

ORIGIN = "file"
AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Imported:
    """How many tasks were added, were there already, and were left out to be put right."""

    added: int
    known: int
    left_out: int
    posts: int


def import_tasks(
    *, actor: Actor, workplace_id: UUID, rows: tuple[SheetRow, ...], makes_posts: bool, at: datetime, on: date
) -> Imported:
    """The rows that can be read are on the list; they are looked at once more, since the list may have changed.

    `makes_posts`: posts that are not there are made; without it their rows are left out. Raises Refused `closed`.
    """
    workplace = locked_workplace(actor=actor, workplace_id=workplace_id, on=on)
    listed = Task.objects.visible_to(actor).filter(workplace=workplace, removed_on__isnull=True)
    posts = posts_by_name(Holder.objects.visible_to(actor).filter(workplace=workplace))
    checked = checked_rows(
        rows=rows,
        workplace=workplace,
        tasks=listed.select_related("holder"),
        holders=posts,
        makes_posts=makes_posts,
    )
    new = [row for row in checked if row.state == RowState.NEW]
    refuse_full(workplace, adding=len(new))
    made = _make_posts(new, posts=posts, company_id=workplace.company_id, workplace_id=workplace.pk)
    position = next_position(workplace)
    tasks = []
    for number, row in enumerate(new):
        assert row.draft is not None
        task = new_task(actor=actor, workplace=workplace, draft=row.draft, position=position + number, at=at)
        task.holder = posts.get(row.holder.casefold()) if row.holder else None
        occupation = task.holder.occupation if task.holder else ""
        begin(task, prefill=best_prefill(origin="", name=task.name, occupation=occupation))
        task.origin = task.origin or ORIGIN
        tasks.append(task)
    Task.objects.bulk_create(tasks, batch_size=AT_ONCE)
    done = Imported(
        added=len(tasks),
        known=sum(row.state in (RowState.KNOWN, RowState.DIFFERS, RowState.TWICE) for row in checked),
        left_out=sum(row.state in (RowState.WRONG, RowState.POST) for row in checked),
        posts=made,
    )
    detail = {"added": done.added, "known": done.known, "left_out": done.left_out, "posts": done.posts}
    record_event(verb=Verb.TASKS_IMPORTED, subject=workplace, detail=detail)
    return done


def _make_posts(rows: list[CheckedRow], *, posts: dict[str, Holder], company_id: UUID, workplace_id: UUID) -> int:
    before = len(posts)
    for row in rows:
        if row.holder and row.holder.casefold() not in posts:
            holder = Holder(company_id=company_id, workplace_id=workplace_id, name=" ".join(row.holder.split()))
            holder.save(force_insert=True)
            posts[row.holder.casefold()] = holder
    return len(posts) - before
