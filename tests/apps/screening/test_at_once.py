"""Two people at the same moment, in two transactions: one dialogue, and no answer passed over."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.screening import services
from jobbro.apps.screening.enums import Setting, Speaker, Status
from jobbro.apps.screening.models import Answer, Dialogue
from jobbro.apps.screening.services import Draft
from tests.factories import screening
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db(transaction=True)
AT, ON = datetime(2026, 3, 4, 9, tzinfo=UTC), date(2026, 3, 4)


def both_at_once(act: Callable[[User], str], *users: User) -> list[str]:
    """What each gets when all begin together, each on a connection of their own."""
    gate = Barrier(len(users))

    def one(user: User) -> str:
        try:
            gate.wait(timeout=10)
            return act(user)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(users)) as pool:
        return sorted(pool.map(one, users))


def test_two_who_start_hold_one_dialogue(mette: User, anna: Citizen) -> None:
    def start(user: User) -> str:
        with acting(user) as actor:
            topic = services.start_dialogue(actor=actor, citizen_id=anna.pk, setting=Setting.TOGETHER, at=AT, on=ON)
        return str(topic)

    assert both_at_once(start, mette, anna.user) == ["about_you", "about_you"]
    with acting(mette):
        assert Dialogue.objects.count() == 1


def test_of_two_who_answer_one_is_kept_and_the_other_is_told(mette: User, anna: Citizen) -> None:
    screening.dialogue(citizen=anna)

    def answer(user: User) -> str:
        draft = Draft(status=Status.TOLD, said_by=Speaker.CITIZEN, words=f"Fra {user.display_name}")
        try:
            with acting(user) as actor:
                services.record_answer(
                    actor=actor, citizen_id=anna.pk, topic="hopes", draft=draft, seen=None, at=AT, on=ON
                )
        except services.StaleAnswer as stale:
            return f"saw {stale.page.given is not None}"
        return "kept"

    assert both_at_once(answer, mette, anna.user) == ["kept", "saw True"]
    with acting(mette):
        assert Answer.objects.count() == 1
