"""Rows of other apps -> what a course has reached, what is in place, what is still open: facts, no words."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.applications.enums import Outcome
from jobbro.apps.applications.enums import State as ApplicationState
from jobbro.apps.applications.models import Application, Decision
from jobbro.apps.courses.enums import LIVING, SeatState
from jobbro.apps.courses.models import Enrolment
from jobbro.apps.external_actors.enums import State as EngagementState
from jobbro.apps.external_actors.models import Engagement
from jobbro.apps.follow_up.models import HelpRequest
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.models import Card, Proposal
from jobbro.apps.meetings.enums import State as MeetingState
from jobbro.apps.meetings.models import Meeting
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Arrangement, Placement
from jobbro.apps.plans.enums import ActionState
from jobbro.apps.plans.models import Action

from .enums import LooseEnd

MOST = 50
_ASKED = (ApplicationState.DECIDED,)
# A proposal that became a job is told as the job.
_PICKED = (ProposalState.IDEA, ProposalState.INTRODUCED, ProposalState.TRIED)


@dataclass(frozen=True, kw_only=True)
class OpenThing:
    """Something that is still open: `title` is what it is called, or a code of the kind's own list."""

    kind: LooseEnd
    id: UUID
    title: str
    on: date | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}_{self.id.hex}"


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Something that was reached: `what` is `step`, `job` or `course`."""

    what: str
    title: str
    employer: str = ""
    on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class InPlace:
    """Something that goes on: `what` is `grant` (title: the scheme’s code), `job` or `partner`."""

    what: str
    title: str
    employer: str = ""
    until_on: date | None = None


def open_things(*, actor: Actor, citizen_id: UUID, at: datetime, on: date) -> tuple[OpenThing, ...]:
    """All that is still open for the citizen, each kind in turn. Nine queries."""
    return (
        *_placements(actor=actor, citizen_id=citizen_id),
        *_proposals(actor=actor, citizen_id=citizen_id),
        *_applications(actor=actor, citizen_id=citizen_id),
        *_arrangements(actor=actor, citizen_id=citizen_id),
        *_courses(actor=actor, citizen_id=citizen_id),
        *_help(actor=actor, citizen_id=citizen_id),
        *_engagements(actor=actor, citizen_id=citizen_id),
        *_meetings(actor=actor, citizen_id=citizen_id, at=at),
        *_cards(actor=actor, citizen_id=citizen_id, on=on),
    )


def _placements(*, actor: Actor, citizen_id: UUID) -> list[OpenThing]:
    rows = Placement.objects.visible_to(actor).filter(
        citizen_id=citizen_id, state__in=(PlacementState.AGREEING, PlacementState.AGREED)
    )
    kinds = {PlacementState.AGREED: LooseEnd.PLACEMENT, PlacementState.AGREEING: LooseEnd.AGREEING}
    return [
        OpenThing(kind=kinds[PlacementState(row.state)], id=row.pk, title=row.title, on=row.starts_on or row.state_on)
        for row in rows.order_by("state_on", "pk")[:MOST]
    ]


def _proposals(*, actor: Actor, citizen_id: UUID) -> list[OpenThing]:
    rows = (
        Proposal.objects.visible_to(actor)
        .filter(citizen_id=citizen_id, state__in=_PICKED, placement__isnull=True)
        .select_related("opening")
    )
    return [
        OpenThing(kind=LooseEnd.PROPOSAL, id=row.pk, title=row.opening.title, on=row.state_on)
        for row in rows.order_by("state_on", "pk")[:MOST]
    ]


def _applications(*, actor: Actor, citizen_id: UUID) -> list[OpenThing]:
    rows = Application.objects.visible_to(actor).filter(citizen_id=citizen_id).exclude(state__in=_ASKED)
    return [
        OpenThing(kind=LooseEnd.APPLICATION, id=row.pk, title=row.scheme, on=row.decide_by or row.sent_on)
        for row in rows.order_by("started_at", "pk")[:MOST]
    ]


def _arrangements(*, actor: Actor, citizen_id: UUID) -> list[OpenThing]:
    rows = Arrangement.objects.visible_to(actor).filter(
        citizen_id=citizen_id,
        done_on__isnull=True,
        proposal__state__in=(*_PICKED, ProposalState.AGREED),
    )
    return [
        OpenThing(kind=LooseEnd.ARRANGEMENT, id=row.pk, title=row.measure, on=row.due_on)
        for row in rows.order_by("due_on", "pk")[:MOST]
    ]


def _courses(*, actor: Actor, citizen_id: UUID) -> list[OpenThing]:
    rows = (
        Enrolment.objects.visible_to(actor)
        .filter(citizen_id=citizen_id, state__in=LIVING)
        .select_related("session__course")
    )
    return [
        OpenThing(
            kind=LooseEnd.COURSE,
            id=row.pk,
            title=row.session.course.title_da,
            on=row.session.begins_at.date(),
        )
        for row in rows.order_by("session__begins_at", "pk")[:MOST]
    ]


def _help(*, actor: Actor, citizen_id: UUID) -> list[OpenThing]:
    rows = HelpRequest.objects.visible_to(actor).filter(citizen_id=citizen_id, done_at__isnull=True)
    return [
        OpenThing(kind=LooseEnd.HELP, id=row.pk, title="", on=row.asked_on)
        for row in rows.order_by("asked_on", "pk")[:MOST]
    ]


def _engagements(*, actor: Actor, citizen_id: UUID) -> list[OpenThing]:
    rows = (
        Engagement.objects.visible_to(actor)
        .filter(citizen_id=citizen_id, state__in=(EngagementState.PROPOSED, EngagementState.APPROVED))
        .select_related("external_actor")
    )
    return [
        OpenThing(kind=LooseEnd.ENGAGEMENT, id=row.pk, title=row.external_actor.name, on=row.until_on)
        for row in rows.order_by("until_on", "pk")[:MOST]
    ]


def _meetings(*, actor: Actor, citizen_id: UUID, at: datetime) -> list[OpenThing]:
    rows = Meeting.objects.visible_to(actor).filter(citizen_id=citizen_id, state=MeetingState.PLANNED, starts_at__gt=at)
    return [
        OpenThing(kind=LooseEnd.MEETING, id=row.pk, title=row.kind, on=row.starts_at.date())
        for row in rows.order_by("starts_at", "pk")[:MOST]
    ]


def _cards(*, actor: Actor, citizen_id: UUID, on: date) -> list[OpenThing]:
    rows = (
        Card.objects.visible_to(actor)
        .filter(citizen_id=citizen_id, withdrawn_at__isnull=True, until_on__gte=on)
        .select_related("proposal__opening")
    )
    return [
        OpenThing(kind=LooseEnd.CARD, id=row.pk, title=row.proposal.opening.employer_name, on=row.until_on)
        for row in rows.order_by("until_on", "pk")[:MOST]
    ]


def reached(*, actor: Actor, citizen_id: UUID) -> tuple[Reached, ...]:
    """Steps that are done, jobs and trials, courses that are completed. Three queries."""
    steps = Action.objects.visible_to(actor).filter(citizen_id=citizen_id, state=ActionState.DONE)
    jobs = _jobs(actor=actor, citizen_id=citizen_id, states=(PlacementState.AGREED, PlacementState.ENDED))
    courses = (
        Enrolment.objects.visible_to(actor)
        .filter(citizen_id=citizen_id, state=SeatState.COMPLETED)
        .select_related("session__course")
    )
    return (
        *(Reached(what="step", title=row.title, on=row.done_on) for row in steps.order_by("done_on", "pk")[:MOST]),
        *(
            Reached(what="job", title=title, employer=employer, on=row.starts_on, until_on=row.ended_on)
            for row, title, employer in jobs
        ),
        *(
            Reached(what="course", title=row.session.course.title_da, on=row.session.ends_at.date())
            for row in courses.order_by("session__ends_at", "pk")[:MOST]
        ),
    )


def in_place(*, actor: Actor, citizen_id: UUID, on: date) -> tuple[InPlace, ...]:
    """Grants that hold, jobs that go on, partners who still help. Three queries."""
    grants = (
        Decision.objects.visible_to(actor)
        .filter(citizen_id=citizen_id, outcome__in=(Outcome.GRANTED, Outcome.PARTLY))
        .select_related("application")
        .order_by("application_id", "-recorded_at", "-pk")
        .distinct("application_id")
    )
    running = [row for row in grants[:MOST] if row.until_on is None or row.until_on >= on]
    partners = (
        Engagement.objects.visible_to(actor)
        .filter(citizen_id=citizen_id, state=EngagementState.APPROVED, until_on__gte=on)
        .select_related("external_actor")
    )
    return (
        *(InPlace(what="grant", title=row.application.scheme, until_on=row.until_on) for row in running),
        *(
            InPlace(what="job", title=title, employer=employer)
            for _row, title, employer in _jobs(actor=actor, citizen_id=citizen_id, states=(PlacementState.AGREED,))
        ),
        *(
            InPlace(what="partner", title=row.external_actor.name, until_on=row.until_on)
            for row in partners.order_by("until_on", "pk")[:MOST]
        ),
    )


def _jobs(*, actor: Actor, citizen_id: UUID, states: tuple[PlacementState, ...]) -> list[tuple[Placement, str, str]]:
    rows = Placement.objects.visible_to(actor).filter(citizen_id=citizen_id, state__in=states)
    found = rows.select_related("opening").order_by("starts_on", "pk")[:MOST]
    return [(row, row.title, row.opening.employer_name) for row in found]
