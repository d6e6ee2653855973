"""Reads of open jobs for those who keep them: the list, one whole, and what its forms need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.employers.models import Workplace
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.occupations.records import Occupation
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.kernel.vocabulary import AREAS

from ..enums import OpeningDemand, OpeningOrigin, OpeningState
from ..models import Opening
from ..opening_checking import default_measures
from ..permissions import can_keep_openings
from ..refusals import NotThere
from ..stamps import seen_opening
from ..states import OPENING_MOVES, open_on, state_of
from .holders import occupation_title
from .tasks_demand import Beginning, GroupAsked, groups_asked
from .tasks_shown import WorkplaceShown, as_shown, workplace_shown

CLOSING_SOON = timedelta(days=14)
A_PAGE = 50
SUGGESTED = 5
# What somebody has looked at: the job itself, or the tasks it is made of.
LOOKED_AT = (OpeningDemand.CONFIRMED, OpeningDemand.TASKS)
LONGEST_WORDS = 80


@dataclass(frozen=True, kw_only=True)
class OpeningFilter:
    """What the list is narrowed by. `show`: a state, `closing` soon, or `unconfirmed`; empty for what is alive."""

    show: str = ""
    words: str = ""
    workplace_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class OpeningLine:
    """An open job in a list."""

    id: UUID
    title: str
    employer: str
    place: str
    city: str
    hours_min: Decimal
    hours_max: Decimal
    places: int
    state: OpeningState
    demand_source: OpeningDemand
    closes_on: date | None
    is_public: bool
    is_reserved: bool

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody has looked at what the job asks; what comes from looked-at tasks counts."""
        return self.demand_source in LOOKED_AT


@dataclass(frozen=True, kw_only=True)
class OpeningList:
    """One page of the list; `has_more` when there is another one."""

    lines: tuple[OpeningLine, ...]
    number: int
    has_more: bool
    may_keep: bool
    workplace: WorkplaceShown | None


