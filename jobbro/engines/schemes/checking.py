"""What those who keep the rules must mend: gaps in the sources, facts nobody reads, thresholds nobody tested."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jobbro.engines.schemes.examples import Example, read_examples
from jobbro.engines.schemes.loading import FOLDER, load_package
from jobbro.engines.schemes.reading_procedures import read_procedures
from jobbro.engines.schemes.resolving import fill_test
from jobbro.engines.schemes.rules import FactDefinition, Leaf, Package, SourceReference, Text
from jobbro.engines.schemes.satisfying import holding
from jobbro.engines.schemes.thresholds import Standing, standings
from jobbro.engines.schemes.uses import derived_used, leaves_of, parameters_used, schemes_using
from jobbro.kernel.strict_yaml import read_yaml
from jobbro.kernel.vocabulary import SCHEMES


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing to mend: where it stands and what is wrong."""

    file: str
    line: int
    subject: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.subject}: {self.reason}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How many of some things have all that they must have."""

    name: str
    demand: str
    covered: int
    total: int

    @property
    def percent(self) -> float:
        """Of a hundred; 100 when there is nothing to cover."""
        return 100.0 * self.covered / self.total if self.total else 100.0


@dataclass(frozen=True, kw_only=True)
class Report:
    """A package looked over: figures, how sure the sources are and when they were read, and what must be mended."""

    package: Package
    coverage: tuple[Coverage, ...]
    marks: Mapping[str, int]
    read_on: tuple[date, date]
    findings: tuple[Finding, ...]


def check_folder(folder: Path = FOLDER, *, on: date) -> Report:
    """The package in `folder` looked over; `on` is the day on which contradictions must be able to happen.

    Raises `ContentError` with file, line and field when it cannot be loaded at all: then nothing else is looked at.
    """
    package = load_package(folder)
    examples = read_examples(folder)
    prefilled = _prefilled(folder / "procedures")
    stood = standings(package, examples)
    lines = _Lines(folder)
    findings = (
        *_missing_schemes(package, examples=examples),
        *_uncovered(package, lines=lines),
        *_dangling_facts(package, prefilled=prefilled, lines=lines),
        *_dangling_parameters(package, lines=lines),
        *_untested(stood, lines=lines),
        *_silent(package, on=on, lines=lines),
        *_one_sided(package, lines=lines),
    )
    return Report(
        package=package,
        coverage=(*_coverage(package), _tested(stood)),
        marks=Counter(source.mark for source in _sources(package)),
        read_on=_first_and_last(source.checked_on for source in _sources(package)),
        findings=findings,
    )


def _coverage(package: Package) -> Iterator[Coverage]:
    conditions = _conditions(package)
    yield Coverage(
        name="conditions",
        demand="sentence, paragraph, source, date of check, question",
        covered=sum(_is_whole(leaf, package=package) for _, leaf in conditions),
        total=len(conditions),
    )
    values = [value for parameter in package.parameters.values() for value in parameter.values]
    yield Coverage(
        name="values",
        demand="paragraph, source, date of check, label",
        covered=sum(
            _is_sourced(value.source) and _is_said(parameter.label)
            for parameter in package.parameters.values()
            for value in parameter.values
        ),
        total=len(values),
    )
    yield Coverage(
        name="facts",
        demand="question and label in both languages",
        covered=sum(_is_asked(fact) for fact in package.facts.values()),
        total=len(package.facts),
    )


def _first_and_last(days: Iterable[date]) -> tuple[date, date]:
    in_order = sorted(days)
    return in_order[0], in_order[-1]


def _tested(stood: tuple[Standing, ...]) -> Coverage:
    return Coverage(
        name="thresholds",
        demand="an example on it and one just beyond it",
        covered=sum(standing.is_tested for standing in stood),
        total=len(stood),
    )


def _conditions(package: Package) -> tuple[tuple[str, Leaf], ...]:
    return tuple(
        (code, leaf)
        for code, scheme in package.schemes.items()
        for version in scheme.versions
        for leaf in leaves_of(version)
    )


def _sources(package: Package) -> Iterator[SourceReference]:
    yield from (leaf.source for _, leaf in _conditions(package))
    yield from (value.source for parameter in package.parameters.values() for value in parameter.values)


def _is_whole(leaf: Leaf, *, package: Package) -> bool:
    is_asked = all(_is_asked(package.facts[code]) for code in leaf.facts)
    return _is_said(leaf.text) and _is_sourced(leaf.source) and is_asked


def _is_said(text: Text | None) -> bool:
    return text is not None and bool(text.da and text.en)


def _is_sourced(source: SourceReference) -> bool:
    return bool(source.law and source.paragraph and source.url and source.checked_on)


def _is_asked(fact: FactDefinition) -> bool:
    return _is_said(fact.question) and _is_said(fact.label)


def _missing_schemes(package: Package, *, examples: Iterable[Example]) -> Iterator[Finding]:
    worked = {example.scheme for example in examples}
    for code in SCHEMES:
        for folder, known in (("rules", package.schemes), ("examples", worked)):
            if code not in known:
                yield Finding(file=f"{folder}/{code}.yaml", line=1, subject=code, reason="the file is not there")


def _uncovered(package: Package, *, lines: "_Lines") -> Iterator[Finding]:
    for code, leaf in _conditions(package):
        if not _is_whole(leaf, package=package):
            yield lines.finding(
                f"rules/{code}.yaml", leaf.id, "needs a sentence, a source and a question for each fact"
            )
    for parameter in package.parameters.values():
        for value in parameter.values:
            if not _is_sourced(value.source):
                yield lines.finding("parameters.yaml", parameter.code, f"the value from {value.starts} has no source")


def _prefilled(folder: Path) -> frozenset[str | None]:
    """The facts that fill in a field of an application."""
    forms = read_procedures(folder).by_scheme.values() if folder.is_dir() else ()
    return frozenset(field.prefill for form in forms for field in form.fields)


def _dangling_facts(package: Package, *, prefilled: frozenset[str | None], lines: "_Lines") -> Iterator[Finding]:
    using = schemes_using(package)
    for code in package.facts:
        if not using[code] and code not in prefilled:
            yield lines.finding("facts.yaml", code, "no condition, amount or application form uses this fact")
    for code in sorted(set(package.derived) - derived_used(package)):
        yield lines.finding("facts.yaml", code, "no condition or amount uses this derived fact")


def _dangling_parameters(package: Package, *, lines: "_Lines") -> Iterator[Finding]:
    used = parameters_used(package)
    for code, parameter in package.parameters.items():
        if code not in used and not parameter.belongs_to:
            yield lines.finding(
                "parameters.yaml", code, "no condition, amount or sentence uses it; use it, or say where it belongs_to"
            )


def _untested(stood: tuple[Standing, ...], *, lines: "_Lines") -> Iterator[Finding]:
    for standing in stood:
        if not standing.is_tested:
            where = " and ".join(
                place
                for place, is_there in (("on the threshold", standing.is_on), ("just beyond it", standing.is_beyond))
                if not is_there
            )
            leaf = standing.threshold.leaf
            yield lines.finding(f"rules/{standing.threshold.scheme}.yaml", leaf, f"no example stands {where}")


def _silent(package: Package, *, on: date, lines: "_Lines") -> Iterator[Finding]:
    for contradiction in package.contradictions:
        tests = [fill_test(test, package=package, on=on) for test in contradiction.tests]
        if holding(tests, package=package, on=on) is None:
            yield lines.finding(
                "contradictions.yaml", contradiction.id, "can never happen: its tests exclude each other"
            )


def _one_sided(package: Package, *, lines: "_Lines") -> Iterator[Finding]:
    for code, scheme in package.schemes.items():
        for name in ("exclusive_with", "choice_with"):
            for other in getattr(scheme, name):
                if other in package.schemes and code not in getattr(package.schemes[other], name):
                    yield lines.finding(f"rules/{code}.yaml", name, f"{other} does not say the same of {code}")
        for other in scheme.choice_with:
            if other not in scheme.exclusive_with:
                yield lines.finding(f"rules/{code}.yaml", "choice_with", f"{other} must stand under exclusive_with too")
        for other in scheme.exclusive_with:
            if other in scheme.combines_with and scheme.combines_with != SCHEMES:
                yield lines.finding(f"rules/{code}.yaml", "combines_with", f"{other} stands under exclusive_with too")


class _Lines:
    """The line of a code in a file of the package."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[str, Mapping[str, int]] = {}

    def finding(self, file: str, code: str, reason: str) -> Finding:
        if file not in self.known:
            self.known[file] = _lines_of(self.folder / file)
        return Finding(file=file, line=self.known[file].get(code, 1), subject=code, reason=reason)


def _lines_of(path: Path) -> Mapping[str, int]:
    document = read_yaml(path)
    found: dict[str, int] = {}
    for code, field in _named(document.value, ""):
        found.setdefault(code, document.lines.get(field, 1))
    for field, line in document.lines.items():
        found.setdefault(field.rsplit(".", 1)[-1], line)
    return found


def _named(value: object, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key in ("id", "code"):
            if isinstance(value.get(key), str):
                yield value[key], field
        for key, child in value.items():
            yield from _named(child, f"{field}.{key}" if field else key)
    elif isinstance(value, list):
        for at, child in enumerate(value):
            yield from _named(child, f"{field}[{at}]")
