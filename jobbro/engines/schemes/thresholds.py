"""Whether the worked examples stand on each threshold and just beyond it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jobbro.engines.schemes.examples import Example
from jobbro.engines.schemes.expressions import DECISION_DATE, Compare, Constant, Test, Value, fact_codes, parts
from jobbro.engines.schemes.facts import FactError, read_facts
from jobbro.engines.schemes.logic import TOLERANCE, value_of
from jobbro.engines.schemes.resolving import fill_test, resolve_scheme
from jobbro.engines.schemes.rules import Package, leaves
from jobbro.engines.schemes.uses import is_comparison, leaves_of

DAY = timedelta(days=1)
DAY_BEFORE_ALL = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Threshold:
    """One comparison by order in the conditions of a scheme."""

    scheme: str
    leaf: str
    test: Compare


@dataclass(kw_only=True)
class Standing:
    """How close the examples come: on the threshold itself, and one step beyond it on the side that turns the test."""

    threshold: Threshold
    is_on: bool = False
    is_beyond: bool = False

    @property
    def is_tested(self) -> bool:
        """Whether both sides are tested."""
        return self.is_on and self.is_beyond


def standings(package: Package, examples: Iterable[Example]) -> tuple[Standing, ...]:
    """Every threshold of the package that has a value of the law on some day, and how the examples stand to it."""
    found = {threshold: Standing(threshold=threshold) for threshold in thresholds(package)}
    for example in examples:
        for threshold in found:
            if threshold.scheme == example.scheme and not found[threshold].is_tested:
                _note(found[threshold], example=example, package=package)
    return tuple(found.values())


def thresholds(package: Package) -> Iterator[Threshold]:
    """The distinct comparisons by order, in the order of the package."""
    seen: set[Threshold] = set()
    for code, scheme in package.schemes.items():
        for version in scheme.versions:
            for leaf in leaves_of(version):
                for test in leaf.readings:
                    if isinstance(test, Compare) and is_comparison(test):
                        threshold = Threshold(code, leaf.id, test)
                        if threshold not in seen and _has_values(test, package=package):
                            seen.add(threshold)
                            yield threshold


def _has_values(test: Test, *, package: Package) -> bool:
    days = [DAY_BEFORE_ALL, *package.changes_on]
    return any(Constant(None) not in set(parts(fill_test(test, package=package, on=on))) for on in days)


def _note(standing: Standing, *, example: Example, package: Package) -> None:
    if not _is_in_force(standing.threshold, example=example, package=package):
        return
    try:
        values = read_facts(dict(example.facts), package=package, on=example.on).known(example.on)
    except FactError:
        return
    test = fill_test(standing.threshold.test, package=package, on=example.on)
    assert isinstance(test, Compare)
    distance = _distance(test, values)
    if distance is None:
        return
    if abs(distance) < TOLERANCE:
        standing.is_on = True
    elif _turns(test, distance) and abs(distance) <= _step(test, values=values) + TOLERANCE:
        standing.is_beyond = True


def _is_in_force(threshold: Threshold, *, example: Example, package: Package) -> bool:
    version = resolve_scheme(package, threshold.scheme, example.on).version
    return version is not None and any(
        leaf.id == threshold.leaf and threshold.test in leaf.readings for tree in version.trees for leaf in leaves(tree)
    )


def _distance(test: Compare, values: Mapping[str, Value]) -> float | None:
    return _difference(value_of(test.left, values), value_of(test.right, values))


def _difference(left: Value, right: Value) -> float | None:
    if isinstance(left, date) and isinstance(right, date):
        return float((left - right).days)
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return float(left - right)
    return None


def _turns(test: Compare, distance: float) -> bool:
    """Whether this side of the threshold has the other verdict than the threshold itself."""
    return distance > 0 if test.operator in ("<=", ">") else distance < 0


def _step(test: Compare, *, values: Mapping[str, Value]) -> float:
    """How far the distance moves when one fact moves by one unit or one day."""
    here = _distance(test, values)
    moved = [
        _distance(test, {**values, code: neighbour})
        for code in (*fact_codes(test), DECISION_DATE)
        for neighbour in _neighbours(values.get(code))
    ]
    return max((abs(there - here) for there in moved if there is not None and here is not None), default=0.0)


def _neighbours(value: Value) -> tuple[Value, ...]:
    if isinstance(value, date):
        return (value - DAY, value + DAY)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (value - 1, value + 1)
    return ()
