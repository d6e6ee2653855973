"""Pages of meetings and messages: what they show and to whom, forms that come back, calendars, pinned queries."""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.models import ContactPerson
from jobbro.apps.meetings.enums import HelpKind, State
from jobbro.apps.meetings.models import Meeting, MeetingHelp, MeetingParticipant
from jobbro.apps.outbox.enums import State as MessageState
from jobbro.apps.outbox.enums import Way
from jobbro.apps.outbox.moments import moment_of
from tests.factories import accounts, citizens, organisations, placements
from tests.factories import meetings as factory
from tests.factories.outbox import message
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
STARTS = moment_of(day=timezone.localdate(NOW) + timedelta(days=5), clock=time(10))
DAY = timezone.localdate(STARTS).isoformat()


@dataclass
class People:
    mette: User
    anna: Citizen
    desk: Client
    home: Client


@pytest.fixture
def people() -> People:
    team = organisations.team()
    mette = accounts.employee(team=team)
    anna = citizens.citizen(team=team, lead=mette, has_login=True, interpreter="Tegnsprog")
    desk, home = (accounts.log_in(english(), user) for user in (mette, anna.user))
    return People(mette=mette, anna=anna, desk=desk, home=home)


def english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def typed(people: People, **more) -> dict[str, object]:
    values = {
        "kind": "talk",
        "form": "place",
        "meets_on": DAY,
        "starts_at": "10.00",
        "ends_at": "11:00",
        "place": "Havnegade 1",
        "staff": [str(people.mette.pk)],
        "form_token": str(uuid4()),
    }
    return {**values, **more}


def main_of(response) -> str:
    text = response.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def test_a_meeting_is_booked_once_and_shown(people):
    address = reverse("meeting_book", args=[people.anna.pk])
    first = main_of(people.desk.get(address))
    # The file says sign language.
    assert re.search(r'value="sign"[^>]*checked', first)
    assert not re.search(r'value="writing"[^>]*checked', first)
    values = typed(people, others=["sign"], guests="Else Ven, else@forening.example")
    answer = people.desk.post(address, values)
    assert answer.status_code == 302
    assert people.desk.post(address, values).headers["Location"] == answer.headers["Location"]
    page = main_of(people.desk.get(answer.headers["Location"]))
    for words in ("Havnegade 1", "Else Ven", "Sign language interpreter", "Asked", "No answer yet", "You"):
        assert words in page
    with acting_as(people.mette.pk):
        assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"place": ""}, "Write where you meet."),
        ({"ends_at": "09:00"}, "The meeting must end after it begins."),
        ({"meets_on": "2020-01-01"}, "The meeting would have begun already."),
        ({"starts_at": "kvart i ti"}, "Write a time such as 10.30."),
        ({"guests": "Else, ingen adresse"}, "Write one person a line"),
        ({"staff": []}, "Choose at least one from the municipality"),
        ({"about": "hendes nummer er 010203-4567"}, "That looks like a CPR number."),
    ],
)
def test_a_form_that_cannot_be_comes_back_with_what_was_typed(people, change, words):
    values = typed(people, directions="Ring på ved port 3", **change)
    answer = people.desk.post(reverse("meeting_book", args=[people.anna.pk]), values)
    assert answer.status_code == 422
    assert words in main_of(answer)
    assert "Ring på ved port 3" in main_of(answer)


def test_a_meeting_is_moved_and_a_stale_form_is_told(people):
    meeting = factory.meeting(citizen=people.anna, by=people.mette, starts_at=STARTS)
    address = reverse("meeting_change", args=[meeting.pk])
    page = main_of(people.desk.get(address))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    values = typed(people, starts_at="12:00", ends_at="13:00", seen=seen)
    assert people.desk.post(address, values).status_code == 422
    moved = people.desk.post(address, {**values, "reason": "Tolken er syg", "form_token": str(uuid4())})
    assert moved.status_code == 302
    stale = people.desk.post(address, {**values, "reason": "Igen", "form_token": str(uuid4())})
    assert stale.status_code == 409
    assert "Somebody changed it just before you" in main_of(stale)
    assert "Tolken er syg" in main_of(people.home.get(reverse("meeting_booked", args=[meeting.pk])))


def test_a_meeting_is_called_off_and_held(people):
    meeting = factory.meeting(citizen=people.anna, by=people.mette, starts_at=STARTS)
    address = reverse("meeting_cancel", args=[meeting.pk])
    seen = main_of(people.desk.get(address)).split('name="seen" value="')[1].split('"')[0]
    assert people.desk.post(address, {"reason": "", "seen": seen}).status_code == 422
    assert people.desk.post(address, {"reason": "Ingen tolk", "seen": seen}).status_code == 302
    page = main_of(people.home.get(reverse("meeting_booked", args=[meeting.pk])))
    assert "The meeting is called off." in page
    assert "Can you come?" not in page
    assert people.desk.get(address).status_code == 302
    past = factory.meeting(citizen=people.anna, by=people.mette, starts_at=NOW - timedelta(hours=3))
    shown = main_of(people.desk.get(reverse("meeting_booked", args=[past.pk])))
    mark = shown.split('name="seen" value="')[1].split('"')[0]
    assert people.desk.post(reverse("meeting_hold", args=[past.pk]), {"seen": mark}).status_code == 302
    with acting_as(people.mette.pk):
        assert Meeting.objects.get(pk=past.pk).state == State.HELD


