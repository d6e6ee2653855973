"""The actor of a request: who, in which positions, for which municipality."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from jobbro.apps.organisations.models import Municipality

from .enums import CASEWORK_ROLES, Kind, Role
from .models import Position, User


@dataclass(frozen=True)
class Standing:
    """A position that holds today."""

    role: Role
    unit_id: UUID
    unit: str
    team_id: UUID | None
    team: str


@dataclass(frozen=True)
class Actor:
    """Who acts. `citizen_id` is set for a citizen's own account, `companies` for an employer's.

    `external_actors` are those for whom somebody outside the municipality works today.
    """

    id: UUID
    name: str
    kind: Kind
    positions: tuple[Standing, ...]
    citizen_id: UUID | None
    companies: tuple[UUID, ...]
    municipalities: tuple[tuple[str, str], ...]
    phone: str
    external_actors: tuple[UUID, ...] = ()

    def has(self, *roles: Role) -> bool:
        """Whether one of the roles is held today."""
        return any(position.role in roles for position in self.positions)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the actor's municipalities."""
        return tuple(code for code, _ in self.municipalities)

    @property
    def is_caseworking(self) -> bool:
        return self.has(*CASEWORK_ROLES)

    @property
    def is_employer(self) -> bool:
        """Whether the account belongs to somebody at a company."""
        return self.kind == Kind.EMPLOYER

    @property
    def is_external(self) -> bool:
        """Whether the account belongs to somebody who works with citizens outside the municipality."""
        return self.kind == Kind.EXTERNAL

    @property
    def home_role(self) -> Role | None:
        """The strongest role: it decides the home page."""
        held = {position.role for position in self.positions}
        return next((role for role in Role if role in held), None)

    @property
    def municipality(self) -> str:
        """The sender named on every page."""
        return ", ".join(name for _, name in self.municipalities)


def actor_of(*, user: User, on: date) -> Actor:
    """The actor behind an account on a day; the transaction already acts as that account."""
    positions = Position.objects.standing(on=on).filter(user=user).select_related("unit", "team").order_by("from_on")
    standings = tuple(
        Standing(
            role=Role(position.role),
            unit_id=position.unit_id,
            unit=position.unit.name,
            team_id=position.team_id,
            team=position.team.name if position.team else "",
        )
        for position in (positions if user.kind == Kind.STAFF else ())
    )
    citizen_id, companies, external_actors, codes = _reach()
    municipalities = list(Municipality.objects.filter(code__in=codes).order_by("code")) if codes else []
    return Actor(
        id=user.pk,
        name=user.display_name,
        kind=Kind(user.kind),
        positions=standings,
        citizen_id=citizen_id,
        companies=tuple(companies),
        municipalities=tuple((m.code, m.name) for m in municipalities),
        phone=municipalities[0].phone if municipalities else "",
        external_actors=tuple(external_actors),
    )


def _reach() -> tuple[UUID | None, list[UUID], list[UUID], list[str]]:
    """The citizen that the actor is, their companies, whom they work for outside, and the municipalities of these."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select app_self(), app_companies(), external_own_actors(), app_municipalities() || external_codes()"
            " || array(select (app_standing(array[s])).municipality_id from app_self() s where s is not null)"
            " || array(select distinct municipality_id::text from employers_company where id = any(app_companies()))"
        )
        citizen_id, companies, external_actors, codes = cursor.fetchone()
    return citizen_id, companies, external_actors, codes
