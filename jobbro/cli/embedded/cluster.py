"""Start, share and stop one PostgreSQL server that lives in a folder."""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

from jobbro.cli.embedded.binaries import BINARIES_VARIABLE, binaries_folder, major_version, runnable_by
from jobbro.cli.embedded.options import server_options
from jobbro.cli.embedded.ports import LOCAL, free_port, is_free
from jobbro.cli.embedded.postmaster import Postmaster, has_children, is_alive, process_exists, read_postmaster
from jobbro.cli.embedded.runner import is_reachable, make_open_folder, runner_for
from jobbro.cli.embedded.secrets import secret
from jobbro.cli.errors import CommandFailed

SUPERUSER = "jobbro_admin"
REACHABLE_FOLDERS = Path("/var/lib/jobbro")
# After `kill -9` children may linger for about five seconds.
RETRY_SECONDS = 10.0
# Crash recovery of a large database takes its time; a server that does nothing for this long is stuck.
READY_SECONDS = 300.0
STOP_SECONDS = 60.0
PAUSE = 0.05
WORTH_ANOTHER_TRY = (
    "could not bind",
    "could not create any TCP",
    "another postmaster",
    "another server",
    "still in use",
)


class PostgresNotStarted(CommandFailed):
    """The embedded server could not be started; the sentence says why."""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its data folder and the URL of its superuser."""

    host: str
    port: int
    folder: Path
    superuser_url: str


class EmbeddedPostgres:
    """One server for one folder, shared by all processes that use it; the last one to stop turns it off."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.folder = _reachable_folder(data.absolute())
        self.cluster = self.folder / "postgres"
        self.runner = runner_for(self.cluster)
        self.durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._users: IO[bytes] | None = None

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Server:
        """A server that answers: the one already running in this folder, or a new one."""
        _make_folder(self.folder)
        with self._locked():
            self._join()
            try:
                port = self._running_port() or self._begin()
            except BaseException:
                self._leave()
                raise
            return Server(host=LOCAL, port=port, folder=self.folder, superuser_url=self._superuser_url(port))

    def stop(self) -> None:
        """Leave the server, and turn it off when nobody else uses it."""
        if self._users is None:
            return
        with self._locked():
            if self._leave():
                self._turn_off()
                self._collect()
            elif self._process is not None:
                self._process.returncode = 0  # it lives on for the others and is no longer ours to wait for

    def secret(self, name: str) -> str:
        """A random secret kept beside the data, made on first use."""
        return secret(file=self.folder / "secrets.json", name=name)

    def remove(self) -> None:
        """Delete the data, after turning the server off; refused while another process uses it."""
        _make_folder(self.folder)
        with self._locked():
            self._join()
            if not self._leave():
                raise CommandFailed(f"{self.folder} is in use. Stop the other `jobbro` first (Ctrl-C), then try again.")
            self._turn_off()
            for name in ("postgres", "postgres.new"):
                shutil.rmtree(self.folder / name, ignore_errors=True)
            for name in ("secrets.json", "port", "postgres.log"):
                (self.folder / name).unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with _open_private(self.folder / "lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _join(self) -> None:
        self._users = self._users or _open_private(self.folder / "users.lock")
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def _leave(self) -> bool:
        """True when nobody else uses the server. A killed process has left by dying: the kernel drops its lock."""
        users, self._users = self._users, None
        if users is None:
            return False
        with users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

    def _running_port(self) -> int | None:
        give_up_at = time.monotonic() + READY_SECONDS
        while time.monotonic() < give_up_at:
            postmaster = read_postmaster(self.cluster)
            if postmaster is None or not self._is_alive(postmaster):
                return None
            if postmaster.is_ready and self._answers(postmaster.port):
                return postmaster.port
            time.sleep(PAUSE)
        raise PostgresNotStarted(f"PostgreSQL in {self.folder} neither starts nor stops. Its log: {self._log_file}")

    def _answers(self, port: int) -> bool:
        """A server killed this very moment still looks alive; only an answer counts."""
        try:
            psycopg.connect(self._superuser_url(port), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _superuser_url(self, port: int) -> str:
        return f"postgresql://{SUPERUSER}:{self.secret('superuser')}@{LOCAL}:{port}/postgres"

    def _begin(self) -> int:
        self._collect()
        binaries = runnable_by(self.runner, binaries_folder())
        if self.cluster.exists():
            self._refuse_other_version(major_version(binaries))
        else:
            self._create(binaries)
        return self._start_with_retries(binaries)

    def _refuse_other_version(self, programs: int) -> None:
        if self.cluster.stat().st_uid != self.runner.uid:
            raise PostgresNotStarted(f"{self.cluster} belongs to another user. Start as that user, or as root.")
        data = int((self.cluster / "PG_VERSION").read_text())
        if data != programs:
            raise PostgresNotStarted(
                f"The data in {self.folder} was written by PostgreSQL {data}, but the programs are version {programs}. "
                f"Dump it with version {data} (pg_dump) and load it with {programs}; {BINARIES_VARIABLE} chooses the "
                "programs. Nothing was changed."
            )

    def _create(self, binaries: Path) -> None:
        """initdb beside the final place, then one rename: a killed first start leaves nothing half made."""
        new = self.folder / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.runner.give(new)
        with tempfile.NamedTemporaryFile("w", prefix="jobbro-", dir=_temporary_folder()) as password_file:
            password_file.write(self.secret("superuser"))
            password_file.flush()
            self.runner.give(Path(password_file.name))
            self._initdb(binaries, new=new, password_file=Path(password_file.name))
        new.rename(self.cluster)

    def _initdb(self, binaries: Path, *, new: Path, password_file: Path) -> None:
        locale = "C" if os.uname().sysname == "Darwin" else "C.UTF-8"
        command = [str(binaries / "initdb"), "-D", str(new), "-U", SUPERUSER, f"--pwfile={password_file}"]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", f"--locale={locale}", "--data-checksums"]
        command += [] if self.durable else ["--no-sync"]
        answer = subprocess.run(command, capture_output=True, text=True, **self.runner.process_options())
        if answer.returncode:
            raise PostgresNotStarted(f"PostgreSQL could not make its data folder {new}: {answer.stderr.strip()}")

    def _start_with_retries(self, binaries: Path) -> int:
        give_up_at = time.monotonic() + RETRY_SECONDS
        while True:
            port, problem = self._start_once(binaries)
            if port is not None:
                return port
            is_passing = any(sign in problem for sign in WORTH_ANOTHER_TRY)
            if not is_passing or time.monotonic() > give_up_at:
                raise PostgresNotStarted(f"PostgreSQL did not start: {problem.strip()} (log: {self._log_file})")
            time.sleep(4 * PAUSE)

    def _start_once(self, binaries: Path) -> tuple[int | None, str]:
        """The port of a server that answers, or None and why not."""
        if self._children_linger():
            return None, "processes of a killed server are still in use of its data"
        port = self._choose_port()
        command = [
            str(binaries / "postgres"),
            "-D",
            str(self.cluster),
            *server_options(port=port, durable=self.durable),
        ]
        with _open_private(self._log_file) as log:
            before = log.tell()
            process: subprocess.Popen[bytes] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self.runner.process_options()
            )
        self._process = process
        if self._wait_until_ready(process):
            return port, ""
        return None, self._log_file.read_bytes()[before:].decode(errors="replace")

    def _children_linger(self) -> bool:
        """Clears a `postmaster.pid` that PostgreSQL would believe: of a zombie, or of a stranger with that number."""
        postmaster = read_postmaster(self.cluster)
        if postmaster is None or not process_exists(postmaster):
            return False
        if has_children(postmaster):
            return True
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        return False

    def _choose_port(self) -> int:
        file = self.folder / "port"
        stored = int(file.read_text()) if file.exists() else None
        if stored is not None and is_free(stored):
            return stored
        port = free_port()
        file.write_text(f"{port}\n")
        return port

    def _wait_until_ready(self, process: "subprocess.Popen[bytes]") -> bool:
        waited_until = time.monotonic() + READY_SECONDS
        while process.poll() is None and time.monotonic() < waited_until:
            postmaster = read_postmaster(self.cluster)
            if postmaster is not None and postmaster.pid == process.pid and postmaster.is_ready:
                return True
            time.sleep(PAUSE / 5)
        return False

    def _turn_off(self) -> None:
        """Fast shutdown: open transactions are rolled back, committed ones are on disk."""
        postmaster = read_postmaster(self.cluster)
        for how in (signal.SIGINT, signal.SIGQUIT):
            if postmaster is None or not self._is_alive(postmaster):
                return
            os.kill(postmaster.pid, how)
            give_up_at = time.monotonic() + STOP_SECONDS
            while self._is_alive(postmaster) and time.monotonic() < give_up_at:
                time.sleep(PAUSE / 5)

    def _collect(self) -> None:
        """Our own child, which no longer counts as alive, has ended and leaves no zombie."""
        if self._process is not None:
            self._process.wait(timeout=STOP_SECONDS)

    def _is_alive(self, postmaster: Postmaster) -> bool:
        if self._process is not None:
            self._process.poll()  # collects our own child, which would stay a zombie
        return is_alive(postmaster, data=self.cluster)

    @property
    def _log_file(self) -> Path:
        return self.folder / "postgres.log"


def _reachable_folder(data: Path) -> Path:
    """`data`, or for root a folder that the server's own user can reach when `data` lies under a closed one."""
    if not runner_for(data / "postgres").is_other_user or is_reachable(data / "postgres"):
        return data.resolve()
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:8]
    return REACHABLE_FOLDERS / f"{data.parent.name or 'root'}-{mark}"


def _make_folder(folder: Path) -> None:
    try:
        make_open_folder(folder)
        _open_private(folder / "lock").close()
    except PermissionError as error:
        raise CommandFailed(
            f"{folder} belongs to another user. Start as that user, or choose another folder with JOBBRO_DATA."
        ) from error


def _temporary_folder() -> Path:
    """A folder everyone can reach: the process's own TMPDIR may be closed to the server's user."""
    chosen = Path(tempfile.gettempdir())
    return chosen if is_reachable(chosen / "x") else Path("/tmp")  # noqa: S108 - the file in it has a random name and mode 0600


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _open_private(path: Path) -> IO[bytes]:
    return open(path, "ab", opener=_private)
