"""What the citizen and those around them read between jobs: jobs and their last days, the wish, what was learnt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.placements.enums import EndedBy, EndReason, PlacementState
from jobbro.apps.placements.models import AgreementVersion, Placement
from jobbro.engines.occupations.task_library import skills as known_skills

from ..enums import StepOwner
from ..facts import is_open, team_of, wish_row
from ..models import ChangeWish, Experience, LastStep, Notice, Observation
from ..over import with_last_day
from ..permissions import can_help, can_speak_for
from ..stamps import seen_change_wish, seen_notice, seen_observation, seen_step

LONGEST_SKILL = 60


@dataclass(frozen=True, kw_only=True)
class JobLine:
    """A job that is or was: its newest wording, the notice that stands, and its last day if one is known."""

    placement: Placement
    version: AgreementVersion
    notice: Notice | None
    last_on: date | None
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class ObservationLine:
    """Something that goes well at work; `may_answer`: it waits for the citizen's word."""

    row: Observation
    may_answer: bool

    @property
    def seen(self) -> str:
        return seen_observation(self.row)


@dataclass(frozen=True, kw_only=True)
class MobilityPage:
    """All of it on one page. `is_between`: every job is over and the course goes on."""

    citizen: Citizen
    is_own: bool
    may_keep: bool
    jobs: tuple[JobLine, ...]
    wish: ChangeWish | None
    experience: tuple[Experience, ...]
    observations: tuple[ObservationLine, ...]
    team: tuple[tuple[str, str], ...]
    is_between: bool

    @property
    def may_speak(self) -> bool:
        """Whether whoever reads may write the citizen's word, or is the citizen."""
        return self.is_own or self.may_keep

    @property
    def running(self) -> tuple[JobLine, ...]:
        return tuple(job for job in self.jobs if not job.is_over)

    @property
    def over(self) -> tuple[JobLine, ...]:
        return tuple(job for job in self.jobs if job.is_over)

    @property
    def seen(self) -> str:
        return seen_change_wish(self.wish)


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step until the last day; `may_tick`: whoever reads may say that it is done."""

    row: LastStep
    may_tick: bool
    is_late: bool

    @property
    def seen(self) -> str:
        return seen_step(self.row)

    @property
    def is_open(self) -> bool:
        return self.row.done_on is None and self.row.dropped_on is None


@dataclass(frozen=True, kw_only=True)
class NoticePage:
    """One notice with its job and the steps until the last day and just after it."""

    citizen: Citizen
    is_own: bool
    may_keep: bool
    notice: Notice
    job: JobLine
    steps: tuple[StepLine, ...]
    team: tuple[tuple[str, str], ...]

    @property
    def seen(self) -> str:
        return seen_notice(self.notice)

    @property
    def stands(self) -> bool:
        return self.notice.withdrawn_on is None


@dataclass(frozen=True, kw_only=True)
class JobStart:
    """What the forms about one job begin with. `skills`: what can be taken along, code or words -> Danish, English."""

    citizen: Citizen
    is_own: bool
    job: JobLine
    given_by: EndedBy | None
    reason: EndReason | None
    last_on: date | None
    skills: Mapping[str, tuple[str, str]] = field(hash=False)
    has_wish: bool


def mobility_page(*, actor: Actor, citizen_id: UUID, on: date) -> MobilityPage | None:
    """The page; None when there is no such citizen for the actor, and for everybody at a company. Nine queries."""
    citizen = None if actor.is_employer else citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    jobs = _jobs(actor=actor, citizen_id=citizen_id, on=on)
    goes_on = is_open(actor=actor, citizen_id=citizen_id)
    may_answer = can_speak_for(actor, citizen_id=citizen_id)
    observations = Observation.objects.visible_to(actor).filter(citizen_id=citizen_id)
    return MobilityPage(
        citizen=citizen,
        is_own=actor.citizen_id == citizen_id,
        may_keep=can_help(actor),
        jobs=jobs,
        wish=_wish(actor=actor, citizen_id=citizen_id),
        experience=tuple(
            Experience.objects.visible_to(actor).filter(citizen_id=citizen_id).order_by("-told_at", "-pk")
        ),
        observations=tuple(
            ObservationLine(row=row, may_answer=may_answer and row.answered_at is None)
            for row in observations.order_by("-noted_at", "-pk")
        ),
        team=team_of(citizen_id=citizen_id, on=on),
        is_between=goes_on and bool(jobs) and all(job.is_over for job in jobs),
    )


def notice_page(*, actor: Actor, notice_id: UUID, on: date) -> NoticePage | None:
    """One notice; None when it is not the actor's. Seven queries."""
    rows = Notice.objects.visible_to(actor)
    row: Notice | None = None if actor.is_employer else rows.filter(pk=notice_id).first()
    citizen = citizen_for(actor=actor, citizen_id=row.citizen_id) if row else None
    if row is None or citizen is None:
        return None
    job = next(one for one in _jobs(actor=actor, citizen_id=citizen.pk, on=on) if one.placement.pk == row.placement_id)
    steps = LastStep.objects.visible_to(actor).filter(notice=row).order_by("due_on", "pk")
    return NoticePage(
        citizen=citizen,
        is_own=actor.citizen_id == citizen.pk,
        may_keep=can_speak_for(actor, citizen_id=citizen.pk) and job.placement.state == PlacementState.AGREED,
        notice=row,
        job=job,
        steps=tuple(_step(step, actor=actor, notice=row, on=on) for step in steps),
        team=team_of(citizen_id=citizen.pk, on=on),
    )


