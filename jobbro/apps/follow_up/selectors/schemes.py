"""Which schemes to look at when the facts point there: by the schemes' own rules, on what is known and declared."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.guidance.selectors import scheme_answers
from jobbro.engines.follow_up import Signal, rules
from jobbro.engines.schemes.explaining import SchemeAnswer

from ..models import SickLeave

YEAR = timedelta(days=365)
PARAGRAF_56 = "paragraf_56"
# The days of absence in a year that the rule itself speaks of.
PARAGRAF_56_DAYS = "paragraf_56_days"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A scheme that could help, as its rules answer today; a no is not offered."""

    answer: SchemeAnswer
    sick_days: int

    @property
    def scheme(self) -> str:
        return self.answer.scheme


def offers_for(
    *, actor: Actor, citizen_id: UUID, signals: tuple[Signal, ...], sick: list[SickLeave], on: date
) -> tuple[Offer, ...]:
    """The schemes that standing signals point to, and § 56 from the days of absence on that its rule speaks of.

    Six queries; none when nothing points anywhere.
    """
    known = rules().by_code
    wanted = {scheme for signal in signals for scheme in known[signal.code].schemes}
    days = sick_days(sick, on=on)
    if not wanted and not days:
        return ()
    answers = {one.scheme: one for one in scheme_answers(actor=actor, citizen_id=citizen_id, on=on)}
    least = _least_days(answers.get(PARAGRAF_56), on=on)
    if least is not None and days >= least:
        wanted.add(PARAGRAF_56)
    return tuple(
        Offer(answer=answer, sick_days=days if code == PARAGRAF_56 else 0)
        for code, answer in answers.items()
        if code in wanted and answer.outcome != "no"
    )


def sick_days(sick: list[SickLeave], *, on: date) -> int:
    """Days of sick leave in the last year, both ends included."""
    first = on - YEAR + timedelta(days=1)
    return sum(
        max(0, (min(one.until_on or on, on) - max(one.from_on, first)).days + 1) for one in sick if one.from_on <= on
    )


def _least_days(answer: SchemeAnswer | None, *, on: date) -> int | None:
    found = answer and answer.package.parameters.get(PARAGRAF_56_DAYS)
    value = found.in_force(on) if found else None
    return int(str(value.value)) if value is not None and value.value is not None else None
