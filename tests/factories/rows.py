"""Writes and reads past the wall in the test's own transaction; the application itself has no such functions."""

import json
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import TypeVar
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import Model
from psycopg.types.json import Jsonb

from jobbro.apps.audit.context import SYSTEM_ACTOR
from jobbro.cli.database import owner_url

Made = TypeVar("Made", bound=Model)

_ASK = "select to_regprocedure('public.test_write_row(text, jsonb)') is not null"
# The owner's functions: they may do what the application may not. They exist in databases of tests only.
_CREATE = f"""
create or replace function public.test_rows(statement text, value text) returns setof jsonb language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return query execute 'select to_jsonb(found) from (' || statement || ') found' using value;
end $$;
create or replace function public.test_run(statement text, value text) returns void language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := coalesce(current_setting('app.actor_id', true), '');
begin
    perform set_config('app.actor_id', '{SYSTEM_ACTOR}', true);
    execute statement using value;
    perform set_config('app.actor_id', before, true);
end $$;
create or replace function public.test_write_row(table_name text, row_values jsonb) returns void language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := coalesce(current_setting('app.actor_id', true), '');
begin
    perform set_config('app.actor_id', '{SYSTEM_ACTOR}', true);
    execute format('insert into %I select * from jsonb_populate_record(null::%I, $1)', table_name, table_name)
    using row_values;
    perform set_config('app.actor_id', before, true);
end $$;
"""


def write(row: Made) -> Made:
    """The row exists, whoever acts in this test."""
    _call("select public.test_write_row(%s::text, %s::jsonb)", [row._meta.db_table, Jsonb(_columns(row))])
    row._state.adding, row._state.db = False, connection.alias
    return row


def rows_of(statement: str, *, value: object = "") -> list[SimpleNamespace]:
    """What a SELECT of the owner finds; `$1` stands for the value, as text. Values come as JSON has them."""
    found = _call("select public.test_rows(%s::text, %s::text)", [statement, str(value)])
    return [SimpleNamespace(**json.loads(row)) for (row,) in found]


def run(statement: str, *, value: object = "") -> None:
    """The owner has done this; `$1` stands for the value, as text."""
    _call("select public.test_run(%s::text, %s::text)", [statement, str(value)])


def _call(sql: str, values: list[object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_ASK)
        if not cursor.fetchone()[0]:
            with psycopg.connect(owner_url(), autocommit=True) as owner:
                owner.execute(_CREATE)
            # Locking a table is what makes this session notice the new functions.
            cursor.execute("select from pg_proc limit 0")
        cursor.execute(sql, values)
        return cursor.fetchall()


def _columns(row: Model) -> dict[str, object]:
    return {field.column: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def _plain(value: object) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return "\\x" + bytes(value).hex()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
