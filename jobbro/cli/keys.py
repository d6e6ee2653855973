"""Keys of a local installation, made once and kept beside its data; real use sets them in the environment."""

import base64
import fcntl
import os
import secrets
from pathlib import Path

from jobbro.cli.embedded.secrets import secret

KEYS = ("secret", "cpr", "cpr_lookup")


def local_keys(data: Path) -> dict[str, str]:
    """The keys `secret`, `cpr` and `cpr_lookup`, each 32 random bytes in base64, the same at every call."""
    data.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(data / "keys.lock", os.O_WRONLY | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return {name: secret(file=data / "keys.json", name=name, make=new_key) for name in KEYS}


def new_key() -> str:
    """32 random bytes in base64 that reads alike in the ordinary and in the URL-safe alphabet."""
    while True:
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        if "+" not in key and "/" not in key:
            return key
