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
from jobbro.engines.schemes.sql import caseload_sql, quoted


class Scope(StrEnum):
    """Own citizens by name, or the unit as counts."""

    OWN = "own"
    UNIT = "unit"


class Stage(StrEnum):
    """How far a scheme is for a citizen. `judgement`: nothing is open but what a caseworker judges."""

    YES = "yes"
    JUDGEMENT = "judgement"
    ONE_FACT = "one_fact"
    MORE_FACTS = "more_facts"
    DISPUTED = "disputed"
    NO = "no"


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
    """WITH known (facts that hold today), people (the rules), staged (citizen_id, scheme, stage, fact).

    OFFSET 0 keeps PostgreSQL from writing the rules into the outer query, where they would be worked out many times.
    """
    if question.scope not in scopes_of(actor):
        raise PermissionDenied
    ids, values = _citizens(actor=actor, question=question, on=on)
    judged = caseload_sql(load_package(), on=on, source="known", key="citizen_id", schemes=schemes)
    pairs = ", ".join(f"('{code}', {quoted(code)}, {quoted(f'{code}_blocking')})" for code in schemes)
    return (
        f"WITH known AS (SELECT citizen_id, {_columns(on)} FROM guidance_knownfacts WHERE citizen_id IN ({ids})),"
        f" people AS ({judged} OFFSET 0),"
        " staged AS (SELECT citizen_id, scheme, stage, CASE WHEN stage = 'one_fact' THEN blocking[1] END AS fact"
        f" FROM people CROSS JOIN LATERAL (VALUES {pairs}) AS answered (scheme, verdict, blocking)"
        f" CROSS JOIN LATERAL (SELECT {_STAGE} AS stage) AS sorted)",
        values,
    )


# Facts that people can tell come before judgements in the order of the package, so two places say enough.
_STAGE = (
    "CASE WHEN verdict THEN 'yes' WHEN NOT verdict THEN 'no' WHEN blocking[1] IS NULL THEN 'disputed'"
    " WHEN left(blocking[1], 9) = 'assessed_' THEN 'judgement'"
    " WHEN blocking[2] IS NULL OR left(blocking[2], 9) = 'assessed_' THEN 'one_fact' ELSE 'more_facts' END"
)


def _columns(on: date) -> str:
    """Every fact, null when its time was over before the day."""
    day = f"DATE '{on.isoformat()}'"
    return ", ".join(
        f"CASE WHEN next_expiry_on < {day} AND (good_until ->> '{code}')::date < {day} THEN NULL"
        f" ELSE {quoted(code)} END AS {quoted(code)}"
        for code in load_package().facts
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
