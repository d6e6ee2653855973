"""A made-up population with every fact known, the same for the same seed: to try rules on, never to draw figures from.

Facts go together as in life. Each person has a hidden standing in every topic, and all topics share one part, so that
who has much in one has more in the next (a Gaussian copula: R. B. Nelsen, An Introduction to Copulas, 2006, § 2.3).
Shares are those of `prior.yaml`. Job, income and age are then brought in line. Where facts still contradict each other
the one named last has no answer: who was never admitted has no day of discharge.
"""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jobbro.engines.schemes.columns import column_type, test_column
from jobbro.engines.schemes.expressions import Value, fact_codes
from jobbro.engines.schemes.resolving import fill_test
from jobbro.engines.schemes.rules import TOPICS, FactDefinition, Package

SHARED, TOPIC = 0.35, 0.45
"""How much of a fact's standing is the person's, and how much the topic's; the rest is its own."""

GRID = 4097
Reals = NDArray[np.float64]

INCOME_IN = {
    "employee": ("wage", "sickness_benefit", "job_clarification", "student_or_graduate"),
    "self_employed": ("own_business", "sickness_benefit", "job_clarification", "fleksjob_approved"),
    "fleksjob": ("fleksjob_approved",),
    "seniorjob": ("seniorjob_wage",),
}
"""What people in a job of a kind live on; anything but a wage or a business goes with the others."""

EARNED = ("wage", "own_business", "seniorjob_wage")
NEEDED = {"work_form", "benefit", "unemployed", "birth_date", "start_on", "agreement_renewal", "written_agreement"}
AGES = {
    "under_18": (16, 18),
    "education_ready": (18, 30),
    "education_obviously_ready": (18, 30),
    "education_activity_ready": (18, 30),
    "student_or_graduate": (19, 35),
    "state_pension": (71, 80),
    "early_retirement_pay": (64, 67),
    "fleksydelse": (64, 67),
    "senior_pension": (61, 67),
    "early_pension": (61, 67),
}
"""Least age and the age not yet reached, for what only people of some age live on."""


def population(package: Package, *, size: int, on: date, seed: int) -> pl.DataFrame:
    """`size` people on the day `on` without contradictions: a column a fact, unknown only what has no answer."""
    return _without_contradictions(
        _Draw(package=package, on=on, random=np.random.default_rng(seed), size=size).frame(), package=package, on=on
    )


def with_unknowns(frame: pl.DataFrame, *, package: Package, known: float, seed: int) -> pl.DataFrame:
    """The same people with about a share `known` of the facts, more of the register's; and some people tell more."""
    random = np.random.default_rng(seed)
    telling = random.normal(size=frame.height)
    columns = []
    for code, fact in package.facts.items():
        share = (1 + known) / 2 if fact.is_register else known
        standing = _shares_below(0.5 * telling + 0.866 * random.normal(size=frame.height))
        columns.append(pl.when(pl.Series(standing) < share).then(pl.col(code)).alias(code))
    return frame.select(columns)


def _without_contradictions(frame: pl.DataFrame, *, package: Package, on: date) -> pl.DataFrame:
    for contradiction in package.contradictions:
        tests = [fill_test(test, package=package, on=on) for test in contradiction.tests]
        holds = reduce(and_, (test_column(test, package=package, on=on) for test in tests)).fill_null(False)
        named_last = min(fact_codes(tests[-1]), key=lambda code: (package.facts[code].is_register, code))
        frame = frame.with_columns(pl.when(~holds).then(pl.col(named_last)).alias(named_last))
    return frame


