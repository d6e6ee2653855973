"""The facts of a caseload and the rules over them as one statement: each citizen and scheme at its stage."""
# ruff: noqa: S608 - statements are made of codes of the rules; what a user chose goes in as values

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.enums import State
from jobbro.apps.cases.models import Case
from jobbro.apps.cases.selectors.rows import around
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.sql import quoted
from jobbro.engines.schemes.sql_stages import Stage, facts_read, stages_sql


class Scope(StrEnum):
    """Own citizens by name, or the unit as counts."""

    OWN = "own"
    UNIT = "unit"


@dataclass(frozen=True, kw_only=True)
class CaseloadQuestion:
    """What to look at. `is_mine`: only citizens the actor is around, not the whole team's or unit's."""

    scope: Scope
    is_mine: bool = False
    stage: Stage = Stage.ONE_FACT
    fact: str = ""
    number: int = 1


def scopes_of(actor: Actor) -> tuple[Scope, ...]:
    """What the actor may look at: own citizens for those who work with them, the unit for key persons."""
    own = (Scope.OWN,) if actor.is_caseworking else ()
    return (*own, Scope.UNIT) if actor.has(Role.KEY_PERSON) else own


def staged_sql(
    *, actor: Actor, question: CaseloadQuestion, on: date, schemes: tuple[str, ...]
) -> tuple[str, list[Any]]:
    """`staged_of` over those whom the question is about, with the values. Raises PermissionDenied."""
    if question.scope not in scopes_of(actor):
        raise PermissionDenied
    ids, values = _citizens(actor=actor, question=question, on=on)
    return staged_of(f"citizen_id IN ({ids})", on=on, schemes=schemes), values


def staged_of(people: str, *, on: date, schemes: tuple[str, ...]) -> str:
    """WITH known (facts that hold today, of `people`), staged (citizen_id, and the number of its stage a scheme).

    OFFSET 0 keeps PostgreSQL from writing the facts into the rules, where they would be worked out many times.
    """
    package = load_package()
    facts = ", ".join(_holding(code, on=on) for code in facts_read(package, on=on, schemes=schemes))
    stages = stages_sql(package, on=on, source="known", key="citizen_id", schemes=schemes)
    return (
        f"WITH known AS (SELECT {', '.join(('citizen_id', facts))} FROM guidance_knownfacts WHERE {people} OFFSET 0),"
        f" staged AS ({stages})"
    )


def _holding(code: str, *, on: date) -> str:
    """A fact, null when its time was over before the day."""
    day = f"DATE '{on.isoformat()}'"
    return (
        f"CASE WHEN next_expiry_on < {day} AND (good_until ->> '{code}')::date < {day} THEN NULL"
        f" ELSE {quoted(code)} END AS {quoted(code)}"
    )


def _citizens(*, actor: Actor, question: CaseloadQuestion, on: date) -> tuple[str, list[Any]]:
    """Whose facts are read: a query of ids with its values."""
    if question.scope == Scope.UNIT:
        return "SELECT unnest(app_advised_citizens())", []
    cases = Case.objects.visible_to(actor).exclude(state=State.CLOSED)
    if question.is_mine:
        cases = cases.filter(around(user_id=actor.id, on=on))
    sql, values = cases.values("citizen_id").query.sql_with_params()
    return sql, list(values)


@contextmanager
def counting(question: CaseloadQuestion) -> Iterator[None]:
    """The statement inside says that it counts; for own citizens there is nothing to say."""
    if question.scope == Scope.OWN:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.counting', 'schemes', true)")
        try:
            yield
        finally:
            cursor.execute("SELECT set_config('app.counting', '', true)")
