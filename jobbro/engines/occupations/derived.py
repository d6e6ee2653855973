"""The derived table as a file: made of the sources, written whole or not at all, and read strictly."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobbro.engines.occupations.certainty import certainty, doubts_about, spread_step
from jobbro.engines.occupations.joining import Profile, join
from jobbro.engines.occupations.reading import Row, SourceError, read_lines
from jobbro.engines.occupations.records import Certainty, Occupation, Reached, Relation, SourceFile, TableVersion
from jobbro.engines.occupations.rules import AreaRule, code_successors
from jobbro.engines.occupations.sources import DISCO_CODE, Crosswalk, Matrix, Title
from jobbro.kernel.vocabulary import AREAS, LEVEL_MAX

SHIPPED = Path(__file__).with_name("table")
TABLE = "occupations.csv"
MAX_BYTES = 5_000_000
ORIGINS = ("shipped", "imported")

_MARK = "#"
_HEAD = ("origin", "onet", "esco", "titles", "made_on", "made_by", "partial")
_COLUMNS = ("code", "title", "reached", "relation", "rows", "match", *AREAS, "certainty", "spread", "scores")
_LETTERS = {Certainty.RATHER_SURE: "s", Certainty.ROUGHLY: "r", Certainty.GUESS: "g"}
_BY_LETTER = {letter: sure for sure, letter in _LETTERS.items()}
_SCORE_SCALE = 1000


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a table was made of and when; becomes its first lines."""

    origin: str
    onet: str
    esco: str
    titles: str
    made_on: str
    made_by: str
    files: tuple[SourceFile, ...]


@dataclass(frozen=True, kw_only=True)
class DerivedTable:
    """A table read: its occupations in code order, and which table it is."""

    occupations: tuple[Occupation, ...]
    version: TableVersion


def beside(folder: Path, name: str) -> Path:
    """A table beside the derived one, which an import may leave as it was shipped."""
    return folder / name if (folder / name).is_file() else SHIPPED / name


def source_file(path: Path) -> SourceFile:
    """Name, size and sha256 of a file."""
    content = path.read_bytes()
    return SourceFile(name=path.name, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def derive(
    titles: Sequence[Title], *, crosswalk: Crosswalk, matrix: Matrix, rules: Mapping[str, AreaRule]
) -> tuple[Occupation, ...]:
    """Every Danish title (no headings) in code order, with the levels the rules give and how sure they are."""
    profiles = join(titles, crosswalk=crosswalk, matrix=matrix, successors=code_successors(), rules=rules)
    partial = partial_areas(matrix, rules=rules)
    return tuple(
        occupation(title, profile=profiles.get(title.code), rules=rules, partial=partial)
        for title in sorted(titles, key=lambda title: title.code)
        if not title.is_group
    )


def partial_areas(matrix: Matrix, *, rules: Mapping[str, AreaRule]) -> tuple[str, ...]:
    """The areas some of whose elements the source has not."""
    missing = set(matrix.missing)
    return tuple(area for area, rule in rules.items() if any(part.element in missing for part in rule.parts))


def occupation(
    title: Title, *, profile: Profile | None, rules: Mapping[str, AreaRule], partial: Sequence[str]
) -> Occupation:
    """One title as a record: average scores cut once, and the doubts counted."""
    if profile is None:
        return Occupation(
            code=title.code, title=title.title, reached=None, relation=None, rows=0, match=0.0,
            levels={}, scores={}, certainty={}, spread={},
        )  # fmt: skip
    match = round(profile.match, 2)
    spread = {area: spread_step(profile.spreads[area] / rule.band) for area, rule in rules.items()}
    sure = {}
    for area in rules:
        doubts = doubts_about(
            area,
            code=title.code,
            reached=profile.reached,
            relation=profile.relation,
            match=match,
            spread=spread[area],
            is_partial=area in partial,
        )
        sure[area] = certainty(doubts)
    return Occupation(
        code=title.code,
        title=title.title,
        reached=profile.reached,
        relation=profile.relation,
        rows=profile.rows,
        match=match,
        levels={area: rule.level(profile.scores[area]) for area, rule in rules.items()},
        scores={area: round(profile.scores[area], 3) for area in rules},
        certainty=sure,
        spread=spread,
    )


def write_table(occupations: Sequence[Occupation], *, made: Made, partial: Sequence[str]) -> bytes:
    """The table as the bytes of its file; the same input gives the same bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    head = (made.origin, made.onet, made.esco, made.titles, made.made_on, made.made_by, " ".join(partial))
    for name, value in zip(_HEAD, head, strict=True):
        out.write(f"{_MARK} {name}: {value}".rstrip() + "\n")
    for file in made.files:
        out.write(f"{_MARK} file: {file.name} {file.size} {file.sha256}\n")
    writer.writerow(_COLUMNS)
    for one in occupations:
        writer.writerow(_cells(one))
    return out.getvalue().encode()


def _cells(one: Occupation) -> list[object]:
    if one.reached is None or one.relation is None:
        return [one.code, one.title, *[""] * (len(_COLUMNS) - 2)]
    return [
        one.code,
        one.title,
        one.reached.value,
        one.relation.value,
        one.rows,
        f"{one.match:.2f}",
        *one.levels.values(),
        "".join(_LETTERS[sure] for sure in one.certainty.values()),
        "".join(map(str, one.spread.values())),
        " ".join(str(round(score * _SCORE_SCALE)) for score in one.scores.values()),
    ]


def replace_file(path: Path, *, content: bytes) -> None:
    """The file at `path` is `content`, on disk; before that it is what it was, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".half")
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        half.chmod(0o644)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def read_table(path: Path) -> DerivedTable:
    """The table in a file. Raises `SourceError` for anything `write_table` would not write."""
    lines = read_lines(path, max_bytes=MAX_BYTES)
    head, header = _read_head(path, lines=lines)
    if tuple(header.values) != _COLUMNS:
        raise header.error("", "kolonnerne er ikke dem, som `jobbro occupations` skriver. Lav tabellen igen.")
    occupations, codes = [], set()
    for line, cells in lines:
        row = Row(file=path.name, line=line, values=dict(zip(_COLUMNS, cells, strict=False)))
        if len(cells) != len(_COLUMNS):
            raise row.error("", f"rækken har {len(cells)} felter, men overskriften har {len(_COLUMNS)}.")
        occupations.append(_read_occupation(row))
        if occupations[-1].code in codes:
            raise row.error("code", f"{occupations[-1].code} står der to gange.")
        codes.add(occupations[-1].code)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return DerivedTable(
        occupations=tuple(sorted(occupations, key=lambda one: one.code)),
        version=_version(path, head=head, sha256=sha256),
    )


