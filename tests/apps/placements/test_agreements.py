"""The agreement: each wording stands, three sign it, and the last one that all signed is in force."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.placements.enums import AgreementKind, Party, PlacementState
from jobbro.apps.placements.models import AgreementVersion, Placement, Signature
from jobbro.apps.placements.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.placements.services import agreements as services
from jobbro.apps.placements.services.agreements import AgreementDraft, Step
from jobbro.apps.placements.stamps import seen_placement
from tests.factories import accounts, placements
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db

TODAY, NOW = timezone.localdate(), timezone.now()
FIRST = Step(from_on=TODAY + timedelta(days=14), hours=Decimal("8"))
LATER = Step(from_on=TODAY + timedelta(days=74), hours=Decimal("12.5"))


def draft(**fields: object) -> AgreementDraft:
    values = {
        "kind": AgreementKind.JOB,
        "steps": (FIRST, LATER),
        "place": "Butikken på Torvet",
        "tasks": "Vaske bageplader.",
        "contact_text": "Bente Bager, 12 34 56 78",
        "slots": ("tue_am", "mon_am"),
        "wage_text": "145 kr. i timen",
        "measures": (placements.SHOWN_MEASURE,),
        **fields,
    }
    return AgreementDraft(**values)


def write(at: placements.Table, *, number: int = 0, seen: str | None = None, **fields: object) -> AgreementVersion:
    with accounts.acting(at.broker) as actor:
        placement = Placement.objects.filter(proposal=at.proposal).first()
        return services.write_agreement(
            actor=actor,
            proposal_id=at.proposal.pk,
            draft=draft(**fields),
            seen=seen_placement(placement, number=number) if seen is None else seen,
            at=NOW,
            on=TODAY,
        )


def sign(user: object, version: AgreementVersion, digest: str = "") -> Signature:
    with accounts.acting(user) as actor:
        return services.sign(actor=actor, version_id=version.pk, digest=digest or version.digest, at=NOW)


def three(at: placements.Table) -> tuple:
    return at.citizen.user, at.employer, at.broker


def test_an_agreement_holds_all_that_is_signed() -> None:
    at = placements.table()
    version = write(at)
    assert (version.number, version.name, version.employer_name) == (1, "Anna", "Bageriet Kornblomst")
    assert version.steps == [
        {"from_on": FIRST.from_on.isoformat(), "hours": 8},
        {"from_on": LATER.from_on.isoformat(), "hours": 12.5},
    ]
    assert (version.starts_on, version.slots) == (FIRST.from_on, ["mon_am", "tue_am"])
    signed = services.signed_content(version)
    for name in ("kind", "name", "employer", "starts_on", "steps", "slots", "place", "tasks", "wage", "contact"):
        assert signed[name], name
    for name in signed:
        assert services.digest_of({**signed, name: "something else"}) != version.digest


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"steps": ()}, "steps_none"),
        ({"steps": (LATER, FIRST)}, "steps_order"),
        ({"steps": (FIRST, FIRST)}, "steps_order"),
        ({"steps": tuple(Step(from_on=TODAY + timedelta(days=n), hours=Decimal(8)) for n in range(13))}, "steps_many"),
        ({"steps": (Step(from_on=TODAY, hours=Decimal(0)),)}, "hours"),
        ({"steps": (Step(from_on=TODAY, hours=Decimal("48.5")),)}, "hours"),
        ({"steps": (Step(from_on=TODAY, hours=Decimal("NaN")),)}, "hours"),
        ({"steps": (Step(from_on=TODAY, hours=Decimal("7.333")),)}, "hours_fine"),
        ({"ends_on": LATER.from_on - timedelta(days=1)}, "ends_before"),
        ({"kind": AgreementKind.TRIAL}, "trial_end"),
        ({"wage_text": " "}, "wage"),
        ({"slots": ("mon_night",)}, "slots"),
        ({"measures": (placements.KEPT_MEASURE,)}, "measures"),
        ({"place": ""}, "needed"),
        ({"tasks": " "}, "needed"),
        ({"contact_text": ""}, "needed"),
        ({"tasks": "Ring til 010203-1234"}, "cpr"),
        ({"tasks": "x" * 5001}, "too_long"),
    ],
)
def test_an_agreement_that_cannot_hold_is_refused(fields: dict, code: str) -> None:
    with pytest.raises(Refused) as told:
        write(placements.table(), **fields)
    assert told.value.code == code


def test_a_trial_has_an_end_and_may_be_without_wage() -> None:
    version = write(placements.table(), kind=AgreementKind.TRIAL, wage_text="", ends_on=LATER.from_on)
    assert (version.kind, version.ends_on) == (AgreementKind.TRIAL, LATER.from_on)


def test_it_is_written_by_staff_about_a_job_that_was_introduced_with_a_card() -> None:
    at = placements.table()
    for user in (at.citizen.user, at.employer):
        with accounts.acting(user) as actor, pytest.raises(PermissionDenied):
            services.write_agreement(actor=actor, proposal_id=at.proposal.pk, draft=draft(), seen="", at=NOW, on=TODAY)
    with pytest.raises(NotNow):
        write(placements.table(state=ProposalState.IDEA))
    with pytest.raises(NotNow):
        write(placements.table(state=ProposalState.DECLINED))
    with pytest.raises(Refused, match="no_card"):
        write(placements.table(until_on=TODAY - timedelta(days=1)))
    other = placements.table()
    with accounts.acting(other.broker) as actor, pytest.raises(NotThere):
        services.write_agreement(actor=actor, proposal_id=at.proposal.pk, draft=draft(), seen="", at=NOW, on=TODAY)


def test_three_signatures_make_it_agreed_whoever_is_last() -> None:
    for last in range(3):
        at = placements.table()
        version = write(at)
        order = [*three(at)[last + 1 :], *three(at)[: last + 1]]
        for user in order[:2]:
            sign(user, version)
        assert placements.placement_now(at.proposal.pk).state == PlacementState.AGREEING
        sign(order[2], version)
        now = placements.placement_now(at.proposal.pk)
        assert (now.state, now.starts_on) == (PlacementState.AGREED, FIRST.from_on.isoformat())


def test_the_same_signature_twice_is_one() -> None:
    at = placements.table()
    version = write(at)
    assert sign(at.broker, version).pk == sign(at.broker, version).pk
    events = rows_of(
        "select id from audit_event where verb = 'agreement_signed' and citizen_id = $1::uuid", value=at.citizen.pk
    )
    assert len(events) == 1


def test_only_the_words_that_were_shown_are_signed() -> None:
    at = placements.table()
    version = write(at)
    with pytest.raises(Changed):
        sign(at.citizen.user, version, digest="0" * 64)
    newer = write(at, number=1, change_note="Flere timer.")
    with pytest.raises(Changed):
        sign(at.citizen.user, version)
    assert sign(at.citizen.user, newer).name == "Anna"


def test_a_change_needs_a_reason_and_the_agreed_wording_holds_until_the_new_one_is_signed() -> None:
    at = placements.table()
    first = write(at)
    for user in three(at):
        sign(user, first)
    with pytest.raises(Refused, match="needed"):
        write(at, number=1)
    with pytest.raises(Changed):
        write(at, number=0, change_note="Flere timer.")
    second = write(at, number=1, change_note="Flere timer, fordi det går godt.", steps=(LATER,))
    assert second.number == 2
    sign(at.broker, second)
    now = placements.placement_now(at.proposal.pk)
    assert (now.state, now.starts_on) == (PlacementState.AGREED, FIRST.from_on.isoformat())
    with accounts.acting(at.employer):
        assert [version.number for version in AgreementVersion.objects.order_by("number")] == [1, 2]
    for user in three(at)[:2]:
        sign(user, second)
    assert placements.placement_now(at.proposal.pk).starts_on == FIRST.from_on.isoformat()


def test_what_binds_can_change_when_the_card_is_over() -> None:
    at = placements.table()
    first = write(at)
    for user in three(at):
        sign(user, first)
    run(
        "update matching_card set from_on = from_on - 90, until_on = until_on - 90 where id = $1::uuid",
        value=at.card.pk,
    )
    second = write(at, number=1, change_note="Færre timer.", steps=(FIRST,))
    assert (second.name, [one["code"] for one in second.measures]) == ("Anna", [placements.SHOWN_MEASURE])
    with pytest.raises(Refused, match="measures"):
        write(at, number=2, change_note="Mere.", measures=(placements.KEPT_MEASURE,))


def test_staff_sign_for_others_with_a_reason_that_all_read() -> None:
    at = placements.table()
    version = write(at)

    def sign_for(user: object, **fields: object) -> Signature:
        with accounts.acting(user) as actor:
            return services.sign_for(
                actor=actor,
                version_id=version.pk,
                **{"party": Party.CITIZEN, "name": "", "reason": "Anna sagde ja.", "digest": version.digest, **fields},
                at=NOW,
            )

    for fields, code in (
        ({"reason": " "}, "needed"),
        ({"party": Party.MUNICIPALITY}, "party"),
        ({"party": Party.EMPLOYER, "name": ""}, "needed"),
    ):
        with pytest.raises(Refused, match=code):
            sign_for(at.broker, **fields)
    for user in (at.citizen.user, at.employer):
        with pytest.raises(PermissionDenied):
            sign_for(user)
    sign_for(at.broker)
    sign_for(at.broker, party=Party.EMPLOYER, name="Bente Bager", reason="Bente skrev under på papir.")
    with accounts.acting(at.employer):
        told = [(one.party, one.name, one.on_behalf, one.noted_by) for one in Signature.objects.order_by("party")]
    assert told == [
        ("citizen", "Anna", "Anna sagde ja.", "Jonas Bro"),
        ("employer", "Bente Bager", "Bente skrev under på papir.", "Jonas Bro"),
    ]


def test_what_came_to_nothing_is_not_signed() -> None:
    at = placements.table()
    version = write(at)
    run("update placements_placement set state = 'given_up' where proposal_id = $1::uuid", value=at.proposal.pk)
    with pytest.raises(NotNow):
        sign(at.broker, version)
    with pytest.raises(NotNow):
        write(at, number=1, change_note="Igen")
