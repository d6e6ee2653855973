"""Persons and jobs as columns, in the order they came: what files are read into and what markets are made of."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.model import Job, Person
from jobbro.engines.matching.texts import Texts, frozen, texts_of
from jobbro.kernel.fit_batch import UNKNOWN, MeasureTable
from jobbro.kernel.vocabulary import AREAS, SLOT_POSITION, SLOTS, VocabularyError

Bytes = NDArray[np.uint8]
Doubles = NDArray[np.float64]

_OF_A_JOB = ("demand", "x", "y", "min_hours", "max_hours", "slots", "places", "occupation", "measures")


@dataclass(frozen=True, kw_only=True)
class Sets:
    """n sets of codes. starts: (n + 1,) into `code`, places in `codes`. value: what is told of each, or 1."""

    codes: tuple[str, ...] = field(hash=False, compare=False)
    starts: NDArray[np.int64] = field(hash=False, compare=False)
    code: NDArray[np.int32] = field(hash=False, compare=False)
    value: Bytes = field(hash=False, compare=False)

    def part(self, first: int, last: int) -> Sets:
        """The sets from `first` to before `last`."""
        start, stop = self.starts[first], self.starts[last]
        return Sets(
            codes=self.codes,
            starts=self.starts[first : last + 1] - start,
            code=self.code[start:stop],
            value=self.value[start:stop],
        )

    def among(self, codes: Mapping[str, int]) -> Sets:
        """The same sets with the places of their codes in another list, those that are not in it left out."""
        place = np.array([codes.get(code, -1) for code in self.codes], dtype=np.int32)
        moved = place[self.code] if len(place) else self.code
        is_kept = moved >= 0
        kept = np.concatenate([[0], np.cumsum(is_kept)])
        return Sets(codes=tuple(codes), starts=kept[self.starts], code=moved[is_kept], value=self.value[is_kept])

    def take(self, rows: NDArray[np.int64]) -> Sets:
        """The sets of these rows, in this order."""
        sizes = np.diff(self.starts)[rows]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        entries = np.repeat(self.starts[rows] - starts[:-1], sizes) + np.arange(starts[-1])
        return Sets(codes=self.codes, starts=starts, code=self.code[entries], value=self.value[entries])

    def with_more(self, more: Sets) -> Sets:
        """These sets and, after them, more; codes that are new come last."""
        codes = tuple(dict.fromkeys((*self.codes, *more.codes)))
        moved = more.among({code: place for place, code in enumerate(codes)})
        return Sets(
            codes=codes,
            starts=np.concatenate([self.starts, self.starts[-1] + moved.starts[1:]]),
            code=np.concatenate([self.code, moved.code]),
            value=np.concatenate([self.value, moved.value]),
        )

    def bits(self) -> Bytes:
        """(n, b) packed: bit j of byte i = code 8i + j."""
        width = (len(self.codes) + 7) // 8
        packed = np.zeros((len(self.starts) - 1, width), dtype=np.uint8)
        row = np.repeat(np.arange(len(packed)), np.diff(self.starts))
        np.bitwise_or.at(packed, (row, self.code >> 3), (1 << (self.code & 7)).astype(np.uint8))
        return packed


@dataclass(frozen=True, kw_only=True)
class PersonColumns:
    """n persons. capacity: (n, 24), 255 for unknown. x, y, max_km, min_hours, max_hours: (n,). slots: (n,) bits.

    measures: (n, b) packed bits over the catalogue. skills, wishes: sets.
    """

    ids: Texts
    capacity: Bytes = field(hash=False, compare=False)
    x: Doubles = field(hash=False, compare=False)
    y: Doubles = field(hash=False, compare=False)
    max_km: Doubles = field(hash=False, compare=False)
    min_hours: Doubles = field(hash=False, compare=False)
    max_hours: Doubles = field(hash=False, compare=False)
    slots: NDArray[np.uint16] = field(hash=False, compare=False)
    measures: Bytes = field(hash=False, compare=False)
    skills: Sets
    wishes: Sets

    def __len__(self) -> int:
        return len(self.x)

    def part(self, first: int, last: int) -> PersonColumns:
        """The persons from `first` to before `last`."""
        here = slice(first, last)
        start, stop = self.ids.starts[first], self.ids.starts[last]
        return PersonColumns(
            ids=Texts(utf8=self.ids.utf8[start:stop], starts=self.ids.starts[first : last + 1] - start),
            capacity=self.capacity[here],
            x=self.x[here],
            y=self.y[here],
            max_km=self.max_km[here],
            min_hours=self.min_hours[here],
            max_hours=self.max_hours[here],
            slots=self.slots[here],
            measures=self.measures[here],
            skills=self.skills.part(first, last),
            wishes=self.wishes.part(first, last),
        )


@dataclass(frozen=True, kw_only=True)
class JobColumns:
    """n jobs. demand: (n, 24). x, y, min_hours, max_hours: (n,). slots: (n,) bits. places: (n,).

    occupation: (n,) places in `occupations`. measures: (n, b) packed bits over the catalogue. requires: sets.
    """

    ids: Texts
    demand: Bytes = field(hash=False, compare=False)
    x: Doubles = field(hash=False, compare=False)
    y: Doubles = field(hash=False, compare=False)
    min_hours: Doubles = field(hash=False, compare=False)
    max_hours: Doubles = field(hash=False, compare=False)
    slots: NDArray[np.uint16] = field(hash=False, compare=False)
    places: NDArray[np.int64] = field(hash=False, compare=False)
    occupations: tuple[str, ...] = field(hash=False, compare=False)
    occupation: NDArray[np.int32] = field(hash=False, compare=False)
    measures: Bytes = field(hash=False, compare=False)
    requires: Sets

    def __len__(self) -> int:
        return len(self.x)

    def take(self, rows: NDArray[np.int64]) -> JobColumns:
        """The jobs of these rows, in this order."""
        return JobColumns(
            ids=self.ids.take(rows),
            occupations=self.occupations,
            requires=self.requires.take(rows),
            **{name: getattr(self, name)[rows] for name in _OF_A_JOB},
        )

    def with_more(self, more: JobColumns) -> JobColumns:
        """These jobs and, after them, more."""
        occupations = tuple(dict.fromkeys((*self.occupations, *more.occupations)))
        place = {code: at for at, code in enumerate(occupations)}
        moved = np.array([place[code] for code in more.occupations], dtype=np.int32)[more.occupation]
        columns = {name: np.concatenate([getattr(self, name), getattr(more, name)]) for name in _OF_A_JOB}
        return JobColumns(
            ids=self.ids.with_more(more.ids),
            occupations=occupations,
            requires=self.requires.with_more(more.requires),
            **columns | {"occupation": np.concatenate([self.occupation, moved])},
        )


def sets_of_bits(packed: Bytes, *, codes: tuple[str, ...]) -> Sets:
    """The sets whose `bits` these are."""
    row, code = np.nonzero(np.unpackbits(packed, axis=1, bitorder="little"))
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(packed)))])
    return Sets(codes=codes, starts=starts, code=code.astype(np.int32), value=np.ones(len(code), dtype=np.uint8))


def person_columns(persons: Iterable[Person], *, catalogue: MeasureTable) -> PersonColumns:
    """The persons as columns; measures that are not in the catalogue count for nothing.

    Persons may come from a generator: one at a time is kept. Raises `VocabularyError` for an unknown half-day.
    """
    ids: list[str] = []
    levels, measures = bytearray(), bytearray()
    numbers, slots = array("d"), array("H")
    skills, wishes = _SetRows(), _SetRows()
    pack = _Packing(catalogue)
    for person in persons:
        ids.append(person.id)
        known = person.capacity.get
        levels += bytes([UNKNOWN if (level := known(area)) is None else level for area in AREAS])
        numbers.extend((person.x, person.y, person.max_km, person.min_hours, person.max_hours))
        slots.append(slot_bits(person.slots))
        measures += pack.bits_of(person.measures)
        skills.add(dict.fromkeys(person.skills, 1))
        wishes.add(person.wishes)
    table = frozen(np.frombuffer(numbers, dtype=np.float64).reshape(-1, 5).T.copy())
    return PersonColumns(
        ids=texts_of(ids),
        capacity=_bytes(levels, rows=len(ids), width=len(AREAS)),
        x=table[0],
        y=table[1],
        max_km=table[2],
        min_hours=table[3],
        max_hours=table[4],
        slots=frozen(np.frombuffer(slots, dtype=np.uint16)),
        measures=_bytes(measures, rows=len(ids), width=catalogue.mask_bytes),
        skills=skills.sets(),
        wishes=wishes.sets(),
    )


def job_columns(jobs: Iterable[Job], *, catalogue: MeasureTable) -> JobColumns:
    """The jobs as columns; raises as `person_columns`."""
    ids: list[str] = []
    levels, measures = bytearray(), bytearray()
    numbers, slots, places = array("d"), array("H"), array("q")
    requires, occupations = _SetRows(), _SetRows()
    pack = _Packing(catalogue)
    for job in jobs:
        ids.append(job.id)
        asked = job.demand.get
        levels += bytes([asked(area, 0) for area in AREAS])
        numbers.extend((job.x, job.y, job.min_hours, job.max_hours))
        slots.append(slot_bits(job.slots))
        places.append(job.places)
        measures += pack.bits_of(job.measures)
        requires.add(dict.fromkeys(job.requires, 1))
        occupations.add({job.occupation: 1})
    table = frozen(np.frombuffer(numbers, dtype=np.float64).reshape(-1, 4).T.copy())
    occupation = occupations.sets()
    return JobColumns(
        ids=texts_of(ids),
        demand=_bytes(levels, rows=len(ids), width=len(AREAS)),
        x=table[0],
        y=table[1],
        min_hours=table[2],
        max_hours=table[3],
        slots=frozen(np.frombuffer(slots, dtype=np.uint16)),
        places=frozen(np.frombuffer(places, dtype=np.int64)),
        occupations=occupation.codes,
        occupation=occupation.code,
        measures=_bytes(measures, rows=len(ids), width=catalogue.mask_bytes),
        requires=requires.sets(),
    )


def slot_bits(slots: Iterable[str]) -> int:
    """A bit for each half-day, in the order of `SLOTS`. Raises `VocabularyError` for an unknown one."""
    bits = 0
    try:
        for slot in slots:
            bits |= 1 << SLOT_POSITION[slot]
    except KeyError as error:
        raise VocabularyError(path="slots", reason=f"unknown half-day {error}; use {', '.join(SLOTS)}") from error
    return bits


class _SetRows:
    """Sets gathered one after the other; every code gets a number when it is first seen."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._starts = array("q", [0])
        self._code = array("i")
        self._value = bytearray()

    def add(self, entries: Mapping[str, int]) -> None:
        for code, value in entries.items():
            self._code.append(self._number.setdefault(code, len(self._number)))
            self._value.append(value)
        self._starts.append(len(self._code))

    def sets(self) -> Sets:
        return Sets(
            codes=tuple(self._number),
            starts=frozen(np.frombuffer(self._starts, dtype=np.int64)),
            code=frozen(np.frombuffer(self._code, dtype=np.int32)),
            value=frozen(np.frombuffer(self._value, dtype=np.uint8)),
        )


class _Packing:
    """Lists of measures as packed bits; the same list is packed once."""

    def __init__(self, catalogue: MeasureTable) -> None:
        self._bit = {code: 1 << place for place, code in enumerate(catalogue.codes)}
        self._width = catalogue.mask_bytes

    def bits_of(self, codes: Iterable[str]) -> bytes:
        bits = 0
        for code in codes:
            bits |= self._bit.get(code, 0)
        return bits.to_bytes(self._width, "little")


def chunks(count: int, *, size: int) -> Iterator[tuple[int, int]]:
    """First and last of each part of `count`."""
    return ((first, min(first + size, count)) for first in range(0, count, size))


def _bytes(gathered: bytearray, *, rows: int, width: int) -> Bytes:
    return frozen(np.frombuffer(gathered, dtype=np.uint8).reshape(rows, width))
