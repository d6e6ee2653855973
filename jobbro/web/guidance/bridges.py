"""The bridge to a wished work, with those who could pay for its planks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobbro.apps.guidance.relief import Relief
from jobbro.engines.schemes.explaining import SchemeAnswer
from jobbro.engines.support.supports import BridgeRow as EngineRow
from jobbro.webkit.charts import BridgeRow
from jobbro.webkit.labels import AREA_LABELS
from jobbro.webkit.schemes import language

from .words import (
    inside,
    said,
)


@dataclass(frozen=True, kw_only=True)
class BridgeShown:
    """The bridge to one work with the schemes that could pay."""

    title: str
    sentence: str
    rows: tuple[BridgeRow, ...]

    @property
    def needed(self) -> tuple[BridgeRow, ...]:
        """The rows that ask for something: support, a choice or a talk."""
        return tuple(row for row in self.rows if _asks(row))

    @property
    def others(self) -> tuple[str, ...]:
        """The areas that go without support."""
        return tuple(row.area for row in self.rows if not _asks(row))


def _asks(row: BridgeRow) -> bool:
    return bool(row.hatched or row.missing or row.is_open)


def bridge_shown(relief: Relief, *, answers: Iterable[SchemeAnswer]) -> BridgeShown:
    """The bridge, each plank with its measure and who could pay for it."""
    names = {entry.code: entry.name.in_language(language()) for entry in relief.support}
    payers = payer_words(answers)
    return BridgeShown(
        title=_("What the schemes could carry in %(work)s") % {"work": relief.occupation.name.in_language(language())},
        sentence=_bridge_sentence(relief, payers=payers),
        rows=tuple(_row(row, names=names, payers=payers) for row in relief.rows),
    )


def payer_words(answers: Iterable[SchemeAnswer]) -> dict[str, str]:
    """Who could pay, by scheme: only what is not ruled out is named, and never promised."""
    words = {"employer": _("The workplace arranges it"), "none": _("Costs nothing extra")}
    for answer in answers:
        title = inside(said(answer.resolved.scheme.title))
        if answer.outcome == "yes":
            words[answer.scheme] = _("%(scheme)s looks possible") % {"scheme": title}
        elif answer.outcome == "unknown":
            words[answer.scheme] = _("%(scheme)s, perhaps") % {"scheme": title}
    return words


def _row(row: EngineRow, *, names: dict[str, str], payers: dict[str, str]) -> BridgeRow:
    return BridgeRow(
        area=str(AREA_LABELS[row.area]),
        demand=row.demand,
        solid=row.solid,
        hatched=row.hatched,
        missing=row.missing,
        is_open=row.dashed > 0,
        measure=names.get(row.measure, "") if row.measure else "",
        payer=payers.get(row.payer, "") if row.payer else "",
    )


def _bridge_sentence(relief: Relief, *, payers: dict[str, str]) -> str:
    if not relief.gaps:
        return _("What has been talked about goes without support in this work.")
    carried = [area for area in relief.gaps if area not in relief.left]
    parts = []
    if carried:
        parts.append(
            _("Support that is not ruled out could carry: %(areas)s.")
            % {"areas": "; ".join(str(AREA_LABELS[area]) for area in carried)}
        )
    if relief.left:
        parts.append(
            _("Still without support: %(areas)s.")
            % {"areas": "; ".join(str(AREA_LABELS[area]) for area in relief.left)}
        )
    return " ".join(parts)