def _read_head(path: Path, *, lines: Iterator[tuple[int, list[str]]]) -> tuple[list[tuple[str, str]], Row]:
    head: list[tuple[str, str]] = []
    for line, cells in lines:
        if not cells or not cells[0].startswith(_MARK):
            return head, Row(file=path.name, line=line, values=dict.fromkeys(cells, ""))
        name, _, value = ",".join(cells)[1:].strip().partition(":")
        head.append((name, value.strip()))
    raise SourceError(file=path.name, line=1, field="", reason="tabellen har ingen overskrift.")


def _version(path: Path, *, head: list[tuple[str, str]], sha256: str) -> TableVersion:
    named = dict(head)
    for name in _HEAD:
        if name not in named:
            raise SourceError(file=path.name, line=1, field=name, reason="linjen findes ikke øverst i tabellen.")
    if named["origin"] not in ORIGINS:
        raise SourceError(file=path.name, line=1, field="origin", reason=f"skal være {' eller '.join(ORIGINS)}.")
    files = []
    for line, (name, value) in enumerate(head, start=1):
        if name == "file":
            parts = value.rsplit(" ", 2)
            if len(parts) != 3 or not parts[1].isdecimal():
                raise SourceError(
                    file=path.name, line=line, field="file", reason="skal have navn, størrelse og sha256."
                )
            files.append(SourceFile(name=parts[0], size=int(parts[1]), sha256=parts[2]))
    return TableVersion(
        origin=named["origin"],
        onet=named["onet"],
        esco=named["esco"],
        titles=named["titles"],
        made_on=named["made_on"],
        files=tuple(files),
        partial=tuple(named["partial"].split()),
        sha256=sha256,
    )


def _read_occupation(row: Row) -> Occupation:
    code, title = row.text("code"), row.text("title")
    if not DISCO_CODE.fullmatch(code):
        raise row.error("code", f"{code!r} er ikke en dansk stillingskode som 9112.2.")
    if not row.values["reached"]:
        return Occupation(
            code=code, title=title, reached=None, relation=None, rows=0, match=0.0,
            levels={}, scores={}, certainty={}, spread={},
        )  # fmt: skip
    sure, spread, scores = row.text("certainty"), row.text("spread"), row.text("scores").split()
    if len(sure) != len(AREAS) or not set(sure) <= set(_BY_LETTER):
        raise row.error("certainty", f"skal være {len(AREAS)} bogstaver af {''.join(_BY_LETTER)}.")
    if len(spread) != len(AREAS) or not set(spread) <= set("012"):
        raise row.error("spread", f"skal være {len(AREAS)} cifre af 012.")
    if len(scores) != len(AREAS) or not all(score.isdecimal() for score in scores):
        raise row.error("scores", f"skal være {len(AREAS)} hele tal.")
    return Occupation(
        code=code,
        title=title,
        reached=Reached(row.one_of("reached", tuple(Reached))),
        relation=Relation(row.one_of("relation", tuple(Relation))),
        rows=int(row.number("rows", low=1, high=10_000)),
        match=row.number("match", low=1, high=4),
        levels={area: int(row.one_of(area, tuple(map(str, range(LEVEL_MAX + 1))))) for area in AREAS},
        scores={area: int(score) / _SCORE_SCALE for area, score in zip(AREAS, scores, strict=True)},
        certainty={area: _BY_LETTER[letter] for area, letter in zip(AREAS, sure, strict=True)},
        spread={area: int(digit) for area, digit in zip(AREAS, spread, strict=True)},
    )