def job_start(*, actor: Actor, placement_id: UUID, on: date) -> JobStart | None:
    """What a notice or the experience of a job begins with; None when it is not the actor's. Six queries."""
    rows = Placement.objects.visible_to(actor)
    row: Placement | None = None if actor.is_employer else rows.filter(pk=placement_id).first()
    citizen = citizen_for(actor=actor, citizen_id=row.citizen_id) if row else None
    if row is None or citizen is None or not can_speak_for(actor, citizen_id=citizen.pk):
        return None
    jobs = _jobs(actor=actor, citizen_id=citizen.pk, on=on)
    job = next((one for one in jobs if one.placement.pk == placement_id), None)
    if job is None:
        return None
    ends_on = job.version.ends_on
    return JobStart(
        citizen=citizen,
        is_own=actor.citizen_id == citizen.pk,
        job=job,
        given_by=EndedBy.AGREED if ends_on else None,
        reason=EndReason.TERM if ends_on else None,
        last_on=ends_on,
        skills=_offered(job),
        has_wish=wish_row(actor=actor, citizen_id=citizen.pk) is not None,
    )


def step_notice(*, actor: Actor, step_id: UUID) -> UUID | None:
    """The notice that a step belongs to; None when it is not the actor's."""
    rows = LastStep.objects.visible_to(actor).filter(pk=step_id)
    found: UUID | None = None if actor.is_employer else rows.values_list("notice_id", flat=True).first()
    return found


def observation_citizen(*, actor: Actor, observation_id: UUID) -> UUID | None:
    """Whom an observation is about; None when it is not the actor's."""
    rows = Observation.objects.visible_to(actor).filter(pk=observation_id)
    found: UUID | None = None if actor.is_employer else rows.values_list("citizen_id", flat=True).first()
    return found


def _wish(*, actor: Actor, citizen_id: UUID) -> ChangeWish | None:
    rows = ChangeWish.objects.visible_to(actor).filter(citizen_id=citizen_id, ended_on__isnull=True)
    found: ChangeWish | None = rows.first()
    return found


def _jobs(*, actor: Actor, citizen_id: UUID, on: date) -> tuple[JobLine, ...]:
    """The newest first. Three queries."""
    rows = with_last_day(Placement.objects.visible_to(actor).filter(citizen_id=citizen_id)).select_related("opening")
    versions = {
        version.placement_id: version
        for version in AgreementVersion.objects.visible_to(actor).filter(citizen_id=citizen_id).order_by("number")
    }
    notices = {
        notice.placement_id: notice
        for notice in Notice.objects.visible_to(actor).filter(citizen_id=citizen_id, withdrawn_on__isnull=True)
    }
    return tuple(
        JobLine(
            placement=row,
            version=versions[row.pk],
            notice=notices.get(row.pk),
            last_on=row.last_on,
            is_over=row.state == PlacementState.ENDED or (row.last_on is not None and row.last_on < on),
        )
        for row in rows.order_by("-starts_on", "-pk")
    )


def _step(row: LastStep, *, actor: Actor, notice: Notice, on: date) -> StepLine:
    is_open = row.done_on is None and row.dropped_on is None and notice.withdrawn_on is None
    is_theirs = actor.citizen_id == row.citizen_id and row.owner == StepOwner.CITIZEN
    return StepLine(row=row, may_tick=is_open and (can_help(actor) or is_theirs), is_late=is_open and row.due_on < on)


def _offered(job: JobLine) -> dict[str, tuple[str, str]]:
    """Skills that the job asked for, and the tasks of the agreement that are short enough to be one."""
    names = {one.code: (one.name.da, one.name.en) for one in known_skills()}
    asked = {code: names.get(code, (code, code)) for code in job.placement.opening.requires}
    lines = (part.strip(" .-•\t") for line in job.version.tasks.splitlines() for part in line.split(","))
    tasks = {line: (line, line) for line in lines if line and len(line) <= LONGEST_SKILL}
    return {**asked, **tasks}
