"""A company with a card reads that card and nothing else of anybody: past the application's filters, table by table."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Event

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.audit.models import Look
from jobbro.apps.cases.enums import NoteKind
from jobbro.apps.cases.models import Note
from jobbro.apps.citizens.models import BenefitPeriod
from jobbro.apps.matching.card_checking import CardChoice
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.models import Card, JobList, MatchRun, PersonFile
from jobbro.apps.matching.refusals import Refused
from jobbro.apps.matching.services.cards import give_card, withdraw_card
from jobbro.apps.matching.services.proposals import move_proposal
from tests.factories import accounts, cards, employers, matching, plans
from tests.factories.applications import application
from tests.factories.jobs import work_wish
from tests.factories.rows import rows_of, run, write
from tests.factories.shop import Shop

TODAY = timezone.localdate()
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
# Every table with a person in it, however the person is named.
_TABLES = """
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
        and (c.relname = 'citizens_citizen' or exists(select from pg_attribute a where a.attrelid = c.oid
             and not a.attisdropped and a.attname in ('citizen_id', 'citizen_ids'))) order by 1
"""
# Lists that a company can be part of: its own acts and nobody's looks.
_OWN_LOG = "audit_event"
CARD = "matching_card"


class FullShop(Shop):
    """The bakery, with something about Anna in as many tables as people write in."""

    def __init__(self) -> None:
        super().__init__()
        self.talk_about_lifting()
        self.card: Card = cards.card(proposal=self.proposal, by=self.account)
        case_id = rows_of("select id from cases_case where citizen_id = $1::uuid", value=self.anna.pk)[0].id
        made = {"citizen": self.anna, "written_by": self.broker, "written_at": AT}
        write(Note(case_id=case_id, kind=NoteKind.NOTE, text="Kun for teamet", is_shared=True, **made))
        write(BenefitPeriod(citizen=self.anna, benefit="Sygedagpenge", from_on=date(2026, 1, 1)))
        plan = plans.plan(citizen=self.anna, staff=self.broker, decision=self.decision)
        plans.step(plan=plan)
        work_wish(citizen=self.anna, by=self.broker)
        application(citizen=self.anna, started_by=self.broker, scheme="mentor")
        night = write(MatchRun(started_at=AT, rule_version="x"))
        write(PersonFile(citizen=self.anna, content={}, digest="x", changed_at=AT))
        write(JobList(citizen=self.anna, run=night, file_digest="x", made_at=AT))
        with acting_as(self.broker.pk):
            # The history of changes and the log of acts and looks know her too.
            list(Look.objects.all()[:1])


@pytest.fixture
def shop() -> FullShop:
    return FullShop()


def tables() -> Iterator[str]:
    yield from (row.name for row in rows_of(_TABLES))


def seen_by(user: User) -> dict[str, int]:
    """How many rows of each table the application role reads as this person, without any filter of the application."""
    counted = {}
    with acting_as(user.pk), connection.cursor() as cursor:
        for name in tables():
            cursor.execute(f"select count(*) from {connection.ops.quote_name(name)}")
            counted[name] = cursor.fetchone()[0]
    return counted


@pytest.mark.django_db
def test_of_every_table_with_persons_the_company_reads_the_card_alone(shop: FullShop) -> None:
    full = {name: rows_of(f"select count(*) as n from {name}")[0].n for name in tables()}
    known = {name for name, count in full.items() if count}
    assert known >= {
        *("citizens_citizen", "citizens_contact", "citizens_consent", "citizens_benefitperiod", "cases_case"),
        *("cases_casemember", "cases_note", "screening_dialogue", "screening_answer", "screening_agreement"),
        *("plans_supportdecision", "plans_plan", "plans_goal", "plans_action", "jobs_workwish"),
        *("applications_application", "matching_personfile", "matching_joblist", "matching_proposal"),
        *("matching_proposalstep", CARD, "audit_change"),
    }
    seen = {name: count for name, count in seen_by(shop.bente).items() if count}
    assert seen == {CARD: 1}


@pytest.mark.django_db
def test_what_a_company_has_done_itself_is_all_that_it_reads_of_the_logs(shop: FullShop) -> None:
    till = accounts.log_in(Client(), shop.bente)
    till.get(reverse("our_card", args=[shop.card.pk]))
    assert rows_of("select 1 from audit_look")
    seen = {name: count for name, count in seen_by(shop.bente).items() if count}
    assert set(seen) <= {CARD, _OWN_LOG}


@pytest.mark.django_db
def test_a_company_without_a_card_reads_nothing(shop: FullShop) -> None:
    other = employers.employer_user(company=employers.company(name="Gartneriet Grøn Tommel"))
    former = employers.employer_user(company=shop.company, name="Ole Ovn", until_on=TODAY - timedelta(days=1))
    for user in (other, former):
        assert {name: count for name, count in seen_by(user).items() if count} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "is_shown"),
    [
        ("from_on = current_date, until_on = current_date", True),
        ("from_on = app_today() + 1", False),
        ("from_on = app_today() - 9, until_on = app_today() - 1", False),
        ("withdrawn_at = now(), withdrawn_by_id = given_by_id", False),
    ],
)
def test_the_wall_shows_the_card_in_its_days_only(shop: FullShop, change: str, is_shown: bool) -> None:
    change = change.replace("current_date", "app_today()")
    run(f"update matching_card set {change} where id = $1::uuid", value=shop.card.pk)
    assert seen_by(shop.bente)[CARD] == is_shown
    assert seen_by(shop.account)[CARD] == seen_by(shop.broker)[CARD] == 1


@pytest.mark.django_db
def test_the_wall_follows_the_consent_and_the_proposal(shop: FullShop) -> None:
    run("update citizens_consent set withdrawn_at = now() where id = $1::uuid", value=shop.card.consent_id)
    assert seen_by(shop.bente)[CARD] == 0
    again = cards.card(proposal=shop.proposal, by=shop.account)
    assert seen_by(shop.bente)[CARD] == 1
    run(f"update matching_proposal set state = '{ProposalState.DECLINED}' where id = $1::uuid", value=shop.proposal.pk)
    assert seen_by(shop.bente)[CARD] == 0
    assert rows_of("select withdrawn_at from citizens_consent where id = $1::uuid", value=again.consent_id)[0]


@pytest.mark.django_db
def test_a_company_writes_no_card_and_changes_none(shop: FullShop) -> None:
    for statement in (
        "update matching_card set until_on = until_on + 1",
        "delete from matching_card",
        "update citizens_consent set withdrawn_at = null",
    ):
        with acting_as(shop.bente.pk), connection.cursor() as cursor:
            cursor.execute("savepoint tried")
            try:
                cursor.execute(statement)
                assert cursor.rowcount == 0
            except Exception as refused:
                assert "permission denied" in str(refused)
                cursor.execute("rollback to savepoint tried")


@pytest.mark.django_db
def test_who_has_looked_is_for_the_citizen_and_those_around_them(shop: FullShop) -> None:
    till = accounts.log_in(Client(), shop.bente)
    till.get(reverse("our_card", args=[shop.card.pk]))
    stranger = Shop()
    told = {}
    for name, user in {
        "anna": shop.account,
        "broker": shop.broker,
        "bente": shop.bente,
        "stranger": stranger.account,
        "other broker": stranger.broker,
    }.items():
        with acting_as(user.pk), connection.cursor() as cursor:
            cursor.execute("select count(*) from app_card_looks(%s::uuid)", [shop.card.pk])
            told[name] = cursor.fetchone()[0]
    assert told == {"anna": 1, "broker": 1, "bente": 0, "stranger": 0, "other broker": 0}


@pytest.mark.django_db
def test_a_card_about_one_job_is_no_card_for_another_companys_job(shop: FullShop) -> None:
    """The same citizen is proposed to two companies: each reads its own card."""
    other = employers.company(name="Gartneriet Grøn Tommel", team=shop.team, broker=shop.broker)
    theirs = matching.proposal(
        citizen=shop.anna,
        by=shop.broker,
        opening=matching.new_opening(workplace=employers.workplace(company=other, x=0.0, y=0.0)),
    )
    cards.card(proposal=theirs, by=shop.account, note="Kun for gartneriet")
    gardener = employers.employer_user(company=other, name="Grete Grøn")
    for user, words in ((shop.bente, "Spørg mig gerne."), (gardener, "Kun for gartneriet")):
        with acting_as(user.pk):
            assert [content["note"] for content in Card.objects.values_list("content", flat=True)] == [words]


@pytest.mark.django_db(transaction=True)
def test_whoever_loads_the_card_while_it_is_taken_back_gets_it_whole_or_not_at_all() -> None:
    """A request that read the card first may finish; every request that begins afterwards is refused."""
    shop = Shop()
    card = cards.card(proposal=shop.proposal, by=shop.account)
    ours = reverse("our_card", args=[card.pk])
    has_read, is_withdrawn = Event(), Event()

    def read_slowly() -> tuple[int, int]:
        """The wall asks anew with every statement: the second one of the same transaction finds nothing any more."""
        try:
            with acting_as(shop.bente.pk):
                first = Card.objects.count()
                has_read.set()
                assert is_withdrawn.wait(timeout=20)
                return first, Card.objects.count()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(read_slowly)
        assert has_read.wait(timeout=20)
        with accounts.acting(shop.account) as actor:
            withdraw_card(actor=actor, card_id=card.pk, at=timezone.now())
        till = accounts.log_in(Client(), shop.bente)
        assert till.get(ours).status_code == 404
        is_withdrawn.set()
        assert slow.result(timeout=20) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_card_and_a_no_to_its_proposal_at_once_leave_no_card_alive() -> None:
    shop = Shop()
    gate = Barrier(2)
    choice = CardChoice(
        is_full_name=False, needs=(), measures=(), note="Spørg mig gerne.", from_on=TODAY, until_on=TODAY
    )

    def give(actor: Actor) -> None:
        give_card(actor=actor, proposal_id=shop.proposal.pk, choice=choice, at=timezone.now(), on=TODAY)

    def decline(actor: Actor) -> None:
        move_proposal(
            actor=actor,
            proposal_id=shop.proposal.pk,
            state=ProposalState.DECLINED,
            reason="Ikke nu.",
            at=timezone.now(),
            on=TODAY,
        )

    def at_the_gate(user: User, act: Callable[[Actor], None]) -> str:
        try:
            gate.wait(timeout=10)
            with accounts.acting(user) as actor:
                act(actor)
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(at_the_gate, [shop.account, shop.broker], [give, decline]))
    assert outcomes in (["done", "done"], ["declined", "done"])
    assert rows_of("select 1 from matching_card where withdrawn_at is null") == []


@pytest.mark.django_db(transaction=True)
def test_many_loads_and_one_withdrawal_at_once() -> None:
    shop = Shop()
    card = cards.card(proposal=shop.proposal, by=shop.account)
    ours = reverse("our_card", args=[card.pk])
    stop = Event()

    def load() -> list[int]:
        till = accounts.log_in(Client(), shop.bente)
        answers = []
        try:
            while not stop.is_set():
                answer = till.get(ours)
                answers.append(answer.status_code)
                assert (cards.SENTENCE in answer.content.decode()) == (answer.status_code == 200)
        finally:
            connection.close()
        return answers

    with ThreadPoolExecutor(2) as pool:
        loads = [pool.submit(load) for _ in range(2)]
        try:
            with accounts.acting(shop.account) as actor:
                withdraw_card(actor=actor, card_id=card.pk, at=timezone.now())
            after = [accounts.log_in(Client(), shop.bente).get(ours).status_code for _ in range(3)]
        finally:
            stop.set()
        answers = [one.result(timeout=30) for one in loads]
    assert after == [404] * 3
    for found in answers:
        # Once refused, always refused.
        assert found == sorted(found) and set(found) <= {200, 404}
