"""Mini-teams of the demo: what is known, pairs, an absence to come, one who leaves, a handover, learning notes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.teams.enums import (
    AbsenceKind,
    CompetenceKind,
    CoverReason,
    HandoverItem,
    HandoverReason,
    Language,
    Sureness,
    Trade,
)
from jobbro.apps.teams.models import (
    Absence,
    BuddyPair,
    Competence,
    Cover,
    Handover,
    HandoverEntry,
    LearningNote,
    WorkingHours,
)
from jobbro.kernel.vocabulary import AREAS, GROUPS, SCHEMES

from .calendar import moment, weekday
from .courses import Course
from .ids import Ids
from .organisations import FOUNDED_ON, Place
from .writing import Rows

TEAMING_BLOCK = 957_000
TOLD_AGO = timedelta(days=40)
AWAY_IN, AWAY_DAYS = timedelta(days=20), timedelta(days=9)
NOTES = (
    (CompetenceKind.AREA, "hearing", "Send det vigtigste på skrift dagen før et møde. Så kan alle være med."),
    (CompetenceKind.AREA, "stress", "En fast aftale om, hvem man går til de første 14 dage, giver ro."),
    (
        CompetenceKind.SCHEME,
        "personlig_assistance",
        "Tag lederen med, når opgaverne til en assistent bliver beskrevet. Det sparer en ekstra runde.",
    ),
    (CompetenceKind.SCHEME, "paragraf_56", "Fortæl arbejdsgiveren om aftalen, før de spørger. Mange kender den ikke."),
    (CompetenceKind.TRADE, "shops", "Butikker har ofte rolige timer tirsdag formiddag. Det er godt til en prøvedag."),
)
LIST = {
    HandoverItem.AGREED: "Planen er aftalt. Vi leder efter et job på 15 timer tæt på hjemmet.",
    HandoverItem.NEXT_STEP: "Besøg på en virksomhed i næste uge. Tidspunktet er ikke aftalt endnu.",
    HandoverItem.PROMISES: "Ingen.",
}


def add_teaming(rows: Rows, courses: Sequence[Course], *, places: tuple[Place, ...], today: date) -> None:
    """Every mini-team of the core knows something; the first one has somebody away and somebody who leaves."""
    _Teams(rows, courses=courses, places=places, today=today).add()


class _Teams:
    """What the rows share."""

    def __init__(self, rows: Rows, *, courses: Sequence[Course], places: tuple[Place, ...], today: date) -> None:
        self.rows, self.courses, self.today = rows, courses, today
        self.places = {place.team.pk: place for place in places}
        self.first = places[0]
        self.ids, self.rng = Ids(TEAMING_BLOCK), Random("teaming")  # noqa: S311 - the same everywhere
        self.told_at = moment(weekday(today - TOLD_AGO), rng=self.rng)

    def add(self) -> None:
        for place in self.places.values():
            self._pairs(place)
        for user in {user.pk: user for place in self.places.values() for user in _workers(place)}.values():
            self._knowledge(user)
        self._notes()
        self._who_leaves()
        self._handover()

    def _knowledge(self, user: User) -> None:
        for kind, code in self._subjects():
            sureness = Sureness.CAN_TEACH if self.rng.random() < 0.3 else Sureness.KNOWS
            row = Competence(
                id=self.ids(),
                user=user,
                kind=kind,
                code=code,
                sureness=sureness,
                told_by=user,
                told_at=self.told_at,
            )
            self.rows.add(row, by=user.pk)
        if self.rng.random() < 0.4:
            hours = WorkingHours(id=self.ids(), user=user, hours=Decimal("30.0"), from_on=FOUNDED_ON, told_by=user)
            self.rows.add(hours, by=user.pk)

    def _subjects(self) -> Iterator[tuple[CompetenceKind, str]]:
        draw = self.rng
        yield CompetenceKind.AREA_GROUP, draw.choice(list(GROUPS))
        for area in draw.sample(AREAS, k=draw.randint(1, 4)):
            yield CompetenceKind.AREA, area
        for scheme in draw.sample(SCHEMES, k=draw.randint(1, 3)):
            yield CompetenceKind.SCHEME, scheme
        if draw.random() < 0.35:
            yield CompetenceKind.LANGUAGE, draw.choice([Language.SIGN, Language.ENGLISH, Language.ARABIC]).value
        yield CompetenceKind.TRADE, draw.choice(Trade.values)

    def _pairs(self, place: Place) -> None:
        people = list(_workers(place))
        for first, second in zip(people[::2], people[1::2], strict=False):
            pair = BuddyPair(
                id=self.ids(), team=place.team, first=first, second=second, from_on=FOUNDED_ON, made_by=place.lead
            )
            self.rows.add(pair, by=place.lead.pk)

    def _notes(self) -> None:
        people = list(_workers(self.first))
        for number, (kind, code, text) in enumerate(NOTES):
            user = people[number % len(people)]
            row = LearningNote(
                id=self.ids(),
                unit_id=self.first.unit_id,
                kind=kind,
                code=code,
                text=text,
                written_by=user,
                written_at=self.told_at + timedelta(days=number),
            )
            self.rows.add(row, by=user.pk)

    def _who_leaves(self) -> None:
        """The one with fewest citizens has left; somebody else stands in until the lead has chosen."""
        people = list(_workers(self.first))
        helped = Counter(course.lead.pk for course in self.courses if course.place.team.pk == self.first.team.pk)
        logins = {course.lead.pk for course in self.courses if course.login is not None}
        able = [user for user in people[1:] if user.pk not in logins and helped[user.pk]]
        if len(people) < 3 or not able:
            return
        leaves = min(able, key=lambda user: (helped[user.pk], user.username))
        stays = next(user for user in people if user.pk != leaves.pk)
        gone = self._absence(leaves, kind=AbsenceKind.LEAVING, from_on=self.today, until_on=None)
        self._covers(gone, by=stays)
        away = self._absence(
            stays, kind=AbsenceKind.AWAY, from_on=self.today + AWAY_IN, until_on=self.today + AWAY_IN + AWAY_DAYS
        )
        other = next(user for user in people if user.pk not in (leaves.pk, stays.pk))
        self._covers(away, by=other)

    def _absence(self, user: User, *, kind: AbsenceKind, from_on: date, until_on: date | None) -> Absence:
        row = Absence(
            id=self.ids(),
            user=user,
            kind=kind,
            from_on=from_on,
            until_on=until_on,
            noted_by=self.first.lead,
            noted_at=self.told_at,
        )
        self.rows.add(row, by=self.first.lead.pk)
        return row

    def _covers(self, absence: Absence, *, by: User) -> None:
        for course in self.courses:
            if course.lead.pk != absence.user_id or course.place.team.pk != self.first.team.pk:
                continue
            row = Cover(
                id=self.ids(),
                citizen=course.citizen,
                case=course.case,
                absence=absence,
                user=by,
                reason=CoverReason.MINI_TEAM,
                from_on=absence.from_on,
                until_on=absence.until_on,
                arranged_by=self.first.lead,
                arranged_at=self.told_at,
            )
            self.rows.add(row, by=self.first.lead.pk)

    def _handover(self) -> None:
        """One is under way, with part of the list told."""
        found = [one for one in self.courses if one.login is None and one.place.team.pk == self.first.team.pk]
        course = next((one for one in found if one.broker.pk != one.lead.pk and one.case.closed_on is None), None)
        if course is None:
            return
        started_at = moment(weekday(self.today - timedelta(days=2)), rng=self.rng)
        row = Handover(
            id=self.ids(),
            citizen=course.citizen,
            case=course.case,
            reason=HandoverReason.FIT,
            from_user=course.lead,
            to_user=course.broker,
            started_by=course.lead,
            started_at=started_at,
        )
        self.rows.add(row, by=course.lead.pk)
        course.happened(Verb.HANDOVER_STARTED, at=started_at, by=course.lead.pk, subject=row)
        for item, text in LIST.items():
            self._entry(row, item=item, text=text, by=course.lead.pk, at=started_at)

    def _entry(self, handover: Handover, *, item: HandoverItem, text: str, by: UUID, at: datetime) -> None:
        entry = HandoverEntry(
            id=self.ids(),
            citizen_id=handover.citizen_id,
            handover=handover,
            item=item,
            text=text,
            written_by_id=by,
            written_at=at + timedelta(minutes=5),
        )
        self.rows.add(entry, by=by)


def _workers(place: Place) -> Iterator[User]:
    """Caseworkers and job brokers of the team by turns, each once."""
    seen: set[UUID] = set()
    for user in (*place.caseworkers, *place.brokers):
        if user.pk not in seen:
            seen.add(user.pk)
            yield user
