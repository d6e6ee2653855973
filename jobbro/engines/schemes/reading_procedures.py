"""Reading the files of procedures: strict, each error with file, line and field."""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from jobbro.engines.schemes import procedures as shapes
from jobbro.engines.schemes.procedures import FOLDER, Procedure, Procedures, Reference
from jobbro.engines.schemes.rules import Mark, Text
from jobbro.kernel.content import Place, read_fields
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import LANGUAGES

Sources = Mapping[str, Reference]
Read = TypeVar("Read")
_CODE = re.compile(r"[a-z][a-z0-9_]{1,49}")
_MUNICIPALITY = re.compile(r"\d{4}")
_MOST = 366
_HEAD = (
    *("scheme", "title", "short", "sources", "applicants", "to", "payee", "form", "documents", "steps", "fields"),
    *("claims", "complaint", "deadlines", "notes"),
)


@cache
def procedures() -> Procedures:
    """The procedures that are shipped, read once."""
    return read_procedures(FOLDER)


def read_procedures(folder: Path) -> Procedures:
    """The procedures in `folder`, one file a scheme, named by it.

    Raises `ContentError` with file, line and field for a missing or unknown field, an unknown word of a closed list, a
    text that is missing in a language, a code given twice, a number outside its range, a source that is not listed, and
    two deadlines of a municipality that hold on the same day.
    """
    digest = hashlib.sha256()
    found: dict[str, Procedure] = {}
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        found[path.stem] = read_procedure(path)
    if not found:
        raise ContentError(file=folder.name, line=1, field="", reason="holds no procedures")
    return Procedures(by_scheme=found, version=digest.hexdigest())


def read_procedure(path: Path) -> Procedure:
    """The procedure in one file. Raises `ContentError`."""
    head = read_fields(path).fields(required=_HEAD)
    if head["scheme"].text() != path.stem:
        head["scheme"].refuse(f"the file is that of {path.stem!r}; make the two one")
    sources = {code: _source(place) for code, place in _named(head["sources"]).items()}
    return Procedure(
        scheme=head["scheme"].text(),
        title=_text(head["title"]),
        short=_text(head["short"]),
        applicants=tuple(place.one_of(shapes.ACTORS) for place in head["applicants"].items()),
        to=head["to"].one_of(shapes.RECEIVERS),
        payee=head["payee"].one_of(shapes.PAYEES),
        form=_form(head["form"], sources=sources),
        documents=_coded(head["documents"], lambda place: _document(place, sources=sources)),
        steps=_coded(head["steps"], lambda place: _step(place, sources=sources)),
        fields=_coded(head["fields"], _field),
        claims=_claims(head["claims"], sources=sources),
        complaint=_complaint(head["complaint"], sources=sources),
        deadlines=_deadlines(head["deadlines"], sources=sources),
        notes=tuple(_note(place, sources=sources) for place in _list(head["notes"])),
    )


def _source(place: Place) -> Reference:
    row = place.fields(required=("title", "url", "checked_on", "mark"))
    return Reference(
        title=row["title"].text(),
        url=_address(row["url"]),
        checked_on=row["checked_on"].day(),
        mark=_mark(row["mark"]),
    )


def _reference(row: Mapping[str, Place], *, sources: Sources) -> Reference:
    """The source a row names, with the row's own mark where it has one."""
    named = row["source"].one_of(tuple(sources))
    source = sources[named]
    if "mark" not in row:
        return source
    return Reference(title=source.title, url=source.url, checked_on=source.checked_on, mark=_mark(row["mark"]))


def _document(place: Place, *, sources: Sources) -> shapes.NeededDocument:
    row = place.fields(required=("code", "da", "en", "required", "source"), optional=("reference_only", "mark"))
    return shapes.NeededDocument(
        code=_code(row["code"]),
        text=_text_in(row),
        required=row["required"].boolean(),
        reference_only="reference_only" in row and row["reference_only"].boolean(),
        reference=_reference(row, sources=sources),
    )


def _step(place: Place, *, sources: Sources) -> shapes.ProcedureStep:
    row = place.fields(required=("code", "da", "en", "actor", "days", "source"), optional=("mark",))
    return shapes.ProcedureStep(
        code=_code(row["code"]),
        text=_text_in(row),
        actor=row["actor"].one_of(shapes.ACTORS),
        days=_count_or_none(row["days"]),
        reference=_reference(row, sources=sources),
    )


def _field(place: Place) -> shapes.DraftField:
    row = place.fields(required=("code", "label", "kind", "required", "from"), optional=("hint", "choices"))
    kind = row["kind"].one_of(shapes.FIELD_KINDS)
    if (kind == "choice") != ("choices" in row):
        place.refuse("choices belong to a field of the kind choice, and only there")
    return shapes.DraftField(
        code=_code(row["code"]),
        label=_text(row["label"]),
        hint=_text(row["hint"]) if "hint" in row else None,
        kind=kind,
        required=row["required"].boolean(),
        prefill=_prefill(row["from"]),
        choices=_coded(row["choices"], _choice) if "choices" in row else (),
    )


def _choice(place: Place) -> shapes.DraftChoice:
    row = place.fields(required=("code", "da", "en"))
    return shapes.DraftChoice(code=_code(row["code"]), text=_text_in(row))


