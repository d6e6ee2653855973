"""Tasks of four workplaces, with posts and wages, as they look some time after the walk; and work wishes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any
from uuid import UUID

from jobbro.apps.audit.enums import Verb
from jobbro.apps.employers.models import Workplace
from jobbro.apps.jobs.enums import DemandSource
from jobbro.apps.jobs.models import Holder, HolderWage, Task, WorkWish
from jobbro.apps.jobs.prefilling import LIBRARY
from jobbro.apps.jobs.services.tasks_gathering import fitted_draft
from jobbro.apps.jobs.task_checking import TaskDraft
from jobbro.apps.screening.models import Answer
from jobbro.engines.occupations.task_library import ChainTemplate, TemplateTask, task_library, templates
from jobbro.kernel.vocabulary import SLOTS

from .calendar import moment, weekday
from .courses import Course, Situation
from .employers import Partner
from .ids import Ids
from .writing import EventRow, Rows

TASKS_BLOCK = 950_000
# Company | workplace | starting set | tasks | how many somebody has looked at | days since the walk.
WALKS = (
    ("Bageriet Kornblomst", "Bageriet på Torvet", "bakery_shop", 25, 22, 40),
    ("Plejehjemmet Solsiden", "Køkken og vaskeri", "care_home", 20, 14, 30),
    ("Supermarkedet Hjørnet", "Butikken", "grocery", 17, 6, 12),
    ("Lageret Nordkaj", "Hal 2", "warehouse_team", 14, 0, 3),
)
POST_HOURS = Decimal(36)
QUARTER = Decimal("0.25")
HELPER_WAGES, SKILLED_WAGES = (150, 180), (210, 265)
MORNINGS = SLOTS[0:10:2]
WISHING = (Situation.NEEDS, Situation.PROPOSED, Situation.PLAN)


@dataclass(frozen=True, kw_only=True)
class _Walk:
    """What every row of one workplace is made with."""

    rows: Rows
    ids: Ids
    rng: Random
    workplace: Workplace
    broker: UUID
    at: datetime
    holders: dict[str, Holder] = field(default_factory=dict)

    def add(self, row: Any, *, verb: Verb | None = None) -> None:
        """The row is written as the broker's act; wages have no line of their own in the log."""
        self.rows.add(row, by=self.broker)
        if verb is not None:
            subject = f"{row._meta.model_name}:{row.pk}"
            self.rows.events.append(
                EventRow(at=self.at, actor_id=self.broker, verb=verb, citizen_id=None, subject=subject)
            )


def add_tasks(rows: Rows, *, partners: tuple[Partner, ...], today: date) -> None:
    """The tasks of the four workplaces that have been walked through."""
    by_name = {partner.company.name: partner for partner in partners}
    for number, (company, place, code, count, looked_at, ago) in enumerate(WALKS):
        partner = by_name[company]
        rng = Random(f"tasks:{place}")  # noqa: S311 - the demo is meant to be the same everywhere
        walk = _Walk(
            rows=rows,
            ids=Ids(TASKS_BLOCK + number),
            rng=rng,
            workplace=partner.workplaces[place],
            broker=partner.company.broker_id,
            at=moment(weekday(today - timedelta(days=ago)), rng=rng),
        )
        template = next(one for one in templates() if one.code == code)
        _add_list(walk, template=template, chosen=template.tasks[:count], looked_at=looked_at)


def _add_list(walk: _Walk, *, template: ChainTemplate, chosen: tuple[TemplateTask, ...], looked_at: int) -> None:
    for post in template.posts:
        held = [one for one in chosen if one.post == post.code]
        if held:
            # Whoever holds tasks that stay in the post has learnt a trade.
            is_skilled = any(one.task.core for one in held)
            _add_post(walk, code=post.code, name=post.name.da, is_skilled=is_skilled)
    shares = _hours(chosen)
    for position, one in enumerate(chosen):
        _add_task(walk, one, hours=shares[position], position=position, is_confirmed=position < looked_at)


