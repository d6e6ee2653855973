"""Partners within reach of a person, by distance and then name: facts, in no order of merit."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Contact
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.employers.enums import Feature, NeedState, PartnerState
from jobbro.apps.employers.models import RecruitmentNeed, Workplace
from jobbro.apps.employers.permissions import can_read_companies
from jobbro.kernel.postcodes import Place, kilometres, place_of

from .work_wishes import work_wish_for

LEAST_KM, MOST_KM, USUAL_KM = 5, 50, 20
MOST_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class NearFilters:
    """What to show. Without `km` it is as far as the person told, or the usual distance."""

    km: int | None = None
    has_need: bool = False
    feature: str = ""
    measure: str = ""
    sector: str = ""


@dataclass(frozen=True, kw_only=True)
class NearPartner:
    """A workplace within reach; `number` is the same in the table and on the map."""

    number: int
    km: float
    x: float
    y: float
    company_id: UUID
    workplace_id: UUID
    company: str
    workplace: str
    town: str
    state: PartnerState
    needs: tuple[str, ...]
    features: tuple[Feature, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NearPage:
    """Partners near a person. Without `place` there is no look-up: the address is protected, or not on the map."""

    citizen_id: UUID
    name: str
    is_protected: bool
    postcode: str = ""
    place: Place | None = None
    told_km: int | None = None
    km: int = USUAL_KM
    partners: tuple[NearPartner, ...] = field(default=())
    total: int = 0
    unplaced: int = 0


def partners_near(*, actor: Actor, citizen_id: UUID, filters: NearFilters, on: date) -> NearPage | None:
    """The partners within the distance; None when the actor does not see the citizen or nothing of companies."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None or actor.citizen_id is not None or not can_read_companies(actor):
        return None
    if citizen.is_protected:
        return NearPage(citizen_id=citizen.pk, name=citizen.name, is_protected=True)
    contacts = Contact.objects.visible_to(actor).filter(citizen_id=citizen_id)
    postcode = contacts.values_list("postcode", flat=True).first() or ""
    place = place_of(postcode)
    wish = work_wish_for(actor=actor, citizen_id=citizen_id)
    told = wish.max_km if wish else None
    km = _within(filters.km or told or USUAL_KM)
    if place is None:
        return NearPage(
            citizen_id=citizen.pk, name=citizen.name, is_protected=False, postcode=postcode, told_km=told, km=km
        )
    found = _workplaces(actor=actor, filters=filters, on=on)
    near = _by_distance(found, place=place, km=km)
    return NearPage(
        citizen_id=citizen.pk,
        name=citizen.name,
        is_protected=False,
        postcode=place.postcode,
        place=place,
        told_km=told,
        km=km,
        partners=_partners(near[:MOST_SHOWN], place=place),
        total=len(near),
        unplaced=found.filter(x__isnull=True).count(),
    )


def _within(km: int) -> int:
    return max(LEAST_KM, min(MOST_KM, km))


def _workplaces(*, actor: Actor, filters: NearFilters, on: date) -> "QuerySet[Workplace]":
    found = (
        Workplace.objects.visible_to(actor)
        .exclude(company__state=PartnerState.CLOSED)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
    )
    if filters.sector:
        found = found.filter(company__sector=filters.sector)
    if filters.feature:
        found = found.filter(features__contains=[filters.feature])
    if filters.measure:
        found = found.filter(measures__contains=[filters.measure])
    if filters.has_need:
        here = Q(workplace__isnull=True) | Q(workplace=OuterRef("pk"))
        needs = RecruitmentNeed.objects.filter(here, company=OuterRef("company_id"), state=NeedState.OPEN)
        found = found.filter(Exists(needs))
    return found


def _by_distance(workplaces: "QuerySet[Workplace]", *, place: Place, km: int) -> list[tuple[float, Workplace]]:
    """Within the distance, the nearest first; those at the same distance by name."""
    box = Q(x__range=(place.x - km, place.x + km), y__range=(place.y - km, place.y + km))
    name = Func(F("company__name"), function="danish_order", output_field=TextField())
    rows = workplaces.filter(box).select_related("company").order_by(name, "name", "pk")
    measured = [(kilometres((place.x, place.y), _spot(row)), row) for row in rows]
    return sorted((one for one in measured if one[0] <= km), key=lambda one: one[0])


def _partners(near: list[tuple[float, Workplace]], *, place: Place) -> tuple[NearPartner, ...]:
    needs = _open_needs([row for _, row in near])
    return tuple(
        NearPartner(
            number=number,
            km=km,
            x=_spot(row)[0] - place.x,
            y=_spot(row)[1] - place.y,
            company_id=row.company_id,
            workplace_id=row.pk,
            company=row.company.name,
            workplace=row.name,
            town=row.city,
            state=PartnerState(row.company.state),
            needs=needs.get(row.pk, ()),
            features=tuple(Feature(code) for code in row.features),
            measures=tuple(row.measures),
        )
        for number, (km, row) in enumerate(near, start=1)
    )


def _spot(row: Workplace) -> tuple[float, float]:
    assert row.x is not None, "a workplace within a distance has its place"
    assert row.y is not None, "a place has both"
    return row.x, row.y


def _open_needs(shown: list[Workplace]) -> dict[UUID, tuple[str, ...]]:
    """Titles of what is needed at each workplace; what is told for a whole company stands at each of its places."""
    ids = list({row.company_id for row in shown})
    rows = list(
        RecruitmentNeed.objects.filter(company_id__in=ids, state=NeedState.OPEN)
        .order_by("told_on", "pk")
        .values_list("company_id", "workplace_id", "title")
    )
    return {
        place.pk: tuple(title for company, at, title in rows if company == place.company_id and at in (None, place.pk))
        for place in shown
    }
