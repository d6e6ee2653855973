"""Two people at the same company at the same moment: one act and one told, and nothing begun behind a closed door."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.employers import selectors, services
from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.employers.models import Company, ContactPerson, Promise, RecruitmentNeed
from jobbro.apps.employers.refusals import HeldAlready, NotNow, Refused
from jobbro.apps.employers.services import CompanyDraft, ContactDraft, NeedDraft, WorkplaceDraft
from jobbro.apps.organisations.stamps import StaleEdit
from tests.factories import accounts, employers

pytestmark = pytest.mark.django_db(transaction=True)
TODAY, NOW = timezone.localdate(), timezone.now()
Act = Callable[[Actor], object]


def at_once(*acts: tuple[User, Act]) -> list[str]:
    """What came of acts that begin at the same moment: `done`, or the name of what was told."""
    gate = Barrier(len(acts))

    def run(one: tuple[User, Act]) -> str:
        user, act = one
        try:
            gate.wait(timeout=10)
            with accounts.acting(user) as actor:
                act(actor)
        except (HeldAlready, StaleEdit, NotNow, Refused) as told:
            return type(told).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.fixture
def pair() -> tuple[User, User, Company]:
    jonas = employers.job_broker()
    company = employers.company(broker=jonas)
    return jonas, employers.job_broker(team=company.team, name="Åse Ny"), company


def test_one_company_is_added_once(pair) -> None:
    jonas, aase, company = pair
    number = employers.cvr()

    def add(actor: Actor) -> None:
        draft = CompanyDraft(name="Gartneriet", team_id=company.team_id, broker_id=actor.id)
        services.add_company(actor=actor, cvr=number, municipality=actor.codes[0], draft=draft, on=TODAY, at=NOW)

    assert at_once((jonas, add), (aase, add)) == ["HeldAlready", "done"]
    with accounts.acting(jonas):
        assert Company.objects.filter(cvr=number).count() == 1


def test_one_of_two_changes_is_told_of_the_other(pair) -> None:
    jonas, aase, company = pair
    with accounts.acting(jonas) as actor:
        card = selectors.company_card(actor=actor, company_id=company.pk)
        assert card is not None

    def change(actor: Actor) -> None:
        draft = CompanyDraft(name=actor.name, team_id=company.team_id, broker_id=jonas.pk)
        services.change_company(actor=actor, company_id=company.pk, draft=draft, seen=card.seen, on=TODAY)

    assert at_once((jonas, change), (aase, change)) == ["StaleEdit", "done"]


def test_a_promise_ends_once(pair) -> None:
    jonas, aase, company = pair
    promise = employers.promise(company=company, due_on=TODAY)

    def keep(actor: Actor) -> None:
        services.end_promise(actor=actor, promise_id=promise.pk, state="kept", ended_on=TODAY, on=TODAY)

    def drop(actor: Actor) -> None:
        services.end_promise(
            actor=actor, promise_id=promise.pk, state="dropped", ended_on=TODAY, note="Flyttet", on=TODAY
        )

    assert at_once((jonas, keep), (aase, drop)) == ["NotNow", "done"]
    with accounts.acting(jonas):
        assert Promise.objects.get().state in ("kept", "dropped")


def test_no_need_is_told_after_the_company_has_closed(pair) -> None:
    jonas, aase, company = pair
    with accounts.acting(jonas) as actor:
        card = selectors.company_card(actor=actor, company_id=company.pk)
        assert card is not None

    def close(actor: Actor) -> None:
        services.move_company(actor=actor, company_id=company.pk, move="close", note="", seen=card.seen_state, on=TODAY)

    def tell(actor: Actor) -> None:
        services.tell_need(actor=actor, company_id=company.pk, draft=NeedDraft(title="Hænder"), on=TODAY)

    outcome = at_once((jonas, close), (aase, tell))
    with accounts.acting(jonas):
        assert Company.objects.get(pk=company.pk).state == PartnerState.CLOSED
        assert RecruitmentNeed.objects.count() == outcome.count("done") - 1


def test_one_contact_is_rung_first_whoever_says_so(pair) -> None:
    jonas, aase, company = pair

    def add(actor: Actor) -> None:
        draft = ContactDraft(name=actor.name, is_first=True)
        services.add_contact(actor=actor, company_id=company.pk, draft=draft, on=TODAY)

    assert at_once((jonas, add), (aase, add)) == ["done", "done"]
    with accounts.acting(jonas):
        assert ContactPerson.objects.filter(is_first=True).count() == 1
        assert ContactPerson.objects.count() == 2


def test_two_contacts_are_made_the_first_at_once(pair) -> None:
    jonas, aase, company = pair
    contacts = [employers.contact(company=company, name=name, is_first=False) for name in ("Bente", "Ole")]

    def promote(place: int) -> Act:
        def act(actor: Actor) -> None:
            page = selectors.contact_page(actor=actor, contact_id=contacts[place].pk, on=TODAY)
            assert page is not None
            draft = ContactDraft(name=page.row.name, is_first=True)
            services.change_contact(actor=actor, contact_id=contacts[place].pk, draft=draft, seen=page.seen, on=TODAY)

        return act

    assert set(at_once((jonas, promote(0)), (aase, promote(1)))) <= {"done", "StaleEdit"}
    with accounts.acting(jonas):
        assert ContactPerson.objects.filter(is_first=True).count() == 1


def test_two_workplaces_get_the_same_name_at_once(pair) -> None:
    jonas, aase, company = pair
    places = [employers.workplace(company=company, name=name) for name in ("Butikken", "Lageret")]

    def rename(place: int) -> Act:
        def act(actor: Actor) -> None:
            page = selectors.workplace_page(actor=actor, workplace_id=places[place].pk)
            assert page is not None
            draft = WorkplaceDraft(name="Torvet")
            services.change_workplace(actor=actor, workplace_id=places[place].pk, draft=draft, seen=page.seen)

        return act

    assert at_once((jonas, rename(0)), (aase, rename(1))) == ["Refused", "done"]