@dataclass(frozen=True, kw_only=True)
class AreaCertainty:
    """How sure the level of an area is, when it comes from the occupation."""

    area: str
    certainty: str


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One line of what happened to the job: `what` is a code, `who` empty when the name is not for this actor."""

    what: str
    at: datetime | None
    on: date | None
    who: str


@dataclass(frozen=True, kw_only=True)
class OpeningPage:
    """One open job whole. `may_keep` and everything that leads from it only for those who keep the company."""

    line: OpeningLine
    company_id: UUID
    workplace_id: UUID
    carved_job_id: UUID | None
    origin: OpeningOrigin
    address: str
    postcode: str
    description: str
    wage_text: str
    occupation: str
    occupation_title: str
    slots: tuple[str, ...]
    requires: tuple[str, ...]
    measures: tuple[CatalogueMeasure, ...]
    starts_on: date | None
    state_on: date
    state_note: str
    demand: Mapping[str, int] = field(hash=False)
    groups: tuple[GroupAsked, ...]
    happened: tuple[Happened, ...]
    moves: tuple[str, ...]
    is_own: bool
    may_keep: bool
    is_closed: bool
    seen: str


@dataclass(frozen=True, kw_only=True)
class OpeningForm:
    """The workplace with what is usual there; and the job, when there is one already."""

    workplace: WorkplaceShown
    has_place: bool
    usual_measures: tuple[str, ...]
    row: Opening | None
    seen: str


@dataclass(frozen=True, kw_only=True)
class OpeningDemandPage:
    """A job with all 24 areas, how sure each prefilled level is, and occupations to begin from."""

    page: OpeningPage
    occupation: Occupation | None
    beginnings: tuple[Beginning, ...]


def openings_for(*, actor: Actor, wanted: OpeningFilter, number: int, on: date) -> OpeningList:
    """Jobs of the actor’s municipalities, those that close first above. Raises NotThere. Two queries, or three."""
    workplace = None
    if wanted.workplace_id is not None:
        workplace = workplace_shown(actor=actor, workplace_id=wanted.workplace_id, on=on)
        if workplace is None:
            raise NotThere
    rows = _narrowed(Opening.objects.visible_to(actor), wanted=wanted, on=on)
    ordered = rows.order_by(F("closes_on").asc(nulls_last=True), "-changed_at", "pk")
    number = max(1, number)
    start = (number - 1) * A_PAGE
    ids = list(ordered.values_list("pk", flat=True)[start : start + A_PAGE + 1])
    return OpeningList(
        lines=tuple(line_of(row, on=on) for row in rows_in_order(ids[:A_PAGE])),
        number=number,
        has_more=len(ids) > A_PAGE,
        may_keep=workplace is not None and workplace.may_keep,
        workplace=workplace,
    )


def rows_in_order(ids: Sequence[UUID]) -> list[Opening]:
    """The rows of one page: what is sorted are ids alone, as whole rows are many times as wide."""
    found = {row.pk: row for row in Opening.objects.filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]


def _narrowed(rows: "QuerySet[Opening]", *, wanted: OpeningFilter, on: date) -> "QuerySet[Opening]":
    if wanted.workplace_id is not None:
        rows = rows.filter(workplace_id=wanted.workplace_id)
    words = wanted.words.strip()[:LONGEST_WORDS]
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(employer_name__icontains=words) | Q(city__icontains=words))
    return rows.filter(_shown(wanted.show, on=on))


def _shown(show: str, *, on: date) -> Q:
    if show == "closing":
        return open_on(on) & Q(closes_on__lte=on + CLOSING_SOON)
    if show == "unconfirmed":
        waiting = ~Q(demand_source__in=LOOKED_AT)
        return waiting & (open_on(on) | Q(state=OpeningState.DRAFT))
    if show == OpeningState.OPEN:
        return open_on(on)
    if show == OpeningState.CLOSED:
        return Q(state=OpeningState.CLOSED) | Q(state=OpeningState.OPEN, closes_on__lt=on)
    if show in OpeningState.values:
        return Q(state=show)
    return open_on(on) | Q(state=OpeningState.DRAFT)


def line_of(row: Opening, *, on: date) -> OpeningLine:
    """The job as lists show it."""
    return OpeningLine(
        id=row.pk,
        title=row.title,
        employer=row.employer_name,
        place=row.place_name,
        city=row.city,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        places=row.places,
        state=state_of(row, on=on),
        demand_source=OpeningDemand(row.demand_source),
        closes_on=row.closes_on,
        is_public=row.is_public,
        is_reserved=row.is_reserved,
    )


def opening_page(*, actor: Actor, opening_id: UUID, language: str, on: date) -> OpeningPage | None:
    """The job: one's own whatever its state, anybody's while it is in the pool. Three queries, one elsewhere."""
    row = opening_row(actor=actor, opening_id=opening_id, on=on)
    if row is None:
        return None
    is_own = row.company_id in actor.companies if actor.is_employer else _is_of_actor(row, actor=actor)
    place = Workplace.objects.visible_to(actor).select_related("company").filter(pk=row.workplace_id).first()
    shown = as_shown(place, actor=actor, on=on) if is_own and place else None
    may_keep = (
        shown is not None and can_keep_openings(actor, row.company_id) and not (actor.is_employer and row.is_reserved)
    )
    entries = {entry.code: entry for entry in catalogue().entries}
    return OpeningPage(
        line=line_of(row, on=on),
        company_id=row.company_id,
        workplace_id=row.workplace_id,
        carved_job_id=row.carved_job_id,
        origin=OpeningOrigin(row.origin),
        address=row.address,
        postcode=row.postcode,
        description=row.description,
        wage_text=row.wage_text,
        occupation=row.occupation,
        occupation_title=occupation_title(row.occupation),
        slots=tuple(row.slots),
        requires=tuple(row.requires),
        measures=tuple(entries[code] for code in row.measures if code in entries),
        starts_on=row.starts_on,
        state_on=row.state_on,
        state_note=row.state_note,
        demand={area: row.demand[area] for area in AREAS if row.demand.get(area)},
        groups=groups_asked(row.demand, language=language),
        happened=_happened(row) if is_own else (),
        moves=_moves(row, on=on, is_closed=shown.is_closed) if may_keep and shown else (),
        is_own=is_own,
        may_keep=may_keep and shown is not None and not shown.is_closed,
        is_closed=shown is not None and shown.is_closed,
        seen=seen_opening(row),
    )


def opening_row(*, actor: Actor, opening_id: UUID, on: date) -> Opening | None:
    """The job, when it is the actor's to keep or open to everybody. The wall decides about both."""
    if actor.is_employer:
        return Opening.objects.visible_to(actor).filter(pk=opening_id).first()
    row: Opening | None = Opening.objects.filter(pk=opening_id).first()
    if row is None or actor.citizen_id is not None:
        return row if row is not None and open_to_read(row, on=on) else None
    return row if open_to_read(row, on=on) or _is_of_actor(row, actor=actor) else None


