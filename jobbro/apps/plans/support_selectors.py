"""Reads of support: the proposal, what a choice would mean, and the choice that stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.guidance.selectors import scheme_outcomes
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.engines.support.occupations import Occupation, OccupationTable, occupation_table
from jobbro.engines.support.supports import SupportProposal, propose_support
from jobbro.kernel.fit import left_after

from .facts import (
    AgreedNeeds,
    DecisionShown,
    OccupationBridge,
    agreed_needs,
    bridges_to,
    decision_shown,
    known_measures,
    known_occupations,
    newest_agreement,
)
from .permissions import can_choose_support
from .selectors import newest_decision

ALTERNATIVES = 3


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What somebody is about to choose; nothing is stored yet."""

    occupations: tuple[str, ...]
    measures: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What a choice would mean: the bridges it gives, and which gaps it leaves."""

    occupations: tuple[Occupation, ...]
    proposal: SupportProposal
    chosen: tuple[CatalogueMeasure, ...]
    bridges: tuple[OccupationBridge, ...]
    left: tuple[str, ...]

    @property
    def is_as_proposed(self) -> bool:
        """Whether the choice is exactly the proposal."""
        return tuple(entry.code for entry in self.chosen) == self.proposal.smallest.codes


@dataclass(frozen=True, kw_only=True)
class SupportPage:
    """All that the support page shows; `needs` and `outlook` are None until needs are agreed and work is named."""

    citizen: Citizen
    needs: AgreedNeeds | None
    choice: Choice
    unknown_wishes: int
    outlook: Outlook | None
    decision: DecisionShown | None
    is_newer_agreement: bool
    table: OccupationTable
    entries: tuple[CatalogueMeasure, ...]
    may_choose: bool
    is_own: bool
    schemes: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def work(self) -> tuple[Occupation, ...]:
        """What can be chosen: the short list, and all that has been wished for or chosen before."""
        decided = self.decision.occupations if self.decision else ()
        wished = self.needs.wishes if self.needs else ()
        common = (one.code for one in self.table.occupations)
        return known_occupations((*common, *wished, *decided, *self.choice.occupations))

    def entry(self, code: str) -> CatalogueMeasure:
        """The entry of the catalogue with this code."""
        return next(entry for entry in self.entries if entry.code == code)


def support_for(*, actor: Actor, citizen_id: UUID, choice: Choice | None = None) -> SupportPage | None:
    """The support page for a choice, else for the one that stands, else for the wishes. At most four queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    agreement = newest_agreement(actor=actor, citizen_id=citizen_id)
    needs = agreed_needs(agreement) if agreement else None
    decision = _newest_shown(actor=actor, citizen_id=citizen_id)
    wanted = choice or _choice_that_stands(needs=needs, decision=decision)
    return SupportPage(
        citizen=citizen,
        needs=needs,
        choice=wanted,
        unknown_wishes=len(set(needs.wishes)) - len(known_occupations(needs.wishes)) if needs else 0,
        outlook=outlook_of(needs=needs, choice=wanted) if needs and known_occupations(wanted.occupations) else None,
        decision=decision,
        is_newer_agreement=bool(needs and decision and decision.agreement_id != needs.agreement_id),
        table=occupation_table(),
        entries=catalogue().entries,
        may_choose=can_choose_support(actor),
        is_own=actor.citizen_id == citizen_id,
    )


def support_with_schemes(
    *, actor: Actor, citizen_id: UUID, on: date, choice: Choice | None = None
) -> SupportPage | None:
    """The support page, and whether the schemes that could pay look possible today. Six queries more."""
    page = support_for(actor=actor, citizen_id=citizen_id, choice=choice)
    if page is None or page.needs is None:
        return page
    return replace(page, schemes=scheme_outcomes(actor=actor, citizen_id=citizen_id, on=on))


def outlook_of(*, needs: AgreedNeeds, choice: Choice) -> Outlook:
    """The proposal for these occupations without what was declined, and the bridges that the choice would give."""
    occupations = known_occupations(choice.occupations)
    chosen = known_measures(choice.measures)
    # Measures for a certain situation are chosen by people who know it; they are not proposed.
    offered = catalogue().measures()
    proposal = propose_support(
        capacity=needs.capacity,
        demands={occupation.code: occupation.demand for occupation in occupations},
        measures=offered,
        declined=[measure.code for measure in offered if measure.code in choice.declined],
        limit=ALTERNATIVES,
    )
    support = tuple(entry.measure for entry in chosen)
    return Outlook(
        occupations=occupations,
        proposal=proposal,
        chosen=chosen,
        bridges=bridges_to(occupations=occupations, capacity=needs.capacity, support=support),
        left=tuple(left_after(gaps={gap.area: gap.gap for gap in proposal.gaps}, measures=support)),
    )


def proposed_bridges(*, needs: AgreedNeeds, outlook: Outlook) -> tuple[OccupationBridge, ...]:
    """The bridges as they would be with the proposal."""
    support = tuple(entry.measure for entry in known_measures(outlook.proposal.smallest.codes))
    return bridges_to(occupations=outlook.occupations, capacity=needs.capacity, support=support)


def _choice_that_stands(*, needs: AgreedNeeds | None, decision: DecisionShown | None) -> Choice:
    if decision is not None:
        codes = [entry.code for entry in known_measures(decision.codes)]
        return Choice(occupations=decision.occupations, measures=tuple(codes), declined=decision.declined)
    wishes = known_occupations(needs.wishes) if needs else ()
    return Choice(occupations=tuple(occupation.code for occupation in wishes))


def _newest_shown(*, actor: Actor, citizen_id: UUID) -> DecisionShown | None:
    row = newest_decision(actor=actor, citizen_id=citizen_id)
    if row is None:
        return None
    name = User.objects.filter(pk=row.decided_by_id).values_list("display_name", flat=True).first()
    return decision_shown(row, decided_by=name or "")
