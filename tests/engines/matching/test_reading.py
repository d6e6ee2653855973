"""Files of matching: what is right is read, what is wrong is refused with file, line and path."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobbro.engines.matching import reading
from jobbro.engines.matching.model import Job, Person
from jobbro.engines.matching.reading import read_jobs, read_measures, read_persons
from jobbro.engines.matching.records import Node, job_of, person_of
from jobbro.engines.matching.refusals import MatchingFileError
from tests.engines.matching.made_up import CODES, job_lists, persons

PERSON = {
    "id": "ib",
    "capacity": {"lifting": 3, "hearing": None},
    "x": 1,
    "y": -2.5,
    "max_km": 10,
    "hours": [5.0, 20.5],
    "slots": ["mon_am", "sun_pm", "mon_am"],
    "wishes": {"cook": 2},
    "skills": ["æble", "æble"],
    "measures": ["a"],
}
JOB = {
    "id": "j",
    "demand": {"lifting": 4, "hearing": 0},
    "x": 1,
    "y": 2,
    "hours": [5, 20],
    "slots": [],
    "occupation": "cook",
    "requires": ["æble"],
    "places": 10_000,
    "measures": ["a"],
}
MEASURE = {"code": "a", "relief": {"lifting": 4}, "cost": 1, "scheme": "employer"}
NEEDED = {"persons": ("id", "capacity", "x", "y", "max_km", "hours", "slots"), "jobs": ("id", "demand", "hours")}


def lines(*records: object) -> bytes:
    return "".join(
        (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)) + "\n" for each in records
    ).encode()


def read(folder: Path, content: bytes, *, name: str = "p.jsonl") -> list[Any]:
    path = folder / name
    path.write_bytes(content)
    if name[0] == "m":
        return list(read_measures(path))
    return list((read_persons if name[0] == "p" else read_jobs)(path, measures=CODES))


def refusal(folder: Path, content: bytes, *, name: str = "p.jsonl") -> tuple[int, str, str]:
    with pytest.raises(MatchingFileError) as refused:
        read(folder, content, name=name)
    assert str(refused.value).startswith(f"{name}, line {refused.value.line}, ")
    assert refused.value.file == name
    return refused.value.line, refused.value.field, refused.value.code


def test_a_person_a_job_and_a_measure_are_read(tmp_path: Path) -> None:
    told = Person(
        id="ib",
        capacity={"lifting": 3, "hearing": None},
        x=1.0,
        y=-2.5,
        max_km=10.0,
        min_hours=5.0,
        max_hours=20.5,
        slots=("mon_am", "sun_pm"),
        wishes={"cook": 2},
        skills=("æble",),
        measures=("a",),
    )
    assert read(tmp_path, b"\xef\xbb\xbf" + lines(PERSON, "", "  ")) == [told]
    assert read(tmp_path, lines(PERSON)[:-1].replace(b"\n", b"\r\n")) == [told]
    (job,) = read(tmp_path, lines(JOB), name="j.jsonl")
    assert (job.places, job.requires, job.slots, job.demand) == (10_000, ("æble",), (), {"lifting": 4, "hearing": 0})
    (measure,) = read(tmp_path, lines(MEASURE), name="m.jsonl")
    assert (measure.code, measure.relief, measure.cost, measure.scheme) == ("a", {"lifting": 4}, 1, "employer")


def test_what_may_be_left_out(tmp_path: Path) -> None:
    (person,) = read(tmp_path, lines({name: PERSON[name] for name in NEEDED["persons"]}))
    assert (person.wishes, person.skills, person.measures) == ({}, (), ())
    fields = (*NEEDED["jobs"], "x", "y", "occupation")
    (job,) = read(tmp_path, lines({name: JOB[name] for name in fields}), name="j.jsonl")
    assert (job.slots, job.requires, job.places, job.measures) == ((), (), 1, ())
    nothing = {**PERSON, "capacity": {}, "slots": []}
    assert read(tmp_path, lines(nothing))[0].capacity == {}
    assert read(tmp_path, lines({**JOB, "demand": {}}), name="j.jsonl")[0].demand == {}
    assert read(tmp_path, b"") == []


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"age": 40}, "age", "unknown_field"),
        ({"id": 7}, "id", "not_a_text"),
        ({"id": None}, "id", "not_a_text"),
        ({"capacity": {"flying": 3}}, "capacity.flying", "unknown_area"),
        ({"capacity": {"lifting": 5}}, "capacity.lifting", "out_of_range"),
        ({"capacity": {"lifting": -1}}, "capacity.lifting", "out_of_range"),
        ({"capacity": {"lifting": 2.0}}, "capacity.lifting", "not_whole"),
        ({"capacity": {"lifting": True}}, "capacity.lifting", "not_whole"),
        ({"capacity": {"lifting": "3"}}, "capacity.lifting", "not_whole"),
        ({"capacity": []}, "capacity", "not_an_object"),
        ({"x": "1"}, "x", "not_a_number"),
        ({"x": None}, "x", "not_a_number"),
        ({"x": True}, "x", "not_a_number"),
        ({"x": 1e6 + 1}, "x", "too_far"),
        ({"y": -(10**400)}, "y", "broken"),
        ({"max_km": -0.5}, "max_km", "negative"),
        ({"hours": [5]}, "hours", "not_two_numbers"),
        ({"hours": [5, 6, 7]}, "hours", "not_two_numbers"),
        ({"hours": [20, 10]}, "hours", "min_above_max"),
        ({"hours": [-1, 10]}, "hours[0]", "negative"),
        ({"hours": ["5", 10]}, "hours[0]", "not_a_number"),
        ({"hours": 5}, "hours", "not_a_list"),
        ({"slots": ["mon_am", "mon"]}, "slots[1]", "unknown_slot"),
        ({"slots": [3]}, "slots[0]", "not_a_text"),
        ({"wishes": {"cook": 3}}, "wishes.cook", "out_of_range"),
        ({"wishes": {"cook": 0}}, "wishes.cook", "out_of_range"),
        ({"wishes": None}, "wishes", "not_an_object"),
        ({"skills": [None]}, "skills[0]", "not_a_text"),
        ({"skills": "welding"}, "skills", "not_a_list"),
        ({"measures": ["a", "gone"]}, "measures[1]", "unknown_measure"),
    ],
)
def test_a_person_that_is_wrong_is_refused_where_it_is(
    tmp_path: Path, changes: dict[str, Any], field: str, code: str
) -> None:
    wrong = {**PERSON, "id": "second", **changes}
    assert refusal(tmp_path, lines(PERSON, wrong)) == (2, field, code)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"demand": {"lifting": None}}, "demand.lifting", "null_level"),
        ({"demand": {"lifting": 9}}, "demand.lifting", "out_of_range"),
        ({"places": 0}, "places", "out_of_range"),
        ({"places": 1.0}, "places", "not_whole"),
        ({"places": 10**30}, "places", "too_high"),
        ({"places": None}, "places", "not_whole"),
        ({"occupation": 4}, "occupation", "not_a_text"),
        ({"requires": {}}, "requires", "not_a_list"),
        ({"wage": 150}, "wage", "unknown_field"),
    ],
)
def test_a_job_that_is_wrong_is_refused_where_it_is(
    tmp_path: Path, changes: dict[str, Any], field: str, code: str
) -> None:
    assert refusal(tmp_path, lines(JOB, {**JOB, "id": "k", **changes}), name="j.jsonl") == (2, field, code)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"relief": {"lifting": 0}}, "relief.lifting", "out_of_range"),
        ({"relief": {"lifting": None}}, "relief.lifting", "null_level"),
        ({"cost": 5}, "cost", "out_of_range"),
        ({"scheme": ""}, "scheme", "empty"),
        ({"code": 1}, "code", "not_a_text"),
    ],
)
def test_a_measure_that_is_wrong_is_refused_where_it_is(
    tmp_path: Path, changes: dict[str, Any], field: str, code: str
) -> None:
    assert refusal(tmp_path, lines(MEASURE, {**MEASURE, "code": "b", **changes}), name="m.jsonl") == (2, field, code)


@pytest.mark.parametrize("missing", NEEDED["persons"])
def test_a_field_that_is_not_there_is_named(tmp_path: Path, missing: str) -> None:
    without = {name: value for name, value in PERSON.items() if name != missing}
    assert refusal(tmp_path, lines(without)) == (1, "", "missing_field")


def test_ids_and_codes_that_stand_twice(tmp_path: Path) -> None:
    assert refusal(tmp_path, lines(PERSON, "", PERSON)) == (3, "id", "twice")
    assert refusal(tmp_path, lines(JOB, JOB), name="j.jsonl") == (2, "id", "twice")
    assert refusal(tmp_path, lines(MEASURE, MEASURE), name="m.jsonl") == (2, "code", "twice")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (lines(PERSON)[:40], "capacity"),
        (lines(PERSON)[:-3], "measures"),
        (lines(PERSON).replace(b"-2.5", b"NaN"), "y"),
        (lines(PERSON).replace(b"-2.5", b"-Infinity"), "y"),
        (lines(PERSON).replace(b"-2.5", b"1e999"), "y"),
        (lines(PERSON).replace(b'"x": 1', b'"x": 1, "x": 1'), "x"),
        (lines(PERSON).replace(b'"x": 1', b'"x" : 1, "x" :1'), "x"),
        (lines(PERSON).replace(b'"lifting": 3', b'"lifting": 3, "lifting": 3'), "capacity.lifting"),
        (lines(PERSON).replace(b'"cook": 2', b'"cook": 2, "\\u0063ook": 1'), "wishes.cook"),
        (lines(PERSON).replace(b'"ib"', b'"\\ud800"'), "id"),
        (lines(PERSON).replace(b'"ib"', b'"\xff"'), ""),
        (lines(PERSON).replace(b'"x": 1', b'"x": ' + b"[" * 900 + b"]" * 900), "x"),
        (lines(PERSON)[:-1] + lines(PERSON), ""),
        (b"{}{}", ""),
        (b"nothing", ""),
    ],
)
def test_json_that_is_broken(tmp_path: Path, line: bytes, field: str) -> None:
    number, found, code = refusal(tmp_path, lines({**PERSON, "id": "first"}) + line)
    assert (number, code) == (2, "broken")
    assert found.startswith(field)


def test_files_that_are_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_LINE", 500)
    monkeypatch.setattr(reading, "MOST_RECORDS", 2)
    assert refusal(tmp_path, lines(PERSON, {**PERSON, "id": "x" * 500}))[::2] == (2, "too_long")
    assert refusal(tmp_path, lines(*({**PERSON, "id": str(number)} for number in range(3))))[::2] == (3, "too_many")
    assert refusal(tmp_path, b"", name="p.csv")[2] == "unknown_kind"


RIGHT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@RIGHT
@given(people=st.lists(persons(), unique_by=lambda each: each.id, max_size=4), jobs=job_lists(most=4))
def test_the_fast_way_reads_what_the_slow_way_reads(tmp_path: Path, people: list[Person], jobs: list[Job]) -> None:
    told = [_told(each) for each in people]
    offers = [_told(each) for each in jobs]
    assert (
        read(tmp_path, lines(*told)) == [person_of(Node("p", 1, "", each), measures=CODES) for each in told] == people
    )
    assert read(tmp_path, lines(*offers), name="j.jsonl") == jobs
    assert jobs == [job_of(Node("j", 1, "", each), measures=CODES) for each in offers]


def _told(record: Person | Job) -> dict[str, Any]:
    fields = {name: getattr(record, name) for name in record.__dataclass_fields__}
    fields["hours"] = [fields.pop("min_hours"), fields.pop("max_hours")]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def parquet(folder: Path, frame: pl.DataFrame, *, name: str) -> Path:
    path = folder / name
    frame.write_parquet(path)
    return path


def test_parquet_holds_the_same(tmp_path: Path) -> None:
    second = {**PERSON, "id": "bo", "capacity": {"lifting": None, "hearing": 0}, "wishes": {"gardener": 1}}
    people = parquet(tmp_path, pl.DataFrame([PERSON, second], strict=False), name="p.parquet")
    assert list(read_persons(people, measures=CODES)) == read(tmp_path, lines(PERSON, second))
    # A struct cannot leave a field out: null says it.
    jobs = pl.DataFrame([JOB, {**JOB, "id": "k", "demand": {"seeing": 1}, "places": None}])
    found = list(read_jobs(parquet(tmp_path, jobs, name="j.parquet"), measures=CODES))
    assert [each.demand for each in found] == [{"lifting": 4, "hearing": 0}, {"seeing": 1}]
    assert [each.places for each in found] == [10_000, 1]
    measures = parquet(
        tmp_path, pl.DataFrame([MEASURE, {**MEASURE, "code": "b", "relief": {"pace": 1}}]), name="m.parquet"
    )
    assert [each.relief for each in read_measures(measures)] == [{"lifting": 4}, {"pace": 1}]


def test_parquet_may_hold_maps(tmp_path: Path) -> None:
    def as_map(entries: dict[str, int | None]) -> list[dict[str, Any]]:
        return [{"key": key, "value": value} for key, value in entries.items()]

    frame = pl.DataFrame([{**PERSON, "capacity": as_map(PERSON["capacity"]), "wishes": as_map({"cook": 2})}])
    (found,) = read_persons(parquet(tmp_path, frame, name="p.parquet"), measures=CODES)
    assert (found.capacity, found.wishes) == ({"lifting": 3, "hearing": None}, {"cook": 2})
    twice = pl.DataFrame([{**PERSON, "capacity": [*as_map({"lifting": 3}), *as_map({"lifting": 4})]}])
    assert parquet_refusal(parquet(tmp_path, twice, name="p.parquet")) == (1, "capacity", "twice")


def parquet_refusal(path: Path) -> tuple[int, str, str]:
    with pytest.raises(MatchingFileError) as refused:
        list((read_persons if path.name[0] == "p" else read_jobs)(path, measures=CODES))
    return refused.value.line, refused.value.field, refused.value.code


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"age": 4}, "age", "unknown_field"),
        ({"x": float("nan")}, "x", "not_finite"),
        ({"max_km": float("inf")}, "max_km", "not_finite"),
        ({"hours": [5.0, float("nan")]}, "hours[1]", "not_finite"),
        ({"hours": None}, "hours", "not_a_list"),
        ({"capacity": {"lifting": 7}}, "capacity.lifting", "out_of_range"),
        ({"capacity": {"flying": 3}}, "capacity.flying", "unknown_area"),
        ({"capacity": {"lifting": 3.0}}, "capacity.lifting", "not_whole"),
        ({"slots": ["noon"]}, "slots[0]", "unknown_slot"),
        ({"measures": ["gone"]}, "measures[0]", "unknown_measure"),
        ({"id": 3}, "id", "not_a_text"),
    ],
)
def test_parquet_that_is_wrong_is_refused_where_it_is(
    tmp_path: Path, changes: dict[str, Any], field: str, code: str
) -> None:
    frame = pl.DataFrame([{**PERSON, **changes}], strict=False)
    assert parquet_refusal(parquet(tmp_path, frame, name="p.parquet")) == (1, field, code)


def test_parquet_that_is_none_or_cut_off_or_lacks_a_column(tmp_path: Path) -> None:
    path = parquet(tmp_path, pl.DataFrame([PERSON]), name="p.parquet")
    whole = path.read_bytes()
    for content in (b"", b"PAR1", whole[: len(whole) // 2], whole[:-1], b"{}"):
        path.write_bytes(content)
        assert parquet_refusal(path) == (1, "", "not_parquet")
    unknown = pl.DataFrame([{**JOB, "demand": {"lifting": 1, "flying": None}}])
    assert parquet_refusal(parquet(tmp_path, unknown, name="j.parquet")) == (1, "demand.flying", "unknown_area")
    lacking = parquet(tmp_path, pl.DataFrame([PERSON]).drop("hours").clear(), name="p.parquet")
    assert parquet_refusal(lacking) == (1, "", "missing_field")
    twice = parquet(tmp_path, pl.DataFrame([PERSON, PERSON]), name="p.parquet")
    assert parquet_refusal(twice) == (2, "id", "twice")
    with pytest.raises(FileNotFoundError):
        parquet_refusal(tmp_path / "gone.parquet")
