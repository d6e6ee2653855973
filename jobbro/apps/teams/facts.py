"""Courses and colleagues as the routing engine knows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.cases.permissions import TEAM_ROLES
from jobbro.apps.citizens.enums import Channel
from jobbro.apps.citizens.models import Contact
from jobbro.apps.organisations.models import UnitMunicipality
from jobbro.apps.screening.facts import profile_from_json
from jobbro.apps.screening.models import Agreement
from jobbro.engines.routing import records

from .enums import AbsenceKind, CompetenceKind, Language
from .models import FULL_TIME, Absence, BuddyPair, Competence, WorkingHours
from .permissions import led_units

# "Hard" or worse: from here on it helps that somebody knows the area.
HARD = 2
# More than a team lead decides in weeks; the oldest come first.
MOST_WAITING = 200


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A course that needs a contact person, as rows and as the engine knows it."""

    case: Case
    fact: records.Case
    # The interpreter as written when it is none of the known languages: then nobody is chosen by it.
    unread_language: str
    left: str


@dataclass(frozen=True, kw_only=True)
class Present:
    """A colleague who can be a contact person, as rows and as the engine knows them."""

    user: User
    team_ids: tuple[UUID, ...]
    teams: tuple[str, ...]
    away_until: date | None
    fact: records.Colleague


def standing_absences(*, on: date) -> "QuerySet[Absence]":
    """Absences of the day that have not been called off."""
    return Absence.objects.standing(on=on).filter(called_off_at__isnull=True)


def working_leads(*, on: date) -> "QuerySet[CaseMember]":
    """Contact persons of the day who still work here: an account in use, a role, and no day on which they left."""
    role = Position.objects.standing(on=on).filter(user=OuterRef("user"), role__in=(*TEAM_ROLES, "team_lead"))
    gone = standing_absences(on=on).filter(user=OuterRef("user"), kind=AbsenceKind.LEAVING)
    standing = CaseMember.objects.standing(on=on).filter(role=MemberRole.LEAD, user__is_active=True)
    return standing.filter(Exists(role), ~Exists(gone))


def cases_without_lead(*, actor: Actor, on: date) -> "QuerySet[Case]":
    """Courses of the led units, not closed, for which nobody works as contact person; the oldest first."""
    cases = Case.objects.visible_to(actor).filter(team__unit__in=led_units(actor)).exclude(state=State.CLOSED)
    return cases.filter(~Exists(working_leads(on=on).filter(case=OuterRef("pk")))).order_by("opened_on", "pk")


def waiting_cases(*, actor: Actor, on: date) -> tuple[Waiting, ...]:
    """The first of them with what each needs. Five queries."""
    found = cases_without_lead(actor=actor, on=on).select_related("team").select_related("citizen")
    cases = list(found.defer("citizen__cpr_cipher", "citizen__cpr_key")[:MOST_WAITING])
    first = cases_without_lead(actor=actor, on=on)[:MOST_WAITING]
    areas = _hard_areas(Agreement.objects.visible_to(actor).filter(citizen_id__in=first.values("citizen_id")))
    postcodes = _postcodes(Contact.objects.visible_to(actor).filter(citizen_id__in=first.values("citizen_id")))
    around, left = _people(actor=actor, first=first, on=on)
    return tuple(
        _waiting(
            case=case,
            areas=areas.get(case.citizen_id, ()),
            postcode=postcodes.get(case.citizen_id, ""),
            around=around.get(case.pk, set()),
            left=left.get(case.pk, ""),
        )
        for case in cases
    )


def _waiting(*, case: Case, areas: Iterable[str], postcode: str, around: set[UUID], left: str) -> Waiting:
    citizen = case.citizen
    language = language_of(citizen.interpreter)
    # A protected address is not used to choose somebody by: the choice is read by colleagues.
    place = f"postcode:{postcode}" if postcode and not citizen.is_protected else ""
    needs = [records.Subject("area", area) for area in areas]
    needs += [records.Subject("language", language)] if language else []
    needs += [records.Subject("place", place)] if place else []
    fact = records.Case(
        id=case.pk.hex,
        municipality=citizen.municipality_id,
        needs=tuple(needs),
        meets_in_person=citizen.channel == Channel.MEETING,
        around=frozenset(user.hex for user in around),
    )
    return Waiting(case=case, fact=fact, unread_language="" if language else citizen.interpreter.strip(), left=left)


