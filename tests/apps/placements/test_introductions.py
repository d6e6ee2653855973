"""The round-table: what each act promises and what it refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.audit.models import Event
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.services.proposals import move_proposal
from jobbro.apps.placements.enums import IntroductionState, MeetingKind, Outcome, Party, PlacementState, Stance
from jobbro.apps.placements.models import Introduction, Said
from jobbro.apps.placements.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.placements.services import introductions as services
from jobbro.apps.placements.services.introductions import MeetingDraft, Seat, Words
from jobbro.apps.placements.stamps import seen_introduction
from tests.factories import accounts, placements
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db

TODAY, NOW = timezone.localdate(), timezone.now()
SEATS = (
    Seat(party=Party.EMPLOYER, name="Bente Bager", role="Butikschef"),
    Seat(party=Party.MUNICIPALITY, name="Jonas Bro", role="Jobformidler"),
)


def draft(**fields: object) -> MeetingDraft:
    values = {
        "kind": MeetingKind.WORKPLACE,
        "meets_at": NOW + timedelta(days=3),
        "place": "Butikken på Torvet",
        "seats": SEATS,
        **fields,
    }
    return MeetingDraft(**values)


def planned(at: placements.Table, **fields: object) -> Introduction:
    with accounts.acting(at.broker) as actor:
        return services.plan_introduction(
            actor=actor, proposal_id=at.proposal.pk, draft=draft(**fields), at=NOW, on=TODAY
        )


def proposal_state(at: placements.Table) -> str:
    return rows_of("select state from matching_proposal where id = $1::uuid", value=at.proposal.pk)[0].state


def test_a_meeting_is_planned_under_the_name_of_the_card() -> None:
    at = placements.table(state=ProposalState.IDEA)
    row = planned(at)
    assert (row.name, row.title, row.state) == ("Anna", "Hjælp i bageriet", IntroductionState.PLANNED)
    seats = rows_of("select party, name from placements_participant where introduction_id = $1::uuid", value=row.pk)
    assert [(seat.party, seat.name) for seat in seats] == [
        ("citizen", "Anna"),
        ("employer", "Bente Bager"),
        ("municipality", "Jonas Bro"),
    ]
    assert proposal_state(at) == ProposalState.INTRODUCED


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"place": " "}, "place"),
        ({"meets_at": NOW - timedelta(minutes=5)}, "past"),
        ({"meets_at": NOW + timedelta(days=400)}, "far"),
        ({"seats": SEATS[:1]}, "seats"),
        ({"seats": SEATS * 7}, "seats"),
        ({"seats": (*SEATS, Seat(party=Party.OTHER, name=" "))}, "needed"),
        ({"place": "Hos 010203-1234"}, "cpr"),
        ({"place": "x" * 201}, "too_long"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(fields: dict, code: str) -> None:
    at = placements.table()
    with pytest.raises(Refused) as told:
        planned(at, **fields)
    assert told.value.code == code


def test_a_meeting_needs_a_card_that_holds() -> None:
    at = placements.table(until_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="no_card"):
        planned(at)


def test_a_card_taken_back_is_no_card() -> None:
    at = placements.table()
    run(
        f"update matching_card set withdrawn_at = now(), withdrawn_by_id = '{at.broker.pk}' where id = $1::uuid",
        value=at.card.pk,
    )
    with pytest.raises(Refused, match="no_card"):
        planned(at)


def test_only_one_meeting_is_planned_at_a_time() -> None:
    at = placements.table()
    placements.introduction(at=at)
    with pytest.raises(Refused, match="planned"):
        planned(at)


def test_citizen_and_employer_plan_no_meeting_and_no_stranger_sees_it() -> None:
    at = placements.table()
    for user in (at.citizen.user, at.employer):
        with accounts.acting(user) as actor, pytest.raises(PermissionDenied):
            services.plan_introduction(actor=actor, proposal_id=at.proposal.pk, draft=draft(), at=NOW, on=TODAY)
    other = placements.table()
    with accounts.acting(other.broker) as actor, pytest.raises(NotThere):
        services.plan_introduction(actor=actor, proposal_id=at.proposal.pk, draft=draft(), at=NOW, on=TODAY)


def test_a_meeting_is_moved_and_called_off_with_a_reason_and_a_mark() -> None:
    at = placements.table()
    row = placements.introduction(at=at)
    seen = seen_introduction(row)
    with accounts.acting(at.broker) as actor:
        moved = services.change_introduction(
            actor=actor,
            introduction_id=row.pk,
            draft=draft(kind=MeetingKind.VIDEO, place="", seats=(*SEATS, Seat(party=Party.OTHER, name="Tolk"))),
            seen=seen,
            at=NOW,
        )
        assert (moved.kind, moved.participants.count()) == (MeetingKind.VIDEO, 4)
        with pytest.raises(Changed):
            services.cancel_introduction(actor=actor, introduction_id=row.pk, reason="Syg", seen=seen, at=NOW)
        with pytest.raises(Refused, match="needed"):
            services.cancel_introduction(
                actor=actor, introduction_id=row.pk, reason=" ", seen=seen_introduction(moved), at=NOW
            )
        off = services.cancel_introduction(
            actor=actor, introduction_id=row.pk, reason="Anna er syg.", seen=seen_introduction(moved), at=NOW
        )
        assert (off.state, off.state_note) == (IntroductionState.CANCELLED, "Anna er syg.")
        with pytest.raises(NotNow):
            services.say(actor=actor, introduction_id=row.pk, words=Words(text="Hej"), at=NOW)


def test_who_came_is_told_when_it_was_held() -> None:
    at = placements.table()
    row = placements.introduction(at=at, meets_at=NOW)
    with accounts.acting(at.broker) as actor:
        seats = list(row.participants.all())
        with pytest.raises(Refused, match="came"):
            services.hold_introduction(
                actor=actor, introduction_id=row.pk, came=(), seen=seen_introduction(row), at=NOW
            )
        came = [seat.pk for seat in seats if seat.party != Party.EMPLOYER]
        held = services.hold_introduction(
            actor=actor, introduction_id=row.pk, came=came, seen=seen_introduction(row), at=NOW
        )
        assert held.state == IntroductionState.HELD
        assert {seat.party: seat.came for seat in held.participants.all()} == {
            "citizen": True,
            "employer": False,
            "municipality": True,
        }


def test_a_meeting_is_not_held_before_its_day() -> None:
    at = placements.table()
    row = placements.introduction(at=at)
    with accounts.acting(at.broker) as actor, pytest.raises(Refused, match="not_yet"):
        services.hold_introduction(
            actor=actor, introduction_id=row.pk, came=(row.pk,), seen=seen_introduction(row), at=NOW
        )


def test_each_speaks_in_the_own_name_and_staff_write_for_others() -> None:
    at = placements.table()
    row = placements.held(at=at)
    words = Words(text="Jeg vil gerne.", stance=Stance.GO_ON)
    for user in (at.citizen.user, at.employer, at.broker):
        with accounts.acting(user) as actor:
            services.say(actor=actor, introduction_id=row.pk, words=words, at=NOW)
    with accounts.acting(at.broker) as actor:
        services.say(
            actor=actor,
            introduction_id=row.pk,
            words=Words(text="Jeg tolker gerne igen.", party=Party.OTHER, name="Tolken"),
            at=NOW,
        )
        services.say(
            actor=actor, introduction_id=row.pk, words=Words(text="Kun om formiddagen.", party=Party.CITIZEN), at=NOW
        )
        told = [(one.party, one.name) for one in Said.objects.order_by("written_at", "pk")]
    assert told == [
        ("citizen", "Anna"),
        ("employer", "Bente Bager"),
        ("municipality", "Jonas Bro"),
        ("other", "Tolken"),
        ("citizen", "Anna"),
    ]


def test_nobody_but_staff_speaks_for_others() -> None:
    at = placements.table()
    row = placements.held(at=at)
    for user, party in ((at.citizen.user, Party.EMPLOYER), (at.employer, Party.CITIZEN)):
        with accounts.acting(user) as actor, pytest.raises(PermissionDenied):
            services.say(actor=actor, introduction_id=row.pk, words=Words(text="Ja", party=party), at=NOW)
    with accounts.acting(at.citizen.user) as actor:
        with pytest.raises(Refused, match="needed"):
            services.say(actor=actor, introduction_id=row.pk, words=Words(text=" "), at=NOW)
        with pytest.raises(Refused, match="cpr"):
            services.say(actor=actor, introduction_id=row.pk, words=Words(text="010203-1234"), at=NOW)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.TRIAL, ProposalState.TRIED),
        (Outcome.START, ProposalState.AGREED),
        (Outcome.THINK, ProposalState.INTRODUCED),
        (Outcome.NOT_NOW, ProposalState.DECLINED),
    ],
)
def test_what_the_table_came_to_moves_the_proposal(outcome: Outcome, state: ProposalState) -> None:
    at = placements.table()
    row = placements.held(at=at)
    with accounts.acting(at.broker) as actor:
        decided = services.decide_introduction(
            actor=actor,
            introduction_id=row.pk,
            outcome=outcome,
            reason="Alle sagde det.",
            seen=seen_introduction(row),
            at=NOW,
            on=TODAY,
        )
    assert (decided.outcome, decided.decided_on, proposal_state(at)) == (outcome, TODAY, state)


def decide(at: placements.Table, row: Introduction, outcome: Outcome, reason: str = "Fordi.") -> Introduction:
    with accounts.acting(at.broker) as actor:
        found = Introduction.objects.get(pk=row.pk)
        return services.decide_introduction(
            actor=actor,
            introduction_id=row.pk,
            outcome=outcome,
            reason=reason,
            seen=seen_introduction(found),
            at=timezone.now(),
            on=TODAY,
        )


def test_a_decision_needs_a_reason_and_a_meeting_and_a_no_stands() -> None:
    at = placements.table()
    row = placements.held(at=at)
    with pytest.raises(Refused, match="needed"):
        decide(at, row, Outcome.TRIAL, reason="")
    decide(at, row, Outcome.THINK)
    decide(at, row, Outcome.TRIAL)
    with pytest.raises(Refused, match="outcome"):
        decide(at, row, Outcome.THINK)
    decide(at, row, Outcome.NOT_NOW)
    with pytest.raises(Refused, match="outcome"):
        decide(at, row, Outcome.START)
    other = placements.table()
    with pytest.raises(NotNow):
        decide(other, placements.introduction(at=other), Outcome.TRIAL)


def test_a_no_gives_up_what_was_being_agreed_but_not_what_is_signed() -> None:
    at = placements.table()
    row = placements.held(at=at)
    placements.agreement(at=at)
    decide(at, row, Outcome.NOT_NOW)
    assert placements.placement_now(at.proposal.pk).state == PlacementState.GIVEN_UP
    signed = placements.table()
    second = placements.held(at=signed)
    placements.signed_by_all(at=signed, version=placements.agreement(at=signed))
    with pytest.raises(Refused, match="agreed"):
        decide(signed, second, Outcome.NOT_NOW)


def test_a_no_on_another_page_ends_what_was_planned_and_not_signed() -> None:
    at = placements.table()
    row = placements.introduction(at=at)
    placements.agreement(at=at)
    signed = placements.table()
    placements.signed_by_all(at=signed, version=placements.agreement(at=signed))
    for one in (at, signed):
        with accounts.acting(one.citizen.user) as actor:
            move_proposal(
                actor=actor,
                proposal_id=one.proposal.pk,
                state=ProposalState.DECLINED,
                reason="Jeg vil hellere noget andet.",
                at=NOW,
                on=TODAY,
            )
    (meeting,) = rows_of("select state from placements_introduction where id = $1::uuid", value=row.pk)
    assert meeting.state == IntroductionState.CANCELLED
    assert placements.placement_now(at.proposal.pk).state == PlacementState.GIVEN_UP
    assert placements.placement_now(signed.proposal.pk).state == PlacementState.AGREED


def test_every_act_is_in_the_log() -> None:
    at = placements.table()
    planned(at)
    with accounts.acting(at.broker):
        verbs = set(Event.objects.filter(citizen_id=at.citizen.pk).values_list("verb", flat=True))
    assert {"introduction_planned"} <= verbs
