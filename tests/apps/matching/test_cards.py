"""Giving a card and taking it back: what is checked, what is kept, and what ends with it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.citizens.models import Consent
from jobbro.apps.citizens.services import withdraw_consent
from jobbro.apps.matching.card_checking import CardChoice, months_after
from jobbro.apps.matching.card_content import CardNeed, content_of
from jobbro.apps.matching.enums import CardStanding, ProposalState
from jobbro.apps.matching.models import Card
from jobbro.apps.matching.refusals import Changed, NotThere, Refused
from jobbro.apps.matching.selectors.cards import card_draft, card_for, card_preview, cards_of
from jobbro.apps.matching.services.cards import give_card, withdraw_card
from jobbro.apps.matching.services.proposals import move_proposal
from tests.factories import cards
from tests.factories.accounts import acting, employee
from tests.factories.matching import proposal
from tests.factories.rows import rows_of
from tests.factories.shop import Shop

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CHOICE = CardChoice(
    is_full_name=False,
    needs=(CardNeed(area="standing", words=" Jeg sidder ned, når jeg pakker. "),),
    measures=("checklists",),
    note="Spørg mig gerne.",
    from_on=TODAY,
    until_on=months_after(TODAY, months=3),
)


@pytest.fixture
def shop() -> Shop:
    return Shop()


def give(shop: Shop, *, by: User | None = None, on_behalf: str = "", seen: str = "", **changes: object) -> Card:
    with acting(by or shop.account) as actor:
        return give_card(
            actor=actor,
            proposal_id=shop.proposal.pk,
            choice=replace(CHOICE, **changes),
            at=timezone.now(),
            on=TODAY,
            on_behalf=on_behalf,
            seen=seen,
        )


def row_of(card: Card):
    (row,) = rows_of("select * from matching_card where id = $1::uuid", value=card.pk)
    return row


def verbs(shop: Shop) -> list[str]:
    return [
        row.verb
        for row in rows_of("select verb from audit_event where citizen_id = $1::uuid order by id", value=shop.anna.pk)
    ]


def test_a_card_is_kept_as_it_was_shown_with_a_consent_of_its_own(shop: Shop) -> None:
    row = row_of(give(shop))
    assert (row.content["name"], row.content["job"]) == ("Anna", "Hjælp i bageriet")
    assert row.content["needs"] == [{"area": "standing", "words": "Jeg sidder ned, når jeg pakker."}]
    assert row.content["measures"] == ["checklists"]
    assert set(row.content) == {"name", "job", "needs", "measures", "support", "note"}
    assert "scheme" not in str(row.content) and "payer" not in str(row.content)
    assert content_of(row.content).measures[0].name.da
    (consent,) = rows_of("select * from citizens_consent where id = $1::uuid", value=row.consent_id)
    assert (consent.purpose, consent.recipient) == ("employer_card", "Bageriet Kornblomst")
    assert verbs(shop) == [Verb.CONSENT_GIVEN, Verb.CARD_GIVEN]


def test_what_is_given_is_what_was_seen(shop: Shop) -> None:
    with acting(shop.account) as actor:
        draft = card_draft(actor=actor, proposal_id=shop.proposal.pk)
        content, seen = card_preview(draft=draft, choice=CHOICE, on=TODAY)
    card = give(shop, seen=seen)
    assert content_of(row_of(card).content) == content
    with pytest.raises(Changed):
        give(shop, seen=seen, note="Noget andet")


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("area", {"needs": (CardNeed(area="lifting", words="Jeg løfter ikke."),)}),
        ("area", {"needs": (CardNeed(area="stress", words="Uvist."),)}),
        ("area", {"needs": (CardNeed(area="standing", words="a"), CardNeed(area="standing", words="b"))}),
        ("area", {"needs": (CardNeed(area="findes_ikke", words="a"),)}),
        ("measure", {"measures": ("workplace_mentor_x",)}),
        ("words", {"needs": (CardNeed(area="standing", words="  "),)}),
        ("too_long", {"needs": (CardNeed(area="standing", words="x" * 301),)}),
        ("too_long", {"note": "x" * 1001}),
        ("cpr", {"note": "Ring om 010203-4567"}),
        ("cpr", {"needs": (CardNeed(area="standing", words="0102034567"),)}),
        ("empty", {"needs": (), "measures": (), "note": " "}),
        ("past", {"from_on": TODAY - timedelta(days=1)}),
        ("order", {"until_on": TODAY - timedelta(days=1)}),
        ("long", {"until_on": months_after(TODAY, months=12) + timedelta(days=1)}),
    ],
)
def test_what_does_not_belong_on_a_card_is_refused(shop: Shop, code: str, changes: dict) -> None:
    with pytest.raises(Refused) as refused:
        give(shop, **changes)
    assert refused.value.code == code
    assert not rows_of("select 1 from matching_card") and not rows_of("select 1 from citizens_consent")


def test_a_whole_year_can_be_chosen(shop: Shop) -> None:
    give(shop, until_on=months_after(TODAY, months=12))


def test_the_last_day_of_a_shorter_month() -> None:
    assert months_after(date(2026, 11, 30), months=3) == date(2027, 2, 28)
    assert months_after(date(2027, 12, 31), months=12) == date(2028, 12, 31)


def test_a_protected_name_is_never_given_whole() -> None:
    shop = Shop(is_protected=True)
    with pytest.raises(Refused, match="protected"):
        give(shop, is_full_name=True)
    assert row_of(give(shop)).content["name"] == "Anna"


def test_without_agreed_needs_only_support_and_a_note_can_be_shown() -> None:
    shop = Shop(has_needs=False)
    with pytest.raises(Refused, match="area"):
        give(shop, measures=())
    assert row_of(give(shop, needs=(), measures=())).content["needs"] == []


def test_staff_give_it_with_a_reason(shop: Shop) -> None:
    for reason, code in (("", "on_behalf"), (" ", "on_behalf"), ("x" * 201, "too_long"), ("010203-4567", "cpr")):
        with pytest.raises(Refused, match=code):
            give(shop, by=shop.broker, on_behalf=reason)
    assert row_of(give(shop, by=shop.broker, on_behalf="Anna bad mig.")).on_behalf == "Anna bad mig."
    assert row_of(give(shop, on_behalf="Kommer ikke med")).on_behalf == ""


def test_nobody_else_gives_or_takes_a_card(shop: Shop) -> None:
    card = give(shop)
    stranger = employee(role=Role.JOB_BROKER, team=Shop().team)
    for user in (stranger, shop.bente, Shop().account):
        with pytest.raises(NotThere):
            give(shop, by=user, on_behalf="Nej")
        with pytest.raises(NotThere), acting(user) as actor:
            withdraw_card(actor=actor, card_id=card.pk, at=timezone.now())
    key_person = employee(role=Role.KEY_PERSON, team=shop.team)
    with pytest.raises((NotThere, PermissionDenied)), acting(key_person) as actor:
        withdraw_card(actor=actor, card_id=card.pk, at=timezone.now())


def test_a_new_card_takes_the_place_of_the_old_one(shop: Shop) -> None:
    first, second = give(shop), give(shop, note="Nyt")
    assert row_of(first).withdrawn_at and not row_of(second).withdrawn_at
    assert verbs(shop)[2:] == [
        Verb.CONSENT_GIVEN,
        Verb.CONSENT_WITHDRAWN,
        Verb.CARD_WITHDRAWN,
        Verb.CARD_GIVEN,
    ]


def test_taking_the_card_back_takes_the_consent_back_and_twice_is_once(shop: Shop) -> None:
    card = give(shop)
    for _ in range(2):
        with acting(shop.account) as actor:
            assert withdraw_card(actor=actor, card_id=card.pk, at=timezone.now()).withdrawn_at
    row = row_of(card)
    assert row.withdrawn_by_id == str(shop.account.pk)
    (consent,) = rows_of("select withdrawn_at from citizens_consent where id = $1::uuid", value=row.consent_id)
    assert consent.withdrawn_at
    assert verbs(shop).count(Verb.CARD_WITHDRAWN) == 1


def test_taking_the_consent_back_takes_the_card_back(shop: Shop) -> None:
    card = give(shop)
    with acting(shop.account) as actor:
        withdraw_consent(actor=actor, citizen_id=shop.anna.pk, consent_id=card.consent_id, at=timezone.now())
    assert row_of(card).withdrawn_at and row_of(card).withdrawn_by_id == str(shop.account.pk)


def test_a_declined_proposal_ends_its_card_and_gets_no_new_one(shop: Shop) -> None:
    card = give(shop)
    with acting(shop.broker) as actor:
        move_proposal(
            actor=actor,
            proposal_id=shop.proposal.pk,
            state=ProposalState.DECLINED,
            reason="Anna vil hellere et andet sted hen.",
            at=timezone.now(),
            on=TODAY,
        )
    assert row_of(card).withdrawn_at
    with pytest.raises(Refused, match="declined"):
        give(shop)


def test_the_wall_refuses_what_the_service_would(shop: Shop) -> None:
    """As the application role, past the service."""
    card = give(shop)
    other = Shop()
    with acting(shop.account) as actor:
        consent = Consent(
            citizen=shop.anna,
            purpose="employer_card",
            recipient="x",
            given_at=timezone.now(),
            recorded_by_id=actor.id,
        )
        consent.save(force_insert=True)
        fine = {
            "citizen": shop.anna,
            "proposal": proposal(citizen=shop.anna, by=shop.broker),
            "company_id": card.company_id,
            "consent": consent,
            "content": {},
            "from_on": TODAY,
            "until_on": TODAY,
            "given_at": timezone.now(),
            "given_by_id": actor.id,
        }
        fine["company_id"] = fine["proposal"].company_id
        wrong = (
            {"until_on": TODAY + timedelta(days=367)},
            {"company_id": other.company.pk},
            {"proposal": other.proposal},
            {"consent_id": card.consent_id, "withdrawn_at": timezone.now(), "withdrawn_by_id": actor.id},
            {"given_by_id": shop.broker.pk},
            {"on_behalf": "Jeg er ikke mig"},
        )
        for change in wrong:
            values = {**fine, **change}
            if "consent_id" in change:
                del values["consent"]
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Card(**values).save(force_insert=True)
        Card(**fine).save(force_insert=True)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Card.objects.filter(pk=card.pk).update(withdrawn_at=None)


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        ((0, 0), CardStanding.SHOWN),
        ((1, 30), CardStanding.COMING),
        ((-30, -1), CardStanding.OVER),
        ((-30, 0), CardStanding.SHOWN),
    ],
)
def test_where_a_card_stands(shop: Shop, days: tuple[int, int], standing: CardStanding) -> None:
    first, last = (TODAY + timedelta(days=number) for number in days)
    card = cards.card(proposal=shop.proposal, by=shop.account, from_on=first, until_on=last)
    for user in (shop.account, shop.broker):
        with acting(user) as actor:
            page = card_for(actor=actor, card_id=card.pk, on=TODAY)
            every = cards_of(actor=actor, citizen_id=shop.anna.pk, on=TODAY)
        assert page.standing == standing and page.company == "Bageriet Kornblomst"
        assert len(every.shown) == (standing in (CardStanding.SHOWN, CardStanding.COMING))
        assert len(every.proposals) == (standing == CardStanding.OVER)
