"""The two database roles can do what their work asks, and no more."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from jobbro.cli.database import Database, prepared_database
from jobbro.cli.embedded import EmbeddedPostgres, Server
from jobbro.cli.roles import RolePasswords, ensure_roles_and_database

Prepared = tuple[EmbeddedPostgres, Server, Database]


@pytest.fixture(scope="module")
def prepared(stopped_cluster: Path) -> Iterator[Prepared]:
    embedded = EmbeddedPostgres(stopped_cluster, durable=False)
    with embedded as server:
        yield embedded, server, prepared_database(embedded, server=server)


@pytest.fixture
def database(prepared: Prepared) -> Database:
    return prepared[2]


def refusals(url: str, statements: list[str]) -> list[type[Exception] | None]:
    found: list[type[Exception] | None] = []
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            try:
                connection.execute(statement)
                found.append(None)
            except psycopg.Error as error:
                found.append(type(error))
    return found


def test_the_owner_builds_and_the_application_only_connects(database: Database) -> None:
    denied = errors.InsufficientPrivilege
    assert database.owner_url
    assert refusals(
        database.owner_url,
        ["create table built (n int)", "create database other", "create role other", "set role jobbro_admin"],
    ) == [None, denied, denied, denied]
    assert (
        refusals(
            database.app_url,
            ["create table mine (n int)", "select * from built", "create schema mine", "create temp table t (n int)"],
        )
        == [denied] * 4
    )


def test_neither_role_passes_row_level_security(database: Database, prepared: Prepared) -> None:
    with psycopg.connect(prepared[1].superuser_url) as connection:
        rows = connection.execute(
            "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles "
            "where rolname in ('jobbro_owner', 'jobbro_app') order by rolname"
        ).fetchall()
    assert rows == [("jobbro_app", False, False, False, False), ("jobbro_owner", False, False, False, False)]


def test_the_extension_stands_in_the_database_and_in_new_ones(database: Database, prepared: Prepared) -> None:
    for url in (database.app_url, prepared[1].superuser_url.replace("/postgres", "/template1")):
        with psycopg.connect(url) as connection:
            assert connection.execute("select 1 from pg_extension where extname = 'btree_gist'").fetchone()


def test_done_again_it_takes_over_new_passwords_and_keeps_the_data(database: Database, prepared: Prepared) -> None:
    assert database.owner_url
    assert refusals(database.owner_url, ["create table kept (n int)"]) == [None]
    ensure_roles_and_database(
        superuser_url=prepared[1].superuser_url,
        database="jobbro",
        passwords=RolePasswords(owner=prepared[0].secret("owner"), app="another"),
    )
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(database.app_url)
    assert refusals(database.owner_url, ["select * from kept"]) == [None]
    assert prepared_database(prepared[0], server=prepared[1]) == database
    assert refusals(database.app_url, ["select 1"]) == [None]


def test_the_server_keeps_a_verifier_and_no_password(prepared: Prepared) -> None:
    with psycopg.connect(prepared[1].superuser_url) as connection:
        row = connection.execute("select rolpassword from pg_authid where rolname = 'jobbro_app'").fetchone()
    assert row
    assert row[0].startswith("SCRAM-SHA-256$")
    assert prepared[0].secret("app") not in (prepared[0].folder / "postgres.log").read_text()
