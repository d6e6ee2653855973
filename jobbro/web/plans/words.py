"""What the pages of support and plan say: rows of the bridge, sentences, names, and why something was refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jobbro.apps.plans.enums import Payer, Situation
from jobbro.apps.plans.facts import DecisionShown, OccupationBridge
from jobbro.apps.screening.work import work_of
from jobbro.engines.support.catalogue import CatalogueMeasure, Texts, catalogue
from jobbro.engines.support.supports import BridgeRow as EngineRow
from jobbro.kernel.because import Source
from jobbro.webkit.bridges import bridge_sentence
from jobbro.webkit.charts import BridgeRow
from jobbro.webkit.labels import AREA_LABELS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REFUSALS: dict[str, "StrPromise"] = {
    "nothing_agreed": gettext_lazy("Agree the needs first. Then you can choose support."),
    "occupations": gettext_lazy("Choose at least one kind of work from the list."),
    "measures": gettext_lazy("One of the measures is no longer in the list. Look at your choice again."),
    "both": gettext_lazy("A measure is both chosen and declined. Keep one of the two."),
    "reason": gettext_lazy("Your choice differs from the proposal. Write why in a sentence or two."),
    "too_long": gettext_lazy("The text is longer than 20,000 characters. Make it shorter; nothing is lost."),
    "open_plan": gettext_lazy("There is a plan already. Close it before you start a new one."),
    "words": gettext_lazy("Write a few words."),
    "title": gettext_lazy("Write what is going to happen, in at most 200 characters."),
    "person": gettext_lazy("Choose or write who does it."),
    "measure": gettext_lazy("That measure is not in the list any more. Choose another, or none."),
    "no_goal": gettext_lazy("Add a goal before you say that the plan is ready."),
    "no_step": gettext_lazy("Add a step before you say that the plan is ready."),
    "nobody": gettext_lazy("Tick who agrees."),
}
REFUSED_FIELD = {
    "occupations": "occupations",
    "reason": "reason",
    "words": "words",
    "title": "title",
    "no_goal": None,
}


@dataclass(frozen=True, kw_only=True)
class ShownBridge:
    """A bridge ready for the tag `bridge`."""

    code: str
    title: str
    sentence: str
    rows: tuple[BridgeRow, ...]

    @property
    def needed(self) -> tuple[BridgeRow, ...]:
        """The rows that ask for something: support, a choice or a talk; all rows when none does."""
        return tuple(row for row in self.rows if _asks(row)) or self.rows

    @property
    def asks(self) -> bool:
        """Whether the picture says more than its sentence: some area needs support, a choice or a talk."""
        return any(_asks(row) for row in self.rows)

    @property
    def others(self) -> tuple[str, ...]:
        """The areas of the rows that `needed` leaves out."""
        left_out = [row.area for row in self.rows if not _asks(row)]
        return () if len(left_out) == len(self.rows) else tuple(left_out)


def _asks(row: BridgeRow) -> bool:
    return bool(row.hatched or row.missing or row.is_open)


@dataclass(frozen=True, kw_only=True)
class ShownMeasure:
    """A measure as it is read on the page."""

    code: str
    name: str
    text: str
    payer: str
    areas: tuple[str, ...]
    situation: str
    source_title: str
    source_url: str


def language() -> str:
    """The language of the page, as content has it."""
    return "en" if (get_language() or "da").startswith("en") else "da"


def said(texts: Texts) -> str:
    """A text of the content in the language of the page."""
    return texts.in_language(language())


SCHEME_WORDS: dict[str, "StrPromise"] = {
    "yes": gettext_lazy("looks possible"),
    "unknown": gettext_lazy("more has to be known"),
    "no": gettext_lazy("does not fit as it is now"),
}


def payer_words(code: str, *, schemes: Mapping[str, str] | None = None) -> str:
    """Who can pay, in plain words, and whether their scheme looks possible where that is known."""
    words = str(Payer(code).label)
    outcome = (schemes or {}).get(code)
    return f"{words}: {SCHEME_WORDS[outcome]}" if outcome else words


def occupation_name(code: str) -> str:
    """An occupation as people call it; one that is not known any more by its code."""
    found = work_of(code)
    return said(found.name) if found else code


def area_names(codes: Iterable[str]) -> str:
    """Areas in a row, in words; some have a comma of their own."""
    return "; ".join(str(AREA_LABELS[code]) for code in codes)


def measure_shown(entry: CatalogueMeasure, *, schemes: Mapping[str, str] | None = None) -> ShownMeasure:
    """An entry of the catalogue as it is read."""
    return ShownMeasure(
        code=entry.code,
        name=said(entry.name),
        text=said(entry.text),
        payer=payer_words(entry.measure.scheme, schemes=schemes),
        areas=tuple(str(AREA_LABELS[area]) for area in entry.measure.relief),
        situation=str(Situation(entry.situation).label) if entry.situation else "",
        source_title=entry.source.title if entry.source else "",
        source_url=entry.source.url if entry.source else "",
    )


def measure_names() -> dict[str, str]:
    """Names of all measures in the catalogue."""
    return {entry.code: said(entry.name) for entry in catalogue().entries}


def names_in(decision: DecisionShown) -> dict[str, str]:
    """Names of the chosen measures as they were when they were chosen."""
    return {measure.code: said(measure.name) for measure in decision.measures}


def bridges_shown(
    bridges: Iterable[OccupationBridge],
    *,
    names: dict[str, str],
    unclosable: Iterable[str] = (),
    schemes: Mapping[str, str] | None = None,
) -> tuple[ShownBridge, ...]:
    """Bridges with the words beside them; `unclosable` are the areas that no measure closes.

    `schemes` says of each scheme whether it looks possible.
    """
    beyond = set(unclosable)
    return tuple(
        ShownBridge(
            code=bridge.code,
            title=_("The bridge to %(work)s") % {"work": said(bridge.name)},
            sentence=bridge_sentence(bridge.rows),
            rows=tuple(_row_shown(row, names=names, beyond=beyond, schemes=schemes or {}) for row in bridge.rows),
        )
        for bridge in bridges
    )


def _row_shown(row: EngineRow, *, names: dict[str, str], beyond: set[str], schemes: Mapping[str, str]) -> BridgeRow:
    measure = names.get(row.measure, row.measure) if row.measure else ""
    if row.missing and not measure and row.area not in beyond:
        measure = _("no support chosen yet")
    return BridgeRow(
        area=str(AREA_LABELS[row.area]),
        demand=row.demand,
        solid=row.solid,
        hatched=row.hatched,
        missing=row.missing,
        is_open=row.dashed > 0,
        measure=measure,
        payer=payer_words(row.payer, schemes=schemes) if row.payer else "",
    )


def laws_behind(entries: Iterable[CatalogueMeasure]) -> tuple[Source, ...]:
    """The texts of law and other sources behind the measures, each once, in the order of their titles."""
    found = {entry.source.title: entry.source for entry in entries if entry.source is not None}
    return tuple(found[title] for title in sorted(found))