def _add_post(walk: _Walk, *, code: str, name: str, is_skilled: bool) -> None:
    company = walk.workplace.company
    holder = Holder(id=walk.ids(), company=company, workplace=walk.workplace, name=name, max_release=Decimal("0.60"))
    walk.add(holder, verb=Verb.HOLDER_ADDED)
    lowest, highest = SKILLED_WAGES if is_skilled else HELPER_WAGES
    hourly = Decimal(walk.rng.randrange(lowest, highest, 5))
    walk.add(HolderWage(id=walk.ids(), company=company, holder=holder, hourly=hourly))
    walk.holders[code] = holder


def _hours(chosen: tuple[TemplateTask, ...]) -> list[Decimal]:
    """The hours of the set, cut down so that no post has more than a week; quarters of an hour."""
    totals: dict[str, Decimal] = {}
    for one in chosen:
        totals[one.post] = totals.get(one.post, Decimal(0)) + Decimal(str(one.hours_a_week))
    cut = {post: min(Decimal(1), POST_HOURS / total) for post, total in totals.items()}
    exact = (Decimal(str(one.hours_a_week)) * cut[one.post] for one in chosen)
    return [max(QUARTER, (hours / QUARTER).quantize(Decimal(1), rounding=ROUND_HALF_UP) * QUARTER) for hours in exact]


def _add_task(walk: _Walk, one: TemplateTask, *, hours: Decimal, position: int, is_confirmed: bool) -> None:
    places = {place.code: place.name.da for place in task_library().places}
    wanted = TaskDraft(name=one.task.name.da, hours=hours, slots=one.slots, place=places[one.task.place])
    draft = fitted_draft(wanted, workplace=walk.workplace)
    row = Task(
        id=walk.ids(),
        company=walk.workplace.company,
        workplace=walk.workplace,
        holder=walk.holders[one.post],
        name=draft.name,
        hours=draft.hours,
        slots=list(draft.slots),
        place=draft.place,
        requires=list(one.task.requires),
        is_core=one.task.core,
        demand=dict(one.task.demand),
        demand_source=DemandSource.CONFIRMED if is_confirmed else DemandSource.LIBRARY,
        origin=LIBRARY + one.task.code,
        confirmed_by_id=walk.broker if is_confirmed else None,
        confirmed_at=walk.at if is_confirmed else None,
        position=position,
        changed_by_id=walk.broker,
        changed_at=walk.at,
    )
    walk.add(row, verb=Verb.TASK_ADDED)


def add_work_wish(course: Course) -> None:
    """Those whose needs are agreed have said when and how much they want to work; it fits what the dialogue says."""
    if course.situation not in WISHING:
        return
    told: dict[str, Answer] = {}
    for answer in _answers(course):
        told.setdefault(answer.topic, answer)
    # A source of chance of its own: what other parts of the demo draw stays the same.
    at = moment(course.span.at(0.5), rng=Random(f"wish:{course.citizen.pk}"))  # noqa: S311 - a demo, the same everywhere
    least, most = _wished(told)
    slots = tuple(told["slots"].slots) if "slots" in told and told["slots"].slots else MORNINGS
    at_a_time = max(Decimal(3), (least / len(slots)).quantize(Decimal(1), rounding=ROUND_HALF_UP) + 1)
    far = (
        next((number for number in told["travel_far"].numbers if number is not None), None)
        if "travel_far" in told
        else None
    )
    by = course.user or course.broker
    row = WorkWish(
        id=course.ids(),
        citizen=course.citizen,
        hours_min=least,
        hours_max=most,
        slots=[slot for slot in SLOTS if slot in slots],
        max_hours_per_slot=at_a_time,
        max_km=int(far) if far is not None else None,
        told_on=at.date(),
        changed_by=by,
    )
    course.rows.add(row, by=by.pk)
    course.happened(Verb.WORK_WISH_TOLD, at=at, by=by.pk, subject=row)


def _answers(course: Course) -> Iterator[Answer]:
    """What this citizen told, newest first: their answers are the last ones so far."""
    for answer in reversed(course.rows.of(Answer)):
        if answer.citizen_id != course.citizen.pk:
            return
        yield answer


def _wished(told: Mapping[str, Answer]) -> tuple[Decimal, Decimal]:
    numbers = [
        Decimal(str(number)) for number in (told["hours"].numbers if "hours" in told else ()) if number is not None
    ]
    return (min(numbers), max(numbers)) if numbers else (Decimal(6), Decimal(12))
