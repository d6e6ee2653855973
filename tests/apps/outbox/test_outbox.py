"""The outbox: by which way a message goes, what it says and does not say, once, and what happens when it cannot go."""

import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import ProgrammingError, transaction
from django.test import override_settings
from django.utils import timezone

from config.settings.outbox import outbox_settings
from jobbro.apps.accounts.enums import Kind
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.enums import Channel
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.outbox import services
from jobbro.apps.outbox.calendar import Event
from jobbro.apps.outbox.carriers import TAKEN
from jobbro.apps.outbox.enums import MessageKind, Problem, State, Way
from jobbro.apps.outbox.memo import NAMESPACE, problems_of
from jobbro.apps.outbox.models import Message
from jobbro.apps.outbox.moments import moment_of
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.sending import Delivery, pause_after, send_messages
from jobbro.apps.outbox.services import Wishes, call_off_message, call_off_messages, queue_message
from tests.apps.reminders.mailbox import Mailbox, mail_of, running_mailbox
from tests.factories import accounts, citizens, organisations
from tests.factories.accounts import acting
from tests.factories.outbox import choice, message, reach
from tests.factories.reminders import reachable
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
AT = timezone.now().replace(microsecond=0)
ANNA = "anna@borger.example"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def folder(tmp_path: Path, team) -> Iterator[Path]:
    code = organisations.municipality_of(team).code
    mail = {**mail_of(1), "MAIL_ENABLED": False}
    with override_settings(OUTBOX_FOLDER=str(tmp_path), SENDER_CVR={code: "12345678"}, **mail):
        yield tmp_path


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def anna(team) -> Citizen:
    return reach(citizens.citizen(team=team, channel=Channel.EMAIL), email=ANNA, phone="12345678")


def to_be_told(citizen: Citizen, *, key: str = "k1", at: datetime = AT, **more) -> bool:
    values = {"kind": MessageKind.MEETING_REMINDER, "link": "/moeder/1/", "send_at": at, "at": AT, **more}
    return queue_message(to=Recipient(citizen_id=citizen.pk), key=key, **values)


def run_at(at: datetime = AT) -> Delivery:
    return send_messages(clock=lambda: at)


def row(key: str = "k1"):
    (found,) = rows_of("select * from outbox_message where key = $1", value=key)
    return found


def text_of(letter) -> str:
    return letter.get_payload(decode=True).decode("utf-8")


# ---- Once ----


def test_a_message_is_queued_once_and_sent_once(box, anna):
    assert to_be_told(anna)
    assert not to_be_told(anna)
    assert run_at()[State.SENT] == 1
    assert run_at()[State.SENT] == 0
    assert box.receivers == [ANNA]
    assert (row().state, row().way) == ("sent", "email")
    assert not to_be_told(anna)


def test_before_its_time_it_waits(box, anna):
    to_be_told(anna, at=AT + timedelta(hours=1))
    run_at()
    assert box.letters == []
    run_at(AT + timedelta(hours=1))
    assert box.receivers == [ANNA]


def test_called_off_it_is_not_sent(box, anna):
    to_be_told(anna)
    assert call_off_message(key="k1", at=AT)
    assert not call_off_message(key="k1", at=AT)
    assert run_at()[State.SENT] == 0
    assert row().state == "called_off"
    assert not to_be_told(anna)


def test_all_of_a_prefix_are_called_off_and_no_others(anna):
    for key in ("meeting:1:day", "meeting:1:hour", "meeting:10:day", "meeting"):
        to_be_told(anna, key=key)
    assert call_off_messages(prefix="meeting:1:", at=AT) == 2
    assert [row(key).state for key in ("meeting:1:hour", "meeting:10:day", "meeting")] == [
        *("called_off", "waiting", "waiting")
    ]


def test_after_its_last_moment_it_lapses(box, anna):
    to_be_told(anna, until_at=AT + timedelta(hours=1))
    assert run_at(AT + timedelta(hours=2))[State.LAPSED] == 1
    assert box.letters == []


def test_the_night_that_is_set_back_and_the_hour_that_never_comes():
    assert moment_of(day=date(2026, 10, 25), clock=time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_of(day=date(2026, 3, 29), clock=time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2026, 3, 29)])
def test_in_both_nights_it_is_sent_once(box, anna, day):
    to_be_told(anna, at=moment_of(day=day, clock=time(2, 30)))
    midnight = moment_of(day=day, clock=time(0))
    for minutes in range(0, 6 * 60, 10):
        run_at(midnight + timedelta(minutes=minutes))
    assert box.receivers == [ANNA]


# ---- By which way ----


