"""A carved job held against the rules of the engine: for the person it is for, the profile, or anybody."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from jobbro.apps.screening.facts import profile_from_json
from jobbro.apps.screening.models import Agreement
from jobbro.engines.carving.breaks import check_by_hand
from jobbro.engines.carving.model import Choice, HandMade
from jobbro.engines.needs import Profile
from jobbro.kernel.vocabulary import AREAS, LEVEL_MAX

from .carving_input import Inventory, described, engine_workplace, number
from .carving_persons import PersonTerms, person_half
from .models import CarvedJob, Carving, WorkWish

ALONE = "p1"
USUAL_LIMITS = {"max_tasks": 8, "max_places": 2, "max_measures": 3}
# The most that any search may allow: for a job from a search that the actor does not see.
WIDEST_LIMITS = {"max_tasks": 20, "max_places": 10, "max_measures": 6}


class Draft(Protocol):
    """What a check needs to know of a job."""

    @property
    def task_ids(self) -> tuple[UUID, ...]: ...

    @property
    def measures(self) -> tuple[str, ...]: ...


def checked_by_hand(*, inventory: Inventory, person: dict[str, Any], draft: Draft, limits: dict[str, int]) -> HandMade:
    """The job's hours in the week, what it is worth, and every rule that it breaks for this person."""
    workplace = engine_workplace(half=described(inventory, limits=limits), persons=[person])
    tasks = tuple(sorted(str(task) for task in draft.task_ids))
    return check_by_hand(workplace, Choice(tasks={ALONE: tasks}, measures={ALONE: draft.measures}))


def person_of_job(
    row: CarvedJob, *, inventory: Inventory, measures: Sequence[str], citizen_id: UUID | None
) -> dict[str, Any]:
    """Whom the job is held against: its person as last told, else the profile it was carved for, else anybody."""
    terms = PersonTerms(wage=row.wage, measures=tuple(measures))
    if citizen_id is not None:
        wish = WorkWish.objects.filter(citizen_id=citizen_id).first()
        profile = _profile_of(citizen_id)
        if wish is not None and profile is not None:
            return person_half(key=ALONE, profile=profile, wish=wish, terms=terms, inventory=inventory)
        search = search_of(row)
        then = search.persons.filter(citizen_id=citizen_id).first() if search else None
        if then is not None:
            return {**then.person_input, "id": ALONE, "measures": list(measures), "wage": number(row.wage)}
    search = search_of(row)
    answer = search.answer if search else None
    if answer and answer.get("profile"):
        return {**answer["profile"], "id": ALONE, "measures": list(measures), "wage": number(row.wage)}
    return anybody(inventory=inventory, measures=measures, wage=row.wage)


def search_of(row: CarvedJob) -> Carving | None:
    """The search that the job comes from, when there was one and the actor sees it."""
    found: Carving | None = Carving.objects.filter(pk=row.carving_id).first() if row.carving_id else None
    return found


def limits_of(row: CarvedJob) -> dict[str, int]:
    """What a job of its search may hold; the usual limits for a job by hand."""
    if row.carving_id is None:
        return USUAL_LIMITS
    search = search_of(row)
    return dict(search.workplace_input["limits"]) if search else WIDEST_LIMITS


def _profile_of(citizen_id: UUID) -> Profile | None:
    rows = Agreement.objects.filter(
        citizen_id=citizen_id, citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False
    )
    newest = rows.order_by("-dialogue__started_at", "-id").first()
    return profile_from_json(newest.profile) if newest else None


def anybody(*, inventory: Inventory, measures: Iterable[str], wage: Decimal) -> dict[str, Any]:
    """Somebody without limits: what is left are the rules of the workplace itself."""
    hours = sum((task.hours for task in inventory.tasks), Decimal(0))
    return {
        "id": ALONE,
        "capacity": dict.fromkeys(AREAS, LEVEL_MAX),
        "hours": [0, number(hours)],
        "slots": list(inventory.workplace.slots),
        "max_hours_per_slot": number(inventory.workplace.slot_hours),
        "skills": sorted({skill for task in inventory.tasks for skill in task.requires}),
        "measures": sorted(measures),
        "wage": number(wage),
    }
