"""Meetings: booked, moved, called off, answered; who is told what; who may see and do what; calendars and nights."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.models import ContactPerson
from jobbro.apps.meetings.enums import Answer, Form, HelpKind, HelpState, MeetingKind, Party, State
from jobbro.apps.meetings.models import CalendarFeed, Meeting, MeetingHelp, MeetingParticipant
from jobbro.apps.meetings.needs_doing import needs_doing
from jobbro.apps.meetings.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.meetings.selectors.feeds import feed_of
from jobbro.apps.meetings.selectors.lists import citizen_meetings, my_meetings
from jobbro.apps.meetings.selectors.pages import booking_start, meeting_page
from jobbro.apps.meetings.services.answering import answer_meeting, set_help
from jobbro.apps.meetings.services.booking import book_meeting, cancel_meeting, change_meeting, hold_meeting
from jobbro.apps.meetings.services.feeds import drop_feed, make_feed
from jobbro.apps.meetings.services.seating import Guest, MeetingDraft
from jobbro.apps.meetings.tasks import queue_table_reminders
from jobbro.apps.meetings.telling import event_of
from jobbro.apps.outbox.calendar import Event, calendar_text
from jobbro.apps.outbox.enums import Way
from jobbro.apps.outbox.moments import moment_of
from tests.factories import accounts, citizens, organisations, placements
from tests.factories import meetings as factory
from tests.factories.accounts import acting
from tests.factories.outbox import message
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
TODAY = timezone.localdate(NOW)
STARTS = moment_of(day=TODAY + timedelta(days=5), clock=time(10))


@dataclass
class People:
    mette: User
    bo: User
    anna: Citizen


@pytest.fixture
def people() -> People:
    team = organisations.team()
    mette = accounts.employee(team=team)
    return People(
        mette=mette,
        bo=accounts.employee(team=team, name="Bo Bro", role=Role.JOB_BROKER),
        anna=citizens.citizen(team=team, lead=mette, has_login=True),
    )


def draft(*staff: User, **more) -> MeetingDraft:
    values = {
        "kind": MeetingKind.TALK,
        "form": Form.PLACE,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=1),
        "place": "Havnegade 1",
        "staff": tuple(user.pk for user in staff),
    }
    return MeetingDraft(**{**values, **more})


def booked(people: People, **more) -> Meeting:
    with acting(people.mette) as actor:
        return book_meeting(
            actor=actor, citizen_id=people.anna.pk, draft=draft(people.mette, people.bo, **more), at=NOW, on=TODAY
        )


def moved(meeting: Meeting, people: People, *, days: int = 1, reason: str = "Tolken er syg", seen: str = "", **more):
    starts = meeting.starts_at + timedelta(days=days)
    new = draft(people.mette, people.bo, starts_at=starts, ends_at=starts + timedelta(hours=1), **more)
    with acting(people.mette) as actor:
        seen = seen or meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW).seen
        return change_meeting(actor=actor, meeting_id=meeting.pk, draft=new, reason=reason, seen=seen, at=NOW, on=TODAY)


def told(**where) -> set[tuple[str, str, str]]:
    """To whom, what and how it stands."""
    rows = rows_of("select * from outbox_message where $1 = '' order by send_at")
    return {
        (
            "anna" if row.citizen_id else row.email or "staff",
            f"{row.kind}{':' if 'ahead' in row.values else ''}{row.values.get('ahead', '')}",
            row.state,
        )
        for row in rows
    }


def seat_of(meeting: Meeting, party: Party = Party.CITIZEN) -> MeetingParticipant:
    with acting_as(meeting.made_by_id):
        return MeetingParticipant.objects.get(meeting=meeting, party=party, left_at__isnull=True)


# ---- Booking ----


def test_a_booked_meeting_invites_and_reminds(people):
    meeting = booked(people, helps=((HelpKind.SIGN, ""),), guests=(Guest(name="Else", email="else@forening.example"),))
    assert (meeting.state, meeting.sequence) == ("planned", 0)
    assert told() == {
        ("anna", "meeting_invited", "waiting"),
        ("anna", "meeting_reminder:day", "waiting"),
        ("anna", "meeting_reminder:hour", "waiting"),
        ("staff", "meeting_invited", "waiting"),
        ("else@forening.example", "meeting_invited", "waiting"),
        ("else@forening.example", "meeting_reminder:day", "waiting"),
    }
    with acting_as(people.mette.pk):
        assert [(row.kind, row.state) for row in MeetingHelp.objects.all()] == [("sign", "asked")]
    (invitation,) = rows_of(
        "select * from outbox_message where $1 = '' and citizen_id is not null and event is not null"
    )
    assert invitation.event["title"] in ("Møde", "Meeting")
    assert invitation.event["place"] == "Havnegade 1"
    assert "Anna" not in str(invitation.event)
    (event,) = rows_of("select citizen_id from audit_event where verb = 'meeting_booked' and $1 = ''")
    assert event.citizen_id == str(people.anna.pk)


def test_the_one_who_books_has_answered_and_is_not_told(people):
    meeting = booked(people)
    with acting_as(people.mette.pk):
        answers = dict(MeetingParticipant.objects.filter(party=Party.STAFF).values_list("user_id", "answer"))
    assert answers == {people.mette.pk: "yes", people.bo.pk: ""}
    (to_staff,) = rows_of("select user_id from outbox_message where $1 = '' and user_id is not null")
    assert to_staff.user_id == str(people.bo.pk)
    assert meeting.made_by_id == people.mette.pk


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"place": "  "}, "place"),
        ({"starts_at": NOW - timedelta(hours=1), "ends_at": NOW}, "past"),
        ({"starts_at": NOW + timedelta(days=400), "ends_at": NOW + timedelta(days=400, hours=1)}, "far"),
        ({"ends_at": STARTS}, "order"),
        ({"ends_at": STARTS + timedelta(hours=13)}, "long"),
        ({"staff": ()}, "seats"),
        ({"about": "cpr 010203-4567"}, "cpr"),
        ({"about": "x" * 501}, "too_long"),
        ({"staff": (uuid7(),)}, "staff"),
        ({"contacts": (uuid7(),)}, "contacts"),
        ({"guests": tuple(Guest(name=f"G{n}") for n in range(12))}, "seats"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(people, change, code):
    with acting(people.mette) as actor, pytest.raises(Refused) as refused:
        one = replace(draft(people.mette), **change)
        book_meeting(actor=actor, citizen_id=people.anna.pk, draft=one, at=NOW, on=TODAY)
    assert refused.value.code == code


def test_others_do_not_book(people):
    stranger = accounts.employee(team=organisations.team())
    with acting(stranger) as actor, pytest.raises(NotThere):
        book_meeting(actor=actor, citizen_id=people.anna.pk, draft=draft(stranger), at=NOW, on=TODAY)
    with acting(people.anna.user) as actor, pytest.raises(PermissionDenied):
        book_meeting(actor=actor, citizen_id=people.anna.pk, draft=draft(people.mette), at=NOW, on=TODAY)


def test_a_colleague_who_is_taken_is_told_and_not_forbidden(people):
    other = citizens.citizen(team=organisations.team(), given_name="Bent")
    factory.meeting(citizen=other, by=people.bo, starts_at=STARTS + timedelta(minutes=30))
    meeting = booked(people)
    with acting(people.mette) as actor:
        page = meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW)
    assert [(clash.name, clash.starts_at) for clash in page.clashes] == [("Bo Bro", STARTS + timedelta(minutes=30))]
    with acting(people.anna.user) as actor:
        assert meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW).clashes == ()


# ---- Moving ----


def test_a_moved_meeting_calls_off_the_old_reminders_and_asks_anew(people):
    meeting = booked(people)
    with acting(people.anna.user) as actor:
        answer_meeting(actor=actor, seat_id=seat_of(meeting).pk, answer=Answer.YES, note="", at=NOW)
    run("update outbox_message set state = 'sent', sent_at = now() where kind = 'meeting_invited' and $1 = ''")
    after = moved(meeting, people)
    assert after.sequence == 1
    assert seat_of(meeting).answer == ""
    rows = rows_of("select * from outbox_message where $1 = '' and citizen_id is not null")
    reminders = {(row.state, row.values["starts_at"][:10]) for row in rows if row.kind == "meeting_reminder"}
    assert reminders == {
        ("called_off", STARTS.isoformat()[:10]),
        ("waiting", (STARTS + timedelta(days=1)).isoformat()[:10]),
    }
    assert [row.event["sequence"] for row in rows if row.kind == "meeting_changed"] == [1]
    assert {row.event["uid"] for row in rows if row.event} == {f"{meeting.pk}@jobbro"}


def test_a_changed_place_keeps_the_answers_and_needs_no_reason(people):
    meeting = booked(people)
    with acting(people.anna.user) as actor:
        answer_meeting(actor=actor, seat_id=seat_of(meeting).pk, answer=Answer.YES, note="", at=NOW)
    moved(meeting, people, days=0, reason="", place="Havnegade 2")
    assert seat_of(meeting).answer == "yes"


def test_another_time_needs_a_reason(people):
    with pytest.raises(Refused) as refused:
        moved(booked(people), people, reason=" ")
    assert refused.value.code == "needed"


def test_who_is_taken_off_is_told_that_it_is_off_for_them(people):
    meeting = booked(people)
    with acting(people.mette) as actor:
        seen = meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW).seen
        new = draft(people.mette)
        change_meeting(actor=actor, meeting_id=meeting.pk, draft=new, reason="", seen=seen, at=NOW, on=TODAY)
    assert ("staff", "meeting_cancelled", "waiting") in told()
    (row,) = rows_of("select event from outbox_message where $1 = '' and kind = 'meeting_cancelled'")
    assert row.event["is_off"]
    with acting(people.bo) as actor:
        assert MeetingParticipant.objects.filter(user=people.bo, left_at__isnull=True).count() == 0


def test_two_who_change_at_once_do_not_overwrite(people):
    meeting = booked(people)
    with acting(people.mette) as actor:
        seen = meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW).seen
    moved(meeting, people)
    with pytest.raises(Changed):
        moved(meeting, people, seen=seen)


def test_a_meeting_that_is_called_off_tells_everybody_and_cannot_move(people):
    meeting = booked(people)
    with acting(people.mette) as actor:
        seen = meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW).seen
        off = cancel_meeting(actor=actor, meeting_id=meeting.pk, reason="Ingen tolk", seen=seen, at=NOW)
    assert (off.state, off.reason, off.sequence) == ("cancelled", "Ingen tolk", 1)
    assert ("anna", "meeting_cancelled", "waiting") in told()
    assert ("anna", "meeting_reminder:day", "called_off") in told()
    with pytest.raises(NotNow):
        moved(meeting, people)


def test_a_meeting_is_held_on_its_day_or_later(people):
    meeting = booked(people)
    with acting(people.mette) as actor:
        seen = meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW).seen
        with pytest.raises(Refused):
            hold_meeting(actor=actor, meeting_id=meeting.pk, seen=seen, at=NOW)
        held = hold_meeting(actor=actor, meeting_id=meeting.pk, seen=seen, at=STARTS)
    assert held.state == State.HELD


# ---- Answers and help ----


def test_the_citizen_answers_and_who_booked_hears_a_no(people):
    meeting = booked(people)
    with acting(people.anna.user) as actor:
        seat = answer_meeting(
            actor=actor, seat_id=seat_of(meeting).pk, answer=Answer.OTHER_TIME, note="Hellere torsdag", at=NOW
        )
    assert (seat.answer, seat.answer_note, seat.noted_by) == ("other_time", "Hellere torsdag", "")
    (row,) = rows_of("select user_id from outbox_message where $1 = '' and kind = 'task_due'")
    assert row.user_id == str(people.mette.pk)


def test_staff_note_what_somebody_said_and_the_citizen_only_speaks_for_themselves(people):
    meeting = booked(people)
    with acting(people.bo) as actor:
        seat = answer_meeting(actor=actor, seat_id=seat_of(meeting).pk, answer=Answer.YES, note="", at=NOW)
    assert seat.noted_by == "Bo Bro"
    with acting_as(people.mette.pk):
        of_bo = MeetingParticipant.objects.get(user=people.bo)
    with acting(people.anna.user) as actor, pytest.raises(PermissionDenied):
        answer_meeting(actor=actor, seat_id=of_bo.pk, answer=Answer.NO, note="", at=NOW)
    with acting_as(people.anna.user_id):
        assert MeetingParticipant.objects.filter(pk=of_bo.pk).update(answer="no") == 0


def test_after_the_meeting_nobody_answers(people):
    meeting = booked(people)
    with acting(people.anna.user) as actor, pytest.raises(NotNow):
        answer_meeting(
            actor=actor, seat_id=seat_of(meeting).pk, answer=Answer.YES, note="", at=STARTS + timedelta(hours=2)
        )


def test_an_interpreter_is_confirmed_with_a_name(people):
    meeting = booked(people, helps=((HelpKind.SIGN, ""), (HelpKind.COMPANION, "Søster")))
    with acting(people.mette) as actor:
        (row,) = MeetingHelp.objects.filter(kind="sign")
        with pytest.raises(Refused):
            set_help(actor=actor, help_id=row.pk, state=HelpState.CONFIRMED, who="", at=NOW)
        done = set_help(actor=actor, help_id=row.pk, state=HelpState.CONFIRMED, who="Tolkene", at=NOW)
    assert (done.state, done.who) == ("confirmed", "Tolkene")
    with acting(people.anna.user) as actor:
        page = meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW)
        assert [(one.kind, one.state) for one in page.helps] == [("sign", "confirmed"), ("companion", "asked")]
        with pytest.raises(PermissionDenied):
            set_help(actor=actor, help_id=row.pk, state=HelpState.NOT_FOUND, who="", at=NOW)


# ---- The wall ----


def test_a_stranger_sees_nothing_and_a_citizen_cannot_move_a_meeting(people):
    meeting = booked(people, helps=((HelpKind.SIGN, ""),))
    with acting_as(accounts.employee(team=organisations.team()).pk):
        assert [model.objects.count() for model in (Meeting, MeetingParticipant, MeetingHelp)] == [0, 0, 0]
    with acting_as(people.anna.user_id):
        assert Meeting.objects.count() == 1
        assert Meeting.objects.update(place="Andetsteds") == 0
        assert MeetingHelp.objects.update(who="Mig") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk)._raw_delete("default")


def test_nobody_books_in_anothers_name(people):
    with acting_as(people.mette.pk), pytest.raises(ProgrammingError), transaction.atomic():
        Meeting(
            citizen=people.anna,
            kind="talk",
            form="phone",
            starts_at=STARTS,
            ends_at=STARTS + timedelta(hours=1),
            made_by=people.bo,
            made_at=NOW,
            changed_at=NOW,
        ).save(force_insert=True)


def test_a_company_sees_its_meeting_while_the_card_holds_and_never_who_else_comes():
    at = placements.table()
    with acting_as(at.broker.pk):
        contact = ContactPerson.objects.get(company=at.company, user=at.employer)
    meeting = factory.meeting(
        citizen=at.citizen, by=at.broker, starts_at=STARTS, company=at.company, contact=contact, about="Om stolen"
    )
    factory.booking(meeting=meeting)
    with acting(at.employer) as actor:
        page = meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW)
        assert {shown.seat.party for shown in page.seats} == {"company", "staff"}
        assert (page.citizen, page.helps) == (None, ())
        (line,) = [one for one in my_meetings(actor=actor, at=NOW).coming if not one.is_table]
        assert line.citizen_name == ""
        seat = answer_meeting(actor=actor, seat_id=page.own_seat.seat.pk, answer=Answer.YES, note="", at=NOW)
        assert seat.answer == "yes"
    run(
        "update matching_card set until_on = current_date - 1, from_on = current_date - 5 where id = $1::uuid",
        value=at.card.pk,
    )
    with acting(at.employer) as actor:
        assert meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW) is None


# ---- Lists, calendars, reminders ----


def test_round_tables_stand_among_the_meetings_once():
    at = placements.table()
    table = placements.introduction(at=at)
    factory.meeting(citizen=at.citizen, by=at.broker, starts_at=STARTS)
    for user in (at.broker, at.citizen.user):
        with acting(user) as actor:
            lines = my_meetings(actor=actor, at=NOW).coming
            assert sorted(line.is_table for line in lines) == [False, True]
            assert {line.id for line in lines if line.is_table} == {table.pk}
    with acting(at.broker) as actor:
        assert len(citizen_meetings(actor=actor, citizen_id=at.citizen.pk, at=NOW).meetings.coming) == 2


def test_a_feed_shows_moments_and_no_names_and_stops_when_it_is_dropped(people):
    booked(people, about="Om angst")
    with acting(people.anna.user) as actor:
        secret = make_feed(actor=actor, at=NOW)
        assert CalendarFeed.objects.count() == 1
    assert secret not in str(rows_of("select * from meetings_calendarfeed where $1 = ''"))
    with acting_as(None):
        (event,) = feed_of(secret=secret, at=NOW, on=TODAY, request_id=uuid7())
    assert (event.title, event.place, event.starts_at) == ("Møde", "Havnegade 1", STARTS)
    for word in ("Anna", "Mette", "angst"):
        assert word not in calendar_text((event,), method="PUBLISH")
    with acting_as(None):
        assert feed_of(secret=secret + "x", at=NOW, on=TODAY, request_id=uuid7()) is None
    with acting(people.anna.user) as actor:
        assert drop_feed(actor=actor, at=NOW)
        assert not drop_feed(actor=actor, at=NOW)
    with acting_as(None):
        assert feed_of(secret=secret, at=NOW, on=TODAY, request_id=uuid7()) is None


def test_a_new_address_stops_the_old_one_and_one_who_has_left_sees_nothing(people):
    booked(people)
    with acting(people.bo) as actor:
        old, new = make_feed(actor=actor, at=NOW), make_feed(actor=actor, at=NOW)
    with acting_as(None):
        assert feed_of(secret=old, at=NOW, on=TODAY, request_id=uuid7()) is None
    with acting_as(None):
        assert len(feed_of(secret=new, at=NOW, on=TODAY, request_id=uuid7())) == 1
    run("update accounts_position set until_on = current_date - 1 where user_id = $1::uuid", value=people.bo.pk)
    with acting_as(None):
        assert feed_of(secret=new, at=NOW, on=TODAY, request_id=uuid7()) == []


def test_round_tables_are_reminded_of_and_moved_ones_are_not():
    at = placements.table()
    table = placements.introduction(at=at)
    meets_at = moment_of(day=TODAY + timedelta(days=2), clock=time(9))
    run(f"update placements_introduction set meets_at = '{meets_at.isoformat()}' where id = $1::uuid", value=table.pk)
    soon = meets_at - timedelta(hours=47)
    assert queue_table_reminders(at=soon) == 1
    assert queue_table_reminders(at=soon) == 1
    assert len(rows_of("select 1 from outbox_message where $1 = ''")) == 2
    later = meets_at + timedelta(hours=3)
    run(f"update placements_introduction set meets_at = '{later.isoformat()}' where id = $1::uuid", value=table.pk)
    queue_table_reminders(at=soon + timedelta(hours=4))
    states = sorted(row.state for row in rows_of("select state from outbox_message where $1 = ''"))
    assert states == ["called_off", "called_off", "waiting", "waiting"]


@pytest.mark.parametrize(
    ("starts", "line"),
    [
        # The night when the clock is set back: 02:30 comes twice, so it is told in UTC.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "DTSTART:20261025T003000Z"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "DTSTART:20261025T013000Z"),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Copenhagen:20260329T013000"),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Copenhagen:20260329T033000"),
        (datetime(2026, 7, 1, 8, tzinfo=UTC), "DTSTART;TZID=Europe/Copenhagen:20260701T100000"),
    ],
)
def test_calendars_in_both_nights(starts, line):
    event = Event(
        uid="m@jobbro",
        sequence=3,
        title="Møde",
        starts_at=starts,
        ends_at=starts + timedelta(minutes=20),
        changed_at=NOW,
    )
    text = calendar_text((event,), method="REQUEST")
    assert line in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert all(len(row.encode()) <= 75 for row in text.split("\r\n"))


def test_reminders_around_the_night_are_once_and_the_day_before_at_noon(people):
    day = date(TODAY.year + (date(TODAY.year, 10, 1) <= TODAY), 10, 25)
    starts = moment_of(day=day, clock=time(9))
    run("update accounts_position set until_on = null where $1 = ''")
    with acting(people.mette) as actor:
        one = draft(people.mette, starts_at=starts, ends_at=starts + timedelta(hours=1))
        at = starts - timedelta(days=3)
        book_meeting(actor=actor, citizen_id=people.anna.pk, draft=one, at=at, on=timezone.localdate(at))
    rows = rows_of("select * from outbox_message where $1 = '' and kind = 'meeting_reminder'")
    moments = {row.values["ahead"]: datetime.fromisoformat(row.send_at) for row in rows}
    assert moments["hour"] == starts - timedelta(hours=1)
    assert timezone.localtime(moments["day"]).strftime("%d.%m. %H:%M") == "24.10. 12:00"


def test_a_cancelled_meeting_leaves_the_calendar(people):
    meeting = factory.meeting(citizen=people.anna, by=people.mette, starts_at=STARTS, state=State.CANCELLED)
    assert "STATUS:CANCELLED" in calendar_text((event_of(meeting),), method="CANCEL")


# ---- What needs doing ----


def test_what_needs_doing(people):
    def needs() -> list[tuple[str, str]]:
        with acting(people.mette) as actor:
            return sorted((row[1], row[2]) for rows in needs_doing(actor=actor, on=TODAY) for row in rows)

    assert needs() == []
    soon = factory.meeting(citizen=people.anna, by=people.mette, starts_at=STARTS)
    factory.booking(meeting=soon)
    message(citizen=people.anna, at=NOW, way=Way.CALL)
    factory.meeting(citizen=people.anna, by=people.mette, starts_at=NOW - timedelta(days=2), answer=Answer.YES)
    assert needs() == [
        ("interpreter_missing", "us"),
        ("meeting_to_write_up", "us"),
        ("meeting_unanswered", "citizen"),
        ("message_by_hand", "us"),
    ]
    run("update meetings_meetingparticipant set answer = 'no' where party = 'citizen' and $1 = ''")
    run("update meetings_meetinghelp set state = 'confirmed' where $1 = ''")
    assert ("meeting_declined", "us") in needs()
    assert ("interpreter_missing", "us") not in needs()
    with acting(accounts.employee(team=organisations.team())) as actor:
        assert [list(rows) for rows in needs_doing(actor=actor, on=TODAY)] == [[]] * 6


def test_a_meeting_of_today_is_told(people):
    factory.meeting(citizen=people.anna, by=people.mette, starts_at=NOW + timedelta(minutes=1), answer=Answer.YES)
    with acting(people.mette) as actor:
        found = [
            row for rows in needs_doing(actor=actor, on=timezone.localdate(NOW + timedelta(minutes=1))) for row in rows
        ]
    assert [(row[1], row[4]) for row in found] == [("meeting_today", people.mette.pk)]


def test_the_form_offers_the_team_those_around_and_oneself(people):
    lead = accounts.employee(role=Role.TEAM_LEAD, team=people.anna.case.team, name="Line Leder")
    with acting(lead) as actor:
        start = booking_start(actor=actor, citizen_id=people.anna.pk, on=TODAY)
    assert [name for _key, name in start.staff] == ["Line Leder", "Bo Bro", "Mette Holm"]
    assert start.around == (people.mette.pk,)