@pytest.mark.parametrize(
    ("channel", "way"),
    [
        (Channel.SMS, Way.SMS),
        (Channel.DIGITAL_POST, Way.DIGITAL_POST),
        (Channel.LETTER, Way.LETTER),
        (Channel.PHONE, Way.CALL),
        # No mail server here: the next way that is open.
        (Channel.EMAIL, Way.SMS),
        (Channel.VIDEO, Way.SMS),
    ],
)
def test_it_goes_as_the_file_says(folder, team, channel, way):
    one = reach(citizens.citizen(team=team, channel=channel), email=ANNA, phone="12345678")
    to_be_told(one)
    run_at()
    assert row().way == way
    assert row().state == ("waiting" if way in (Way.LETTER, Way.CALL) else "sent")


def test_what_somebody_chose_themselves_comes_first(folder, team):
    one = citizens.citizen(team=team, channel=Channel.PHONE, has_login=True)
    choice(citizen=one, at=AT, way=Way.HERE)
    to_be_told(one)
    run_at()
    assert (row().way, row().state) == ("here", "sent")
    assert list(folder.rglob("*.json")) == []


def test_nobody_who_can_be_reached_is_left_to_be_phoned(folder, team):
    one = reach(citizens.citizen(team=team, channel=Channel.EMAIL))
    with override_settings(SENDER_CVR={}):
        to_be_told(one)
        run_at()
    assert (row().way, row().state) == ("call", "waiting")
    run_at(AT + timedelta(days=1))
    assert row().attempts == 1


def test_a_reminder_that_was_said_no_to_is_not_sent_but_an_invitation_is(box, anna):
    choice(citizen=anna, at=AT, wants_day_before=False)
    to_be_told(anna)
    to_be_told(anna, key="k2", kind=MessageKind.MEETING_INVITED)
    to_be_told(anna, key="k3", values={"ahead": "hour"})
    run_at()
    assert [row(key).state for key in ("k1", "k2", "k3")] == ["called_off", "sent", "called_off"]


def test_staff_get_mail_and_one_who_has_left_gets_none(box, team):
    mette = reachable(accounts.employee(team=team), "mette@proevekoebing.example", language="en")
    gone = reachable(accounts.employee(team=team, name="Bo Bro"), "bo@proevekoebing.example")
    from tests.factories.rows import run

    run("update accounts_user set is_active = false where id = $1::uuid", value=gone.pk)
    for key, user in (("k1", mette), ("k2", gone)):
        queue_message(to=Recipient(user_id=user.pk), kind=MessageKind.TASK_DUE, link="/", key=key, send_at=AT, at=AT)
    run_at()
    (letter,) = box.to("mette@proevekoebing.example")
    assert "There is something for you to do." in text_of(letter)
    assert (row("k1").state, row("k2").state) == ("sent", "called_off")


def test_an_address_without_a_login_gets_it_in_its_own_language(box):
    to = Recipient(email="tolk@tolke.example", name="Tolkene", language="en")
    queue_message(to=to, kind=MessageKind.MEETING_INVITED, link="/m/", key="k1", send_at=AT, at=AT)
    run_at()
    (letter,) = box.to("tolk@tolke.example")
    assert "You are invited to a meeting." in text_of(letter)


# ---- What it says ----


def test_a_letter_tells_when_and_where_to_log_in_and_nothing_else(box, anna):
    starts = moment_of(day=date(2027, 3, 2), clock=time(14, 5))
    to_be_told(anna, values={"starts_at": starts.isoformat(), "place": "Psykiatrisk Center", "name": "Mette Holm"})
    run_at()
    (letter,) = box.to(ANNA)
    assert (
        letter["Subject"] == "En besked fra Prøvekøbing" or "Prøvekøbing" in str(letter["Subject"]) or letter["Subject"]
    )
    text = text_of(letter)
    assert "tirsdag den 2. marts 2027 kl. 14.05" in text
    assert "https://jobbro.proevekoebing.example/moeder/1/" in text
    for word in ("Psykiatrisk", "Mette", "Anna", "Lund"):
        assert word not in letter.as_string()
    assert letter["Message-ID"] == f"<{row().id}@proevekoebing.example>"
    assert row().values == {"starts_at": starts.isoformat()}


def test_a_calendar_file_goes_along(box, anna):
    starts = moment_of(day=date(2027, 3, 2), clock=time(14))
    event = Event(
        uid="m1@jobbro",
        sequence=2,
        title="Møde",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        changed_at=AT,
    )
    to_be_told(anna, kind=MessageKind.MEETING_INVITED, event=event)
    run_at()
    (letter,) = box.to(ANNA)
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    text = text_of(part)
    assert "METHOD:REQUEST" in text
    assert "SEQUENCE:2" in text
    assert "DTSTART;TZID=Europe/Copenhagen:20270302T140000" in text
    assert f"mailto:{ANNA}" in text.replace("\r\n ", "")


