"""A rule package of two schemes in a folder, small enough to reckon by hand; the rules are made up."""

from pathlib import Path
from textwrap import dedent

from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import Package

SOURCE = (
    '{law: "Prøveloven", paragraph: "§ 1", url: "https://www.retsinformation.dk/eli/lta/2020/1", '
    "checked_on: 2026-11-21, mark: V}"
)
Q = 'label: {da: "x", en: "x"}, q: {da: "x?", en: "x?"}'

FILES = {
    "facts.yaml": f"""
        facts:
        - {{code: birth_date, type: date, topic: person, register: true, {Q}}}
        - code: work_form
          type: enum
          topic: job
          label: {{da: "x", en: "x"}}
          q: {{da: "x?", en: "x?"}}
          choices:
          - {{code: employee, da: "x", en: "x"}}
          - {{code: self_employed, da: "x", en: "x"}}
          - {{code: none, da: "x", en: "x"}}
        - {{code: unemployed, type: bool, topic: benefit, {Q}}}
        - {{code: hours, type: decimal, unit: hours_per_week, range: [0, 40], topic: job, {Q}}}
        - {{code: graduated_on, type: date, topic: education, future: true, {Q}}}
        - {{code: start_on, type: date, topic: job, future: true, {Q}}}
        - {{code: days, type: int, unit: days, range: [0, 366], topic: health, sensitive: health, {Q}}}
        - {{code: assessed_lasting, type: bool, topic: health, set_by: [caseworker], sensitive: health, {Q}}}
        - {{code: grown_on, type: date, derive: "birth_date + years(18)", label: {{da: "x", en: "x"}}}}
        - {{code: has_work, type: bool, derive: "work_form != 'none'", label: {{da: "x", en: "x"}}}}
    """,
    "parameters.yaml": f"""
        parameters:
        - code: months_after
          unit: months
          label: {{da: "x", en: "x"}}
          values: [{{from: 2020-01-01, value: 24, source: {SOURCE}}}]
        - code: rate
          unit: kr_per_hour
          yearly: true
          label: {{da: "x", en: "x"}}
          values:
          - {{from: 2024-01-01, value: 100, source: {SOURCE}}}
          - {{from: 2025-01-01, value: 110, source: {SOURCE}}}
        - code: pension_months
          unit: months
          label: {{da: "x", en: "x"}}
          values:
          - from: 2020-01-01
            steps: [{{from: 1900-01-01, value: 780}}, {{from: 1954-01-01, value: 786}}]
            source: {SOURCE}
    """,
    "contradictions.yaml": """
        contradictions:
        - {id: both, all: ["work_form == 'employee'", "unemployed is true"], da: "Begge dele kan ikke passe.", en: "x"}
    """,
    "prior.yaml": """
        shares:
          unemployed: {"true": 0.25, "false": 0.75}
          hours: [10, 20, 30, 37]
    """,
    "rules/isbryder.yaml": f"""
        scheme: isbryder
        title: {{da: "x", en: "x"}}
        short: {{da: "x", en: "x"}}
        decides: home_municipality
        kind: discretion
        versions:
        - from: 2020-01-01
          source: {SOURCE}
          next_step: {{da: "Søg", en: "Apply"}}
          when:
            all:
            - {{id: a1, judgement: true, test: "assessed_lasting is true", da: "x", en: "x"}}
            - id: a2
              test: "start_on <= graduated_on + months(p.months_after)"
              da: "{{p.months_after}} mdr."
              en: "x"
            - any:
              - {{id: a3, test: "days >= 10", da: "x", en: "x"}}
              - {{id: a4, test: "unemployed is true", da: "x", en: "x"}}
            - none:
              - {{id: a5, test: "has_work is false", da: "x", en: "x"}}
          right_when:
            all:
            - {{id: r1, test: "unemployed is true", da: "x", en: "x"}}
            - {{id: r2, test: "days >= 100", da: "x", en: "x"}}
          amounts:
          - code: week
            title: {{da: "x", en: "x"}}
            unit: kr_per_week
            value: "p.rate * hours"
          - code: extra
            title: {{da: "x", en: "x"}}
            unit: kr_per_week
            value: "min(p.rate * hours, 1000)"
            when: {{id: w1, test: "hours > 10", da: "x", en: "x"}}
    """,
    "rules/fleksjob.yaml": f"""
        scheme: fleksjob
        title: {{da: "x", en: "x"}}
        short: {{da: "x", en: "x"}}
        decides: municipality
        kind: right
        versions:
        - from: 2020-01-01
          to: 2025-12-31
          source: {SOURCE}
          next_step: {{da: "Søg", en: "Apply"}}
          when:
            all:
            - id: f1
              test: "decision_date < birth_date + months(lookup(p.pension_months, birth_date))"
              da: "x"
              en: "x"
            - {{id: f2, test: "decision_date >= grown_on", da: "x", en: "x"}}
            - id: f3
              readings: ["days >= 21", "days >= 30"]
              da: "x"
              en: "x"
              mark: C
              note: {{da: "Kilderne er uenige.", en: "x"}}
    """,
}


def write_package(folder: Path, **changed: str) -> Path:
    """The folder with the small package in it; `changed` replaces whole files by name, dots written as __."""
    files = FILES | {name.replace("__", ".").replace("rules_", "rules/"): text for name, text in changed.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder


def small_package(folder: Path) -> Package:
    """The small package, loaded."""
    return load_package(write_package(folder))
