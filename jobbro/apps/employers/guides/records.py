"""The guides as frozen values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from jobbro.engines.occupations.task_library import Named, Texts
from jobbro.kernel.because import Source

__all__ = ["Guide", "GuideLine", "Guides", "Named", "Texts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLine:
    """One line of a guide: its kind (text, do, avoid, ask, dont_ask, say, ring), and the source if it tells law."""

    kind: str
    text: Texts
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One guide. No areas means that it is for everybody; `measures` are codes of the support catalogue."""

    code: str
    phase: str
    title: Texts
    areas: tuple[str, ...]
    measures: tuple[str, ...]
    lines: tuple[GuideLine, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of its lines, each once, in the order in which they are met."""
        return tuple(dict.fromkeys(line.source for line in self.lines if line.source))

    def of_kind(self, kind: str) -> tuple[GuideLine, ...]:
        """The lines of one kind, in their order."""
        return tuple(line for line in self.lines if line.kind == kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guides:
    """All guides in the order of the phases, the names of phases and kinds, and the version of the content."""

    guides: tuple[Guide, ...]
    phases: tuple[Named, ...]
    kinds: tuple[Named, ...]
    version: str
    by_code: Mapping[str, Guide] = field(hash=False)
    by_phase: Mapping[str, tuple[Guide, ...]] = field(hash=False)

    @property
    def for_all(self) -> tuple[Guide, ...]:
        """The guides that are tied to no area."""
        return tuple(guide for guide in self.guides if not guide.areas)

    def for_areas(self, areas: Collection[str]) -> tuple[Guide, ...]:
        """The guides tied to at least one of `areas`, those about fewest things first; no areas, no guides."""
        tied = [guide for guide in self.guides if not set(guide.areas).isdisjoint(areas)]
        return tuple(sorted(tied, key=lambda guide: len(guide.areas)))
