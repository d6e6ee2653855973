"""The load set of a bench: loaded once, kept beside the local data, and given to each run as a fresh copy."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from jobbro.cli.database import APP_URL, OWNER_URL, PROJECT, Database, data_folder, database_url, prepared_database
from jobbro.cli.embedded import EmbeddedPostgres, Server
from jobbro.cli.errors import CommandFailed
from jobbro.cli.roles import APP, DATABASE, OWNER, RolePasswords, ensure_roles_and_database

RUN = f"{DATABASE}_run"
MANIFEST = "loaded.json"
# What the rows come from. A changed program loads anew; a new migration is only applied.
SOURCES = (PROJECT / "jobbro" / "cli" / "demo", PROJECT / "benchmarks" / "_openings.py")


@dataclass(frozen=True)
class Kept:
    """A run's own copy of the load set; `folder` also holds the keys its CPR numbers are encrypted with."""

    folder: Path
    database: Database
    environment: dict[str, str]


@contextmanager
def fresh_copy(*, size: str, citizens: int, openings: int) -> Iterator[Kept]:
    """A database of the run's own with so many fictive citizens and open jobs; the demo's data are never touched."""
    folder = data_folder() / f"bench-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "bench.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _forget_other_data(folder)
        embedded = EmbeddedPostgres(folder)
        with embedded as server:
            loaded = prepared_database(embedded, server=server)
            _bring_up_to_date(folder, database=loaded, citizens=citizens, openings=openings)
            run = _copied(embedded, server=server)
            environment = _environment(folder, database=run)
            # As the worker does every ten minutes: otherwise each web process would read all open jobs by itself.
            _step("benchmarks._opening_steps", "keep", environment=environment)
            yield Kept(folder=folder, database=run, environment=environment)


def _forget_other_data(folder: Path) -> None:
    manifest = folder / MANIFEST
    known = json.loads(manifest.read_text()) if manifest.exists() else None
    if known is not None and _is_same(known):
        return
    # A manifest is written last: without one the loading was cut short.
    EmbeddedPostgres(folder).remove()
    for name in (MANIFEST, "keys.json", "keys.lock"):
        (folder / name).unlink(missing_ok=True)


def _is_same(known: dict[str, dict[str, str]]) -> bool:
    now = fingerprint()
    applied = {name: now["migrations"].get(name) for name in known["migrations"]}
    return known["demo"] == now["demo"] and known["migrations"] == applied


def fingerprint() -> dict[str, dict[str, str]]:
    """The programs and migrations behind the rows, by file."""
    demo = (
        file for source in SOURCES for file in (source, *source.rglob("*")) if file.suffix in (".py", ".yaml", ".csv")
    )
    migrations = (PROJECT / "jobbro" / "apps").glob("*/migrations/**/*.*")
    return {
        "demo": {_name(file): _digest(file) for file in sorted(demo)},
        "migrations": {_name(file): _digest(file) for file in sorted(migrations) if file.suffix in (".py", ".sql")},
    }


def _name(file: Path) -> str:
    return str(file.relative_to(PROJECT))


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def _bring_up_to_date(folder: Path, *, database: Database, citizens: int, openings: int) -> None:
    environment = _environment(folder, database=database)
    _step("jobbro.cli", "migrate", "--quiet", environment=environment)
    manifest = folder / MANIFEST
    if not manifest.exists():
        what = f"{citizens:,} fictive citizens and {openings:,} open jobs"
        print(f"Loading {what} into {folder.name}; they are kept.", file=sys.stderr, flush=True)
        _step("jobbro.cli", "seed", "--size", str(citizens), environment=environment)
        _step("benchmarks._opening_steps", "load", str(openings), environment=environment)
        with psycopg.connect(str(database.owner_url), autocommit=True) as connection:
            connection.execute("vacuum analyze")
        manifest.write_text(json.dumps(fingerprint(), indent=1))


def _environment(folder: Path, *, database: Database) -> dict[str, str]:
    without = {name: value for name, value in os.environ.items() if name != "JOBBRO_DEMO"}
    return without | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "JOBBRO_DATA": str(folder),
        APP_URL: database.app_url,
        OWNER_URL: str(database.owner_url),
    }


def _step(program: str, *arguments: str, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", program, *arguments]
    answer = subprocess.run(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE)
    if answer.returncode:
        raise CommandFailed(f"`{program} {' '.join(arguments)}` did not succeed. The lines above say why.")


def _copied(embedded: EmbeddedPostgres, *, server: Server) -> Database:
    """The loaded database file by file: every run begins with the same rows."""
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        names = {"run": sql.Identifier(RUN), "loaded": sql.Identifier(DATABASE), "owner": sql.Identifier(OWNER)}
        connection.execute(sql.SQL("drop database if exists {run} with (force)").format(**names))
        copy = sql.SQL("create database {run} template {loaded} owner {owner} strategy file_copy")
        connection.execute(copy.format(**names))
    passwords = RolePasswords(owner=embedded.secret("owner"), app=embedded.secret("app"))
    ensure_roles_and_database(superuser_url=server.superuser_url, database=RUN, passwords=passwords)
    return Database(
        app_url=database_url(server=server, role=APP, password=passwords.app, database=RUN),
        owner_url=database_url(server=server, role=OWNER, password=passwords.owner, database=RUN),
        server=server,
    )
