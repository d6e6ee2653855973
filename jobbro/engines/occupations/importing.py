"""Everything that an import makes, held in memory until it is whole: the table and the tables beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jobbro.engines.occupations.derived import Made, derive, partial_areas, replace_file, source_file, write_table
from jobbro.engines.occupations.links import (
    ESCO_LABELS,
    ONET_LINKS,
    TITLE_LINKS,
    read_corpus,
    write_labels,
    write_onet_links,
    write_title_links,
)
from jobbro.engines.occupations.records import Occupation
from jobbro.engines.occupations.rules import Element, area_rules
from jobbro.engines.occupations.sources import CROSSWALK, MATRIX, TITLES, read_crosswalk, read_matrix, read_titles

CORPUS, CONCEPTS = "corpus_elements.tsv", "concept_mapping.tsv"
_SOURCES = (MATRIX, CROSSWALK, TITLES, CORPUS, CONCEPTS)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The occupations an import made, and the files to write, the table last; `missing`: elements O*NET has not."""

    occupations: tuple[Occupation, ...]
    files: Mapping[str, bytes]
    missing: tuple[Element, ...] = ()
    partial: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """All files are in `folder`; each is replaced whole, and the table, which the product looks for, comes last."""
        for name, content in self.files.items():
            replace_file(folder / name, content=content)


def import_sources(folder: Path, *, made_on: str, table_name: str) -> Imported:
    """The shipped tables made anew from the raw files. Raises `SourceError`."""
    matrix = read_matrix(folder / MATRIX)
    crosswalk = read_crosswalk(folder / CROSSWALK)
    titles = read_titles(folder / TITLES)
    labels = read_corpus(folder / CORPUS, folder / CONCEPTS)
    rules = area_rules()
    made = Made(
        origin="shipped",
        onet=matrix.version,
        esco="1.0.8",
        titles="09.06.2021",
        made_on=made_on,
        made_by=f"jobbro occupations derive --from FOLDER --out {table_name}",
        files=tuple(source_file(folder / name) for name in _SOURCES),
    )
    occupations = derive(titles, crosswalk=crosswalk, matrix=matrix, rules=rules)
    partial = partial_areas(matrix, rules=rules)
    return Imported(
        occupations=occupations,
        files={
            TITLE_LINKS: write_title_links(titles),
            ONET_LINKS: write_onet_links(crosswalk, titles=titles),
            ESCO_LABELS: write_labels(labels, titles=titles),
            table_name: write_table(occupations, made=made, partial=partial),
        },
        partial=partial,
    )
