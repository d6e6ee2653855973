"""Everything that an import makes, held in memory until it is whole: the table and the tables beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jobbro.engines.occupations.derived import (
    SHIPPED,
    TABLE,
    Made,
    beside,
    derive,
    partial_areas,
    read_table,
    replace_file,
    source_file,
    write_table,
)
from jobbro.engines.occupations.links import (
    ESCO_LABELS,
    ONET_LINKS,
    TITLE_LINKS,
    read_corpus,
    read_labels,
    read_onet_links,
    read_title_links,
    short,
    write_labels,
    write_onet_links,
    write_title_links,
)
from jobbro.engines.occupations.official import read_esco, read_onet
from jobbro.engines.occupations.records import Occupation
from jobbro.engines.occupations.rules import Element, area_rules
from jobbro.engines.occupations.skills import write_skills
from jobbro.engines.occupations.sources import CROSSWALK, MATRIX, TITLES, read_crosswalk, read_matrix, read_titles

CORPUS, CONCEPTS = "corpus_elements.tsv", "concept_mapping.tsv"
_SOURCES = (MATRIX, CROSSWALK, TITLES, CORPUS, CONCEPTS)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The occupations an import made, and the files to write, the table last.

    `missing`: elements the package does not measure, `renamed`: those it knows by a new name, `partial`: the areas that
    miss some, `incomplete`: occupations of O*NET left out for want of numbers, `unknown`: ESCO occupations behind a
    Danish title that the package no longer has.
    """

    occupations: tuple[Occupation, ...]
    files: Mapping[str, bytes]
    missing: tuple[Element, ...] = ()
    renamed: tuple[tuple[Element, str], ...] = ()
    partial: tuple[str, ...] = ()
    incomplete: int = 0
    unknown: int = 0

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


def import_official(
    *, esco: Path | None, onet: Path | None, esco_version: str, onet_version: str, made_on: str, in_use: Path
) -> Imported:
    """The tables made of the official packages; for one that is not given, what the folder `in_use` holds is kept.

    Danish titles and the ways from them to ESCO and O*NET are in no official package: they are the shipped ones.
    Raises `SourceError`.
    """
    table = read_table(in_use / TABLE)
    kept = read_labels(beside(in_use, ESCO_LABELS))
    package = read_esco(esco) if esco else None
    labels = {**kept, **package.labels} if package else kept
    titles = read_title_links(SHIPPED / TITLE_LINKS, labels=labels)
    behind = {short(kin.uri) for title in titles for kin in title.kin}
    files: dict[str, bytes] = {}
    if package:
        files |= {ESCO_LABELS: write_labels(labels, titles=titles)} | write_skills(package.skills, wanted=behind)
    unknown = len(behind - set(package.labels)) if package else 0
    version = table.version
    made = Made(
        origin="imported",
        onet=onet_version if onet else version.onet,
        esco=esco_version if esco else version.esco,
        titles=version.titles,
        made_on=made_on,
        made_by="jobbro occupations import",
        files=tuple(source_file(path) for folder in (esco, onet) if folder for path in sorted(folder.glob("*.*"))),
    )
    if onet is None:
        content = write_table(table.occupations, made=made, partial=version.partial)
        return Imported(occupations=table.occupations, files={**files, TABLE: content}, unknown=unknown)
    rules = area_rules()
    read = read_onet(onet, version=onet_version, rules=rules)
    occupations = derive(titles, crosswalk=read_onet_links(SHIPPED / ONET_LINKS), matrix=read.matrix, rules=rules)
    partial = partial_areas(read.matrix, rules=rules)
    return Imported(
        occupations=occupations,
        files={**files, TABLE: write_table(occupations, made=made, partial=partial)},
        missing=read.matrix.missing,
        renamed=read.renamed,
        partial=partial,
        incomplete=read.incomplete,
        unknown=unknown,
    )
