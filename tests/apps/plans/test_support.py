"""Choosing support: what is promised and what is refused."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.models import Event
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.plans.enums import Payer
from jobbro.apps.plans.models import SupportDecision
from jobbro.apps.plans.refusals import Changed, NotThere, Refused
from jobbro.apps.plans.support_selectors import Choice, support_for
from jobbro.apps.plans.support_services import choose_support
from jobbro.apps.screening.models import Agreement
from jobbro.engines.support.catalogue import catalogue, catalogue_version
from jobbro.kernel.vocabulary import PAYERS
from tests.factories import accounts, citizens, organisations, plans

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """A citizen with agreed needs and their caseworker."""

    staff: User
    citizen: Citizen
    agreement: Agreement


@pytest.fixture
def scene() -> Scene:
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff, has_login=True)
    return Scene(staff=staff, citizen=citizen, agreement=plans.agreed_needs(citizen=citizen, staff=staff))


def _choose(actor, scene, *, choice=None, reason="", **changes):
    page = support_for(actor=actor, citizen_id=scene.citizen.pk)
    proposed = page.outlook.proposal.smallest.codes if page and page.outlook else ()
    return choose_support(
        **{
            "actor": actor,
            "citizen_id": scene.citizen.pk,
            "choice": choice or Choice(occupations=plans.OCCUPATIONS, measures=proposed),
            "reason": reason,
            "seen_agreement_id": scene.agreement.pk,
            "seen_decision_id": page.decision.id if page and page.decision else None,
            "at": timezone.now(),
            **changes,
        }
    )


def test_the_page_begins_with_the_wishes_and_with_nothing_chosen(scene):
    with accounts.acting(scene.staff) as actor:
        page = support_for(actor=actor, citizen_id=scene.citizen.pk)
    assert page.choice == Choice(occupations=plans.OCCUPATIONS)
    assert page.outlook.chosen == ()
    assert page.outlook.proposal.smallest.codes
    assert [area.area for area in page.outlook.proposal.open] == ["stress"]


def test_a_choice_is_kept_with_all_it_rested_on(scene):
    with accounts.acting(scene.staff) as actor:
        made = _choose(actor, scene)
        kept = SupportDecision.objects.get(pk=made.pk)
        event = Event.objects.filter(citizen_id=scene.citizen.pk).latest("id")
    assert kept.explanation["proposed"] == kept.measures
    assert kept.explanation["alternatives"]
    assert {gap["area"] for gap in kept.explanation["gaps"]} == {"standing", "memory"}
    assert [area["area"] for area in kept.explanation["open"]] == ["stress"]
    assert [row["code"] for row in kept.explanation["measures"]] == kept.measures
    assert (kept.catalogue_version, kept.agreement_id) == (catalogue_version(), scene.agreement.pk)
    assert (event.verb, event.detail["as_proposed"]) == ("support_chosen", True)


def test_the_choice_that_stands_is_shown_from_its_own_explanation(scene):
    with accounts.acting(scene.staff) as actor:
        made = _choose(actor, scene)
        SupportDecision.objects.filter(pk=made.pk)
        page = support_for(actor=actor, citizen_id=scene.citizen.pk)
    assert page.decision.codes == tuple(made.measures)
    assert [bridge.code for bridge in page.decision.bridges] == list(plans.OCCUPATIONS)
    assert any(row.hatched and row.payer for bridge in page.decision.bridges for row in bridge.rows)


def test_another_choice_than_the_proposal_needs_a_reason(scene):
    other = Choice(occupations=plans.OCCUPATIONS, measures=())
    with accounts.acting(scene.staff) as actor:
        with pytest.raises(Refused, match="reason"):
            _choose(actor, scene, choice=other, reason="  ")
        assert _choose(actor, scene, choice=other, reason="Anna vil prøve uden først.").reason


def test_what_is_declined_is_not_proposed_again(scene):
    with accounts.acting(scene.staff) as actor:
        first = support_for(actor=actor, citizen_id=scene.citizen.pk).outlook.proposal.smallest.codes
        choice = Choice(occupations=plans.OCCUPATIONS, declined=first)
        again = support_for(actor=actor, citizen_id=scene.citizen.pk, choice=choice).outlook.proposal
    assert not set(first) & set(again.smallest.codes)


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (Choice(occupations=()), "occupations"),
        (Choice(occupations=("0000.0",)), "occupations"),
        (Choice(occupations=plans.OCCUPATIONS, measures=("no_such_measure",)), "measures"),
        (Choice(occupations=plans.OCCUPATIONS, measures=("mentor_no",), declined=("lift_trolley",)), "measures"),
        (Choice(occupations=plans.OCCUPATIONS, measures=("lift_trolley",), declined=("lift_trolley",)), "both"),
    ],
)
def test_a_choice_that_cannot_be_meant_is_refused(scene, choice, code):
    with accounts.acting(scene.staff) as actor, pytest.raises(Refused, match=code):
        _choose(actor, scene, choice=choice, reason="Derfor.")


def test_a_reason_too_long_to_read_is_refused(scene):
    with accounts.acting(scene.staff) as actor, pytest.raises(Refused, match="too_long"):
        _choose(actor, scene, reason="æ" * 20_001)


def test_nothing_is_chosen_before_needs_are_agreed(scene):
    citizen = citizens.citizen(team=scene.citizen.case.team)
    with accounts.acting(scene.staff) as actor, pytest.raises(Refused, match="nothing_agreed"):
        _choose(actor, scene, citizen_id=citizen.pk)


def test_a_choice_made_in_the_meantime_is_not_overwritten(scene):
    with accounts.acting(scene.staff) as actor:
        _choose(actor, scene)
        with pytest.raises(Changed):
            _choose(actor, scene, seen_decision_id=None)
        assert SupportDecision.objects.count() == 1


def test_needs_agreed_in_the_meantime_are_looked_at_first(scene):
    later = plans.AGREED_AT.replace(month=5)
    plans.agreed_needs(citizen=scene.citizen, staff=scene.staff, agreed_at=later)
    with accounts.acting(scene.staff) as actor, pytest.raises(Changed):
        _choose(actor, scene)


def test_the_citizen_reads_and_does_not_choose(scene):
    with accounts.acting(scene.citizen.user) as actor:
        page = support_for(actor=actor, citizen_id=scene.citizen.pk)
        assert (page.is_own, page.may_choose) == (True, False)
        with pytest.raises(PermissionDenied):
            _choose(actor, scene)


def test_a_key_person_does_not_choose(scene):
    team = scene.citizen.case.team
    key_person = accounts.employee(role=Role.KEY_PERSON, unit=team.unit, name="Kim Nøgle")
    with accounts.acting(key_person) as actor, pytest.raises(PermissionDenied):
        _choose(actor, scene)


def test_behind_the_wall_there_is_nobody(scene):
    with accounts.acting(accounts.employee(team=organisations.team())) as actor:
        assert support_for(actor=actor, citizen_id=scene.citizen.pk) is None
        assert SupportDecision.objects.all().count() == 0
        with pytest.raises(NotThere):
            _choose(actor, scene)


def test_every_payer_and_every_situation_has_words():
    assert set(PAYERS) == set(Payer.values)
    assert all(str(Payer(entry.measure.scheme).label) for entry in catalogue().entries)
