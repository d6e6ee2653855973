"""Each promise of the embedded PostgreSQL, kept for real: servers started, killed, blocked and shared."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from jobbro.cli.embedded import EmbeddedPostgres, PostgresNotStarted, binaries, cluster, postmaster
from jobbro.cli.embedded.binaries import BinariesNotFound, binaries_folder, major_version
from jobbro.cli.embedded.postmaster import Postmaster, has_children, read_postmaster
from jobbro.cli.errors import CommandFailed

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")


def value(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
        assert row is not None
        return row[0]


def test_the_server_is_local_closed_and_discreet(postgres: EmbeddedPostgres) -> None:
    server = postgres.start()
    password = postgres.secret("superuser")
    assert (postgres.folder / "secrets.json").stat().st_mode & 0o777 == 0o600
    for wrong in (server.superuser_url.replace(password, "wrong"), server.superuser_url.replace(f":{password}", "")):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(wrong)
    expected = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "password_encryption": "scram-sha-256",
        "log_parameter_max_length": "0",
        "log_error_verbosity": "terse",
        "server_encoding": "UTF8",
        "data_checksums": "on",
    }
    assert {name: value(server.superuser_url, f"show {name}") for name in expected} == expected
    assert value(server.superuser_url, "select lower('ÆØÅ') || upper('æøå')") == "æøåÆØÅ"


def test_what_was_written_and_the_port_are_there_after_a_restart(postgres: EmbeddedPostgres) -> None:
    first = postgres.start()
    with psycopg.connect(first.superuser_url) as connection:
        connection.execute("create table kept as select 42 as number")
    postgres.stop()
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(first.superuser_url)
    second = postgres.start()
    assert second == first
    assert value(second.superuser_url, "select number from kept") == 42


SHARE = """
import sys
from pathlib import Path
from jobbro.cli.embedded import EmbeddedPostgres
embedded = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
print(embedded.start().superuser_url, flush=True)
sys.stdin.readline()
embedded.stop()
"""


def share(data: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", SHARE, str(data)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_first_starts_at_once_give_one_server_and_the_last_to_leave_turns_it_off(folder: Path) -> None:
    with share(folder / "data") as one, share(folder / "data") as other:
        urls = {process.stdout.readline().strip() for process in (one, other) if process.stdout}
        assert len(urls) == 1
        url = urls.pop()
        one.communicate("\n")
        assert value(url, "select 1") == 1
        other.communicate("\n")
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(url)


def test_a_killed_user_does_not_keep_the_server_on(folder: Path) -> None:
    with share(folder / "data") as killed:
        assert killed.stdout
        url = killed.stdout.readline().strip()
        killed.kill()
    assert value(url, "select 1") == 1
    with EmbeddedPostgres(folder / "data") as server:
        assert server.superuser_url == url
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(url)


def test_after_kill_9_every_committed_row_is_there(postgres: EmbeddedPostgres) -> None:
    postgres.durable = True
    with psycopg.connect(postgres.start().superuser_url, autocommit=True) as connection:
        connection.execute("create table survived (number int)")
        with connection.cursor() as cursor:
            cursor.executemany("insert into survived values (%s)", [(number,) for number in range(300)])
        kill(postgres)
        assert value(postgres.start().superuser_url, "select count(*) from survived") == 300


def kill(postgres: EmbeddedPostgres) -> None:
    running = read_postmaster(postgres.cluster)
    assert running
    os.kill(running.pid, signal.SIGKILL)


def leave_pid_file(postgres: EmbeddedPostgres, pid: int) -> None:
    """A `postmaster.pid` as a killed server leaves it, with the number of another process."""
    postgres.start()
    text = (postgres.cluster / "postmaster.pid").read_text()
    running = read_postmaster(postgres.cluster)
    assert running
    postgres.stop()
    (postgres.cluster / "postmaster.pid").write_text(text.replace(str(running.pid), str(pid), 1))


def test_a_zombie_is_not_taken_for_a_live_server(postgres: EmbeddedPostgres) -> None:
    dead = subprocess.Popen(["true"])
    os.waitid(os.P_PID, dead.pid, os.WEXITED | os.WNOWAIT)  # ended, and not collected
    leave_pid_file(postgres, dead.pid)
    assert value(postgres.start().superuser_url, "select 1") == 1
    dead.wait()


def test_a_stranger_with_the_same_number_is_not_taken_for_a_live_server(postgres: EmbeddedPostgres) -> None:
    with subprocess.Popen(["sleep", "60"]) as stranger:
        leave_pid_file(postgres, stranger.pid)
        assert value(postgres.start().superuser_url, "select 1") == 1
        stranger.kill()


def test_children_of_a_killed_server_hold_back_a_new_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = folder / "shm"
    table.write_text("key shmid perms size cpid lpid nattch\n 1 7 600 56 10 10 2\n 2 8 600 56 11 11 0\n")
    monkeypatch.setattr(postmaster, "SHARED_MEMORY_TABLE", table)
    killed = Postmaster(pid=1, port=1, shared_memory_id=7, is_ready=True)
    assert has_children(killed)
    assert not has_children(Postmaster(pid=1, port=1, shared_memory_id=8, is_ready=True))
    monkeypatch.setattr(postmaster, "SHARED_MEMORY_TABLE", folder / "absent")
    assert has_children(killed)


def test_a_taken_port_is_given_up_for_a_new_one(postgres: EmbeddedPostgres) -> None:
    first = postgres.start()
    postgres.stop()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", first.port))
        taken.listen()
        second = postgres.start()
    assert second.port != first.port
    assert (postgres.folder / "port").read_text() == f"{second.port}\n"


def test_data_of_another_version_are_refused_untouched(postgres: EmbeddedPostgres) -> None:
    programs = major_version(binaries_folder())
    file = postgres.cluster / "PG_VERSION"
    file.write_text("13\n")
    with pytest.raises(PostgresNotStarted, match=f"PostgreSQL 13, but the programs are version {programs}"):
        postgres.start()
    assert file.read_text() == "13\n"
    file.write_text(f"{programs}\n")
    assert value(postgres.start().superuser_url, "select 1") == 1


def test_a_first_start_that_was_cut_short_is_begun_again(folder: Path) -> None:
    (folder / "data" / "postgres.new" / "base").mkdir(parents=True)
    with EmbeddedPostgres(folder / "data", durable=False) as server:
        assert value(server.superuser_url, "select 1") == 1


def test_a_wrong_setting_is_told_at_once(postgres: EmbeddedPostgres) -> None:
    file = postgres.cluster / "postgresql.conf"
    right = file.read_text()
    file.write_text(f"{right}\nwork_mem = 'much'\n")
    with pytest.raises(PostgresNotStarted, match="work_mem"):
        postgres.start()
    file.write_text(right)


def test_data_in_use_are_not_removed(folder: Path) -> None:
    with EmbeddedPostgres(folder / "data", durable=False) as server:
        with pytest.raises(CommandFailed, match="in use"):
            EmbeddedPostgres(folder / "data").remove()
        assert value(server.superuser_url, "select 1") == 1
    EmbeddedPostgres(folder / "data").remove()
    assert not (folder / "data" / "postgres").exists()


def test_missing_programs_are_told_with_the_way_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBBRO_PG_BIN", str(folder))
    with pytest.raises(BinariesNotFound, match="DATABASE_URL"):
        EmbeddedPostgres(folder / "data").start()


@only_root
def test_under_a_closed_folder_root_puts_the_data_where_the_server_can_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "REACHABLE_FOLDERS", folder / "reachable")
    (folder / "project").mkdir(mode=0o700)
    with EmbeddedPostgres(folder / "project" / ".data", durable=False) as server:
        assert server.folder.is_relative_to(folder / "reachable")
        assert value(server.superuser_url, "select 1") == 1


@only_root
def test_programs_in_a_closed_folder_are_copied_once_and_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "COPIES", folder / "copies")
    package = binaries_folder().parents[1]
    (folder / "closed").mkdir(mode=0o700)
    for part in package.parent.glob(f"{package.name}*"):
        if not part.name.endswith(".dist-info"):
            shutil.copytree(part, folder / "closed" / part.name, symlinks=True)
    monkeypatch.setenv("JOBBRO_PG_BIN", str(folder / "closed" / package.name / "pginstall" / "bin"))
    for _ in range(2):
        with EmbeddedPostgres(folder / "data", durable=False) as server:
            assert value(server.superuser_url, "select 1") == 1
    assert len(list((folder / "copies").iterdir())) == 1
