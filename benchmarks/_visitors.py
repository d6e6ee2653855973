"""Who visits in a bench: people of many municipalities in their roles, and the citizens whose files they open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from jobbro.apps.audit.context import SYSTEM_ACTOR

# One after the other, so that any first part of the list has every role.
ROUND = ("caseworker", "citizen", "team_lead", "caseworker", "job_broker", "caseworker", "citizen", "caseworker",
         "administrator", "job_broker", "key_person")  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A citizen of the load set as a visitor needs them; `topic` is of a dialogue under way."""

    id: str
    family_name: str
    topic: str
    has_agreed: bool
    has_plan: bool


@dataclass(frozen=True)
class Visitor:
    """Somebody with a login. Citizens stand in their own list of people."""

    username: str
    role: str
    municipality: str
    people: tuple[Person, ...]
    sees_municipality: bool

    def first(self, *, with_topic: bool = False, with_needs: bool = False, with_plan: bool = False) -> list[Person]:
        """The people in that situation."""
        return [
            person
            for person in self.people
            if (person.topic or not with_topic)
            and (person.has_agreed or not with_needs)
            and (person.has_plan or not with_plan)
        ]


_PEOPLE = """
select c.id::text, c.family_name,
       coalesce((select a.topic from screening_answer a join screening_dialogue d on d.id = a.dialogue_id
                 where d.citizen_id = c.id and d.state = 'open' and a.choices = '{{}}' and a.slots = '{{}}'
                 order by a.answered_at desc limit 1), ''),
       exists(select from screening_agreement g where g.citizen_id = c.id
              and g.staff_agreed_at is not null and g.citizen_agreed_at is not null),
       exists(select from plans_plan p where p.citizen_id = c.id and p.state = 'agreed')
from citizens_citizen c join cases_case s on s.citizen_id = c.id
where s.state = 'open' and {whose} order by c.id limit 60
"""
_WHOSE = {
    "citizen": "c.user_id = %(account)s",
    "team_lead": "s.team_id in (select t.id from organisations_team t join accounts_position p on p.unit_id = t.unit_id"
    " where p.user_id = %(account)s and p.role = 'team_lead')",
    "administrator": "false",
}
# A caseworker's or job broker's own citizens; not those who visit in this run: two at one dialogue disturb each other.
_OWN = """c.id in (select m.citizen_id from cases_casemember m where m.user_id = %(account)s and m.until_on is null)
and not coalesce(c.user_id = any(%(visiting)s::uuid[]), false)"""
# Whether a team lead's teams carry all citizens of the municipalities they serve.
_SEES_ALL = """
with led as (select unit_id from accounts_position
             where user_id = %(account)s and role = 'team_lead' and until_on is null)
select exists(select from led) and not exists(
    select from citizens_citizen c join organisations_unitmunicipality s on s.municipality_id = c.municipality_id
    left join cases_case k on k.citizen_id = c.id left join organisations_team t on t.id = k.team_id
    where s.unit_id in (select unit_id from led) and coalesce(t.unit_id not in (select unit_id from led), true))
"""
_STAFF = """
select p.user_id, u.username, min(s.municipality_id) from accounts_position p join accounts_user u on u.id = p.user_id
join organisations_unitmunicipality s on s.unit_id = p.unit_id
where p.role = %(role)s and p.until_on is null and u.is_active and not u.must_change_password
group by p.user_id, u.username
having (select count(*) from accounts_position o where o.user_id = p.user_id and o.until_on is null) = 1
order by md5(min(s.municipality_id) || %(role)s), p.user_id
"""
_CITIZENS = """
select c.user_id, u.username, c.municipality_id from citizens_citizen c join accounts_user u on u.id = c.user_id
join cases_case s on s.citizen_id = c.id where s.state = 'open' and u.is_active order by md5(c.id::text) limit 2000
"""
# Citizens of the load set log in elsewhere and have no password; on the run's own copy they get that of an employee.
_SAME_LOGIN = """
update accounts_user set password = (select password from accounts_user where username = %(staff)s)
where id = any(%(accounts)s::uuid[])
"""

_EVERY_UNIT = """
insert into accounts_position (id, from_on, role, unit_id, user_id)
select uuidv7(), current_date, 'key_person', u.id, a.id from organisations_unit u, accounts_user a
where a.username = %(username)s and not exists(
    select from accounts_position p where p.user_id = a.id and p.unit_id = u.id and p.role = 'key_person')
"""


def choose(connection: psycopg.Connection[Any], *, count: int) -> list[Visitor]:
    """So many visitors with logins, the same ones for the same data, from as many municipalities as there are."""
    wanted = [ROUND[number % len(ROUND)] for number in range(count)]
    found: dict[str, list[Visitor]] = {}
    citizens = _spread(connection.execute(_CITIZENS).fetchall(), count=wanted.count("citizen"))
    visiting = [account for account, _, _ in citizens]
    for role in dict.fromkeys(wanted):
        accounts = citizens if role == "citizen" else _staff(connection, role=role, count=wanted.count(role))
        found[role] = [_visitor(connection, role=role, account=account, visiting=visiting) for account in accounts]
    staff = found["caseworker"][0].username
    connection.execute(_SAME_LOGIN, {"staff": staff, "accounts": visiting})
    taken = {role: iter(visitors) for role, visitors in found.items()}
    chosen = (next(taken[role], None) for role in wanted)
    return [visitor for visitor in chosen if visitor is not None]


def make_adviser_of_all(connection: psycopg.Connection[Any], *, username: str) -> None:
    """On the run's own copy: this key person advises every unit, so that one page counts the whole load set."""
    with connection.transaction():
        connection.execute("select set_config('app.actor_id', %s, true)", [str(SYSTEM_ACTOR)])
        connection.execute(_EVERY_UNIT, {"username": username})


def _staff(connection: psycopg.Connection[Any], *, role: str, count: int) -> list[tuple[Any, ...]]:
    return _spread(connection.execute(_STAFF, {"role": role}).fetchall(), count=count)


def _spread(accounts: list[tuple[Any, ...]], *, count: int) -> list[tuple[Any, ...]]:
    """One a municipality first, then a second of each, and so on."""
    seen: dict[str, int] = {}
    ranked = []
    for place, account in enumerate(accounts):
        seen[account[2]] = seen.get(account[2], 0) + 1
        ranked.append((seen[account[2]], place, account))
    return [account for _, _, account in sorted(ranked, key=lambda row: row[:2])[:count]]


def _visitor(
    connection: psycopg.Connection[Any], *, role: str, account: tuple[Any, ...], visiting: list[Any]
) -> Visitor:
    statement = _PEOPLE.format(whose=_WHOSE.get(role, _OWN))
    rows = connection.execute(statement, {"account": account[0], "visiting": visiting}).fetchall()
    all_of_them = connection.execute(_SEES_ALL, {"account": account[0]}).fetchone()
    return Visitor(
        username=account[1],
        role=role,
        municipality=account[2],
        people=tuple(Person(*row) for row in rows),
        sees_municipality=all_of_them == (True,),
    )
