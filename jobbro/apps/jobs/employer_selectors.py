"""What somebody at a company sees of the own company, one call a page; citizens are never part of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.enums import NeedState, Promiser, PromiseState
from jobbro.apps.employers.guides import Guide, Guides, guides
from jobbro.apps.employers.models import (
    Company,
    ContactPerson,
    PartnerAgreement,
    Promise,
    RecruitmentNeed,
    Talk,
    Workplace,
    YearlyTalk,
)
from jobbro.apps.employers.selectors import CompanyCard, company_card
from jobbro.kernel.vocabulary import AREAS

from .enums import CarvedState
from .models import CarvedJob
from .refusals import NotThere
from .selectors.proposals import ProposalPage, proposal_page
from .states import was_proposed

TALKS_A_PAGE = 5
# From here on an area matters so much in a job that a guide about it helps.
ASKED = 2
TIED_GUIDES = 4


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The company that a page is about, and all of the actor's companies."""

    card: CompanyCard
    companies: tuple[tuple[UUID, str], ...]

    @property
    def has_several(self) -> bool:
        return len(self.companies) > 1


@dataclass(frozen=True, kw_only=True)
class LastEntrance:
    """Whom somebody rings who was a contact, or will be."""

    company: str
    until_on: date | None
    unit: str
    unit_phone: str
    municipality: str
    municipality_phone: str

    @property
    def phone(self) -> str:
        return self.unit_phone or self.municipality_phone


@dataclass(frozen=True, kw_only=True)
class EmployerHome:
    """The home of somebody at a company: whom to ring, what is agreed, what can be done now."""

    choice: Choice
    agreements: tuple[PartnerAgreement, ...]
    our_promises: tuple[Promise, ...]
    your_promises: tuple[Promise, ...]
    talks: "Page[Talk]"
    yearly_talk: YearlyTalk | None
    proposals: tuple[CarvedJob, ...]
    agreed_jobs: tuple[CarvedJob, ...]
    needs: tuple[RecruitmentNeed, ...]
    workplaces: tuple[Workplace, ...]
    guides: tuple[Guide, ...]

    @property
    def has_agreed(self) -> bool:
        """Whether there is anything to read under what is agreed."""
        return bool(self.agreements or self.our_promises or self.your_promises or self.agreed_jobs)


@dataclass(frozen=True, kw_only=True)
class OurCompany:
    """What we hold about the company: its facts, contacts, workplaces and yearly talks."""

    choice: Choice
    contacts: tuple[ContactPerson, ...]
    workplaces: tuple[Workplace, ...]
    yearly_talks: tuple[YearlyTalk, ...]


@dataclass(frozen=True, kw_only=True)
class OurProposals:
    """Jobs that were proposed to the company, those that wait for an answer first."""

    choice: Choice
    waiting: tuple[CarvedJob, ...]
    answered: tuple[CarvedJob, ...]


@dataclass(frozen=True, kw_only=True)
class OurProposal:
    """One proposal with what can be answered, and guides tied to what the work asks."""

    choice: Choice
    page: ProposalPage
    guides: tuple[Guide, ...]

    @property
    def demands(self) -> tuple[tuple[str, int], ...]:
        """What the work asks, the most first."""
        asked = self.page.job.demand
        found = [(area, asked[area]) for area in AREAS if asked.get(area)]
        return tuple(sorted(found, key=lambda pair: -pair[1]))


@dataclass(frozen=True, kw_only=True)
class NeedPage:
    """The company with its open workplaces, for telling what hands are needed."""

    choice: Choice
    workplaces: tuple[Workplace, ...]


@dataclass(frozen=True, kw_only=True)
class OurNeed:
    """A need that the company has told of."""

    choice: Choice
    need: RecruitmentNeed

    @property
    def is_over(self) -> bool:
        return self.need.state != NeedState.OPEN


@dataclass(frozen=True, kw_only=True)
class EmployerGuides:
    """All guides, and those tied to what the company's jobs ask. Nothing here comes from a person."""

    choice: Choice
    guides: Guides
    tied: tuple[Guide, ...]
    asked: frozenset[str]


def last_entrance(*, actor: Actor) -> LastEntrance | None:
    """Whom to ring for an employer's account without a company today; None when it never had one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select company, until_on, unit, unit_phone, municipality, municipality_phone from app_last_entrance()"
        )
        row = cursor.fetchone()
    if row is None or not actor.is_employer:
        return None
    names = ("company", "until_on", "unit", "unit_phone", "municipality", "municipality_phone")
    return LastEntrance(**dict(zip(names, row, strict=True)))


def chosen_company(*, actor: Actor, company_id: UUID | None = None) -> Choice | None:
    """The company asked for, or the first by name; None when it is not the actor's. Two queries, one for most."""
    if not actor.is_employer or not actor.companies:
        return None
    wanted = company_id or (actor.companies[0] if len(actor.companies) == 1 else None)
    named: list[tuple[UUID, str]] = []
    if len(actor.companies) > 1:
        named = list(Company.objects.visible_to(actor).order_by("name", "pk").values_list("pk", "name"))
        wanted = wanted or (named[0][0] if named else None)
    card = company_card(actor=actor, company_id=wanted) if wanted else None
    return Choice(card=card, companies=tuple(named) or ((card.id, card.name),)) if card else None


