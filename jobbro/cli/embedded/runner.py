"""Which user runs PostgreSQL: oneself, or `nobody` when root started it (PostgreSQL refuses root)."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LESS_PRIVILEGED = "nobody"
ROOT = 0
OTHERS_MAY_ENTER = 0o001


@dataclass(frozen=True)
class Runner:
    """The user and group of the server's processes; `is_other_user` when they are not our own."""

    uid: int
    gid: int
    is_other_user: bool

    def process_options(self) -> dict[str, Any]:
        """Arguments for `subprocess` that make the child this user, out of our session and folder."""
        options: dict[str, Any] = {"cwd": "/", "start_new_session": True, "env": {"PATH": os.defpath, "LC_ALL": "C"}}
        if self.is_other_user:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def give(self, path: Path) -> None:
        """Make `path` the runner's own."""
        if self.is_other_user:
            os.chown(path, self.uid, self.gid)


def runner_for(cluster: Path) -> Runner:
    """The user who is to run the server of `cluster`: for root its owner, or `nobody` when it does not exist yet."""
    if os.geteuid() != ROOT:
        return Runner(uid=os.geteuid(), gid=os.getegid(), is_other_user=False)
    if cluster.exists() and cluster.stat().st_uid != ROOT:
        return Runner(uid=cluster.stat().st_uid, gid=cluster.stat().st_gid, is_other_user=True)
    account = pwd.getpwnam(LESS_PRIVILEGED)
    return Runner(uid=account.pw_uid, gid=account.pw_gid, is_other_user=True)


def is_reachable(path: Path) -> bool:
    """True when every existing folder on the way to `path` lets other users pass."""
    return all(folder.stat().st_mode & OTHERS_MAY_ENTER for folder in path.resolve().parents if folder.exists())


def make_open_folder(folder: Path) -> None:
    """`folder` and what leads to it exist and can be entered by the server's user, however strict our umask is."""
    before = os.umask(0o022)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    finally:
        os.umask(before)
