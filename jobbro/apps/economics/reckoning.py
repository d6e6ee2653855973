"""What combinations of schemes cost and give; computed on reading, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jobbro.engines.economics.accounts import Account, PartyAccount, account_for, compare
from jobbro.engines.economics.assumptions import Assumptions
from jobbro.engines.economics.courses import Course, Party

from .asking import Asked, Choice, course_of, without_effect


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """One combination with its course and its account; `uncounted` are schemes whose effect is not in it."""

    choice: Choice
    course: Course
    account: Account
    uncounted: tuple[str, ...]

    @property
    def unknown_prices(self) -> tuple[str, ...]:
        """The schemes without a price."""
        return tuple(support.scheme for support in self.course.supports if support.price is None)


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """One combination or two, and of two what the second gives more than the first."""

    choices: tuple[Reckoned, ...]
    difference: Mapping[Party, PartyAccount] | None


def reckoning_for(asked: Asked, *, assumed: Assumptions, on: date) -> Reckoning:
    """The accounts of what is asked; raises `EconomicsError` when the engine refuses it."""
    choices = tuple(_reckoned(choice, asked=asked, assumed=assumed, on=on) for choice in asked.choices)
    difference = compare(choices[0].course, choices[1].course) if len(choices) == 2 else None
    return Reckoning(choices=choices, difference=difference)


def _reckoned(choice: Choice, *, asked: Asked, assumed: Assumptions, on: date) -> Reckoned:
    course = course_of(choice, situation=asked.situation, assumed=assumed, on=on)
    uncounted = () if choice.effect else without_effect(choice.codes, assumed=assumed, on=on)
    return Reckoned(choice=choice, course=course, account=account_for(course), uncounted=uncounted)
