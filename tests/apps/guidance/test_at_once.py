"""Two people tell the same fact at the same moment, in two transactions: one is kept and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection

from jobbro.apps.accounts.models import User
from jobbro.apps.guidance import services
from jobbro.apps.guidance.models import KnownFacts, ToldFact
from jobbro.apps.guidance.refusals import Changed
from jobbro.apps.guidance.services import FactDraft
from tests.factories import accounts, citizens, organisations

pytestmark = pytest.mark.django_db(transaction=True)
AT, ON = datetime(2026, 3, 4, 9, tzinfo=UTC), date(2026, 3, 4)


def test_of_two_who_tell_one_is_kept_and_the_other_is_told() -> None:
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff, has_login=True)
    gate = Barrier(2)

    def tell(user: User, value: str) -> str:
        draft = FactDraft(code="work_form", value=value)
        try:
            gate.wait(timeout=10)
            with accounts.acting(user) as actor:
                services.tell_fact(actor=actor, citizen_id=citizen.pk, draft=draft, seen=None, at=AT, on=ON)
        except Changed:
            return "told"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(tell, [staff, citizen.user], ["employee", "self_employed"]))
    assert outcomes == ["kept", "told"]
    with accounts.acting(staff):
        assert ToldFact.objects.count() == 1
        assert KnownFacts.objects.get().work_form == ToldFact.objects.get().value
