"""Engagements as the citizen and those around them read them, and what can be chosen for a new one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen, DanishOrder
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.organisations.stamps import stamp_of

from ..enums import EntryKind, Party, Result, Standing, State, Theme
from ..models import Engagement, EngagementEntry, EngagementPerson, ExternalActor, ExternalAgreement, ExternalPerson
from ..permissions import can_approve_engagement, can_keep_external_actors
from ..stamps import ENGAGEMENT_FIELDS
from .partners import themes_of


@dataclass(frozen=True, kw_only=True)
class EntryShown:
    """One entry. `noted_by`: whoever wrote it down, when the words are somebody else's."""

    kind: EntryKind
    party: Party
    done_on: date
    text: str
    result: Result | None
    name: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True)
class EngagementLine:
    """One engagement in a list."""

    id: UUID
    partner: str
    theme: Theme
    goal: str
    from_on: date
    until_on: date
    standing: Standing
    result: Result | None


@dataclass(frozen=True, kw_only=True)
class EngagementList:
    """The citizen's engagements: those that wait or hold, and those that are over."""

    citizen: Citizen
    is_own: bool
    may_keep: bool
    lines: tuple[EngagementLine, ...]
    past: tuple[EngagementLine, ...]


@dataclass(frozen=True, kw_only=True)
class EngagementPage:
    """One engagement whole, for the citizen and those around them."""

    row: Engagement
    citizen: Citizen
    partner: ExternalActor
    theme: Theme
    standing: Standing
    result: Result | None
    people: tuple[ExternalPerson, ...]
    choices: tuple[ExternalPerson, ...]
    entries: tuple[EntryShown, ...]
    looks: tuple[datetime, ...]
    approved_at: datetime | None
    on_behalf: str
    is_own: bool
    may_keep: bool
    may_answer: bool
    may_write: bool
    may_take_back: bool
    seen: str

    @property
    def outcomes(self) -> tuple[EntryShown, ...]:
        """How it went, as each has said it."""
        return tuple(entry for entry in self.entries if entry.kind == EntryKind.OUTCOME)


@dataclass(frozen=True, kw_only=True)
class PartnerChoice:
    """A partner that a citizen can work with, the themes of its agreements, and its people."""

    id: UUID
    name: str
    themes: tuple[Theme, ...]
    until_on: date | None
    people: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, kw_only=True)
class NewEngagement:
    """What a new engagement begins with."""

    citizen: Citizen
    partners: tuple[PartnerChoice, ...]


def engagements_of(*, actor: Actor, citizen_id: UUID, on: date) -> EngagementList | None:
    """The citizen's engagements, newest first; None when there is no such citizen for the actor. Two queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    lines = _lines(actor=actor, citizen_id=citizen_id, on=on)
    live = (Standing.PROPOSED, Standing.COMING, Standing.HOLDS)
    return EngagementList(
        citizen=citizen,
        is_own=actor.citizen_id == citizen.pk,
        may_keep=can_keep_external_actors(actor),
        lines=tuple(line for line in lines if line.standing in live),
        past=tuple(line for line in lines if line.standing not in live),
    )


def part_of_plan(*, actor: Actor, citizen_id: UUID, on: date) -> tuple[EngagementLine, ...]:
    """What partners outside do in the citizen's plan: agreed and not over. One query."""
    lines = _lines(actor=actor, citizen_id=citizen_id, on=on, states=(State.APPROVED,))
    return tuple(line for line in lines if line.standing in (Standing.COMING, Standing.HOLDS))


def engagement_page(*, actor: Actor, engagement_id: UUID, on: date) -> EngagementPage | None:
    """One engagement; None when there is none or it is not the actor's. At most six queries."""
    row = (
        Engagement.objects.visible_to(actor)
        .select_related("citizen", "external_actor", "approval__consent")
        .filter(pk=engagement_id)
        .first()
    )
    if row is None or actor.is_external:
        return None
    is_own = actor.citizen_id == row.citizen_id
    may_keep = can_keep_external_actors(actor)
    standing = standing_of(row, on=on)
    approval = getattr(row, "approval", None)
    named = EngagementPerson.objects.visible_to(actor).standing(on=on).filter(engagement=row)
    return EngagementPage(
        row=row,
        citizen=row.citizen,
        partner=row.external_actor,
        theme=Theme(row.theme),
        standing=standing,
        result=Result(row.result) if row.result else None,
        people=tuple(one.external_person for one in named.select_related("external_person").order_by("pk")),
        choices=_people_of(row.external_actor_id, on=on) if may_keep else (),
        entries=entries_of(row.pk),
        looks=_looks(row.pk),
        approved_at=approval.approved_at if approval else None,
        on_behalf=approval.on_behalf if approval else "",
        is_own=is_own,
        may_keep=may_keep,
        may_answer=row.state == State.PROPOSED and can_approve_engagement(actor, row.citizen_id),
        may_write=row.state in (State.APPROVED, State.ENDED) and (is_own or may_keep) and row.from_on <= on,
        may_take_back=standing in (Standing.COMING, Standing.HOLDS) and can_approve_engagement(actor, row.citizen_id),
        seen=stamp_of(row, *ENGAGEMENT_FIELDS),
    )


