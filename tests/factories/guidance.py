"""Facts as somebody told them."""

from datetime import UTC, date, datetime
from typing import Any

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.guidance.enums import ASSESSED, FactSource, Standing
from jobbro.apps.guidance.models import KnownFacts, ToldFact
from tests.factories.rows import write

TOLD_AT = datetime(2026, 3, 3, 9, tzinfo=UTC)


def told_fact(
    *,
    citizen: Citizen,
    by: User,
    code: str,
    value: Any = None,
    standing: Standing | None = None,
    note: str = "",
    observed_on: date | None = None,
    good_until: date | None = None,
    told_at: datetime = TOLD_AT,
) -> ToldFact:
    """One fact, told by somebody; without a value nobody knows it."""
    is_judgement = code.startswith(ASSESSED)
    return write(
        ToldFact(
            citizen=citizen,
            code=code,
            standing=standing or (Standing.UNANSWERABLE if value is None else Standing.TOLD),
            value=value.isoformat() if isinstance(value, date) else value,
            source=FactSource.ASSESSED if is_judgement else FactSource.DECLARED,
            observed_on=observed_on or told_at.date(),
            good_until=good_until,
            note=note or ("Vurderet i samtalen." if is_judgement else ""),
            told_by=by,
            told_at=told_at,
        )
    )


def known_facts(*, citizen: Citizen, good_until: dict[str, date] | None = None, **facts: Any) -> KnownFacts:
    """The row of what is known now, as the worker would have left it."""
    ends = good_until or {}
    return write(
        KnownFacts(
            citizen=citizen,
            known_at=TOLD_AT,
            good_until={code: day.isoformat() for code, day in ends.items()},
            next_expiry_on=min(ends.values(), default=None),
            **facts,
        )
    )
