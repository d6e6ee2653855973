"""rules/<scheme>.yaml: one scheme with its dated versions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from jobbro.engines.schemes.loading.conditions import Conditions
from jobbro.engines.schemes.loading.texts import read_own_text, read_source, read_text
from jobbro.engines.schemes.rules import Amount, Kind, Node, Note, Scheme, SourceReference, Version, leaves
from jobbro.kernel.content import Place
from jobbro.kernel.vocabulary import SCHEMES

DECIDERS = ("home_municipality", "municipality", "employer", "education")
KINDS: tuple[Kind, ...] = ("right", "discretion")
NOTE_MARKS: tuple[Literal["U", "C", "note"], ...] = ("U", "C", "note")


def read_scheme(place: Place, *, conditions: Conditions) -> Scheme:
    """The scheme of one file."""
    fields = place.fields(
        required=("scheme", "title", "short", "decides", "kind", "versions"),
        optional=("exclusive_with", "choice_with", "combines_with"),
    )
    kind = fields["kind"].one_of(KINDS)
    versions: list[Version] = []
    for item in fields["versions"].items():
        versions.append(_version(item, before=versions, conditions=conditions))
    return Scheme(
        code=fields["scheme"].one_of(SCHEMES),
        title=read_text(fields["title"]),
        short=read_text(fields["short"]),
        decides=fields["decides"].one_of(DECIDERS),
        kind="right" if kind == "right" else "discretion",
        exclusive_with=_codes(fields.get("exclusive_with")),
        combines_with=_codes(fields.get("combines_with")),
        versions=tuple(versions),
        choice_with=_codes(fields.get("choice_with")),
    )


def _codes(place: Place | None) -> tuple[str, ...]:
    if place is None or place.value == []:
        return ()
    if place.value == "all":
        return SCHEMES
    return tuple(item.one_of(SCHEMES) for item in place.items())


def _version(place: Place, *, before: Sequence[Version], conditions: Conditions) -> Version:
    fields = place.fields(
        required=("from", "source"),
        optional=("to", "expected_end", "same_as", "notes", "when", "right_when", "amounts", "next_step"),
    )
    starts = fields["from"].day()
    if before and starts <= before[-1].starts:
        fields["from"].refuse("versions stand in order of their first day, each with its own")
    if before and before[-1].until is not None and starts <= before[-1].until:
        fields["from"].refuse("overlaps the version before it; end that one the day before")
    model = _model(fields["same_as"], before=before) if "same_as" in fields else None
    source = read_source(fields["source"])
    when = _tree(fields, "when", source=source, conditions=conditions) or (model.when if model else None)
    next_step = read_text(fields["next_step"]) if "next_step" in fields else (model.next_step if model else None)
    if when is None or next_step is None:
        place.refuse("the fields 'when' and 'next_step' are needed, or 'same_as'")
    amounts = tuple(_amount(item, source=source, conditions=conditions) for item in _items(fields.get("amounts")))
    right_when = _tree(fields, "right_when", source=source, conditions=conditions)
    version = Version(
        starts=starts,
        until=_day(fields.get("to")),
        expected_end=_day(fields.get("expected_end")),
        source=source,
        notes=tuple(_note(item) for item in _items(fields.get("notes"))),
        when=when,
        right_when=right_when or (model.right_when if model else None),
        amounts=amounts or (model.amounts if model else ()),
        next_step=next_step,
    )
    _check_version(place, version=version)
    return version


def _model(place: Place, *, before: Sequence[Version]) -> Version:
    day = place.day()
    found = next((version for version in before if version.starts == day), None)
    if found is None:
        place.refuse(f"no version before this one starts on {day}")
    return found


def _tree(fields: Mapping[str, Place], name: str, *, source: SourceReference, conditions: Conditions) -> Node | None:
    return conditions.tree(fields[name], inherited=source) if name in fields else None


def _items(place: Place | None) -> tuple[Place, ...]:
    return () if place is None or place.value == [] else place.items()


def _day(place: Place | None) -> date | None:
    return None if place is None else place.day()


def _note(place: Place) -> Note:
    fields = place.fields(required=("mark", "da", "en"))
    mark = fields["mark"].one_of(NOTE_MARKS)
    return Note(mark=next(known for known in NOTE_MARKS if known == mark), text=read_own_text(fields))


def _amount(place: Place, *, source: SourceReference, conditions: Conditions) -> Amount:
    fields = place.fields(required=("code", "title", "unit", "value"), optional=("when", "paragraph"))
    return Amount(
        code=fields["code"].text(),
        title=read_text(fields["title"]),
        unit=fields["unit"].text(),
        value=conditions.expression(fields["value"]),
        when=_tree(fields, "when", source=source, conditions=conditions),
        paragraph=fields["paragraph"].text() if "paragraph" in fields else source.paragraph,
        written=fields["value"].text(),
    )


def _check_version(place: Place, *, version: Version) -> None:
    if version.until is not None and version.until < version.starts:
        place.refuse("the last day is before the first")
    counts = Counter(leaf.id for tree in version.trees for leaf in leaves(tree))
    for code, count in counts.items():
        if count > 1:
            place.refuse(f"the condition id {code!r} is given twice")
    amounts = Counter(amount.code for amount in version.amounts)
    for code, count in amounts.items():
        if count > 1:
            place.refuse(f"the amount {code!r} is given twice")
