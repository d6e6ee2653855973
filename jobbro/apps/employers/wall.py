"""The wall around companies: the municipality's staff, and the company's own people as far as a table is for them."""

from dataclasses import dataclass

from django.db.migrations import RunSQL

from jobbro.apps.audit.wall import HISTORY, UNDO_HISTORY

STAFF = "company_id in (select unnest(app_partner_companies()))"
OWN = "company_id in (select unnest(app_companies()))"
KEPT = f"({STAFF} and (select app_keeps_partners()))"

# Conditions of updates stand in WITH CHECK: in USING they would hide the row from those who lock it to be told no.
_WALL = """
alter table {table} enable row level security;
create policy need_to_know on {table} for select using ({seen});
create policy keeping on {table} for insert with check ({kept});
create policy change on {table} for update using ({seen}) with check ({kept});
create policy removal on {table} for delete using ({kept});
"""
_UNDO = """
drop policy need_to_know on {table};
drop policy keeping on {table};
drop policy change on {table};
drop policy removal on {table};
alter table {table} disable row level security;
"""


@dataclass(frozen=True)
class Sight:
    """Who sees a row and who keeps it, as SQL conditions on its columns."""

    seen: str
    kept: str


SHOWN = Sight(seen=f"{STAFF} or {OWN}", kept=KEPT)
SHARED = Sight(seen=f"{STAFF} or {OWN}", kept=f"{KEPT} or {OWN}")


def shown_when(condition: str) -> Sight:
    """Kept by staff; the company sees the rows that fulfil the condition."""
    return Sight(seen=f"{STAFF} or ({OWN} and {condition})", kept=KEPT)


def company_wall(table: str, sight: Sight) -> RunSQL:
    """Rows of `table` exist only for those of `sight`; changes are kept in the history."""
    return RunSQL(
        _WALL.format(table=table, seen=sight.seen, kept=sight.kept) + HISTORY.format(table=table),
        _UNDO.format(table=table) + UNDO_HISTORY.format(table=table),
    )