def test_the_citizen_answers_on_the_page(people):
    meeting = factory.meeting(citizen=people.anna, by=people.mette, starts_at=STARTS)
    factory.booking(meeting=meeting)
    with acting_as(people.anna.user_id):
        seat = MeetingParticipant.objects.get(meeting=meeting, party="citizen")
    address = reverse("meeting_answer", args=[meeting.pk, seat.pk])
    page = main_of(people.home.get(reverse("meeting_booked", args=[meeting.pk])))
    assert "Can you come?" in page
    assert address in page
    assert "Change or move" not in page
    assert people.home.post(address, {}).status_code == 422
    answer = people.home.post(address, {"answer": "other_time", "note": "Hellere torsdag"})
    assert answer.status_code == 302
    staff_page = main_of(people.desk.get(reverse("meeting_booked", args=[meeting.pk])))
    assert "Would like another time" in staff_page
    assert "Hellere torsdag" in staff_page


def test_staff_note_an_answer_and_a_booking(people):
    meeting = factory.meeting(citizen=people.anna, by=people.mette, starts_at=STARTS)
    one = factory.booking(meeting=meeting, kind=HelpKind.SIGN)
    with acting_as(people.mette.pk):
        seat = MeetingParticipant.objects.get(meeting=meeting, party="citizen")
    address = reverse("meeting_answer", args=[meeting.pk, seat.pk])
    assert "What did Anna Lund answer?" in main_of(people.desk.get(address))
    assert people.desk.post(address, {"answer": "yes", "note": "Sagt i telefonen"}).status_code == 302
    help_address = reverse("meeting_help_set", args=[meeting.pk, one.pk])
    assert people.desk.get(help_address).status_code == 200
    assert people.desk.post(help_address, {"state": "confirmed", "who": ""}).status_code == 422
    assert people.desk.post(help_address, {"state": "confirmed", "who": "Tolkene"}).status_code == 302
    page = main_of(people.desk.get(reverse("meeting_booked", args=[meeting.pk])))
    assert "Noted by Mette Holm." in page
    assert "Tolkene" in page
    with acting_as(people.mette.pk):
        assert MeetingHelp.objects.get().state == "confirmed"


def test_others_find_nothing(people):
    meeting = factory.meeting(citizen=people.anna, by=people.mette, starts_at=STARTS)
    stranger = accounts.log_in(english(), accounts.employee(team=organisations.team()))
    neighbour = accounts.log_in(english(), citizens.citizen(has_login=True).user)
    for client in (stranger, neighbour):
        for name in ("meeting_booked", "meeting_ics"):
            assert client.get(reverse(name, args=[meeting.pk])).status_code == 404
        for name in ("citizen_meetings", "citizen_messages", "message_choice"):
            assert client.get(reverse(name, args=[people.anna.pk])).status_code == 404
    assert people.home.get(reverse("meeting_book", args=[people.anna.pk])).status_code == 403
    assert people.home.get(reverse("message_calls")).status_code == 403
    assert people.desk.get(reverse("outbox_overview")).status_code == 403


def test_a_company_sees_when_and_where(people):
    at = placements.table()
    with acting_as(at.broker.pk):
        contact = ContactPerson.objects.get(company=at.company, user=at.employer)
    meeting = factory.meeting(
        citizen=at.citizen, by=at.broker, starts_at=STARTS, company=at.company, contact=contact, about="Om stolen"
    )
    factory.booking(meeting=meeting)
    bakery = accounts.log_in(english(), at.employer)
    page = main_of(bakery.get(reverse("meeting_booked", args=[meeting.pk])))
    assert "Havnegade 1" in page
    for word in ("Om stolen", "Lund", "Sign language"):
        assert word not in page
    assert "Havnegade 1" in main_of(bakery.get(reverse("meetings")))
    looks = rows_of("select * from audit_look where $1 = '' and view in ('meetings', 'meeting_booked')")
    assert {row.purpose for row in looks} == {"table"}


def test_the_calendar_file_and_the_secret_address(people, caplog):
    meeting = factory.meeting(citizen=people.anna, by=people.mette, starts_at=STARTS, about="Om angst")
    file = people.home.get(reverse("meeting_ics", args=[meeting.pk]))
    assert file.headers["Content-Type"].startswith("text/calendar")
    assert f"UID:{meeting.pk}@jobbro" in file.content.decode()
    made = main_of(people.home.post(reverse("calendar_feed_make"), {"form_token": str(uuid4())}))
    address = made.split("<code>")[1].split("</code>")[0]
    path = "/" + address.split("/", 3)[3]
    feed = Client().get(path)
    assert feed.status_code == 200
    assert "DTSTART;TZID=Europe/Copenhagen" in feed.content.decode()
    for word in ("Anna", "Mette", "angst"):
        assert word not in feed.content.decode()
    assert feed.headers["Cache-Control"] == "no-store, private"
    secret = path.split("/")[2]
    assert secret not in main_of(people.home.get(reverse("calendar_feed_make")))
    people.home.post(reverse("calendar_feed_drop"), {"form_token": str(uuid4())})
    with caplog.at_level("DEBUG"):
        gone = Client().get(path)
    assert (gone.status_code, gone.content) == (404, b"")
    assert secret not in caplog.text


