"""The official packages read as they are downloaded: O*NET's text files and ESCO's CSV files in Danish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobbro.engines.occupations.links import OCCUPATION_URI, SEPARATOR, short
from jobbro.engines.occupations.reading import Row, SourceError, read_rows
from jobbro.engines.occupations.rules import FOLDER, HIGHEST, LOWEST, AreaRule, Element
from jobbro.engines.occupations.sources import ONET_CODE, Matrix

ELEMENTS = FOLDER / "onet_elements.csv"
OCCUPATION_DATA = "Occupation Data.txt"
ESCO_OCCUPATIONS, ESCO_SKILLS = "occupations_da.csv", "skills_da.csv"
# The name has the language in it from ESCO 1.1 on.
ESCO_RELATIONS = ("occupationSkillRelations_da.csv", "occupationSkillRelations.csv")

# Domain -> the scale the rules are made for, and its files: each line names files that are read together; the first
# line whose files are all there counts. Newer versions have split the skills.
_FILES: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "Abilities": ("IM", (("Abilities.txt",),)),
    "Work_Activities": ("IM", (("Work Activities.txt",),)),
    "Work_Context": ("CX", (("Work Context.txt",),)),
    "Work_Styles": ("IM", (("Work Styles.txt",),)),
    "Skills": ("IM", (("Skills.txt",), ("Essential Skills.txt", "Transferable Skills.txt"))),
}
# O*NET 30.1 rates work styles from -3 to 3: the file is there, but nothing in it is on the scale of the rules.
_MAY_BE_ELSEWHERE = ("Work_Styles",)
_COLUMNS = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value")
_SCALE = re.compile(r"[A-Z]{2,3}")
_NO_NUMBER = ("", "n/a")
_RELATION_TYPES = ("essential", "optional")
_ESCO_URI = re.compile(re.escape(OCCUPATION_URI) + r"[0-9a-f-]{36}")


@dataclass(frozen=True, kw_only=True)
class NamedElement:
    """An element of the rules with its id in O*NET's content model, and the newer name if it got one."""

    element: Element
    id: str
    newer_name: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names it may have in a package."""
        old = self.element[1].replace("_", " ")
        return (old, self.newer_name) if self.newer_name else (old,)


@dataclass(frozen=True, kw_only=True)
class OnetPackage:
    """O*NET in memory: its rows, and what was not as the rules know it.

    `renamed`: elements found by their id under a name nobody has looked at; `incomplete`: occupations left out because
    some area has no number at all.
    """

    matrix: Matrix
    renamed: tuple[tuple[Element, str], ...]
    incomplete: int


@dataclass(frozen=True, kw_only=True)
class EscoSkills:
    """Skills by number, and for each ESCO occupation the numbers of its essential and its optional ones."""

    names: tuple[str, ...]
    essential: Mapping[str, tuple[int, ...]]
    optional: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class EscoPackage:
    """ESCO in memory: Danish names of each occupation, the preferred one first, and their skills."""

    labels: Mapping[str, tuple[str, ...]]
    skills: EscoSkills


@cache
def named_elements() -> tuple[NamedElement, ...]:
    """Every element of the rules with its id, from O*NET's Survey Booklet Locations and Content Model Reference."""
    return tuple(
        NamedElement(
            element=(row.text("domain"), row.text("element")),
            id=row.text("element_id"),
            newer_name=row.values["newer_name"].strip(),
        )
        for row in read_rows(ELEMENTS, columns=("domain", "element", "element_id", "newer_name"))
    )


def read_onet(folder: Path, *, version: str, rules: Mapping[str, AreaRule]) -> OnetPackage:
    """O*NET's text package. An element is known by its name, old or new; if no row has that, by its id.

    Raises `SourceError` when a file or a column is missing, a value is out of its range, an element is rated twice for
    one occupation, or an area of the rules has no element left.
    """
    titles = _onet_titles(folder / OCCUPATION_DATA)
    values: dict[str, dict[Element, float]] = {code: {} for code in titles}
    renamed: dict[Element, str] = {}
    found: set[Element] = set()
    for domain, (scale, _) in _FILES.items():
        for one, rows in _rows_of(folder, domain=domain, scale=scale).items():
            name = rows[0].text("Element Name")
            if name not in one.names:
                renamed[one.element] = name
            found.add(one.element)
            for row in rows:
                _keep(row, one=one, values=values)
    missing = tuple(one.element for one in named_elements() if one.element not in found)
    _refuse_empty_areas(folder, missing=missing, rules=rules)
    whole = {code: row for code, row in values.items() if all(rule.score(row) is not None for rule in rules.values())}
    matrix = Matrix(version=version, titles={code: titles[code] for code in whole}, values=whole, missing=missing)
    incomplete = sum(1 for code, row in values.items() if row and code not in whole)
    return OnetPackage(matrix=matrix, renamed=tuple(renamed.items()), incomplete=incomplete)


def _rows_of(folder: Path, *, domain: str, scale: str) -> Mapping[NamedElement, list[Row]]:
    """The rows of each element of a domain: those with its name, else those with its id."""
    wanted = [one for one in named_elements() if one.element[0] == domain]
    by_name, by_id = {name: one for one in wanted for name in one.names}, {one.id: one for one in wanted}
    named: dict[NamedElement, list[Row]] = {}
    numbered: dict[NamedElement, list[Row]] = {}
    for row in _rated(folder, domain=domain, scale=scale):
        if one := by_name.get(row.text("Element Name")):
            named.setdefault(one, []).append(row)
        elif one := by_id.get(row.text("Element ID")):
            numbered.setdefault(one, []).append(row)
    return {**numbered, **named}


