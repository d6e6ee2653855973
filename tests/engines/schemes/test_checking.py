"""The rules looked over: what is whole, what nobody uses, and which thresholds no example stands on."""

from datetime import date
from pathlib import Path

import pytest

from jobbro.engines.schemes.checking import Report, check_folder
from jobbro.kernel.strict_yaml import ContentError
from tests.engines.schemes.small_package import FILES, write_package

ON = date(2026, 11, 22)
MET = (
    "{assessed_lasting: true, graduated_on: 2022-06-30, start_on: 2024-06-30, days: 10, unemployed: false, "
    "work_form: employee, hours: 37}"
)
EXAMPLES = f"""
    examples:
    - {{name: "last day", date: 2024-06-30, facts: {MET}, expect: {{outcome: "yes"}}}}
    - {{name: "a day late", base: "last day", facts: {{start_on: 2024-07-01}}, expect: {{outcome: "no"}}}}
    - {{name: "nine days", base: "last day", facts: {{days: 9}}, expect: {{outcome: "no"}}}}
"""


def report(folder: Path, **changed: str) -> Report:
    return check_folder(write_package(folder, **changed), on=ON)


def reasons(found: Report) -> list[str]:
    return [f"{finding.subject}: {finding.reason}" for finding in found.findings]


def test_every_condition_and_value_of_the_small_package_is_covered(tmp_path: Path) -> None:
    coverage = {one.name: (one.covered, one.total) for one in report(tmp_path).coverage}

    assert coverage["conditions"] == (11, 11)
    assert coverage["values"] == (4, 4)
    assert coverage["facts"] == (8, 8)
    assert coverage["thresholds"] == (0, 8)


def test_a_threshold_needs_an_example_on_it_and_one_just_beyond(tmp_path: Path) -> None:
    examples = write_package(tmp_path) / "examples"
    examples.mkdir()
    (examples / "isbryder.yaml").write_text(EXAMPLES, encoding="utf-8")

    found = reasons(check_folder(tmp_path, on=ON))

    assert not any(reason.startswith(("a2:", "a3:")) for reason in found)
    assert "r2: no example stands on the threshold and just beyond it" in found
    assert "w1: no example stands on the threshold and just beyond it" in found


def test_an_example_far_beyond_the_threshold_does_not_test_it(tmp_path: Path) -> None:
    examples = write_package(tmp_path) / "examples"
    examples.mkdir()
    far = EXAMPLES.replace("2024-07-01", "2024-07-09").replace("days: 9", "days: 3")
    (examples / "isbryder.yaml").write_text(far, encoding="utf-8")

    found = reasons(check_folder(tmp_path, on=ON))

    assert "a2: no example stands just beyond it" in found
    assert "a3: no example stands just beyond it" in found


def test_a_fact_and_a_value_that_nothing_uses_are_found_with_their_line(tmp_path: Path) -> None:
    unused = '- {code: idle, type: bool, topic: job, label: {da: "x", en: "x"}, q: {da: "x?", en: "x?"}}'
    facts = FILES["facts.yaml"].rstrip() + f"\n        {unused}\n"
    value = '- {code: spare, unit: months, label: {da: "x", en: "x"}, values: [{from: 2020-01-01, value: 2, source: '
    source = '{law: "P", paragraph: "§ 1", url: "https://x.dk", checked_on: 2026-11-21, mark: V}}]}'
    parameters = FILES["parameters.yaml"].rstrip() + f"\n        {value}{source}\n"

    found = report(tmp_path, facts__yaml=facts, parameters__yaml=parameters).findings

    assert [(one.file, one.subject) for one in found if one.subject in ("idle", "spare")] == [
        ("facts.yaml", "idle"),
        ("parameters.yaml", "spare"),
    ]
    assert all(one.line > 1 for one in found if one.subject in ("idle", "spare"))


def test_a_value_that_is_only_told_says_where_it_belongs(tmp_path: Path) -> None:
    value = '- {code: spare, belongs_to: [fleksjob], label: {da: "x", en: "x"}, values: [{from: 2020-01-01, value: 2, '
    source = 'source: {law: "P", paragraph: "§ 1", url: "https://x.dk", checked_on: 2026-11-21, mark: V}}]}'
    parameters = FILES["parameters.yaml"].rstrip() + f"\n        {value}{source}\n"

    assert not any(reason.startswith("spare") for reason in reasons(report(tmp_path, parameters__yaml=parameters)))


def test_a_derived_fact_that_nothing_uses_is_found(tmp_path: Path) -> None:
    unused = '- {code: old_on, type: date, derive: "birth_date + years(70)", label: {da: "x", en: "x"}}'
    facts = FILES["facts.yaml"].rstrip() + f"\n        {unused}\n"

    assert "old_on: no condition or amount uses this derived fact" in reasons(report(tmp_path, facts__yaml=facts))


def test_a_contradiction_that_can_never_happen_is_found(tmp_path: Path) -> None:
    silent = """
        contradictions:
        - {id: both, all: ["work_form == 'employee'", "work_form == 'none'"], da: "x", en: "x"}
        - {id: late, all: ["start_on < graduated_on", "hours > 37"], da: "x", en: "x"}
    """

    found = reasons(report(tmp_path, contradictions__yaml=silent))

    assert "both: can never happen: its tests exclude each other" in found
    assert not any(reason.startswith("late") for reason in found)


def test_schemes_say_alike_that_they_exclude_each_other(tmp_path: Path) -> None:
    changed = FILES["rules/fleksjob.yaml"].replace("kind: right", "kind: right\n        exclusive_with: [isbryder]")

    found = reasons(report(tmp_path, rules_fleksjob__yaml=changed))

    assert "exclusive_with: isbryder does not say the same of fleksjob" in found


def test_overlapping_versions_are_refused_with_file_and_line(tmp_path: Path) -> None:
    overlapping = FILES["rules/fleksjob.yaml"].rstrip() + (
        "\n        - from: 2025-06-01\n          same_as: 2020-01-01\n          source: "
        '{law: "P", paragraph: "§ 1", url: "https://x.dk", checked_on: 2026-11-21, mark: V}\n'
    )

    with pytest.raises(ContentError, match=r"fleksjob.yaml, line \d+.*overlaps the version before it"):
        report(tmp_path, rules_fleksjob__yaml=overlapping)
