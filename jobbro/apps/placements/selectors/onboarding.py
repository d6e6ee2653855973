"""Reads of the way into a job: the plan for the citizen and staff, and the company's own tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.jobs.employer_selectors import Choice, chosen_company
from jobbro.apps.matching.models import Card

from ..enums import OnboardingStep, PlacementState, TaskOwner
from ..models import AgreementVersion, Ending, OnboardingPlan, OnboardingTask, Placement
from ..onboarding.proposing import ProposedTask, moved_day
from ..permissions import can_lay_table, owners_of
from ..stamps import seen_plan, seen_task
from .proposals import proposals_for


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task of the plan; `may_tick`: whoever reads may say that it is done."""

    task: OnboardingTask
    is_own: bool
    may_tick: bool
    is_late: bool

    @property
    def seen(self) -> str:
        return seen_task(self.task)

    @property
    def is_open(self) -> bool:
        return self.task.done_on is None and self.task.dropped_on is None


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step of the way with its tasks, those that are to be done first."""

    step: OnboardingStep
    lines: tuple[TaskLine, ...]

    @property
    def is_done(self) -> bool:
        return all(not line.is_open for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class OnboardingPage:
    """The way into a job for the citizen and staff; `plan` is None until somebody has accepted what is proposed."""

    placement: Placement
    version: AgreementVersion
    citizen: Citizen
    plan: OnboardingPlan | None
    steps: tuple[StepLine, ...]
    dropped: tuple[OnboardingTask, ...]
    proposals: tuple[ProposedTask, ...]
    ending: Ending | None
    suggested_words: tuple[str, ...]
    is_own: bool
    may_keep: bool

    @property
    def seen(self) -> str:
        return seen_plan(self.plan)

    @property
    def is_running(self) -> bool:
        return bool(self.placement.state == PlacementState.AGREED)

    @property
    def starts_on(self) -> date:
        found = self.plan.starts_on if self.plan else self.placement.starts_on
        assert found is not None
        return found

    @property
    def has_begun(self) -> bool:
        """Whether the first day has been ticked off."""
        first = (line for one in self.steps if one.step == OnboardingStep.FIRST_DAY for line in one.lines)
        return any(line.task.done_on for line in first)


@dataclass(frozen=True, kw_only=True)
class MovedTask:
    """A task that moves with the first day."""

    task: OnboardingTask
    from_on: date
    to_on: date


@dataclass(frozen=True, kw_only=True)
class OurOnboarding:
    """What the company reads of the way into a job: its own tasks, the words it may use, and who the person is."""

    choice: Choice
    placement: Placement
    name: str
    plan: OnboardingPlan | None
    steps: tuple[StepLine, ...]
    version_id: UUID
    agreed_on: date

    @property
    def starts_on(self) -> date:
        found = self.plan.starts_on if self.plan else self.placement.starts_on
        assert found is not None, "what is agreed has a first day"
        return found

    @property
    def has_moved(self) -> bool:
        """Whether the first day is another than the one that was agreed; why, the company is not told."""
        return self.starts_on != self.agreed_on


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """One task with the page it belongs to."""

    page: OnboardingPage
    line: TaskLine


def onboarding_page(*, actor: Actor, placement_id: UUID, on: date) -> OnboardingPage | None:
    """The plan, or what is proposed; None when the job is not agreed or not the actor's. At most ten queries."""
    if actor.is_employer:
        return None
    placement = _placement(actor=actor, placement_id=placement_id)
    citizen = citizen_for(actor=actor, citizen_id=placement.citizen_id) if placement else None
    version = placement.versions.order_by("-number").first() if placement else None
    if placement is None or citizen is None or version is None:
        return None
    plan = OnboardingPlan.objects.visible_to(actor).filter(placement=placement).select_related("words").first()
    rows = OnboardingTask.objects.visible_to(actor).filter(placement=placement).select_related("words")
    tasks = tuple(rows.order_by("due_on", "made_at", "pk"))
    is_running = placement.state == PlacementState.AGREED
    may_keep = can_lay_table(actor) and is_running
    return OnboardingPage(
        placement=placement,
        version=version,
        citizen=citizen,
        plan=plan,
        steps=step_lines(tasks, actor=actor, on=on, is_running=is_running),
        dropped=tuple(task for task in tasks if task.dropped_on),
        proposals=_proposals(placement, version=version, plan=plan, tasks=tasks, on=on) if may_keep else (),
        ending=Ending.objects.visible_to(actor).filter(placement=placement).first() if not is_running else None,
        suggested_words=_card_words(placement),
        is_own=actor.citizen_id == citizen.pk,
        may_keep=may_keep,
    )


