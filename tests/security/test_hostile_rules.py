"""Rule files as an attack: conditions that ask for much work or overflow are refused with file, line and field."""

import time
from pathlib import Path
from textwrap import dedent

import pytest

from jobbro.engines.schemes.expressions import ExpressionError, parse_test
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.loading.conditions import MOST_PARTS
from jobbro.kernel.strict_yaml import ContentError, parse_yaml
from tests.engines.schemes.small_package import FILES, write_package

HUGE = "9" * 400
LABEL = 'label: {da: "x", en: "x"}'


@pytest.mark.parametrize(
    "text",
    [
        *("date(99999999999999999999, 1, 1) == decision_date", f"days > {HUGE}", f"days > -{HUGE}", "days > 1e999"),
        *(f"days * {HUGE} > 1", "days > 1e13", "decision_date + years(10 ** 9) > start_on", "days == 1j", "days > ..."),
        *("__import__('os').system('x') == 1", "days.__class__ == 'a'", "().__class__ == 'a'", "(x := 1) == 1"),
        *("[days for days in days] == 1", "(lambda: 1)() == 1", "f'{days}' == 'a'", "min(*days) > 1", "days == None"),
        *("(" * 220 + "days" + ")" * 220 + " > 1", "-" * 300 + "1 > days", "+".join(["days"] * 200) + " > 1"),
        *("\x00", "", "#", "days == \ud800", "days > 1; days > 2", "days > 1\nimport os", "await days > 1"),
    ],
)
def test_what_is_no_comparison_of_the_language_is_refused_at_once(text: str) -> None:
    began = time.process_time()
    with pytest.raises(ExpressionError):
        parse_test(text)
    assert time.process_time() - began < 1


def _refused(folder: Path, **changed: str) -> str:
    began = time.process_time()
    with pytest.raises(ContentError) as refusal:
        load_package(write_package(folder, **changed))
    assert time.process_time() - began < 5
    return str(refusal.value)


def _derived(count: int, formula: str) -> str:
    lines = [f"- {{code: d0, type: decimal, derive: 'hours + hours', {LABEL}}}"]
    lines += [
        f"- {{code: d{at}, type: decimal, derive: '{formula.format(f'd{at - 1}')}', {LABEL}}}" for at in range(1, count)
    ]
    return dedent(FILES["facts.yaml"]) + "\n".join(lines)


@pytest.mark.parametrize(("count", "formula"), [(40, "{0} + {0}"), (2_000, "{0} + hours")])
def test_derived_facts_that_unfold_without_end_are_refused(tmp_path: Path, count: int, formula: str) -> None:
    assert f"more than {MOST_PARTS} parts" in _refused(tmp_path, facts__yaml=_derived(count, formula))


def test_derived_facts_in_a_long_row_from_behind_are_refused(tmp_path: Path) -> None:
    lines = [f"- {{code: d{at}, type: decimal, derive: 'd{at + 1} + hours', {LABEL}}}" for at in range(1_500)]
    last = f"- {{code: d1500, type: decimal, derive: 'hours + hours', {LABEL}}}"
    _refused(tmp_path, facts__yaml="\n".join([dedent(FILES["facts.yaml"]), *lines, last]))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("facts__yaml", "range: [0, 40]", f"range: [0, {HUGE}]"),
        ("facts__yaml", "range: [0, 40]", "range: [0, 1.0e+300]"),
        ("facts__yaml", "range: [0, 40]", "range: [.nan, 40]"),
        ("facts__yaml", "range: [0, 40]", "range: [0, 40], good_for_days: 99999999999999"),
        ("facts__yaml", "range: [0, 40]", "range: [0, 40], good_for_days: -4"),
        ("facts__yaml", "code: hours", "code: 'hours\"; drop table x'"),
        ("parameters__yaml", "value: 24,", f"value: {HUGE},"),
        ("parameters__yaml", "value: 24,", "value: .inf,"),
        ("contradictions__yaml", "unemployed is true", "unemployed is true or true"),
    ],
)
def test_values_that_overflow_are_refused(tmp_path: Path, file: str, old: str, new: str) -> None:
    _refused(tmp_path, **{file: FILES[file.replace("__", ".")].replace(old, new)})


@pytest.mark.parametrize(
    "content",
    [
        b"a: &a [x, x]\nb: [*a, *a]",
        b"a: !!python/object/apply:os.system ['x']",
        b"[" * 10_000,
        b"- " * 400 + b"x",
        b"a: {" * 60 + b"}" * 60,
        b"\xff\xfe",
        b"a: 1\na: 2",
        b"? [a]\n: b",
        b"a: " + b"9" * 5_000,
        b"x" * 1_000_001,
    ],
)
def test_yaml_that_unfolds_or_runs_something_is_refused(content: bytes) -> None:
    began = time.process_time()
    with pytest.raises(ContentError):
        parse_yaml(content, file="x.yaml")
    assert time.process_time() - began < 2