def test_digital_post_is_memo(folder, team):
    number = citizens.cpr()
    one = citizens.citizen(team=team, number=number, channel=Channel.DIGITAL_POST)
    to_be_told(one)
    run_at()
    (file,) = (folder / "digital_post" / "new").iterdir()
    assert file.name == f"{row().id}.xml"
    written = file.read_bytes()
    assert problems_of(written) == []
    root = Tree.fromstring(written)
    found = {element.tag.partition("}")[2]: element.text for element in root.iter()}
    assert root.tag == f"{{{NAMESPACE}}}Message"
    assert (found["recipientID"], found["senderID"], found["idType"]) == (number.digits, "12345678", "CPR")
    assert "https://jobbro.proevekoebing.example/moeder/1/" in b64decode(found["content"]).decode()
    assert (found["messageUUID"], found["url"]) == (row().id, "https://jobbro.proevekoebing.example/moeder/1/")
    assert written.startswith(b"<?xml")
    assert b"memo:Message" in written


@pytest.mark.parametrize(("cvr", "cpr"), [("123", "0102030405"), ("12345678", "010203")])
def test_a_message_with_a_wrong_number_is_no_memo(cvr, cpr):
    from jobbro.apps.audit.ids import uuid7
    from jobbro.apps.outbox.memo import Post, memo_of

    about = {"sender": "Prøvekøbing", "subject": "Besked", "text": "Hej", "link": "https://x.example/"}
    with pytest.raises(ValueError, match="no MeMo message"):
        memo_of(Post(message_id=uuid7(), cvr=cvr, cpr=cpr, language="da", made_at=AT, **about))


def test_a_text_message_is_short(folder, team):
    one = reach(citizens.citizen(team=team, channel=Channel.SMS), phone="12345678")
    starts = moment_of(day=date(2026, 11, 25), clock=time(14))
    to_be_told(one, values={"starts_at": starts.isoformat()})
    run_at()
    (file,) = (folder / "sms" / "new").iterdir()
    told = json.loads(file.read_text("utf-8"))
    assert told["to"] == "12345678"
    assert told["from"] == "Prøvekøbing"
    assert len(told["text"]) <= 150
    assert "onsdag den 25. november 2026 kl. 14.00" in told["text"]


def test_a_protected_person_is_told_that_there_is_a_message_and_by_digital_post_only(folder, team):
    one = reach(citizens.citizen(team=team, channel=Channel.SMS, is_protected=True), email=ANNA, phone="12345678")
    event = Event(uid="m", sequence=0, title="Møde", starts_at=AT, ends_at=AT, changed_at=AT)
    to_be_told(one, values={"starts_at": AT.isoformat()}, event=event)
    run_at()
    assert row().way == "digital_post"
    (file,) = (folder / "digital_post" / "new").iterdir()
    root = Tree.fromstring(file.read_bytes())
    content = b64decode(root.findtext(f".//{{{NAMESPACE}}}content") or "").decode()
    assert str(AT.year) not in content
    assert "Anna" not in content


def test_a_protected_person_without_digital_post_finds_it_at_login(box, team):
    one = reach(citizens.citizen(team=team, is_protected=True, has_login=True), email=ANNA)
    to_be_told(one)
    run_at()
    assert (row().way, row().state, box.letters) == ("here", "sent", [])


def test_the_link_of_a_talk_is_forgotten_once_it_is_sent(box, anna):
    to_be_told(anna, kind=MessageKind.TALK_ASKED, link="/samtale/hemmelig/")
    run_at()
    assert "/samtale/hemmelig/" in text_of(box.to(ANNA)[0])
    assert row().link == ""


def test_a_link_is_a_path_of_ours(anna):
    for link in ("https://andre.example/", "//andre.example/", "moeder/"):
        with pytest.raises(ValueError, match="path"):
            to_be_told(anna, link=link)


def test_a_message_has_one_receiver(anna):
    with pytest.raises(ValueError, match="one citizen"):
        Recipient()
    with pytest.raises(ValueError, match="one citizen"):
        Recipient(citizen_id=anna.pk, email=ANNA)


# ---- When it cannot go ----


