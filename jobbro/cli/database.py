"""The database a command works with: the server named in the environment, or the embedded one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jobbro.cli.embedded import EmbeddedPostgres, Server
from jobbro.cli.errors import CommandFailed
from jobbro.cli.roles import APP, DATABASE, OWNER, RolePasswords, ensure_roles_and_database

APP_URL = "DATABASE_URL"
OWNER_URL = "DATABASE_OWNER_URL"
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Database:
    """Addresses for daily work and for migrating; `server` when it is an embedded one of ours."""

    app_url: str
    owner_url: str | None
    server: Server | None


def data_folder() -> Path:
    """Where local data live: `JOBBRO_DATA`, else `.data` in the project."""
    return Path(os.environ.get("JOBBRO_DATA") or PROJECT / ".data")


def is_external() -> bool:
    """True when the environment names a server, so that nothing is started or created."""
    return bool(os.environ.get(APP_URL))


@contextmanager
def running_database() -> Iterator[Database]:
    """A database that answers, its addresses in `os.environ` for Django and for child processes."""
    if is_external():
        yield Database(app_url=os.environ[APP_URL], owner_url=os.environ.get(OWNER_URL), server=None)
        return
    with _embedded_database(EmbeddedPostgres(data_folder()), may_create_databases=False) as database:
        yield database


@contextmanager
def temporary_database() -> Iterator[Database]:
    """An empty embedded server of its own in a temporary folder, gone afterwards; for smoke runs and tests."""
    with tempfile.TemporaryDirectory(prefix="jobbro-") as folder:
        Path(folder).chmod(0o755)
        embedded = EmbeddedPostgres(Path(folder) / "data", durable=False)
        with _embedded_database(embedded, may_create_databases=True) as database:
            yield database


@contextmanager
def _embedded_database(embedded: EmbeddedPostgres, *, may_create_databases: bool) -> Iterator[Database]:
    with embedded as server:
        database = prepared_database(embedded, server=server, may_create_databases=may_create_databases)
        with _environment({APP_URL: database.app_url, OWNER_URL: database.owner_url or ""}):
            yield database


def prepared_database(embedded: EmbeddedPostgres, *, server: Server, may_create_databases: bool = False) -> Database:
    """Roles and database on a running embedded server, with their addresses."""
    passwords = RolePasswords(owner=embedded.secret("owner"), app=embedded.secret("app"))
    ensure_roles_and_database(
        superuser_url=server.superuser_url,
        database=DATABASE,
        passwords=passwords,
        may_create_databases=may_create_databases,
    )
    return Database(
        app_url=database_url(server=server, role=APP, password=passwords.app, database=DATABASE),
        owner_url=database_url(server=server, role=OWNER, password=passwords.owner, database=DATABASE),
        server=server,
    )


def database_url(*, server: Server, role: str, password: str, database: str) -> str:
    """The address of one role in one database."""
    return f"postgresql://{role}:{quote(password, safe='')}@{server.host}:{server.port}/{database}"


def owner_url() -> str:
    """The address of the role that migrates, or a refusal that says how to give it."""
    url = os.environ.get(OWNER_URL)
    if not url:
        raise CommandFailed(
            f"{APP_URL} is set but {OWNER_URL} is not. Migrations run as the role that owns the database "
            f"({OWNER}), daily work as the one that owns nothing ({APP}): give both."
        )
    return url


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
