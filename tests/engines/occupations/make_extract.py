"""Makes the extract of the raw files beside this module: `python -m tests.engines.occupations.make_extract RAW_FOLDER`.

It holds the twelve titles of the sanity table and titles that go each of the ways a-e, with every row they rest on; of
the columns of O*NET those that the rules name.
"""

import csv
import sys
from pathlib import Path

from jobbro.engines.occupations.joining import resolve_codes
from jobbro.engines.occupations.rules import area_rules, code_successors, wanted_elements
from jobbro.engines.occupations.sources import CROSSWALK, MATRIX, TITLES, read_crosswalk, read_matrix

EXTRACT = Path(__file__).with_name("extract")
HEADER_LINES = 17
SANITY = (
    "9112.2", "9333.8", "3313.2", "2342.1.95", "2512.3", "8331.1", "5120.1", "5322.1", "4226.2", "9214.1", "7411.1",
    "5223.6",
)  # fmt: skip
# Same title, successor, family (the whole code, and the mean of its members), neighbours by four and by three digits
# with those they are near to, the code with a stray dot, a title that nothing reaches, a heading.
OTHERS = (
    "0310.3", "2513.3", "2634.2.1", "2413.1", "1312.1", "1312.4", "8155.1.3", "8159.99", "8157.1", "2310.1.20.",
    "0210.2", "C9112",
)  # fmt: skip


def main(raw: Path) -> None:
    """Write the extract."""
    EXTRACT.mkdir(exist_ok=True)
    matrix, crosswalk = read_matrix(raw / MATRIX), read_crosswalk(raw / CROSSWALK)
    resolved = resolve_codes(crosswalk, matrix=matrix, successors=code_successors())
    links = _rows(raw / TITLES)
    head, body = links[:HEADER_LINES], links[HEADER_LINES:]
    body = [row for row in body if row and row[3].rsplit("/", 1)[-1] in {*SANITY, *OTHERS}]
    _write(TITLES, [*head, *body])
    uris = {row[0] for row in body}
    lines = _rows(raw / CROSSWALK)
    kept = [row for row in lines[HEADER_LINES:] if row and row[3] in uris]
    for row in kept:
        # The descriptions are long and nobody reads them here.
        row[2] = row[5] = ""
    _write(CROSSWALK, [*lines[:HEADER_LINES], *kept])
    _write(MATRIX, _matrix(raw / MATRIX, codes={code for row in kept for code in _behind(row[0], resolved=resolved)}))
    labels = [line.split("\t") for line in (raw / "corpus_elements.tsv").read_text().splitlines()]
    concepts = [line.split("\t") for line in (raw / "concept_mapping.tsv").read_text().splitlines()]
    wanted = {label for label, uri in concepts if uri in uris}
    _write_pairs("corpus_elements.tsv", [pair for pair in labels if pair[0] in wanted])
    _write_pairs("concept_mapping.tsv", [pair for pair in concepts if pair[0] in wanted])


def _behind(code, *, resolved):
    return resolved[code].codes if code in resolved else ()


def _matrix(path, *, codes):
    rows = _rows(path)
    wanted = set(wanted_elements(area_rules()))
    columns = [0, 1, *(at for at, element in enumerate(zip(rows[0], rows[1], strict=True)) if element in wanted)]
    empty = [row for row in rows[3:] if not any(row[column] for column in columns[2:])][:1]
    kept = [*rows[:3], *(row for row in rows[3:] if row[0] in codes), *empty]
    return [[row[column] for column in columns] for row in kept]


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _write(name, rows):
    with (EXTRACT / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def _write_pairs(name, pairs):
    (EXTRACT / name).write_text("".join(f"{one}\t{other}\n" for one, other in pairs), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
