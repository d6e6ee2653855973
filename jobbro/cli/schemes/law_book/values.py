"""The dated values that a scheme uses or is told with."""

from collections.abc import Iterator

from jobbro.cli.schemes.law_book.words import MARKS, age_words, day, table, value_words
from jobbro.engines.schemes.expressions import parameter_codes
from jobbro.engines.schemes.loading.texts import placeholders
from jobbro.engines.schemes.rules import Package, ParameterDefinition, ParameterValue, Scheme
from jobbro.engines.schemes.uses import leaves_of

HEAD = ["værdi", "fra", "til", "", "kilde", "hvor sikkert"]


def values_of(scheme: Scheme, *, package: Package) -> tuple[ParameterDefinition, ...]:
    """The values that its conditions, sentences or amounts use, and those that belong to it, in the package's order."""
    used: set[str] = set()
    for version in scheme.versions:
        for leaf in leaves_of(version):
            used |= placeholders(leaf.text).union(*(parameter_codes(test) for test in leaf.readings))
        used |= frozenset().union(*(parameter_codes(one.value) for one in version.amounts))
    return tuple(one for code, one in package.parameters.items() if code in used or scheme.code in one.belongs_to)


def value_table(parameters: tuple[ParameterDefinition, ...]) -> Iterator[str]:
    """All values with the days on which they hold, then what there is to say about them."""
    yield from table(HEAD, [_cells(one, value) for one in parameters for value in one.values])
    notes = dict.fromkeys(
        f"- {one.label.da}: {value.note.da}" for one in parameters for value in one.values if value.note is not None
    )
    if notes:
        yield ""
        yield from notes


def _cells(parameter: ParameterDefinition, value: ParameterValue) -> list[str]:
    source = f"{value.source.law} {value.source.paragraph}"
    return [
        parameter.label.da,
        day(value.starts),
        day(value.until) if value.until else "",
        _steps(value, unit=parameter.unit) if value.steps else value_words(value.value, unit=parameter.unit),
        source,
        f"{MARKS[value.source.mark]}, set {day(value.source.checked_on)}",
    ]


def _steps(value: ParameterValue, *, unit: str) -> str:
    return "; ".join(
        f"født fra {day(starts)}: {age_words(step) if unit == 'months' else value_words(step, unit=unit)}"
        for starts, step in value.steps
    )
