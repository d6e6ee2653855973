"""Meetings, those who are asked to come, and interpreters."""

from datetime import datetime, timedelta

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.models import Company, ContactPerson
from jobbro.apps.meetings.enums import Answer, Form, HelpKind, HelpState, MeetingKind, Party, State
from jobbro.apps.meetings.models import Meeting, MeetingHelp, MeetingParticipant, MeetingWords
from tests.factories.rows import write


def meeting(
    *,
    citizen: Citizen,
    by: User,
    starts_at: datetime,
    lasts: timedelta = timedelta(hours=1),
    company: Company | None = None,
    contact: ContactPerson | None = None,
    kind: MeetingKind = MeetingKind.TALK,
    place: str = "Havnegade 1, stuen",
    about: str = "Hvordan det går",
    state: State = State.PLANNED,
    answer: Answer = Answer.NONE,
    staff: tuple[User, ...] = (),
) -> Meeting:
    """A meeting with the citizen and whoever made it; with a contact, their company too."""
    made = write(
        Meeting(
            citizen=citizen,
            company=company,
            kind=kind,
            form=Form.PLACE,
            place=place,
            starts_at=starts_at,
            ends_at=starts_at + lasts,
            state=state,
            made_by=by,
            made_at=starts_at - timedelta(days=20),
            changed_at=starts_at - timedelta(days=20),
        )
    )
    reason = "Ingen tolk" if state == State.CANCELLED else ""
    write(MeetingWords(citizen=citizen, meeting=made, about=about, reason=reason))
    about_it = {"citizen": citizen, "company": company, "meeting": made}
    write(MeetingParticipant(party=Party.CITIZEN, answer=answer, **about_it))
    for user in (by, *staff):
        write(MeetingParticipant(party=Party.STAFF, user=user, name=user.display_name, answer=Answer.YES, **about_it))
    if contact is not None:
        told = {"contact": contact, "user": contact.user, "name": contact.name, "email": contact.email}
        write(MeetingParticipant(party=Party.COMPANY, **told, **about_it))
    return made


def booking(
    *, meeting: Meeting, kind: HelpKind = HelpKind.SIGN, state: HelpState = HelpState.ASKED, who: str = ""
) -> MeetingHelp:
    """An interpreter for the meeting."""
    return write(
        MeetingHelp(
            citizen_id=meeting.citizen_id,
            company_id=meeting.company_id,
            meeting=meeting,
            kind=kind,
            state=state,
            who=who,
            changed_by_id=meeting.made_by_id,
            changed_at=meeting.made_at,
        )
    )
