"""Small persons, jobs and measures for matching: single ones told by hand, and many made up by hypothesis."""

from typing import Any

from hypothesis import strategies as st

from jobbro.engines.matching.model import Job, Measure, Person
from jobbro.kernel.vocabulary import AREAS, SLOTS

FEW_AREAS = (AREAS[0], AREAS[11], AREAS[12], AREAS[23])
FEW_SLOTS = (SLOTS[0], SLOTS[1], SLOTS[13])
OCCUPATIONS = ("cook", "gardener", "Å")
SKILLS = tuple(f"skill {number}" for number in range(10))
CODES = ("B", "a", "c10", "c9", "ø")
IDS = ("J9", "J10", "j1", "Å", "ø-2", "a:b", 'with "marks"', "", "\U0001f600", "￿")


def person(**changes: Any) -> Person:
    fields = {
        "id": "ib",
        "capacity": dict.fromkeys(AREAS, 4),
        "x": 0.0,
        "y": 0.0,
        "max_km": 10.0,
        "min_hours": 10.0,
        "max_hours": 20.0,
        "slots": SLOTS,
    }
    return Person(**fields | changes)


def job(name: str = "j", **changes: Any) -> Job:
    fields = {
        "id": name,
        "demand": {},
        "x": 3.0,
        "y": 4.0,
        "min_hours": 10.0,
        "max_hours": 20.0,
        "occupation": "cook",
    }
    return Job(**fields | changes)


def measure(code: str, relief: dict[str, int], cost: int = 1) -> Measure:
    return Measure(code=code, relief=relief, cost=cost, scheme="employer")


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


# Coordinates on which distances fall on limits and halves: 3-4-5, and 2.25.
PLACES = st.sampled_from([0.0, 3.0, 4.0, 5.0, 2.25, 0.1, -7.3, 60.0])
HOURS = st.tuples(st.sampled_from([0.0, 5.0, 10.0, 20.0]), st.sampled_from([0.0, 5.0, 10.0, 0.5])).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)
LEVELS = st.sampled_from([0, 1, 2, 3, 4])


@st.composite
def persons(draw: st.DrawFn, areas: tuple[str, ...] = FEW_AREAS, codes: tuple[str, ...] = CODES) -> Person:
    least, most = draw(HOURS)
    return person(
        id=draw(st.sampled_from(IDS)),
        capacity=draw(st.dictionaries(st.sampled_from(areas), st.none() | LEVELS)),
        x=draw(PLACES),
        y=draw(PLACES),
        max_km=draw(st.sampled_from([0.0, 5.0, 2.25, 7.0, 100.0])),
        min_hours=least,
        max_hours=most,
        slots=draw(some(FEW_SLOTS)),
        wishes=draw(st.dictionaries(st.sampled_from((*OCCUPATIONS, "other")), st.sampled_from([1, 2]))),
        skills=draw(some(SKILLS)),
        measures=draw(some(codes)),
    )


@st.composite
def job_lists(
    draw: st.DrawFn, areas: tuple[str, ...] = FEW_AREAS, codes: tuple[str, ...] = CODES, most: int = 8
) -> list[Job]:
    names = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=most))
    return [_job(draw, name, areas=areas, codes=codes) for name in names]


def _job(draw: st.DrawFn, name: str, *, areas: tuple[str, ...], codes: tuple[str, ...]) -> Job:
    least, most = draw(HOURS)
    return job(
        name,
        demand=draw(st.dictionaries(st.sampled_from(areas), LEVELS)),
        x=draw(PLACES),
        y=draw(PLACES),
        min_hours=least,
        max_hours=most,
        occupation=draw(st.sampled_from(OCCUPATIONS)),
        slots=draw(st.just(()) | some(FEW_SLOTS)),
        requires=draw(st.just(()) | some(SKILLS[:2])),
        measures=draw(some(codes)),
    )


@st.composite
def catalogues(
    draw: st.DrawFn, areas: tuple[str, ...] = FEW_AREAS, codes: tuple[str, ...] = CODES
) -> tuple[Measure, ...]:
    reliefs = st.dictionaries(st.sampled_from(areas), st.sampled_from([1, 2, 3, 4]), min_size=1, max_size=3)
    kinds = draw(st.lists(st.tuples(reliefs, st.sampled_from([1, 2, 4])), min_size=1, max_size=4))
    # Few kinds for many codes: twins everywhere.
    return tuple(measure(code, *draw(st.sampled_from(kinds))) for code in draw(st.permutations(codes)))
