"""Logging in: guessing is slow, the answer never tells who exists, every try is in the log."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from jobbro.apps.accounts import services
from jobbro.apps.accounts.models import LoginAttempt, User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.audit.models import Event
from tests.factories import accounts
from tests.factories.rows import write

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
PASSWORD = accounts.PASSWORD


def tried(*, username: str = "mette", password: str = PASSWORD, address: str = "10.0.0.1", at: datetime = NOW):
    return services.try_login(username=username, password=password, address=address, request_id=uuid7(), at=at)


def fail(times: int, **more) -> None:
    for _ in range(times):
        assert tried(password="forkert", **more).account is None


def test_the_right_password_opens_and_the_transaction_acts_as_the_account() -> None:
    mette = accounts.account(name="Mette", username="mette", password=PASSWORD)
    with acting_as(None):
        assert tried().account == mette
        assert User.objects.get() == mette


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer() -> None:
    accounts.account(name="Mette", username="mette", password=PASSWORD)
    with acting_as(None):
        assert tried(password="forkert") == tried(username="ukendt") == services.Login()


def test_an_account_that_is_closed_cannot_log_in() -> None:
    mette = accounts.account(name="Mette", username="mette", password=PASSWORD)
    with acting_as(mette.pk):
        User.objects.filter(pk=mette.pk).update(is_active=False)
    with acting_as(None):
        assert tried().account is None


def test_the_sixth_try_waits_even_with_the_right_password() -> None:
    accounts.account(name="Mette", username="mette", password=PASSWORD)
    with acting_as(None):
        fail(5)
        waiting = tried(at=NOW + timedelta(minutes=5))
        assert (waiting.account, waiting.wait) == (None, timedelta(minutes=10))


def test_after_a_quarter_of_an_hour_there_may_be_a_new_try() -> None:
    accounts.account(name="Mette", username="mette", password=PASSWORD)
    with acting_as(None):
        fail(5)
        assert tried(at=NOW + timedelta(minutes=15)).account is not None
        assert LoginAttempt.objects.count() == 0


def test_four_failures_and_the_right_password_begin_anew() -> None:
    accounts.account(name="Mette", username="mette", password=PASSWORD)
    with acting_as(None):
        fail(4)
        assert tried().account is not None
        fail(4)
        assert tried().wait is None


def test_another_name_and_another_address_are_counted_apart() -> None:
    accounts.account(name="Mette", username="mette", password=PASSWORD)
    with acting_as(None):
        fail(5)
        fail(1, username="ole")
        assert tried(address="10.0.0.2").account is not None


def test_a_failed_try_is_in_the_log_without_the_name_that_was_typed() -> None:
    with acting_as(None):
        tried(username="ukendt-navn")
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        event = Event.objects.get(verb=Verb.LOGIN_FAILED)
        assert (event.subject, event.detail) == ("", {})
        cursor.execute("select key from accounts_loginattempt")
        assert len(bytes(cursor.fetchone()[0])) == 32


def first_time_user() -> User:
    return write(User(username="ny", kind="staff", display_name="Ny", must_change_password=True, password="x"))


def test_the_first_password_is_chosen_once() -> None:
    ny = first_time_user()
    with acting_as(None):
        chosen = services.choose_first_password(account_id=ny.pk, password="grøn-sko-lampe-fjord", request_id=uuid7())
        assert chosen is not None
        assert not chosen.must_change_password
    with acting_as(None):
        again = services.choose_first_password(account_id=ny.pk, password="en-anden-lang-kode", request_id=uuid7())
        assert again is None


@pytest.mark.parametrize("weak", ["kort", "password1234", "ny"])
def test_a_weak_first_password_is_refused_with_sentences(weak: str) -> None:
    ny = first_time_user()
    with acting_as(None), pytest.raises(services.PasswordRefused) as refused:
        services.choose_first_password(account_id=ny.pk, password=weak, request_id=uuid7())
    assert refused.value.problems


def test_the_own_password_changes_only_with_the_old_one() -> None:
    mette = accounts.account(name="Mette", username="mette", password=PASSWORD)
    with accounts.acting(mette) as actor:
        with pytest.raises(services.PasswordRefused):
            services.change_password(actor=actor, old="forkert", new="grøn-sko-lampe-fjord")
        services.change_password(actor=actor, old=PASSWORD, new="grøn-sko-lampe-fjord")
        assert User.objects.get(pk=mette.pk).check_password("grøn-sko-lampe-fjord")


def test_preferences_follow_the_person() -> None:
    mette = accounts.account(name="Mette")
    with accounts.acting(mette) as actor:
        services.set_language(actor=actor, language="en")
        services.set_easy(actor=actor, is_easy=True)
        kept = User.objects.get(pk=mette.pk)
        assert (kept.language, kept.is_easy) == ("en", True)
        with pytest.raises(ValueError, match="no language"):
            services.set_language(actor=actor, language="xx")
