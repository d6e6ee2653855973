"""What people see when something did not work."""

import pytest
from django.test import Client

from tests.factories import accounts, organisations

pytestmark = pytest.mark.django_db


def test_more_than_a_page_takes_is_told_as_such(client: Client) -> None:
    user = accounts.employee(team=organisations.team())
    client.raise_request_exception = False
    answer = accounts.log_in(client, user).post("/search/", {"text": "x" * 3_000_000})
    assert answer.status_code == 413
    assert 'lang="da"' in answer.content.decode()


def test_a_page_that_does_not_exist_answers_in_danish(client: Client) -> None:
    answer = client.get("/findes-ikke/")
    assert answer.status_code == 404
    assert "Vi kan ikke finde siden" in answer.content.decode()
