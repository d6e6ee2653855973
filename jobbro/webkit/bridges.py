"""The bridge from a person to a piece of work in the words of the page: rows for the picture, and one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.plans.enums import Payer
from jobbro.engines.support.catalogue import CatalogueMeasure
from jobbro.engines.support.supports import BridgeRow as EngineRow
from jobbro.engines.support.supports import bridge
from jobbro.kernel.vocabulary import Capacity, Demand

from .charts import BridgeRow
from .labels import AREA_LABELS
from .schemes.values import language


@dataclass(frozen=True, kw_only=True)
class BridgeTold:
    """The bridge from one person to one piece of work: rows for the picture, and a sentence about the whole."""

    rows: tuple[BridgeRow, ...]
    sentence: str


def bridge_told(*, capacity: Capacity, demand: Demand, support: Iterable[CatalogueMeasure]) -> BridgeTold:
    """A row for each area that the work asks something of, with the support that carries it and who can pay."""
    entries = {entry.code: entry for entry in support}
    rows = bridge(capacity=capacity, demand=demand, support=[entry.measure for entry in entries.values()])
    shown = tuple(
        BridgeRow(
            area=str(AREA_LABELS[row.area]),
            demand=row.demand,
            solid=row.solid,
            hatched=row.hatched,
            missing=row.missing,
            is_open=row.dashed > 0,
            measure=measure_name(entries[row.measure]) if row.measure else "",
            payer=payer_words(row.payer) if row.payer else "",
        )
        for row in rows
    )
    return BridgeTold(rows=shown, sentence=bridge_sentence(rows))


def bridge_sentence(rows: Iterable[EngineRow]) -> str:
    """One plain sentence or two about the whole bridge. An area is open from demand 2 (contracts, section 2)."""
    drawn = tuple(rows)
    parts = []
    if hatched := sum(1 for row in drawn if row.hatched and not row.missing):
        told = ngettext("Support carries %(count)s area.", "Support carries %(count)s areas.", hatched)
        parts.append(told % {"count": hatched})
    if missing := sum(1 for row in drawn if row.missing):
        told = ngettext("%(count)s area still needs support.", "%(count)s areas still need support.", missing)
        parts.append(told % {"count": missing})
    if unknown := sum(1 for row in drawn if row.open):
        told = ngettext(
            "We have not talked about %(count)s area yet.", "We have not talked about %(count)s areas yet.", unknown
        )
        parts.append(told % {"count": unknown})
    return " ".join(parts) or _("The bridge holds without support.")


def measure_name(entry: CatalogueMeasure) -> str:
    """The measure in the language of the page."""
    return entry.name.in_language(language())


def payer_words(scheme: str) -> str:
    """Who can pay, in plain words; never a promise that they will."""
    return str(Payer(scheme).label)