@dataclass(frozen=True, kw_only=True)
class _Draw:
    package: Package
    on: date
    random: np.random.Generator
    size: int

    def frame(self) -> pl.DataFrame:
        person = self.random.normal(size=self.size)
        topics = {topic: self.random.normal(size=self.size) for topic in TOPICS}
        columns = {}
        for code, fact in self.package.facts.items():
            own = self.random.normal(size=self.size) * (1 - SHARED**2 - TOPIC**2) ** 0.5
            standing = _shares_below(SHARED * person + TOPIC * topics[fact.topic] + own)
            columns[code] = _values(fact, self.package.prior.get(fact.code, ()), standing=standing, on=self.on)
        return self._in_line(pl.DataFrame(columns))

    def _in_line(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Income after the job, age after the income, unemployment after both; no renewal without an agreement."""
        if not set(frame.columns) >= NEEDED:
            return frame
        frame = frame.with_columns(self._incomes(frame["work_form"]))
        frame = frame.with_columns(self._births(frame))
        has_begun = pl.col("start_on") <= self.on
        is_at_work = pl.col("work_form").is_in(["fleksjob", "seniorjob", "employee"]) & has_begun
        return frame.with_columns(
            unemployed=(pl.col("unemployed") | pl.col("benefit").eq("self_supporting_unemployed"))
            & ~is_at_work
            & ~pl.col("benefit").is_in(EARNED),
            agreement_renewal=pl.col("agreement_renewal") & pl.col("written_agreement"),
        )

    def _incomes(self, work_form: pl.Series) -> pl.Series:
        shares = {str(code): share for code, share in self.package.prior["benefit"]}
        chosen = np.empty(self.size, dtype=object)
        forms = work_form.to_numpy()
        for form in {choice.code for choice in self.package.facts["work_form"].choices}:
            rows = np.flatnonzero(forms == form)
            allowed = [code for code in INCOME_IN.get(form, shares) if form in INCOME_IN or code not in EARNED]
            weights = np.array([shares[code] for code in allowed])
            chosen[rows] = self.random.choice(
                np.array(allowed, dtype=object), size=len(rows), p=weights / weights.sum()
            )
        return pl.Series("benefit", chosen.tolist(), dtype=column_type(self.package.facts["benefit"]))

    def _births(self, frame: pl.DataFrame) -> pl.Series:
        births = frame["birth_date"].to_numpy().astype("datetime64[D]")
        incomes = frame["benefit"].to_numpy()
        today = np.datetime64(self.on)
        for income, (least, below) in AGES.items():
            rows = np.flatnonzero(incomes == income)
            days = self.random.integers(int(least * 365.25) + 1, int(below * 365.25) - 1, size=len(rows))
            births[rows] = today - days
        return pl.Series("birth_date", births).cast(pl.Date)


def _shares_below(standing: Reals) -> Reals:
    """The normal distribution function of each, to four digits, for a standing of variance 1."""
    grid = np.linspace(-5, 5, GRID)
    density = np.exp(-(grid**2) / 2)
    below = np.cumsum(density) / density.sum()
    found: Reals = np.interp(standing, grid, below)
    return found


def _values(fact: FactDefinition, shares: tuple[tuple[Value, float], ...], *, standing: Reals, on: date) -> pl.Series:
    if fact.type in ("bool", "enum"):
        return _chosen(fact, shares, standing=standing)
    points = [float(value) for value, _ in shares if isinstance(value, (int, float))]
    low, high = fact.range or (-36500.0, 36500.0 if fact.may_be_future else 0.0)
    if not points:
        points = [low, high] if fact.range else [-3650.0, 365.0 if fact.may_be_future else 0.0]
    at = (np.arange(len(points)) + 0.5) / len(points)
    numbers = np.clip(np.interp(standing, at, points), low, high)
    if fact.type == "date":
        return pl.Series(np.datetime64(on) + np.rint(numbers).astype(np.int64).astype("timedelta64[D]")).cast(pl.Date)
    if fact.type == "int":
        return pl.Series(np.rint(numbers).astype(np.int64))
    return pl.Series(np.rint(numbers * 2) / 2)


def _chosen(fact: FactDefinition, shares: tuple[tuple[Value, float], ...], *, standing: Reals) -> pl.Series:
    if not shares:
        values: list[Value] = [True, False] if fact.type == "bool" else [choice.code for choice in fact.choices]
        shares = tuple((value, 1 / len(values)) for value in values)
    bounds = np.cumsum([share for _, share in shares])[:-1]
    numbers = np.searchsorted(bounds, standing, side="right")
    if fact.type == "bool":
        return pl.Series(np.array([bool(value) for value, _ in shares])[numbers])
    codes = pl.Series([str(value) for value, _ in shares], dtype=column_type(fact))
    return codes.gather(pl.Series(numbers, dtype=pl.UInt32))
