"""Proposals, cards and tables as the application role: who picks, shows, moves, speaks and signs past its filters."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.models import Case
from jobbro.apps.citizens.enums import ConsentPurpose
from jobbro.apps.citizens.models import Consent
from jobbro.apps.jobs.models import Opening
from jobbro.apps.matching.enums import ProposalState, Side
from jobbro.apps.matching.models import Card, JobList, MatchRun, PersonFile, Proposal
from jobbro.apps.placements.enums import Party
from jobbro.apps.placements.models import Arrangement, Said, Signature
from jobbro.apps.placements.refusals import Refused
from jobbro.apps.placements.services.agreements import sign_for
from tests.factories import accounts, bakery, cards, cases, employers, jobs, openings, organisations, placements
from tests.factories.rows import rows_of, run, write
from tests.factories.shop import Shop

pytestmark = pytest.mark.django_db
AT = timezone.now()
TODAY = timezone.localdate()


def refused(user: User, act: Callable[[], object]) -> None:
    with accounts.acting(user), pytest.raises(DatabaseError), transaction.atomic():
        act()


def picked(*, citizen: object, opening: Opening, by: User, side: Side, **fields: object) -> Proposal:
    return Proposal(
        citizen=citizen,
        opening=opening,
        company_id=opening.company_id,
        state_on=TODAY,
        picked_by=by,
        picked_side=side,
        picked_at=AT,
        why="X",
        rule_version="x",
        person_input={},
        opening_input={},
        measures_input=[],
        answer={},
        **fields,
    )


def key_person_around(shop: Shop) -> User:
    """Somebody of another unit who advises: sees Anna, and works with no citizens."""
    user = accounts.employee(role=Role.KEY_PERSON, name="Nina Nøgle", unit=organisations.team().unit)
    with accounts.acting(shop.broker):
        case = Case.objects.get(citizen=shop.anna)
    cases.member(case=case, user=user, role=MemberRole.ADVISER)
    return user


# ---- Picking ----


def test_nobody_picks_a_job_they_may_not_read() -> None:
    """A job kept for somebody else, or a draft: a proposal of it would open it to whoever knows its id."""
    shop, other = Shop(), bakery.Bakery()
    carved = jobs.carved_job(workplace=other.workplace, tasks=(other.tasks[0],))
    hidden = (
        openings.carved_opening(job=carved, is_reserved=True),
        openings.draft_opening(workplace=other.workplace),
    )
    for opening in hidden:
        for user, side in ((shop.account, Side.CITIZEN), (shop.broker, Side.MUNICIPALITY)):
            refused(user, picked(citizen=shop.anna, opening=opening, by=user, side=side).save)
            with accounts.acting(user):
                assert not Opening.objects.filter(pk=opening.pk).exists()


def test_a_job_kept_for_somebody_stays_theirs() -> None:
    """It was carved around what one person can do: opened to all it would tell of them."""
    other = bakery.Bakery()
    kept = openings.carved_opening(job=jobs.carved_job(workplace=other.workplace, tasks=(other.tasks[0],)))
    for user in (employers.employer_user(company=other.company), other.broker):
        with accounts.acting(user), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update jobs_opening set is_reserved = false, changed_by_id = app_actor()")
    assert rows_of("select is_reserved from jobs_opening where id = $1::uuid", value=kept.pk)[0].is_reserved


def test_what_is_open_to_all_is_picked() -> None:
    shop = Shop()
    opening = openings.opening()
    with accounts.acting(shop.account):
        picked(citizen=shop.anna, opening=opening, by=shop.account, side=Side.CITIZEN).save(force_insert=True)


def test_who_only_advises_picks_nothing_moves_nothing_and_shows_nothing() -> None:
    shop = Shop()
    adviser = key_person_around(shop)
    with accounts.acting(adviser):
        assert Proposal.objects.count() == 1
    refused(adviser, picked(citizen=shop.anna, opening=openings.opening(), by=adviser, side=Side.MUNICIPALITY).save)
    refused(adviser, card_of(shop, by=adviser, on_behalf="Hun sagde ja").save)
    with accounts.acting(adviser), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute("update matching_proposal set state = 'declined'")
                assert cursor.rowcount == 0
        except DatabaseError:
            pass
    assert rows_of("select state from matching_proposal")[0].state == ProposalState.IDEA


def card_of(shop: Shop, *, by: User, on_behalf: str) -> Card:
    consent = write(
        Consent(
            citizen=shop.anna,
            purpose=ConsentPurpose.EMPLOYER_CARD,
            recipient="X",
            given_at=AT,
            recorded_by=by,
        )
    )
    return Card(
        citizen=shop.anna,
        proposal=shop.proposal,
        company_id=shop.proposal.company_id,
        consent=consent,
        content={},
        from_on=TODAY,
        until_on=TODAY,
        given_at=AT,
        given_by=by,
        on_behalf=on_behalf,
    )


@pytest.mark.parametrize("state", [ProposalState.INTRODUCED, ProposalState.TRIED, ProposalState.AGREED])
def test_a_citizen_says_no_and_nothing_else(state: ProposalState) -> None:
    shop = Shop()
    with accounts.acting(shop.account), connection.cursor() as cursor:
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("update matching_proposal set state = %s::text", [state])
        cursor.execute("update matching_proposal set state = 'declined'")
        assert cursor.rowcount == 1


def test_files_and_lists_of_matching_are_for_those_around_the_person() -> None:
    shop, stranger = Shop(), Shop()
    night = write(MatchRun(started_at=AT, rule_version="x"))
    write(PersonFile(citizen=shop.anna, content={}, digest="x", changed_at=AT))
    write(JobList(citizen=shop.anna, run=night, file_digest="x", made_at=AT))
    others = [
        *(accounts.employee(role=role, unit=shop.team.unit) for role in (Role.ANALYST, Role.ADMINISTRATOR)),
        *(accounts.employee(role=role, unit=stranger.team.unit) for role in (Role.KEY_PERSON, Role.TEAM_LEAD)),
        accounts.employee(team=organisations.team(unit=shop.team.unit)),
    ]
    for user in (stranger.account, stranger.broker, stranger.bente, shop.bente, *others):
        with acting_as(user.pk):
            assert not PersonFile.objects.filter(citizen=shop.anna).exists(), user
            assert not JobList.objects.filter(citizen=shop.anna).exists(), user
            assert not Proposal.objects.filter(citizen=shop.anna).exists(), user
    for user in (shop.bente, stranger.bente):
        with acting_as(user.pk), connection.cursor() as cursor:
            for table in ("matching_listedopening", "matching_matchrun", "matching_personfile", "matching_joblist"):
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (0,), table


FUNCTIONS = (
    "select * from app_pool_since(0)",
    "select * from matching_parity(current_date)",
    "select * from matching_to_refresh(null, current_date, null, 100)",
    "select * from app_kept_proposal('{proposal}')",
    "select * from app_card_looks('{card}')",
)


@pytest.mark.parametrize("statement", FUNCTIONS)
def test_no_function_of_matching_tells_a_company_anything(statement: str) -> None:
    shop = Shop()
    card = cards.card(proposal=shop.proposal, by=shop.account)
    with acting_as(shop.bente.pk), connection.cursor() as cursor:
        cursor.execute(statement.format(proposal=shop.proposal.pk, card=card.pk))
        assert [row for row in cursor.fetchall() if any(value is not None for value in row)] == []


# ---- At the table ----


def said(at: placements.Table, held: object, *, by: User, party: Party, **fields: object) -> Said:
    return Said(
        citizen_id=at.citizen.pk,
        company_id=at.company.pk,
        introduction=held,
        party=party,
        name="Nogen",
        text="Ja",
        written_by=by,
        written_at=AT,
        **fields,
    )


def test_words_of_somebody_else_say_who_wrote_them_down() -> None:
    at = placements.table()
    held = placements.held(at=at)
    for party in (Party.CITIZEN, Party.EMPLOYER, Party.OTHER):
        refused(at.broker, said(at, held, by=at.broker, party=party).save)
    for user, party in ((at.citizen.user, Party.CITIZEN), (at.employer, Party.EMPLOYER)):
        refused(user, said(at, held, by=user, party=party, noted_by="Jonas Bro").save)
    with accounts.acting(at.broker):
        said(at, held, by=at.broker, party=Party.CITIZEN, noted_by="Jonas Bro").save(force_insert=True)
        said(at, held, by=at.broker, party=Party.MUNICIPALITY).save(force_insert=True)


def hand(at: placements.Table, version: object, user: User, **fields: object) -> Signature:
    return Signature(
        citizen_id=at.citizen.pk,
        company_id=at.company.pk,
        version=version,
        name="Nogen",
        signed_by=user,
        signed_at=AT,
        **{"digest": version.digest, **fields},
    )


def test_a_signature_for_somebody_says_who_gave_it_and_no_other_does() -> None:
    at = placements.table()
    version = placements.agreement(at=at)
    for fields in (
        {"party": Party.CITIZEN, "on_behalf": "Hun sagde ja"},
        {"party": Party.MUNICIPALITY, "noted_by": "En anden"},
    ):
        refused(at.broker, hand(at, version, at.broker, **fields).save)
    refused(at.employer, hand(at, version, at.employer, party=Party.EMPLOYER, noted_by="Jonas Bro").save)
    refused(at.citizen.user, hand(at, version, at.citizen.user, party=Party.CITIZEN, noted_by="Jonas Bro").save)


def taken_back(at: placements.Table) -> None:
    run("update citizens_consent set withdrawn_at = now() where id = $1::uuid", value=at.card.consent_id)


@pytest.mark.parametrize("party", [Party.CITIZEN, Party.EMPLOYER])
def test_nobody_is_signed_for_when_the_card_has_been_taken_back(party: Party) -> None:
    """Else staff alone could give the company back what the citizen has taken."""
    at = placements.table()
    version = placements.agreement(at=at)
    taken_back(at)
    with accounts.acting(at.broker) as actor, pytest.raises(Refused) as refusal:
        sign_for(
            actor=actor,
            version_id=version.pk,
            party=party,
            name="Bente Bager",
            reason="På papir i tirsdags",
            digest=version.digest,
            at=AT,
        )
    assert refusal.value.code == "no_card"
    refused(at.broker, hand(at, version, at.broker, party=party, on_behalf="På papir", noted_by="Jonas Bro").save)


def test_a_new_card_shows_no_support_of_the_old_one() -> None:
    """Support that was arranged under a card taken back is not the company's to read under the next one."""
    at = placements.table()
    placements.held(at=at)
    placements.arrangement(at=at)
    with acting_as(at.employer.pk):
        assert Arrangement.objects.count() == 1
    taken_back(at)
    cards.card(proposal=at.proposal, by=at.citizen.user, measures=("checklists",))
    with acting_as(at.employer.pk):
        assert Card.objects.count() == 1
        assert Arrangement.objects.count() == 0
    with accounts.acting(at.broker):
        assert Arrangement.objects.count() == 1


def test_what_all_three_have_agreed_keeps_its_support() -> None:
    at = placements.table()
    placements.arrangement(at=at)
    placements.signed_by_all(at=at, version=placements.agreement(at=at))
    taken_back(at)
    with acting_as(at.employer.pk):
        assert Arrangement.objects.count() == 1
