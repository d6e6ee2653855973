"""What a company reads of meetings ends with the rest it reads of a person: twelve weeks after the job."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobbro.apps.employers.models import ContactPerson
from jobbro.apps.meetings.models import Meeting, MeetingParticipant
from tests.factories import meetings, placements
from tests.factories.accounts import acting
from tests.factories.rows import run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days_ago", "seen"), [(10, 1), (83, 1), (90, 0)])
def test_a_company_reads_meetings_for_twelve_weeks_after_the_job(days_ago: int, seen: int) -> None:
    at = placements.table()
    running = placements.running(at=at, begun=200)
    with acting(at.broker):
        contact = ContactPerson.objects.get(company=at.company, user=at.employer)
    then = timezone.now() - timedelta(days=120)
    meetings.meeting(citizen=at.citizen, by=at.broker, starts_at=then, company=at.company, contact=contact)
    placements.end(placement=running, days_ago=days_ago, by=at.broker)
    run("update matching_card set until_on = app_today() - 1")
    with acting(at.employer):
        assert Meeting.objects.count() == seen
        assert bool(MeetingParticipant.objects.count()) is bool(seen)
    with acting(at.citizen.user):
        assert Meeting.objects.count() == 1
