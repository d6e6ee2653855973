"""Reads of searches for carved jobs: how one begins, how far it is, and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import State
from jobbro.apps.citizens.models import Citizen, DanishOrder
from jobbro.apps.employers.models import Workplace
from jobbro.apps.screening.models import Agreement
from jobbro.engines.carving.no_job import NoJob, why_no_job
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue

from ..carving_input import Inventory, engine_workplace, inventory_of
from ..enums import CarvedState, CarvingState
from ..models import CarvedJob, Carving, CarvingPerson, Holder, Task, WorkWish
from ..permissions import can_carve
from ..refusals import NotThere
from ..states import is_lost
from ..waiting import MOST

MOST_CANDIDATES = 200
NEWEST = 10


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody whom jobs could be carved for; listed by name, never by fit."""

    citizen_id: UUID
    name: str
    has_needs: bool
    has_wish: bool

    @property
    def is_ready(self) -> bool:
        """Whether enough has been told to search."""
        return self.has_needs and self.has_wish


@dataclass(frozen=True, kw_only=True)
class CarvingRow:
    """A search in a list."""

    id: UUID
    started_at: datetime
    started_by: str
    state: CarvingState
    is_for_profile: bool
    is_lost: bool
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class StartPage:
    """What a search would rest on, what keeps tasks out of it, and whom it could be for."""

    workplace: Workplace
    inventory: Inventory
    candidates: tuple[Candidate, ...]
    newest: tuple[CarvingRow, ...]
    jobs: int
    may_carve: bool

    @property
    def hours(self) -> Decimal:
        """Hours a week of all tasks."""
        return sum((task.hours for task in self.inventory.tasks), Decimal(0))


def start_page(*, actor: Actor, workplace_id: UUID, at: datetime) -> StartPage:
    """Raises NotThere. Eight queries, whatever the number of tasks."""
    workplace: Workplace | None = (
        Workplace.objects.visible_to(actor).select_related("company").filter(pk=workplace_id).first()
    )
    if workplace is None:
        raise NotThere
    return StartPage(
        workplace=workplace,
        inventory=inventory_of(workplace),
        candidates=candidates_for(actor),
        newest=_newest(actor=actor, workplace=workplace, at=at),
        jobs=CarvedJob.objects.visible_to(actor)
        .filter(workplace=workplace)
        .exclude(state__in=(CarvedState.WITHDRAWN, CarvedState.DECLINED))
        .count(),
        may_carve=can_carve(actor),
    )


def candidates_for(actor: Actor) -> tuple[Candidate, ...]:
    """Those with an open course whom the actor sees. One query."""
    agreed = Agreement.objects.filter(
        citizen=OuterRef("pk"), citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False
    )
    people = (
        Citizen.objects.visible_to(actor)
        .filter(case__state=State.OPEN)
        .annotate(has_needs=Exists(agreed), has_wish=Exists(WorkWish.objects.filter(citizen=OuterRef("pk"))))
        # Those who are ready come first, so that a long list is not cut before them; then by name, never by fit.
        .order_by("-has_needs", "-has_wish", DanishOrder(Concat("family_name", Value(" "), "given_name")))
        .defer("cpr_cipher", "cpr_key")
    )
    return tuple(
        Candidate(citizen_id=one.pk, name=one.name, has_needs=one.has_needs, has_wish=one.has_wish)
        for one in people[:MOST_CANDIDATES]
    )


def _newest(*, actor: Actor, workplace: Workplace, at: datetime) -> tuple[CarvingRow, ...]:
    rows = Carving.objects.visible_to(actor).filter(workplace=workplace).select_related("started_by")
    return tuple(
        CarvingRow(
            id=row.pk,
            started_at=row.started_at,
            started_by=row.started_by.display_name,
            state=CarvingState(row.state),
            is_for_profile=row.is_for_profile,
            is_lost=is_lost(row, at=at),
            value=row.value,
        )
        for row in rows.defer("workplace_input", "answer").order_by("-started_at")[:NEWEST]
    )


@dataclass(frozen=True, kw_only=True)
class TaskShown:
    """A task as a suggestion shows it; `slots` are its hours in each half-day of the job."""

    id: str
    name: str
    place: str
    holder: str
    hours: Decimal
    slots: Mapping[str, Decimal] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class HeldBy:
    """A carved job that holds tasks of a suggested one; `is_it` when it is that very job, taken and not changed."""

    job_id: UUID
    title: str
    is_it: bool


@dataclass(frozen=True, kw_only=True)
class JobShown:
    """One job of a suggestion. `name` is the person's, empty for a profile; `holds` says for how many who wait.

    It can be taken while no other job holds any of its tasks: see `held_by`.
    """

    key: str
    citizen_id: UUID | None
    name: str
    hours: Decimal
    tasks: tuple[TaskShown, ...]
    measures: tuple[CatalogueMeasure, ...]
    value: Decimal
    held_by: tuple[HeldBy, ...]
    holds: Mapping[str, int] | None = field(hash=False)

    @property
    def week(self) -> dict[str, Decimal]:
        """Hours of the job in each half-day."""
        week: dict[str, Decimal] = {}
        for task in self.tasks:
            for slot, hours in task.slots.items():
                week[slot] = week.get(slot, Decimal(0)) + hours
        return week


