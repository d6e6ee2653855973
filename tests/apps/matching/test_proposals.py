"""A proposal from the choice to the agreement: kept whole, moved with reasons, and computed again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Verb
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.jobs.enums import OpeningState
from jobbro.apps.jobs.models import CarvedFor, Opening
from jobbro.apps.matching.enums import ProposalState, Side
from jobbro.apps.matching.models import Proposal, ProposalStep
from jobbro.apps.matching.refusals import Changed, NotThere, Refused
from jobbro.apps.matching.replaying import replay
from jobbro.apps.matching.services.proposals import follow_proposal, make_proposal, move_proposal
from tests.factories.accounts import acting, employee
from tests.factories.citizens import citizen
from tests.factories.employers import company, employer_user, job_broker, workplace
from tests.factories.jobs import carved_job, work_wish
from tests.factories.matching import proposal
from tests.factories.openings import carved_opening, opening
from tests.factories.organisations import team as new_team
from tests.factories.rows import rows_of
from tests.factories.screening import agreed_dialogue

pytestmark = pytest.mark.django_db


class Table:
    """A broker, a citizen who is ready for jobs, and an open job near them."""

    def __init__(self) -> None:
        self.team = new_team()
        self.broker = job_broker(team=self.team)
        self.anna = citizen(team=self.team, lead=self.broker, has_login=True)
        agreed_dialogue(citizen=self.anna, by=self.broker, level=2)
        work_wish(citizen=self.anna, by=self.broker, travels_from="9995")
        self.company = company(broker=self.broker)
        self.workplace = workplace(company=self.company, x=640.0, y=6270.0)
        self.opening = opening(workplace=self.workplace, demand={"lifting": 3}, measures=["lift_trolley"])


@pytest.fixture
def table() -> Table:
    return Table()


def made(table: Table, *, by=None, why: str = "Anna vil gerne i bageriet.", **fields: object) -> Proposal:
    values = {"citizen_id": table.anna.pk, "opening_id": table.opening.pk, **fields}
    with acting(by or table.broker) as actor:
        return make_proposal(actor=actor, why=why, at=timezone.now(), on=timezone.localdate(), **values)


def moved(table: Table, row: Proposal, state: str, *, by=None, reason: str = "", **more: object) -> Proposal:
    with acting(by or table.broker) as actor:
        return move_proposal(
            actor=actor,
            proposal_id=row.pk,
            state=ProposalState(state),
            reason=reason,
            at=timezone.now(),
            on=timezone.localdate(),
            **more,
        )


def refusal_of(call) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_a_choice_keeps_all_that_the_answer_rests_on(table: Table):
    row = made(table)
    with acting(table.broker):
        kept = Proposal.objects.get(pk=row.pk)
        (step,) = ProposalStep.objects.filter(proposal=kept)
    assert (kept.state, kept.picked_side) == (ProposalState.IDEA, Side.MUNICIPALITY)
    assert kept.person_input["capacity"]["lifting"] == 2 and set(kept.person_input) == {
        *("id", "capacity", "x", "y", "max_km", "hours", "slots", "wishes", "skills", "measures")
    }
    assert kept.opening_input["demand"] == {"lifting": 3}
    assert [one["code"] for one in kept.measures_input] == ["lift_trolley"]
    assert kept.answer["gaps"] == {"lifting": 1} and kept.answer["support"] == ["lift_trolley"]
    assert (step.state, step.reason) == (ProposalState.IDEA, "Anna vil gerne i bageriet.")
    (event,) = rows_of("select actor_id from audit_event where verb = $1", value=Verb.PROPOSAL_MADE)
    assert str(event.actor_id) == str(table.broker.pk)


def test_a_kept_choice_is_computed_again_and_is_the_same(table: Table):
    row = made(table)
    with acting(table.broker):
        kept = Proposal.objects.get(pk=row.pk)
        assert replay(kept).is_same and replay(kept).is_same_rules
        kept.answer["verdict"] = "as_is"
        kept.rule_version = "another"
        assert not replay(kept).is_same and not replay(kept).is_same_rules


def test_a_later_change_of_the_job_does_not_change_what_was_kept(table: Table):
    row = made(table)
    with acting(table.broker):
        Opening.objects.filter(pk=table.opening.pk).update(demand={"lifting": 4}, changed_by=table.broker)
        kept = Proposal.objects.get(pk=row.pk)
        assert kept.opening_input["demand"] == {"lifting": 3} and replay(kept).is_same


def test_the_citizen_picks_for_themselves(table: Table):
    row = made(table, by=table.anna.user, why="Jeg vil prøve bageriet.")
    assert row.picked_side == Side.CITIZEN
    with acting(table.broker):
        assert Proposal.objects.get(pk=row.pk).why == "Jeg vil prøve bageriet."


def test_what_is_refused(table: Table):
    assert refusal_of(lambda: made(table, why="  ")) == "why"
    assert refusal_of(lambda: made(table, why="Født 010203-4567")) == "cpr"
    assert refusal_of(lambda: made(table, why="x" * 3000)) == "too_long"
    filled = opening(workplace=table.workplace, state=OpeningState.FILLED)
    assert refusal_of(lambda: made(table, opening_id=filled.pk)) == "closed"
    over = opening(workplace=table.workplace, closes_on=timezone.localdate().replace(year=2020))
    assert refusal_of(lambda: made(table, opening_id=over.pk)) == "closed"
    made(table)
    assert refusal_of(lambda: made(table)) == "twice"


def test_a_job_carved_for_somebody_is_picked_for_nobody_else(table: Table):
    job = carved_job(workplace=table.workplace)
    kept = carved_opening(job=job)
    assert refusal_of(lambda: made(table, opening_id=kept.pk)) == "closed"
    with acting(table.broker):
        CarvedFor(citizen=table.anna, job=job, chosen_by=table.broker, chosen_at=timezone.now()).save(force_insert=True)
    assert made(table, opening_id=kept.pk).state == ProposalState.IDEA


def test_nobody_is_picked_for_before_needs_and_wish_are_told(table: Table):
    ib = citizen(team=table.team, lead=table.broker, given_name="Ib")
    assert refusal_of(lambda: made(table, citizen_id=ib.pk)) == "unready"


def test_a_proposal_moves_from_idea_to_agreed_and_its_steps_stand(table: Table):
    row = made(table)
    for state in ("introduced", "tried", "agreed"):
        moved(table, row, state)
    with acting(table.broker):
        states = list(ProposalStep.objects.filter(proposal=row).order_by("made_at").values_list("state", flat=True))
    assert states == ["idea", "introduced", "tried", "agreed"]


def test_a_no_has_a_reason_and_the_job_can_be_proposed_anew(table: Table):
    row = made(table)
    assert refusal_of(lambda: moved(table, row, "declined")) == "reason"
    moved(table, row, "declined", reason="Der er for meget uro.", said_by=Side.CITIZEN)
    assert refusal_of(lambda: moved(table, row, "idea")) == "move"
    again = made(table, why="Nu er der et roligt lokale.")
    assert again.pk != row.pk
    with acting(table.anna.user):
        (no,) = ProposalStep.objects.filter(state=ProposalState.DECLINED)
        assert (no.reason, no.side) == ("Der er for meget uro.", Side.CITIZEN)


def test_a_citizen_says_no_and_nothing_else(table: Table):
    row = made(table)
    assert refusal_of(lambda: moved(table, row, "introduced", by=table.anna.user)) == "move"
    moved(table, row, "declined", by=table.anna.user, reason="Jeg vil hellere noget andet.", said_by=Side.EMPLOYER)
    with acting(table.broker):
        assert ProposalStep.objects.get(state=ProposalState.DECLINED).side == Side.CITIZEN


def test_two_who_move_it_at_the_same_time_do_not_pass_each_other(table: Table):
    row = made(table)
    moved(table, row, "introduced", seen="idea")
    with pytest.raises(Changed):
        moved(table, row, "declined", reason="For sent.", seen="idea")


def test_what_follows_from_a_table_moves_it_once(table: Table):
    row = proposal(citizen=table.anna, by=table.broker, opening=table.opening)
    for _ in range(2):
        with acting(table.broker) as actor:
            follow_proposal(
                actor=actor,
                proposal_id=row.pk,
                state=ProposalState.INTRODUCED,
                reason="",
                at=timezone.now(),
                on=timezone.localdate(),
            )
    with acting(table.broker):
        assert ProposalStep.objects.filter(proposal=row, state=ProposalState.INTRODUCED).count() == 1


def test_others_neither_see_nor_pick(table: Table):
    row = made(table)
    elsewhere = job_broker(team=new_team())
    bo = citizen(team=table.team, lead=table.broker, given_name="Bo", has_login=True)
    bente = employer_user(company=table.company)
    for stranger in (elsewhere, bo.user, bente):
        with acting(stranger) as actor:
            assert not Proposal.objects.exists() and not ProposalStep.objects.exists()
            assert_cannot_pick(actor, table=table)
        with pytest.raises((NotThere, PermissionDenied)):
            moved(table, row, "declined", by=stranger, reason="Nej.")


def assert_cannot_pick(actor: Actor, *, table: Table) -> None:
    with pytest.raises((NotThere, PermissionDenied)):
        make_proposal(
            actor=actor,
            citizen_id=table.anna.pk,
            opening_id=table.opening.pk,
            why="Fordi.",
            at=timezone.now(),
            on=timezone.localdate(),
        )


def test_a_key_person_reads_and_does_not_pick(table: Table):
    key = employee(role=Role.KEY_PERSON, team=table.team, name="Nana Nøgle")
    with pytest.raises((NotThere, PermissionDenied)):
        made(table, by=key)


@pytest.mark.parametrize(
    "change",
    [
        "update matching_proposal set answer = '{}'::jsonb",
        "update matching_proposal set person_input = '{}'::jsonb",
        "update matching_proposal set opening_input = '{}'::jsonb",
        "update matching_proposal set why = 'noget andet'",
        "update matching_proposal set rule_version = ''",
        "delete from matching_proposal",
        "update matching_proposalstep set reason = 'noget andet'",
        "delete from matching_proposalstep",
    ],
)
def test_what_was_kept_cannot_be_changed_by_the_application(table: Table, change: str):
    made(table)
    with acting(table.broker), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_choice_is_made_in_ones_own_name(table: Table):
    row = made(table)
    other = employee(team=table.team, name="Karen Kollega")
    with acting(table.broker), pytest.raises(ProgrammingError), transaction.atomic():
        ProposalStep(
            citizen=Citizen(pk=table.anna.pk),
            proposal=row,
            state=ProposalState.INTRODUCED,
            side=Side.MUNICIPALITY,
            made_by=other,
            made_at=timezone.now(),
        ).save(force_insert=True)
