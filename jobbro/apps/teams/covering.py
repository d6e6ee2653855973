"""Who stands in for whom in a period: plain reckoning over days, no rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from .enums import CoverReason

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days from `from_on` to `until_on`, both included; None is open."""

    from_on: date
    until_on: date | None

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who can stand in, and as what."""

    user_id: UUID
    reason: CoverReason


@dataclass(frozen=True, kw_only=True)
class Spell:
    """Days in which one colleague stands in; `candidate` is None when nobody can."""

    candidate: Candidate | None
    from_on: date
    until_on: date | None


def cover_spells(
    *, period: Period, candidates: Sequence[Candidate], away: Mapping[UUID, Iterable[Period]]
) -> tuple[Spell, ...]:
    """Each day of the period has the first candidate who is there; days with the same one are one spell."""
    starts = sorted({period.from_on, *_turns(period=period, candidates=candidates, away=away)})
    ends: list[date | None] = [later - DAY for _, later in pairwise(starts)]
    spells: list[Spell] = []
    for start, end in zip(starts, [*ends, period.until_on], strict=True):
        there = next((one for one in candidates if not _is_away(one.user_id, day=start, away=away)), None)
        if spells and spells[-1].candidate == there:
            spells[-1] = Spell(candidate=there, from_on=spells[-1].from_on, until_on=end)
        else:
            spells.append(Spell(candidate=there, from_on=start, until_on=end))
    return tuple(spells)


def _turns(*, period: Period, candidates: Sequence[Candidate], away: Mapping[UUID, Iterable[Period]]) -> Iterable[date]:
    """The days in the period on which somebody goes or comes back."""
    for one in candidates:
        for gone in away.get(one.user_id, ()):
            for day in (gone.from_on, gone.until_on + DAY if gone.until_on else None):
                if day is not None and day > period.from_on and period.holds(day):
                    yield day


def _is_away(user_id: UUID, *, day: date, away: Mapping[UUID, Iterable[Period]]) -> bool:
    return any(gone.holds(day) for gone in away.get(user_id, ()))
