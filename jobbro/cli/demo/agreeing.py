"""From words to rows: the dialogue, what was agreed, the support chosen and the plan, each as the apps make them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.cases.enums import State as CaseState
from jobbro.apps.plans.enums import ActionState, Who
from jobbro.apps.plans.enums import State as PlanState
from jobbro.apps.plans.facts import AgreedNeeds, agreed_needs, explanation_of, known_measures
from jobbro.apps.plans.models import Action, Goal, Plan, SupportDecision
from jobbro.apps.plans.support_selectors import Choice, Outlook, outlook_of
from jobbro.apps.screening.enums import Setting, Speaker, Status
from jobbro.apps.screening.enums import State as DialogueState
from jobbro.apps.screening.facts import agreed_form, answer_fact, profile_json
from jobbro.apps.screening.models import Agreement, Answer, Dialogue
from jobbro.engines import needs
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue_version

from .calendar import weekday
from .content import GoalTalk, StepTalk, texts
from .courses import Course, Situation
from .dialogues import Said, staff_views, whole_dialogue

# How a step is called that gets a measure going, by who can pay for it.
TITLES = {"employer": "Aftale med arbejdspladsen: {}", "none": "Prøve: {}", "virksomhedspraktik": "Aftale: {}"}
APPLY = "Søge om: {}"
# How far into the course the dialogue begins, where it is what happens now.
STARTS = {Situation.HALF: 0.85, Situation.WAITING: 0.9}


@dataclass(frozen=True, kw_only=True)
class _Step:
    """A step before it has a row."""

    title: str
    who: Who
    name: str = ""
    measure: str = ""
    went: tuple[str, ...] = ()


def add_way(course: Course) -> None:
    """The dialogue and all that followed from it, as far as the citizen has come."""
    if course.situation == Situation.NOT_BEGUN:
        return
    dialogue, answers = _add_dialogue(course)
    if course.situation == Situation.HALF:
        return
    agreement = _add_agreement(course, dialogue=dialogue, answers=answers)
    has_chosen = course.situation in (Situation.PLAN, Situation.PROPOSED) or (
        course.situation == Situation.NEEDS and course.rng.random() < 0.25 and course.user is None
    )
    if agreement is None or not has_chosen:
        return
    decision = _add_decision(course, agreement=agreement)
    if course.situation in (Situation.PLAN, Situation.PROPOSED):
        _add_plan(course, decision=decision)


def _add_dialogue(course: Course) -> tuple[Dialogue, list[Answer]]:
    said = whole_dialogue(course.persona, rng=course.rng)
    if course.situation == Situation.HALF:
        said = said[: course.rng.randrange(3, 17)]
    elif course.rng.random() < 0.5:
        said = (*said, *staff_views(course.persona, said))
    is_home = course.user is not None and course.rng.random() < 0.7
    started_at = course.at(STARTS.get(course.situation, 0.2))
    opener = course.user if is_home and course.user else course.lead
    dialogue = Dialogue(
        id=course.ids(),
        citizen=course.citizen,
        setting=Setting.HOME if is_home else Setting.TOGETHER,
        state=_dialogue_state(course.situation),
        guide_version=needs.guide_version(),
        started_at=started_at,
        started_by=opener,
    )
    course.rows.add(dialogue, by=opener.pk)
    course.happened(Verb.DIALOGUE_STARTED, at=started_at, by=opener.pk, subject=dialogue)
    answers = _answers(course, said, dialogue=dialogue, opener=opener)
    if course.situation != Situation.HALF:
        dialogue.finished_at = answers[-1].answered_at + timedelta(minutes=4)
        course.happened(Verb.DIALOGUE_FINISHED, at=dialogue.finished_at, by=opener.pk, subject=dialogue)
    return dialogue, answers


def _dialogue_state(situation: Situation) -> DialogueState:
    if situation == Situation.HALF:
        return DialogueState.OPEN
    return DialogueState.FINISHED if situation == Situation.WAITING else DialogueState.AGREED


def _answers(course: Course, said: Sequence[Said], *, dialogue: Dialogue, opener: User) -> list[Answer]:
    """One after the other, in one sitting or two."""
    at = dialogue.started_at
    second = course.rng.randrange(len(said)) if course.rng.random() < 0.4 else -1
    rows = []
    for number, one in enumerate(said):
        at += timedelta(seconds=course.rng.randrange(25, 200))
        if number == second:
            at = min(at + timedelta(days=course.rng.randrange(1, 9)), max(at, course.at(1.0) - timedelta(hours=3)))
        by = course.lead if one.said_by == "caseworker" else opener
        row = _answer(course, one, dialogue=dialogue, by=by, at=at)
        course.rows.add(row, by=by.pk)
        rows.append(row)
    return rows


def _answer(course: Course, said: Said, *, dialogue: Dialogue, by: User, at: datetime) -> Answer:
    # By id: setting a related row costs more than all the rest, and answers are most of the rows.
    return Answer(
        id=course.ids(),
        citizen_id=course.citizen.pk,
        dialogue_id=dialogue.pk,
        topic=said.topic,
        status=Status(said.status),
        words=said.words,
        level=said.level,
        choices=list(said.choices),
        numbers=[Decimal(number) for number in said.numbers],
        slots=list(said.slots),
        helps=said.helps,
        guide_version=needs.guide_version(),
        said_by=Speaker(said.said_by),
        answered_by_id=by.pk,
        answered_at=at,
    )


def _add_agreement(course: Course, *, dialogue: Dialogue, answers: Sequence[Answer]) -> Agreement | None:
    """Both have agreed; of those who wait, one of the two has, or nobody yet."""
    signer = course.user if course.user is not None and course.rng.random() < 0.6 else course.lead
    profile, _ids = agreed_form(answers=[answer_fact(row) for row in answers])
    assert dialogue.finished_at is not None
    at = dialogue.finished_at + timedelta(days=course.rng.randrange(0, 3), minutes=9)
    agreement = Agreement(
        id=course.ids(),
        citizen=course.citizen,
        dialogue=dialogue,
        profile=profile_json(profile, guide_version=needs.guide_version()),
        guide_version=needs.guide_version(),
        staff_agreed_at=at,
        staff_agreed_by=course.lead,
        citizen_agreed_at=at,
        citizen_recorded_by=signer,
    )
    if course.situation == Situation.WAITING:
        waits_for_citizen = course.user is None or course.login is not None or course.rng.random() < 0.5
        if waits_for_citizen:
            agreement.citizen_agreed_at, agreement.citizen_recorded_by = None, None
        else:
            agreement.staff_agreed_at, agreement.staff_agreed_by = None, None
            agreement.citizen_recorded_by = course.user
        signer = course.lead if waits_for_citizen or course.user is None else course.user
    course.rows.add(agreement, by=signer.pk)
    course.happened(Verb.PROFILE_AGREED, at=at, by=signer.pk, subject=agreement)
    return agreement if course.situation != Situation.WAITING else None


def _add_decision(course: Course, *, agreement: Agreement) -> SupportDecision:
    found = agreed_needs(agreement)
    outlook, declined, reason = _outlook(course, found)
    decision = SupportDecision(
        id=course.ids(),
        citizen=course.citizen,
        agreement=agreement,
        occupations=[occupation.code for occupation in outlook.occupations],
        measures=[entry.code for entry in outlook.chosen],
        declined=list(declined),
        explanation=explanation_of(
            needs=found, occupations=outlook.occupations, proposal=outlook.proposal, chosen=outlook.chosen
        ),
        catalogue_version=catalogue_version(),
        reason=reason,
        decided_by=course.lead,
        decided_at=course.at(0.6),
    )
    course.rows.add(decision, by=course.lead.pk)
    course.happened(Verb.SUPPORT_CHOSEN, at=decision.decided_at, by=course.lead.pk, subject=decision)
    return decision


def _outlook(course: Course, found: AgreedNeeds) -> tuple[Outlook, tuple[str, ...], str]:
    """Some choose what is proposed, many also what they know helps, a few another way to the same; each says why."""
    proposed = _proposal(found, occupations=found.wishes)
    smallest, others = proposed.proposal.smallest.codes, proposed.proposal.alternatives
    draw = course.rng.random()
    if course.login is not None or draw < 0.65:
        wished = course.rng.sample(course.persona.support, min(len(course.persona.support), 3 if draw < 0.4 else 2))
        wanted = known_measures((*smallest, *wished))
        reason = course.rng.choice(texts()["wished_reason"])
        return replace(proposed, chosen=wanted), (), reason if len(wanted) > len(smallest) else ""
    if others and draw < 0.78:
        other = others[0].codes
        declined = tuple(code for code in smallest if code not in other)[:1]
        outlook = outlook_of(needs=found, choice=Choice(occupations=found.wishes, measures=other, declined=declined))
        return outlook, declined, course.rng.choice(texts()["declined_reason"])
    return replace(proposed, chosen=known_measures(smallest)), (), ""


@lru_cache(maxsize=20_000)
def _proposal_of(capacity: tuple[tuple[str, int | None], ...], occupations: tuple[str, ...]) -> Outlook:
    known = AgreedNeeds(agreement_id=UUID(int=0), capacity=dict(capacity), wishes=occupations, hopes="")
    return outlook_of(needs=known, choice=Choice(occupations=occupations))


def _proposal(found: AgreedNeeds, *, occupations: tuple[str, ...]) -> Outlook:
    """Many variations of a persona come to the same capacity: it is thought through once."""
    return _proposal_of(tuple(found.capacity.items()), occupations)


def _add_plan(course: Course, *, decision: SupportDecision) -> None:
    is_proposed, is_closed = course.situation == Situation.PROPOSED, course.case.state == CaseState.CLOSED
    agreed_at = course.at(0.7)
    signer = course.user if course.user is not None and course.rng.random() < 0.6 else None
    plan = Plan(
        id=course.ids(),
        citizen=course.citizen,
        decision=decision,
        state=PlanState.PROPOSED if is_proposed else PlanState.CLOSED if is_closed else PlanState.AGREED,
        started_on=course.span.at(0.6),
        citizen_agreed_at=None if is_proposed else agreed_at,
        citizen_recorded_by=None if is_proposed or signer else course.lead,
        staff_agreed_at=agreed_at,
        staff_agreed_by=course.lead,
        closed_on=course.span.last if is_closed else None,
        closing_words=course.rng.choice(texts()["closing_words"]) if is_closed else "",
    )
    course.rows.add(plan, by=course.lead.pk)
    course.happened(Verb.PLAN_STARTED, at=decision.decided_at, by=course.lead.pk, subject=plan)
    course.happened(Verb.PLAN_AGREED, at=agreed_at, by=(signer or course.lead).pk, subject=plan)
    support = [_measure_step(entry) for entry in known_measures(decision.measures)]
    for place, talk in enumerate(course.persona.goals, start=1):
        # The measures are steps towards the first goal; other goals have their own.
        _add_goal(course, talk, plan=plan, place=place, support=support if place == 1 else [])


def _measure_step(entry: CatalogueMeasure) -> _Step:
    title = TITLES.get(str(entry.measure.scheme), APPLY)
    who = Who.CITIZEN if entry.measure.scheme == "none" else Who.STAFF
    return _Step(title=title.format(entry.name.da), who=who, measure=entry.code)


def _own_step(talk: StepTalk) -> _Step:
    return _Step(title=talk.title, who=Who(talk.who), name=talk.name, went=talk.went)


def _add_goal(course: Course, talk: GoalTalk, *, plan: Plan, place: int, support: list[_Step]) -> None:
    goal = Goal(id=course.ids(), citizen=course.citizen, plan=plan, words=course.rng.choice(talk.words), place=place)
    course.rows.add(goal, by=course.lead.pk)
    steps = [*(_own_step(step) for step in talk.steps), *support]
    for number, step in enumerate(steps, start=1):
        state = _step_state(course, number=number, count=len(steps))
        course.rows.add(_action(course, step, goal=goal, place=number, state=state), by=course.lead.pk)


def _step_state(course: Course, *, number: int, count: int) -> ActionState:
    """The first steps are done, the last not begun; a closed plan has nothing left under way."""
    if course.situation == Situation.PROPOSED:
        return ActionState.AGREED
    draw = course.rng.random()
    if draw < 0.06:
        return ActionState.DROPPED
    if course.case.state == CaseState.CLOSED:
        return ActionState.DONE
    reached = draw - number / (count + 1)
    if reached > 0.2:
        return ActionState.DONE
    return ActionState.UNDER_WAY if reached > -0.25 else ActionState.AGREED


def _action(course: Course, step: _Step, *, goal: Goal, place: int, state: ActionState) -> Action:
    staff = (course.broker if course.rng.random() < 0.3 else course.lead) if step.who == Who.STAFF else None
    done_on = course.span.at(course.rng.uniform(0.75, 1.0)) if state == ActionState.DONE else None
    due_on = weekday(course.today + timedelta(days=course.rng.randrange(5, 70)))
    if state == ActionState.UNDER_WAY:
        due_on = weekday(course.today + timedelta(days=course.rng.randrange(-8, 30)))
    elif state in (ActionState.DONE, ActionState.DROPPED):
        due_on = course.span.at(0.9)
    return Action(
        id=course.ids(),
        citizen=course.citizen,
        goal=goal,
        place=place,
        measure=step.measure,
        title=step.title,
        who=step.who,
        responsible=staff,
        responsible_name=staff.display_name if staff else step.name,
        due_on=due_on if course.rng.random() < 0.9 else None,
        state=state,
        outcome=_outcome(course, step, state=state),
        done_on=done_on,
    )


def _outcome(course: Course, step: _Step, *, state: ActionState) -> str:
    if state == ActionState.AGREED:
        return ""
    if state == ActionState.DONE and step.went:
        return course.rng.choice(step.went)
    is_applied = state == ActionState.UNDER_WAY and step.title.startswith(APPLY.format(""))
    return str(course.rng.choice(texts()["outcomes"]["applied" if is_applied else state.value]))
