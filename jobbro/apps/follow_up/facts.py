"""Rows to what the rules look at, and what a talk is to ask about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.matching.models import Card, Proposal
from jobbro.apps.matching.selectors.pairs import told_of
from jobbro.apps.placements.enums import SIGNING
from jobbro.apps.placements.models import AgreementVersion, Arrangement, Placement
from jobbro.engines.follow_up import Evidence, HelpAsked, SickPeriod, SupportDue, TalkTold
from jobbro.engines.follow_up.signals import Party
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import AREA_POSITION, AREAS

from .answers import MOST_AREAS, MOST_MEASURES, Asked, AskedMeasure, answers_of, levels_of
from .enums import TalkParty, TalkState
from .models import HelpRequest, SickLeave, Talk


@dataclass(frozen=True, kw_only=True)
class Binding:
    """The wording that binds: name, hours by day, support by code."""

    version: AgreementVersion | None

    @property
    def name(self) -> str:
        return self.version.name if self.version else ""

    @property
    def measures(self) -> tuple[AskedMeasure, ...]:
        return tuple(
            AskedMeasure(code=one["code"], da=one["name"]["da"], en=one["name"]["en"])
            for one in (self.version.measures if self.version else ())
        )

    def hours_on(self, on: date) -> Decimal | None:
        """The hours a week that are agreed for the day."""
        begun = [hours for day, hours in steps_of(self.version) if day <= on] if self.version else []
        return begun[-1] if begun else None


@dataclass(kw_only=True)
class Rows:
    """Everything about some placements, by placement; wordings are those that all three have signed, oldest first."""

    talks: dict[UUID, list[Talk]] = field(default_factory=lambda: defaultdict(list))
    sick: dict[UUID, list[SickLeave]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[UUID, list[AgreementVersion]] = field(default_factory=lambda: defaultdict(list))
    arrangements: dict[UUID, list[Arrangement]] = field(default_factory=lambda: defaultdict(list))
    help: dict[UUID, list[HelpRequest]] = field(default_factory=lambda: defaultdict(list))


def steps_of(version: AgreementVersion) -> list[tuple[date, Decimal]]:
    """The hours of a wording, from which day on."""
    return [(date.fromisoformat(step["from_on"]), Decimal(str(step["hours"]))) for step in version.steps]


def signed_wordings(actor: Actor) -> "QuerySet[Any]":
    """The wordings that all three have signed, oldest first; each party signs once."""
    counted: QuerySet[Any] = AgreementVersion.objects.visible_to(actor).annotate(signed=Count("signatures"))
    return counted.filter(signed=len(SIGNING)).order_by("number")


def evidence_of(*, placement: Placement, rows: Rows) -> Evidence:
    """What the rules look at about one placement."""
    arranged = [one for one in rows.arrangements[placement.proposal_id] if one.done_on is None]
    return Evidence(
        talks=tuple(_talk(one) for one in rows.talks[placement.pk]),
        supports=tuple(SupportDue(measure=one.measure, due_on=one.due_on) for one in arranged),
        sick=tuple(SickPeriod(from_on=one.from_on, until_on=one.until_on) for one in rows.sick[placement.pk]),
        hours=_hours(rows.versions[placement.pk]),
        help=tuple(_help(one) for one in rows.help[placement.pk] if one.done_at is None),
    )


def _talk(row: Talk) -> TalkTold:
    answers = answers_of(row.answers if row.state == TalkState.ANSWERED else {})
    return TalkTold(
        party=cast(Party, row.party),
        due_on=row.due_on,
        answered_on=timezone.localdate(row.answered_at) if row.answered_at else None,
        asked_until=row.asked_until,
        levels=levels_of(answers),
        measures={code: str(state) for code, state in answers.measures.items()},
    )


def _help(row: HelpRequest) -> HelpAsked:
    return HelpAsked(party=cast(Party, row.party), asked_on=row.asked_on, answer_by=row.answer_by)


def _hours(versions: list[AgreementVersion]) -> tuple[tuple[date, Decimal], ...]:
    """The hours as they were agreed through time: a newer wording takes the place of the older from its first day."""
    found: list[tuple[date, Decimal]] = []
    for version in versions:
        steps = steps_of(version)
        found = [step for step in found if step[0] < steps[0][0]] + steps
    return tuple(found)


def asked_of_citizen(*, proposal: Proposal, arrangements: Iterable[Arrangement], answer_days: int) -> Asked:
    """The areas of the bridge where there is a gap, the widest first, and the support that is arranged."""
    told = told_of(person=proposal.person_input, job=proposal.opening_input, measures=proposal.measures_input)
    capacity, demand = told.person["capacity"], told.job["demand"]
    gaps = {area: demand.get(area, 0) - _level(capacity, area) for area in AREAS}
    areas = sorted((area for area in AREAS if gaps[area] > 0), key=lambda area: (-gaps[area], AREA_POSITION[area]))
    names = {entry.code: entry.name for entry in catalogue().entries}
    codes = dict.fromkeys([*(row.measure for row in arrangements), *(entry.code for entry in told.support)])
    measures = [AskedMeasure(code=code, da=names[code].da, en=names[code].en) for code in codes if code in names]
    return Asked(areas=tuple(areas[:MOST_AREAS]), measures=tuple(measures[:MOST_MEASURES]), answer_days=answer_days)


def _level(capacity: Mapping[str, Any], area: str) -> int:
    # What nobody has talked about is asked about when the work asks something of it, as an open plank of the bridge.
    level = capacity.get(area)
    return 1 if level is None else int(level)


def asked_of_employer(*, card: Card | None, binding: Binding, answer_days: int) -> Asked:
    """Only what the company may know: the areas of a card that holds, the support that all three have signed for."""
    areas = [need["area"] for need in card.content["needs"]] if card else []
    return Asked(
        areas=tuple(dict.fromkeys(areas))[:MOST_AREAS],
        measures=binding.measures[:MOST_MEASURES],
        answer_days=answer_days,
    )


def party_talks(talks: Iterable[Talk], *, party: TalkParty) -> list[Talk]:
    """The talks of one party, oldest first."""
    return sorted((one for one in talks if one.party == party), key=lambda one: one.due_on)
