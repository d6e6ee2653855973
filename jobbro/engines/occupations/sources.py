"""The three open sources in memory: O*NET's rows, the crosswalk from ESCO, and STAR's Danish titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jobbro.engines.occupations.reading import Row, SourceError, number, read_lines, read_rows
from jobbro.engines.occupations.records import Relation
from jobbro.engines.occupations.rules import HIGHEST, LOWEST, Element

MATRIX = "onet_data.csv"
CROSSWALK = "crosswalk_esco_onet.csv"
TITLES = "DK_mapping.csv"

# Both mapping files tell about themselves in 16 lines above their header.
_HEADER_LINE = 17
_HEADS = ("domain", "Occupation"), ("element_name", "title")
_ABILITIES = "Abilities"
# Elements measured on other scales than 1-5, or not at all; no area uses them.
_OTHER_SCALES = ("Interests", "Work_Values", "Job_Zones", "Work_Context_Time", "Knowledge")

ONET_CODE = re.compile(r"\d{2}-\d{4}\.\d{2}")
DISCO_CODE = re.compile(r"\d{4}(\.\d{1,4})+")
_GROUP_CODE = re.compile(r"C\d{1,4}")

MATCHES: Mapping[str, int] = {"exactMatch": 4, "exactISCO": 4, "closeMatch": 3, "narrowMatch": 2, "broadMatch": 1}
"""How much an O*NET code counts for its ESCO occupation."""

RELATIONS: Mapping[str, Relation] = {
    "skos:exactMatch": Relation.EXACT,
    "skos:closeMatch": Relation.CLOSE,
    "skos:narrowMatch": Relation.NARROW,
    "skos:broadMatch": Relation.BROAD,
}
"""How a Danish title relates to an ESCO occupation, best first."""


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """O*NET's rows with numbers: code -> title, and code -> element -> value 1-5. `missing`: elements it has not."""

    version: str
    titles: Mapping[str, str]
    values: Mapping[str, Mapping[Element, float]]
    missing: tuple[Element, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Link:
    """An ESCO occupation's way to an O*NET code, and how good the match is (1-4)."""

    code: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class Crosswalk:
    """ESCO occupation (its URI) -> O*NET codes, and the titles of those codes."""

    titles: Mapping[str, str]
    links: Mapping[str, tuple[Link, ...]]


@dataclass(frozen=True, kw_only=True)
class Kin:
    """An ESCO occupation behind a Danish title."""

    uri: str
    name: str
    relation: Relation


@dataclass(frozen=True, kw_only=True)
class Title:
    """A Danish entry: its DISCO code, its title and its kin in ESCO. `is_group`: an ISCO heading, not a title."""

    code: str
    title: str
    kin: tuple[Kin, ...]

    @property
    def is_group(self) -> bool:
        """True for a heading of the classification."""
        return self.code.startswith("C")


def read_matrix(path: Path, *, version: str = "18.1") -> Matrix:
    """The matrix in one CSV: domain, element and an empty line above; then code, title and numbers.

    Rows without numbers under Abilities are absent. Raises `SourceError`.
    """
    lines = read_lines(path)
    columns = _elements(path, lines=[cells for _, cells in (next(lines, (1, [])), next(lines, (2, [])))])
    next(lines, None)
    titles: dict[str, str] = {}
    values: dict[str, dict[Element, float]] = {}
    for line, cells in lines:
        row = Row(file=path.name, line=line, values={})
        if len(cells) != len(columns) + 2:
            raise row.error("", f"rækken har {len(cells)} felter, men overskriften har {len(columns) + 2}.")
        if not ONET_CODE.fullmatch(cells[0]) or cells[0] in titles:
            raise row.error("domain", f"{cells[0]!r} er ikke en ny O*NET-kode.")
        titles[cells[0]] = cells[1].replace("_", " ")
        read = _numbers(columns, cells=cells[2:], row=row)
        if any(domain == _ABILITIES for domain, _ in read):
            values[cells[0]] = read
    return Matrix(version=version, titles={code: titles[code] for code in values}, values=values)


def _elements(path: Path, *, lines: list[list[str]]) -> list[Element]:
    for position, (cells, heads) in enumerate(zip(lines, _HEADS, strict=True)):
        if tuple(cells[:2]) != heads or len(cells) != len(lines[0]):
            reason = f"de to øverste linjer skal begynde med {', '.join(heads)} og være lige lange."
            raise SourceError(file=path.name, line=position + 1, field="", reason=reason)
    return list(zip(lines[0][2:], lines[1][2:], strict=True))


def _numbers(columns: list[Element], *, cells: list[str], row: Row) -> dict[Element, float]:
    return {
        element: number(cell, row=row, field="/".join(element), low=LOWEST, high=HIGHEST)
        for element, cell in zip(columns, cells, strict=True)
        if cell.strip() and element[0] not in _OTHER_SCALES
    }


def read_crosswalk(path: Path) -> Crosswalk:
    """The crosswalk of the ESCO secretariat. Raises `SourceError`."""
    titles: dict[str, str] = {}
    links: dict[str, list[Link]] = {}
    columns = ("O*NET Id", "O*NET Title", "ESCO or ISCO URI", "Type of Match")
    for row in read_rows(path, columns=columns, header_line=_HEADER_LINE):
        code = row.text("O*NET Id")
        if not ONET_CODE.fullmatch(code):
            raise row.error("O*NET Id", f"{code!r} er ikke en O*NET-kode som 11-1011.00.")
        titles.setdefault(code, row.text("O*NET Title"))
        weight = MATCHES[row.one_of("Type of Match", tuple(MATCHES))]
        links.setdefault(row.text("ESCO or ISCO URI"), []).append(Link(code=code, weight=weight))
    return Crosswalk(titles=titles, links={uri: tuple(found) for uri, found in links.items()})


def read_titles(path: Path) -> tuple[Title, ...]:
    """STAR's entries with their kin in ESCO, in code order; headings are among them. Raises `SourceError`."""
    names: dict[str, str] = {}
    kin: dict[str, list[Kin]] = {}
    columns = (
        "Classification 1 URI",
        "Classification 1 PrefLabel",
        "Classification 2 URI",
        "Classification 2 PrefLabel",
        "Mapping relation",
    )
    for row in read_rows(path, columns=columns, header_line=_HEADER_LINE):
        # One code in the file ends in a stray dot.
        code = row.text("Classification 2 URI").rsplit("/", 1)[-1].rstrip(".")
        title = row.text("Classification 2 PrefLabel")
        if not (DISCO_CODE.fullmatch(code) or _GROUP_CODE.fullmatch(code)):
            raise row.error("Classification 2 URI", f"{code!r} er ikke en dansk stillingskode som 9112.2.")
        if names.setdefault(code, title) != title:
            raise row.error("Classification 2 PrefLabel", f"{code} hedder {names[code]!r} i en anden række.")
        relation = RELATIONS[row.one_of("Mapping relation", tuple(RELATIONS))]
        uri, name = row.text("Classification 1 URI"), row.text("Classification 1 PrefLabel")
        kin.setdefault(code, []).append(Kin(uri=uri, name=name, relation=relation))
    return tuple(Title(code=code, title=names[code], kin=tuple(kin[code])) for code in sorted(names))
