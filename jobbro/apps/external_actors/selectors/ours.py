"""What somebody outside the municipality reads: the engagements they are named on while these hold. Nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor

from ..enums import Theme
from ..models import Engagement, ExternalActor, ExternalAgreement
from .engagements import EntryShown, entries_of
from .partners import themes_of

# What the partner may know of the row; `citizen_id` is for the log of looks and reaches no page.
_COLUMNS = ("pk", "citizen_id", "theme", "goal", "told", "shown_name", "from_on", "until_on")


@dataclass(frozen=True, kw_only=True)
class Reachable:
    """Whom to ring in the municipality about one engagement."""

    name: str
    phone: str
    unit: str
    unit_phone: str


@dataclass(frozen=True, kw_only=True)
class OurEngagement:
    """One engagement as the partner reads it."""

    id: UUID
    citizen_id: UUID
    theme: Theme
    goal: str
    told: str
    name: str
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class OurEngagements:
    """The partner, what is agreed with it, and the engagements that hold today."""

    partner: str
    themes: tuple[Theme, ...]
    agreements: tuple[ExternalAgreement, ...]
    engagements: tuple[OurEngagement, ...]


@dataclass(frozen=True, kw_only=True)
class OurEngagementPage:
    """One engagement with what was written and whom to ring."""

    partner: str
    engagement: OurEngagement
    entries: tuple[EntryShown, ...]
    reachable: Reachable | None


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """Whom somebody rings whose access has ended."""

    partner: str
    until_on: date | None
    municipality: str
    phone: str
    keeper: str
    keeper_phone: str


def our_engagements(*, actor: Actor, on: date) -> OurEngagements | None:
    """The engagements by the name shown; None for anybody else. Three queries."""
    partner = _partner(actor)
    if partner is None:
        return None
    agreements = list(ExternalAgreement.objects.visible_to(actor).standing(on=on).order_by("-from_on", "pk"))
    rows = Engagement.objects.visible_to(actor).in_its_days(on=on).values_list(*_COLUMNS)
    found = sorted((_shown(row) for row in rows), key=lambda one: (one.name, str(one.id)))
    return OurEngagements(
        partner=partner, themes=themes_of(agreements), agreements=tuple(agreements), engagements=tuple(found)
    )


def our_engagement(*, actor: Actor, engagement_id: UUID, on: date) -> OurEngagementPage | None:
    """One engagement; None when it ended, was taken back, or never was theirs: one answer. Four queries."""
    partner = _partner(actor)
    if partner is None:
        return None
    row = (
        Engagement.objects.visible_to(actor).in_its_days(on=on).filter(pk=engagement_id).values_list(*_COLUMNS).first()
    )
    if row is None:
        return None
    return OurEngagementPage(
        partner=partner,
        engagement=_shown(row),
        entries=entries_of(engagement_id),
        reachable=_reachable(engagement_id),
    )


def entrance_of(*, actor: Actor) -> Entrance | None:
    """Whom to ring for somebody whose access has ended; None for anybody else."""
    if not actor.is_external:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select partner, until_on, municipality, phone, keeper, keeper_phone from external_entrance()")
        row = cursor.fetchone()
    if row is None:
        return None
    partner, until_on, municipality, phone, keeper, keeper_phone = row
    return Entrance(
        partner=partner,
        until_on=until_on,
        municipality=municipality,
        phone=phone,
        keeper=keeper,
        keeper_phone=keeper_phone,
    )


def _partner(actor: Actor) -> str | None:
    if not actor.is_external:
        return None
    return ExternalActor.objects.visible_to(actor).values_list("name", flat=True).order_by("pk").first()


def _reachable(engagement_id: UUID) -> Reachable | None:
    with connection.cursor() as cursor:
        cursor.execute("select name, phone, unit, unit_phone from external_contact(%s::uuid)", [engagement_id])
        row = cursor.fetchone()
    if row is None:
        return None
    name, phone, unit, unit_phone = row
    return Reachable(name=name or "", phone=phone or "", unit=unit, unit_phone=unit_phone)


def _shown(row: tuple[Any, ...]) -> OurEngagement:
    pk, citizen_id, theme, goal, told, name, from_on, until_on = row
    return OurEngagement(
        id=pk,
        citizen_id=citizen_id,
        theme=Theme(theme),
        goal=goal,
        told=told,
        name=name,
        from_on=from_on,
        until_on=until_on,
    )
