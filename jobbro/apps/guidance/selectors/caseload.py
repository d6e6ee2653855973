"""The schemes over a whole caseload by SQL: who could have what, and which one missing fact stands in the way."""
# ruff: noqa: S608 - statements are made of codes of the rules; what a user chose goes in as values

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.models import Case
from jobbro.apps.cases.selectors.rows import CaseRow, by_name, listed_cases, row_of
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import FactDefinition
from jobbro.engines.schemes.sql import quoted
from jobbro.engines.schemes.sql_stages import Stage, numbers_of, stage_of

from .staging import CaseloadQuestion, Scope, counting, staged_of, staged_sql

FEWEST_SHOWN = 5
"""Counts below this are told as few: a smaller one could point at a person."""

PAGE_SIZE = 25


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many citizens; None for a few, which is more than none and less than `FEWEST_SHOWN`."""

    number: int | None

    @property
    def is_few(self) -> bool:
        """Whether the number is kept back."""
        return self.number is None


@dataclass(frozen=True, kw_only=True)
class FactCount:
    """How many citizens lack just this fact."""

    fact: FactDefinition
    count: Count


@dataclass(frozen=True, kw_only=True)
class SchemeCounts:
    """One scheme over the caseload. `likely`: met, or nothing open but what a caseworker judges."""

    scheme: str
    likely: Count
    stages: Mapping[Stage, Count]
    facts: tuple[FactCount, ...]


@dataclass(frozen=True, kw_only=True)
class SchemeCaseload:
    """Every scheme over the caseload. `total` are the citizens counted; kept back when it is a few."""

    scope: Scope
    total: Count
    schemes: tuple[SchemeCounts, ...]


@dataclass(frozen=True, kw_only=True)
class Person:
    """A citizen in the list of one scheme, with the one fact that is missing if it is one."""

    row: CaseRow
    missing: FactDefinition | None


@dataclass(frozen=True, kw_only=True)
class SchemePeople:
    """The citizens of one scheme at one stage, by name."""

    counts: SchemeCounts
    page: "Page[Case]"
    people: tuple[Person, ...]


@dataclass(frozen=True, kw_only=True)
class SchemeColleagues:
    """The counts of one scheme in the unit, and the colleagues to talk to, those with the most citizens first."""

    counts: SchemeCounts
    colleagues: tuple[str, ...]


def scheme_caseload(*, actor: Actor, question: CaseloadQuestion, on: date) -> SchemeCaseload:
    """Every scheme with how many could have it, lack one fact, lack more, or cannot. Raises PermissionDenied."""
    schemes = tuple(load_package().schemes)
    statement, values = staged_sql(actor=actor, question=question, on=on, schemes=schemes)
    rows = _counted(statement, values, question=question, schemes=schemes)
    keeps_back = question.scope == Scope.UNIT
    total = sum(number for scheme, _, _, number in rows if scheme == schemes[0])
    return SchemeCaseload(
        scope=question.scope,
        total=_count(total, keeps_back=keeps_back),
        schemes=tuple(_counts(code, rows, keeps_back=keeps_back) for code in schemes),
    )


def scheme_people(*, actor: Actor, scheme: str, question: CaseloadQuestion, on: date) -> SchemePeople:
    """The actor's citizens at this stage of the scheme, by name. Raises PermissionDenied."""
    if question.scope != Scope.OWN:
        raise PermissionDenied
    statement, values = staged_sql(actor=actor, question=question, on=on, schemes=(scheme,))
    rows = _counted(statement, values, question=question, schemes=(scheme,))
    total = sum(n for _, stage, fact, n in rows if stage == question.stage and question.fact in ("", fact))
    # The part of the statement that is a subquery; what a user chose goes in as values. CASE, for PostgreSQL takes
    # one in 200 to be between two numbers it knows nothing of, and goes through the teams once for each citizen.
    is_there = f"CASE WHEN {quoted(scheme)} BETWEEN %s::integer AND %s::integer THEN TRUE END"
    query = f"{statement} SELECT citizen_id FROM staged WHERE {is_there}"
    wanted = numbers_of(question.stage, fact=question.fact, package=load_package())
    chosen = RawSQL(query, [*values, *wanted])  # noqa: S611
    cases = listed_cases(actor=actor, on=on).filter(In(F("citizen_id"), chosen)).order_by(by_name(), "pk")
    paginator = Paginator(cases, PAGE_SIZE)
    # Known already, so it is not asked for.
    vars(paginator)["count"] = total
    page = paginator.get_page(question.number)
    missing = _missing(scheme, ids=[case.citizen_id for case in page.object_list], on=on)
    people = tuple(
        Person(row=row_of(case=case, on=on), missing=missing.get(case.citizen_id)) for case in page.object_list
    )
    return SchemePeople(counts=_counts(scheme, rows, keeps_back=False), page=page, people=people)


