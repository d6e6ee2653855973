"""What is shown of workplaces, proposals and guides: lines in words."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from jobbro.apps.employers.enums import Feature
from jobbro.apps.employers.guides import Guide, GuideLine, Guides
from jobbro.apps.jobs.employer_selectors import OurProposal
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.because import Source
from jobbro.webkit.charts import WeekPicture, WeekTask, week_picture
from jobbro.webkit.halfdays import slots_told
from jobbro.webkit.labels import AREA_LABELS, DEMAND_WORDS, Label
from jobbro.webkit.schemes.values import hours_words, language


@dataclass(frozen=True, kw_only=True)
class WorkplaceLine:
    """A workplace in words."""

    id: object
    name: str
    address: str
    p_number: str
    directions: str
    week: str
    slot_hours: str
    features: tuple[str, ...]
    measures: tuple[str, ...]
    offers_note: str


@dataclass(frozen=True, kw_only=True)
class GuideCard:
    """A guide in a list; `areas` says what the company's work asks of what it is about."""

    code: str
    title: str
    areas: str


@dataclass(frozen=True, kw_only=True)
class GuideText:
    """A line of a guide with its source, if it tells law."""

    text: str
    source: Source | None
    number: int


@dataclass(frozen=True, kw_only=True)
class GuidePart:
    """Lines of one kind that stand together."""

    kind: str
    title: str
    lines: tuple[GuideText, ...]


def workplace_lines(workplaces: Iterable[Any]) -> list[WorkplaceLine]:
    """The workplaces in words."""
    names = {entry.code: entry.name.in_language(language()) for entry in catalogue().entries}
    return [
        WorkplaceLine(
            id=place.pk,
            name=place.name,
            address=", ".join(part for part in (place.address, f"{place.postcode} {place.city}".strip()) if part),
            p_number=place.p_number,
            directions=place.directions,
            week=slots_told(place.slots),
            slot_hours=hours_words(place.slot_hours),
            features=tuple(str(Feature(code).label) for code in place.features),
            measures=tuple(names[code] for code in place.measures if code in names),
            offers_note=place.offers_note,
        )
        for place in workplaces
    ]


def week_of(own: OurProposal) -> WeekPicture:
    """The week of the job as staff see it too."""
    page = own.page
    return week_picture(
        tasks=[WeekTask(name=task.name, slots=task.slots) for task in page.tasks],
        working=page.workplace.slots,
        slot_hours=page.workplace.slot_hours,
        title=_("The job in a normal week: %(hours)s") % {"hours": hours_words(page.job.hours)},
    )


def demand_lines(own: OurProposal) -> list[tuple[Label, Label]]:
    """What the work asks, in words."""
    return [(AREA_LABELS[area], DEMAND_WORDS[level]) for area, level in own.demands]


def guide_cards(found: Iterable[Guide], *, asked: Container[str] = ()) -> list[GuideCard]:
    """Guides by title, with what is asked of the areas they are about."""
    return [
        GuideCard(
            code=guide.code,
            title=guide.title.in_language(language()),
            areas=", ".join(str(AREA_LABELS[area]) for area in guide.areas if area in asked),
        )
        for guide in found
    ]


def phases_of(every: Guides) -> list[tuple[str, list[GuideCard]]]:
    """The guides in the order of a job, phase by phase."""
    return [
        (phase.name.in_language(language()), guide_cards(every.by_phase[phase.code]))
        for phase in every.phases
        if every.by_phase[phase.code]
    ]


def guide_parts(guide: Guide, *, every: Guides) -> list[GuidePart]:
    """The lines of a guide, those of one kind under one title; sources by their number."""
    titles = {kind.code: kind.name.in_language(language()) for kind in every.kinds}
    numbers = {source: number for number, source in enumerate(guide.sources, start=1)}
    return [
        GuidePart(
            kind=kind,
            title=titles[kind],
            lines=tuple(
                GuideText(
                    text=line.text.in_language(language()),
                    source=line.source,
                    number=numbers[line.source] if line.source else 0,
                )
                for line in lines
            ),
        )
        for kind, lines in groupby(guide.lines, key=_kind_of)
    ]


def _kind_of(line: GuideLine) -> str:
    return line.kind
