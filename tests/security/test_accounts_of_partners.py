"""A login at a partner is an account of its own; one that was replaced is closed and comes back nowhere."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from jobbro.apps.accounts.enums import Kind
from jobbro.apps.accounts.models import User
from jobbro.apps.external_actors.models import ExternalPerson
from jobbro.apps.external_actors.services.people import renew_external_login
from tests.factories import accounts, external_actors
from tests.factories.external_actors import Cooperation, today
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
REFUSED = "permission denied|row-level security"


def bind(laid: Cooperation, account: User) -> None:
    """A new person at the partner with this account, past the application's own service."""
    with accounts.acting(laid.caseworker), transaction.atomic():
        ExternalPerson(
            external_actor=laid.partner,
            user_id=account.pk,
            name="Ny Person",
            email="ny@sammen.example",
            added_by_id=laid.caseworker.pk,
            from_on=today(),
            until_on=today() + timedelta(days=5),
        ).save(force_insert=True)


def rebind(laid: Cooperation, account: User) -> None:
    with accounts.acting(laid.caseworker), transaction.atomic():
        ExternalPerson.objects.filter(pk=laid.person.pk).update(user_id=account.pk)


def closed() -> User:
    account = accounts.account(name="Lukket", kind=Kind.EXTERNAL)
    run("update accounts_user set is_active = false where id = $1::uuid", value=account.pk)
    return account


@pytest.mark.parametrize("way", [bind, rebind])
def test_an_account_of_somebody_else_is_bound_to_nobody(way) -> None:
    laid, other = Cooperation(), Cooperation()
    foreign = (other.person.user, other.caseworker, other.citizen.user, laid.caseworker, closed())
    for account in foreign:
        with pytest.raises(DatabaseError, match=REFUSED):
            way(laid, account)
    ours = external_actors.person(partner=laid.partner, name="Poul Partner")
    with pytest.raises(DatabaseError, match=REFUSED):
        way(laid, ours.user)
    way(laid, accounts.account(name="Ny", kind=Kind.EXTERNAL))


def test_a_login_that_was_replaced_is_closed_and_comes_back_nowhere() -> None:
    laid, other = Cooperation(), Cooperation()
    before = laid.person.user
    with accounts.acting(laid.caseworker) as actor:
        renew_external_login(actor=actor, person_id=laid.person.pk, on=today())
    (row,) = rows_of("select is_active from accounts_user where id = $1::uuid", value=before.pk)
    assert row.is_active is False
    for cooperation in (laid, other):
        with pytest.raises(DatabaseError, match=REFUSED):
            rebind(cooperation, before)
