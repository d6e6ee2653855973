"""PostgreSQL gives every person the verdicts and the blocking facts that the scalar rules give."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import psycopg
import pytest

from jobbro.cli.embedded import EmbeddedPostgres
from jobbro.engines.schemes.deciding import decider_of
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import Package
from jobbro.engines.schemes.sql import caseload_sql, column_type, count_sql, quoted
from jobbro.engines.schemes.sql_stages import Stage, facts_read, numbers_of, stage_of, stages_sql
from tests.engines.schemes.every_form import every_form
from tests.engines.schemes.people import ON, random_values

PACKAGE = load_package()
Verdicts = dict[str, tuple[bool | None, list[str]]]


def scalar(values: dict[str, Value], *, package: Package, on: date) -> Verdicts:
    decider = decider_of(resolve(package, on))
    findings = decider.findings(values)
    found: Verdicts = {}
    for scheme in package.schemes:
        verdict, mask = decider.roots[scheme](findings) if scheme in decider.roots else (None, 0)
        found[scheme] = verdict, decider.codes(mask)
    return found


def store(
    connection: psycopg.Connection[tuple[object, ...]], people: list[dict[str, Value]], *, package: Package
) -> None:
    columns = ", ".join(f"{quoted(code)} {column_type(fact)}" for code, fact in package.facts.items())
    connection.execute(f"CREATE TEMPORARY TABLE told (person integer, {columns})")
    with connection.cursor().copy("COPY told FROM STDIN") as copy:
        for number, values in enumerate(people):
            copy.write_row((number, *(values.get(code) for code in package.facts)))


@pytest.mark.parametrize("on", [ON, date(2024, 8, 30), date(1900, 1, 1)])
def test_postgres_equals_scalar(postgres: EmbeddedPostgres, on: date) -> None:
    assert_equal(postgres, package=PACKAGE, on=on)


@pytest.mark.parametrize("on", [date(2026, 3, 31), date(2025, 2, 28)])
def test_every_form_of_condition_is_the_same_in_postgres(postgres: EmbeddedPostgres, on: date, tmp_path: Path) -> None:
    assert_equal(postgres, package=every_form(tmp_path), on=on)


def assert_equal(postgres: EmbeddedPostgres, *, package: Package, on: date) -> None:
    random = Random(on.toordinal())
    people = [random_values(package, random=random, on=on) for _ in range(1500)]
    expected = [scalar(values, package=package, on=on) for values in people]
    with psycopg.connect(postgres.start().superuser_url) as connection:
        store(connection, people, package=package)
        rows = connection.execute(caseload_sql(package, on=on, source="told", key="person")).fetchall()
        counted = connection.execute(count_sql(package, on=on, source="told")).fetchone()
        schemes = tuple(package.schemes)
        staged = connection.execute(stages_sql(package, on=on, source="told", key="person", schemes=schemes)).fetchall()
    for number, *stages in staged:
        wanted = [stage_by_hand(expected[number][scheme], package=package) for scheme in schemes]
        assert [stage_of(stage, package=package) for stage in stages] == wanted
    for number, *cells in rows:
        pairs = list(zip(cells[::2], cells[1::2], strict=True))
        assert dict(zip(package.schemes, pairs, strict=True)) == expected[number]
    counts = Counter((scheme, verdict) for person in expected for scheme, (verdict, _) in person.items())
    assert counted == tuple(counts[scheme, verdict] for scheme in package.schemes for verdict in (True, False, None))


def stage_by_hand(finding: tuple[bool | None, list[str]], *, package: Package) -> tuple[Stage, str]:
    verdict, blocking = finding
    if verdict is not None:
        return Stage.YES if verdict else Stage.NO, ""
    told = [code for code in blocking if not package.facts[code].is_assessed]
    if len(told) == 1:
        return Stage.ONE_FACT, told[0]
    return Stage.MORE_FACTS if told else Stage.JUDGEMENT if blocking else Stage.DISPUTED, ""


def test_the_numbers_of_a_stage_are_read_as_that_stage() -> None:
    wanted = [(stage, "") for stage in Stage if stage != Stage.ONE_FACT]
    for said in (*wanted, *((Stage.ONE_FACT, fact) for fact in PACKAGE.facts)):
        numbers = numbers_of(said[0], fact=said[1], package=PACKAGE)
        assert [stage_of(number, package=PACKAGE) for number in numbers] == [said, said]


def test_nobody_lacks_a_fact_at_another_stage_or_one_that_is_none() -> None:
    for stage, fact in ((Stage.YES, "benefit"), (Stage.ONE_FACT, "nothing"), (Stage.MORE_FACTS, "benefit")):
        first, last = numbers_of(stage, fact=fact, package=PACKAGE)
        assert first == last == 2**31 - 1


def test_some_schemes_need_only_their_own_facts() -> None:
    query = caseload_sql(PACKAGE, on=ON, source="told", key="person", schemes=("stu",))
    assert '"stu_blocking"' in query
    assert '"isbryder"' not in query
    assert '"hours_per_week"' not in query


def test_names_are_quoted() -> None:
    assert quoted('a"b') == '"a""b"'
    assert 'FROM "a""; drop"' in caseload_sql(PACKAGE, on=ON, source='a"; drop', key="person")


def test_a_stage_needs_only_the_facts_of_its_scheme() -> None:
    query = stages_sql(PACKAGE, on=ON, source="told", key="person", schemes=("stu",))
    facts = facts_read(PACKAGE, on=ON, schemes=("stu",))
    assert set(facts) == {"birth_date", "stu_start_on", "schooling_done", "registered_in_municipality",
                          "assessed_other_youth_education_out_of_reach"}  # fmt: skip
    assert all(quoted(code) in query for code in facts)
    assert '"hours_per_week"' not in query
