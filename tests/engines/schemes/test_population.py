"""The made-up population is the same for the same seed, goes together, and contradicts nothing."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from jobbro.engines.schemes.columns import fact_columns, outcomes
from jobbro.engines.schemes.facts import read_facts
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.population import population, with_unknowns
from tests.engines.schemes.people import ON

PACKAGE = load_package()


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return population(PACKAGE, size=1500, on=ON, seed=1)


def test_the_same_seed_gives_the_same_people(people: pl.DataFrame) -> None:
    assert people.equals(population(PACKAGE, size=1500, on=ON, seed=1))
    assert not people.equals(population(PACKAGE, size=1500, on=ON, seed=2))


def test_everybody_can_be_told_of_without_a_contradiction(people: pl.DataFrame) -> None:
    assert fact_columns(people, package=PACKAGE).equals(people)
    for row in people.head(300).iter_rows(named=True):
        read_facts({code: value for code, value in row.items() if value is not None}, package=PACKAGE, on=ON)


def test_shares_are_those_of_the_prior_and_facts_of_a_topic_go_together(people: pl.DataFrame) -> None:
    for code in ("written_agreement", "staff_consulted", "assessed_disability"):
        shares = dict(PACKAGE.prior[code])
        assert people[code].mean() == pytest.approx(shares[True], abs=0.05)
    pair = people.select(pl.col("assessed_lasting_impairment", "assessed_disability").cast(pl.Float64))
    assert pair.select(pl.corr(*pair.columns)).item() > 0.1


def test_job_income_and_age_are_in_line(people: pl.DataFrame) -> None:
    young = people.filter(pl.col("benefit") == "education_ready")["birth_date"]
    assert all(born > ON - timedelta(days=int(30.5 * 365.25)) for born in young)
    assert people.filter(pl.col("benefit") == "wage")["unemployed"].sum() == 0
    assert set(people.filter(pl.col("work_form") == "fleksjob")["benefit"]) <= {"fleksjob_approved"}


def test_what_is_left_out_settles_no_scheme_otherwise(people: pl.DataFrame) -> None:
    partial = with_unknowns(people, package=PACKAGE, known=0.5, seed=3)
    share = 1 - sum(partial.null_count().row(0)) / (partial.height * partial.width)
    assert 0.4 < share < 0.6
    before, after = (outcomes(frame, package=PACKAGE, on=ON) for frame in (partial, people))
    for scheme in before.columns:
        settled = before[scheme].is_not_null()
        assert before[scheme].filter(settled).equals(after[scheme].filter(settled))
    assert with_unknowns(people, package=PACKAGE, known=1.0, seed=3).equals(people)
