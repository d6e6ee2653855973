"""Services of the citizen's own details: what each promises and what each refuses."""

from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens import services
from jobbro.apps.citizens.contacts import Address, ContactChange, Meeting, Name
from jobbro.apps.citizens.enums import Channel, ConsentPurpose
from jobbro.apps.citizens.models import BenefitPeriod, Consent
from jobbro.apps.citizens.selectors import benefits_of, consents_of, contact_card
from tests.factories import accounts, citizens, organisations

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SIGN = Meeting(channel=Channel.VIDEO, interpreter="Dansk tegnsprog", phone="11 22 33 44")


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def worker(team):
    return accounts.employee(team=team)


def _change(actor, citizen, **changes):
    card = contact_card(actor=actor, citizen_id=citizen.pk, with_protected=True)
    services.change_contact(
        actor=actor, citizen_id=citizen.pk, change=ContactChange(**changes), version=card.version, at=NOW
    )
    return contact_card(actor=actor, citizen_id=citizen.pk, with_protected=True)


def test_what_is_not_on_the_form_stays(team, worker):
    citizen = citizens.citizen(team=team)
    with accounts.acting(worker) as actor:
        card = _change(actor, citizen, meeting=SIGN)
    assert card.meeting == SIGN
    assert card.address == Address(address="Prøvevej 1", postcode="9999", city="Prøvekøbing")
    assert card.full_name == "Anna Lund"


def test_a_form_opened_before_somebody_elses_change_is_refused(team, worker):
    citizen = citizens.citizen(team=team)
    with accounts.acting(worker) as actor:
        old = contact_card(actor=actor, citizen_id=citizen.pk).version
        _change(actor, citizen, meeting=SIGN)
        with pytest.raises(services.ContactChangedMeanwhile):
            services.change_contact(
                actor=actor, citizen_id=citizen.pk, change=ContactChange(meeting=Meeting()), version=old, at=NOW
            )


def test_citizens_change_how_they_are_met_but_not_their_name():
    citizen = citizens.citizen(has_login=True)
    with accounts.acting(citizen.user) as actor:
        assert _change(actor, citizen, meeting=SIGN).meeting == SIGN
        with pytest.raises(PermissionDenied):
            _change(actor, citizen, name=Name(given_name="Anden", family_name="Person"))


def test_a_foreign_citizen_is_unknown(worker):
    citizen = citizens.citizen()
    with accounts.acting(worker) as actor, pytest.raises(services.CitizenUnknown):
        services.change_contact(
            actor=actor, citizen_id=citizen.pk, change=ContactChange(meeting=SIGN), version="", at=NOW
        )


def test_a_protected_address_is_kept_back_until_asked_for(team, worker):
    citizen = citizens.protected_address(team=team)
    with accounts.acting(worker) as actor:
        assert contact_card(actor=actor, citizen_id=citizen.pk).address is None
        assert contact_card(actor=actor, citizen_id=citizen.pk, with_protected=True).address is not None


def test_a_consent_is_given_once_and_taken_back_once(team, worker):
    citizen = citizens.citizen(team=team)
    with accounts.acting(worker) as actor:
        about = {"actor": actor, "citizen_id": citizen.pk, "at": NOW}
        first = services.give_consent(**about, purpose=ConsentPurpose.NETWORK, recipient="Min søster")
        assert services.give_consent(**about, purpose=ConsentPurpose.NETWORK, recipient="Min søster") == first
        services.withdraw_consent(**about, consent_id=first.pk)
        services.withdraw_consent(**about, consent_id=first.pk)
        assert Consent.objects.get().withdrawn_at == NOW
        found = consents_of(actor=actor, citizen_id=citizen.pk)
        assert (len(found.standing), len(found.withdrawn)) == (0, 1)


def test_a_new_benefit_ends_the_one_before(team, worker):
    citizen = citizens.citizen(team=team)
    with accounts.acting(worker) as actor:
        about = {"actor": actor, "citizen_id": citizen.pk}
        services.set_benefit_period(**about, benefit="Kontanthjælp", from_on=date(2025, 1, 1))
        services.set_benefit_period(**about, benefit="Sygedagpenge", from_on=date(2026, 2, 1))
        ends = list(BenefitPeriod.objects.order_by("from_on").values_list("until_on", flat=True))
        assert ends == [date(2026, 1, 31), None]
        with pytest.raises(services.PeriodNotInOrder):
            services.set_benefit_period(**about, benefit="SU", from_on=date(2026, 1, 1))
        services.end_benefit_period(**about, until_on=date(2026, 3, 1))
        periods = benefits_of(actor=actor, citizen_id=citizen.pk).periods
        assert (periods[0].benefit, periods[0].until_on) == ("Sygedagpenge", date(2026, 3, 1))


def test_citizens_do_not_keep_their_own_benefit_periods():
    citizen = citizens.citizen(has_login=True)
    with accounts.acting(citizen.user) as actor, pytest.raises(PermissionDenied):
        services.set_benefit_period(actor=actor, citizen_id=citizen.pk, benefit="SU", from_on=date(2026, 1, 1))


def test_a_citizen_gets_a_login_whose_name_tells_nothing(team, worker):
    citizen = citizens.citizen(team=team)
    with accounts.acting(worker) as actor:
        login = services.invite_citizen_login(actor=actor, citizen_id=citizen.pk)
        with pytest.raises(services.LoginExists):
            services.invite_citizen_login(actor=actor, citizen_id=citizen.pk)
    assert "lund" not in login.username
    with accounts.acting_as(login.user_id):
        user = User.objects.get(pk=login.user_id)
        assert user.must_change_password
        assert check_password(login.password, user.password)
        assert (
            contact_card(actor=accounts.actor_of(user=user, on=NOW.date()), citizen_id=citizen.pk).citizen_id
            == citizen.pk
        )


def test_key_persons_invite_nobody(team):
    citizen = citizens.citizen(team=team)
    key_person = accounts.employee(role=Role.KEY_PERSON, team=team)
    with accounts.acting(key_person) as actor, pytest.raises(PermissionDenied):
        services.invite_citizen_login(actor=actor, citizen_id=citizen.pk)
