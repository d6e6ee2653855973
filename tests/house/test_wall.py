"""The wall as it stands in the migrated database, read from PostgreSQL's own catalogue."""

import pytest
from django.db import connection

from jobbro.apps.audit.grants import APP_ROLE, OUT_OF_REACH, READ_ONLY

pytestmark = pytest.mark.django_db

# Tables that hold something about persons or about who may do what, and have no column citizen_id.
PERSONAL = {"citizens_citizen", "audit_look", "audit_submission", "accounts_user", "accounts_position"}
# Logs are written by functions of the owner, have no history of their own, and end in partitions.
LOGS = {"audit_look", "audit_change", "audit_event"}
# A list of jobs can be made again at any time from files and openings that have one; a message tells its own way.
WITHOUT_HISTORY = LOGS | {"audit_submission", "matching_joblist", "outbox_message"}

PERSON_TABLES = """
    select c.relname, c.relrowsecurity,
        (select count(*) from pg_policy p where p.polrelid = c.oid),
        (select count(*) from pg_trigger t join pg_proc f on f.oid = t.tgfoid
         where t.tgrelid = c.oid and f.proname = 'history_row' and t.tgenabled <> 'D' and t.tgtype & 29 = 29)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
        and (c.relname = any(%s) or exists(select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
             and a.attname in ('citizen_id', 'citizen_ids')))
    order by c.relname
"""


def _rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall()


def _person_tables() -> list[tuple[str, bool, int, int]]:
    return _rows(PERSON_TABLES, sorted(PERSONAL))


def test_tables_about_persons_are_found() -> None:
    names = {name for name, *_ in _person_tables()}
    assert names >= PERSONAL | {"citizens_contact", "cases_case", "screening_answer", "plans_plan"}


def test_every_table_about_persons_is_behind_the_wall() -> None:
    assert [name for name, secured, policies, _ in _person_tables() if not secured or not policies] == []


def test_every_table_about_persons_keeps_its_history() -> None:
    kept = {name: triggers for name, _, _, triggers in _person_tables() if name not in WITHOUT_HISTORY}
    assert [name for name, triggers in kept.items() if triggers != 1] == []


def test_no_policy_is_for_everybody() -> None:
    """A policy that is always true is a hole in the wall."""
    open_ones = _rows(
        "select tablename, policyname from pg_policies where schemaname = 'public' and tablename = any(%s)"
        " and (qual = 'true' or (cmd in ('INSERT', 'ALL') and with_check = 'true'))",
        [name for name, *_ in _person_tables()],
    )
    assert open_ones == []


def test_every_partition_of_a_log_is_behind_the_wall() -> None:
    partitions = _rows(
        "select c.relname, c.relrowsecurity from pg_inherits i join pg_class c on c.oid = i.inhrelid"
        " join pg_class parent on parent.oid = i.inhparent where parent.relname = any(%s) and c.relkind = 'r'",
        sorted(LOGS),
    )
    assert len(partitions) > len(LOGS)
    assert [name for name, secured in partitions if not secured] == []


def test_the_working_role_is_nobody_special() -> None:
    (role,) = _rows(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = %s",
        APP_ROLE,
    )
    assert role == (False,) * 5
    assert _rows("select 1 from pg_auth_members where member = %s::text::regrole", APP_ROLE) == []
    assert _rows("select current_user::text, session_user::text") == [(APP_ROLE, APP_ROLE)]


def test_the_working_role_owns_nothing() -> None:
    owned = _rows(
        "select relname from pg_class where relowner = %s::text::regrole"
        " union all select proname from pg_proc where proowner = %s::text::regrole"
        " union all select nspname from pg_namespace where nspowner = %s::text::regrole",
        *[APP_ROLE] * 3,
    )
    assert owned == []


def test_the_working_role_has_no_right_that_goes_past_the_wall() -> None:
    rights = _rows(
        "select c.relname, r.name from pg_class c join pg_namespace n on n.oid = c.relnamespace,"
        " unnest(array['TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN']) r(name)"
        " where n.nspname = 'public' and c.relkind in ('r', 'p')"
        " and (r.name <> 'MAINTAIN' or current_setting('server_version_num')::int >= 170000)"
        " and has_table_privilege(%s, c.oid, r.name)",
        APP_ROLE,
    )
    assert rights == []
    assert _rows("select has_schema_privilege(%s, 'public', 'CREATE')", APP_ROLE) == [(False,)]


def test_the_working_role_cannot_write_the_logs() -> None:
    writable = _rows(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " left join pg_inherits i on i.inhrelid = c.oid left join pg_class parent on parent.oid = i.inhparent"
        " where n.nspname = 'public' and c.relkind in ('r', 'p')"
        " and (c.relname = any(%s) or parent.relname = any(%s))"
        " and has_table_privilege(%s, c.oid, 'INSERT, UPDATE, DELETE')",
        list(READ_ONLY),
        list(READ_ONLY),
        APP_ROLE,
    )
    assert writable == []


def test_some_tables_are_out_of_reach() -> None:
    names = list(OUT_OF_REACH)
    reachable = _rows(
        "select n from unnest(%s::text[]) n where has_table_privilege(%s, n, 'SELECT, INSERT, UPDATE, DELETE')",
        names,
        APP_ROLE,
    )
    assert reachable == []


def test_functions_of_the_owner_look_nowhere_else() -> None:
    """A SECURITY DEFINER function without a pinned search path runs whatever the caller puts in front of it."""
    loose = _rows(
        "select p.proname, p.proconfig from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname = 'public' and p.prosecdef and not exists("
        "select from unnest(p.proconfig) setting where setting like 'search_path=%%, pg_temp')"
        " and not exists(select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
    )
    assert loose == []


def test_the_history_is_written_with_the_owners_rights() -> None:
    """CREATE OR REPLACE FUNCTION without SECURITY DEFINER would silently take it away."""
    asked = ("history_row", "log_look", "log_event", "app_citizens", "app_standing", "audit_seal_logs")
    found = dict(_rows("select proname, prosecdef from pg_proc where proname = any(%s)", list(asked)))
    assert found == dict.fromkeys(asked, True)
    assert _rows("select has_function_privilege(%s, 'history_row()', 'EXECUTE')", APP_ROLE) == [(False,)]


def test_no_view_or_rule_goes_around_the_wall() -> None:
    """A view runs with its owner's rights and would show every row."""
    views = _rows(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'"
        " and c.relkind in ('v', 'm') and not coalesce(c.reloptions @> array['security_invoker=true'], false)"
    )
    assert views == []
