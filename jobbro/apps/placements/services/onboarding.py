"""The way into a job: a plan that somebody accepts, its tasks, the first day, and what the colleagues are told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import AT_COMPANY, OnboardingStep, PlacementState, TaskOwner
from ..models import OnboardingPlan, OnboardingPlanWords, OnboardingTask, OnboardingTaskWords, Placement
from ..onboarding.proposing import ProposedTask, moved_day
from ..permissions import can_lay_table, owners_of
from ..refusals import Changed, NotNow, NotThere, Refused
from ..selectors.proposals import proposals_for
from ..stamps import seen_plan, seen_task
from ..wording import LONGEST_LINE, LONGEST_NAME, LONGEST_REASON, checked_line, checked_words


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    """A task as somebody means it; `title` is kept in both languages when nobody has translated it."""

    title: str
    step: OnboardingStep
    owner: TaskOwner
    who: str
    due_on: date
    is_for_company: bool = False


def accept_onboarding(
    *, actor: Actor, placement_id: UUID, mentor: str, chosen: Collection[str], seen: str, at: datetime, on: date
) -> OnboardingPlan:
    """The plan stands with the chosen tasks; a plan that stands gets those that were added to the agreement since.

    Raises NotThere, PermissionDenied, Changed, NotNow (the job is not agreed or has ended). Refused: `chosen` (none, or
    one that is not proposed any more), `too_long`, `cpr`.
    """
    placement = _locked_placement(actor=actor, placement_id=placement_id)
    plan = _plan_of(placement, seen=seen)
    kept = () if plan is None else tuple(OnboardingTask.objects.filter(placement=placement))
    helper = checked_line(mentor, field="mentor", most=LONGEST_NAME) if plan is None else plan.mentor
    starts_on = plan.starts_on if plan else placement.starts_on
    assert starts_on is not None, "what is agreed has a first day"
    version = placement.versions.order_by("-number").first()
    assert version is not None, "what is agreed has a wording"
    proposals = proposals_for(placement, version=version, starts_on=starts_on, mentor=helper, on=on, tasks=kept)
    taken = [task for task in proposals if task.key in set(chosen)]
    if not taken or len(taken) != len(set(chosen)):
        raise Refused("chosen", fields=("chosen",))
    if plan is None:
        plan = _begun(placement, actor=actor, mentor=helper, starts_on=starts_on, at=at)
    else:
        plan.changed_at = at
        plan.save(update_fields=["changed_at"])
    for task in taken:
        _written(placement, task=task, actor=actor, at=at).save(force_insert=True)
    record_event(
        verb=Verb.ONBOARDING_PLANNED, citizen_id=placement.citizen_id, subject=plan, detail={"tasks": len(taken)}
    )
    return plan


def add_onboarding_task(
    *, actor: Actor, placement_id: UUID, draft: TaskDraft, at: datetime, on: date
) -> OnboardingTask:
    """One more task. Raises NotThere, PermissionDenied, NotNow (no plan). Refused: `due_past`, `needed`, …"""
    placement = _locked_placement(actor=actor, placement_id=placement_id)
    if not OnboardingPlan.objects.filter(placement=placement).exists():
        raise NotNow
    if draft.due_on < on:
        raise Refused("due_past", fields=("due_on",))
    row = OnboardingTask(
        citizen_id=placement.citizen_id, company_id=placement.company_id, placement=placement, made_at=at
    )
    _write(row, draft=draft, actor=actor, at=at)
    row.save(force_insert=True)
    _record(row, what="added")
    return row


def change_onboarding_task(
    *, actor: Actor, task_id: UUID, draft: TaskDraft, seen: str, at: datetime, on: date
) -> OnboardingTask:
    """The task is like this now. Raises as `drop_onboarding_task`. Refused: `due_past`, `not_shown`, `needed`, …"""
    row = _locked_task(actor=actor, task_id=task_id, seen=seen)
    if not can_lay_table(actor):
        raise PermissionDenied
    if draft.due_on < on and draft.due_on != row.due_on:
        raise Refused("due_past", fields=("due_on",))
    if row.measure and not row.is_for_company and (draft.is_for_company or draft.owner in AT_COMPANY):
        raise Refused("not_shown", fields=("owner",))
    _write(row, draft=draft, actor=actor, at=at)
    row.save(update_fields=["title", "step", "owner", "who", "due_on", "is_for_company", "changed_by", "changed_at"])
    _record(row, what="changed")
    return row


def drop_onboarding_task(
    *, actor: Actor, task_id: UUID, reason: str, seen: str, at: datetime, on: date
) -> OnboardingTask:
    """The task is not to be done, and why. Raises NotThere, PermissionDenied, Changed, NotNow. Refused: `needed`, …"""
    row = _locked_task(actor=actor, task_id=task_id, seen=seen)
    if not can_lay_table(actor):
        raise PermissionDenied
    why = checked_line(reason, field="reason", is_needed=True)
    OnboardingTaskWords(citizen_id=row.citizen_id, task=row, dropped_reason=why).save(force_insert=True)
    row.dropped_on, row.changed_by_id, row.changed_at = on, actor.id, at
    row.save(update_fields=["dropped_on", "changed_by", "changed_at"])
    _record(row, what="dropped")
    return row


def finish_onboarding_task(
    *, actor: Actor, task_id: UUID, seen: str, at: datetime, on: date, reason: str = ""
) -> OnboardingTask:
    """The task is done: told by whose it is, or by staff for them with a reason.

    Raises NotThere, PermissionDenied (not theirs), Changed, NotNow (done or dropped already, or the job has ended).
    Refused: `needed` (the reason, when staff tick for somebody else), `too_long`, `cpr`.
    """
    row = _locked_task(actor=actor, task_id=task_id, seen=seen)
    owners = owners_of(actor, citizen_id=row.citizen_id, company_id=row.company_id)
    is_own = row.owner in owners
    if not is_own and not can_lay_table(actor):
        raise PermissionDenied
    if not is_own:
        how = checked_line(reason, field="reason", most=LONGEST_LINE, is_needed=True)
        OnboardingTaskWords(citizen_id=row.citizen_id, task=row, done_note=how).save(force_insert=True)
    row.done_name = row.who if row.owner == TaskOwner.CITIZEN and is_own else actor.name
    row.done_on, row.changed_by_id, row.changed_at = on, actor.id, at
    row.save(update_fields=["done_on", "done_name", "changed_by", "changed_at"])
    _record(row, what="done")
    return row


def move_start(
    *, actor: Actor, placement_id: UUID, starts_on: date, reason: str, seen: str, at: datetime, on: date
) -> OnboardingPlan:
    """The job begins on another day, and the tasks that are not done move with it.

    Raises NotThere, PermissionDenied, Changed, NotNow (no plan, or the first day was ticked off). Refused: `due_past`,
    `same_day`, `needed` (why), `too_long`, `cpr`.
    """
    placement = _locked_placement(actor=actor, placement_id=placement_id)
    plan = _plan_of(placement, seen=seen)
    if plan is None or has_begun(placement):
        raise NotNow
    if starts_on < on:
        raise Refused("due_past", fields=("starts_on",))
    if starts_on == plan.starts_on:
        raise Refused("same_day", fields=("starts_on",))
    why = checked_line(reason, field="reason", is_needed=True)
    by = starts_on - plan.starts_on
    for task in OnboardingTask.objects.filter(placement=placement, done_on=None, dropped_on=None):
        task.due_on = moved_day(task.due_on, step=OnboardingStep(task.step), by=by, on=on)
        task.changed_by_id, task.changed_at = actor.id, at
        task.save(update_fields=["due_on", "changed_by", "changed_at"])
    _say(plan, start_note=why)
    plan.starts_on, plan.changed_at = starts_on, at
    plan.save(update_fields=["starts_on", "changed_at"])
    placement.starts_on = starts_on
    placement.save(update_fields=["starts_on"])
    record_event(verb=Verb.ONBOARDING_CHANGED, citizen_id=plan.citizen_id, subject=plan, detail={"what": "first_day"})
    return plan


def approve_briefing(
    *, actor: Actor, placement_id: UUID, text: str, seen: str, at: datetime, on: date, reason: str = ""
) -> OnboardingPlan:
    """These are the words that the colleagues are told; empty words mean nothing. Told by the citizen, or for them.

    Raises NotThere, PermissionDenied, Changed, NotNow (no plan). Refused: `needed` (why staff write it), `cpr`, …
    """
    own = actor.citizen_id is not None
    placement = _locked_placement(actor=actor, placement_id=placement_id, is_own_allowed=True)
    plan = _plan_of(placement, seen=seen)
    if plan is None:
        raise NotNow
    plan.briefing = checked_words(text, field="text", most=LONGEST_REASON)
    if not own:
        _say(plan, briefing_on_behalf=checked_line(reason, field="reason", is_needed=True), briefing_at=at)
    plan.briefing_by_id, plan.briefing_at, plan.changed_at = actor.id, at, at
    plan.save(update_fields=["briefing", "briefing_by", "briefing_at", "changed_at"])
    record_event(verb=Verb.BRIEFING_APPROVED, citizen_id=plan.citizen_id, subject=plan, detail={"on_behalf": not own})
    _tick_words(placement, actor=actor, at=at, on=on, name=actor.name)
    return plan


def has_begun(placement: Placement) -> bool:
    """Whether somebody has ticked the first day off."""
    steps = OnboardingTask.objects.filter(placement=placement, step=OnboardingStep.FIRST_DAY)
    return bool(steps.filter(done_on__isnull=False).exists())


def _tick_words(placement: Placement, *, actor: Actor, at: datetime, on: date, name: str) -> None:
    """The citizen has said which words: that was their task."""
    rows = OnboardingTask.objects.filter(placement=placement, code="briefing_words", done_on=None, dropped_on=None)
    for row in rows.select_for_update(of=("self",)):
        row.done_on, row.done_name, row.changed_by_id, row.changed_at = on, name, actor.id, at
        row.save(update_fields=["done_on", "done_name", "changed_by", "changed_at"])
        _record(row, what="done")


def _locked_placement(*, actor: Actor, placement_id: UUID, is_own_allowed: bool = False) -> Placement:
    """The agreed job; whoever changes its plan takes turns here, but a citizen's own words need no lock."""
    is_own = is_own_allowed and actor.citizen_id is not None
    if not is_own and not can_lay_table(actor):
        raise PermissionDenied
    rows = Placement.objects.visible_to(actor)
    row: Placement | None = (rows if is_own else rows.select_for_update(of=("self",))).filter(pk=placement_id).first()
    if row is None:
        raise NotThere
    if row.state != PlacementState.AGREED:
        raise NotNow
    return row


