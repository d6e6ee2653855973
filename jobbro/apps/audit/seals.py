"""Sealing the logs and finding out whether anybody touched them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True)
class BrokenSeal:
    """The first place where a log no longer is what was sealed."""

    seal_id: int
    log: str
    sealed_at: datetime
    expected: int
    found: int


def seal() -> int:
    """Every row of a finished transaction is under a seal afterwards; returns how many rows were added."""
    with connection.cursor() as cursor:
        cursor.execute("select audit_seal_logs()")
        return int(cursor.fetchone()[0])


def verify() -> tuple[BrokenSeal, ...]:
    """The seals that do not hold, oldest first of each log; empty when nothing was touched."""
    with connection.cursor() as cursor:
        cursor.execute("select * from audit_broken_seals()")
        return tuple(BrokenSeal(*row) for row in cursor.fetchall())


def anchors() -> dict[str, str]:
    """Log -> last seal in hex, to be kept where the operator cannot write."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct on (log) log, encode(digest, 'hex') from audit_seal order by log, to_xid desc")
        return dict(cursor.fetchall())


def is_anchored(*, digest: str) -> bool:
    """Whether a seal kept elsewhere is still in the chain."""
    with connection.cursor() as cursor:
        cursor.execute("select exists(select from audit_seal where digest = decode(%s, 'hex'))", [digest])
        return bool(cursor.fetchone()[0])
