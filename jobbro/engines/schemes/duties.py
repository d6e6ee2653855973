"""The employer's duty of reasonable accommodation, told beside what the schemes relieve; it decides no scheme."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobbro.engines.schemes.loading.texts import read_mark, read_own_text, read_source, read_text
from jobbro.engines.schemes.rules import Mark, Note, SourceReference, Text
from jobbro.kernel.content import Place, read_fields

FOLDER = Path(__file__).with_name("package") / "duties"


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One sentence of the duty with its paragraph and how sure it is."""

    code: str
    text: Text
    paragraph: str
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A duty beside the schemes. `relieved_by` says, by scheme code, what public support takes off it."""

    code: str
    title: Text
    short: Text
    source: SourceReference
    notes: tuple[Note, ...]
    statements: tuple[Statement, ...]
    relieved_by: Mapping[str, Text]
    complaint_to: Text
    complaint: Text
    outside_work: tuple[Statement, ...]


@cache
def load_duty(code: str = "reasonable_accommodation") -> Duty:
    """The duty in the file of that name. Raises `ContentError` with file, line and field."""
    fields = read_fields(FOLDER / f"{code}.yaml").fields(
        required=("duty", "title", "short", "source", "notes", "statements", "relieved_by", "complaint", "outside_work")
    )
    complaint = fields["complaint"].fields(required=("to", "text", "mark"))
    return Duty(
        code=fields["duty"].one_of((code,)),
        title=read_text(fields["title"]),
        short=read_text(fields["short"]),
        source=read_source(fields["source"]),
        notes=tuple(_note(place) for place in fields["notes"].items()),
        statements=tuple(_statement(place, where="paragraph") for place in fields["statements"].items()),
        relieved_by=dict(_relief(place) for place in fields["relieved_by"].items()),
        complaint_to=read_text(complaint["to"]),
        complaint=read_text(complaint["text"]),
        outside_work=tuple(_statement(place, where="law") for place in fields["outside_work"].items()),
    )


def _note(place: Place) -> Note:
    fields = place.fields(required=("mark", "da", "en"))
    mark = fields["mark"].one_of(("U", "C", "note"))
    return Note(mark="U" if mark == "U" else "C" if mark == "C" else "note", text=read_own_text(fields))


def _statement(place: Place, *, where: str) -> Statement:
    fields = place.fields(required=("code", where, "mark", "da", "en"))
    return Statement(
        code=fields["code"].text(),
        text=read_own_text(fields),
        paragraph=fields[where].text(),
        mark=read_mark(fields["mark"]),
    )


def _relief(place: Place) -> tuple[str, Text]:
    fields = place.fields(required=("scheme", "da", "en"))
    return fields["scheme"].text(), read_own_text(fields)
