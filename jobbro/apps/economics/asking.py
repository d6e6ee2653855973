"""What a caseworker asks to have reckoned, and the engine's course of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobbro.engines.economics.assumptions import Assumptions
from jobbro.engines.economics.courses import Course, Start
from jobbro.engines.economics.estimates import EconomicsError, Estimate


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Where many people like this one stand. kr a week before tax; `wage_week` None when nobody knows it."""

    start: Start
    weeks_on_benefit: int
    benefit_week: Estimate
    wage_week: Estimate | None
    yearly_chance: Estimate
    horizon_weeks: int


@dataclass(frozen=True, kw_only=True)
class ChosenScheme:
    """A scheme with how many of its unit, and what one costs; None: the price that was read, if any."""

    scheme: str
    amount: float
    price: Estimate | None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A combination of schemes; `effect` None: what is assumed of them."""

    schemes: tuple[ChosenScheme, ...]
    effect: Estimate | None

    @property
    def codes(self) -> tuple[str, ...]:
        """The schemes by code."""
        return tuple(chosen.scheme for chosen in self.schemes)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One situation and the combinations to reckon in it."""

    situation: Situation
    choices: tuple[Choice, ...]


def course_of(choice: Choice, *, situation: Situation, assumed: Assumptions, on: date) -> Course:
    """The course of one combination; raises `EconomicsError` when its effect is neither told nor assumed."""
    effect = choice.effect or assumed.effect_of(choice.codes, on=on)
    if effect is None:
        raise EconomicsError(field="effect", reason="nothing is assumed of these schemes; say what they change")
    return Course(
        start=situation.start,
        benefit_week=situation.benefit_week,
        wage_week=situation.wage_week,
        weeks_on_benefit=situation.weeks_on_benefit,
        yearly_chance=situation.yearly_chance,
        effect=effect,
        supports=tuple(
            assumed.support_for(chosen.scheme, on=on, price=chosen.price, amount=chosen.amount)
            for chosen in choice.schemes
        ),
        refund=assumed.refund_ladder(on=on),
        taxes=assumed.taxes(on=on),
        horizon_weeks=situation.horizon_weeks,
    )


def without_effect(schemes: Iterable[str], *, assumed: Assumptions, on: date) -> tuple[str, ...]:
    """The schemes of which no effect is assumed."""
    return tuple(scheme for scheme in schemes if assumed.effect_of([scheme], on=on) is None)
