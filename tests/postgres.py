"""The database of a test run: migrated once per set of migrations, cloned for each run, used as the app role."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from jobbro.cli.database import APP_URL, OWNER_URL, PROJECT, data_folder, is_external, owner_url, prepared_database
from jobbro.cli.embedded import EmbeddedPostgres, PostgresNotStarted, Server
from jobbro.cli.embedded.binaries import binaries_folder, major_version

TEMPLATE, CLONE = "jobbro_template_", "test_jobbro_"
KEPT_TEMPLATES = 4
# Any fixed number: whoever holds it is the only one making templates and clones.
CLONING = 5_620_627
IMPORTED = re.compile(r"^from (jobbro[\w.]*) import|^import (jobbro[\w.]*)|^from (\.{2,}[\w.]*) import", re.MULTILINE)


@dataclass(frozen=True)
class Addresses:
    """The test database as its two roles see it, and the role that makes and drops databases."""

    app_url: str
    owner_url: str
    maker_url: str
    name: str


@contextmanager
def running_server() -> Iterator[tuple[str, str, str]]:
    """Addresses of the working role, the owner and the maker of databases on a server for tests."""
    if is_external():
        yield os.environ[APP_URL], owner_url(), make_conninfo(owner_url(), dbname="postgres")
        return
    embedded = EmbeddedPostgres(data_folder() / f"test-{major_version(binaries_folder())}", durable=False)
    server = _started(embedded)
    try:
        database = prepared_database(embedded, server=server, may_create_databases=True)
        yield database.app_url, str(database.owner_url), server.superuser_url
    finally:
        embedded.stop()


def _started(embedded: EmbeddedPostgres) -> Server:
    try:
        return embedded.start()
    except PostgresNotStarted:
        # A server without fsync may not survive a crash of the machine; nothing in it is worth keeping.
        embedded.remove()
        return embedded.start()


@contextmanager
def test_database() -> Iterator[Addresses]:
    """Django works in a fresh copy of the migrated template as the application role."""
    with running_server() as (app, owner, maker):
        name, template = f"{CLONE}{os.getpid()}", f"{TEMPLATE}{fingerprint()}"
        addresses = Addresses(
            app_url=_with_database(app, name), owner_url=_with_database(owner, name), maker_url=maker, name=name
        )
        _drop_leftovers(maker)
        _ensure_template(maker=maker, owner=_with_database(owner, template), name=template)
        clone(addresses)
        before = {variable: os.environ.get(variable) for variable in (APP_URL, OWNER_URL)}
        os.environ.update({APP_URL: addresses.app_url, OWNER_URL: addresses.owner_url})
        point_django_at(addresses.app_url)
        try:
            yield addresses
        finally:
            _close_django()
            _drop(maker, name)
            _restore(before)


def clone(addresses: Addresses) -> None:
    """The test database is as the migrations left it."""
    with _making(addresses.maker_url) as connection:
        _drop_in(connection, addresses.name)
        statement = sql.SQL("create database {name} template {template} owner {owner}")
        connection.execute(
            statement.format(
                name=sql.Identifier(addresses.name),
                template=sql.Identifier(f"{TEMPLATE}{fingerprint()}"),
                owner=sql.Identifier(str(conninfo_to_dict(addresses.owner_url)["user"])),
            )
        )


def begin_anew(addresses: Addresses) -> None:
    """What a committing test left behind is gone, also from tables that the application may only add to."""
    _close_django()
    clone(addresses)


def point_django_at(url: str) -> None:
    """Django's one connection uses this address from the next query on, in every thread."""
    from django.db import connection

    _close_django()
    about = conninfo_to_dict(url)
    connection.settings_dict.update(
        NAME=about["dbname"], USER=about["user"], PASSWORD=about["password"], HOST=about["host"], PORT=about["port"]
    )


def _close_django() -> None:
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def _ensure_template(*, maker: str, owner: str, name: str) -> None:
    with _making(maker) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return
        half = f"{name}_half"
        _drop_in(connection, half)
        owner_role = sql.Identifier(str(conninfo_to_dict(owner)["user"]))
        connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(half), owner_role))
        _migrate(_with_database(owner, half))
        connection.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(half), sql.Identifier(name)))
        _drop_old_templates(connection, current=name)


def _migrate(url: str) -> None:
    from jobbro.cli.migrate import migrate

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create extension if not exists btree_gist")
    point_django_at(url)
    migrate(verbosity=0)
    _close_django()


def _drop_old_templates(connection: psycopg.Connection, *, current: str) -> None:
    """Older sets of migrations; the newest few stay for runs that are still under way."""
    rows = connection.execute(
        "select datname from pg_database where starts_with(datname, %s) and datname <> %s order by oid desc offset %s",
        [TEMPLATE, current, KEPT_TEMPLATES - 1],
    ).fetchall()
    for (name,) in rows:
        _drop_in(connection, name)


def _drop_leftovers(maker: str) -> None:
    """Databases of test runs that were killed."""
    if is_external():
        return
    with _making(maker) as connection:
        rows = connection.execute("select datname from pg_database where starts_with(datname, %s)", [CLONE]).fetchall()
        for (name,) in rows:
            if not _lives(int(name.removeprefix(CLONE))):
                _drop_in(connection, name)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _drop(maker: str, name: str) -> None:
    with _making(maker) as connection:
        _drop_in(connection, name)


def _drop_in(connection: psycopg.Connection, name: str) -> None:
    statement = "drop database if exists {}"
    with suppress(psycopg.errors.InsufficientPrivilege):
        connection.execute(sql.SQL(statement + " with (force)").format(sql.Identifier(name)))
        return
    connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def _making(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [CLONING])
        yield connection


def _with_database(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


def _restore(values: dict[str, str | None]) -> None:
    for variable, value in values.items():
        if value is None:
            os.environ.pop(variable, None)
        else:
            os.environ[variable] = value


@cache
def fingerprint() -> str:
    """Changes with any migration of ours, with what a migration imports, with the grants and with the packages."""
    migrations = [path for path in PROJECT.glob("jobbro/apps/*/migrations/**/*") if path.suffix in (".py", ".sql")]
    files = {*migrations, *PROJECT.glob("jobbro/apps/audit/grants*"), *PROJECT.glob("jobbro/apps/**/*.sql")}
    files |= {found for path in migrations if path.suffix == ".py" for found in _imported(path)}
    digest = hashlib.sha256()
    for package in ("django", "procrastinate"):
        digest.update(f"{package} {version(package)}\n".encode())
    for path in sorted(file for file in files if file.is_file()):
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _imported(migration: Path) -> Iterator[Path]:
    """Our modules that a migration imports, one step deep."""
    for absolute, plain, relative in IMPORTED.findall(migration.read_text(encoding="utf-8")):
        name = absolute or plain
        if name:
            base = PROJECT.joinpath(*name.split("."))
        else:
            dots = len(relative) - len(relative.lstrip("."))
            base = migration.parents[dots - 1].joinpath(*[part for part in relative.lstrip(".").split(".") if part])
        yield from (base.with_suffix(".py"), base / "__init__.py", base / "models.py")
