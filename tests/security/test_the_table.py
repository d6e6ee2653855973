"""The wall around the table, as the application role with the application's own filters left out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.placements.enums import Party, PlacementState
from jobbro.apps.placements.models import (
    AgreementVersion,
    Arrangement,
    Introduction,
    Participant,
    Placement,
    Said,
    Signature,
)
from jobbro.apps.placements.refusals import Changed
from jobbro.apps.placements.services import agreements as services
from jobbro.apps.placements.stamps import seen_placement
from tests.factories import accounts, placements
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
TABLES = (Introduction, Participant, Said, Arrangement, Placement, AgreementVersion, Signature)


@pytest.fixture
def laid() -> placements.Table:
    """A table with something of everything on it; the company has signed."""
    at = placements.table()
    held = placements.held(at=at)
    placements.said(introduction=held, by=at.citizen.user)
    placements.arrangement(at=at)
    placements.arrangement(at=at, measure=placements.KEPT_MEASURE, scheme="none")
    version = placements.agreement(at=at)
    placements.signature(version=version, party=Party.EMPLOYER, by=at.employer)
    return at


def counts(user: User) -> dict[str, int]:
    with accounts.acting(user):
        return {model.__name__: model.objects.count() for model in TABLES}


def test_the_three_parties_see_the_table_and_nobody_else(laid) -> None:
    every = {
        "Introduction": 1,
        "Participant": 3,
        "Said": 1,
        "Arrangement": 2,
        "Placement": 1,
        "AgreementVersion": 1,
        "Signature": 1,
    }
    assert counts(laid.broker) == every
    assert counts(laid.citizen.user) == every
    assert counts(laid.employer) == {**every, "Arrangement": 1}
    other = placements.table()
    nothing = dict.fromkeys(every, 0)
    for stranger in (other.broker, other.citizen.user, other.employer):
        assert counts(stranger) == nothing


def taken_back(at: placements.Table) -> None:
    run(
        f"update matching_card set withdrawn_at = now(), withdrawn_by_id = '{at.broker.pk}' where id = $1::uuid",
        value=at.card.pk,
    )


def test_the_table_is_gone_for_the_company_when_the_card_is_taken_back(laid) -> None:
    taken_back(laid)
    assert set(counts(laid.employer).values()) == {0}
    assert counts(laid.broker)["Introduction"] == 1


def test_it_is_gone_when_the_days_of_the_card_have_passed(laid) -> None:
    run(
        "update matching_card set from_on = from_on - 90, until_on = until_on - 90 where id = $1::uuid",
        value=laid.card.pk,
    )
    assert set(counts(laid.employer).values()) == {0}


def test_what_all_three_have_signed_stays_with_the_company(laid) -> None:
    version = laid_version(laid)
    placements.signature(version=version, party=Party.CITIZEN, by=laid.citizen.user)
    placements.signature(version=version, party=Party.MUNICIPALITY, by=laid.broker)
    assert placements.placement_now(laid.proposal.pk).state == PlacementState.AGREED
    taken_back(laid)
    assert counts(laid.employer)["AgreementVersion"] == 1


def laid_version(at: placements.Table) -> AgreementVersion:
    with accounts.acting(at.broker):
        return AgreementVersion.objects.get()


def refused(user: User, act: Callable[[], object]) -> None:
    with accounts.acting(user), pytest.raises(DatabaseError), transaction.atomic():
        act()


def hand(at: placements.Table, version: AgreementVersion, user: User, **fields: object) -> Signature:
    values = {"party": Party.EMPLOYER, "name": "Nogen", "on_behalf": "", "digest": version.digest, **fields}
    return Signature(
        citizen_id=at.citizen.pk,
        company_id=at.company.pk,
        version=version,
        signed_by_id=user.pk,
        signed_at=timezone.now(),
        **values,
    )


@pytest.mark.parametrize(
    ("who", "fields"),
    [
        ("employer", {"party": Party.CITIZEN}),
        ("employer", {"party": Party.MUNICIPALITY}),
        ("employer", {"party": Party.CITIZEN, "on_behalf": "Hun sagde ja"}),
        ("citizen", {"party": Party.MUNICIPALITY}),
        ("citizen", {"party": Party.EMPLOYER}),
        ("citizen", {"party": Party.CITIZEN, "on_behalf": "For mig selv"}),
        ("broker", {"party": Party.CITIZEN}),
        ("broker", {"party": Party.EMPLOYER}),
        ("broker", {"party": Party.MUNICIPALITY, "on_behalf": "Fordi"}),
        ("broker", {"party": Party.MUNICIPALITY, "digest": "0" * 64}),
    ],
)
def test_nobody_signs_as_somebody_else(who: str, fields: dict) -> None:
    at = placements.table()
    version = placements.agreement(at=at)
    user = {"employer": at.employer, "citizen": at.citizen.user, "broker": at.broker}[who]
    refused(user, lambda: hand(at, version, user, **fields).save(force_insert=True))


def test_the_company_of_somebody_else_signs_and_says_nothing(laid) -> None:
    other = placements.table()
    version = laid_version(laid)
    refused(other.employer, lambda: hand(laid, version, other.employer).save(force_insert=True))
    refused(other.employer, lambda: hand(other, version, other.employer).save(force_insert=True))
    with accounts.acting(laid.broker):
        held = Introduction.objects.get()
    words = {"introduction": held, "party": Party.EMPLOYER, "name": "Nogen", "text": "Ja", "written_at": timezone.now()}
    refused(
        other.employer,
        lambda: Said(
            citizen_id=laid.citizen.pk, company_id=laid.company.pk, written_by_id=other.employer.pk, **words
        ).save(force_insert=True),
    )


def test_nobody_speaks_as_somebody_else() -> None:
    at = placements.table()
    held = placements.held(at=at)
    for user, party in ((at.employer, Party.CITIZEN), (at.citizen.user, Party.EMPLOYER)):
        row = Said(
            citizen_id=at.citizen.pk,
            company_id=at.company.pk,
            introduction=held,
            party=party,
            name="Nogen",
            text="Ja",
            written_by_id=user.pk,
            written_at=timezone.now(),
        )
        refused(user, lambda row=row: row.save(force_insert=True))


CHANGES = (
    "update placements_signature set name = 'X'",
    "delete from placements_signature",
    "update placements_agreementversion set tasks = 'X'",
    "delete from placements_agreementversion",
    "update placements_said set text = 'X'",
    "delete from placements_said",
    "delete from placements_placement",
    "update placements_placement set title = title, state = 'agreed', starts_on = current_date",
    "update placements_placement set state = 'ended'",
    "update placements_introduction set card_id = gen_random_uuid()",
    "update placements_introduction set name = 'Anna Lund'",
    "update placements_arrangement set is_on_card = true where not is_on_card",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_what_was_said_and_signed_is_changed_by_nobody(laid, statement: str) -> None:
    for user in (laid.broker, laid.citizen.user, laid.employer):
        with accounts.acting(user), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(statement)
            except ProgrammingError:
                continue
            # No right to change it, or no row that could be changed.
            assert cursor.rowcount == 0


def test_a_placement_is_agreed_by_signatures_only(laid) -> None:
    for user in (laid.broker, laid.citizen.user):
        refused(user, lambda user=user: _begun(laid, user).save(force_insert=True))


def _begun(at: placements.Table, user: User) -> Placement:
    return Placement(
        citizen_id=at.citizen.pk,
        company_id=at.company.pk,
        proposal=at.proposal,
        opening_id=at.proposal.opening_id,
        title="X",
        state=PlacementState.AGREED,
        state_on=timezone.localdate(),
        starts_on=timezone.localdate(),
        made_by_id=user.pk,
        made_at=timezone.now(),
    )


def test_no_wording_tells_of_support_that_is_not_on_the_card(laid) -> None:
    first = laid_version(laid)
    row = AgreementVersion(
        **{
            name: getattr(first, name)
            for name in ("citizen_id", "company_id", "placement_id", "kind", "name", "starts_on", "steps", "place")
        },
        number=2,
        tasks="X",
        measures=[{"code": placements.KEPT_MEASURE, "name": {"da": "X", "en": "X"}}],
        change_note="X",
        digest="0" * 64,
        written_by_id=laid.broker.pk,
        written_at=timezone.now(),
    )
    refused(laid.broker, lambda: row.save(force_insert=True))


@pytest.mark.django_db(transaction=True)
def test_the_last_two_sign_at_the_same_moment() -> None:
    at = placements.table()
    version = placements.agreement(at=at)
    placements.signature(version=version, party=Party.MUNICIPALITY, by=at.broker)
    gate = Barrier(2)

    def sign(user: User) -> None:
        try:
            gate.wait(timeout=10)
            with accounts.acting(user) as actor:
                services.sign(actor=actor, version_id=version.pk, digest=version.digest, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(sign, (at.citizen.user, at.employer)))
    assert placements.placement_now(at.proposal.pk).state == PlacementState.AGREED


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_sign_and_write_at_the_same_moment() -> None:
    at = placements.table()
    version = placements.agreement(at=at)
    colleague = accounts.employee(team=at.team, name="Åse Ny")
    gate = Barrier(2)

    def sign(user: User) -> str:
        try:
            gate.wait(timeout=10)
            with accounts.acting(user) as actor:
                return str(
                    services.sign(actor=actor, version_id=version.pk, digest=version.digest, at=timezone.now()).pk
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(sign, (at.broker, colleague)))) == 1

    def write(user: User) -> str:
        try:
            with accounts.acting(user) as actor:
                placement = Placement.objects.get()
                seen = seen_placement(placement, number=1)
            gate.wait(timeout=10)
            with accounts.acting(user) as actor:
                services.write_agreement(
                    actor=actor,
                    proposal_id=at.proposal.pk,
                    draft=services.AgreementDraft(
                        kind="job",
                        steps=(services.Step(from_on=version.starts_on, hours=services.Decimal(9)),),
                        place="Torvet",
                        tasks="Pakke brød.",
                        contact_text="Bente",
                        wage_text="145",
                        change_note="En time mere.",
                    ),
                    seen=seen,
                    at=timezone.now(),
                    on=timezone.localdate(),
                )
        except Changed:
            return "changed"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, (at.broker, colleague))) == ["changed", "done"]
    numbers = rows_of(
        "select number from placements_agreementversion where placement_id = $1::uuid order by 1",
        value=version.placement_id,
    )
    assert [row.number for row in numbers] == [1, 2]
