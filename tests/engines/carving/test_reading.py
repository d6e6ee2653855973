"""A workplace in a file: what is right is read exactly, what is wrong is refused with line and path."""

import copy
import json
from decimal import Decimal
from typing import Any

import pytest

from jobbro.engines.carving.checking import REASONS, WorkplaceError, check_workplace
from jobbro.engines.carving.model import Limits
from jobbro.engines.carving.reading import parse_workplace
from tests.engines.carving.small import person, task, workplace

FILE: dict[str, Any] = {
    "slots": ["mon_am", "mon_pm"],
    "slot_hours": 3.5,
    "staff": [{"id": "anna", "wage": 260, "max_release": 0.4}],
    "tasks": [
        {"id": "t1", "holder": "anna", "hours": 0.29, "slots": ["mon_am"], "demand": {"lifting": 2}},
        {"id": "t2", "holder": "anna", "hours": 2, "slots": ["mon_am", "mon_am"], "demand": {}, "requires": ["x", "x"],
         "place": "shop", "core": True},
    ],
    "persons": [
        {"id": "ib", "capacity": {"lifting": None}, "hours": [0, 10.5], "slots": ["mon_pm"], "max_hours_per_slot": 3,
         "skills": ["x"], "wishes": {"t1": 2}, "measures": ["hoist"], "wage": 140}
    ],
    "measures": [{"code": "hoist", "relief": {"lifting": 2}, "cost": 1, "scheme": "employer"}],
    "limits": {"max_tasks": 4},
}  # fmt: skip


def refused(content: str | bytes) -> WorkplaceError:
    with pytest.raises(WorkplaceError) as caught:
        parse_workplace(content.encode() if isinstance(content, str) else content, file="w.json")
    return caught.value


def changed(path: str, value: Any) -> str:
    """The file with one value exchanged, or taken away with `...`."""
    whole = copy.deepcopy(FILE)
    node: Any = whole
    *way, last = [int(part) if part.isdecimal() else part for part in path.split("/")]
    for part in way:
        node = node[part]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return json.dumps(whole, indent=1)


def test_a_file_is_read_exactly_as_it_is_written() -> None:
    found = parse_workplace(json.dumps(FILE).encode(), file="w.json")
    assert found.tasks[0].hours == Decimal("0.29")
    assert found.tasks[1].slots == ("mon_am",)
    assert found.tasks[1].requires == ("x",)
    assert (found.tasks[0].place, found.tasks[1].is_core) == ("", True)
    assert found.persons[0].capacity == {"lifting": None}
    assert found.persons[0].wishes == {"t1": 2}
    assert found.limits == Limits(max_tasks=4, max_places=2, max_measures=3)


