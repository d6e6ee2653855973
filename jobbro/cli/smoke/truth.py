"""What the database knows, read as its owner: who is who, who may see whom, and which looks were recorded."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from .shapes import Person

WORD = re.compile(r"\w+|[|,]")
_PEOPLE = "select id, given_name, family_name, cpr_cipher, municipality_id from citizens_citizen order by id"
# One visitor a role: of those with only that role, in the largest municipality, the one who may see most.
_STAFF = """
    with serving as (
        select distinct p.user_id, p.role from accounts_position p
        join organisations_unitmunicipality s on s.unit_id = p.unit_id
        join accounts_user u on u.id = p.user_id and u.is_active
        where s.municipality_id = %(code)s and p.from_on <= app_today()
            and coalesce(p.until_on, 'infinity') >= app_today()
    )
    select role, user_id from serving
    where user_id in (select user_id from serving group by user_id having count(*) = 1)
    order by role, user_id
"""
_CITIZENS = """
    select c.id, c.user_id from citizens_citizen c join accounts_user u on u.id = c.user_id and u.is_active
    where c.municipality_id = %(code)s
    order by (select count(*) from plans_plan p where p.citizen_id = c.id) desc,
        (select count(*) from screening_dialogue d where d.citizen_id = c.id) desc, c.id limit 1
"""
_EMPLOYERS = (
    "select c.user_id from employers_contactperson c join employers_company k on k.id = c.company_id"
    " where k.municipality_id = %(code)s and c.user_id is not null and c.until_on is null order by c.id limit 1"
)
_EXTERNALS = (
    "select p.user_id from external_actors_externalperson p"
    " join external_actors_externalactor a on a.id = p.external_actor_id"
    " where a.municipality_id = %(code)s and p.until_on >= app_today() order by p.id limit 1"
)
# A team lead reads the name of who moves there while it waits, and of who has left.
_MOVING = """
    select m.citizen_id from closing_move m
    join organisations_unitmunicipality s on s.municipality_id = m.to_municipality_id
    where m.state in ('proposed', 'answered') and m.name <> '' and s.unit_id = any(app_led_units())
    union
    select k.citizen_id from closing_movedaway k where k.name <> '' and k.unit_id = any(app_led_units())
"""
_LOOKS = "select request_id, citizen_ids from audit_look where request_id = any(%s::uuid[])"


@dataclass(frozen=True)
class Truth:
    """Questions to the owner of the database; the wall does not stand in its way."""

    connection: "psycopg.Connection[Any]"

    def ask(self, statement: str, values: Any = None) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.connection.execute(statement.encode(), values).fetchall()

    def act_as(self, user_id: UUID | None) -> None:
        """The functions of the wall answer for this person from here on."""
        self.ask("select set_config('app.actor_id', %s, false)", [str(user_id or "")])

    def people(self) -> list[Person]:
        """Every citizen, with the number that must never be seen where it should not."""
        from jobbro.apps.citizens.cpr import Cpr

        return [
            Person(id=i, names=_spellings(given, family), cpr=Cpr.decrypted(bytes(cipher)).digits, municipality=code)
            for i, given, family, cipher, code in self.ask(_PEOPLE)
        ]

    def staff_names(self) -> set[tuple[str, ...]]:
        """Names of employees: a citizen of the same name cannot be told apart from them in a text."""
        rows = self.ask("select display_name from accounts_user where kind = 'staff'")
        return {words(name) for (name,) in rows}

    def largest_municipality(self) -> str:
        """The one with most citizens."""
        rows = self.ask("select municipality_id from citizens_citizen group by 1 order by count(*) desc, 1 limit 1")
        return str(rows[0][0])

    def staff_by_role(self, code: str) -> dict[str, list[UUID]]:
        """Role -> employees of the municipality who hold only that role today."""
        held: dict[str, list[UUID]] = {}
        for role, user_id in self.ask(_STAFF, {"code": code}):
            held.setdefault(role, []).append(user_id)
        return held

    def citizen_with_login(self, code: str) -> tuple[UUID, UUID] | None:
        """The citizen with most to see who can log in: their id and their account."""
        rows = self.ask(_CITIZENS, {"code": code})
        return (rows[0][0], rows[0][1]) if rows else None

    def employer_with_login(self, code: str) -> UUID | None:
        """The account of somebody at a company of the municipality."""
        rows = self.ask(_EMPLOYERS, {"code": code})
        return rows[0][0] if rows else None

    def external_with_login(self, code: str) -> UUID | None:
        """The account of somebody at a partner outside the municipality."""
        rows = self.ask(_EXTERNALS, {"code": code})
        return rows[0][0] if rows else None

    def seen_by(self, user_id: UUID | None) -> frozenset[UUID]:
        """The citizens that the wall lets this person see."""
        self.act_as(user_id)
        return frozenset(self.ask("select app_citizens()")[0][0] or ())

    def moving_past(self, user_id: UUID | None) -> frozenset[UUID]:
        """The citizens who move to, or have moved from, the units that this person leads: their names and no more."""
        self.act_as(user_id)
        return frozenset(citizen_id for (citizen_id,) in self.ask(_MOVING))

    def looks(self, request_ids: Iterable[str]) -> dict[str, set[UUID]]:
        """Request -> the citizens whose look it recorded."""
        recorded: dict[str, set[UUID]] = {}
        for request_id, citizens in self.ask(_LOOKS, [sorted({r for r in request_ids if r})]):
            recorded.setdefault(str(request_id), set()).update(citizens)
        return recorded


def words(text: str) -> tuple[str, ...]:
    """A text as its words in lower case; of the signs only those that part names."""
    return tuple(WORD.findall(text.lower()))


def _spellings(given: str, family: str) -> tuple[tuple[str, ...], ...]:
    return (words(f"{given} {family}"), words(f"{family}, {given}"))
