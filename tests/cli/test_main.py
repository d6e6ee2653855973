"""The command line explains itself, says what is wrong in a sentence, and starts light."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from jobbro.cli.main import COMMANDS, main


def test_without_a_command_it_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    shown = " ".join(capsys.readouterr().out.split())
    assert all(command.name in shown and command.help in shown for command in COMMANDS)


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main([name, "--help"])
    assert ending.value.code == 0
    assert f"jobbro {name}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["dance"], ["demo", "--sizes", "3"], ["audit", "burn"], ["demo", "--size", "x"]])
def test_what_it_does_not_know_it_refuses(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    assert ending.value.code == 2
    assert "usage: jobbro" in capsys.readouterr().err


def test_an_unknown_benchmark_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "nothing"]) == 2
    assert "There is no benchmark 'nothing'" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_must_be_a_port(port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", port)
    assert main(["serve"]) == 1
    assert "PORT must be a number from 1 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_told_before_anything_starts(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("JOBBRO_DATA", str(tmp_path / "data"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main([command, "--port", str(port)]) == 1
    assert f"PORT={port + 1}" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_real_server_needs_both_addresses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://jobbro_app@db.invalid/jobbro")
    assert main(["migrate"]) == 1
    assert "DATABASE_OWNER_URL is not" in capsys.readouterr().err


def test_a_real_server_is_never_emptied(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://jobbro_app@db.invalid/jobbro")
    monkeypatch.delenv("JOBBRO_DEMO", raising=False)
    assert main(["demo", "--reset", "--port", str(free_port())]) == 1
    assert "Jobbro sletter ikke data der" in capsys.readouterr().err
    monkeypatch.delenv("JOBBRO_DEMO", raising=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_command_starts_without_django() -> None:
    light = "import sys; from jobbro.cli.main import main; main([]); sys.exit('django' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", light], capture_output=True, env=dict(os.environ))
    assert answer.returncode == 0
