"""The jobs of a person as the pages show them, and the hidden ones behind each reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.jobs.models import Opening
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.engines.matching.changes import Change
from jobbro.engines.matching.model import ListedJob, Pair, Reason

from ..among import among
from ..enums import ProposalState
from ..files import measures_file
from ..market import open_jobs
from ..permissions import can_propose
from ..refusals import NotThere
from .lists import CitizenJobs, list_for_citizen
from .pairs import PairTold, told_of
from .persons import WhyNot, person_input
from .proposals import ProposalRow, proposals_of

FIRST, STEP, MOST = 20, 20, 200
HIDDEN_ON_PAGE = 25
# Whoever has so many jobs is not asked to change anything.
FEW, MOST_CHANGES = 5, 5


@dataclass(frozen=True, kw_only=True)
class JobShown:
    """A job of a person's list with its row. `round`: in which round of the fair spread it was proposed."""

    entry: ListedJob
    opening: Opening
    round: int | None
    proposal: ProposalRow | None


@dataclass(frozen=True, kw_only=True)
class JobsPage:
    """A person's jobs in the one order there is. `missing`: what has to be told before there can be a list."""

    citizen: Citizen
    is_own: bool
    may_pick: bool
    missing: WhyNot | None
    jobs: tuple[JobShown, ...]
    reserved: tuple[tuple[Pair, Opening], ...]
    refused: Mapping[Reason, int] = field(hash=False)
    changes: tuple[Change, ...]
    more: int
    open_jobs: int
    proposals: tuple[ProposalRow, ...]


@dataclass(frozen=True, kw_only=True)
class HiddenPage:
    """Jobs that one reason keeps from a person, the nearest first, a page at a time."""

    citizen: Citizen
    is_own: bool
    may_pick: bool
    reason: Reason
    total: int
    number: int
    pages: int
    jobs: tuple[tuple[Opening, PairTold], ...]


def jobs_page(*, actor: Actor, citizen_id: UUID, on: date, top: int = FIRST) -> JobsPage:
    """The list as it is now; only its own jobs are fetched. Raises NotThere. Ten queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        raise NotThere
    found = list_for_citizen(actor=actor, citizen_id=citizen_id, on=on, top=top)
    proposals = proposals_of(actor=actor, citizen_id=citizen_id)
    listed = found if isinstance(found, CitizenJobs) else None
    return JobsPage(
        citizen=citizen,
        is_own=actor.citizen_id == citizen_id,
        may_pick=can_propose(actor, citizen_id),
        missing=found if isinstance(found, WhyNot) else None,
        jobs=_shown(listed, proposals=proposals) if listed else (),
        reserved=_reserved(listed) if listed else (),
        refused=listed.listed.none if listed else {},
        changes=_changes(listed, on=on) if listed else (),
        more=_more(listed) if listed else 0,
        open_jobs=listed.open_jobs if listed else 0,
        proposals=proposals,
    )


def _changes(found: CitizenJobs, *, on: date) -> tuple[Change, ...]:
    """For somebody with few jobs: what one change would open."""
    if len(found.listed.jobs) + len(found.reserved) >= FEW:
        return ()
    return open_jobs(on=on).changes_for(found.input.person)[:MOST_CHANGES]


def _shown(found: CitizenJobs, *, proposals: tuple[ProposalRow, ...]) -> tuple[JobShown, ...]:
    rounds = found.last_run.proposed if found.last_run else {}
    alive = {str(one.opening_id): one for one in proposals if one.is_live}
    own = {job for job, one in alive.items() if one.state == ProposalState.AGREED}
    return tuple(
        JobShown(
            entry=entry,
            opening=found.openings[entry.job],
            round=rounds.get(entry.job),
            proposal=alive.get(entry.job),
        )
        # A job that was closed a moment ago is not there any more; the own job is no new one.
        for entry in found.listed.jobs
        if entry.job in found.openings and entry.job not in own
    )


def _reserved(found: CitizenJobs) -> tuple[tuple[Pair, Opening], ...]:
    return tuple((pair, found.openings[pair.job]) for pair in found.reserved)


def _more(found: CitizenJobs) -> int:
    """How many jobs of the list stand after those that are shown."""
    return max(0, found.open_jobs - sum(found.listed.none.values()) - len(found.listed.jobs))


def hidden_page(*, actor: Actor, citizen_id: UUID, reason: Reason, number: int, on: date) -> HiddenPage:
    """The jobs that the reason refused first, computed anew. Raises NotThere, also when nothing can be listed yet."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    found = person_input(actor=actor, citizen_id=citizen_id)
    if citizen is None or isinstance(found, WhyNot):
        raise NotThere
    first = (number - 1) * HIDDEN_ON_PAGE
    ids, total = open_jobs(on=on).refused(person=found.person, reason=reason, first=first, last=first + HIDDEN_ON_PAGE)
    rows = {str(row.pk): row for row in Opening.objects.filter(among("id", [UUID(one) for one in ids]))}
    measures = measures_file()
    return HiddenPage(
        citizen=citizen,
        is_own=actor.citizen_id == citizen_id,
        may_pick=can_propose(actor, citizen_id),
        reason=reason,
        total=total,
        number=number,
        pages=max(1, -(-total // HIDDEN_ON_PAGE)),
        jobs=tuple(
            (rows[one], told_of(person=found.file, job=opening_file(rows[one]), measures=measures))
            for one in ids
            if one in rows
        ),
    )