def our_onboarding(*, actor: Actor, placement_id: UUID, on: date) -> OurOnboarding | None:
    """The company's own tasks; None when it is not theirs, or they can read it no longer. Six queries."""
    placement = _placement(actor=actor, placement_id=placement_id) if actor.is_employer else None
    choice = chosen_company(actor=actor, company_id=placement.company_id) if placement else None
    version = AgreementVersion.objects.visible_to(actor).filter(placement=placement_id).order_by("-number").first()
    if placement is None or choice is None or version is None:
        return None
    rows = (
        OnboardingTask.objects.visible_to(actor)
        .filter(placement=placement, is_for_company=True, dropped_on__isnull=True)
        .select_related("words")
    )
    return OurOnboarding(
        choice=choice,
        placement=placement,
        name=version.name,
        plan=OnboardingPlan.objects.visible_to(actor).filter(placement=placement).first(),
        steps=step_lines(
            tuple(rows.order_by("due_on", "made_at", "pk")),
            actor=actor,
            on=on,
            is_running=placement.state == PlacementState.AGREED,
        ),
        version_id=version.pk,
        agreed_on=version.starts_on,
    )


def task_page(*, actor: Actor, task_id: UUID, on: date) -> TaskPage | None:
    """One task and the plan around it, for the citizen and staff; None when it is not theirs."""
    row = OnboardingTask.objects.visible_to(actor).filter(pk=task_id).first() if not actor.is_employer else None
    page = onboarding_page(actor=actor, placement_id=row.placement_id, on=on) if row else None
    if page is None:
        return None
    lines = (line for step in page.steps for line in step.lines)
    line = next((one for one in lines if one.task.pk == task_id), None)
    return TaskPage(page=page, line=line) if line else None


def our_task(*, actor: Actor, task_id: UUID, on: date) -> tuple[OurOnboarding, TaskLine] | None:
    """One of the company's own tasks with the page it stands on; None when it is not theirs."""
    row = OnboardingTask.objects.visible_to(actor).filter(pk=task_id).first() if actor.is_employer else None
    own = our_onboarding(actor=actor, placement_id=row.placement_id, on=on) if row else None
    lines = (line for step in own.steps for line in step.lines) if own else ()
    line = next((one for one in lines if one.task.pk == task_id), None)
    return (own, line) if own and line else None


def moved_tasks(page: OnboardingPage, *, starts_on: date, on: date) -> tuple[MovedTask, ...]:
    """What moves, and to which day, when the job begins on another day. Nothing is written."""
    by = starts_on - page.starts_on
    found = (
        MovedTask(
            task=line.task,
            from_on=line.task.due_on,
            to_on=moved_day(line.task.due_on, step=OnboardingStep(line.task.step), by=by, on=on),
        )
        for step in page.steps
        for line in step.lines
        if line.is_open
    )
    return tuple(sorted(found, key=lambda moved: (moved.to_on, moved.task.pk)))


def step_lines(tasks: Sequence[OnboardingTask], *, actor: Actor, on: date, is_running: bool) -> tuple[StepLine, ...]:
    """The steps that have tasks, each in the order of days; what is to be done stands before what is done."""
    lines = [_line(task, actor=actor, on=on, is_running=is_running) for task in tasks if task.dropped_on is None]
    lines.sort(key=lambda line: not line.is_open)
    found = (
        StepLine(step=step, lines=tuple(line for line in lines if line.task.step == step)) for step in OnboardingStep
    )
    return tuple(step for step in found if step.lines)


def _line(task: OnboardingTask, *, actor: Actor, on: date, is_running: bool) -> TaskLine:
    owners = owners_of(actor, citizen_id=task.citizen_id, company_id=task.company_id)
    is_own = TaskOwner(task.owner) in owners
    return TaskLine(
        task=task,
        is_own=is_own,
        may_tick=is_running and task.done_on is None and (is_own or can_lay_table(actor)),
        is_late=is_running and task.done_on is None and task.due_on < on,
    )


def _placement(*, actor: Actor, placement_id: UUID) -> Placement | None:
    """One that is or was agreed."""
    rows = Placement.objects.visible_to(actor).filter(state__in=(PlacementState.AGREED, PlacementState.ENDED))
    found: Placement | None = rows.filter(pk=placement_id).first()
    return found


def _proposals(
    placement: Placement,
    *,
    version: AgreementVersion,
    plan: OnboardingPlan | None,
    tasks: tuple[OnboardingTask, ...],
    on: date,
) -> tuple[ProposedTask, ...]:
    starts_on = plan.starts_on if plan else placement.starts_on
    assert starts_on is not None, "what is agreed has a first day"
    mentor = plan.mentor if plan else ""
    return proposals_for(placement, version=version, starts_on=starts_on, mentor=mentor, on=on, tasks=tasks)


def _card_words(placement: Placement) -> tuple[str, ...]:
    """The citizen's own sentences of the newest card: words to begin from when they say what colleagues are told."""
    card = Card.objects.filter(proposal_id=placement.proposal_id).order_by("-given_at", "-pk").first()
    return tuple(need["words"] for need in card.content["needs"]) if card else ()
