"""The front page of an employee: what needs doing first, and all that the desk showed before."""

from dataclasses import dataclass
from datetime import date

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.placements.front_selectors import StaffFront, staff_front

from .selectors import Found, first_rows

NEEDS_ON_HOME = 10


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The desk with the most urgent of the worklist; `first` is None for those who do not work with citizens."""

    front: StaffFront
    first: Found | None

    @property
    def has_nothing(self) -> bool:
        """Whether the desk is empty."""
        return self.front.has_nothing and not (self.first and self.first.rows)


def staff_desk(*, actor: Actor, on: date) -> Desk:
    """The desk of an employee on a day. One query more than `staff_front` for those who work with citizens."""
    first = first_rows(actor=actor, most=NEEDS_ON_HOME, on=on) if actor.is_caseworking else None
    return Desk(front=staff_front(actor=actor, on=on), first=first)
