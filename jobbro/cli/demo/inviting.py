"""Meetings of the person with the weekend job, one with the workplace; messages of them: sent, unsure, by hand."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.employers.models import ContactPerson
from jobbro.apps.meetings.enums import Answer, Form, HelpKind, HelpState, MeetingKind, Party, State
from jobbro.apps.meetings.models import Meeting, MeetingHelp, MeetingParticipant, MeetingWords
from jobbro.apps.outbox.enums import MessageKind, Problem, Way
from jobbro.apps.outbox.enums import State as MessageState
from jobbro.apps.outbox.models import Message

from .calendar import DENMARK, moment, weekday
from .courses import Course
from .ids import Ids
from .offering import CONTACT, WHO

INVITING_BLOCK = 986_000
# Days before the day of the demo, and after it.
BOOKED, MET, COMES, AT_WORK = 14, 7, 5, 9
PLACE = "Rådhuset, indgang B, lokale 12"
ABOUT = "Hvordan det går, og hvad der kan blive lettere."
DIRECTIONS = "Bus 12 standser ved døren. Der er niveaufri indgang. Vi tager imod i forhallen."


def add_invitations(courses: Iterable[Course], *, today: date) -> None:
    """The meetings and messages; nothing when the person is not in the demo."""
    course = next((one for one in courses if one.login and one.login.username == WHO), None)
    if course is not None and course.user is not None:
        Invitations(course=course, today=today).add()


class Invitations:
    """What the rows of one person's meetings share."""

    def __init__(self, *, course: Course, today: date) -> None:
        self.course, self.today = course, today
        self.ids, self.rng = Ids(INVITING_BLOCK), Random("inviting")  # noqa: S311 - the demo is the same everywhere
        self.owner = next(user for user in course.rows.of(User) if user.username == CONTACT)
        self.contact = next(row for row in course.rows.of(ContactPerson) if row.user_id == self.owner.pk)

    def add(self) -> None:
        """All rows, in the order in which they came to be."""
        self._meeting(days=-MET, kind=MeetingKind.FOLLOW_UP, state=State.HELD, answer=Answer.YES)
        coming = self._meeting(days=COMES, kind=MeetingKind.TALK, answer=Answer.NONE)
        self._help(coming, kind=HelpKind.SIGN, state=HelpState.ASKED)
        self._help(coming, kind=HelpKind.COMPANION, state=HelpState.CONFIRMED, who="Karen, søster")
        at_work = self._meeting(days=AT_WORK, kind=MeetingKind.WORKPLACE_VISIT, contact=self.contact)
        self._message(coming, kind=MessageKind.MEETING_INVITED, way=Way.EMAIL, state=MessageState.SENT)
        self._message(at_work, kind=MessageKind.MEETING_INVITED, way=Way.EMAIL, state=MessageState.UNSURE)
        self._message(coming, kind=MessageKind.MEETING_REMINDER, way=Way.CALL, state=MessageState.WAITING)

    def _at(self, days: int) -> datetime:
        if days < 0:
            return moment(weekday(self.today + timedelta(days=days)), rng=self.rng)
        day = self.today + timedelta(days=days)
        while day.weekday() > 4:
            day += timedelta(days=1)
        return datetime(day.year, day.month, day.day, 10, tzinfo=DENMARK)

    def _keep(self, row: Any) -> Any:
        self.course.rows.add(row, by=self.course.broker.pk)
        return row

    def _meeting(
        self,
        *,
        days: int,
        kind: MeetingKind,
        state: State = State.PLANNED,
        answer: Answer = Answer.NONE,
        contact: ContactPerson | None = None,
    ) -> Meeting:
        starts_at, made_at = self._at(days), self._at(-BOOKED)
        row = Meeting(
            id=self.ids(),
            citizen=self.course.citizen,
            company_id=contact.company_id if contact else None,
            kind=kind,
            form=Form.PLACE,
            place=PLACE if contact is None else "På arbejdspladsen, indgangen fra gården",
            directions=DIRECTIONS if contact is None else "",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=45),
            state=state,
            made_by=self.course.broker,
            made_at=made_at,
            changed_at=made_at,
        )
        self._keep(row)
        self._keep(MeetingWords(id=self.ids(), citizen=self.course.citizen, meeting=row, about=ABOUT))
        self._seat(row, party=Party.CITIZEN, answer=answer, at=made_at)
        broker = {"user_id": self.course.broker.pk, "name": self.course.broker.display_name}
        self._seat(row, party=Party.STAFF, answer=Answer.YES, at=made_at, **broker)
        if contact is not None:
            told = {"contact_id": contact.pk, "user_id": contact.user_id, "name": contact.name, "email": contact.email}
            self._seat(row, party=Party.COMPANY, answer=Answer.NONE, at=made_at, **told)
        self.course.happened(Verb.MEETING_BOOKED, at=made_at, by=self.course.broker.pk, subject=row)
        return row

    def _seat(self, meeting: Meeting, *, party: Party, answer: Answer, at: datetime, **who: Any) -> None:
        about = {"citizen": self.course.citizen, "company_id": meeting.company_id, "meeting": meeting}
        told = {"party": party, "answer": answer, "answered_at": at if answer else None}
        self._keep(MeetingParticipant(id=self.ids(), **told, **about, **who))

    def _help(self, meeting: Meeting, *, kind: HelpKind, state: HelpState, who: str = "") -> None:
        row = MeetingHelp(
            id=self.ids(),
            citizen=self.course.citizen,
            meeting=meeting,
            kind=kind,
            who=who,
            state=state,
            changed_by=self.course.broker,
            changed_at=meeting.made_at,
        )
        self._keep(row)

    def _message(self, meeting: Meeting, *, kind: MessageKind, way: Way, state: MessageState) -> None:
        at = meeting.made_at if state != MessageState.WAITING else meeting.starts_at - timedelta(days=1)
        row = Message(
            id=self.ids(),
            key=f"meeting:{meeting.pk}:0:demo:{kind.value}",
            citizen=self.course.citizen,
            kind=kind,
            link=_link(meeting.pk),
            values={"starts_at": meeting.starts_at.isoformat()},
            send_at=at,
            until_at=meeting.ends_at,
            made_at=meeting.made_at,
            next_try_at=at,
            way=way,
            state=state,
            attempts=1,
            sent_at=at if state == MessageState.SENT else None,
            problem=Problem.LOST if state == MessageState.UNSURE else "",
        )
        self._keep(row)


def _link(meeting_id: UUID) -> str:
    return f"/meetings/{meeting_id}/"
