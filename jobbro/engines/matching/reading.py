"""The files of matching: persons, jobs and measures as JSON Lines or Parquet, one record at a time."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal, TypeVar

import msgspec
import polars as pl
from msgspec import UNSET, Meta, Struct, UnsetType

from jobbro.engines.matching.layout import FARTHEST_KM
from jobbro.engines.matching.model import Job, Measure, Person
from jobbro.engines.matching.records import (
    JOB_FIELDS,
    JOB_MAY_HAVE,
    MEASURE_FIELDS,
    MOST_PLACES,
    PERSON_FIELDS,
    PERSON_MAY_HAVE,
    Node,
    job_of,
    measure_of,
    person_of,
)
from jobbro.engines.matching.refusals import MatchingFileError
from jobbro.kernel.strict_json import parse_json
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import AREAS, SLOTS

LONGEST_LINE = 1_000_000
MOST_RECORDS = 5_000_000
_ROWS_AT_ONCE = 10_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Record = TypeVar("Record", Person, Job, Measure)
Raw = bytes | dict[str, Any]

if TYPE_CHECKING:
    _Area = str
    _Slot = str
else:
    _Area, _Slot = Literal[tuple(AREAS)], Literal[tuple(SLOTS)]
_Level = Annotated[int, Meta(ge=0, le=4)]
_Km = Annotated[float, Meta(ge=-FARTHEST_KM, le=FARTHEST_KM)]
_AtLeast0 = Annotated[float, Meta(ge=0)]


class _PersonLine(Struct, forbid_unknown_fields=True, gc=False):
    # What msgspec lets through is right but for what `_person` looks after; all else goes the slow way, which says why.
    id: str
    capacity: dict[_Area, _Level | None]
    x: _Km
    y: _Km
    max_km: _AtLeast0
    hours: tuple[_AtLeast0, _AtLeast0]
    slots: list[_Slot]
    wishes: dict[str, Annotated[int, Meta(ge=1, le=2)]] | UnsetType = UNSET
    skills: list[str] | UnsetType = UNSET
    measures: list[str] | UnsetType = UNSET


class _JobLine(Struct, forbid_unknown_fields=True, gc=False):
    id: str
    demand: dict[_Area, _Level]
    x: _Km
    y: _Km
    hours: tuple[_AtLeast0, _AtLeast0]
    occupation: str
    slots: list[_Slot] | UnsetType = UNSET
    requires: list[str] | UnsetType = UNSET
    places: Annotated[int, Meta(ge=1, le=MOST_PLACES)] | UnsetType = UNSET
    measures: list[str] | UnsetType = UNSET


_DECODE_PERSON = msgspec.json.Decoder(_PersonLine).decode
_DECODE_JOB = msgspec.json.Decoder(_JobLine).decode


def read_measures(path: Path) -> tuple[Measure, ...]:
    """The catalogue. Raises `MatchingFileError` as `read_persons`, also for a code that stands twice."""
    fields = (MEASURE_FIELDS, ())
    return tuple(
        _once(_rows(path, fields=fields), read=lambda raw, line: measure_of(_node(raw, path, line)), path=path)
    )


def read_jobs(path: Path, *, measures: Collection[str]) -> Iterator[Job]:
    """The jobs; raises as `read_persons`."""
    return _once(
        _rows(path, fields=(JOB_FIELDS, JOB_MAY_HAVE)),
        read=lambda raw, line: _job(raw, measures=measures) or job_of(_node(raw, path, line), measures=measures),
        path=path,
    )


def read_persons(path: Path, *, measures: Collection[str]) -> Iterator[Person]:
    """The persons in the file, one at a time, each checked whole; `measures` are the codes of the catalogue.

    Raises `MatchingFileError` with file, line and field when it comes to something that is wrong (contracts, sections
    1 and 3), `OSError` when the file cannot be read.
    """
    return _once(
        _rows(path, fields=(PERSON_FIELDS, PERSON_MAY_HAVE)),
        read=lambda raw, line: _person(raw, measures=measures) or person_of(_node(raw, path, line), measures=measures),
        path=path,
    )


def _once(rows: Iterator[tuple[int, Raw]], *, read: Callable[[Raw, int], Record], path: Path) -> Iterator[Record]:
    # Every record read, its id or code seen for the first time.
    seen: set[str] = set()
    for line, raw in rows:
        record = read(raw, line)
        key = "code" if isinstance(record, Measure) else "id"
        name: str = getattr(record, key)
        if name in seen:
            raise MatchingFileError(file=path.name, line=line, field=key, code="twice", values=(name,))
        seen.add(name)
        if len(seen) > MOST_RECORDS:
            raise MatchingFileError(file=path.name, line=line, field="", code="too_many", values=(str(MOST_RECORDS),))
        yield record


def _rows(path: Path, *, fields: tuple[tuple[str, ...], tuple[str, ...]]) -> Iterator[tuple[int, Raw]]:
    if path.suffix == ".parquet":
        return _parquet_rows(path, fields=fields)
    if path.suffix == ".jsonl":
        return _lines(path)
    raise MatchingFileError(file=path.name, line=1, field="", code="unknown_kind")


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as stream:
        for number, line in enumerate(_bounded(stream, file=path.name), start=1):
            content = line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line
            if not content.isspace():
                yield number, content


def _bounded(stream: BinaryIO, *, file: str) -> Iterator[bytes]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise MatchingFileError(file=file, line=number, field="", code="too_long", values=(str(LONGEST_LINE),))
        yield line


def _node(raw: Raw, path: Path, line: int) -> Node:
    if isinstance(raw, dict):
        return Node(path.name, line, "", raw)
    try:
        return Node(path.name, line, "", parse_json(raw, file=path.name).value)
    except ContentError as error:
        raise MatchingFileError(
            file=path.name, line=line, field=error.field, code="broken", values=(error.reason,)
        ) from error


def _person(raw: Raw, *, measures: Collection[str]) -> Person | None:
    # The fast way, or None when this has to be looked at closely.
    try:
        told = _DECODE_PERSON(raw) if isinstance(raw, bytes) else msgspec.convert(raw, _PersonLine)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    wishes = {} if told.wishes is UNSET else told.wishes
    skills = () if told.skills is UNSET else told.skills
    codes = () if told.measures is UNSET else told.measures
    fields = len(PERSON_FIELDS) + sum(each is not UNSET for each in (told.wishes, told.skills, told.measures))
    least, most = told.hours
    if (
        not least <= most < math.inf
        or not told.max_km < math.inf
        or not all(code in measures for code in codes)
        or not _is_plain(raw, keys=fields + len(told.capacity) + len(wishes))
    ):
        return None
    return Person(
        id=told.id,
        capacity=told.capacity,
        x=told.x,
        y=told.y,
        max_km=told.max_km,
        min_hours=least,
        max_hours=most,
        slots=tuple(dict.fromkeys(told.slots)),
        wishes=wishes,
        skills=tuple(dict.fromkeys(skills)),
        measures=tuple(dict.fromkeys(codes)),
    )


def _job(raw: Raw, *, measures: Collection[str]) -> Job | None:
    try:
        told = _DECODE_JOB(raw) if isinstance(raw, bytes) else msgspec.convert(raw, _JobLine)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    given = (told.slots, told.requires, told.measures)
    slots, requires, codes = (() if each is UNSET else each for each in given)
    fields = len(JOB_FIELDS) + sum(each is not UNSET for each in (*given, told.places))
    least, most = told.hours
    if (
        not least <= most < math.inf
        or not all(code in measures for code in codes)
        or not _is_plain(raw, keys=fields + len(told.demand))
    ):
        return None
    return Job(
        id=told.id,
        demand=told.demand,
        x=told.x,
        y=told.y,
        min_hours=least,
        max_hours=most,
        occupation=told.occupation,
        slots=tuple(dict.fromkeys(slots)),
        requires=tuple(dict.fromkeys(requires)),
        places=1 if told.places is UNSET else told.places,
        measures=tuple(dict.fromkeys(codes)),
    )


def _is_plain(raw: Raw, *, keys: int) -> bool:
    # No key twice and no half of a character, which msgspec would let pass. Every key has a colon.
    if isinstance(raw, dict):
        return True
    if b"\\u" in raw:
        return False
    if raw.count(b":") == keys:
        return True
    found = 0

    def count(entries: list[tuple[str, Any]]) -> None:
        nonlocal found
        found += len(entries)

    json.loads(raw, object_pairs_hook=count)
    return found == keys


def _parquet_rows(
    path: Path, *, fields: tuple[tuple[str, ...], tuple[str, ...]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    path.open("rb").close()
    try:
        frame = pl.scan_parquet(path, glob=False)
        schema = frame.collect_schema()
        records = frame.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise MatchingFileError(file=path.name, line=1, field="", code="not_parquet") from error
    _check_names(schema, fields=fields, file=path.name)
    if records > MOST_RECORDS:
        raise MatchingFileError(file=path.name, line=1, field="", code="too_many", values=(str(MOST_RECORDS),))
    maps = [name for name, kind in schema.items() if _is_map(kind)]
    for first in range(0, records, _ROWS_AT_ONCE):
        try:
            part = frame.slice(first, _ROWS_AT_ONCE).collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise MatchingFileError(file=path.name, line=first + 1, field="", code="not_parquet") from error
        for at, row in enumerate(part.iter_rows(named=True), start=first + 1):
            yield at, _left_out(row, optional=fields[1], maps=maps, file=path.name, line=at)


def _check_names(schema: pl.Schema, *, fields: tuple[tuple[str, ...], tuple[str, ...]], file: str) -> None:
    # Names of columns and of areas are refused also where no row has anything to refuse in them.
    Node(file, 1, "", dict.fromkeys(schema.names())).fields(required=fields[0], optional=fields[1])
    for name in ("capacity", "demand", "relief"):
        kind = schema.get(name)
        if isinstance(kind, pl.Struct):
            Node(file, 1, name, {each.name: None for each in kind.fields}).areas()


def _is_map(kind: pl.DataType) -> bool:
    return (
        isinstance(kind, pl.List)
        and isinstance(kind.inner, pl.Struct)
        and [each.name for each in kind.inner.fields] == ["key", "value"]
    )


def _left_out(
    row: dict[str, Any], *, optional: tuple[str, ...], maps: list[str], file: str, line: int
) -> dict[str, Any]:
    # A column cannot leave a field out, nor can a struct: null says it, but for a capacity, where null is an answer.
    for name in maps:
        if row[name] is not None:
            row[name] = _of_map(row[name], field=name, file=file, line=line)
    for name in ("demand", "relief", "wishes"):
        if isinstance(row.get(name), dict):
            row[name] = {key: value for key, value in row[name].items() if value is not None}
    return {name: value for name, value in row.items() if value is not None or name not in optional}


def _of_map(entries: list[dict[str, Any]], *, field: str, file: str, line: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        if entry["key"] in found:
            raise MatchingFileError(file=file, line=line, field=field, code="twice", values=(str(entry["key"]),))
        found[entry["key"]] = entry["value"]
    return found