# Words by which people write the language of an interpreter; the longest that stands in the text counts.
_LANGUAGE_WORDS: Mapping[str, Language] = {
    "tegnsprog": Language.SIGN,
    "sign language": Language.SIGN,
    "engelsk": Language.ENGLISH,
    "english": Language.ENGLISH,
    "tysk": Language.GERMAN,
    "german": Language.GERMAN,
    "arabisk": Language.ARABIC,
    "arabic": Language.ARABIC,
    "tyrkisk": Language.TURKISH,
    "turkish": Language.TURKISH,
    "polsk": Language.POLISH,
    "polish": Language.POLISH,
    "ukrainsk": Language.UKRAINIAN,
    "ukrainian": Language.UKRAINIAN,
    "somali": Language.SOMALI,
    "farsi": Language.FARSI,
    "persisk": Language.FARSI,
    "dari": Language.FARSI,
    "kurdisk": Language.KURDISH,
    "kurdish": Language.KURDISH,
    "urdu": Language.URDU,
    "bosnisk": Language.BOSNIAN,
    "kroatisk": Language.BOSNIAN,
    "serbisk": Language.BOSNIAN,
    "vietnamesisk": Language.VIETNAMESE,
    "vietnamese": Language.VIETNAMESE,
    "tigrinya": Language.TIGRINYA,
    "rumænsk": Language.ROMANIAN,
    "romanian": Language.ROMANIAN,
    "færøsk": Language.FAROESE,
    "grønlandsk": Language.GREENLANDIC,
}


def language_of(interpreter: str) -> str:
    """The code of the language that the words about an interpreter name; "" when they name none we know."""
    text = interpreter.casefold()
    found = [word for word in _LANGUAGE_WORDS if word in text]
    return _LANGUAGE_WORDS[max(found, key=len)].value if found else ""


def _hard_areas(agreements: "QuerySet[Agreement]") -> dict[UUID, tuple[str, ...]]:
    """By citizen the areas that are hard in the profile both last agreed; what nobody has told is not among them."""
    rows = agreements.filter(citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False)
    newest: dict[UUID, tuple[str, ...]] = {}
    for row in rows.order_by("dialogue__started_at", "id").only("citizen_id", "profile"):
        newest[row.citizen_id] = hard_areas(row.profile)
    return newest


def hard_areas(profile: dict[str, object]) -> tuple[str, ...]:
    """The areas of a kept profile that are hard or worse."""
    return tuple(
        need.area for need in profile_from_json(profile).needs if need.level is not None and need.level <= HARD
    )


def _postcodes(contacts: "QuerySet[Contact]") -> dict[UUID, str]:
    return dict(contacts.exclude(postcode="").values_list("citizen_id", "postcode"))


def _people(*, actor: Actor, first: "QuerySet[Case]", on: date) -> tuple[dict[UUID, set[UUID]], dict[UUID, str]]:
    """By course who is around the citizen today, and the contact person who has left; a lead's buddy counts too."""
    around: dict[UUID, set[UUID]] = {}
    left: dict[UUID, str] = {}
    pairs = partners(on=on)
    members = CaseMember.objects.visible_to(actor).standing(on=on).filter(citizen_id__in=first.values("citizen_id"))
    for member in members.select_related("user").order_by("from_on", "pk"):
        people = around.setdefault(member.case_id, set())
        if member.role == MemberRole.LEAD:
            left[member.case_id] = member.user.display_name
            people.update(pairs.get(member.user_id, ()))
        else:
            people.add(member.user_id)
    return around, left


