"""A made-up package whose conditions take every form that the language has, to hold the back-ends together."""

from pathlib import Path

from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import Package
from jobbro.kernel.vocabulary import SCHEMES
from tests.engines.schemes.small_package import SOURCE, write_package

NOTE = 'mark: C, note: {da: "x", en: "x"}'
TESTS = (
    "hours * 3 <= 100.5",
    "hours + hours + 0.3 == hours * 2 + 0.3",
    "hours - 0.1 != 0.2",
    "p.rate * hours > 2000",
    "days / 7 > 3",
    "10 / days < 2",
    "max(days, 5) >= 6",
    "min(hours, 20) == 20",
    "min(start_on, graduated_on) < decision_date",
    "max(start_on, birth_date) >= date(2026, 1, 31)",
    "work_form not in ['employee', 'none']",
    "work_form != 'none'",
    "start_on - years(1) > graduated_on",
    "start_on + days(45) >= graduated_on + months(1)",
    "decision_date - months(3) <= start_on",
    "start_on != graduated_on",
    "start_on == decision_date",
    "unemployed == assessed_lasting",
    "unemployed != true",
    "decision_date >= birth_date + months(lookup(p.pension_months, birth_date))",
    "graduated_on < birth_date + months(lookup(p.pension_months, birth_date)) - years(40)",
    "birth_date >= eldest_below(p.pension_months)",
    "start_on > eldest_below(p.pension_months) + months(lookup(p.pension_months, eldest_below(p.pension_months)))",
    "decision_date >= date(2026, 1, 1)",
    "days == 10",
    "true",
)
READINGS = (
    '["days >= 10", "hours >= 10"]',
    '["start_on <= graduated_on", "start_on <= graduated_on + months(1)"]',
    '["true", "false"]',
    '["days >= 100", "true"]',
    '["start_on < date(2026, 7, 1)", "start_on < date(2026, 2, 1)", "decision_date > start_on"]',
)


def every_form(folder: Path) -> Package:
    """A few conditions a scheme, joined by any, none and all in turn."""
    leaves = [f'{{id: t{number}, test: "{test}", da: x, en: x}}' for number, test in enumerate(TESTS)]
    leaves += [f"{{id: r{number}, readings: {texts}, da: x, en: x, {NOTE}}}" for number, texts in enumerate(READINGS)]
    rules = {}
    for number, scheme in enumerate(SCHEMES):
        chosen = ", ".join(leaves[number :: len(SCHEMES)])
        rules[f"rules_{scheme}__yaml"] = f"""
scheme: {scheme}
title: {{da: x, en: x}}
short: {{da: x, en: x}}
decides: municipality
kind: discretion
versions:
- from: 2020-01-01
  source: {SOURCE}
  next_step: {{da: x, en: x}}
  when: {{{("any", "none", "all")[number % 3]}: [{chosen}]}}
"""
    return load_package(write_package(folder, **rules))
