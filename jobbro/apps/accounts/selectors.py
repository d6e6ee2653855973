"""Reads of accounts."""

import json
from dataclasses import dataclass

from django.conf import settings

DEMO_FILE = "demo-users.json"


@dataclass(frozen=True)
class DemoAccount:
    """A fictive person that a visitor of the demo may log in as."""

    username: str
    password: str
    name: str
    who: str


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The people of the demo, as the seed wrote them beside the data; none when there is no demo."""
    file = settings.DATA / DEMO_FILE
    if not file.is_file():
        return ()
    return tuple(DemoAccount(**entry) for entry in json.loads(file.read_text(encoding="utf-8")))