def test_messages_are_read_and_chosen(people):
    message(citizen=people.anna, at=NOW, key="sent", way=Way.EMAIL, state=MessageState.SENT)
    message(citizen=people.anna, at=NOW, key="unsure", way=Way.EMAIL, state=MessageState.UNSURE)
    message(citizen=people.anna, at=NOW + timedelta(days=1), key="waits")
    own = main_of(people.home.get(reverse("my_messages")))
    assert own.count("You have a message.") == 2
    staff = main_of(people.desk.get(reverse("citizen_messages", args=[people.anna.pk])))
    assert staff.count("You have a message.") == 3
    assert "Try once more" in staff
    (row,) = rows_of("select id from outbox_message where key = $1", value="unsure")
    assert people.desk.post(reverse("message_again", args=[row.id]), {"form_token": str(uuid4())}).status_code == 302
    address = reverse("message_choice", args=[people.anna.pk])
    assert people.home.post(address, {"way": "carrier_pigeon"}).status_code == 422
    assert people.home.post(address, {"way": "here", "reminders": ["hour"]}).status_code == 302
    (choice,) = rows_of("select * from outbox_messagechoice where $1 = ''")
    assert (choice.way, choice.wants_day_before, choice.wants_hour_before) == ("here", False, True)


def test_the_choice_speaks_to_the_citizen_and_to_staff_of_the_citizen(people):
    address = reverse("message_choice", args=[people.anna.pk])
    own, theirs = main_of(people.home.get(address)), main_of(people.desk.get(address))
    assert "How do you want messages?" in own and "Something I have to do" in own
    assert "How does the citizen want messages?" in theirs and "Something the citizen has to do" in theirs
    assert "my file" not in theirs and "I have to" not in theirs
    assert people.desk.post(address, {"way": "here", "reminders": ["tasks"]}).status_code == 302


def test_whom_to_phone(people):
    message(citizen=people.anna, at=NOW, key="call", way=Way.CALL)
    page = main_of(people.desk.get(reverse("message_calls")))
    assert "Anna Lund" in page
    assert "12 34 56 78" in page
    (row,) = rows_of("select id from outbox_message where key = $1", value="call")
    done = reverse("message_done", args=[row.id])
    assert people.desk.post(done, {"form_token": str(uuid4())}).status_code == 302
    assert "Nobody to phone or write to" in main_of(people.desk.get(reverse("message_calls")))
    assert people.desk.post(done, {"form_token": str(uuid4())}).status_code == 302
    assert people.desk.post(reverse("message_done", args=[uuid4()]), {"form_token": str(uuid4())}).status_code == 404


def test_the_overview_is_numbers(people):
    unit = people.anna.case.team.unit
    boss = accounts.log_in(english(), accounts.employee(role=Role.ADMINISTRATOR, unit=unit, name="Ada Admin"))
    message(citizen=people.anna, at=NOW, key="1", way=Way.EMAIL, state=MessageState.UNSURE)
    message(citizen=people.anna, at=NOW, key="2", way=Way.EMAIL, state=MessageState.SENT)
    message(citizen=citizens.citizen(), at=NOW, key="3", way=Way.EMAIL, state=MessageState.FAILED)
    page = main_of(boss.get(reverse("outbox_overview")))
    assert "1 message was perhaps sent" in page
    assert "Refused" in page
    assert "Refused by the receiver" not in page
    assert "Anna" not in page


@pytest.mark.parametrize(
    ("name", "who", "queries"),
    [
        ("meetings", "desk", 13),
        ("meetings", "home", 11),
        ("citizen_meetings", "desk", 13),
        ("meeting_booked", "home", 12),
    ],
)
def test_queries_are_pinned(people, django_assert_num_queries, name, who, queries):
    def starts(number: int):
        return STARTS + timedelta(days=number)

    made = [factory.meeting(citizen=people.anna, by=people.mette, starts_at=starts(number)) for number in range(5)]
    arguments = {"citizen_meetings": [people.anna.pk], "meeting_booked": [made[0].pk]}.get(name, [])
    client = getattr(people, who)
    client.get(reverse(name, args=arguments))
    with django_assert_num_queries(queries):
        assert client.get(reverse(name, args=arguments)).status_code == 200


def test_without_a_way_the_choice_says_what_is_open(people):
    with override_settings(MAIL_ENABLED=False, OUTBOX_FOLDER=""):
        page = main_of(people.home.get(reverse("message_choice", args=[people.anna.pk])))
    assert "Text message" not in page
    assert "Only here in Jobbro" in page