def open_to_read(row: Opening, *, on: date) -> bool:
    """Whether the job is in the pool on the day."""
    return state_of(row, on=on) == OpeningState.OPEN


def opening_form(
    *, actor: Actor, workplace_id: UUID | None = None, opening_id: UUID | None = None, on: date
) -> OpeningForm | None:
    """What the form of a new job, or of this one, needs. Two queries."""
    row = None
    if opening_id is not None:
        row = Opening.objects.visible_to(actor).filter(pk=opening_id).first()
        if row is None:
            return None
        workplace_id = row.workplace_id
    if workplace_id is None:
        return None
    place = Workplace.objects.visible_to(actor).select_related("company").filter(pk=workplace_id).first()
    if place is None:
        return None
    return OpeningForm(
        workplace=as_shown(place, actor=actor, on=on),
        has_place=place.x is not None,
        usual_measures=default_measures(place),
        row=row,
        seen=seen_opening(row) if row else "",
    )


def opening_demand(
    *, actor: Actor, opening_id: UUID, words: str = "", language: str, on: date
) -> OpeningDemandPage | None:
    """What the job asks, for those who keep it; `words` looks for occupations to begin from. Four queries."""
    page = opening_page(actor=actor, opening_id=opening_id, language=language, on=on)
    if page is None or not page.is_own:
        return None
    asked = words.strip()[:LONGEST_WORDS] or ("" if page.occupation else page.line.title)
    found = occupations().search(asked, limit=SUGGESTED) if asked else ()
    is_from_occupation = page.line.demand_source == OpeningDemand.OCCUPATION and page.occupation in occupations()
    return OpeningDemandPage(
        page=page,
        occupation=occupations().by_code(page.occupation) if is_from_occupation else None,
        beginnings=tuple(
            Beginning(origin=one.occupation.code, title=one.occupation.title)
            for one in found
            if one.occupation.has_profile
        ),
    )


def _is_of_actor(row: Opening, *, actor: Actor) -> bool:
    return actor.citizen_id is None and Opening.objects.visible_to(actor).filter(pk=row.pk).exists()


def _moves(row: Opening, *, on: date, is_closed: bool) -> tuple[str, ...]:
    state = state_of(row, on=on)
    found = tuple(move for (origin, move) in OPENING_MOVES if origin == state)
    return tuple(move for move in found if not (is_closed and move in ("open", "reopen")))


def _happened(row: Opening) -> tuple[Happened, ...]:
    """What is known of the job's way, newest first; names as far as the wall shows them."""
    ids = {user_id for user_id in (row.made_by_id, row.changed_by_id, row.confirmed_by_id) if user_id}
    names: dict[UUID | None, str] = dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    lines = [
        Happened(what="made", at=row.made_at, on=None, who=names.get(row.made_by_id, "")),
        Happened(what=f"state_{row.state}", at=None, on=row.state_on, who=""),
    ]
    if row.confirmed_at is not None:
        lines.append(Happened(what="confirmed", at=row.confirmed_at, on=None, who=names.get(row.confirmed_by_id, "")))
    if row.changed_at != row.made_at:
        lines.append(Happened(what="changed", at=row.changed_at, on=None, who=names.get(row.changed_by_id, "")))
    return tuple(sorted(lines, key=lambda line: line.on or line.at.date(), reverse=True))  # type: ignore[union-attr]
