"""For staff: whom of one's own citizens a job could be for. By name, never ranked, never counted by fit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.models import Case
from jobbro.apps.citizens.models import Citizen, DanishOrder
from jobbro.apps.jobs.models import Opening
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.engines.matching.pairs import explain
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.kernel.fit import OPEN_FROM, Verdict
from jobbro.kernel.vocabulary import AREAS

from ..among import among
from ..enums import LIVE
from ..facts import job_of, measures_of, person_of
from ..files import measures_file
from ..models import PersonFile, Proposal
from ..refusals import NotThere
from .pairs import is_to_be_had

ON_PAGE = 25
# So many are held against the job at a time; whoever sees more chooses a team.
MOST = 2000


@dataclass(frozen=True, kw_only=True)
class PeopleFilters:
    """What to show. Empty: everything."""

    fit: str = ""
    measure: str = ""
    area: str = ""
    team: str = ""


@dataclass(frozen=True, kw_only=True)
class CouldFit:
    """Somebody whom the job could be for: what support it would take, and what nobody has talked about."""

    citizen_id: UUID
    verdict: Verdict
    support: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PersonShown:
    """The person with name and team, and the proposal of this job if there is one alive."""

    could: CouldFit
    citizen: Citizen
    team: str
    proposal_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """A page of names. `is_too_many`: a team has to be chosen first. There is no total: fit is not counted."""

    opening: Opening
    is_open: bool
    is_too_many: bool
    people: tuple[PersonShown, ...]
    number: int
    has_next: bool
    measures: tuple[CatalogueMeasure, ...]
    areas: tuple[str, ...]
    teams: tuple[tuple[UUID, str], ...]


def people_page(*, actor: Actor, opening_id: UUID, filters: PeopleFilters, number: int, on: date) -> PeoplePage:
    """Those of the actor's citizens whom the job could be for, by name. Raises NotThere. Six queries."""
    if not actor.is_caseworking or actor.citizen_id is not None:
        raise PermissionDenied
    opening: Opening | None = Opening.objects.filter(pk=opening_id).first()
    if opening is None:
        raise NotThere
    is_open = is_to_be_had(opening, on=on) and not opening.is_reserved
    teams = _teams(actor)
    files = _files(actor, team=filters.team, teams=teams) if is_open else PersonFile.objects.none()
    found = list(files.values_list("citizen_id", "content")[: MOST + 1])
    is_too_many = len(found) > MOST
    could = [] if is_too_many else [one for one in could_fit(opening, files=found) if _is_wanted(one, filters)]
    first = (number - 1) * ON_PAGE
    job = opening_file(opening)
    entries = {entry.code: entry for entry in catalogue().entries}
    return PeoplePage(
        opening=opening,
        is_open=is_open,
        is_too_many=is_too_many,
        people=_shown(could[first : first + ON_PAGE], actor=actor, opening=opening),
        number=number,
        has_next=len(could) > first + ON_PAGE,
        measures=tuple(entries[code] for code in job["measures"]),
        areas=tuple(area for area in AREAS if job["demand"].get(area, 0) >= OPEN_FROM),
        teams=teams,
    )


def could_fit(opening: Opening, *, files: Iterable[tuple[UUID, dict[str, Any]]]) -> Iterator[CouldFit]:
    """Of these persons those whose verdict is not `no`, in the order they came."""
    job = job_of(opening_file(opening))
    measures = [measure for measure in measures_of(measures_file()) if measure.code in job.measures]
    for citizen_id, content in files:
        pair = explain(person=person_of(content), job=job, measures=measures)
        if pair.verdict is not Verdict.NO:
            yield CouldFit(citizen_id=citizen_id, verdict=pair.verdict, support=pair.support, open=pair.open)


def _is_wanted(one: CouldFit, filters: PeopleFilters) -> bool:
    return (
        filters.fit in ("", one.verdict)
        and (not filters.measure or filters.measure in one.support)
        and (not filters.area or filters.area in one.open)
    )


def _files(actor: Actor, *, team: str, teams: tuple[tuple[UUID, str], ...]) -> QuerySet[PersonFile]:
    name = DanishOrder(Concat("citizen__family_name", Value(" "), "citizen__given_name"))
    rows = PersonFile.objects.visible_to(actor).order_by(name, "citizen_id")
    chosen = next((pk for pk, _ in teams if str(pk) == team), None)
    return rows.filter(citizen__case__team_id=chosen) if chosen else rows


def _teams(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """The teams of the citizens that the actor sees."""
    rows = Case.objects.visible_to(actor).order_by("team__name", "team_id").values_list("team_id", "team__name")
    return tuple(rows.distinct())


def _shown(found: list[CouldFit], *, actor: Actor, opening: Opening) -> tuple[PersonShown, ...]:
    """Names are fetched for those of this page alone: they are who was looked at."""
    ids = [one.citizen_id for one in found]
    rows = Citizen.objects.visible_to(actor).filter(among("id", ids)).annotate(team_name=F("case__team__name"))
    citizens = {row.pk: row for row in rows}
    alive = Proposal.objects.visible_to(actor).filter(among("citizen_id", ids), opening=opening, state__in=LIVE)
    proposals = dict(alive.values_list("citizen_id", "id"))
    return tuple(
        PersonShown(
            could=one,
            citizen=citizens[one.citizen_id],
            team=citizens[one.citizen_id].team_name or "",
            proposal_id=proposals.get(one.citizen_id),
        )
        for one in found
        if one.citizen_id in citizens
    )
