"""A job that begins in some days: signed by all, its plan begun, and some of what is proposed not taken into it yet."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from jobbro.apps.audit.enums import Verb
from jobbro.apps.cases.enums import State
from jobbro.apps.jobs.models import Opening, WorkWish
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.apps.matching.enums import ProposalState, Side
from jobbro.apps.matching.facts import available, pair_of
from jobbro.apps.matching.files import digest_of, measures_file, rule_version
from jobbro.apps.matching.models import Proposal, ProposalStep
from jobbro.apps.placements.enums import AgreementKind, OnboardingStep, Party, PlacementState
from jobbro.apps.placements.models import AgreementVersion, OnboardingPlan, OnboardingTask, Placement, Signature
from jobbro.apps.placements.onboarding.proposing import People, ProposedTask, proposed_tasks
from jobbro.apps.placements.services.agreements import signed_content
from jobbro.engines.matching.as_json import pair_as_json

from .calendar import moment, weekday
from .courses import Course
from .ids import Ids
from .offering import WHO, person_of

COMING_BLOCK = 984_000
TITLE = "Prikle og pakke planter"
EMPLOYER, MENTOR = "Gro Plantin", "Villy Vand"
WHY = "Et roligt sted med planter, hvor man selv vælger sit tempo."
SIGNED_FOR = "Har skrevet under på papir hos os."
# Days before the day of the demo, and after it.
PICKED, SIGNED, BEGINS = 14, 5, 12


def add_coming(courses: Sequence[Course], *, today: date) -> None:
    """The job, for the first of the team's citizens without a login who has said how they want to work."""
    first = next((one for one in courses if one.login and one.login.username == WHO), None)
    if first is None:
        return
    opening = next((row for row in first.rows.of(Opening) if row.title == TITLE), None)
    wishing = {row.citizen_id for row in first.rows.of(WorkWish)}
    placed = {row.citizen_id for row in first.rows.of(Proposal)}
    course = next(
        (
            one
            for one in courses
            if one.login is None
            and one.place.team.pk == first.place.team.pk
            and one.case.state == State.OPEN
            and one.citizen.pk in wishing - placed
        ),
        None,
    )
    if opening is not None and course is not None:
        Coming(course=course, opening=opening, today=today).add()


