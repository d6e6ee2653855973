"""Work with partners outside the municipality: what is refused, what follows from it, what needs doing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.external_actors.enums import EntryKind, Party, Result, Standing, Theme
from jobbro.apps.external_actors.needs_doing import needs_doing
from jobbro.apps.external_actors.refusals import HeldAlready, NotNow, NotThere, Refused
from jobbro.apps.external_actors.selectors.engagements import engagement_page, part_of_plan
from jobbro.apps.external_actors.services import engagements, partners, people
from jobbro.apps.external_actors.services.engagements import EngagementDraft, EntryDraft
from jobbro.apps.external_actors.services.partners import AgreementDraft, PartnerDraft
from jobbro.apps.external_actors.services.people import PersonDraft
from tests.factories import accounts, organisations
from tests.factories.external_actors import Cooperation, today
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db


def _propose(laid: Cooperation, *, user: object = None, **fields: object) -> object:
    values = {
        "external_actor_id": laid.partner.pk,
        "theme": Theme.JOB_BROKERING,
        "goal": "At møde to arbejdspladser.",
        "told": "Anna vil gerne have en rolig start.",
        "shown_name": "Anna",
        "from_on": today(),
        "until_on": today() + timedelta(days=60),
        "person_ids": (laid.person.pk,),
        **fields,
    }
    with accounts.acting(user or laid.caseworker) as actor:
        return engagements.propose_engagement(
            actor=actor, citizen_id=laid.citizen.pk, draft=EngagementDraft(**values), on=today(), at=timezone.now()
        )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"theme": Theme.KNOWLEDGE}, "partner"),
        ({"theme": "other"}, "theme"),
        ({"until_on": today() + timedelta(days=301)}, "partner"),
        ({"from_on": today() - timedelta(days=299), "until_on": today() + timedelta(days=299)}, "long"),
        ({"from_on": today(), "until_on": today() - timedelta(days=1)}, "period"),
        ({"from_on": today() - timedelta(days=9), "until_on": today() - timedelta(days=1)}, "day_past"),
        ({"person_ids": ()}, "people"),
        ({"told": " "}, "words"),
        ({"told": "Hun hedder 010190-1234"}, "cpr"),
        ({"goal": "x" * 1001}, "too_long"),
    ],
)
def test_what_cannot_be_proposed(fields: dict, code: str) -> None:
    with pytest.raises(Refused, match=code):
        _propose(Cooperation(), **fields)


def test_another_partners_person_is_not_named() -> None:
    laid, other = Cooperation(), Cooperation()
    with pytest.raises(Refused, match="people"):
        _propose(laid, person_ids=(other.person.pk,))


def test_without_a_data_agreement_nobody_is_shared() -> None:
    laid = Cooperation()
    run("update external_actors_externalagreement set data_agreement_on = null")
    with pytest.raises(Refused, match="partner"):
        _propose(laid)


def test_strangers_and_citizens_propose_nothing() -> None:
    laid = Cooperation()
    with pytest.raises(NotThere):
        _propose(laid, user=accounts.employee(team=organisations.team()))
    for user in (laid.citizen.user, laid.person.user, accounts.employee(role=Role.KEY_PERSON, unit=laid.team.unit)):
        with pytest.raises(PermissionDenied):
            _propose(laid, user=user)


def test_what_was_ended_or_dropped_is_not_begun_again() -> None:
    laid = Cooperation(is_approved=False)
    with accounts.acting(laid.citizen.user) as actor:
        engagements.drop_engagement(actor=actor, engagement_id=laid.engagement.pk, on=today())
    with accounts.acting(laid.citizen.user) as actor:
        for again in (
            lambda: engagements.drop_engagement(actor=actor, engagement_id=laid.engagement.pk, on=today()),
            lambda: engagements.approve_engagement(
                actor=actor, engagement_id=laid.engagement.pk, on_behalf="", seen="", at=timezone.now()
            ),
        ):
            with pytest.raises(NotNow):
                again()


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (EntryDraft(text="X", done_on=today() + timedelta(days=1)), "ahead"),
        (EntryDraft(text="X", done_on=today() - timedelta(days=11)), "early"),
        (EntryDraft(text="X", done_on=today(), kind=EntryKind.OUTCOME), "result"),
        (EntryDraft(text="010190-1234", done_on=today()), "cpr"),
    ],
)
def test_what_is_not_written(draft: EntryDraft, code: str) -> None:
    laid = Cooperation()
    with accounts.acting(laid.person.user) as actor, pytest.raises(Refused, match=code):
        engagements.write_entry(
            actor=actor, engagement_id=laid.engagement.pk, draft=draft, on=today(), at=timezone.now()
        )


def test_each_writes_as_themselves_and_staff_note_what_others_said() -> None:
    laid = Cooperation()

    def write(user: object, **fields: object) -> object:
        with accounts.acting(user) as actor:
            return engagements.write_entry(
                actor=actor,
                engagement_id=laid.engagement.pk,
                draft=EntryDraft(text="Det gik godt.", done_on=today(), **fields),
                on=today(),
                at=timezone.now(),
            )

    assert write(laid.person.user).party == Party.PARTNER
    assert write(laid.citizen.user).party == Party.CITIZEN
    assert write(laid.caseworker).party == Party.MUNICIPALITY
    assert write(laid.caseworker, party=Party.CITIZEN).written_name == laid.caseworker.display_name
    for user in (laid.person.user, laid.citizen.user):
        with pytest.raises(PermissionDenied):
            write(user, party=Party.MUNICIPALITY)


def test_a_partner_is_added_once_also_by_two() -> None:
    laid = Cooperation()
    with accounts.acting(laid.caseworker) as actor, pytest.raises(HeldAlready) as held:
        partners.add_external_actor(
            actor=actor,
            cvr=laid.partner.cvr,
            municipality=actor.codes[0],
            draft=PartnerDraft(name="Noget andet", kind="union"),
            on=today(),
            at=timezone.now(),
        )
    assert held.value.external_actor_id == laid.partner.pk


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"themes": ()}, "themes"),
        ({"themes": ("benefit",)}, "themes"),
        ({"until_on": today() - timedelta(days=1)}, "period"),
        ({"until_on": today() + timedelta(days=3000)}, "long"),
        ({"data_agreement_on": today() + timedelta(days=1)}, "data_ahead"),
    ],
)
def test_what_no_agreement_is(fields: dict, code: str) -> None:
    laid = Cooperation()
    values = {"themes": (Theme.KNOWLEDGE,), "purpose": "Vi lærer.", "from_on": today(), "until_on": today(), **fields}
    with accounts.acting(laid.caseworker) as actor, pytest.raises(Refused, match=code):
        partners.make_external_agreement(
            actor=actor,
            external_actor_id=laid.partner.pk,
            draft=AgreementDraft(**values),
            on=today(),
            at=timezone.now(),
        )


def test_an_agreement_that_ends_today_closes_at_once() -> None:
    laid = Cooperation()
    with accounts.acting(laid.caseworker) as actor:
        partners.end_external_agreement(actor=actor, agreement_id=laid.agreement.pk, on=today())
    with accounts.acting(laid.caseworker) as actor, pytest.raises(NotNow):
        partners.end_external_agreement(actor=actor, agreement_id=laid.agreement.pk, on=today())
    with accounts.acting(laid.person.user) as actor:
        assert rows_of("select cardinality(external_engagements()) as n")[0].n == 0


def test_nothing_new_is_begun_with_a_partner_that_has_ended() -> None:
    laid = Cooperation()
    run("update external_actors_externalactor set until_on = app_today() - 1")
    draft = PersonDraft(name="Ny Person", email="ny@sammen.example", until_on=today() + timedelta(days=5))
    with accounts.acting(laid.caseworker) as actor, pytest.raises(Refused, match="over"):
        people.add_external_person(actor=actor, external_actor_id=laid.partner.pk, draft=draft, on=today())


def test_a_new_login_closes_the_old_one_and_keeps_the_work() -> None:
    laid = Cooperation()
    with accounts.acting(laid.caseworker) as actor:
        login = people.renew_external_login(actor=actor, person_id=laid.person.pk, on=today())
    assert login.username != laid.person.user.username
    for user, count in ((laid.person.user, 0), (login.person.user, 1)):
        with accounts.acting(user):
            assert rows_of("select cardinality(external_engagements()) as n")[0].n == count


def _needs(laid: Cooperation) -> set[tuple[str, str, date | None]]:
    with accounts.acting(laid.caseworker) as actor:
        found = [row for rows in needs_doing(actor=actor, on=today()) for row in rows]
    assert all(row["citizen_id"] == laid.citizen.pk and row["subject_id"] == laid.engagement.pk for row in found)
    return {(row["need"], row["waits_on"], row["due_on"]) for row in found}


def test_what_needs_doing_follows_from_the_days_and_the_consent() -> None:
    laid = Cooperation(is_approved=False)
    assert _needs(laid) == {("engagement_waits_for_yes", "citizen", laid.engagement.from_on)}
    laid = Cooperation()
    assert _needs(laid) == set()
    last = today() + timedelta(days=14)
    assert _needs(Cooperation(until_on=last)) == {("engagement_ends_soon", "us", last)}
    gone = today() - timedelta(days=1)
    assert _needs(Cooperation(until_on=gone)) == {("engagement_is_over", "us", gone)}
    run("update citizens_consent set withdrawn_at = now() where citizen_id = $1::uuid", value=laid.citizen.pk)
    assert _needs(laid) == {("engagement_taken_back", "us", None)}


def test_the_plan_tells_of_what_holds_or_comes_and_of_nothing_else() -> None:
    def shown(**fields: object) -> tuple[list[Standing], Standing]:
        laid = Cooperation(**fields)
        with accounts.acting(laid.citizen.user) as actor:
            lines = part_of_plan(actor=actor, citizen_id=laid.citizen.pk, on=today())
            page = engagement_page(actor=actor, engagement_id=laid.engagement.pk, on=today())
        return [line.standing for line in lines], page.standing

    assert shown() == ([Standing.HOLDS], Standing.HOLDS)
    assert shown(from_on=today() + timedelta(days=1)) == ([Standing.COMING], Standing.COMING)
    assert shown(until_on=today() - timedelta(days=1)) == ([], Standing.OVER)
    assert shown(is_approved=False) == ([], Standing.PROPOSED)
    assert shown(withdrawn_at=timezone.now()) == ([], Standing.TAKEN_BACK)


def test_an_end_needs_how_far_it_came() -> None:
    laid = Cooperation()
    with accounts.acting(laid.caseworker) as actor:
        page = engagement_page(actor=actor, engagement_id=laid.engagement.pk, on=today())
        for result, words, code in (("", "X", "result"), (Result.REACHED, " ", "words")):
            with pytest.raises(Refused, match=code):
                engagements.end_engagement(
                    actor=actor,
                    engagement_id=laid.engagement.pk,
                    result=result,
                    words=words,
                    seen=page.seen,
                    on=today(),
                    at=timezone.now(),
                )
