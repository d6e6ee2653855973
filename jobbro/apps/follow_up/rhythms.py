"""The rhythm of a municipality on a day: what it has set itself, else the usual one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobbro.engines.follow_up import DueDays, due_days, read_steps

from .models import Rhythm

USUAL_STEPS = ("7d", "1m", "3m", "6m", "12m")
USUAL_THEN, USUAL_ANSWER_DAYS, USUAL_LINK_DAYS = 6, 1, 14


@dataclass(frozen=True, kw_only=True)
class InForce:
    """The rhythm that holds. `from_on` is None for the usual one."""

    steps: tuple[str, ...] = USUAL_STEPS
    then_months: int = USUAL_THEN
    answer_days: int = USUAL_ANSWER_DAYS
    link_days: int = USUAL_LINK_DAYS
    from_on: date | None = None

    def due(self, *, starts_on: date, on: date, ended_on: date | None = None) -> DueDays:
        """Which talk is due on the day, and which comes next."""
        return due_days(
            starts_on=starts_on, steps=read_steps(self.steps), then_months=self.then_months, on=on, ended_on=ended_on
        )


def rhythm_on(*, municipality: str, on: date) -> InForce:
    """The rhythm of the municipality on the day. One query."""
    return rhythms_on(municipalities=(municipality,), on=on)[municipality]


def rhythms_on(*, municipalities: Iterable[str], on: date) -> dict[str, InForce]:
    """The same for several municipalities. One query."""
    wanted = list(dict.fromkeys(municipalities))
    rows = Rhythm.objects.filter(municipality_id__in=wanted, from_on__lte=on).order_by("from_on", "set_at", "pk")
    found = {row.municipality_id: _in_force(row) for row in rows}
    return {code: found.get(code, InForce()) for code in wanted}


def _in_force(row: Rhythm) -> InForce:
    return InForce(
        steps=tuple(row.steps),
        then_months=row.then_months,
        answer_days=row.answer_days,
        link_days=row.link_days,
        from_on=row.from_on,
    )