def _onet_titles(path: Path) -> dict[str, str]:
    titles: dict[str, str] = {}
    for row in read_rows(path, columns=("O*NET-SOC Code", "Title"), delimiter="\t"):
        code = row.text("O*NET-SOC Code")
        if not ONET_CODE.fullmatch(code) or code in titles:
            raise row.error("O*NET-SOC Code", f"{code!r} er ikke en ny O*NET-kode som 11-1011.00.")
        titles[code] = row.text("Title")
    return titles


def _rated(folder: Path, *, domain: str, scale: str) -> Iterator[Row]:
    """The rows of a domain on the scale of the rules."""
    choices = _FILES[domain][1]
    names = next((names for names in choices if all((folder / name).is_file() for name in names)), choices[0])
    is_on_scale = False
    for name in names:
        for row in read_rows(folder / name, columns=_COLUMNS, delimiter="\t"):
            if not _SCALE.fullmatch(row.text("Scale ID")):
                raise row.error("Scale ID", f"{row.text('Scale ID')!r} er ikke en skala som {scale}.")
            if row.text("Scale ID") == scale:
                is_on_scale = True
                yield row
    if not is_on_scale and domain not in _MAY_BE_ELSEWHERE:
        raise SourceError(
            file=names[0], line=1, field="Scale ID", reason=f"filen har ingen rækker med skalaen {scale}."
        )


def _keep(row: Row, *, one: NamedElement, values: Mapping[str, dict[Element, float]]) -> None:
    code = row.text("O*NET-SOC Code")
    if code not in values:
        raise row.error("O*NET-SOC Code", f"{code!r} står ikke i {OCCUPATION_DATA}.")
    if row.values["Data Value"].strip() in _NO_NUMBER:
        return
    if one.element in values[code]:
        raise row.error("Element ID", f"{code} har allerede et tal for {one.names[0]}.")
    values[code][one.element] = row.number("Data Value", low=LOWEST, high=HIGHEST)


def _refuse_empty_areas(folder: Path, *, missing: Sequence[Element], rules: Mapping[str, AreaRule]) -> None:
    for area, rule in rules.items():
        if all(part.element in missing for part in rule.parts):
            names = ", ".join(part.element[1].replace("_", " ") for part in rule.parts)
            reason = f"pakken måler ingen af elementerne i området {area}: {names}. Er det hele pakken?"
            raise SourceError(file=folder.name, line=1, field="Element ID", reason=reason)


def read_esco(folder: Path) -> EscoPackage:
    """ESCO's CSV package in Danish.

    Raises `SourceError` when a file or a column is missing, an address is none of ESCO's, an occupation or a skill
    stands twice, or a relation is of an unknown kind.
    """
    labels: dict[str, tuple[str, ...]] = {}
    for row in read_rows(folder / ESCO_OCCUPATIONS, columns=("conceptUri", "preferredLabel", "altLabels")):
        uri = row.text("conceptUri")
        if not _ESCO_URI.fullmatch(uri):
            raise row.error("conceptUri", f"{uri!r} er ikke en stilling i ESCO.")
        if short(uri) in labels:
            raise row.error("conceptUri", f"{uri} står der to gange.")
        labels[short(uri)] = _labels(row)
    if not labels:
        raise SourceError(file=ESCO_OCCUPATIONS, line=1, field="", reason="filen har ingen stillinger.")
    return EscoPackage(labels=labels, skills=_read_skills(folder, occupations=labels))


def _labels(row: Row) -> tuple[str, ...]:
    names = [row.text("preferredLabel"), *row.values["altLabels"].splitlines()]
    kept = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    if any(SEPARATOR in name for name in kept):
        raise row.error("altLabels", f"et navn har tegnet {SEPARATOR}, som ikke kan bruges.")
    return kept


def _read_skills(folder: Path, *, occupations: Mapping[str, object]) -> EscoSkills:
    numbers: dict[str, int] = {}
    names: list[str] = []
    for row in read_rows(folder / ESCO_SKILLS, columns=("conceptUri", "preferredLabel")):
        if numbers.setdefault(row.text("conceptUri"), len(names)) != len(names):
            raise row.error("conceptUri", f"{row.text('conceptUri')} står der to gange.")
        names.append(row.text("preferredLabel"))
    file = next((name for name in ESCO_RELATIONS if (folder / name).is_file()), ESCO_RELATIONS[0])
    found: dict[str, dict[str, list[int]]] = {kind: {} for kind in _RELATION_TYPES}
    for row in read_rows(folder / file, columns=("occupationUri", "relationType", "skillUri")):
        kind, occupation = row.one_of("relationType", _RELATION_TYPES), short(row.text("occupationUri"))
        if row.text("skillUri") not in numbers:
            raise row.error("skillUri", f"{row.text('skillUri')} står ikke i {ESCO_SKILLS}.")
        if occupation in occupations:
            found[kind].setdefault(occupation, []).append(numbers[row.text("skillUri")])
    essential, optional = (
        {esco: tuple(dict.fromkeys(skills)) for esco, skills in found[kind].items()} for kind in _RELATION_TYPES
    )
    return EscoSkills(names=tuple(names), essential=essential, optional=optional)


def version_in(folder: Path) -> str:
    """The version in the name of a package's folder (`db_30_1_text`, `v1.2.0`), or `ukendt`."""
    numbers = re.search(r"(?:db_|v)(\d+(?:[._]\d+)+)", folder.resolve().name)
    return numbers.group(1).replace("_", ".") if numbers else "ukendt"