def employer_home(*, actor: Actor, company_id: UUID | None, number: int | str | None, on: date) -> EmployerHome | None:
    """The home page; None when the company is not the actor's. `number`: page of the shared talks."""
    choice = chosen_company(actor=actor, company_id=company_id)
    if choice is None:
        return None
    ours = choice.card.id
    standing = PartnerAgreement.objects.standing(on=on).filter(company_id=ours)
    promises = list(Promise.objects.filter(company_id=ours, state=PromiseState.OPEN).order_by("due_on", "pk"))
    talks = Talk.objects.filter(company_id=ours, is_shared=True).select_related("written_by", "workplace")
    jobs = _jobs(ours)
    needs = RecruitmentNeed.objects.filter(company_id=ours, state=NeedState.OPEN).select_related("workplace")
    return EmployerHome(
        choice=choice,
        agreements=tuple(standing.order_by("-from_on", "pk")),
        our_promises=tuple(promise for promise in promises if promise.by == Promiser.US),
        your_promises=tuple(promise for promise in promises if promise.by == Promiser.THEM),
        talks=Paginator(talks.order_by("-held_on", "-written_at", "-pk"), TALKS_A_PAGE).get_page(number),
        yearly_talk=YearlyTalk.objects.filter(company_id=ours).order_by("-held_on", "-pk").first(),
        proposals=tuple(job for job in jobs if job.state == CarvedState.PROPOSED),
        agreed_jobs=tuple(job for job in jobs if job.state == CarvedState.AGREED),
        needs=tuple(needs.order_by("-told_on", "-pk")),
        workplaces=_workplaces(ours),
        guides=_tied_to(jobs)[:TIED_GUIDES],
    )


def our_company(*, actor: Actor, company_id: UUID | None, on: date) -> OurCompany | None:
    """The company as we hold it; None when it is not the actor's."""
    choice = chosen_company(actor=actor, company_id=company_id)
    if choice is None:
        return None
    contacts = ContactPerson.objects.standing(on=on).filter(company_id=choice.card.id).select_related("workplace")
    return OurCompany(
        choice=choice,
        contacts=tuple(contacts.order_by("-is_first", "name", "pk")),
        workplaces=_workplaces(choice.card.id),
        yearly_talks=tuple(YearlyTalk.objects.filter(company_id=choice.card.id).order_by("-held_on", "-pk")),
    )


def our_proposals(*, actor: Actor, company_id: UUID | None) -> OurProposals | None:
    """The company's proposals; None when it is not the actor's."""
    choice = chosen_company(actor=actor, company_id=company_id)
    if choice is None:
        return None
    jobs = _jobs(choice.card.id)
    return OurProposals(
        choice=choice,
        waiting=tuple(job for job in jobs if job.state == CarvedState.PROPOSED),
        answered=tuple(job for job in jobs if job.state != CarvedState.PROPOSED),
    )


def our_proposal(*, actor: Actor, job_id: UUID) -> OurProposal | None:
    """One job as it was proposed; None when it is no longer shown, or not to this company."""
    if not actor.is_employer:
        return None
    try:
        page = proposal_page(actor=actor, job_id=job_id)
    except NotThere:
        return None
    choice = chosen_company(actor=actor, company_id=page.job.company_id)
    if choice is None:
        return None
    return OurProposal(choice=choice, page=page, guides=_tied_to([page.job])[:TIED_GUIDES])


def need_page(*, actor: Actor, company_id: UUID | None) -> NeedPage | None:
    """Where hands can be needed; None when the company is not the actor's."""
    choice = chosen_company(actor=actor, company_id=company_id)
    return NeedPage(choice=choice, workplaces=_workplaces(choice.card.id)) if choice else None


def our_need(*, actor: Actor, need_id: UUID) -> OurNeed | None:
    """A need of the company; None when it is not the actor's."""
    if not actor.is_employer:
        return None
    need: RecruitmentNeed | None = RecruitmentNeed.objects.visible_to(actor).filter(pk=need_id).first()
    choice = chosen_company(actor=actor, company_id=need.company_id) if need else None
    return OurNeed(choice=choice, need=need) if need and choice else None


def employer_guides(*, actor: Actor, company_id: UUID | None) -> EmployerGuides | None:
    """The guides, with those tied to what the company's jobs ask; None when the company is not the actor's."""
    choice = chosen_company(actor=actor, company_id=company_id)
    if choice is None:
        return None
    jobs = _jobs(choice.card.id)
    return EmployerGuides(choice=choice, guides=guides(), tied=_tied_to(jobs), asked=_asked_by(jobs))


def _jobs(company_id: UUID) -> list[CarvedJob]:
    """The jobs that the company was shown, the newest first."""
    jobs = CarvedJob.objects.filter(company_id=company_id).select_related("workplace")
    return [job for job in jobs.order_by("-state_on", "-made_at", "pk") if was_proposed(job)]


def _workplaces(company_id: UUID) -> tuple[Workplace, ...]:
    return tuple(Workplace.objects.filter(company_id=company_id, closed_on__isnull=True).order_by("name", "pk"))


def _tied_to(jobs: Iterable[CarvedJob]) -> tuple[Guide, ...]:
    """Guides tied to what the work asks, those about fewest things first."""
    return guides().for_areas(_asked_by(jobs))


def _asked_by(jobs: Iterable[CarvedJob]) -> frozenset[str]:
    current = [job for job in jobs if job.state in (CarvedState.PROPOSED, CarvedState.AGREED)]
    return frozenset(area for job in current for area, level in job.demand.items() if level >= ASKED)
