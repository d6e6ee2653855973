"""What waits for somebody after the first day, as the work list reads it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.follow_up.answers import Answers
from jobbro.apps.follow_up.enums import LinkState, TalkChannel, TalkParty
from jobbro.apps.follow_up.needs_doing import needs_doing
from jobbro.apps.follow_up.rhythms import InForce, rhythm_on
from jobbro.apps.follow_up.services.talks import read_talks
from tests.factories import accounts, follow_up
from tests.factories.accounts import acting
from tests.factories.rows import run

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def needs(user, *, on: date = TODAY) -> dict[str, tuple[str, date | None, object]]:
    """Need -> whose turn, by when, which employee."""
    with acting(user) as actor:
        rows = [row for query in needs_doing(actor=actor, on=on) for row in query]
    return {row["need"]: (row["waits_on"], row["due_on"], row["user_id"]) for row in rows}


@pytest.mark.parametrize("days", [0, 6, 7, 8, 29, 31, 45, 100, 200, 370, 600, 1200])
def test_the_work_list_counts_as_the_engine_does(days: int) -> None:
    at = follow_up.work(days=days)
    with acting(at.at.broker):
        rhythm = rhythm_on(municipality=at.at.citizen.municipality_id, on=TODAY)
    expected = rhythm.due(starts_on=at.starts_on, on=TODAY).last
    assert needs(at.at.broker).get("talk_due_citizen", ("", None))[1] == expected


# A month that is too short ends on its last day, also in a leap year; in the end longer than anybody works.
@pytest.mark.parametrize("starts_on", [date(2024, 2, 29), date(2024, 8, 31), date(2024, 12, 1)])
def test_the_work_list_counts_months_as_the_engine_does(starts_on: date) -> None:
    at = follow_up.work(days=(TODAY - starts_on).days)
    months = (starts_on.replace(year=starts_on.year + years, day=1) for years in (1, 2, 4, 44))
    for month in (day for first in months for day in (first, first + timedelta(days=184))):
        for on in (month + timedelta(days=days) for days in (-2, -1, 0, 26, 27, 28, 29, 30)):
            expected = InForce().due(starts_on=starts_on, on=on).last
            with acting(at.at.broker) as actor:
                assert [row["due_on"] for row in needs_doing(actor=actor, on=on)[0]] == [expected], on


@pytest.mark.parametrize("days", [0, 13, 14, 40, 70, 160, 400])
def test_a_municipality_counts_by_its_own_rhythm(days: int) -> None:
    at = follow_up.work(days=days)
    municipality = at.at.citizen.municipality_id
    follow_up.rhythm(municipality=municipality, by=at.at.broker, from_on=TODAY - timedelta(days=400))
    follow_up.rhythm(
        municipality=municipality, by=at.at.broker, from_on=TODAY + timedelta(days=1), steps=["1d"], then_months=1
    )
    with acting(at.at.broker):
        rhythm = rhythm_on(municipality=municipality, on=TODAY)
    assert rhythm.steps == ("14d", "2m")
    expected = rhythm.due(starts_on=at.starts_on, on=TODAY).last
    assert needs(at.at.broker).get("talk_due_citizen", ("", None))[1] == expected


def test_a_talk_that_is_due_is_ours_until_a_link_is_out() -> None:
    at = follow_up.work()
    due = needs(at.at.broker)["talk_due_citizen"][1]
    assert needs(at.at.broker)["talk_due_employer"][0] == "us"
    talk = follow_up.talk(at=at, due_on=due, asked_until=TODAY + timedelta(days=3))
    follow_up.link(talk=talk, by=at.at.broker)
    assert needs(at.at.broker)["talk_due_citizen"][0] == "citizen"
    assert needs(at.at.broker, on=TODAY + timedelta(days=4))["talk_due_citizen"][0] == "us"


def test_an_answer_is_to_be_read_unless_we_wrote_it_down() -> None:
    at = follow_up.work()
    due = needs(at.at.broker)["talk_due_citizen"][1]
    follow_up.talk(at=at, due_on=due, answers=Answers(overall=3))
    found = needs(at.at.broker)
    assert "talk_due_citizen" not in found
    assert found["talk_answered"][0] == "us"
    follow_up.talk(
        at=at, due_on=due, party=TalkParty.EMPLOYER, answers=Answers(overall=3), channel=TalkChannel.HELD, noted_by="J"
    )
    with acting(at.at.broker) as actor:
        read_talks(actor=actor, placement_id=at.placement.pk, at=timezone.now())
    assert needs(at.at.broker) == {}


def test_help_goes_to_the_team_lead_when_its_day_has_passed() -> None:
    at = follow_up.work(days=3)
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=at.at.team.unit, name="Lis Leder")
    row = follow_up.help_request(at=at)
    assert needs(at.at.broker)["help_asked"] == ("us", row.answer_by, None)
    late = needs(at.at.broker, on=row.answer_by + timedelta(days=1))
    assert late == {"help_overdue": ("us", row.answer_by, lead.pk)}


def test_a_stopped_link_and_a_long_sick_leave_are_told() -> None:
    at = follow_up.work(days=30)
    talk = follow_up.talk(at=at, due_on=TODAY - timedelta(days=2))
    follow_up.link(talk=talk, by=at.at.broker, state=LinkState.STOPPED)
    follow_up.sick_leave(at=at, from_on=TODAY - timedelta(days=15))
    found = needs(at.at.broker)
    assert found["talk_link_stopped"][0] == "us"
    assert found["return_to_plan"][1] == TODAY - timedelta(days=1)
    run("update follow_up_sickleave set plan = 'Onsdag' where $1 is not null")
    assert "return_to_plan" not in needs(at.at.broker)


def test_nobody_else_has_anything_to_do() -> None:
    at = follow_up.work()
    follow_up.help_request(at=at)
    other = follow_up.work(days=1)
    assert needs(other.at.broker) == {}
    assert "talk_due_citizen" in needs(at.at.citizen.user)


def test_a_job_that_has_ended_needs_nothing() -> None:
    at = follow_up.work()
    follow_up.ended(at)
    assert needs(at.at.broker) == {}