def new_engagement(*, actor: Actor, citizen_id: UUID, on: date) -> NewEngagement | None:
    """The citizen, and the partners whose agreement lets them know of a person. Four queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None or not can_keep_external_actors(actor):
        return None
    agreements = ExternalAgreement.objects.filter(until_on__gte=on, data_agreement_on__isnull=False)
    rows = (
        ExternalActor.objects.visible_to(actor)
        .standing(on=on)
        .prefetch_related(
            Prefetch("agreements", queryset=agreements, to_attr="usable_agreements"),
            Prefetch("people", queryset=ExternalPerson.objects.standing(on=on), to_attr="standing_people"),
        )
        .order_by(DanishOrder("name"), "pk")
    )
    found = [_choice(row) for row in rows]
    return NewEngagement(citizen=citizen, partners=tuple(one for one in found if one.themes and one.people))


def entries_of(engagement_id: UUID) -> tuple[EntryShown, ...]:
    """What was written, newest first; the wall decides for whom."""
    rows = EngagementEntry.objects.filter(engagement_id=engagement_id).order_by("-done_on", "-written_at", "-pk")
    return tuple(
        EntryShown(
            kind=EntryKind(row.kind),
            party=Party(row.party),
            done_on=row.done_on,
            text=row.text,
            result=Result(row.result) if row.result else None,
            name=row.written_name,
            written_at=row.written_at,
        )
        for row in rows
    )


def standing_of(row: Engagement, *, on: date) -> Standing:
    """What the engagement is today; `approval__consent` is fetched."""
    if row.state != State.APPROVED:
        return Standing(row.state)
    if row.approval.consent.withdrawn_at is not None:
        return Standing.TAKEN_BACK
    if row.until_on < on:
        return Standing.OVER
    return Standing.COMING if row.from_on > on else Standing.HOLDS


def _lines(
    *, actor: Actor, citizen_id: UUID, on: date, states: tuple[State, ...] = tuple(State)
) -> list[EngagementLine]:
    rows = (
        Engagement.objects.visible_to(actor)
        .filter(citizen_id=citizen_id, state__in=states)
        .select_related("external_actor", "approval__consent")
        .order_by("-from_on", "-pk")
    )
    return [
        EngagementLine(
            id=row.pk,
            partner=row.external_actor.name,
            theme=Theme(row.theme),
            goal=row.goal,
            from_on=row.from_on,
            until_on=row.until_on,
            standing=standing_of(row, on=on),
            result=Result(row.result) if row.result else None,
        )
        for row in rows
    ]


def _people_of(external_actor_id: UUID, *, on: date) -> tuple[ExternalPerson, ...]:
    rows = ExternalPerson.objects.standing(on=on).filter(external_actor_id=external_actor_id)
    return tuple(rows.order_by("name", "pk"))


def _choice(row: ExternalActor) -> PartnerChoice:
    agreements: list[ExternalAgreement] = row.usable_agreements  # type: ignore[attr-defined]
    people: list[ExternalPerson] = row.standing_people  # type: ignore[attr-defined]
    return PartnerChoice(
        id=row.pk,
        name=row.name,
        themes=themes_of(agreements),
        until_on=max((one.until_on for one in agreements if one.until_on), default=None),
        people=tuple((one.pk, f"{one.name}, {one.title}" if one.title else one.name) for one in people),
    )


def _looks(engagement_id: UUID) -> tuple[datetime, ...]:
    """When the partner has opened it."""
    with connection.cursor() as cursor:
        cursor.execute("select looked_at from external_looks(%s::uuid) order by 1 desc limit 10", [engagement_id])
        return tuple(at for (at,) in cursor.fetchall())