class Coming:
    """What the rows of one job to come share."""

    def __init__(self, *, course: Course, opening: Opening, today: date) -> None:
        self.course, self.opening, self.today = course, opening, today
        self.ids, self.rng = Ids(COMING_BLOCK), Random("coming")  # noqa: S311 - the demo is the same everywhere
        self.broker = course.broker
        self.shared = {"citizen": course.citizen, "company_id": opening.company_id}
        self.signed_at = self._ago(SIGNED)
        begins = today + timedelta(days=BEGINS)
        self.begins = begins - timedelta(days=begins.weekday())

    def add(self) -> None:
        """All rows, in the order in which they came to be."""
        self.proposal = self._proposal()
        self.placement = self._placement()
        self._version()
        self._plan()
        # What is still proposed, for the time after the first weeks, can be taken into the plan.
        for task in self._proposed():
            if task.step in (OnboardingStep.BEFORE, OnboardingStep.FIRST_DAY):
                self._task(task)

    def _ago(self, days: int) -> datetime:
        return moment(weekday(self.today - timedelta(days=days)), rng=self.rng)

    def _keep(self, row: Any) -> None:
        self.course.rows.add(row, by=self.broker.pk)

    def _proposal(self) -> Proposal:
        person, job, at = person_of(self.course), opening_file(self.opening), self._ago(PICKED)
        measures = available(person=person, job=job, measures=measures_file())
        row = Proposal(
            id=self.ids(),
            **self.shared,
            opening=self.opening,
            state=ProposalState.AGREED,
            state_on=self.signed_at.date(),
            picked_by=self.broker,
            picked_side=Side.MUNICIPALITY,
            picked_at=at,
            why=WHY,
            rule_version=rule_version(),
            person_input=person,
            opening_input=job,
            measures_input=measures,
            answer=pair_as_json(pair_of(person=person, job=job, measures=measures)),
        )
        self._keep(row)
        for state, when in ((ProposalState.IDEA, at), (ProposalState.AGREED, self.signed_at)):
            step = ProposalStep(
                id=self.ids(),
                citizen=self.course.citizen,
                proposal=row,
                state=state,
                side=Side.MUNICIPALITY,
                reason=WHY,
                made_by=self.broker,
                made_at=when,
            )
            self._keep(step)
        self.course.happened(Verb.PROPOSAL_MADE, at=at, by=self.broker.pk, subject=row)
        return row

    def _placement(self) -> Placement:
        row = Placement(
            id=self.ids(),
            **self.shared,
            proposal=self.proposal,
            opening_id=self.opening.pk,
            title=self.opening.title,
            state=PlacementState.AGREEING,
            state_on=self.signed_at.date(),
            made_by=self.broker,
            made_at=self.signed_at,
        )
        self._keep(row)
        return row

    def _version(self) -> None:
        """Written and signed on one day; citizen and company signed on paper, and the broker noted it."""
        version = AgreementVersion(
            id=self.ids(),
            **self.shared,
            placement=self.placement,
            number=1,
            kind=AgreementKind.JOB,
            name=self.course.citizen.given_name,
            employer_name=self.opening.employer_name,
            municipality_name=self.course.place.town,
            starts_on=self.begins,
            steps=[{"from_on": self.begins.isoformat(), "hours": 8}],
            slots=["mon_am", "wed_am"],
            place=self.opening.place_name,
            tasks=self.opening.description,
            wage_text="145 kr. i timen",
            contact_text=f"{EMPLOYER}\n{self.broker.display_name}",
            written_by=self.broker,
            written_at=self.signed_at,
        )
        version.digest = digest_of(signed_content(version))
        self._keep(version)
        names = {
            Party.CITIZEN: version.name,
            Party.EMPLOYER: EMPLOYER,
            Party.MUNICIPALITY: self.broker.display_name,
        }
        for party, name in names.items():
            is_own = party == Party.MUNICIPALITY
            row = Signature(
                id=self.ids(),
                **self.shared,
                version=version,
                party=party,
                name=name,
                signed_by=self.broker,
                on_behalf="" if is_own else SIGNED_FOR,
                noted_by="" if is_own else self.broker.display_name,
                signed_at=self.signed_at,
                digest=version.digest,
            )
            self._keep(row)
            self.course.happened(Verb.AGREEMENT_SIGNED, at=self.signed_at, by=self.broker.pk, subject=row)

    def _plan(self) -> None:
        row = OnboardingPlan(
            id=self.ids(),
            **self.shared,
            placement=self.placement,
            starts_on=self.begins,
            mentor=MENTOR,
            accepted_by=self.broker,
            accepted_at=self.signed_at,
            changed_at=self.signed_at,
        )
        self._keep(row)
        self.course.happened(Verb.ONBOARDING_PLANNED, at=self.signed_at, by=self.broker.pk, subject=row)

    def _proposed(self) -> tuple[ProposedTask, ...]:
        people = People(
            citizen=self.course.citizen.given_name,
            employer=EMPLOYER,
            mentor=MENTOR,
            municipality=self.broker.display_name,
        )
        return proposed_tasks(starts_on=self.begins, on=self.signed_at.date(), people=people, measures=())

    def _task(self, task: ProposedTask) -> None:
        row = OnboardingTask(
            id=self.ids(),
            **self.shared,
            placement=self.placement,
            code=task.code,
            measure=task.measure,
            title=dict(task.title),
            step=task.step,
            owner=task.owner,
            who=task.who,
            due_on=task.due_on,
            is_for_company=task.is_for_company,
            is_arranging=task.is_arranging,
            made_at=self.signed_at,
            changed_by=self.broker,
            changed_at=self.signed_at,
        )
        self._keep(row)
