"""A person and a job, the pair whole: what fits, what support could carry, what nobody has talked about."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.jobs.enums import OpeningState
from jobbro.apps.jobs.models import CarvedFor, Opening
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.engines.matching.model import Pair, Verdict
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.engines.support.supports import propose_support

from ..enums import LIVE
from ..facts import available, measures_of, pair_of
from ..files import measures_file
from ..models import JobList, ListedOpening, Proposal
from ..permissions import can_propose
from ..refusals import NotThere
from .persons import PersonInput, WhyNot, person_input


@dataclass(frozen=True, kw_only=True)
class PairTold:
    """The pair with both files (contracts, section 3). `support`: the smallest that closes what can be closed."""

    pair: Pair
    person: dict[str, Any] = field(hash=False)
    job: dict[str, Any] = field(hash=False)
    support: tuple[CatalogueMeasure, ...]

    @property
    def wish(self) -> int:
        """How much the person wishes for this kind of work: 2, 1 or 0."""
        return int(self.person["wishes"].get(self.job["occupation"], 0))


@dataclass(frozen=True, kw_only=True)
class PairPage:
    """What the page of a pair shows. Without needs, wish or place there is no `told`, and `missing` says which.

    listed_by: on how many persons' lists the job stood after the last run, when it stood on any.
    """

    citizen: Citizen
    opening: Opening
    is_own: bool
    may_pick: bool
    is_open: bool
    told: PairTold | None
    missing: WhyNot | None
    proposed_round: int | None
    live: Proposal | None
    listed_by: int | None


def pair_page(*, actor: Actor, citizen_id: UUID, opening_id: UUID, on: date) -> PairPage:
    """The pair as it stands today. Raises NotThere. Eight queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    # The wall says whose openings there are: the pool, those proposed to the person, those of one's own partners.
    opening: Opening | None = Opening.objects.filter(pk=opening_id).first()
    if citizen is None or opening is None:
        raise NotThere
    found = person_input(actor=actor, citizen_id=citizen_id)
    proposals = Proposal.objects.visible_to(actor).filter(citizen_id=citizen_id, opening_id=opening_id)
    is_open = is_to_be_had(opening, on=on) and is_kept_for(opening, citizen_id=citizen_id)
    return PairPage(
        citizen=citizen,
        opening=opening,
        is_own=actor.citizen_id == citizen_id,
        may_pick=is_open and isinstance(found, PersonInput) and can_propose(actor, citizen_id),
        is_open=is_open,
        told=told_of(person=found.file, job=opening_file(opening)) if isinstance(found, PersonInput) else None,
        missing=found if isinstance(found, WhyNot) else None,
        proposed_round=round_of(actor=actor, citizen_id=citizen_id, opening_id=opening_id),
        live=proposals.filter(state__in=LIVE).first(),
        listed_by=ListedOpening.objects.filter(opening_id=opening_id).values_list("persons", flat=True).first(),
    )


def told_of(*, person: dict[str, Any], job: dict[str, Any], measures: list[dict[str, Any]] | None = None) -> PairTold:
    """The pair explained whole; of `measures`, or of the whole catalogue, those that both name count."""
    both = available(person=person, job=job, measures=measures if measures is not None else measures_file())
    pair = pair_of(person=person, job=job, measures=both)
    codes = pair.support
    if pair.verdict is Verdict.NO:
        # Also of a job that does not fit it is told what support could carry, and what it could not.
        proposed = propose_support(
            capacity=person["capacity"], demands={"job": job["demand"]}, measures=measures_of(both), limit=0
        )
        codes = proposed.smallest.codes
    entries = {entry.code: entry for entry in catalogue().entries}
    support = tuple(entries[code] for code in codes if code in entries)
    return PairTold(pair=pair, person=person, job=job, support=support)


def is_to_be_had(opening: Opening, *, on: date) -> bool:
    """Whether somebody can still get the job on the day."""
    return opening.state == OpeningState.OPEN and (opening.closes_on is None or opening.closes_on >= on)


def is_kept_for(opening: Opening, *, citizen_id: UUID) -> bool:
    """Whether the person may have the job at all: everybody, or only the one it was carved for. One query then."""
    if not opening.is_reserved:
        return True
    return CarvedFor.objects.filter(job_id=opening.carved_job_id, citizen_id=citizen_id).exists()


def round_of(*, actor: Actor, citizen_id: UUID, opening_id: UUID) -> int | None:
    """In which round of the fair spread the job was proposed to the person, if it was."""
    found = JobList.objects.visible_to(actor).filter(citizen_id=citizen_id).values_list("entries", flat=True).first()
    rounds = (entry.get("proposed") for entry in found or () if entry["job"] == str(opening_id))
    return next(rounds, None)
