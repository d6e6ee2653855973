"""What colleagues know, what the caseload needs, and what was learnt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Count, Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import Position
from jobbro.apps.cases.enums import State
from jobbro.apps.cases.models import Case
from jobbro.apps.cases.permissions import TEAM_ROLES
from jobbro.apps.organisations.models import Unit
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import AREAS, GROUP_OF, SCHEMES

from ..enums import CompetenceKind, Sureness
from ..facts import HARD, language_of
from ..models import FULL_TIME, Competence, LearningNote, WorkingHours
from ..permissions import can_lead, led_units

# Fewer people than this are not counted on a page: they could be known again.
FEWEST = 5
NOTES_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class CompetenceLine:
    """What somebody knows, told by whom and when."""

    id: UUID
    kind: CompetenceKind
    code: str
    sureness: Sureness
    told_by: str
    told_at: datetime


@dataclass(frozen=True, kw_only=True)
class CompetencesPage:
    """What one colleague knows and how much they work, and what can be told."""

    user_id: UUID
    name: str
    is_own: bool
    lines: tuple[CompetenceLine, ...]
    hours: float
    municipalities: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class MapLine:
    """One subject: how many citizens it helps, None when fewer than five; how many colleagues know and can teach it."""

    kind: CompetenceKind
    code: str
    citizens: int | None
    knows: int
    can_teach: int


@dataclass(frozen=True, kw_only=True)
class CompetenceMap:
    """What the caseload of a unit needs against what its people know; subjects, never people."""

    unit: Unit
    lines: tuple[MapLine, ...]
    citizens: int
    with_profile: int
    colleagues: int


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """One learning note."""

    id: UUID
    kind: CompetenceKind
    code: str
    text: str
    by: str
    at: datetime
    unit: str
    can_withdraw: bool


def competences_of(*, actor: Actor, user_id: UUID, on: date) -> CompetencesPage | None:
    """What the colleague knows: oneself, or somebody of a led unit; None for others."""
    held = Position.objects.standing(on=on).filter(user_id=user_id).select_related("user")
    if user_id != actor.id:
        held = held.filter(unit__in=led_units(actor))
    position = held.first()
    if position is None:
        return None
    rows = Competence.objects.visible_to(actor).filter(user_id=user_id, ended_at__isnull=True)
    hours = WorkingHours.objects.standing(on=on).filter(user_id=user_id).values_list("hours", flat=True).first()
    return CompetencesPage(
        user_id=user_id,
        name=position.user.display_name,
        is_own=user_id == actor.id,
        lines=tuple(
            CompetenceLine(
                id=row.pk,
                kind=CompetenceKind(row.kind),
                code=row.code,
                sureness=Sureness(row.sureness),
                told_by=row.told_by.display_name,
                told_at=row.told_at,
            )
            for row in rows.select_related("told_by").order_by("kind", "code")
        ),
        hours=float(hours if hours is not None else FULL_TIME),
        municipalities=tuple(actor.municipalities),
    )


_PROFILES = """
    select array(select need->>'area' from jsonb_array_elements(newest.profile->'needs') need
                 where (need->>'level')::int <= %s::int) from (
        select distinct on (a.citizen_id) a.citizen_id, a.profile from screening_agreement a
        join screening_dialogue d on d.id = a.dialogue_id
        join cases_case c on c.citizen_id = a.citizen_id
        join organisations_team t on t.id = c.team_id
        where t.unit_id = %s::uuid and c.state <> %s
            and a.citizen_agreed_at is not null and a.staff_agreed_at is not null
        order by a.citizen_id, d.started_at desc, a.id desc
    ) newest
"""


def competence_map(*, actor: Actor, unit_id: UUID, on: date) -> CompetenceMap | None:
    """The map of a unit for its lead; the same number of queries whatever the data."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or not can_lead(actor, unit_id=unit_id):
        return None
    areas, schemes, profiles = _needed(unit_id=unit_id)
    cases = Case.objects.visible_to(actor).filter(team__unit_id=unit_id).exclude(state=State.CLOSED)
    languages = _languages(cases)
    positions = Position.objects.standing(on=on).filter(unit=unit, role__in=TEAM_ROLES, user__is_active=True)
    known = _known(positions)
    lines = [
        *(_area_line(code, citizens=areas.get(code, 0), known=known) for code in AREAS),
        *(_line(CompetenceKind.SCHEME, code, schemes.get(code, 0), known=known) for code in SCHEMES if code in schemes),
        *(_line(CompetenceKind.LANGUAGE, code, n, known=known) for code, n in sorted(languages.items())),
    ]
    return CompetenceMap(
        unit=unit,
        lines=tuple(lines),
        citizens=cases.count(),
        with_profile=profiles,
        colleagues=positions.values("user_id").distinct().count(),
    )


