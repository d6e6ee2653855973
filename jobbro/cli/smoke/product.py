"""The product under visit: temporary database, migrations, demo data, and gunicorn on a free loopback port."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jobbro.cli.database import PROJECT, Database, temporary_database
from jobbro.cli.embedded.ports import LOCAL, free_port
from jobbro.cli.errors import CommandFailed
from jobbro.cli.serve import web_command

ANSWER_SECONDS = 30.0
SWITCH = "JOBBRO_SMOKE"


@dataclass(frozen=True)
class Product:
    """Where it answers, where its data are, and what it has written to its log."""

    port: int
    database: Database
    log: Path

    def faults(self, count: int = 20) -> list[str]:
        """The last faults in the web server's log, each with the line below it that says where."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        found = [at for at, line in enumerate(lines) if " ERROR " in line]
        return [line for at in found[-count:] for line in lines[at : at + 2]]


@contextmanager
def running_product(*, size: int) -> Iterator[Product]:
    """The product with `size` fictive citizens, gone afterwards. Nothing of the developer's own data is touched."""
    with tempfile.TemporaryDirectory(prefix="jobbro-smoke-") as folder:
        changed = {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "JOBBRO_DATA": str(Path(folder) / "keys"),
            SWITCH: "1",
        }
        with _environment(changed, without=("JOBBRO_DEMO",)), temporary_database() as database:
            _step("migrate", "--quiet")
            _step("seed", "--size", str(size), quiet=True)
            log = Path(folder) / "web.log"
            with _web(log) as port:
                yield Product(port=port, database=database, log=log)


@contextmanager
def _environment(changed: dict[str, str], *, without: tuple[str, ...]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(changed)
    for name in without:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _step(*arguments: str, quiet: bool = False) -> None:
    command = [sys.executable, "-m", "jobbro.cli", *arguments]
    answer = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE if quiet else sys.stderr)
    if answer.returncode:
        raise CommandFailed(f"`jobbro {' '.join(arguments)}` did not succeed. The lines above say why.")


@contextmanager
def _web(log: Path) -> Iterator[int]:
    port = free_port()
    with log.open("wb") as out:
        process = subprocess.Popen(
            web_command(port=port), cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        wait_for_answer(port=port, process=process, log=log)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for_answer(*, port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns when the web server answers; a server that ends or stays silent is a refusal with its last lines."""
    give_up_at = time.monotonic() + ANSWER_SECONDS
    while process.poll() is None and time.monotonic() < give_up_at:
        connection = http.client.HTTPConnection(LOCAL, port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", "/health/")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise CommandFailed("The web server does not answer:\n" + log.read_text(encoding="utf-8", errors="replace")[-2000:])
