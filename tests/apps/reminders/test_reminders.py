"""Reminders: who gets one, what it says and does not say, once a day, and what happens when it cannot be sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from config.settings.mail import mail_settings, refuse_plain_mail
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.applications.enums import VacancyState
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.models import Event, Look
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.reminders import services, tasks
from jobbro.apps.reminders.enums import Problem, State
from jobbro.apps.reminders.facts import Counts, counts_for
from jobbro.apps.reminders.models import Digest, MailChoice
from jobbro.apps.reminders.selectors import my_reminders
from jobbro.apps.reminders.services import choose_mail, make_digests, pause_after, send_digests
from tests.apps.reminders.mailbox import Mailbox, mail_of, running_mailbox
from tests.factories import accounts, applications, cases, citizens, employers, organisations, placements
from tests.factories.accounts import acting
from tests.factories.reminders import deadline, reachable
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
# The positions of today are asked of the database's own clock, so today it is.
AT = timezone.now().replace(microsecond=0)
TODAY = timezone.localdate(AT)
METTE, BO, LINE = "mette@proevekoebing.example", "bo@proevekoebing.example", "line@proevekoebing.example"


@dataclass
class People:
    mette: User
    bo: User
    line: User
    anna: Citizen


@pytest.fixture
def people() -> People:
    team = organisations.team()
    mette = reachable(accounts.employee(team=team), METTE)
    return People(
        mette=mette,
        bo=reachable(accounts.employee(team=team, name="Bo Bro"), BO, language="en"),
        line=reachable(accounts.employee(role=Role.TEAM_LEAD, team=team, name="Line Leder"), LINE),
        anna=citizens.citizen(team=team, lead=mette),
    )


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        yield mailbox


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def run_once(*, at: datetime = AT, on: date = TODAY) -> services.Delivery:
    make_digests(on=on, at=at)
    return send_digests(on=on, clock=lambda: at)


def digest_of(user: User) -> Digest:
    with acting_as(user.pk):
        return Digest.objects.get(user_id=user.pk)


def text_of(letter) -> str:
    return letter.get_payload(decode=True).decode("utf-8")


# ---- What is counted ----


def test_the_contact_person_counts_what_comes_and_what_has_passed(people):
    deadline(citizen=people.anna, staff=people.mette, on=days(-1))
    deadline(citizen=people.anna, staff=people.mette, on=TODAY, scheme="mentor")
    deadline(citizen=people.anna, staff=people.mette, on=days(7), scheme="paragraf_56")
    deadline(citizen=people.anna, staff=people.mette, on=days(8), scheme="hjaelpemidler")
    applications.vacancy(citizen=people.anna, noted_by=people.mette, state=VacancyState.ACCOUNT_SENT)
    assert counts_for(user_id=people.mette.pk, on=TODAY) == Counts(late=1, soon=2, undated=1)
    assert counts_for(user_id=people.bo.pk, on=TODAY) == Counts()


def test_cover_is_told_what_has_passed_and_the_team_lead_what_has_passed_by_more_than_a_week(people):
    cases.member(case=people.anna.case, user=people.bo, role=MemberRole.COVER)
    deadline(citizen=people.anna, staff=people.mette, on=days(-7))
    deadline(citizen=people.anna, staff=people.mette, on=days(1), scheme="mentor")
    assert counts_for(user_id=people.bo.pk, on=TODAY) == Counts(late=1)
    assert counts_for(user_id=people.line.pk, on=TODAY) == Counts()
    deadline(citizen=people.anna, staff=people.mette, on=days(-8), scheme="paragraf_56")
    assert counts_for(user_id=people.line.pk, on=TODAY) == Counts(team_late=1)


def test_agreed_next_steps_are_counted(people):
    team = people.anna.case.team
    citizens.citizen(team=team, lead=people.mette, next_step="Ring", next_step_on=days(3))
    citizens.citizen(team=team, lead=people.mette, next_step="Ring", next_step_on=days(-3))
    citizens.citizen(team=team, lead=people.mette, next_step="Ring", next_step_on=days(8))
    citizens.citizen(team=team, lead=people.bo, next_step="Ring", next_step_on=days(3))
    assert counts_for(user_id=people.mette.pk, on=TODAY) == Counts(steps=2)


def test_promises_to_and_from_ones_own_companies_are_counted():
    broker = employers.job_broker()
    mine, foreign = employers.company(broker=broker), employers.company(broker=employers.job_broker(name="Bo Bro"))
    for company, number in ((mine, -2), (mine, 7), (mine, 8), (foreign, 1)):
        employers.promise(company=company, due_on=days(number), promised_on=days(-9))
    assert counts_for(user_id=broker.pk, on=TODAY) == Counts(steps=2)


def test_meetings_and_support_about_jobs_are_counted():
    at = placements.table()
    placements.introduction(at=at)
    placements.arrangement(at=at, due_on=placements.in_days(-2))
    placements.arrangement(at=at, measure=placements.KEPT_MEASURE, scheme="none", due_on=placements.in_days(9))
    placements.agreement(at=at)
    assert counts_for(user_id=at.broker.pk, on=placements.in_days(0)) == Counts(steps=2)


def test_what_has_no_day_is_told_on_mondays_only():
    undated = Counts(undated=2)
    assert [undated.are_worth_telling(on=date(2026, 11, day)) for day in (23, 24)] == [True, False]
    assert Counts(undated=1, late=1).are_worth_telling(on=date(2026, 11, 24))
    assert not Counts().are_worth_telling(on=date(2026, 11, 23))


def test_counting_looks_at_nobody(people):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    make_digests(on=TODAY, at=AT)
    assert rows_of("select id from audit_look where $1 = ''") == []
    with acting_as(people.mette.pk):
        assert Look.objects.count() == 0


# ---- The letter ----


def test_the_letter_has_numbers_and_a_link_and_nothing_about_anybody(people, box):
    deadline(citizen=people.anna, staff=people.mette, on=days(-1))
    deadline(citizen=people.anna, staff=people.mette, on=days(2), scheme="mentor")
    applications.vacancy(citizen=people.anna, noted_by=people.mette, title="Kontorassistent")
    assert run_once()[State.SENT] == 1
    (letter,) = box.to(METTE)
    assert letter["From"] == "jobbro@proevekoebing.example"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<{digest_of(people.mette).pk}@proevekoebing.example>"
    assert letter["Date"]
    assert letter["Content-Language"] == "da"
    text = text_of(letter)
    assert "https://jobbro.proevekoebing.example/deadlines/" in text
    assert "https://jobbro.proevekoebing.example/reminders/" in text
    whole = box.raw[0].decode() + text + str(letter["Subject"])
    for word in ("Anna", "Lund", "Mette", "Holm", "entor", "ssistan", str(people.anna.pk), "Prøve Bageri"):
        assert word not in whole.replace("Prøvekøbing", ""), word
    assert whole.isprintable() or "\r" in whole


def test_next_steps_are_found_on_the_page_of_today(people, box):
    citizens.citizen(team=people.anna.case.team, lead=people.mette, next_step="Ring", next_step_on=days(3))
    run_once()
    lines = text_of(box.to(METTE)[0]).splitlines()
    assert "https://jobbro.proevekoebing.example/" in lines
    assert "https://jobbro.proevekoebing.example/deadlines/" not in lines


def test_it_is_written_in_the_persons_language(people, box):
    lone = citizens.citizen(team=people.anna.case.team, lead=people.bo, given_name="Per")
    for citizen, staff in ((people.anna, people.mette), (lone, people.bo)):
        deadline(citizen=citizen, staff=staff, on=days(2))
        deadline(citizen=citizen, staff=staff, on=days(-2), scheme="mentor")
    run_once()
    english, danish = text_of(box.to(BO)[0]), text_of(box.to(METTE)[0])
    assert "You have 1 deadline in the next 7 days." in english
    assert "1 deadline has passed." in english
    assert "Du har 1 frist de næste 7 dage." in danish
    assert "1 frist er overskredet." in danish


# ---- Once a day ----


def test_a_second_run_sends_nothing_and_the_next_day_has_its_own(people, box):
    deadline(citizen=people.anna, staff=people.mette, on=days(5))
    assert run_once()[State.SENT] == 1
    deadline(citizen=people.anna, staff=people.mette, on=days(6), scheme="mentor")
    assert run_once(at=AT + timedelta(minutes=10))[State.SENT] == 0
    assert run_once(at=AT + timedelta(days=1), on=days(1))[State.SENT] == 1
    assert "2 " in text_of(box.to(METTE)[1])
    with acting_as(SYSTEM_ACTOR):
        sent = list(rows_of("select actor_id, citizen_id from audit_event where verb = $1", value="reminder_sent"))
    assert {(row.actor_id, row.citizen_id) for row in sent} == {(str(SYSTEM_ACTOR), None)}
    assert len(sent) == 2


def test_without_anything_to_tell_nothing_is_sent_and_it_is_not_counted_again(people, box):
    outlook = make_digests(on=TODAY, at=AT)
    assert (outlook.told, outlook.nothing) == (0, 3)
    assert make_digests(on=TODAY, at=AT).made_before == 3
    assert send_digests(on=TODAY, clock=lambda: AT)[State.SENT] == 0
    assert box.letters == []
    assert digest_of(people.mette).state == State.NOTHING


def test_who_said_no_has_no_address_left_or_is_no_caseworker_gets_none(people, box):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    with acting(people.mette) as actor:
        assert my_reminders(actor=actor).wants_mail
        choose_mail(actor=actor, wants_mail=False, at=AT)
        assert not my_reminders(actor=actor).wants_mail
    run("update accounts_user set email = '' where id = $1::uuid", value=people.bo.pk)
    run("update accounts_user set is_active = false where id = $1::uuid", value=people.line.pk)
    reachable(accounts.employee(role=Role.ANALYST, team=people.anna.case.team, name="Ane"), "ane@x.example")
    reachable(accounts.employee(team=people.anna.case.team, name="Gone", until_on=date(2026, 1, 1)), "gone@x.example")
    outlook = make_digests(on=TODAY, at=AT)
    assert (outlook.told, outlook.nothing, outlook.no_mail, outlook.no_address) == (0, 0, 1, 1)
    assert box.letters == []
    with acting(people.mette) as actor:
        choose_mail(actor=actor, wants_mail=True, at=AT)
    assert run_once()[State.SENT] == 1
    with acting_as(people.mette.pk):
        assert Event.objects.filter(verb="preferences_changed").count() == 2


def test_who_says_no_before_it_is_sent_gets_none(people, box):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    make_digests(on=TODAY, at=AT)
    with acting(people.mette) as actor:
        choose_mail(actor=actor, wants_mail=False, at=AT)
    assert send_digests(on=TODAY, clock=lambda: AT)[State.CALLED_OFF] == 1
    assert box.letters == []


# ---- When it cannot be sent ----


def test_a_refused_address_is_not_tried_again_and_a_busy_server_is_later(people, box):
    lone = citizens.citizen(team=people.anna.case.team, lead=people.bo, given_name="Per")
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    deadline(citizen=lone, staff=people.bo, on=days(1))
    box.at_rcpt = lambda to: "550 no such person" if to == METTE else "451 later"
    done = run_once()
    assert (done[State.FAILED], done[State.WAITING], done.is_server_away) == (1, 1, False)
    mette, bo = digest_of(people.mette), digest_of(people.bo)
    assert (mette.state, mette.problem, mette.reply_code) == (State.FAILED, Problem.ADDRESS_REFUSED, 550)
    assert (bo.state, bo.problem, bo.reply_code, bo.attempts) == (State.WAITING, Problem.ADDRESS_REFUSED, 451, 1)
    assert bo.next_try_at == AT + timedelta(minutes=5)
    box.at_rcpt = lambda to: None
    assert run_once(at=AT + timedelta(minutes=4))[State.SENT] == 0
    assert run_once(at=AT + timedelta(minutes=5))[State.SENT] == 1
    assert box.receivers == [BO]
    assert (digest_of(people.bo).attempts, digest_of(people.bo).problem) == (2, "")


def test_a_letter_that_the_server_answered_no_to_was_not_sent(people, box):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    box.at_data = lambda to: "452 full"
    assert run_once()[State.WAITING] == 1
    box.at_data = lambda to: "554 not this one"
    assert run_once(at=AT + timedelta(minutes=5))[State.FAILED] == 1
    assert digest_of(people.mette).problem == Problem.LETTER_REFUSED


def test_a_lost_answer_is_never_sent_twice(people, box):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    lone = citizens.citizen(team=people.anna.case.team, lead=people.bo, given_name="Per")
    deadline(citizen=lone, staff=people.bo, on=days(1))
    box.at_data = lambda to: "hang up" if to == METTE else None
    done = run_once()
    assert (done[State.UNSURE], done[State.SENT]) == (1, 1)
    assert digest_of(people.mette).problem == Problem.LOST
    box.at_data = lambda to: None
    assert run_once(at=AT + timedelta(hours=3))[State.SENT] == 0
    assert box.receivers == [BO]
    assert run_once(at=AT + timedelta(days=1), on=days(1))[State.SENT] == 2


def test_a_server_that_is_away_holds_all_back_and_nobody_is_forgotten(people):
    lone = citizens.citizen(team=people.anna.case.team, lead=people.bo, given_name="Per")
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    deadline(citizen=lone, staff=people.bo, on=days(1))
    with running_mailbox() as gone:
        pass
    with override_settings(**mail_of(gone.port)):
        done = run_once()
        assert (done.is_server_away, done[State.WAITING], done[State.SENT]) == (True, 2, 0)
        assert {digest_of(user).problem for user in (people.mette, people.bo)} == {Problem.NO_CONNECTION}
        assert run_once(at=AT + timedelta(minutes=1)).is_server_away is False
    with running_mailbox() as box:
        assert run_once(at=AT + timedelta(minutes=5))[State.SENT] == 2
        assert box.receivers == [BO, METTE]


def test_a_refused_login_says_so(people, box):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    with override_settings(MAIL_USER="jobbro", MAIL_PASSWORD="forkert"):
        assert run_once().is_server_away
    assert digest_of(people.mette).state == State.WAITING


def test_what_was_not_reached_in_a_day_lapses_and_old_ones_go(people):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    make_digests(on=TODAY, at=AT)
    with running_mailbox() as box:
        done = run_once(at=AT + timedelta(days=1), on=days(1))
        assert (done[State.LAPSED], done[State.SENT]) == (1, 1)
        assert len(box.letters) == 1
        later = AT + timedelta(days=92)
        send_digests(on=timezone.localdate(later), clock=lambda: later)
    assert rows_of("select id from reminders_digest where $1 = ''") == []


def test_pauses_grow_to_two_hours():
    assert [pause_after(n).seconds // 60 for n in (1, 2, 3, 5, 6, 400)] == [5, 10, 20, 80, 120, 120]


def test_a_process_that_was_held_up_does_not_send_what_another_has_taken(people, box, monkeypatch):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    make_digests(on=TODAY, at=AT)
    real = services._begin

    def too_late(digest, *, at):
        run("update reminders_digest set attempts = attempts + 1 where id = $1::uuid", value=digest.pk)
        real(digest, at=at)

    monkeypatch.setattr(services, "_begin", too_late)
    done = send_digests(on=TODAY, clock=lambda: AT)
    assert (done[State.SENT], box.letters) == (0, [])
    assert digest_of(people.mette).state == State.WAITING


def test_one_whose_deadlines_cannot_be_read_stops_nobody_and_is_tried_again(people, box, monkeypatch):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    real = services.counts_for

    def broken(*, user_id, on):
        if user_id == people.bo.pk:
            raise ValueError
        return real(user_id=user_id, on=on)

    monkeypatch.setattr(services, "counts_for", broken)
    outlook = make_digests(on=TODAY, at=AT)
    assert (outlook.unread, outlook.told) == (1, 1)
    monkeypatch.setattr(services, "counts_for", real)
    assert make_digests(on=TODAY, at=AT).nothing == 1


# ---- The wall ----


def test_a_reminder_is_read_by_its_person_and_written_by_the_worker_only(people):
    deadline(citizen=people.anna, staff=people.mette, on=days(1))
    make_digests(on=TODAY, at=AT)
    for user, seen in ((people.mette, 1), (people.bo, 1), (people.anna.user or people.line, 1)):
        with acting_as(user.pk):
            assert Digest.objects.count() == seen
            assert Digest.objects.exclude(user_id=user.pk).count() == 0
            assert Digest.objects.update(soon=99) == 0
    with acting_as(None):
        assert Digest.objects.count() == 0
    row = Digest(user_id=people.bo.pk, day=days(9), state=State.WAITING, made_at=AT, next_try_at=AT)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(people.bo.pk):
        row.save(force_insert=True)
    choice = MailChoice(user_id=people.mette.pk, wants_mail=False, chosen_at=AT)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(people.bo.pk):
        choice.save(force_insert=True)


@pytest.mark.parametrize("statement", ["reminders_staff(current_date)", "reminders_address(%s::uuid)"])
def test_only_the_worker_is_told_who_and_where(people, statement):
    make_digests(on=TODAY, at=AT)
    values = [digest_of(people.mette).pk] if "%s" in statement else []
    for actor, rows in ((SYSTEM_ACTOR, True), (people.line.pk, False), (None, False)):
        with acting_as(actor), connection.cursor() as cursor:
            cursor.execute(f"select * from {statement}", values)
            assert bool(cursor.fetchall()) is rows


# ---- When, and how it is set up ----


def test_letters_are_sent_on_working_days_by_day(people, box):
    made = []
    for moment, is_time in (
        (datetime(2026, 11, 23, 5, 29, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 5, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 17, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 21, 9, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 22, 9, 0, tzinfo=UTC), False),
        # Summer time began the day before: half past six is half past four in UTC.
        (datetime(2027, 3, 29, 4, 30, tzinfo=UTC), True),
    ):
        assert tasks.send_due(at=moment) is is_time, moment
        made.append(moment)
    with override_settings(MAIL_ENABLED=False):
        assert not tasks.send_due(at=datetime(2026, 11, 23, 9, tzinfo=UTC))


def test_the_mail_settings_are_whole_or_not_there():
    assert mail_settings({})["MAIL_ENABLED"] is False
    good = {
        "JOBBRO_SMTP_HOST": "smtp.kommune.dk",
        "JOBBRO_MAIL_FROM": "jobbro@kommune.dk",
        "JOBBRO_ADDRESS": "https://jobbro.kommune.dk/",
    }
    settings = mail_settings(good)
    assert (settings["MAIL_ENABLED"], settings["MAIL_PORT"], settings["MAIL_SECURITY"]) == (True, 587, "starttls")
    assert settings["PUBLIC_ADDRESS"] == "https://jobbro.kommune.dk"
    refuse_plain_mail(settings)
    for changes in (
        {"JOBBRO_MAIL_FROM": ""},
        {"JOBBRO_ADDRESS": ""},
        {"JOBBRO_SMTP_USER": "a"},
        {"JOBBRO_SMTP_PORT": "x"},
        {"JOBBRO_SMTP_PORT": "70000"},
        {"JOBBRO_SMTP_SECURITY": "ssl3"},
        {"JOBBRO_MAIL_FROM": "Jobbro <jobbro@kommune.dk>"},
        {"JOBBRO_MAIL_FROM": "a@b.dk\nBcc: c@d.dk"},
        {"JOBBRO_ADDRESS": "jobbro.kommune.dk"},
        {"JOBBRO_ADDRESS": "https://jobbro.kommune.dk/x"},
    ):
        with pytest.raises(ImproperlyConfigured):
            mail_settings(good | changes)
    for changes in ({"JOBBRO_SMTP_SECURITY": "none"}, {"JOBBRO_ADDRESS": "http://jobbro.kommune.dk"}):
        with pytest.raises(ImproperlyConfigured):
            refuse_plain_mail(mail_settings(good | changes))
    refuse_plain_mail(mail_settings(good | {"JOBBRO_SMTP_SECURITY": "none", "JOBBRO_SMTP_HOST": "127.0.0.1"}))


def test_the_check_says_when_there_is_no_mail_server(capsys):
    with override_settings(MAIL_ENABLED=False):
        call_command("check", "--deploy", "--tag", "reminders")
    assert "ikke sat en mailserver op" in "".join(capsys.readouterr())