def test_the_mail_server_is_away_for_a_day_and_everything_goes_once_when_it_is_back(anna, team):
    others = [reach(citizens.citizen(team=team, channel=Channel.EMAIL), email=f"b{n}@borger.example") for n in range(4)]
    for number, one in enumerate([anna, *others]):
        to_be_told(one, key=f"k{number}")
    with override_settings(**mail_of(1)):
        for hour in range(24):
            done = run_at(AT + timedelta(hours=hour))
            assert (done[State.SENT], done[State.WAITING]) == (0, 5)
            assert done.away == {Way.EMAIL: Problem.NO_CONNECTION}
    assert row("k3").problem == "no_connection"
    with running_mailbox() as box:
        assert run_at(AT + timedelta(hours=25))[State.SENT] == 5
        run_at(AT + timedelta(hours=26))
        assert box.receivers == sorted([ANNA, *(f"b{n}@borger.example" for n in range(4))])


def test_an_answer_that_is_lost_is_unsure_and_not_sent_again(box, anna):
    box.at_data = lambda to: "hang up"
    to_be_told(anna)
    run_at()
    assert (row().state, row().problem) == ("unsure", "lost")
    box.at_data = lambda to: None
    run_at(AT + timedelta(days=1))
    assert box.letters == []


def test_an_address_that_is_refused_for_good_has_failed(box, anna):
    box.at_rcpt = lambda to: "550 no such person"
    to_be_told(anna)
    run_at()
    assert (row().state, row().problem, row().reply_code) == ("failed", "address_refused", 550)


def test_staff_try_again_what_failed(box, anna, team):
    mette = accounts.employee(team=team)
    message(citizen=anna, at=AT, key="k1", way=Way.EMAIL, state=State.UNSURE)
    with acting(mette) as actor:
        services.send_again(actor=actor, message_id=row().id, at=AT)
        with pytest.raises(services.NotNow):
            services.send_again(actor=actor, message_id=row().id, at=AT)
    run_at()
    assert box.receivers == [ANNA]


def test_a_folder_that_cannot_be_written_waits(folder, team):
    one = reach(citizens.citizen(team=team, channel=Channel.SMS), phone="12345678")
    to_be_told(one)
    (folder / "sms").write_text("no folder")
    done = run_at()
    assert done.away == {Way.SMS: Problem.NO_FOLDER}
    assert (row().state, row().problem) == ("waiting", "no_folder")
    (folder / "sms").unlink()
    assert run_at(AT + timedelta(minutes=6))[State.SENT] == 1


def test_a_file_that_was_begun_is_made_once_also_when_the_gateway_took_it(folder, team):
    one = reach(citizens.citizen(team=team, channel=Channel.SMS), phone="12345678")
    to_be_told(one)
    run_at()
    (file,) = (folder / "sms" / "new").iterdir()
    file.rename(folder / "sms" / TAKEN / file.name)
    from tests.factories.rows import run

    # As after a kill between the file and the mark.
    run("update outbox_message set state = 'handing_over', sent_at = null where key = $1", value="k1")
    assert run_at(AT + timedelta(minutes=20))[State.SENT] == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_a_mail_that_was_begun_when_the_worker_died_is_unsure(box, anna):
    message(citizen=anna, at=AT, key="k1", way=Way.EMAIL, state=State.HANDING_OVER)
    assert run_at(AT + timedelta(minutes=20))[State.UNSURE] == 1
    assert (row().state, box.letters) == ("unsure", [])


def test_one_that_cannot_be_made_stops_nobody(folder, team):
    broken = citizens.citizen(team=team, channel=Channel.DIGITAL_POST)
    from tests.factories.rows import run

    run("update citizens_citizen set cpr_cipher = '\\x00' where id = $1::uuid", value=broken.pk)
    sound = citizens.citizen(team=team, channel=Channel.DIGITAL_POST)
    to_be_told(broken, key="k1")
    to_be_told(sound, key="k2")
    run_at()
    assert (row("k1").state, row("k1").problem, row("k2").state) == ("waiting", "not_made", "sent")


