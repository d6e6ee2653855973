"""Reads the files of the task library; whatever is wrong is refused with file, line and field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jobbro.engines.occupations.records import Texts
from jobbro.engines.occupations.task_library.records import (
    RHYTHMS,
    SEVERAL,
    STATUS_PREFILLED,
    WHEN,
    AreaAnchors,
    ChainTemplate,
    LibraryTask,
    Named,
    TaskLibrary,
    TemplatePost,
    TemplateTask,
)
from jobbro.kernel.content import Place, read_fields
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import AREAS, LANGUAGES, VocabularyError, check_level

FOLDER = Path(__file__).parent
LEVELS = (1, 2, 3, 4)
# A turn fits in one working day, and is worth writing down.
SHORTEST_TURN, LONGEST_TURN = 0.25, 7.4
FEWEST_AREAS, MOST_AREAS = 4, 14

_CODE = re.compile(r"[a-z][a-z0-9_]{2,49}")
_HEAD = ("status", "source", "groups", "places")
_TASK = ("code", "name", "text", "place", "hours", "rhythm", "when", "demand")


@cache
def task_library() -> TaskLibrary:
    """The library that is shipped, read once."""
    return read_library(FOLDER)


def skills() -> tuple[Named, ...]:
    """Codes and names of the skills tasks may ask for; those of the dialogue guide have the same codes."""
    return task_library().skills


@cache
def anchors() -> Mapping[str, AreaAnchors]:
    """Area -> what the levels 1-4 of a demand mean, in area order; read once."""
    return read_anchors(FOLDER / "anchors.yaml", library=task_library())


@cache
def templates() -> tuple[ChainTemplate, ...]:
    """The starting sets that are shipped, read once."""
    return read_templates(FOLDER / "templates.yaml", library=task_library())


def read_library(folder: Path) -> TaskLibrary:
    """The library in `folder`: `library.yaml`, `skills.yaml` and one file for each group in `groups/`.

    Raises `ContentError` with file, line and field for a missing or unknown field, group, place, skill or area, a value
    outside its range, and a code given twice in any of the files.
    """
    head = read_fields(folder / "library.yaml").fields(required=_HEAD)
    if head["status"].text() != STATUS_PREFILLED:
        head["status"].refuse(f"must be {STATUS_PREFILLED!r}: a broker confirms levels at the workplace")
    groups, places = _named(head["groups"]), _named(head["places"])
    known_skills = _named(read_fields(folder / "skills.yaml").fields(required=("skills",))["skills"])
    files = {path.stem: path for path in sorted((folder / "groups").glob("*.yaml"))}
    _check_files(head["groups"], groups=groups, files=files)
    by_code: dict[str, LibraryTask] = {}
    for group in groups:
        fields = read_fields(files[group.code]).fields(required=("tasks",))
        for place in fields["tasks"].items():
            task = _task(place, group=group.code, places=_codes(places), skills=_codes(known_skills))
            if task.code in by_code:
                place.refuse(f"the code {task.code!r} is given twice")
            by_code[task.code] = task
    tasks = tuple(by_code.values())
    return TaskLibrary(
        tasks=tasks,
        groups=groups,
        places=places,
        skills=known_skills,
        status=STATUS_PREFILLED,
        source=_texts(head["source"]),
        version=_version([folder / "library.yaml", folder / "skills.yaml", *files.values()]),
        by_code=MappingProxyType(by_code),
        by_group=MappingProxyType(
            {group.code: tuple(task for task in tasks if task.group == group.code) for group in groups}
        ),
    )


def read_anchors(path: Path, *, library: TaskLibrary) -> Mapping[str, AreaAnchors]:
    """The sentences in the file at `path`, one for each level of each of the 24 areas.

    Raises `ContentError`, also when an example is no task of the library or does not have the level it stands for.
    """
    fields = read_fields(path).fields(required=AREAS)
    return MappingProxyType({area: _anchors(fields[area], area=area, library=library) for area in AREAS})


def read_templates(path: Path, *, library: TaskLibrary) -> tuple[ChainTemplate, ...]:
    """The starting sets in the file at `path`. Raises `ContentError`."""
    fields = read_fields(path).fields(required=("templates",))
    return tuple(_template(place, library=library) for place in fields["templates"].items())


def _check_files(place: Place, *, groups: Sequence[Named], files: Mapping[str, Path]) -> None:
    for at, group in enumerate(groups):
        if group.code not in files:
            place.items()[at].refuse(f"there is no file groups/{group.code}.yaml")
    if unknown := sorted(set(files) - set(_codes(groups))):
        raise ContentError(file=files[unknown[0]].name, line=1, field="", reason="belongs to no group in library.yaml")


def _task(place: Place, *, group: str, places: Sequence[str], skills: Sequence[str]) -> LibraryTask:
    fields = place.fields(required=_TASK, optional=("requires", "core"))
    rhythm, slots = _rhythm(fields)
    return LibraryTask(
        code=_code(fields["code"]),
        name=_texts(fields["name"]),
        description=_texts(fields["text"]),
        group=group,
        place=fields["place"].one_of(places),
        hours=_hours(fields["hours"]),
        rhythm=rhythm,
        slots=slots,
        demand=_demand(fields["demand"]),
        requires=_requires(fields, skills=skills),
        core=fields["core"].boolean() if "core" in fields else False,
    )


def _rhythm(fields: Mapping[str, Place]) -> tuple[str, tuple[str, ...]]:
    rhythm = fields["rhythm"].one_of(RHYTHMS)
    slots = WHEN[fields["when"].one_of(tuple(WHEN))]
    if rhythm == "several_a_week" and len({slot[:3] for slot in slots}) < SEVERAL:
        fields["when"].refuse(f"several_a_week is {SEVERAL} days; these half-days have fewer, choose others")
    return rhythm, slots


def _hours(place: Place) -> float:
    hours = float(place.number())
    if not SHORTEST_TURN <= hours <= LONGEST_TURN or hours * 4 % 1:
        place.refuse(f"hours each time are quarters from {SHORTEST_TURN} to {LONGEST_TURN}")
    return hours


def _demand(place: Place) -> Mapping[str, int]:
    fields = place.fields(required=(), optional=AREAS)
    if not FEWEST_AREAS <= len(fields) <= MOST_AREAS:
        place.refuse(f"name the {FEWEST_AREAS} to {MOST_AREAS} areas that count, not {len(fields)}")
    levels: dict[str, int] = {}
    for area in AREAS:
        if area in fields:
            try:
                levels[area] = check_level(fields[area].value, path=area, low=1)
            except VocabularyError as error:
                fields[area].refuse(error.reason)
    return MappingProxyType(levels)


def _requires(fields: Mapping[str, Place], *, skills: Sequence[str]) -> tuple[str, ...]:
    if "requires" not in fields:
        return ()
    return tuple(item.one_of(skills) for item in fields["requires"].items())


def _anchors(place: Place, *, area: str, library: TaskLibrary) -> AreaAnchors:
    fields = place.fields(required=tuple(f"level_{level}" for level in LEVELS))
    levels, examples = {}, {}
    for level in LEVELS:
        entry = fields[f"level_{level}"].fields(required=LANGUAGES, optional=("tasks",))
        levels[level] = Texts(da=entry["da"].text(), en=entry["en"].text())
        examples[level] = _examples(entry.get("tasks"), area=area, level=level, library=library)
    return AreaAnchors(area=area, levels=MappingProxyType(levels), examples=MappingProxyType(examples))


def _examples(place: Place | None, *, area: str, level: int, library: TaskLibrary) -> tuple[str, ...]:
    if place is None:
        return ()
    items = place.items()
    codes = tuple(item.one_of(tuple(library.by_code)) for item in items)
    for item, code in zip(items, codes, strict=True):
        if (has := library.by_code[code].demand.get(area, 0)) != level:
            item.refuse(f"{code!r} has level {has} here; take another example or correct the task")
    return codes


def _template(place: Place, *, library: TaskLibrary) -> ChainTemplate:
    fields = place.fields(required=("code", "name", "text", "posts", "tasks"))
    posts = tuple(TemplatePost(code=post.code, name=post.name) for post in _named(fields["posts"]))
    seen: set[str] = set()
    tasks = []
    for item in fields["tasks"].items():
        task = _template_task(item, posts=[post.code for post in posts], library=library)
        if task.task.code in seen:
            item.refuse(f"the task {task.task.code!r} is given twice")
        seen.add(task.task.code)
        tasks.append(task)
    return ChainTemplate(
        code=_code(fields["code"]),
        name=_texts(fields["name"]),
        description=_texts(fields["text"]),
        posts=posts,
        tasks=tuple(tasks),
    )


def _template_task(place: Place, *, posts: Sequence[str], library: TaskLibrary) -> TemplateTask:
    """Hours, rhythm and half-days are those of the library unless the template says otherwise."""
    fields = place.fields(required=("task", "post"), optional=("hours", "rhythm", "when"))
    task = library.by_code[fields["task"].one_of(tuple(library.by_code))]
    if ("rhythm" in fields) != ("when" in fields):
        place.refuse("rhythm and when change together; write both or none")
    rhythm, slots = _rhythm(fields) if "rhythm" in fields else (task.rhythm, task.slots)
    hours = _hours(fields["hours"]) if "hours" in fields else task.hours
    return TemplateTask(task=task, post=fields["post"].one_of(posts), hours=hours, rhythm=rhythm, slots=slots)


def _named(place: Place) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for item in place.items():
        fields = item.fields(required=("code", *LANGUAGES))
        code = _code(fields["code"])
        if code in found:
            item.refuse(f"the code {code!r} is given twice")
        found[code] = Named(code=code, name=Texts(da=fields["da"].text(), en=fields["en"].text()))
    return tuple(found.values())


def _codes(named: Sequence[Named]) -> tuple[str, ...]:
    return tuple(entry.code for entry in named)


def _code(place: Place) -> str:
    code = place.text()
    if not _CODE.fullmatch(code):
        place.refuse(f"{code!r} is not a code; use 3 to 50 of a-z, 0-9 and _")
    return code


def _texts(place: Place) -> Texts:
    fields = place.fields(required=LANGUAGES)
    return Texts(da=fields["da"].text(), en=fields["en"].text())


def _version(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
