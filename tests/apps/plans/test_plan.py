"""The one plan: what each act promises and what it refuses."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.models import Event
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.plans import services
from jobbro.apps.plans.enums import ActionState, State, Who
from jobbro.apps.plans.models import Action, Goal, Plan, SupportDecision
from jobbro.apps.plans.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.plans.selectors import due_actions, my_next_actions, plan_for, plan_summary
from jobbro.apps.plans.services import GoalDraft, StepDraft
from tests.factories import accounts, citizens, organisations, plans

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
CALL = StepDraft(title="Ring til arbejdspladsen", who=Who.CITIZEN)


@dataclass
class Scene:
    """A citizen and their caseworker."""

    staff: User
    citizen: Citizen

    @property
    def ids(self):
        return {"citizen_id": self.citizen.pk}


@pytest.fixture
def scene() -> Scene:
    team = organisations.team()
    staff = accounts.employee(team=team)
    return Scene(staff=staff, citizen=citizens.citizen(team=team, lead=staff, has_login=True))


def _shown(actor, scene):
    return plan_for(actor=actor, citizen_id=scene.citizen.pk, on=TODAY).plan


def _start(actor, scene, **changes):
    goals = [GoalDraft(words="Jeg vil have et job med ro.", steps=(CALL,))]
    return services.start_plan(
        **{"actor": actor, "decision_id": None, "goals": goals, "on": TODAY, **scene.ids, **changes}
    )


def _agree(actor, scene, *, citizen=False, staff=False, seen=None):
    seen = seen or _shown(actor, scene).seen
    return services.agree_plan(
        actor=actor, for_citizen=citizen, for_staff=staff, seen=seen, at=timezone.now(), **scene.ids
    )


def _agreed(actor, scene):
    _start(actor, scene)
    services.propose_plan(actor=actor, seen=_shown(actor, scene).seen, **scene.ids)
    return _agree(actor, scene, citizen=True, staff=True)


def test_a_plan_starts_from_the_chosen_support(scene):
    agreement = plans.agreed_needs(citizen=scene.citizen, staff=scene.staff)
    choice = plans.decision(agreement=agreement, staff=scene.staff)
    step = StepDraft(title="Støtte", who=Who.STAFF, responsible_id=scene.staff.pk, measure=choice.measures[0])
    with accounts.acting(scene.staff) as actor:
        _start(actor, scene, decision_id=choice.pk, goals=[GoalDraft(words=plans.HOPES, steps=(step,))])
        page = plan_for(actor=actor, citizen_id=scene.citizen.pk, on=TODAY)
        assert Event.objects.filter(citizen_id=scene.citizen.pk, verb="plan_started").count() == 1
    assert (page.plan.state, page.plan.goals[0].words) == (State.DRAFT, plans.HOPES)
    assert page.plan.goals[0].steps[0].responsible_name == scene.staff.display_name
    assert page.plan.decision.codes == tuple(choice.measures)


def test_there_is_one_plan_and_not_two(scene):
    with accounts.acting(scene.staff) as actor:
        _start(actor, scene)
        with pytest.raises(Refused, match="open_plan"):
            _start(actor, scene)
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan(citizen=scene.citizen, started_on=TODAY).save(force_insert=True)


def test_a_new_plan_can_follow_a_closed_one(scene):
    plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.CLOSED)
    with accounts.acting(scene.staff) as actor:
        made = _start(actor, scene)
        assert _shown(actor, scene).id == made.pk


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (StepDraft(title="  ", who=Who.CITIZEN), "title"),
        (StepDraft(title="x" * 201, who=Who.CITIZEN), "title"),
        (StepDraft(title="Ring", who=Who.OTHER), "person"),
        (StepDraft(title="Ring", who=Who.STAFF), "person"),
        (StepDraft(title="Ring", who=Who.CITIZEN, measure="no_such_measure"), "measure"),
    ],
)
def test_a_step_says_what_and_who(scene, draft, code):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff)
    with accounts.acting(scene.staff) as actor, pytest.raises(Refused, match=code):
        services.add_step(actor=actor, goal_id=plan.goals.get().pk, draft=draft, on=TODAY, **scene.ids)


def test_somebody_outside_the_team_cannot_be_given_a_step(scene):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff)
    stranger = accounts.employee(team=organisations.team(), name="Fremmed")
    draft = StepDraft(title="Ring", who=Who.STAFF, responsible_id=stranger.pk)
    with accounts.acting(scene.staff) as actor, pytest.raises(Refused, match="person"):
        services.add_step(actor=actor, goal_id=plan.goals.get().pk, draft=draft, on=TODAY, **scene.ids)


def test_goals_and_steps_are_changed_moved_and_removed(scene):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff, goals=("Første", "Andet"))
    with accounts.acting(scene.staff) as actor:
        first, second = Goal.objects.filter(plan=plan).order_by("place")
        for title in ("a", "b"):
            services.add_step(
                actor=actor, goal_id=first.pk, draft=StepDraft(title=title, who=Who.CITIZEN), on=TODAY, **scene.ids
            )
        services.move_goal(actor=actor, goal_id=second.pk, up=True, **scene.ids)
        services.move_goal(actor=actor, goal_id=second.pk, up=True, **scene.ids)
        shown = _shown(actor, scene)
        assert [goal.words for goal in shown.goals] == ["Andet", "Første"]
        step_a, step_b = shown.steps
        services.move_step(actor=actor, action_id=step_a.id, up=False, **scene.ids)
        assert [step.title for step in _shown(actor, scene).steps] == ["b", "a"]
        services.change_step(
            actor=actor,
            action_id=step_a.id,
            draft=StepDraft(title="ny", who=Who.OTHER, responsible_name="Karen"),
            seen=step_a.seen,
            on=TODAY,
            **scene.ids,
        )
        services.remove_step(actor=actor, action_id=step_b.id, seen=step_b.seen, **scene.ids)
        services.change_goal(actor=actor, goal_id=first.pk, words="Nyt", seen=shown.goals[1].seen, **scene.ids)
        services.remove_goal(actor=actor, goal_id=second.pk, seen=shown.goals[0].seen, **scene.ids)
        after = _shown(actor, scene)
    assert [(goal.words, [step.title for step in goal.steps]) for goal in after.goals] == [("Nyt", ["ny"])]


def test_both_agree_each_with_their_own_login(scene):
    with accounts.acting(scene.staff) as actor:
        _start(actor, scene)
        services.propose_plan(actor=actor, seen=_shown(actor, scene).seen, **scene.ids)
        assert _agree(actor, scene, staff=True).state == State.PROPOSED
    with accounts.acting(scene.citizen.user) as actor:
        assert _agree(actor, scene, citizen=True).state == State.AGREED
        shown = _shown(actor, scene)
    assert (shown.citizen_agreed_in_meeting_with, shown.staff_agreed_by) == ("", scene.staff.display_name)


def test_the_citizens_word_can_be_recorded_in_the_meeting(scene):
    with accounts.acting(scene.staff) as actor:
        _agreed(actor, scene)
        shown = _shown(actor, scene)
    assert (shown.state, shown.citizen_agreed_in_meeting_with) == (State.AGREED, scene.staff.display_name)


def test_nobody_agrees_to_what_they_have_not_read(scene):
    with accounts.acting(scene.staff) as actor:
        _start(actor, scene)
        seen = _shown(actor, scene).seen
        services.add_goal(actor=actor, words="Et mål mere", **scene.ids)
        with pytest.raises(Changed):
            services.propose_plan(actor=actor, seen=seen, **scene.ids)
        services.propose_plan(actor=actor, seen=_shown(actor, scene).seen, **scene.ids)
        with pytest.raises(Changed):
            _agree(actor, scene, citizen=True, staff=True, seen=seen)


def test_an_empty_plan_is_not_proposed(scene):
    plans.plan(citizen=scene.citizen, staff=scene.staff, goals=())
    with accounts.acting(scene.staff) as actor:
        with pytest.raises(Refused, match="no_goal"):
            services.propose_plan(actor=actor, seen=_shown(actor, scene).seen, **scene.ids)
        services.add_goal(actor=actor, words="Et mål", **scene.ids)
        with pytest.raises(Refused, match="no_step"):
            services.propose_plan(actor=actor, seen=_shown(actor, scene).seen, **scene.ids)


def test_a_draft_is_not_agreed_and_nobody_agrees_to_nothing(scene):
    with accounts.acting(scene.staff) as actor:
        _start(actor, scene)
        with pytest.raises(NotNow):
            _agree(actor, scene, citizen=True, staff=True)
        services.propose_plan(actor=actor, seen=_shown(actor, scene).seen, **scene.ids)
        with pytest.raises(Refused, match="nobody"):
            _agree(actor, scene)


def test_the_citizen_cannot_agree_for_the_employee(scene):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.PROPOSED)
    plans.step(plan=plan)
    with accounts.acting(scene.citizen.user) as actor, pytest.raises(PermissionDenied):
        _agree(actor, scene, citizen=True, staff=True)


def test_a_change_after_the_agreement_withdraws_it(scene):
    with accounts.acting(scene.staff) as actor:
        _agreed(actor, scene)
        outcome = services.add_goal(actor=actor, words="Et mål mere", **scene.ids)
        shown = _shown(actor, scene)
    assert outcome.withdrew
    assert (shown.state, shown.citizen_agreed_at, shown.staff_agreed_at) == (State.DRAFT, None, None)


def test_how_it_went_does_not_withdraw_the_agreement(scene):
    with accounts.acting(scene.staff) as actor:
        _agreed(actor, scene)
        step = _shown(actor, scene).steps[0]
        services.tell_step(
            actor=actor, action_id=step.id, move="finish", words="Det gik fint.", seen=step.seen, on=TODAY, **scene.ids
        )
        shown = _shown(actor, scene)
    assert (shown.state, shown.steps[0].state, shown.steps[0].done_on) == (State.AGREED, ActionState.DONE, TODAY)


def test_a_step_makes_only_the_moves_it_has(scene):
    with accounts.acting(scene.staff) as actor:
        _agreed(actor, scene)
        step = _shown(actor, scene).steps[0]
        with pytest.raises(NotNow):
            services.tell_step(
                actor=actor, action_id=step.id, move="reopen", words="", seen=step.seen, on=TODAY, **scene.ids
            )


def test_the_citizen_tells_how_their_own_steps_went_and_only_those(scene):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.AGREED)
    own = plans.step(plan=plan)
    theirs = plans.step(plan=plan, who=Who.STAFF, responsible=scene.staff, place=2)
    with accounts.acting(scene.citizen.user) as actor:
        steps = {step.id: step for step in _shown(actor, scene).steps}
        assert (steps[own.pk].may_tell, steps[theirs.pk].may_tell) == (True, False)
        told = services.tell_step(
            actor=actor,
            action_id=own.pk,
            move="start",
            words="Jeg er i gang.",
            seen=steps[own.pk].seen,
            on=TODAY,
            **scene.ids,
        )
        assert told.state == ActionState.UNDER_WAY
        with pytest.raises(PermissionDenied):
            services.tell_step(
                actor=actor, action_id=theirs.pk, move="", words="", seen=steps[theirs.pk].seen, on=TODAY, **scene.ids
            )


def test_what_somebody_else_wrote_is_not_overwritten(scene):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff)
    plans.step(plan=plan)
    with accounts.acting(scene.staff) as actor:
        shown = _shown(actor, scene)
        goal, step = shown.goals[0], shown.steps[0]
        services.change_goal(actor=actor, goal_id=goal.id, words="Først", seen=goal.seen, **scene.ids)
        with pytest.raises(Changed):
            services.change_goal(actor=actor, goal_id=goal.id, words="Sidst", seen=goal.seen, **scene.ids)
        services.change_step(actor=actor, action_id=step.id, draft=CALL, seen=step.seen, on=TODAY, **scene.ids)
        services.tell_step(
            actor=actor, action_id=step.id, move="start", words="", seen=step.seen, on=TODAY, **scene.ids
        )
        with pytest.raises(Changed):
            services.tell_step(
                actor=actor, action_id=step.id, move="finish", words="x", seen=step.seen, on=TODAY, **scene.ids
            )
        with pytest.raises(Changed):
            services.remove_step(actor=actor, action_id=step.id, seen=step.seen, **scene.ids)


def test_a_plan_is_closed_with_words_and_then_stays_as_it_is(scene):
    with accounts.acting(scene.staff) as actor:
        _agreed(actor, scene)
        with pytest.raises(Refused, match="words"):
            services.close_plan(actor=actor, words=" ", seen=_shown(actor, scene).seen, on=TODAY, **scene.ids)
        services.close_plan(actor=actor, words="Anna fik job.", seen=_shown(actor, scene).seen, on=TODAY, **scene.ids)
        shown = _shown(actor, scene)
        assert (shown.state, shown.closing_words, shown.closed_on) == (State.CLOSED, "Anna fik job.", TODAY)
        with pytest.raises(NotNow):
            services.add_goal(actor=actor, words="Et mål mere", **scene.ids)
        step = shown.steps[0]
        with pytest.raises(NotNow):
            services.tell_step(actor=actor, action_id=step.id, move="", words="", seen=step.seen, on=TODAY, **scene.ids)


def test_a_proposed_plan_can_be_written_again(scene):
    with accounts.acting(scene.staff) as actor:
        _start(actor, scene)
        services.propose_plan(actor=actor, seen=_shown(actor, scene).seen, **scene.ids)
        _agree(actor, scene, staff=True)
        plan = services.revise_plan(actor=actor, **scene.ids)
        assert (plan.state, plan.staff_agreed_at) == (State.DRAFT, None)
        with pytest.raises(NotNow):
            services.revise_plan(actor=actor, **scene.ids)


@pytest.mark.parametrize("who", ["citizen", "key_person"])
def test_those_who_read_do_not_write(scene, who):
    plans.plan(citizen=scene.citizen, staff=scene.staff)
    key_person = accounts.employee(role=Role.KEY_PERSON, unit=scene.citizen.case.team.unit, name="Kim Nøgle")
    with accounts.acting(scene.citizen.user if who == "citizen" else key_person) as actor:
        for act in (
            lambda: services.add_goal(actor=actor, words="x", **scene.ids),
            lambda: services.propose_plan(actor=actor, seen="", **scene.ids),
            lambda: services.close_plan(actor=actor, words="x", seen="", on=TODAY, **scene.ids),
            lambda: _start(actor, scene),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_behind_the_wall_there_is_no_plan(scene):
    agreement = plans.agreed_needs(citizen=scene.citizen, staff=scene.staff)
    choice = plans.decision(agreement=agreement, staff=scene.staff)
    plans.step(plan=plans.plan(citizen=scene.citizen, staff=scene.staff, decision=choice))
    with accounts.acting(accounts.employee(team=organisations.team())) as actor:
        for model in (Plan, Goal, Action, SupportDecision):
            assert model.objects.all().count() == 0
        assert plan_for(actor=actor, citizen_id=scene.citizen.pk, on=TODAY) is None
        assert plan_summary(actor=actor, citizen_id=scene.citizen.pk) is None
        with pytest.raises(NotThere):
            services.add_goal(actor=actor, words="x", **scene.ids)


def test_what_is_due_today_or_late_waits_for_the_one_who_promised_it(scene, django_assert_num_queries):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.AGREED)
    for days, state in (
        (-3, ActionState.AGREED),
        (0, ActionState.UNDER_WAY),
        (1, ActionState.AGREED),
        (-1, ActionState.DONE),
    ):
        plans.step(
            plan=plan,
            who=Who.STAFF,
            responsible=scene.staff,
            due_on=TODAY + timedelta(days=days),
            state=state,
        )
    plans.step(plan=plan, due_on=TODAY)
    with accounts.acting(scene.staff) as actor, django_assert_num_queries(1):
        due = due_actions(actor=actor, on=TODAY)
    assert [row.days_late for row in due] == [3, 0]


def test_the_citizens_home_has_the_unfinished_steps_in_order(scene, django_assert_num_queries):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.AGREED)
    plans.step(plan=plan, title="sidst", due_on=date(2030, 1, 2))
    plans.step(plan=plan, title="først", who=Who.STAFF, responsible=scene.staff, due_on=date(2030, 1, 1))
    plans.step(plan=plan, title="færdig", state=ActionState.DONE)
    with accounts.acting(scene.citizen.user) as actor, django_assert_num_queries(1):
        rows = my_next_actions(actor=actor)
    assert [(row.title, row.is_mine, row.name) for row in rows] == [
        ("først", False, scene.staff.display_name),
        ("sidst", True, ""),
    ]


def test_the_summary_tells_the_next_step(scene, django_assert_num_queries):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.AGREED)
    plans.step(plan=plan, title="Ring", due_on=date(2030, 1, 1))
    plans.step(plan=plan, title="Gjort", state=ActionState.DONE)
    with accounts.acting(scene.staff) as actor, django_assert_num_queries(2):
        summary = plan_summary(actor=actor, citizen_id=scene.citizen.pk)
    assert (summary.open_steps, summary.done_steps, summary.next_title) == (1, 1, "Ring")
    assert summary.agreed_at == plans.AGREED_AT


def test_the_database_keeps_states_and_dates_together(scene):
    plans.plan(citizen=scene.citizen, staff=scene.staff)
    with accounts.acting(scene.staff):
        for wrong in ({"state": State.AGREED}, {"state": State.CLOSED}, {"closed_on": TODAY}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Plan.objects.filter(citizen=scene.citizen).update(**wrong)