def test_pauses_grow_to_half_an_hour():
    assert [pause_after(n) // timedelta(minutes=1) for n in (1, 2, 3, 4, 30)] == [5, 10, 20, 30, 30]


def test_a_year_later_it_is_forgotten(anna):
    message(citizen=anna, at=AT - timedelta(days=366), key="old", way=Way.EMAIL, state=State.SENT)
    message(citizen=anna, at=AT - timedelta(days=364), key="newer", way=Way.EMAIL, state=State.SENT)
    run_at()
    assert [found.key for found in rows_of("select key from outbox_message where $1=''")] == ["newer"]


# ---- By hand ----


def test_staff_say_that_they_phoned(anna, team):
    mette = accounts.employee(team=team)
    message(citizen=anna, at=AT, key="k1", way=Way.CALL)
    with acting(mette) as actor:
        services.finish_by_hand(actor=actor, message_id=row().id, at=AT)
        with pytest.raises(services.NotNow):
            services.finish_by_hand(actor=actor, message_id=row().id, at=AT)
    assert (row().state, row().done_by_id) == ("sent", str(mette.pk))


def test_others_and_the_citizen_cannot(anna):
    message(citizen=anna, at=AT, key="k1", way=Way.CALL)
    with acting(accounts.employee(team=organisations.team())) as actor, pytest.raises(services.NotThere):
        services.finish_by_hand(actor=actor, message_id=row().id, at=AT)
    one = citizens.citizen(has_login=True)
    message(citizen=one, at=AT, key="k2", way=Way.CALL)
    with acting(one.user) as actor, pytest.raises(PermissionDenied):
        services.finish_by_hand(actor=actor, message_id=row("k2").id, at=AT)


# ---- The wall ----


def test_one_sees_ones_own_and_staff_those_of_their_citizens(team):
    one = citizens.citizen(team=team, has_login=True)
    other = citizens.citizen(has_login=True)
    mette = accounts.employee(team=team)
    message(citizen=one, at=AT, key="one")
    message(citizen=other, at=AT, key="other")
    queue_message(to=Recipient(user_id=mette.pk), kind=MessageKind.TASK_DUE, link="/", key="mette", send_at=AT, at=AT)
    for user, seen in ((one.user, {"one"}), (other.user, {"other"}), (mette, {"one", "mette"})):
        with acting_as(user.pk):
            assert set(Message.objects.values_list("key", flat=True)) == seen
    with acting(mette) as actor:
        assert Message.objects.visible_to(actor).count() == 2
    with acting_as(None):
        assert Message.objects.count() == 0


def test_nobody_writes_a_message_past_the_outbox(anna, team):
    mette = accounts.employee(team=team)
    message(citizen=anna, at=AT, key="k1", way=Way.EMAIL)
    with acting_as(mette.pk):
        assert Message.objects.update(state=State.SENT, sent_at=AT) == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Message.objects.create(
                key="x", citizen=anna, kind="message", send_at=AT, made_at=AT, next_try_at=AT, link="/"
            )
    with acting_as(mette.pk), pytest.raises(ProgrammingError), transaction.atomic():
        Message.objects.update(key="other")


def test_addresses_are_for_the_worker_only(anna, team):
    from jobbro.apps.outbox.addressing import targets_of

    message(citizen=anna, at=AT, key="k1")
    with acting_as(accounts.employee(team=team).pk):
        assert targets_of([row().id]) == {}
    with acting_as(SYSTEM_ACTOR):
        (target,) = targets_of([row().id]).values()
    assert (target.email, Cpr.decrypted(target.cpr).digits[:2] != "") == (ANNA, True)


def test_a_choice_is_the_citizens_and_staff_may_note_it(anna, team):
    with acting(accounts.employee(team=team)) as actor:
        services.choose_messages(actor=actor, citizen_id=anna.pk, wishes=Wishes(way=Way.SMS), at=AT)
        services.choose_messages(actor=actor, citizen_id=anna.pk, wishes=Wishes(way=Way.EMAIL), at=AT)
    (found,) = rows_of("select way from outbox_messagechoice where $1=''")
    assert found.way == "email"
    with acting(accounts.employee(team=organisations.team())) as actor, pytest.raises(services.NotThere):
        services.choose_messages(actor=actor, citizen_id=anna.pk, wishes=Wishes(), at=AT)


# ---- Settings ----


def test_settings_say_what_is_wrong():
    found = outbox_settings({"JOBBRO_OUTBOX": "/srv/ud", "JOBBRO_SENDER_CVR": "0999:12345678, 0101:87654321"})
    assert found == {"OUTBOX_FOLDER": "/srv/ud", "SENDER_CVR": {"0999": "12345678", "0101": "87654321"}}
    for text in ("12345678", "0999:1234", "999:12345678"):
        with pytest.raises(ImproperlyConfigured):
            outbox_settings({"JOBBRO_SENDER_CVR": text})


def test_employers_see_their_own(team):
    boss = accounts.account(name="Kim Chef", kind=Kind.EMPLOYER)
    queue_message(to=Recipient(user_id=boss.pk), kind=MessageKind.TASK_DUE, link="/", key="k", send_at=AT, at=AT)
    with acting_as(boss.pk):
        assert Message.objects.count() == 1