def partners(*, on: date) -> dict[UUID, tuple[UUID, ...]]:
    """By colleague the other of each buddy pair of the day."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    for pair in BuddyPair.objects.standing(on=on).order_by("from_on", "pk"):
        found[pair.first_id] = (*found.get(pair.first_id, ()), pair.second_id)
        found[pair.second_id] = (*found.get(pair.second_id, ()), pair.first_id)
    return found


def present_colleagues(*, actor: Actor, on: date, cases: Iterable[Waiting] = ()) -> tuple[Present, ...]:
    """Caseworkers and job brokers of the led units with what the engine needs to know of each, by name. Six queries."""
    positions = Position.objects.standing(on=on).filter(
        unit__in=led_units(actor), role__in=TEAM_ROLES, user__is_active=True
    )
    by_user: dict[UUID, list[Position]] = {}
    for position in positions.select_related("user", "team").order_by("user__display_name", "user_id", "from_on"):
        by_user.setdefault(position.user_id, []).append(position)
    away = {row.user_id: row for row in standing_absences(on=on).filter(user_id__in=positions.values("user_id"))}
    hours = dict(
        WorkingHours.objects.standing(on=on)
        .filter(user_id__in=positions.values("user_id"))
        .values_list("user_id", "hours")
    )
    loads = _loads(actor=actor, on=on)
    knows = _knowledge(
        Competence.objects.visible_to(actor).filter(user_id__in=positions.values("user_id")), cases=cases
    )
    served = _served(positions, on=on)
    return tuple(
        _present(
            held=held,
            absence=away.get(user_id),
            hours=float(hours.get(user_id, FULL_TIME)),
            load=loads.get(user_id, 0),
            knows=knows.get(user_id, frozenset()),
            served=served,
        )
        for user_id, held in by_user.items()
        # Who has left is nobody to choose.
        if user_id not in away or away[user_id].kind != AbsenceKind.LEAVING
    )


def _present(
    *,
    held: list[Position],
    absence: Absence | None,
    hours: float,
    load: int,
    knows: frozenset[records.Subject],
    served: Mapping[UUID, frozenset[str]],
) -> Present:
    user = held[0].user
    teams = {position.team_id: position.team.name for position in held if position.team_id and position.team}
    codes = frozenset(code for position in held for code in served.get(position.unit_id, ()))
    return Present(
        user=user,
        team_ids=tuple(teams),
        teams=tuple(teams.values()),
        away_until=(absence.until_on or date.max) if absence else None,
        fact=records.Colleague(
            id=user.pk.hex,
            municipalities=codes,
            knows=knows,
            hours=hours,
            load=load,
            # Without a mini-team nobody carries a caseload.
            is_away=absence is not None or not teams,
        ),
    )


def _loads(*, actor: Actor, on: date) -> dict[UUID, int]:
    """By colleague the courses, not closed, that they are the contact person for; paused ones count too."""
    leads = CaseMember.objects.visible_to(actor).standing(on=on).filter(role=MemberRole.LEAD)
    return dict(
        leads.filter(~Q(case__state=State.CLOSED)).values("user_id").annotate(n=Count("pk")).values_list("user_id", "n")
    )


def _knowledge(
    competences: "QuerySet[Competence]", *, cases: Iterable[Waiting]
) -> dict[UUID, frozenset[records.Subject]]:
    """By colleague what they know; who knows a municipality knows its postcodes."""
    postcodes = {(case.fact.municipality, need) for case in cases for need in case.fact.needs if need.kind == "place"}
    found: dict[UUID, set[records.Subject]] = {}
    for row in competences.filter(ended_at__isnull=True).order_by("user_id", "kind", "code"):
        known = found.setdefault(row.user_id, set())
        known.add(records.Subject(row.kind, row.code))
        if row.kind == CompetenceKind.PLACE and row.code.startswith("municipality:"):
            known.update(need for code, need in postcodes if row.code == f"municipality:{code}")
    return {user_id: frozenset(known) for user_id, known in found.items()}


def _served(positions: "QuerySet[Position]", *, on: date) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = {}
    rows = UnitMunicipality.objects.standing(on=on).filter(unit_id__in=positions.values("unit_id"))
    for unit_id, code in rows.values_list("unit_id", "municipality_id"):
        found.setdefault(unit_id, set()).add(code)
    return {unit_id: frozenset(codes) for unit_id, codes in found.items()}