def scheme_colleagues(*, actor: Actor, scheme: str, question: CaseloadQuestion, on: date) -> SchemeColleagues:
    """The unit's counts of one scheme, and whom to talk to about it. Raises PermissionDenied."""
    if question.scope != Scope.UNIT:
        raise PermissionDenied
    statement, values = staged_sql(actor=actor, question=question, on=on, schemes=(scheme,))
    rows = _counted(statement, values, question=question, schemes=(scheme,))
    with counting(question), connection.cursor() as cursor:
        wanted = [numbers_of(stage, fact="", package=load_package()) for stage in _WORTH_A_TALK]
        spans = ", ".join(f"[{first},{last}]" for first, last in wanted)
        cursor.execute(f"{statement} {_TALK_TO.format(quoted(scheme))}", [*values, f"{{{spans}}}"])
        names = tuple(name for (name,) in cursor.fetchall())
    return SchemeColleagues(counts=_counts(scheme, rows, keeps_back=True), colleagues=names)


_WORTH_A_TALK = (Stage.YES, Stage.JUDGEMENT, Stage.ONE_FACT)
_TALK_TO = (
    "SELECT u.display_name FROM guidance_talk_to(array("
    "SELECT citizen_id FROM staged WHERE {} <@ %s::text::int4multirange)) t"
    " JOIN accounts_user u ON u.id = t.user_id ORDER BY t.many DESC, u.display_name"
)


def _counted(
    statement: str, values: list[Any], *, question: CaseloadQuestion, schemes: tuple[str, ...]
) -> list[tuple[str, Stage, str, int]]:
    """How many are at each stage of each scheme. People are read once; a row of the answer has one scheme."""
    columns = ", ".join(quoted(code) for code in schemes)
    sets = ", ".join(f"({quoted(code)})" for code in schemes)
    with counting(question), connection.cursor() as cursor:
        cursor.execute(f"{statement} SELECT count(*), {columns} FROM staged GROUP BY GROUPING SETS ({sets})", values)
        rows = cursor.fetchall()
    return [
        (scheme, *stage_of(number, package=load_package()), count)
        for count, *numbers in rows
        for scheme, number in zip(schemes, numbers, strict=True)
        if number is not None
    ]


def _missing(scheme: str, *, ids: list[UUID], on: date) -> dict[UUID, FactDefinition]:
    """The one fact that each of these citizens lacks."""
    package = load_package()
    statement = staged_of("citizen_id = any(%s::uuid[])", on=on, schemes=(scheme,))
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} SELECT citizen_id, {quoted(scheme)} FROM staged", [ids])
        found = [(citizen_id, stage_of(number, package=package)) for citizen_id, number in cursor.fetchall()]
    return {citizen_id: package.facts[fact] for citizen_id, (_, fact) in found if fact}


def _counts(code: str, rows: list[tuple[str, Stage, str, int]], *, keeps_back: bool) -> SchemeCounts:
    own = [(stage, fact, number) for scheme, stage, fact, number in rows if scheme == code]
    numbers = {stage: sum(number for at, _, number in own if at == stage) for stage in Stage}
    lacking: Counter[str] = Counter()
    for stage, fact, number in own:
        lacking[fact] += number if stage == Stage.ONE_FACT else 0
    facts = sorted(((number, fact) for fact, number in lacking.items() if number), reverse=True)
    known = load_package().facts
    return SchemeCounts(
        scheme=code,
        likely=_count(numbers[Stage.YES] + numbers[Stage.JUDGEMENT], keeps_back=keeps_back),
        stages={stage: _count(number, keeps_back=keeps_back) for stage, number in numbers.items()},
        facts=tuple(FactCount(fact=known[fact], count=_count(n, keeps_back=keeps_back)) for n, fact in facts),
    )


def _count(number: int, *, keeps_back: bool) -> Count:
    return Count(number=None if keeps_back and 0 < number < FEWEST_SHOWN else number)
