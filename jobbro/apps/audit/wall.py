"""The wall: what a migration says to put a table behind row-level security and its history trigger."""

from django.db.migrations import RunSQL

HISTORY = """
create trigger history after insert or update or delete on {table}
    for each row execute function history_row();
"""
UNDO_HISTORY = "drop trigger history on {table};"


def history(table: str) -> RunSQL:
    """Every change of `table` leaves a row in audit_change with the actor; without an actor the change is refused."""
    return RunSQL(HISTORY.format(table=table), UNDO_HISTORY.format(table=table))


def person_wall(table: str, column: str = "citizen_id") -> RunSQL:
    """Rows of `table` exist only for those who may see the citizen in `column`; changes are kept in the history.

    The array function stands in a scalar subselect so that PostgreSQL runs it once a query, not once a row.
    """
    seen = f"{column} = any((select app_citizens())::uuid[])"
    return RunSQL(
        f"alter table {table} enable row level security;"
        f"create policy need_to_know on {table} using ({seen}) with check ({seen});" + HISTORY.format(table=table),
        f"drop policy need_to_know on {table};"
        f"alter table {table} disable row level security;" + UNDO_HISTORY.format(table=table),
    )
