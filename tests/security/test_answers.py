"""What every answer carries, also a refusal."""

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from tests.factories import accounts, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return accounts.employee(role=Role.ADMINISTRATOR, unit=organisations.unit(organisations.municipality()))


def test_a_refusal_is_kept_by_no_cache(client: Client, administrator) -> None:
    accounts.log_in(client, administrator)
    for path, status in ((reverse("caseload"), 403), ("/nowhere/", 404), (reverse("citizen_search"), 403)):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store, private")


def test_the_last_day_of_time_is_no_date_for_a_unit(client: Client, administrator) -> None:
    with accounts.acting(administrator):
        served = administrator.positions.get().unit.served.get()
    accounts.log_in(client, administrator)
    for day in ("9999-12-31", "0001-01-01"):
        answer = client.post(reverse("unit_serve_end", args=[served.unit_id, served.pk]), {"until_on": day})
        assert answer.status_code == 422
