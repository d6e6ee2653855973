"""The ways between Danish titles, ESCO and O*NET in short form: what the official packages do not hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from jobbro.engines.occupations.reading import SourceError, read_rows
from jobbro.engines.occupations.records import Relation
from jobbro.engines.occupations.sources import Crosswalk, Kin, Link, Title

TITLE_LINKS = "title_links.csv"
ONET_LINKS = "onet_links.csv"
ESCO_LABELS = "esco_labels.csv"

OCCUPATION_URI = "http://data.europa.eu/esco/occupation/"
MAX_BYTES = 20_000_000
# No label of ESCO holds one.
SEPARATOR = "|"

_RELATIONS = tuple(relation for relation in Relation if relation not in (Relation.SAME_NAME, Relation.NEARBY))


def short(uri: str) -> str:
    """The last part of a URI of ESCO: a UUID, or a code for a heading."""
    return uri.rsplit("/", 1)[-1]


def write_title_links(titles: Sequence[Title]) -> bytes:
    """Danish code, title, ESCO occupation and relation, for titles (no headings)."""
    rows = [
        (title.code, title.title, short(kin.uri), kin.relation.value)
        for title in titles
        if not title.is_group
        for kin in title.kin
    ]
    return _csv(("code", "title", "esco", "relation"), rows=sorted(set(rows)))


def write_onet_links(crosswalk: Crosswalk, *, titles: Sequence[Title]) -> bytes:
    """ESCO occupation, O*NET code, its title and the weight of the match, for ESCO occupations behind a title."""
    wanted = {kin.uri for title in titles if not title.is_group for kin in title.kin}
    rows = [
        (short(uri), link.code, crosswalk.titles[link.code], link.weight)
        for uri, links in crosswalk.links.items()
        if uri in wanted
        for link in links
    ]
    return _csv(("esco", "onet", "onet_title", "weight"), rows=sorted(rows))


def write_labels(labels: Mapping[str, Sequence[str]], *, titles: Sequence[Title]) -> bytes:
    """ESCO occupation and its Danish names, the preferred one first, for ESCO occupations behind a title."""
    wanted = {short(kin.uri) for title in titles if not title.is_group for kin in title.kin}
    rows = [(esco, SEPARATOR.join(names)) for esco, names in labels.items() if esco in wanted]
    return _csv(("esco", "labels"), rows=sorted(rows))


def _csv(columns: Sequence[str], *, rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()


def read_labels(path: Path) -> Mapping[str, tuple[str, ...]]:
    """ESCO occupation -> its Danish names. Raises `SourceError`."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_rows(path, columns=("esco", "labels"), max_bytes=MAX_BYTES):
        if row.text("esco") in found:
            raise row.error("esco", f"{row.text('esco')} står der to gange.")
        found[row.text("esco")] = tuple(row.text("labels").split(SEPARATOR))
    return found


def read_title_links(path: Path, *, labels: Mapping[str, Sequence[str]]) -> tuple[Title, ...]:
    """The Danish titles with their kin in ESCO, named by their preferred label. Raises `SourceError`."""
    names: dict[str, str] = {}
    kin: dict[str, list[Kin]] = {}
    for row in read_rows(path, columns=("code", "title", "esco", "relation"), max_bytes=MAX_BYTES):
        code, esco = row.text("code"), row.text("esco")
        names[code] = row.text("title")
        relation = Relation(row.one_of("relation", _RELATIONS))
        name = labels[esco][0] if labels.get(esco) else ""
        kin.setdefault(code, []).append(Kin(uri=OCCUPATION_URI + esco, name=name, relation=relation))
    return tuple(Title(code=code, title=names[code], kin=tuple(kin[code])) for code in sorted(names))


def read_onet_links(path: Path) -> Crosswalk:
    """The crosswalk. Raises `SourceError`."""
    titles: dict[str, str] = {}
    links: dict[str, list[Link]] = {}
    for row in read_rows(path, columns=("esco", "onet", "onet_title", "weight"), max_bytes=MAX_BYTES):
        code = row.text("onet")
        titles[code] = row.text("onet_title")
        link = Link(code=code, weight=int(row.number("weight", low=1, high=4)))
        links.setdefault(OCCUPATION_URI + row.text("esco"), []).append(link)
    return Crosswalk(titles=titles, links={uri: tuple(found) for uri, found in links.items()})


def read_corpus(labels: Path, concepts: Path) -> Mapping[str, tuple[str, ...]]:
    """ESCO occupation or heading -> its Danish names, from the two files of the MELO set. Raises `SourceError`."""
    of_label = dict(_pairs(concepts))
    found: dict[str, list[str]] = {}
    for line, (label, name) in enumerate(_pairs(labels), start=1):
        if label not in of_label:
            reason = f"{label} findes ikke i {concepts.name}."
            raise SourceError(file=labels.name, line=line, field="", reason=reason)
        found.setdefault(short(of_label[label]), []).append(name)
    return {esco: tuple(dict.fromkeys(names)) for esco, names in found.items()}


def _pairs(path: Path) -> list[tuple[str, str]]:
    pairs = []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(file=path.name, line=1, field="", reason="filen kan ikke læses som UTF-8.") from error
    for line, content in enumerate(text.splitlines(), start=1):
        label, tab, value = content.partition("\t")
        if not tab or not value.strip():
            raise SourceError(file=path.name, line=line, field="", reason="linjen skal have to felter med tabulator.")
        pairs.append((label, value.strip()))
    return pairs
