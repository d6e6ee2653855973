"""A person and a job in the words of the page: conditions, areas, support with payers, and the bridge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from jobbro.apps.jobs.enums import OpeningDemand
from jobbro.apps.matching.files import ANYWHERE_KM
from jobbro.apps.matching.selectors.pairs import PairTold
from jobbro.engines.matching.model import Reason
from jobbro.engines.support.catalogue import CatalogueMeasure
from jobbro.kernel.vocabulary import AREAS
from jobbro.webkit.bridges import bridge_told, measure_name, payer_words
from jobbro.webkit.halfdays import slots_told
from jobbro.webkit.labels import AREA_LABELS, DEMAND_WORDS, LEVEL_WORDS
from jobbro.webkit.schemes.values import language

from .words import FITS, hours_range, km_told, occupation_told, skills_told

if TYPE_CHECKING:
    from jobbro.apps.jobs.models import Opening

OPEN_FROM = 2


@dataclass(frozen=True, kw_only=True)
class JobFacts:
    """Where, how much and when of a job."""

    title: str
    employer: str
    place: str
    address: str
    hours: str
    when: str
    wage: str
    work: str
    places: int
    is_guess: bool


@dataclass(frozen=True, kw_only=True)
class ConditionLine:
    """One of the four things that are held against each other before anything else."""

    name: str
    asked: str
    told: str
    holds: bool


@dataclass(frozen=True, kw_only=True)
class AreaLine:
    """What the job asks in one area, how it goes, and what carries the rest."""

    code: str
    area: str
    asked: str
    goes: str
    carried: str
    is_open: bool

    @property
    def is_calm(self) -> bool:
        """Nothing is asked that does not go already, and nothing has to be talked about first."""
        return not (self.carried or self.is_open)


@dataclass(frozen=True, kw_only=True)
class SupportLine:
    """Support in words: what it is and who can pay."""

    name: str
    text: str
    payer: str


def job_facts(row: "Opening") -> JobFacts:
    """The job in words."""
    return JobFacts(
        title=row.title,
        employer=row.employer_name,
        place=", ".join(part for part in (row.place_name, row.city) if part),
        address=", ".join(part for part in (row.address, f"{row.postcode} {row.city}".strip()) if part),
        hours=hours_range(row.hours_min, row.hours_max),
        when=slots_told(tuple(row.slots)) or _("times to be agreed"),
        wage=row.wage_text,
        work=occupation_told(row.occupation),
        places=row.places,
        is_guess=row.demand_source != OpeningDemand.CONFIRMED,
    )


def pair_shown(told: PairTold, *, is_own: bool) -> dict[str, Any]:
    """The context of everything that is told of a pair."""
    drawn = bridge_told(capacity=told.person["capacity"], demand=told.job["demand"], support=told.support)
    areas = tuple(_areas(told, is_own=is_own))
    return {
        "fit": FITS[told.pair.verdict],
        "verdict": told.pair.verdict,
        "wish": wish_told(told.wish, is_own=is_own),
        "conditions": tuple(_conditions(told)),
        "areas": tuple(line for line in areas if not line.is_calm),
        "calm_areas": tuple(line for line in areas if line.is_calm),
        "supports": support_lines(told.support),
        "open_areas": [(area, str(AREA_LABELS[area])) for area in told.pair.open],
        "left": [str(AREA_LABELS[area]) for area in told.pair.left],
        "bridge_rows": drawn.rows,
        "bridge_title": _("The bridge to the job"),
        "bridge_sentence": drawn.sentence,
    }


def support_lines(entries: tuple[CatalogueMeasure, ...]) -> tuple[SupportLine, ...]:
    """Support in words."""
    return tuple(
        SupportLine(
            name=measure_name(entry),
            text=entry.text.in_language(language()),
            payer=payer_words(entry.measure.scheme),
        )
        for entry in entries
    )


def wish_told(wish: int, *, is_own: bool) -> str:
    """How much this kind of work is wished for, as a sentence; nothing when it is not."""
    if wish == 2:
        return _("You wish for this kind of work.") if is_own else _("Wishes for this kind of work.")
    if wish == 1:
        return _("It is like work that you wish for.") if is_own else _("It is like work that is wished for.")
    return ""


def _conditions(told: PairTold) -> Iterator[ConditionLine]:
    person, job, failed = told.person, told.job, told.pair.failed
    yield ConditionLine(
        name=_("Distance"),
        asked=_("%(km)s as the crow flies") % {"km": km_told(told.pair.km)},
        told=limit_told(person),
        holds=Reason.DISTANCE not in failed,
    )
    yield ConditionLine(
        name=_("Hours"),
        asked=hours_range(*job["hours"]),
        told=hours_range(*person["hours"]),
        holds=Reason.HOURS not in failed,
    )
    yield ConditionLine(
        name=_("Times"),
        asked=slots_told(tuple(job["slots"])) or _("times to be agreed"),
        told=slots_told(tuple(person["slots"])),
        holds=Reason.SLOTS not in failed,
    )
    yield ConditionLine(
        name=_("Skills"),
        asked=skills_told(job["requires"]) or _("None in particular"),
        told=skills_told(person["skills"]) or _("None told"),
        holds=Reason.SKILLS not in failed,
    )


def limit_told(person: Mapping[str, Any]) -> str:
    """How far somebody will go, as told."""
    far = person["max_km"]
    return _("Any distance") if far >= ANYWHERE_KM else _("At most %(km)s") % {"km": km_told(far)}


def _areas(told: PairTold, *, is_own: bool) -> Iterator[AreaLine]:
    """A line for each area that the job asks something of, in the order of the vocabulary."""
    capacity, demand, pair = told.person["capacity"], told.job["demand"], told.pair
    for area in AREAS:
        if not (asked := demand.get(area, 0)):
            continue
        level = capacity.get(area)
        yield AreaLine(
            code=area,
            area=str(AREA_LABELS[area]),
            asked=str(DEMAND_WORDS[asked]),
            goes=str(LEVEL_WORDS[level]),
            carried=_carried(told, area=area) if area in pair.gaps else "",
            is_open=level is None and asked >= OPEN_FROM,
        )


def _carried(told: PairTold, *, area: str) -> str:
    gap = told.pair.gaps[area]
    closing = [one for one in told.support if one.measure.relief.get(area, 0) >= gap]
    if closing:
        one = closing[0]
        return _("%(support)s carries the rest. %(payer)s.") % {
            "support": measure_name(one),
            "payer": payer_words(one.measure.scheme),
        }
    return _("No support that both can have carries the rest.")
