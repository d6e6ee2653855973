"""The rules of one scheme as a page for everybody: conditions, values with their year, versions, sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jobbro.engines.schemes.expressions import parameter_codes
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import ParameterDefinition, Scheme, Version, leaves
from jobbro.webkit.schemes import (
    Condition,
    NoteWords,
    SourceWords,
    Telling,
    amount_text,
    condition_tree,
    decides_text,
    language,
    rate_missing,
    source_words,
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A scheme in the list."""

    code: str
    title: str
    short: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A value of the law: in force, or why there is none."""

    label: str
    value: str
    starts: date | None
    until: date | None
    missing: str
    note: str
    source: SourceWords | None


@dataclass(frozen=True, kw_only=True)
class Given:
    """One thing the scheme gives, with what it is reckoned from."""

    title: str
    paragraph: str
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A version of the rules in the list of versions."""

    starts: date
    ends: date | None
    expected_end: date | None
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class SchemePage:
    """Everything the law book says of one scheme on a day; without a version the rules had not begun or had ended."""

    code: str
    title: str
    short: str
    kind: str
    decides: str
    has_version: bool
    rights: tuple[Condition, ...]
    conditions: tuple[Condition, ...]
    gives: tuple[Given, ...]
    rates: tuple[Rate, ...]
    notes: tuple[NoteWords, ...]
    next_step: str
    source: SourceWords | None
    expected_end: date | None
    editions: tuple[Edition, ...]
    excludes: tuple[Entry, ...]


def entries() -> tuple[Entry, ...]:
    """All schemes."""
    return tuple(_entry(scheme) for scheme in load_package().schemes.values())


def _entry(scheme: Scheme) -> Entry:
    return Entry(
        code=scheme.code,
        title=scheme.title.in_language(language()),
        short=scheme.short.in_language(language()),
        kind=scheme.kind,
    )


def scheme_page(code: str, *, on: date) -> SchemePage | None:
    """The page of one scheme on a day; None for a code that is no scheme."""
    package = load_package()
    scheme = package.schemes.get(code)
    if scheme is None:
        return None
    telling = Telling(package=package, on=on)
    version = scheme.in_force(on)
    notes = version.notes if version else ()
    return SchemePage(
        code=code,
        title=telling.text(scheme.title),
        short=telling.text(scheme.short),
        kind=scheme.kind,
        decides=decides_text(scheme.decides),
        has_version=version is not None,
        rights=condition_tree(version.right_when, telling=telling) if version and version.right_when else (),
        conditions=condition_tree(version.when, telling=telling) if version else (),
        gives=tuple(_given(version, telling=telling)) if version else (),
        rates=tuple(_rates(version, telling=telling)) if version else (),
        notes=tuple(NoteWords(mark=note.mark, text=telling.text(note.text)) for note in notes),
        next_step=telling.text(version.next_step) if version else "",
        source=source_words(version.source) if version else None,
        expected_end=version.expected_end if version else None,
        editions=tuple(_editions(scheme, shown=version)),
        excludes=tuple(_entry(package.schemes[other]) for other in scheme.exclusive_with),
    )


def _editions(scheme: Scheme, *, shown: Version | None) -> Iterator[Edition]:
    followers = (*scheme.versions[1:], None)
    for version, follower in zip(scheme.versions, followers, strict=True):
        yield Edition(
            starts=version.starts,
            ends=version.until or (follower.starts - timedelta(days=1) if follower else None),
            expected_end=version.expected_end,
            is_shown=version is shown,
        )


def _given(version: Version, *, telling: Telling) -> Iterator[Given]:
    for amount in version.amounts:
        parameters = [telling.package.parameters[code] for code in sorted(parameter_codes(amount.value))]
        missing = [rate_missing(one, on=telling.on) for one in parameters if _value_of(one, on=telling.on) is None]
        yield Given(title=telling.text(amount.title), paragraph=amount.paragraph, missing=tuple(dict.fromkeys(missing)))


def _rates(version: Version, *, telling: Telling) -> Iterator[Rate]:
    """Every value that the conditions and amounts use; tables of ages are left to the sentences."""
    tests = [test for tree in version.trees for leaf in leaves(tree) for test in leaf.readings]
    values = [amount.value for amount in version.amounts]
    codes = {code for part in (*tests, *values) for code in parameter_codes(part)}
    for code in sorted(codes):
        parameter = telling.package.parameters[code]
        if not any(value.steps for value in parameter.values):
            yield _rate(parameter, telling=telling)


def _rate(parameter: ParameterDefinition, *, telling: Telling) -> Rate:
    value = parameter.in_force(telling.on)
    number = _value_of(parameter, on=telling.on)
    return Rate(
        label=telling.text(parameter.label),
        value="" if number is None else amount_text(number, unit=parameter.unit),
        starts=value.starts if value else None,
        until=value.until if value else None,
        missing=rate_missing(parameter, on=telling.on) if number is None else "",
        note=telling.text(value.note) if value else "",
        source=source_words(value.source) if value else None,
    )


def _value_of(parameter: ParameterDefinition, *, on: date) -> float | None:
    value = parameter.in_force(on)
    return value.value if value else None
