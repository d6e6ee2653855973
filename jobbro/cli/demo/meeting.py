"""The round-table about the demo's one proposal: who met, what was said, and a trial that waits for a signature."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.files import digest_of
from jobbro.apps.matching.models import Card, Proposal, ProposalStep
from jobbro.apps.placements.enums import (
    AgreementKind,
    IntroductionState,
    MeetingKind,
    Outcome,
    Party,
    PlacementState,
    Stance,
)
from jobbro.apps.placements.models import (
    AgreementVersion,
    Arrangement,
    Introduction,
    Participant,
    Placement,
    Said,
    Signature,
)
from jobbro.apps.placements.services.agreements import signed_content

from .calendar import moment, weekday
from .courses import Course
from .ids import Ids
from .offering import COMPANY, CONTACT, MEASURE

MEETING_BLOCK = 965_000
# Days before the day of the demo, and after it.
PLANNED, MET, WROTE, SIGNED = 6, 3, 2, 1
AGAIN, BEGINS, RISES, ENDS = 12, 10, 38, 66
OWNER = "Bente Bager"
REASON = "Alle tre vil gerne prøve fire uger med få timer og fire uger med flere."
WORDS = (
    (Party.EMPLOYER, "Vi har brug for en ved pakkebordet. Der er altid en bagersvend ved siden af."),
    (Party.CITIZEN, "Jeg kan lide, at der er ro om morgenen. Jeg vil gerne prøve."),
    (Party.MUNICIPALITY, "Jeg kommer forbi hver anden uge og spørger, hvordan det går."),
)


def add_meeting(courses: Iterable[Course], *, today: date) -> None:
    """The table and the trial; nothing when the demo has no card."""
    course = next((one for one in courses if one.rows.of(Card)), None)
    if course is None:
        return
    (card,) = course.rows.of(Card)
    course = next(one for one in courses if one.citizen.pk == card.citizen_id)
    Meeting(course=course, card=card, today=today).add()


class Meeting:
    """What the rows of one table share."""

    def __init__(self, *, course: Course, card: Card, today: date) -> None:
        self.course, self.card, self.today = course, card, today
        self.proposal: Proposal = card.proposal
        self.owner = next(user for user in course.rows.of(User) if user.username == CONTACT)
        self.ids, self.rng = Ids(MEETING_BLOCK), Random("meeting")  # noqa: S311 - the same everywhere
        self.shared = {"citizen": course.citizen, "company_id": card.company_id}
        assert course.user is not None
        self.people = {Party.CITIZEN: course.user, Party.EMPLOYER: self.owner, Party.MUNICIPALITY: course.broker}
        self.names = {
            Party.CITIZEN: card.content["name"],
            Party.EMPLOYER: OWNER,
            Party.MUNICIPALITY: course.broker.display_name,
        }

    def add(self) -> None:
        """All rows, in the order in which they came to be."""
        held = self._introduction(at=self._ago(PLANNED), meets_at=self._ago(MET), is_held=True)
        for party, text in WORDS:
            self._said(held, party=party, text=text)
        self._arrange(MEASURE, party=Party.EMPLOYER, who=OWNER, is_on_card=True)
        for code in self.proposal.answer["support"]:
            if code != MEASURE:
                self._arrange(code, party=Party.MUNICIPALITY, who=self.course.broker.display_name, is_on_card=False)
        self._trial()
        again = datetime.combine(self.today + timedelta(days=AGAIN), datetime.min.time(), self._ago(MET).tzinfo)
        self._introduction(at=self._ago(WROTE), meets_at=again.replace(hour=10), is_held=False)

    def _ago(self, days: int) -> datetime:
        return moment(weekday(self.today - timedelta(days=days)), rng=self.rng)

    def _keep(self, row: Any, *, party: Party = Party.MUNICIPALITY) -> Any:
        self.course.rows.add(row, by=self.people[party].pk)
        return row

    def _introduction(self, *, at: datetime, meets_at: datetime, is_held: bool) -> Introduction:
        row = Introduction(
            id=self.ids(),
            **self.shared,
            proposal=self.proposal,
            opening_id=self.proposal.opening_id,
            card=self.card,
            name=self.card.content["name"],
            title=self.proposal.opening.title,
            kind=MeetingKind.WORKPLACE,
            place=f"{self.proposal.opening.place_name}, {COMPANY}",
            meets_at=meets_at,
            state=IntroductionState.HELD if is_held else IntroductionState.PLANNED,
            outcome=Outcome.TRIAL if is_held else Outcome.NONE,
            outcome_reason=REASON if is_held else "",
            decided_on=meets_at.date() if is_held else None,
            made_by=self.course.broker,
            made_at=at,
            changed_at=meets_at if is_held else at,
        )
        self._keep(row)
        for party, name in self.names.items():
            came = True if is_held else None
            self._keep(Participant(id=self.ids(), **self.shared, introduction=row, party=party, name=name, came=came))
        self.course.happened(Verb.INTRODUCTION_PLANNED, at=at, by=self.course.broker.pk, subject=row)
        if is_held:
            self._move(ProposalState.INTRODUCED, reason="", at=at)
            self._move(ProposalState.TRIED, reason=REASON, at=meets_at)
        return row

    def _move(self, state: ProposalState, *, reason: str, at: datetime) -> None:
        self.proposal.state, self.proposal.state_on = state, at.date()
        step = ProposalStep(
            id=self.ids(),
            citizen=self.course.citizen,
            proposal=self.proposal,
            state=state,
            side=Party.MUNICIPALITY,
            reason=reason,
            made_by=self.course.broker,
            made_at=at,
        )
        self._keep(step)
        self.course.happened(Verb.PROPOSAL_MOVED, at=at, by=self.course.broker.pk, subject=self.proposal)

    def _said(self, table: Introduction, *, party: Party, text: str) -> None:
        row = Said(
            id=self.ids(),
            **self.shared,
            introduction=table,
            party=party,
            name=self.names[party],
            stance=Stance.NONE if party == Party.MUNICIPALITY else Stance.GO_ON,
            text=text,
            written_by=self.people[party],
            written_at=self._ago(MET),
        )
        self._keep(row, party=party)

    def _arrange(self, code: str, *, party: Party, who: str, is_on_card: bool) -> None:
        row = Arrangement(
            id=self.ids(),
            **self.shared,
            proposal=self.proposal,
            measure=code,
            scheme="employer" if party == Party.EMPLOYER else "none",
            party=party,
            who=who,
            due_on=self.today + timedelta(days=BEGINS),
            is_on_card=is_on_card,
            changed_by=self.course.broker,
        )
        self._keep(row)

    def _trial(self) -> None:
        """The agreement as it was written; the company has not signed yet."""
        opening, at = self.proposal.opening, self._ago(WROTE)
        placement = Placement(
            id=self.ids(),
            **self.shared,
            proposal=self.proposal,
            opening_id=opening.pk,
            title=opening.title,
            state=PlacementState.AGREEING,
            state_on=at.date(),
            made_by=self.course.broker,
            made_at=at,
        )
        self._keep(placement)
        version = AgreementVersion(
            id=self.ids(),
            **self.shared,
            placement=placement,
            number=1,
            kind=AgreementKind.TRIAL,
            name=self.card.content["name"],
            employer_name=opening.employer_name,
            municipality_name=self.course.place.town,
            starts_on=self.today + timedelta(days=BEGINS),
            ends_on=self.today + timedelta(days=ENDS),
            steps=[
                {"from_on": (self.today + timedelta(days=days)).isoformat(), "hours": hours}
                for days, hours in ((BEGINS, 8), (RISES, 12))
            ],
            slots=opening.slots,
            place=f"{opening.place_name}, {opening.address}",
            tasks=opening.description,
            wage_text="",
            contact_text=f"{OWNER}\n{self.course.broker.display_name}",
            measures=[{"code": MEASURE, "name": self.card.content["support"][MEASURE]["name"]}],
            written_by=self.course.broker,
            written_at=at,
        )
        version.digest = digest_of(signed_content(version))
        self._keep(version)
        self.course.happened(Verb.AGREEMENT_WRITTEN, at=at, by=self.course.broker.pk, subject=version)
        for party in (Party.MUNICIPALITY, Party.CITIZEN):
            self._sign(version, party=party)

    def _sign(self, version: AgreementVersion, *, party: Party) -> None:
        at, who = self._ago(SIGNED), self.people[party]
        row = Signature(
            id=self.ids(),
            **self.shared,
            version=version,
            party=party,
            name=self.names[party],
            signed_by=who,
            signed_at=at,
            digest=version.digest,
        )
        self._keep(row, party=party)
        self.course.happened(Verb.AGREEMENT_SIGNED, at=at, by=who.pk, subject=row)
