"""Search among the Danish titles: by title, by the other names ESCO knows, by code, and with misspellings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jobbro.engines.occupations.links import short
from jobbro.engines.occupations.ranking import LabelIndex, label_index, plain
from jobbro.engines.occupations.records import Found, FoundBy, Occupation, Relation
from jobbro.engines.occupations.sources import Title
from jobbro.engines.occupations.words import stems_of_parts, with_danish_letters

LONGEST_QUERY = 200
MOST_FOUND = 100

# What another name counts, by how well its ESCO occupation fits the title.
_FACTORS: Mapping[Relation, float] = {
    Relation.EXACT: 0.95,
    Relation.CLOSE: 0.9,
    Relation.NARROW: 0.8,
    Relation.BROAD: 0.75,
}
# ESCO has no trainees: their other names are those of the trade, which itself comes first.
_TRAINEE = re.compile(r"(elev|lærling|aspirant)$", re.IGNORECASE)
_TRAINEE_FACTOR = 0.9

# Below this the likeness is chance: a few letters in common.
_LOWEST = 0.3
_HIGHEST = 1.4
_CODE = re.compile(r"\d{2,4}(\.\d{0,4})*")


@dataclass(frozen=True, kw_only=True)
class TitleIndex:
    """Every name of every title: the title itself first, then the names of its kin in ESCO."""

    occupations: tuple[Occupation, ...]
    names: tuple[str, ...]
    owner: np.ndarray[tuple[int], np.dtype[np.int64]]
    factor: np.ndarray[tuple[int], np.dtype[np.float32]]
    own: Mapping[str, int]
    labels: LabelIndex

    def search(self, written: str, *, limit: int) -> tuple[Found, ...]:
        """At most `limit` titles, best first, each once; those of the same score in code order."""
        asked = plain(written[:LONGEST_QUERY])
        if _CODE.fullmatch(written.strip()):
            return self._by_code(written.strip(), limit=limit)
        if not asked or limit < 1:
            return ()
        scores = self.labels.scores(asked) * self.factor
        scores[list(self._same(asked))] += _HIGHEST
        order = np.lexsort((np.arange(len(scores)), -scores))
        found: dict[int, Found] = {}
        for name in order[scores[order] >= _LOWEST].tolist():
            owner = int(self.owner[name])
            if owner not in found:
                found[owner] = self._found(asked, owner=owner, name=name, score=float(scores[name]))
                if len(found) == min(limit, MOST_FOUND):
                    break
        return tuple(found.values())

    def _same(self, asked: str) -> list[int]:
        """The titles that are exactly what was asked: no other name of another title comes before them."""
        own = (self.own.get(key, -1) for key in {_key(asked), _key(with_danish_letters(asked))})
        return [name for name in own if name >= 0]

    def _by_code(self, code: str, *, limit: int) -> tuple[Found, ...]:
        return tuple(
            Found(occupation=one, found_by=FoundBy.SAME_CODE, matched=one.code, score=1.0)
            for one in self.occupations
            if one.code.startswith(code)
        )[: max(min(limit, MOST_FOUND), 0)]

    def _found(self, asked: str, *, owner: int, name: int, score: float) -> Found:
        occupation, matched = self.occupations[owner], self.names[name]
        return Found(
            occupation=occupation,
            found_by=self._found_by(asked, matched=matched, is_title=matched == occupation.title),
            matched=matched,
            score=round(min(score / _HIGHEST, 1.0), 4),
        )

    def _found_by(self, asked: str, *, matched: str, is_title: bool) -> FoundBy:
        if not is_title:
            return FoundBy.OTHER_NAME
        name = plain(matched)
        if _key(name) in (_key(asked), _key(with_danish_letters(asked))):
            return FoundBy.SAME_NAME
        mine, theirs = (set(stems_of_parts(text, splitter=self.labels.splitter)) for text in (asked, name))
        return FoundBy.WORDS if mine & theirs else FoundBy.SPELLING


def _key(name: str) -> str:
    """The letters of a name: `IT supporter` and `IT-supporter` are one."""
    return name.replace(" ", "")


def title_index(
    occupations: Sequence[Occupation], *, titles: Sequence[Title], labels: Mapping[str, Sequence[str]]
) -> TitleIndex:
    """The index of all titles and of the Danish `labels` of the ESCO occupations behind them."""
    kin = {title.code: title.kin for title in titles}
    entries: dict[tuple[int, str], float] = {}
    for owner, one in enumerate(occupations):
        entries[owner, one.title] = 1.0
        share = _TRAINEE_FACTOR if _TRAINEE.search(one.title) else 1.0
        for relative in kin.get(one.code, ()):
            for label in labels.get(short(relative.uri), ()):
                known = entries.get((owner, label), 0.0)
                entries[owner, label] = max(known, share * _FACTORS[relative.relation])
    owners = [owner for owner, _ in entries]
    names = tuple(name for _, name in entries)
    return TitleIndex(
        occupations=tuple(occupations),
        names=names,
        owner=np.array(owners, dtype=np.int64),
        factor=np.array(list(entries.values()), dtype=np.float32),
        own={_key(plain(name)): at for at, (owner, name) in enumerate(entries) if name == occupations[owner].title},
        labels=label_index(names, group_of=owners),
    )
