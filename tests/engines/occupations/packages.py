"""Small packages laid out as the official ones: O*NET's text files with the numbers of the extract, and ESCO's CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from jobbro.engines.occupations.official import named_elements
from jobbro.engines.occupations.sources import MATRIX, read_matrix
from tests.engines.occupations.conftest import EXTRACT

URI = "http://data.europa.eu/esco/occupation/"
SKILL = "http://data.europa.eu/esco/skill/"
RATING = ("N", "Standard Error", "Lower CI Bound", "Upper CI Bound", "Recommend Suppress", "Not Relevant", "Date")
COLUMNS = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value", *RATING, "Domain Source")
FILES = {
    "Abilities": "Abilities.txt",
    "Work_Activities": "Work Activities.txt",
    "Work_Context": "Work Context.txt",
    "Work_Styles": "Work Styles.txt",
    "Skills": "Skills.txt",
}


def write_onet(folder: Path, *, newer_names: bool = False, styles_scale: str = "IM") -> Path:
    """The extract as a package; with the newer names of elements, or work styles on the newer scale."""
    folder.mkdir(parents=True, exist_ok=True)
    matrix = read_matrix(EXTRACT / MATRIX)
    titles = [(code, title, "Tells what they do.") for code, title in matrix.titles.items()]
    write_tabs(folder / "Occupation Data.txt", ("O*NET-SOC Code", "Title", "Description"), titles)
    for domain, file in FILES.items():
        scale = {"Work_Context": "CX", "Work_Styles": styles_scale}.get(domain, "IM")
        rows = []
        for code, values in matrix.values.items():
            for one in named_elements():
                if one.element[0] == domain and one.element in values:
                    name = one.names[-1 if newer_names else 0]
                    rating = ("8", "0.1", "1", "5", "N", "n/a", "08/2025", "Analyst")
                    rows.append((code, one.id, name, scale, f"{values[one.element]}", *rating))
                    rows.append((code, one.id, name, "CT" if scale == "CX" else "LV", "6.50", *rating))
        write_tabs(folder / file, COLUMNS, rows)
    return folder


def write_tabs(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    path.write_text("".join("\t".join(row) + "\n" for row in (columns, *rows)), encoding="utf-8")


def write_esco(folder: Path, *, occupations: Sequence[Sequence[str]], relations: Sequence[Sequence[str]]) -> Path:
    """`occupations`: address, name and other names; `relations`: address, kind and skill."""
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(
        folder / "occupations_da.csv",
        ("conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels", "status"),
        [("Occupation", uri, "5120", name, others, "", "released") for uri, name, others in occupations],
    )
    write_csv(
        folder / "skills_da.csv",
        ("conceptType", "conceptUri", "skillType", "preferredLabel"),
        [("KnowledgeSkillCompetence", f"{SKILL}{n}", "skill/competence", f"kompetence {n}") for n in range(3)],
    )
    rows = [(uri, kind, "skill/competence", skill) for uri, kind, skill in relations]
    columns = ("occupationUri", "relationType", "skillType", "skillUri")
    write_csv(folder / "occupationSkillRelations_da.csv", columns, rows)
    return folder


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows((columns, *rows))
