"""All that is known about one citizen for the schemes, fetched whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import benefit_periods
from jobbro.apps.guidance.facts import KnownFact, Prior, newest_told, prefilled_facts, standing_facts
from jobbro.apps.guidance.models import ToldFact
from jobbro.apps.screening.facts import local_day
from jobbro.apps.screening.selectors.courses import Course, course_of
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import Package


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What was told (every row, oldest first), what was found without asking, and what stands of both on the day."""

    course: Course
    package: Package
    rows: tuple[ToldFact, ...]
    told: Mapping[str, KnownFact]
    prefilled: Mapping[str, KnownFact]
    on: date

    @property
    def citizen(self) -> Citizen:
        return self.course.citizen

    @property
    def standing(self) -> dict[str, KnownFact]:
        """What holds on the day, by code."""
        return standing_facts(told=self.told, prefilled=self.prefilled, on=self.on)

    @property
    def last_topic(self) -> str | None:
        """The topic of what was told last, on the day."""
        last = next((row for row in reversed(self.rows) if row.code in self.package.facts), None)
        return self.package.facts[last.code].topic if last and local_day(last.told_at) == self.on else None

    def newest(self, code: str) -> ToldFact | None:
        """The newest row of a fact, whatever it says."""
        return next((row for row in reversed(self.rows) if row.code == code), None)

    def with_row(self, row: ToldFact) -> "Memory":
        """The memory after one more row."""
        return _memory(course=self.course, rows=(*self.rows, row), prefilled=self.prefilled, on=self.on)


def memory_of(*, actor: Actor, citizen_id: UUID, on: date) -> Memory | None:
    """What is known about a citizen, or None when there is no such citizen for the actor. Six queries."""
    course = course_of(actor=actor, citizen_id=citizen_id)
    if course is None:
        return None
    rows = ToldFact.objects.visible_to(actor).filter(citizen_id=citizen_id).order_by("told_at", "id")
    prior = Prior(
        citizen=course.citizen,
        periods=benefit_periods(actor=actor, citizen_id=citizen_id),
        answers=course.facts,
        on=on,
    )
    prefilled = prefilled_facts(prior=prior, package=load_package())
    return _memory(course=course, rows=tuple(rows), prefilled=prefilled, on=on)


def _memory(*, course: Course, rows: tuple[ToldFact, ...], prefilled: Mapping[str, KnownFact], on: date) -> Memory:
    package = load_package()
    return Memory(
        course=course,
        package=package,
        rows=rows,
        told=newest_told(rows=rows, package=package),
        prefilled=prefilled,
        on=on,
    )