@dataclass(frozen=True, kw_only=True)
class NotGiven:
    """Tasks that stay where they are, with one reason."""

    reason: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WithoutJob:
    """Somebody whom the suggestion has no job for, and what stands most in the way."""

    name: str
    reason: NoJob


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One set of jobs, what it is worth, and how far it can be from the best."""

    number: int
    value: Decimal
    bound: Decimal
    gap_percent: float
    is_proven: bool
    jobs: tuple[JobShown, ...]
    freed: tuple[tuple[str, Decimal], ...]
    not_given: tuple[NotGiven, ...]
    without_job: tuple[WithoutJob, ...]

    @property
    def freed_hours(self) -> Decimal:
        """Hours a week that the posts get free."""
        return sum((hours for _, hours in self.freed), Decimal(0))


@dataclass(frozen=True, kw_only=True)
class OneMore:
    """One more measure, hour or half-day for somebody, and what it adds."""

    wish: str
    name: str
    code: str
    measure: CatalogueMeasure | None
    at_least: Decimal
    at_most: Decimal
    tasks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CarvingPage:
    """A search as it stands."""

    carving: Carving
    workplace: Workplace
    is_lost: bool
    seconds_used: int
    names: tuple[tuple[UUID, str], ...]
    suggestions: tuple[Suggestion, ...]
    one_more: tuple[OneMore, ...]
    waiting: int
    left_out_waiting: int
    may_carve: bool

    @property
    def is_at_work(self) -> bool:
        """Whether there is more to come."""
        return self.carving.state in (CarvingState.WAITING, CarvingState.RUNNING) and not self.is_lost


@dataclass(frozen=True, kw_only=True)
class CarvingProgress:
    """How far a search is. It names nobody: a page that asks every second must not be a look at a person."""

    id: UUID
    workplace: Workplace
    state: CarvingState
    is_at_work: bool
    is_stopping: bool
    seconds: int
    seconds_used: int
    value: Decimal | None
    bound: Decimal | None
    freed_hours: Decimal | None
    jobs: int


def carving_progress(*, actor: Actor, carving_id: UUID, at: datetime) -> CarvingProgress:
    """Raises NotThere. One query."""
    rows = Carving.objects.visible_to(actor).select_related("workplace__company").defer("workplace_input")
    carving: Carving | None = rows.filter(pk=carving_id).first()
    if carving is None:
        raise NotThere
    best = next(iter((carving.answer or {}).get("suggestions", ())), None)
    is_waiting = carving.state in (CarvingState.WAITING, CarvingState.RUNNING)
    return CarvingProgress(
        id=carving.pk,
        workplace=carving.workplace,
        state=CarvingState(carving.state),
        is_at_work=is_waiting and not is_lost(carving, at=at),
        is_stopping=carving.stop_asked,
        seconds=carving.seconds,
        seconds_used=max(0, int(((carving.ended_at or at) - carving.started_at).total_seconds())),
        value=carving.value,
        bound=carving.bound,
        freed_hours=sum((_money(hours) for hours in best["released"].values()), Decimal(0)) if best else None,
        jobs=len(best["jobs"]) if best else 0,
    )


def carving_page(*, actor: Actor, carving_id: UUID, at: datetime) -> CarvingPage:
    """Raises NotThere. Five queries."""
    rows = Carving.objects.visible_to(actor).select_related("workplace__company", "started_by")
    carving: Carving | None = rows.filter(pk=carving_id).first()
    if carving is None:
        raise NotThere
    persons = tuple(carving.persons.select_related("citizen").order_by("key"))
    shower = _Shower(carving=carving, persons=persons, taken=_taken(actor=actor, carving=carving))
    answer: dict[str, Any] = carving.answer or {}
    ended = carving.ended_at or at
    return CarvingPage(
        carving=carving,
        workplace=carving.workplace,
        is_lost=is_lost(carving, at=at),
        seconds_used=max(0, int((ended - carving.started_at).total_seconds())),
        names=tuple((row.citizen_id, row.citizen.name) for row in persons),
        suggestions=tuple(
            shower.suggestion(each, number=at_) for at_, each in enumerate(answer.get("suggestions", ()))
        ),
        one_more=tuple(shower.one_more(each) for each in answer.get("what_if", ())),
        waiting=answer.get("waiting", 0),
        left_out_waiting=max(0, carving.workplace_input.get("profile", {}).get("waiting", 0) - MOST),
        may_carve=can_carve(actor),
    )


@dataclass(frozen=True, kw_only=True)
class _Taken:
    """A carved job that holds tasks now."""

    job_id: UUID
    title: str
    is_of_search: bool
    tasks: set[str]


def _taken(*, actor: Actor, carving: Carving) -> tuple[_Taken, ...]:
    rows = CarvedJob.objects.visible_to(actor).filter(workplace_id=carving.workplace_id, tasks__is_live=True)
    found: dict[UUID, _Taken] = {}
    named = rows.order_by("made_at", "pk").values_list("pk", "title", "carving_id", "tasks__task_id")
    for pk, title, carving_id, task_id in named:
        is_of_search = carving_id == carving.pk
        job = found.setdefault(pk, _Taken(job_id=pk, title=title, is_of_search=is_of_search, tasks=set()))
        job.tasks.add(str(task_id))
    return tuple(found.values())


class _Shower:
    """Puts names on what the engine answered under ids."""

    def __init__(self, *, carving: Carving, persons: tuple[CarvingPerson, ...], taken: tuple["_Taken", ...]) -> None:
        self.taken = taken
        self.people: dict[str, Citizen] = {row.key: row.citizen for row in persons}
        self.persons = {row.key: row.person_input for row in persons}
        self.workplace_input = carving.workplace_input
        self.then = {entry["id"]: entry for entry in carving.workplace_input["tasks"]}
        self.left_out: Mapping[str, str] = carving.workplace_input.get("left_out", {})
        self.tasks = {str(pk): name for pk, name in _names(Task, carving)}
        self.holders = {str(pk): name for pk, name in _names(Holder, carving)}
        self.holdings = {each["person"]: each for each in (carving.answer or {}).get("holdings", ())}
        self.measures = {entry.code: entry for entry in catalogue().entries}

    def suggestion(self, found: Mapping[str, Any], *, number: int) -> Suggestion:
        reasons: dict[str, list[str]] = {}
        for task, reason in found["not_given"].items():
            reasons.setdefault(self.left_out.get(task, reason), []).append(self.tasks.get(task, ""))
        return Suggestion(
            number=number,
            value=_money(found["value"]),
            bound=_money(found["bound"]),
            gap_percent=found["gap_percent"],
            is_proven=found["status"] == "optimal",
            jobs=tuple(self._job(job) for job in found["jobs"]),
            freed=tuple((self.holders.get(pk, ""), _money(hours)) for pk, hours in found["released"].items()),
            not_given=tuple(NotGiven(reason=reason, tasks=tuple(names)) for reason, names in reasons.items()),
            without_job=self._without_job({job["person"] for job in found["jobs"]}),
        )

    def _without_job(self, with_job: set[str]) -> tuple[WithoutJob, ...]:
        left = [key for key in self.people if key not in with_job]
        return tuple(WithoutJob(name=self.people[key].name, reason=self._why[key]) for key in left)

    @cached_property
    def _why(self) -> dict[str, NoJob]:
        """For each named person; asked of the engine only when somebody is without a job."""
        workplace = engine_workplace(half=self.workplace_input, persons=self.persons.values())
        return {person.id: why_no_job(workplace, person) for person in workplace.persons}

    def _job(self, job: Mapping[str, Any]) -> JobShown:
        citizen = self.people.get(job["person"])
        holds = self.holdings.get(job["person"])
        return JobShown(
            key=job["person"],
            citizen_id=citizen.pk if citizen else None,
            name=citizen.name if citizen else "",
            hours=_money(job["hours"]),
            tasks=tuple(self._task(each) for each in job["tasks"]),
            measures=tuple(self.measures[code] for code in job["measures"] if code in self.measures),
            value=_money(job["value"]),
            held_by=self._held_by({each["task"] for each in job["tasks"]}),
            holds={name: many for name, many in holds.items() if name != "person"} if holds else None,
        )

    def _held_by(self, tasks: set[str]) -> tuple[HeldBy, ...]:
        return tuple(
            HeldBy(job_id=one.job_id, title=one.title, is_it=one.is_of_search and one.tasks == tasks)
            for one in self.taken
            if one.tasks & tasks
        )

    def _task(self, each: Mapping[str, Any]) -> TaskShown:
        then = self.then[each["task"]]
        return TaskShown(
            id=each["task"],
            name=self.tasks.get(each["task"], ""),
            place=then["place"],
            holder=self.holders.get(then["holder"], ""),
            hours=_money(then["hours"]),
            slots={slot: _money(hours) for slot, hours in each["slots"].items()},
        )

    def one_more(self, each: Mapping[str, Any]) -> OneMore:
        citizen = self.people.get(each["person"])
        return OneMore(
            wish=each["wish"],
            name=citizen.name if citizen else "",
            code=each["code"],
            measure=self.measures.get(each["code"]),
            at_least=_money(each["at_least"]),
            at_most=_money(each["at_most"]),
            tasks=tuple(self.tasks.get(task, "") for task in each["tasks_gained"]),
        )


def _names(model: type[Task] | type[Holder], carving: Carving) -> list[tuple[UUID, str]]:
    rows = model.objects.filter(workplace_id=carving.workplace_id)
    return list(rows.values_list("pk", "name"))


def _money(value: float) -> Decimal:
    """A number of the answer as it was printed: at most two decimals."""
    return Decimal(str(value))
