"""Static files gathered for the web server, only when one of them changed."""

import fcntl
import hashlib
from pathlib import Path

from jobbro.cli.database import PROJECT

STAMP = ".jobbro-stamp"


def collect_static() -> None:
    """STATIC_ROOT holds what the code holds; Django must be set up."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp, wanted = root / STAMP, _fingerprint()
    # Two commands may start at once, and the second must not clear what the first is gathering.
    with root.with_name(f"{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == wanted:
            return
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(wanted)


def _fingerprint() -> str:
    """Names, sizes and times of all static files, and the lock that decides which package gathers them."""
    files = sorted(path for folder in PROJECT.glob("jobbro/**/static") for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for file in [*files, PROJECT / "requirements.lock"]:
        about = file.stat()
        digest.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
