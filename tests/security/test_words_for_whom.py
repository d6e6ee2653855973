"""Free words reach those they were written for: a company reads no words about a person that staff wrote for others."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.employers.models import ContactPerson
from jobbro.apps.meetings.models import Meeting
from jobbro.apps.meetings.selectors.pages import meeting_page
from jobbro.apps.meetings.services.booking import cancel_meeting
from jobbro.apps.meetings.stamps import seen_meeting
from jobbro.apps.placements.models import OnboardingPlan, OnboardingTask
from jobbro.apps.placements.services import onboarding
from jobbro.apps.placements.stamps import seen_plan, seen_task
from tests.factories import accounts, meetings, placements
from tests.factories.accounts import acting
from tests.factories.rows import run

pytestmark = pytest.mark.django_db
NOW = timezone.now()
STARTS = NOW + timedelta(days=5)
# Stands for anything about health that somebody writes into a field.
CANARY = "Kanariehovedpine"
_TABLES = "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"


def told_at_the_wall(word: str) -> list[str]:
    """Tables in which whoever acts now finds the word, with no filter of the application."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(f"{_TABLES} and has_table_privilege(c.oid, 'select') and not c.relispartition order by 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f"select count(*) from {table} t where to_jsonb(t)::text like %s::text", [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def met(at: placements.Table, **fields: Any) -> Meeting:
    with acting(at.broker):
        contact = ContactPerson.objects.get(company=at.company, user=at.employer)
    return meetings.meeting(
        citizen=at.citizen, by=at.broker, starts_at=STARTS, company=at.company, contact=contact, **fields
    )


def test_a_company_reads_when_and_where_and_no_words_about_the_person() -> None:
    at = placements.table()
    meeting = met(at, about=f"{CANARY} om morgenen")
    run(f"update meetings_meetingwords set reason = '{CANARY} igen'")
    run(f"update meetings_meetingparticipant set answer_note = '{CANARY} i dag' where party = 'staff'")
    run("update meetings_meeting set sequence = 1")
    with acting(at.employer) as actor:
        assert told_at_the_wall(CANARY) == []
        page = meeting_page(actor=actor, meeting_id=meeting.pk, at=NOW)
        assert page is not None and (page.meeting.about, page.meeting.reason) == ("", "")
        assert [(shown.name, shown.seat.answer_note) for shown in page.seats if shown.seat.party == "staff"] == [
            (at.broker.display_name, "")
        ]
        assert (page.meeting.place, page.meeting.starts_at) == ("Havnegade 1, stuen", STARTS)
    for user in (at.broker, at.citizen.user):
        with acting(user):
            assert "meetings_meetingwords" in told_at_the_wall(CANARY)


def test_the_pages_of_a_company_say_that_it_was_changed_and_called_off_and_not_why(client: Client) -> None:
    at = placements.table()
    meeting = met(at, about=f"{CANARY} om morgenen")
    run(f"update meetings_meetingwords set reason = '{CANARY} igen'")
    run("update meetings_meeting set sequence = 1")
    address = reverse("meeting_booked", args=[meeting.pk])
    accounts.log_in(client, at.employer)
    moved = client.get(address).content.decode()
    assert "Havnegade 1" in moved and CANARY not in moved
    assert "Changed since the invitation" in moved or "Ændret" in moved
    with acting(at.broker) as actor:
        seen = seen_meeting(Meeting.objects.get())
        cancel_meeting(actor=actor, meeting_id=meeting.pk, reason=f"{CANARY} hele ugen", seen=seen, at=NOW)
    for page in (address, reverse("meetings")):
        told = client.get(page).content.decode()
        assert ("aflyst" in told.lower() or "called off" in told) and CANARY not in told
    own = Client()
    accounts.log_in(own, at.citizen.user)
    assert f"{CANARY} hele ugen" in own.get(address).content.decode()


def test_a_company_writes_no_words_either_and_nothing_is_called_off_without_a_reason() -> None:
    at = placements.table()
    meeting = met(at)
    with acting(at.employer), connection.cursor() as cursor:
        cursor.execute("update meetings_meetingwords set about = 'Noget andet'")
        assert cursor.rowcount == 0
        cursor.execute("select * from meetings_company_seats(%s::uuid)", [met(placements.table()).pk])
        assert cursor.fetchall() == []
    with acting(at.broker), pytest.raises(DatabaseError, match="with a reason"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")


def test_a_company_reads_the_way_into_a_job_without_the_reasons_of_staff(client: Client) -> None:
    at = placements.table()
    running = placements.running(at=at, begun=-20)
    day = timezone.localdate() + timedelta(days=20)
    placements.onboarding(at=at, placement=running)
    done = placements.onboarding_task(at=at, placement=running)
    dropped = placements.onboarding_task(at=at, placement=running)
    about = {"placement_id": running.pk, "at": NOW, "on": timezone.localdate()}
    with acting(at.broker) as actor:
        for task, act in ((done, onboarding.finish_onboarding_task), (dropped, onboarding.drop_onboarding_task)):
            act(
                actor=actor,
                task_id=task.pk,
                reason=f"{CANARY} siden mandag",
                seen=seen_task(OnboardingTask.objects.get(pk=task.pk)),
                at=NOW,
                on=timezone.localdate(),
            )
        seen = seen_plan(OnboardingPlan.objects.get())
        words = {"text": "Jeg vil gerne sidde ned.", "reason": f"{CANARY}: sagt i telefonen"}
        onboarding.approve_briefing(actor=actor, seen=seen, **words, **about)
    with acting(at.broker) as actor:
        seen = seen_plan(OnboardingPlan.objects.get())
        later = {"starts_on": day + timedelta(days=3), "reason": f"{CANARY} i denne uge"}
        onboarding.move_start(actor=actor, seen=seen, **later, **about)
    with acting(at.employer):
        assert told_at_the_wall(CANARY) == []
        assert OnboardingPlan.objects.get().briefing == "Jeg vil gerne sidde ned."
        assert OnboardingTask.objects.count() == 2
    accounts.log_in(client, at.employer)
    told = client.get(reverse("our_onboarding", args=[running.pk])).content.decode()
    assert "Jeg vil gerne sidde ned." in told and CANARY not in told
    assert "The day has moved" in told or "Dagen er flyttet" in told
    own = Client()
    accounts.log_in(own, at.citizen.user)
    read = own.get(reverse("onboarding", args=[running.pk])).content.decode()
    for words in ("siden mandag", "sagt i telefonen", "i denne uge"):
        assert f"{CANARY}: {words}" in read or f"{CANARY} {words}" in read
    with acting(at.broker), pytest.raises(DatabaseError, match="with a reason"), transaction.atomic():
        OnboardingTask.objects.filter(pk=placements.onboarding_task(at=at, placement=running).pk).update(dropped_on=day)
    with acting(at.employer), connection.cursor() as cursor:
        cursor.execute("update placements_onboardingplanwords set start_note = 'Noget andet'")
        assert cursor.rowcount == 0
