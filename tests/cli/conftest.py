"""Folders that the server's own user can reach, and an environment without a database of somebody else's."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobbro.cli.embedded import EmbeddedPostgres


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder outside pytest's own closed one: root's server runs as `nobody`."""
    made = Path(tempfile.mkdtemp(prefix="jobbro-test-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def stopped_cluster() -> Iterator[Path]:
    """The data folder of a server that was started and stopped once."""
    made = Path(tempfile.mkdtemp(prefix="jobbro-test-", dir="/tmp"))
    made.chmod(0o755)
    with EmbeddedPostgres(made / "data", durable=False):
        pass
    yield made / "data"
    shutil.rmtree(made)


@pytest.fixture
def postgres(stopped_cluster: Path) -> Iterator[EmbeddedPostgres]:
    """That server, stopped again after the test; making one takes the better part of a second."""
    embedded = EmbeddedPostgres(stopped_cluster, durable=False)
    yield embedded
    embedded.stop()


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No server from outside, and signals as they were."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "JOBBRO_DATA", "PORT"):
        monkeypatch.delenv(name, raising=False)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)