def _needed(*, unit_id: UUID) -> tuple[dict[str, int], dict[str, int], int]:
    """Citizens by area that is hard, citizens by scheme that could help there, and how many have an agreed profile."""
    with connection.cursor() as cursor:
        cursor.execute(_PROFILES, [HARD, unit_id, State.CLOSED.value])
        profiles = [frozenset(areas) for (areas,) in cursor.fetchall()]
    areas = {area: sum(1 for hard in profiles if area in hard) for area in AREAS}
    helping = _areas_of_schemes()
    schemes = {code: sum(1 for hard in profiles if hard & eased) for code, eased in helping.items()}
    return areas, schemes, len(profiles)


def _areas_of_schemes() -> dict[str, frozenset[str]]:
    """By scheme the areas that some measure it can pay for makes easier."""
    found: dict[str, set[str]] = {}
    for entry in catalogue().entries:
        if entry.measure.scheme in SCHEMES:
            found.setdefault(entry.measure.scheme, set()).update(entry.measure.relief)
    return {code: frozenset(areas) for code, areas in found.items()}


def _languages(cases: "QuerySet[Case]") -> dict[str, int]:
    found: dict[str, int] = {}
    rows = cases.exclude(citizen__interpreter="").values("citizen__interpreter").annotate(n=Count("pk"))
    for words, number in rows.values_list("citizen__interpreter", "n"):
        code = language_of(words)
        if code:
            found[code] = found.get(code, 0) + number
    return found


Known = Mapping[tuple[str, str], tuple[int, int]]


def _known(positions: "QuerySet[Position]") -> Known:
    rows = (
        Competence.objects.filter(user_id__in=positions.values("user_id"), ended_at__isnull=True)
        .values("kind", "code")
        .annotate(knows=Count("user_id", distinct=True))
        .annotate(teaches=Count("user_id", distinct=True, filter=Q(sureness=Sureness.CAN_TEACH)))
    )
    return {(row["kind"], row["code"]): (row["knows"], row["teaches"]) for row in rows}


def _line(kind: CompetenceKind, code: str, citizens: int, *, known: Known) -> MapLine:
    knows, teaches = known.get((kind, code), (0, 0))
    shown = citizens if citizens >= FEWEST else None
    return MapLine(kind=kind, code=code, citizens=shown, knows=knows, can_teach=teaches)


def _area_line(code: str, *, citizens: int, known: Known) -> MapLine:
    """An area; who knows its group knows it too, though the two may be the same person: the larger number counts."""
    area = known.get((CompetenceKind.AREA, code), (0, 0))
    group = known.get((CompetenceKind.AREA_GROUP, GROUP_OF[code]), (0, 0))
    best: Known = {(CompetenceKind.AREA.value, code): max(area, group)}
    return _line(CompetenceKind.AREA, code, citizens, known=best)


def learning_notes(
    *, actor: Actor, kind: CompetenceKind | None = None, code: str = "", words: str = ""
) -> tuple[NoteLine, ...]:
    """The newest notes of units near, narrowed by subject and by Danish words in any form."""
    notes = LearningNote.objects.visible_to(actor).filter(withdrawn_at__isnull=True)
    if kind is not None:
        notes = notes.filter(kind=kind)
    if code:
        notes = notes.filter(code=code)
    if words.strip():
        query = SearchQuery(words, config="danish", search_type="websearch")
        notes = notes.annotate(said=SearchVector("text", config="danish")).filter(said=query)
    rows = notes.select_related("written_by", "unit").order_by("-written_at", "-pk")[:NOTES_SHOWN]
    return tuple(_note_line(row, actor=actor) for row in rows)


def learning_note(*, actor: Actor, note_id: UUID) -> NoteLine | None:
    """One note that the actor may take back; None when there is none."""
    notes = LearningNote.objects.visible_to(actor).filter(pk=note_id, withdrawn_at__isnull=True)
    row = notes.select_related("written_by", "unit").first()
    line = _note_line(row, actor=actor) if row else None
    return line if line and line.can_withdraw else None


def _note_line(row: LearningNote, *, actor: Actor) -> NoteLine:
    return NoteLine(
        id=row.pk,
        kind=CompetenceKind(row.kind),
        code=row.code,
        text=row.text,
        by=row.written_by.display_name,
        at=row.written_at,
        unit=row.unit.name,
        can_withdraw=row.written_by_id == actor.id or can_lead(actor, unit_id=row.unit_id),
    )
