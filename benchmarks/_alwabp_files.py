"""The public instances of assembly lines with workers who differ (ALWABP), read strictly from the user's own folder.

Laid out as in the collection of Borba and Ritt (2014): `instances/<family>/<number>` and `data/instances.csv` with the
published bounds. The instances carry no licence, so they are read and never shipped.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from jobbro.cli.errors import CommandFailed

FAMILIES = ("heskia", "roszieg", "tonge", "wee-mag")
INCAPABLE = "Inf"
END = ["-1", "-1"]
# Sums of times stay whole numbers in the solver's arithmetic.
MOST_TIME = 1_000_000
COLUMNS = ("name", "num", "tasks", "workers", "deps", "LB", "UB")


@dataclass(frozen=True, kw_only=True)
class Published:
    """The best that is known of an instance, the sizes it is listed with, and the line that says so."""

    tasks: int
    workers: int
    arcs: int
    lower: int
    upper: int
    line: int


@dataclass(frozen=True, kw_only=True)
class Instance:
    """`times[task][worker]`, None where the worker cannot do the task; `arcs` from a task to one that comes later."""

    name: str
    times: tuple[tuple[int | None, ...], ...]
    arcs: tuple[tuple[int, int], ...]
    published: Published | None = None

    @property
    def workers(self) -> int:
        """How many workers there are, which is also the number of stations."""
        return len(self.times[0])


def read_folder(folder: Path, *, most: int | None) -> tuple[Instance, ...]:
    """At most so many instances of each family, spread evenly over it. Raises `CommandFailed` when a file is wrong."""
    known = _published(folder)
    instances = folder / "instances" if (folder / "instances").is_dir() else folder
    chosen = [path for family in FAMILIES for path in _spread(_numbered(instances / family), most=most)]
    if not chosen:
        raise CommandFailed(f"{folder} holds no instances; there should be instances/<family>/<number>.")
    return tuple(read_instance(path, published=known.get(f"{path.parent.name} {path.name}")) for path in chosen)


def _numbered(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if _is_number(path.name)), key=lambda path: int(path.name))


def _spread(paths: list[Path], *, most: int | None) -> list[Path]:
    if most is None or most >= len(paths):
        return paths
    return [paths[at * len(paths) // most] for at in range(most)]


def read_instance(path: Path, *, published: Published | None = None) -> Instance:
    """One file: the number of tasks, a row of times for each, the arcs, and a last line of `-1 -1`."""
    lines = _lines(path)
    if not lines or not _is_number(lines[0].strip()) or int(lines[0]) == 0:
        raise _wrong(path, 1, "should be the number of tasks")
    tasks = int(lines[0])
    if len(lines) < 1 + tasks:
        raise _wrong(path, len(lines), f"the file ends here, but {tasks} tasks should have a line of times each")
    times = tuple(_times(path, number, lines[number - 1]) for number in range(2, tasks + 2))
    for number, row in enumerate(times, start=2):
        if len(row) != len(times[0]):
            raise _wrong(path, number, f"has {len(row)} times where the first task has {len(times[0])}")
    arcs = _arcs(path, lines, first=tasks + 2, tasks=tasks)
    instance = Instance(name=f"{path.parent.name} {path.name}", times=times, arcs=arcs, published=published)
    _is_as_published(instance, path=path)
    return instance


def _times(path: Path, number: int, line: str) -> tuple[int | None, ...]:
    row = []
    for field in line.split():
        if field != INCAPABLE and (not _is_number(field) or int(field) > MOST_TIME):
            raise _wrong(path, number, f"{field!r} should be a time, a whole number up to {MOST_TIME}, or {INCAPABLE}")
        row.append(None if field == INCAPABLE else int(field))
    if all(time is None for time in row):
        raise _wrong(path, number, "no worker can do this task")
    return tuple(row)


def _arcs(path: Path, lines: list[str], *, first: int, tasks: int) -> tuple[tuple[int, int], ...]:
    found: dict[tuple[int, int], int] = {}
    for number, line in enumerate(lines[first - 1 :], start=first):
        fields = line.split()
        if fields == END:
            _is_the_end(path, lines, number=number)
            _has_no_circle(path, list(found), number=number)
            return tuple(found)
        if len(fields) != 2 or not all(_is_number(field) and 1 <= int(field) <= tasks for field in fields):
            raise _wrong(path, number, f"should be two tasks from 1 to {tasks}, or -1 -1 at the end")
        arc = int(fields[0]) - 1, int(fields[1]) - 1
        if arc in found:
            raise _wrong(path, number, f"says the same as line {found[arc]}")
        found[arc] = number
    raise _wrong(path, len(lines), "the file ends here without -1 -1")


def _is_the_end(path: Path, lines: list[str], *, number: int) -> None:
    for after, line in enumerate(lines[number:], start=number + 1):
        if line.strip():
            raise _wrong(path, after, "there should be nothing after -1 -1")


def _has_no_circle(path: Path, arcs: list[tuple[int, int]], *, number: int) -> None:
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for before, after in arcs:
        sorter.add(after, before)
    try:
        sorter.prepare()
    except CycleError as error:
        tasks = ", ".join(str(task + 1) for task in error.args[1])
        raise _wrong(path, number, f"the arcs above go round in a circle: {tasks}") from error


def _is_as_published(instance: Instance, *, path: Path) -> None:
    known = instance.published
    if known is None:
        return
    found = len(instance.times), instance.workers, len(instance.arcs)
    if found != (known.tasks, known.workers, known.arcs):
        told = f"{known.tasks} tasks, {known.workers} workers and {known.arcs} arcs"
        held = f"{found[0]} tasks, {found[1]} workers and {found[2]} arcs"
        raise CommandFailed(f"{path} has {held}, but instances.csv, line {known.line}, says {told}.")


def _published(folder: Path) -> dict[str, Published]:
    """What is known by family and number; nothing when the folder has no such file."""
    path = next((each for each in (folder / "data/instances.csv", folder / "instances.csv") if each.is_file()), None)
    if path is None:
        return {}
    reader = csv.DictReader(_lines(path), strict=True)
    found: dict[str, Published] = {}
    try:
        absent = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if absent:
            raise _wrong(path, 1, f"there should be a column {absent[0]}")
        for row in reader:
            name, known = _known(path, reader.line_num, row)
            if name in found:
                raise _wrong(path, reader.line_num, f"says the same as line {found[name].line}")
            found[name] = known
    except csv.Error as error:
        raise _wrong(path, reader.line_num, f"cannot be read: {error}") from error
    return found


def _known(path: Path, line: int, row: dict[str, str | None]) -> tuple[str, Published]:
    numbers = {}
    for column in COLUMNS[1:]:
        field = row[column] or ""
        if not _is_number(field):
            raise _wrong(path, line, f"{column} should be a whole number, not {field!r}")
        numbers[column] = int(field)
    if numbers["LB"] > numbers["UB"]:
        raise _wrong(path, line, f"LB is {numbers['LB']}, which is more than UB, {numbers['UB']}")
    known = Published(
        tasks=numbers["tasks"],
        workers=numbers["workers"],
        arcs=numbers["deps"],
        lower=numbers["LB"],
        upper=numbers["UB"],
        line=line,
    )
    return f"{row['name']} {numbers['num']}", known


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandFailed(f"{path} is not text in UTF-8.") from error


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _wrong(path: Path, line: int, problem: str) -> CommandFailed:
    return CommandFailed(f"{path}, line {max(line, 1)}: {problem}.")
