"""What routing reads and says: cases, colleagues, reasons, proposals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jobbro.engines.routing.rules import KINDS

# Hours of a working week that count as one whole colleague.
FULL_TIME = 37.0


class RoutingError(ValueError):
    """The input cannot be routed; `path` is the field, `reason` what is wrong with it."""

    def __init__(self, *, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, order=True)
class Subject:
    """One thing that can be needed or known: a kind of `KINDS` and a code within it.

    A case needs the kinds `area` (a function area that is hard for the person), `scheme`, `language`, `place` (a
    municipality or a postcode) and `trade`; a colleague knows these and also `area_group`, which holds for each area
    of the group.
    """

    kind: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """Somebody who waits for a contact person.

    `needs`: what it helps to know, each once. `municipality`: only colleagues who serve it can help. `meets_in_person`:
    the person wishes to meet, so that to know the place counts more. `around`: ids of colleagues who know the person
    already. Nothing about benefits, and nothing about why something is hard.
    """

    id: str
    municipality: str
    needs: tuple[Subject, ...] = ()
    meets_in_person: bool = False
    around: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody who can be a contact person.

    `hours`: a week, more than 0 and at most 37. `load`: how many they are the contact person for today. `is_away`:
    gets nobody new now.
    """

    id: str
    municipalities: frozenset[str]
    knows: frozenset[Subject] = frozenset()
    hours: float = FULL_TIME
    load: int = 0
    is_away: bool = False


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One sentence's worth of why: `code` is `knows`, `knows_group`, `knows_not` (with `subject`) or `around`."""

    code: str
    subject: Subject | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One case and one colleague: why they fit, and how many the colleague has before this one, in cases."""

    case: str
    colleague: str
    reasons: tuple[Reason, ...]
    load: int


@dataclass(frozen=True, kw_only=True)
class Routing:
    """The whole answer: a proposal for each case that anybody can take, in the order of the cases.

    `unplaced`: ids of the cases whose municipality nobody present serves. `total` and `bound`: what the proposals cost
    together by the rules, and a proven least cost; whole points without a meaning outside the rules, of all the cases
    together and never of one person. `gap_percent`: 100·(total - bound)/total, 0 when the total is 0.
    """

    proposals: tuple[Proposal, ...]
    unplaced: tuple[str, ...]
    total: int
    bound: int
    gap_percent: float = field(default=0.0)


def check_cases(cases: Sequence[Case]) -> None:
    """Raises `RoutingError` for an id or a need that stands twice, and for a kind that no case can need."""
    _once((case.id for case in cases), path="cases")
    for number, case in enumerate(cases):
        path = f"cases[{number}].needs"
        _once(case.needs, path=path)
        for need in case.needs:
            if need.kind not in KINDS or need.kind == "area_group":
                raise RoutingError(path=path, reason=f"no case needs the kind {need.kind!r}")


def check_colleagues(colleagues: Sequence[Colleague]) -> None:
    """Raises `RoutingError` for an id that stands twice, hours outside 0-37, a load below 0, an unknown kind."""
    _once((one.id for one in colleagues), path="colleagues")
    for number, one in enumerate(colleagues):
        path = f"colleagues[{number}]"
        if not 0 < one.hours <= FULL_TIME:
            raise RoutingError(path=f"{path}.hours", reason=f"must be more than 0 and at most 37, not {one.hours!r}")
        if isinstance(one.load, bool) or not isinstance(one.load, int) or one.load < 0:
            raise RoutingError(path=f"{path}.load", reason=f"must be a whole number from 0, not {one.load!r}")
        for known in one.knows:
            if known.kind not in KINDS:
                raise RoutingError(path=f"{path}.knows", reason=f"unknown kind {known.kind!r}; use {', '.join(KINDS)}")


def _once(values: Iterable[object], *, path: str) -> None:
    seen = set()
    for value in values:
        if value in seen:
            raise RoutingError(path=path, reason=f"{value!r} stands twice")
        seen.add(value)
