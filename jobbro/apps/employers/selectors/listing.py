"""The list of companies: own teams first, filters, and pages; the number of queries is the same whatever the data."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.organisations.models import Team, UnitMunicipality

from ..enums import NeedState, PartnerState, PromiseState
from ..models import Company, Promise, RecruitmentNeed, Talk, Workplace, YearlyTalk
from ..permissions import can_keep_companies, can_read_companies

COMPANIES_A_PAGE = 25
CURRENT, ALL = "current", "all"
QUIET_WEEKS = (4, 13, 26, 52)


@dataclass(frozen=True, kw_only=True)
class CompanyFilters:
    """What to show. `state` is `current` (all but closed), `all` or a state; `quiet` a number of weeks."""

    text: str = ""
    team_id: UUID | None = None
    state: str = CURRENT
    quiet: int | None = None
    has_need: bool = False
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class CompanyLine:
    """One company of the list: facts with dates, in no order of merit."""

    id: UUID
    name: str
    trade: str
    towns: tuple[str, ...]
    state: PartnerState
    team: str
    broker: str
    is_ours: bool
    last_contact_on: date | None
    open_needs: int
    open_promises: int
    overdue_promises: int


@dataclass(frozen=True, kw_only=True)
class CompanyList:
    """One page of companies with what the filters can be set to."""

    page: "Page[Company]"
    lines: tuple[CompanyLine, ...]
    teams: tuple[tuple[UUID, str], ...]
    may_keep: bool
    is_narrowed: bool


def company_list(*, actor: Actor, filters: CompanyFilters, on: date) -> CompanyList | None:
    """The partners of the actor's municipalities; None for those who have nothing to do with companies."""
    if not can_read_companies(actor):
        return None
    own = [position.team_id for position in actor.positions if position.team_id]
    companies = _narrowed(Company.objects.visible_to(actor), filters=filters, on=on)
    ours = Case(When(team_id__in=own, then=Value(0)), default=Value(1), output_field=IntegerField())
    name = Func(F("name"), function="danish_order", output_field=TextField())
    ordered = companies.select_related("team", "broker").order_by(ours, name, "pk")
    page = Paginator(ordered, COMPANIES_A_PAGE).get_page(filters.number)
    return CompanyList(
        page=page,
        lines=_lines(list(page.object_list), own=own, on=on),
        teams=_teams(actor=actor, on=on),
        may_keep=can_keep_companies(actor),
        is_narrowed=filters != CompanyFilters(number=filters.number),
    )


def _narrowed(companies: "QuerySet[Company]", *, filters: CompanyFilters, on: date) -> "QuerySet[Company]":
    if filters.team_id:
        companies = companies.filter(team_id=filters.team_id)
    if filters.state == CURRENT:
        companies = companies.exclude(state=PartnerState.CLOSED)
    elif filters.state != ALL:
        companies = companies.filter(state=filters.state)
    if filters.has_need:
        companies = companies.filter(
            Exists(RecruitmentNeed.objects.filter(company=OuterRef("pk"), state=NeedState.OPEN))
        )
    if filters.quiet:
        since = on - timedelta(weeks=filters.quiet)
        for talks in (Talk, YearlyTalk):
            companies = companies.filter(~Exists(talks.objects.filter(company=OuterRef("pk"), held_on__gte=since)))
    return companies.filter(_said(filters.text)) if filters.text.strip() else companies


def _said(text: str) -> Q:
    """The words stand in the name, the trade or the town, or the number is the company's own."""
    words = Q()
    for word in text.split()[:5]:
        town = Exists(Workplace.objects.filter(company=OuterRef("pk"), city__icontains=word))
        words &= Q(name__icontains=word) | Q(trade__icontains=word) | Q(town)
    digits = "".join(sign for sign in text if sign.isdigit())
    return words | Q(cvr=digits) if len(digits) == 8 else words


def _lines(companies: list[Company], *, own: list[UUID], on: date) -> tuple[CompanyLine, ...]:
    ids = [company.pk for company in companies]
    talked = _last_talks(ids)
    needs = _counted(RecruitmentNeed.objects.filter(company_id__in=ids, state=NeedState.OPEN))
    promised = Promise.objects.filter(company_id__in=ids, state=PromiseState.OPEN)
    counts = promised.values("company_id").annotate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on)))
    promises = {row["company_id"]: (row["open"], row["overdue"]) for row in counts.order_by()}
    towns = _towns(ids)
    return tuple(
        CompanyLine(
            id=company.pk,
            name=company.name,
            trade=company.trade,
            towns=towns.get(company.pk, ()),
            state=PartnerState(company.state),
            team=company.team.name,
            broker=company.broker.display_name,
            is_ours=company.team_id in own,
            last_contact_on=talked.get(company.pk),
            open_needs=needs.get(company.pk, 0),
            open_promises=promises.get(company.pk, (0, 0))[0],
            overdue_promises=promises.get(company.pk, (0, 0))[1],
        )
        for company in companies
    )


def _last_talks(ids: list[UUID]) -> dict[UUID, date]:
    """The newest day of the log or of a yearly talk."""
    found: dict[UUID, date] = {}
    for talks in (Talk, YearlyTalk):
        days = talks.objects.filter(company_id__in=ids).values_list("company_id").annotate(day=Max("held_on"))
        for company_id, day in days.order_by():
            found[company_id] = max(day, found.get(company_id, day))
    return found


def _counted(rows: "QuerySet[RecruitmentNeed]") -> dict[UUID, int]:
    return dict(rows.values_list("company_id").annotate(open=Count("pk")).order_by())


def _towns(ids: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    rows = Workplace.objects.filter(company_id__in=ids, closed_on__isnull=True).exclude(city="")
    found: dict[UUID, dict[str, None]] = {}
    for company_id, city in rows.order_by("name").values_list("company_id", "city"):
        found.setdefault(company_id, {})[city] = None
    return {company_id: tuple(cities) for company_id, cities in found.items()}


def _teams(*, actor: Actor, on: date) -> tuple[tuple[UUID, str], ...]:
    units = UnitMunicipality.objects.standing(on=on).filter(municipality_id__in=actor.codes).values("unit_id")
    teams = Team.objects.standing(on=on).filter(unit_id__in=units).order_by("name", "pk")
    return tuple(teams.values_list("pk", "name"))
