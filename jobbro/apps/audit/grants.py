"""What the application role may do: rows yes, the logs and the structure no. Run by the owner after every migration."""

from django.db.backends.base.base import BaseDatabaseWrapper

APP_ROLE = "jobbro_app"
# Written only by functions of the owner; the application reads what the policies let it.
READ_ONLY = ("audit_look", "audit_change", "audit_event", "audit_seal")
OUT_OF_REACH = ("audit_clock", "django_migrations")

_GRANTS = """
grant usage on schema public to {app};
grant select, insert, update, delete on all tables in schema public to {app};
grant usage on all sequences in schema public to {app};
revoke insert, update, delete on {read_only} from {app};
revoke all on {out_of_reach} from {app};
revoke create on schema public from public, {app};
"""


def apply_grants(connection: BaseDatabaseWrapper, *, app_role: str = APP_ROLE) -> None:
    """The application role has its rights, and no more, on everything that exists now."""
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relname like 'audit\\_%\\_%' and relkind = 'r'")
        partitions = [name for (name,) in cursor.fetchall() if name.split("_")[1] in ("look", "change", "event")]
        quoted = connection.ops.quote_name
        cursor.execute(
            _GRANTS.format(
                app=quoted(app_role),
                read_only=", ".join(quoted(name) for name in (*READ_ONLY, *partitions)),
                out_of_reach=", ".join(quoted(name) for name in OUT_OF_REACH),
            )
        )
        cursor.execute("select audit_rebase()")
