"""What is proposed for the way into a job: the templates that the agreed support calls for, each with owner and day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jobbro.engines.support.catalogue import catalogue

from ..enums import AT_COMPANY, OnboardingStep, Party, TaskOwner
from .templates import TaskTemplate, templates

SATURDAY = 5
LANGUAGES = ("da", "en")


@dataclass(frozen=True, kw_only=True)
class AgreedMeasure:
    """A support of the agreement or of the table; `party` and `due_on` when somebody has said who does it and when."""

    code: str
    name: Mapping[str, str]
    is_shown: bool
    is_in_place: bool = False
    party: str = ""
    who: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class People:
    """Who does what is theirs, by name; `citizen` is the name of the card."""

    citizen: str
    employer: str
    mentor: str
    municipality: str

    def of(self, owner: TaskOwner) -> str:
        """The name of whoever a task is for; without a mentor it is the employer's."""
        names = {
            TaskOwner.CITIZEN: self.citizen,
            TaskOwner.EMPLOYER: self.employer,
            TaskOwner.MENTOR: self.mentor or self.employer,
            TaskOwner.MUNICIPALITY: self.municipality,
        }
        return names[owner]


@dataclass(frozen=True, kw_only=True)
class ProposedTask:
    """A task that can be taken into the plan."""

    code: str
    measure: str
    title: Mapping[str, str]
    step: OnboardingStep
    owner: TaskOwner
    who: str
    due_on: date
    is_for_company: bool
    is_arranging: bool

    @property
    def key(self) -> str:
        """Names the task among all that are proposed."""
        return f"{self.code}:{self.measure}" if self.measure else self.code


def proposed_tasks(
    *, starts_on: date, on: date, people: People, measures: Iterable[AgreedMeasure], told: Collection[str] = ()
) -> tuple[ProposedTask, ...]:
    """The tasks in the order of their days. `told`: keys of tasks that the plan has already or once had."""
    found = [
        _proposed(template, measure=measure, people=people, starts_on=starts_on, on=on)
        for template, measure in _called_for(tuple(measures))
    ]
    fresh = (task for task in found if task.key not in told)
    order = list(OnboardingStep)
    return tuple(sorted(fresh, key=lambda task: (order.index(task.step), task.due_on, task.key)))


def _called_for(measures: tuple[AgreedMeasure, ...]) -> Iterable[tuple[TaskTemplate, AgreedMeasure | None]]:
    groups = {entry.code: entry.group for entry in catalogue().entries}
    for template in templates().tasks:
        if not template.groups:
            yield template, None
        for measure in measures:
            is_over = template.is_arranging and measure.is_in_place
            if groups.get(measure.code) in template.groups and not is_over:
                yield template, measure


def _proposed(
    template: TaskTemplate, *, measure: AgreedMeasure | None, people: People, starts_on: date, on: date
) -> ProposedTask:
    owner = _owner(template, measure=measure)
    arranged = measure if measure is not None and template.is_arranging else None
    usual = _weekday(starts_on + timedelta(days=template.day), step=template.step)
    names = measure.name if measure else {}
    return ProposedTask(
        code=template.code,
        measure=measure.code if measure else "",
        title={
            language: template.title.in_language(language).format(name=people.citizen, measure=names.get(language, ""))
            for language in LANGUAGES
        },
        step=template.step,
        owner=owner,
        who=arranged.who if arranged and arranged.party == owner and arranged.who else people.of(owner),
        due_on=max(on, arranged.due_on if arranged and arranged.due_on else usual),
        is_for_company=owner in AT_COMPANY,
        is_arranging=template.is_arranging,
    )


def _owner(template: TaskTemplate, *, measure: AgreedMeasure | None) -> TaskOwner:
    """As arranged at the table, else as the template says; what the company was not shown it is not asked to do."""
    wanted = template.owner
    if measure is not None and template.is_arranging and measure.party in (Party.CITIZEN, Party.MUNICIPALITY):
        wanted = TaskOwner(measure.party)
    elif measure is not None and template.is_arranging and measure.party == Party.EMPLOYER:
        wanted = wanted if wanted in AT_COMPANY else TaskOwner.EMPLOYER
    if measure is not None and not measure.is_shown and wanted in AT_COMPANY:
        return TaskOwner.MUNICIPALITY
    return wanted


def moved_day(due_on: date, *, step: OnboardingStep, by: timedelta, on: date) -> date:
    """Where a task that is not done moves with the first day; never before today."""
    return max(on, _weekday(due_on + by, step=step))


def _weekday(day: date, *, step: OnboardingStep) -> date:
    """The day itself on a weekday and for the first day; else the Friday before for what has to be ready, or Monday."""
    over = day.weekday() - SATURDAY
    if over < 0 or step == OnboardingStep.FIRST_DAY:
        return day
    return day - timedelta(days=over + 1) if step == OnboardingStep.BEFORE else day + timedelta(days=2 - over)
