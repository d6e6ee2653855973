"""Open jobs of the demo's companies: told, prefilled, closing soon, drafts, filled, and two carved at the bakery."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from jobbro.apps.audit.enums import Verb
from jobbro.apps.employers.models import Workplace
from jobbro.apps.jobs.enums import CarvedState, DemandSource, OpeningDemand, OpeningOrigin, OpeningState
from jobbro.apps.jobs.models import CarvedJob, CarvedTask, Opening, Task
from jobbro.apps.jobs.opening_checking import default_measures
from jobbro.engines.occupations.occupations import occupations
from jobbro.kernel.vocabulary import AREAS, SLOTS

from .calendar import moment, weekday
from .employers import Partner
from .ids import Ids
from .writing import EventRow, Rows

OPENINGS_BLOCK = 970_000
WEEKDAY_MORNINGS = tuple(SLOTS[0:10:2])
BAKERY, BAKERY_PLACE = "Bageriet Kornblomst", "Bageriet på Torvet"
# Title and how many tasks, of those that may leave their post.
CARVED = (("Pakke og gøre klar", 3), ("Opvask og orden", 2))


@dataclass(frozen=True, kw_only=True)
class _Told:
    """An open job as the demo tells it; `closes` in days from today, `ago` how long it has been there."""

    company: str
    place: str
    title: str
    occupation: str
    hours: tuple[int, int]
    description: str
    ago: int
    slots: tuple[str, ...] = ()
    closes: int | None = None
    places: int = 1
    is_confirmed: bool = True
    is_public: bool = False
    state: OpeningState = OpeningState.OPEN
    origin: OpeningOrigin = OpeningOrigin.BROKER


TOLD = (
    _Told(
        company=BAKERY,
        place="Caféen ved Havnen",
        title="Opvask i caféen",
        occupation="9412.2",
        hours=(6, 12),
        description="Du vasker op efter frokosten og stiller på plads. Der er ro i køkkenet.",
        ago=18,
        closes=9,
        is_public=True,
        origin=OpeningOrigin.EMPLOYER,
    ),
    _Told(
        company=BAKERY,
        place="Caféen ved Havnen",
        title="Ekspedient i weekenden",
        occupation="5223.6",
        hours=(5, 10),
        description="Du sælger brød og kaffe ved disken sammen med en kollega.",
        ago=40,
        state=OpeningState.FILLED,
    ),
    _Told(
        company="Gartneriet Grøn Tommel",
        place="Drivhusene",
        title="Prikle og pakke planter",
        occupation="6113.4",
        hours=(8, 20),
        description="Du prikler små planter og pakker dem i kasser. Du arbejder i dit eget tempo.",
        ago=30,
        places=2,
        closes=30,
        is_public=True,
    ),
    _Told(
        company="Gartneriet Grøn Tommel",
        place="Drivhusene",
        title="Vande og holde orden",
        occupation="6113.4",
        hours=(4, 10),
        description="Du vander om morgenen og fejer gangene.",
        ago=5,
        is_confirmed=False,
    ),
    _Told(
        company="Lageret Nordkaj",
        place="Hal 2",
        title="Pakke ordrer",
        occupation="9333.8",
        hours=(15, 30),
        description="Du finder varer efter en liste og pakker dem. Løfteudstyr står klar.",
        ago=12,
        places=4,
        closes=6,
        is_confirmed=False,
        is_public=True,
    ),
    _Told(
        company="Lageret Nordkaj",
        place="Hal 2",
        title="Sortere returvarer",
        occupation="9333.8",
        hours=(10, 15),
        description="Du ser varerne efter og lægger dem på rette hylde.",
        ago=3,
        is_confirmed=False,
        state=OpeningState.DRAFT,
    ),
    _Told(
        company="Børnehuset Mælkevejen",
        place="Børnehuset",
        title="Hjælp i køkkenet før frokost",
        occupation="9412.1",
        hours=(5, 10),
        description="Du skærer grønt og dækker borde sammen med en kollega.",
        ago=15,
        slots=WEEKDAY_MORNINGS,
        closes=20,
    ),
    _Told(
        company="Plejehjemmet Solsiden",
        place="Køkken og vaskeri",
        title="Køre vaskevogne og lægge tøj på plads",
        occupation="8157.1",
        hours=(10, 15),
        description="Du henter og bringer vasketøj på to gange og lægger det på plads.",
        ago=12,
        is_public=True,
    ),
    _Told(
        company="Hotel Strandlyst",
        place="Hotellet",
        title="Lægge linned på plads",
        occupation="9112.99",
        hours=(6, 12),
        description="Du tæller og lægger linned på plads i depotet.",
        ago=50,
        places=2,
        closes=-4,
        is_confirmed=False,
    ),
    _Told(
        company="Supermarkedet Hjørnet",
        place="Butikken",
        title="Fylde frugt og grønt op",
        occupation="9334.1",
        hours=(5, 10),
        description="Du fylder op og ser frugten efter. Bedst om morgenen, før der kommer mange kunder.",
        ago=20,
        is_public=True,
        closes=45,
    ),
    _Told(
        company="Boghandelen Læselyst",
        place="Butikken",
        title="Pakke bøger og sætte på hylder",
        occupation="5223.7.6",
        hours=(4, 8),
        description="Du pakker bøger ud og sætter dem på plads efter alfabetet.",
        ago=60,
        state=OpeningState.CLOSED,
    ),
)


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """What every row is made with."""

    rows: Rows
    ids: Ids
    rng: Random
    today: date
    taken: set[UUID] = field(default_factory=set)

    def at(self, ago: int) -> datetime:
        return moment(weekday(self.today - timedelta(days=ago)), rng=self.rng)

    def add(self, row: Any, *, by: UUID, at: datetime, verb: Verb | None = None) -> None:
        self.rows.add(row, by=by)
        if verb is not None:
            subject = f"{row._meta.model_name}:{row.pk}"
            self.rows.events.append(EventRow(at=at, actor_id=by, verb=verb, citizen_id=None, subject=subject))


def add_openings(rows: Rows, *, partners: Iterable[Partner], today: date) -> None:
    """A dozen jobs in every state, after the tasks of the walks are there."""
    places = {(one.company.name, name): place for one in partners for name, place in one.workplaces.items()}
    rng = Random("openings")  # noqa: S311 - the demo is meant to be the same everywhere
    desk = _Desk(rows=rows, ids=Ids(OPENINGS_BLOCK), rng=rng, today=today)
    for told in TOLD:
        _add_told(desk, told, workplace=places[told.company, told.place])
    for title, count in CARVED:
        _add_carved(desk, title=title, count=count, workplace=places[BAKERY, BAKERY_PLACE])


def _add_told(desk: _Desk, told: _Told, *, workplace: Workplace) -> None:
    broker, at = workplace.company.broker_id, desk.at(told.ago)
    levels = occupations().by_code(told.occupation).levels
    row = _opening(desk, workplace=workplace, at=at)
    row.origin, row.title, row.occupation = told.origin, told.title, told.occupation
    row.description, row.places, row.is_public = told.description, told.places, told.is_public
    row.hours_min, row.hours_max = Decimal(told.hours[0]), Decimal(told.hours[1])
    row.slots = list(told.slots)
    row.closes_on = desk.today + timedelta(days=told.closes) if told.closes is not None else None
    row.demand = {area: levels[area] for area in AREAS if levels.get(area)}
    row.demand_source = OpeningDemand.CONFIRMED if told.is_confirmed else OpeningDemand.OCCUPATION
    row.state = told.state
    if told.is_confirmed:
        # Somebody who knows the place has looked: it is calmer and lighter than such a job usually is.
        row.demand = {area: min(level, 2) for area, level in row.demand.items()}
        row.confirmed_by_id, row.confirmed_at = broker, at
    desk.add(row, by=broker, at=at, verb=Verb.OPENING_ADDED)


def _add_carved(desk: _Desk, *, title: str, count: int, workplace: Workplace) -> None:
    tasks = _free_tasks(desk, workplace=workplace)[:count]
    broker, at = workplace.company.broker_id, desk.at(14)
    hours = sum((task.hours for task in tasks), Decimal(0))
    demand = {area: max(task.demand.get(area, 0) for task in tasks) for area in AREAS}
    asked = {area: level for area, level in demand.items() if level}
    requires = sorted({skill for task in tasks for skill in task.requires})
    job = CarvedJob(
        id=desk.ids(),
        company=workplace.company,
        workplace=workplace,
        title=title,
        description="Opgaverne er samlet fra bageriets egen uge.",
        hours=hours,
        wage=Decimal(150),
        demand=asked,
        requires=requires,
        state=CarvedState.AGREED,
        state_on=at.date(),
        agreed_with="Bente Bager",
        made_by_id=broker,
        made_at=at,
        changed_at=at,
    )
    desk.add(job, by=broker, at=at, verb=Verb.CARVED_JOB_MADE)
    slots: set[str] = set()
    for task in tasks:
        desk.taken.add(task.pk)
        spread = _spread(task, workplace=workplace)
        slots |= set(spread)
        row = CarvedTask(id=desk.ids(), company=workplace.company, job=job, task=task, slots=spread)
        desk.add(row, by=broker, at=at)
    opened = _opening(desk, workplace=workplace, at=at)
    opened.carved_job, opened.origin, opened.title = job, OpeningOrigin.CARVED, title
    opened.description, opened.requires, opened.demand = job.description, requires, asked
    opened.hours_min = opened.hours_max = hours.quantize(Decimal("0.1"))
    opened.slots = [slot for slot in SLOTS if slot in slots]
    opened.demand_source = OpeningDemand.TASKS
    desk.add(opened, by=broker, at=at, verb=Verb.OPENING_MOVED)


def _free_tasks(desk: _Desk, *, workplace: Workplace) -> list[Task]:
    """Tasks that somebody has looked at and that may leave their post, those of most hours first."""
    here = [task for task in desk.rows.of(Task) if task.workplace.pk == workplace.pk and task.pk not in desk.taken]
    ready = [task for task in here if not task.is_core and task.demand_source == DemandSource.CONFIRMED]
    return sorted(ready, key=lambda task: (-task.hours, task.position))


def _spread(task: Task, *, workplace: Workplace) -> dict[str, float]:
    """The hours of the task, as much as a half-day holds at a time."""
    left, spread = task.hours, {}
    for slot in task.slots:
        hours = min(left, workplace.slot_hours)
        if hours > 0:
            spread[slot] = float(hours)
            left -= hours
    return spread


def _opening(desk: _Desk, *, workplace: Workplace, at: datetime) -> Opening:
    broker = workplace.company.broker_id
    return Opening(
        id=desk.ids(),
        company=workplace.company,
        workplace=workplace,
        employer_name=workplace.company.name,
        place_name=workplace.name,
        address=workplace.address,
        postcode=workplace.postcode,
        city=workplace.city,
        x=workplace.x or 0.0,
        y=workplace.y or 0.0,
        measures=list(default_measures(workplace)),
        state=OpeningState.OPEN,
        state_on=at.date(),
        made_by_id=broker,
        made_at=at,
        changed_by_id=broker,
        changed_at=at,
    )