WRONG: dict[str, tuple[Any, str, str]] = {
    "tasks/0/hours": (0.005, "tasks[0].hours", "too_fine"),
    "tasks/1/hours": (-1, "tasks[1].hours", "negative"),
    "tasks/0/holder": ("bo", "tasks[0].holder", "unknown_staff"),
    "tasks/0/slots/0": ("mon_xx", "tasks[0].slots[0]", "unknown_slot"),
    "tasks/0/demand/lifting": (None, "tasks[0].demand.lifting", "null_level"),
    "tasks/0/demand": ({"flying": 1}, "tasks[0].demand.flying", "unknown_area"),
    "tasks/1/demand": ({"lifting": 5}, "tasks[1].demand.lifting", "out_of_range"),
    "tasks/1/core": ("yes", "tasks[1].core", "not_true_or_false"),
    "tasks/1/id": ("t1", "tasks[1].id", "twice"),
    "tasks/0/id": (7, "tasks[0].id", "not_a_text"),
    "tasks/0/colour": ("red", "tasks[0].colour", "unknown_field"),
    "tasks/1/requires": ("x", "tasks[1].requires", "not_a_list"),
    "tasks/1/place": (1, "tasks[1].place", "not_a_text"),
    "tasks": ({}, "tasks", "not_a_list"),
    "staff/0/wage": ("260", "staff[0].wage", "not_a_number"),
    "staff/0/max_release": (1.01, "staff[0].max_release", "out_of_range"),
    "staff/0": ([], "staff[0]", "not_an_object"),
    "persons/0/capacity/lifting": (5, "persons[0].capacity.lifting", "out_of_range"),
    "persons/0/hours": ([11, 10], "persons[0].hours", "min_above_max"),
    "persons/0/hours/1": (True, "persons[0].hours[1]", "not_a_number"),
    "persons/0/hours/0": (10**16, "persons[0].hours[0]", "too_high"),
    "persons/0/max_hours_per_slot": (-0.5, "persons[0].max_hours_per_slot", "negative"),
    "persons/0/wishes": ({"t9": 1}, "persons[0].wishes.t9", "unknown_task"),
    "persons/0/wishes/t1": (3, "persons[0].wishes.t1", "out_of_range"),
    "persons/0/measures": (["crane"], "persons[0].measures[0]", "unknown_measure"),
    "persons/0/slots": (["sun_am"], "persons[0].slots[0]", "unknown_slot"),
    "measures/0/relief": ({"lifting": 0}, "measures[0].relief.lifting", "out_of_range"),
    "measures/0/cost": (1.5, "measures[0].cost", "not_whole"),
    "measures/0/scheme": ("", "measures[0].scheme", "not_a_text"),
    "limits/max_tasks": (-1, "limits.max_tasks", "negative"),
    "limits/max_people": (1, "limits.max_people", "unknown_field"),
    "slots": (["noon"], "slots[0]", "unknown_slot"),
    "slot_hours": (-1, "slot_hours", "negative"),
}


@pytest.mark.parametrize("path", WRONG)
def test_what_is_wrong_is_told_with_its_path(path: str) -> None:
    value, field, code = WRONG[path]
    error = refused(changed(path, value))
    assert (error.file, error.field, error.code) == ("w.json", field, code)
    assert error.line > 1
    assert str(error).startswith(f"w.json, line {error.line}, {field}: ")


@pytest.mark.parametrize("path", ["slots", "staff/0/wage", "tasks/0/slots", "persons/0/wage", "measures/0/relief"])
def test_a_missing_field_is_told_where_it_is_missing(path: str) -> None:
    error = refused(changed(path, ...))
    assert (error.code, error.values) == ("missing_field", (path.rpartition("/")[2],))


def test_hours_are_two_numbers() -> None:
    assert refused(changed("persons/0/hours", [1])).code == "not_two_numbers"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "a value is expected"),
        ("[1,", "a value is expected"),
        ("{} {}", "after the end"),
        ('{"slots": NaN}', "finite"),
        ('{"slots": -Infinity}', "finite"),
        ('{"slots": 1e999}', "finite"),
        ('{"slots": [], "slots": []}', "given twice"),
        ('{"slots": "\\ud800"}', "half of a character"),
        ("[" * 30, "nested deeper"),
        (b"\xff{}", "UTF-8"),
        (b" " * 16_000_001, "larger than"),
    ],
)
def test_what_is_no_json_is_refused(content: str | bytes, reason: str) -> None:
    error = refused(content)
    assert error.code == "broken"
    assert reason in error.reason


def test_the_line_is_that_of_the_field() -> None:
    content = '{\n "slots": [],\n "slot_hours": 1,\n "staff": [],\n "tasks": [\n  {"id": 1}\n ]\n}'
    assert refused(content.replace("}\n ]", '}\n ], \n "persons": [], "measures": []')).line == 6


def test_a_workplace_from_rows_is_checked_in_the_same_words() -> None:
    check_workplace(workplace())
    gone = workplace(tasks=(task("t1", holder="left"),), persons=(person(slots=("sat_am",)),))
    with pytest.raises(WorkplaceError, match=r"^tasks\[0\].holder: there is no 'left' among the staff"):
        check_workplace(gone)


def test_every_code_has_a_sentence_here() -> None:
    assert {code for _, _, code in WRONG.values()} <= set(REASONS)
