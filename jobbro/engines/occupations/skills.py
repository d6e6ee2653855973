"""The skills ESCO names for an occupation; there are none until somebody has imported the official package."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from jobbro.engines.occupations.joining import chosen_kin
from jobbro.engines.occupations.links import short
from jobbro.engines.occupations.official import EscoSkills
from jobbro.engines.occupations.reading import Row, SourceError, read_rows
from jobbro.engines.occupations.sources import Title

SKILL_NAMES, OCCUPATION_SKILLS = "esco_skills.csv", "esco_occupation_skills.csv"


@dataclass(frozen=True, kw_only=True)
class Skills:
    """Danish names of what somebody in the occupation knows and can do, by alphabet."""

    essential: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


def write_skills(skills: EscoSkills, *, wanted: Collection[str]) -> dict[str, bytes]:
    """File name -> content, for the ESCO occupations in `wanted`."""
    names, relations = io.StringIO(newline=""), io.StringIO(newline="")
    writer = csv.writer(names, lineterminator="\n")
    writer.writerow(("number", "name"))
    writer.writerows(enumerate(skills.names))
    writer = csv.writer(relations, lineterminator="\n")
    writer.writerow(("esco", "essential", "optional"))
    for esco in sorted(set(wanted) & (set(skills.essential) | set(skills.optional))):
        essential, optional = skills.essential.get(esco, ()), skills.optional.get(esco, ())
        writer.writerow((esco, " ".join(map(str, essential)), " ".join(map(str, optional))))
    return {SKILL_NAMES: names.getvalue().encode(), OCCUPATION_SKILLS: relations.getvalue().encode()}


def read_skills(folder: Path) -> EscoSkills | None:
    """The skills beside a table, or None when there are none. Raises `SourceError`."""
    if not (folder / OCCUPATION_SKILLS).is_file():
        return None
    names = tuple(row.text("name") for row in read_rows(folder / SKILL_NAMES, columns=("number", "name")))
    essential, optional = {}, {}
    for row in read_rows(folder / OCCUPATION_SKILLS, columns=("esco", "essential", "optional")):
        essential[row.text("esco")] = _numbers(row, "essential", among=len(names))
        optional[row.text("esco")] = _numbers(row, "optional", among=len(names))
    return EscoSkills(names=names, essential=essential, optional=optional)


def _numbers(row: Row, column: str, *, among: int) -> tuple[int, ...]:
    written = row.values[column].split()
    if not all(number.isdecimal() and int(number) < among for number in written):
        raise SourceError(file=row.file, line=row.line, field=column, reason="en kompetence findes ikke.")
    return tuple(int(number) for number in written)


def skills_of(title: Title, *, skills: EscoSkills) -> Skills:
    """The skills of the ESCO occupations of the same name as the title, else of those with the best relation."""
    esco = [short(kin.uri) for kin in chosen_kin(title, kin=title.kin)]
    essential = {skills.names[number] for one in esco for number in skills.essential.get(one, ())}
    optional = {skills.names[number] for one in esco for number in skills.optional.get(one, ())}
    return Skills(essential=tuple(sorted(essential)), optional=tuple(sorted(optional - essential)))