def _say(plan: OnboardingPlan, **words: str | datetime) -> None:
    """What staff write about the plan; nobody else changes it meanwhile, because the plan is locked."""
    if not OnboardingPlanWords.objects.filter(plan=plan).update(**words):
        OnboardingPlanWords(citizen_id=plan.citizen_id, plan=plan, **words).save(force_insert=True)


def _plan_of(placement: Placement, *, seen: str) -> OnboardingPlan | None:
    rows = OnboardingPlan.objects.select_for_update(of=("self",)).filter(placement=placement)
    plan: OnboardingPlan | None = rows.first()
    if seen_plan(plan) != seen:
        raise Changed
    return plan


def _locked_task(*, actor: Actor, task_id: UUID, seen: str) -> OnboardingTask:
    rows = OnboardingTask.objects.visible_to(actor).select_related("placement").select_for_update(of=("self",))
    row: OnboardingTask | None = rows.filter(pk=task_id).first()
    if row is None:
        raise NotThere
    if row.done_on or row.dropped_on or row.placement.state != PlacementState.AGREED:
        raise NotNow
    if seen_task(row) != seen:
        raise Changed
    return row


def _begun(placement: Placement, *, actor: Actor, mentor: str, starts_on: date, at: datetime) -> OnboardingPlan:
    plan = OnboardingPlan(
        citizen_id=placement.citizen_id,
        company_id=placement.company_id,
        placement=placement,
        starts_on=starts_on,
        mentor=mentor,
        accepted_by_id=actor.id,
        accepted_at=at,
        changed_at=at,
    )
    plan.save(force_insert=True)
    return plan