def _prefill(place: Place) -> str | None:
    """Null, one of the words of a case, or the code of a fact."""
    if place.value is None:
        return None
    return place.text() if place.value in shapes.PREFILL_WORDS else _code(place)


def _form(place: Place, *, sources: Sources) -> shapes.Form:
    row = place.fields(required=("code", "name", "url", "channel", "source"), optional=("mark",))
    return shapes.Form(
        code=None if row["code"].value is None else row["code"].text(),
        name=_text(row["name"]),
        url=_address(row["url"]),
        channel=row["channel"].one_of(shapes.CHANNELS),
        reference=_reference(row, sources=sources),
    )


def _claims(place: Place, *, sources: Sources) -> shapes.ClaimRule | None:
    if place.value is None:
        return None
    row = place.fields(required=("every", "pay_within_days", "back_months", "form", "source"), optional=("mark",))
    return shapes.ClaimRule(
        every=row["every"].one_of(shapes.CLAIM_PERIODS),
        pay_within_days=_count_or_none(row["pay_within_days"]),
        back_months=_count_or_none(row["back_months"]),
        form=_text(row["form"]),
        reference=_reference(row, sources=sources),
    )


def _complaint(place: Place, *, sources: Sources) -> shapes.Complaint:
    row = place.fields(required=("within_weeks", "reconsider_weeks", "to", "text", "source"), optional=("mark",))
    return shapes.Complaint(
        within_weeks=_count(row["within_weeks"]),
        reconsider_weeks=_count_or_none(row["reconsider_weeks"]),
        to=_text(row["to"]),
        text=_text(row["text"]),
        reference=_reference(row, sources=sources),
    )


def _deadlines(place: Place, *, sources: Sources) -> tuple[shapes.DecisionDeadline, ...]:
    found: list[shapes.DecisionDeadline] = []
    for item in _list(place):
        row = _deadline(item, sources=sources)
        if any(row.municipality == other.municipality and _overlap(row, other) for other in found):
            item.refuse(f"{row.municipality} has another deadline for the same days; end the older one first")
        found.append(row)
    return tuple(found)


def _deadline(place: Place, *, sources: Sources) -> shapes.DecisionDeadline:
    row = place.fields(required=("municipality", "value", "unit", "from", "until", "source"), optional=("mark",))
    if not _MUNICIPALITY.fullmatch(row["municipality"].text()):
        row["municipality"].refuse("a municipality is its code of four digits, in quotes")
    start, end = (None if row[name].value is None else row[name].day() for name in ("from", "until"))
    if start and end and end < start:
        row["until"].refuse("ends before it begins")
    return shapes.DecisionDeadline(
        municipality=row["municipality"].text(),
        value=_count(row["value"]),
        unit=row["unit"].one_of(shapes.UNITS),
        from_on=start,
        until_on=end,
        reference=_reference(row, sources=sources),
    )


def _overlap(one: shapes.DecisionDeadline, other: shapes.DecisionDeadline) -> bool:
    start = max(one.from_on or date.min, other.from_on or date.min)
    return start <= min(one.until_on or date.max, other.until_on or date.max)


def _note(place: Place, *, sources: Sources) -> shapes.ProcedureNote:
    row = place.fields(required=("da", "en", "source"), optional=("mark",))
    return shapes.ProcedureNote(text=_text_in(row), reference=_reference(row, sources=sources))


def _named(place: Place) -> Mapping[str, Place]:
    """A map with any names of its own, at least one."""
    if not isinstance(place.value, dict) or not place.value:
        place.refuse("a map with at least one source is expected here")
    return place.fields(required=tuple(place.value))


def _list(place: Place) -> tuple[Place, ...]:
    """A list that may be empty."""
    return () if place.value == [] else place.items()


def _coded(place: Place, read: Callable[[Place], Read]) -> tuple[Read, ...]:
    """A list of rows with a code each, none twice."""
    found: dict[str, Read] = {}
    for item in _list(place):
        row = read(item)
        code = str(row.code)  # type: ignore[attr-defined]
        if code in found:
            item.refuse(f"the code {code!r} is given twice; keep one")
        found[code] = row
    return tuple(found.values())


def _text(place: Place) -> Text:
    return _text_in(place.fields(required=LANGUAGES))


def _text_in(row: Mapping[str, Place]) -> Text:
    return Text(da=row["da"].text(), en=row["en"].text())


def _code(place: Place) -> str:
    if not _CODE.fullmatch(place.text()):
        place.refuse("a code has lower case letters a-z, digits and _")
    return place.text()


def _mark(place: Place) -> Mark:
    return cast(Mark, place.one_of(shapes.MARKS))


def _address(place: Place) -> str | None:
    """A public address, or null where only the name of the place is known."""
    if place.value is None:
        return None
    if not place.text().startswith("https://"):
        place.refuse("an https address is expected here, or null")
    return place.text()


def _count(place: Place) -> int:
    if not 1 <= place.whole() <= _MOST:
        place.refuse(f"a whole number from 1 to {_MOST} is expected here")
    return place.whole()


def _count_or_none(place: Place) -> int | None:
    return None if place.value is None else _count(place)
