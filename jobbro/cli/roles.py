"""The two database roles: one that owns and migrates, one that works and owns nothing."""

from dataclasses import dataclass

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import make_conninfo

OWNER = "jobbro_owner"
APP = "jobbro_app"
DATABASE = "jobbro"
EXTENSION = "btree_gist"
# Any fixed number: whoever holds it is the only one preparing this server.
PREPARING = 5_620_626


@dataclass(frozen=True)
class RolePasswords:
    """Passwords of the two roles."""

    owner: str
    app: str


def ensure_roles_and_database(
    *, superuser_url: str, database: str, passwords: RolePasswords, may_create_databases: bool = False
) -> None:
    """Both roles, the database and its extension exist; called again it only renews attributes and passwords."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [PREPARING])
        creation = sql.SQL("createdb" if may_create_databases else "nocreatedb")
        _ensure_role(connection, name=OWNER, password=passwords.owner, creation=creation)
        _ensure_role(connection, name=APP, password=passwords.app, creation=sql.SQL("nocreatedb"))
        _ensure_extension(make_conninfo(superuser_url, dbname="template1"))
        _ensure_database(connection, name=database)
        _ensure_extension(make_conninfo(superuser_url, dbname=database))
        _close_to_others(connection, name=database)


def _ensure_role(connection: Connection, *, name: str, password: str, creation: sql.SQL) -> None:
    known = connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone()
    # The verifier is made here, so that the password itself never reaches the server or its log.
    verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    connection.execute(
        sql.SQL(
            "{verb} role {name} login nosuperuser nobypassrls nocreaterole noreplication {creation} password {verifier}"
        ).format(
            verb=sql.SQL("alter" if known else "create"),
            name=sql.Identifier(name),
            creation=creation,
            verifier=sql.Literal(verifier),
        )
    )


def _ensure_database(connection: Connection, *, name: str) -> None:
    if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        return
    statement = sql.SQL("create database {name} owner {owner}")
    connection.execute(statement.format(name=sql.Identifier(name), owner=sql.Identifier(OWNER)))


def _ensure_extension(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(EXTENSION)))


def _close_to_others(connection: Connection, *, name: str) -> None:
    database, app = sql.Identifier(name), sql.Identifier(APP)
    connection.execute(sql.SQL("revoke all on database {} from public").format(database))
    connection.execute(sql.SQL("grant connect on database {} to {}").format(database, app))
