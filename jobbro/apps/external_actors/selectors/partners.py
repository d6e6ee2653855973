"""Partners outside the municipality as staff read them: the list, one with agreements and people, and choices."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import DanishOrder
from jobbro.apps.organisations.stamps import stamp_of

from ..enums import ActorKind, Theme
from ..models import ExternalActor, ExternalAgreement, ExternalPerson
from ..permissions import can_keep_external_actors, can_read_external_actors
from ..stamps import ACTOR_FIELDS


@dataclass(frozen=True, kw_only=True)
class PartnerLine:
    """One partner of the list."""

    id: UUID
    name: str
    kind: ActorKind
    themes: tuple[Theme, ...]
    agreed_until: date | None
    people: int
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class PartnerList:
    """The municipality's partners by name; those whose cooperation has ended come apart."""

    lines: tuple[PartnerLine, ...]
    former: tuple[PartnerLine, ...]
    may_keep: bool
    theme: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class PartnerPage:
    """One partner with what was agreed and who of them has a login."""

    row: ExternalActor
    kind: ActorKind
    agreements: tuple[ExternalAgreement, ...]
    former_agreements: tuple[ExternalAgreement, ...]
    people: tuple[ExternalPerson, ...]
    former_people: tuple[ExternalPerson, ...]
    is_over: bool
    may_keep: bool
    seen: str

    @property
    def may_name_persons(self) -> bool:
        """Whether an agreement lets us share anything about a person with them."""
        return any(agreement.data_agreement_on for agreement in self.agreements)


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """One of a partner's people."""

    row: ExternalPerson
    partner: ExternalActor
    is_over: bool


def external_actor_list(*, actor: Actor, theme: str = "", kind: str = "", on: date) -> PartnerList | None:
    """The list; None for those who have nothing to do with it. Three queries."""
    if not can_read_external_actors(actor):
        return None
    standing = ExternalAgreement.objects.standing(on=on)
    people = ExternalPerson.objects.standing(on=on)
    rows = (
        ExternalActor.objects.visible_to(actor)
        .prefetch_related(
            Prefetch("agreements", queryset=standing, to_attr="standing_agreements"),
            Prefetch("people", queryset=people, to_attr="standing_people"),
        )
        .order_by(DanishOrder("name"), "pk")
    )
    if kind in ActorKind.values:
        rows = rows.filter(kind=kind)
    lines = [_line(row, on=on) for row in rows]
    wanted = [line for line in lines if theme not in Theme.values or theme in line.themes]
    return PartnerList(
        lines=tuple(line for line in wanted if not line.is_over),
        former=tuple(line for line in wanted if line.is_over),
        may_keep=can_keep_external_actors(actor),
        theme=theme,
        kind=kind,
    )


def external_actor_page(*, actor: Actor, external_actor_id: UUID, on: date) -> PartnerPage | None:
    """One partner; None when there is none or it is not the actor's. Three queries."""
    if not can_read_external_actors(actor):
        return None
    row = (
        ExternalActor.objects.visible_to(actor)
        .select_related("keeper", "municipality")
        .filter(pk=external_actor_id)
        .first()
    )
    if row is None:
        return None
    agreements = tuple(row.agreements.order_by("-from_on", "pk"))
    people = tuple(row.people.select_related("user").order_by("name", "pk"))
    return PartnerPage(
        row=row,
        kind=ActorKind(row.kind),
        agreements=tuple(one for one in agreements if not is_past(one.until_on, on=on)),
        former_agreements=tuple(one for one in agreements if is_past(one.until_on, on=on)),
        people=tuple(one for one in people if not is_past(one.until_on, on=on)),
        former_people=tuple(one for one in people if is_past(one.until_on, on=on)),
        is_over=is_past(row.until_on, on=on),
        may_keep=can_keep_external_actors(actor),
        seen=stamp_of(row, *ACTOR_FIELDS),
    )


def external_person_page(*, actor: Actor, person_id: UUID, on: date) -> PersonPage | None:
    """One of a partner's people, for those who keep the cooperation. One query."""
    if not can_keep_external_actors(actor):
        return None
    rows = ExternalPerson.objects.visible_to(actor).select_related("external_actor", "user")
    row = rows.filter(pk=person_id).first()
    if row is None:
        return None
    return PersonPage(row=row, partner=row.external_actor, is_over=is_past(row.until_on, on=on))


def external_agreement_to_end(*, actor: Actor, agreement_id: UUID) -> ExternalAgreement | None:
    """One agreement with its partner, for those who keep the cooperation. One query."""
    if not can_keep_external_actors(actor):
        return None
    rows = ExternalAgreement.objects.visible_to(actor).select_related("external_actor")
    return rows.filter(pk=agreement_id).first()


def is_past(day: date | None, *, on: date) -> bool:
    """Whether the last day has gone."""
    return day is not None and day < on


def themes_of(agreements: list[ExternalAgreement]) -> tuple[Theme, ...]:
    """The themes of the agreements, each once, in the order of the list of themes."""
    held = {theme for agreement in agreements for theme in agreement.themes}
    return tuple(theme for theme in Theme if theme in held)


def _line(row: ExternalActor, *, on: date) -> PartnerLine:
    agreements: list[ExternalAgreement] = row.standing_agreements  # type: ignore[attr-defined]
    return PartnerLine(
        id=row.pk,
        name=row.name,
        kind=ActorKind(row.kind),
        themes=themes_of(agreements),
        agreed_until=max((one.until_on for one in agreements if one.until_on), default=None),
        people=len(row.standing_people),  # type: ignore[attr-defined]
        is_over=is_past(row.until_on, on=on),
    )