def _written(placement: Placement, *, task: ProposedTask, actor: Actor, at: datetime) -> OnboardingTask:
    return OnboardingTask(
        citizen_id=placement.citizen_id,
        company_id=placement.company_id,
        placement=placement,
        code=task.code,
        measure=task.measure,
        title=dict(task.title),
        step=task.step,
        owner=task.owner,
        who=task.who[:LONGEST_NAME],
        due_on=task.due_on,
        is_for_company=task.is_for_company,
        is_arranging=task.is_arranging,
        made_at=at,
        changed_by_id=actor.id,
        changed_at=at,
    )


def _write(row: OnboardingTask, *, draft: TaskDraft, actor: Actor, at: datetime) -> None:
    title = checked_line(draft.title, field="title", is_needed=True)
    if title not in (row.title or {}).values():
        row.title = {"da": title, "en": title}
    row.step, row.owner, row.due_on = draft.step, draft.owner, draft.due_on
    row.who = checked_line(draft.who, field="who", most=LONGEST_NAME, is_needed=True)
    row.is_for_company = draft.is_for_company or draft.owner in AT_COMPANY
    row.changed_by_id, row.changed_at = actor.id, at


def _record(row: OnboardingTask, *, what: str) -> None:
    record_event(verb=Verb.ONBOARDING_TASK_CHANGED, citizen_id=row.citizen_id, subject=row, detail={"what": what})
