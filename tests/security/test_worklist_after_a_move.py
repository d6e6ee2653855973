"""Whoever has moved: the worklist of the new circle tells nothing of what went on before, as the wall does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobbro.apps.placements.models import Placement
from tests.apps.closing.test_moving import Removal
from tests.apps.worklist.test_the_same import asked_once, behind_the_wall
from tests.factories import follow_up, meetings, mobility
from tests.factories.accounts import acting
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now(), timezone.localdate()
GOING_ON = {"help_asked", "change_wish", "meeting_unanswered", "interpreter_missing", "talk_answered"}


@pytest.fixture
def removal() -> Removal:
    made = Removal()
    (job,) = rows_of("select id from placements_placement where citizen_id = $1::uuid", value=made.anna.pk)
    work = follow_up.Work(at=made.at, placement=Placement(pk=job.id))
    follow_up.help_request(at=work)
    follow_up.talk(at=work, due_on=TODAY, answers=follow_up.Answers())
    mobility.change_wish(at=made.at)
    about = meetings.meeting(citizen=made.anna, by=made.jonas, starts_at=NOW + timedelta(days=2))
    meetings.booking(meeting=about)
    return made


def codes(found) -> set[str]:
    return {code for _, code, *_ in found}


def test_the_new_circle_reads_no_needs_from_before(removal) -> None:
    with acting(removal.jonas):
        assert codes(asked_once(on=TODAY)) >= GOING_ON
    removal.answer(profile=False, plan=False)
    removal.take()
    with acting(removal.gitte) as actor:
        truth = behind_the_wall(actor, on=TODAY)
        for more in ({}, {"few": 0}):
            told = asked_once(on=TODAY, **more)
            assert not codes(told) & GOING_ON
            assert codes(told) <= codes(truth)
            assert told
    with acting(removal.anna.user):
        assert codes(asked_once(on=TODAY)) >= {"help_asked", "meeting_unanswered"}


def test_what_the_citizen_lets_go_along_does(removal) -> None:
    removal.answer(profile=True, plan=True)
    removal.take()
    with acting(removal.gitte):
        told = codes(asked_once(on=TODAY))
    assert "change_wish" in told
    assert not told & {"help_asked", "meeting_unanswered", "interpreter_missing"}
    (row,) = rows_of("select state from closing_move where id = $1::uuid", value=removal.move.pk)
    assert row.state == "taken"
