"""The way into the weekend job, what it has taught, and the last day that it got: the café closes on Sundays."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.jobs.models import WorkWish
from jobbro.apps.mobility.enums import ChangeKind, ChangeWhen, NoticeBasis, Source
from jobbro.apps.mobility.models import ChangeWish, Experience, LastStep, Notice, Observation
from jobbro.apps.mobility.proposing import proposed_steps
from jobbro.apps.placements.enums import EndedBy, EndReason, TaskOwner
from jobbro.apps.placements.models import AgreementVersion, Arrangement, OnboardingPlan, OnboardingTask, Placement
from jobbro.apps.placements.onboarding.proposing import AgreedMeasure, People, ProposedTask, proposed_tasks
from jobbro.engines.support.catalogue import catalogue

from .calendar import moment, weekday
from .courses import Course
from .ids import Ids
from .offering import CONTACT, WHO
from .working import BEGAN, OWNER, SIGNED, TITLE

STARTING_BLOCK = 987_000
MENTOR = "Sofie Svend"
BRIEFING = "Jeg hedder Frederik. Jeg spørger gerne to gange. Sig bare til, hvis I har brug for mig."
WISH = "Jeg vil gerne have timer på hverdage, hvor der er mere ro."
LEARNT = ("Betjene kasseapparat", "Lave kaffe på maskine")
# Days before the day of the demo, and after it.
WISHED, TOLD, NOTED, LAST = 9, 5, 4, 40


def add_start(courses: Iterable[Course], *, today: date) -> None:
    """The plan, the wish and the notice; nothing when the weekend job is not in the demo."""
    course = next((one for one in courses if one.login and one.login.username == WHO), None)
    if course is None or course.user is None:
        return
    placement = next((row for row in course.rows.of(Placement) if row.title == TITLE), None)
    if placement is not None:
        Start(course=course, placement=placement, today=today).add()


class Start:
    """What the rows around one job share."""

    def __init__(self, *, course: Course, placement: Placement, today: date) -> None:
        assert course.user is not None
        self.course, self.placement, self.today, self.user = course, placement, today, course.user
        self.version = next(row for row in course.rows.of(AgreementVersion) if row.placement_id == placement.pk)
        self.owner = next(user for user in course.rows.of(User) if user.username == CONTACT)
        self.began = today - timedelta(days=BEGAN)
        self.ids, self.rng = Ids(STARTING_BLOCK), Random("starting")  # noqa: S311 - the same everywhere
        self.shared = {"citizen": course.citizen, "placement": placement}

    def add(self) -> None:
        """All rows, in the order in which they came to be."""
        self._plan()
        for task in self._tasks():
            self._task(task)
        self._mobility()

    def _ago(self, days: int) -> datetime:
        return moment(weekday(self.today - timedelta(days=days)), rng=self.rng)

    def _keep(self, row: Any, *, by: User | None = None) -> None:
        self.course.rows.add(row, by=(by or self.course.broker).pk)

    def _plan(self) -> None:
        at = self._ago(SIGNED - 1)
        row = OnboardingPlan(
            id=self.ids(),
            **self.shared,
            company_id=self.placement.company_id,
            starts_on=self.began,
            mentor=MENTOR,
            briefing=BRIEFING,
            briefing_by=self.user,
            briefing_at=at,
            accepted_by=self.course.broker,
            accepted_at=at,
            changed_at=at,
        )
        self._keep(row)
        self.course.happened(Verb.ONBOARDING_PLANNED, at=at, by=self.course.broker.pk, subject=row)

    def _tasks(self) -> tuple[ProposedTask, ...]:
        names = {entry.code: {"da": entry.name.da, "en": entry.name.en} for entry in catalogue().entries}
        arranged = [row for row in self.course.rows.of(Arrangement) if row.proposal_id == self.placement.proposal_id]
        return proposed_tasks(
            starts_on=self.began,
            on=self._ago(SIGNED - 1).date(),
            people=People(
                citizen=self.version.name,
                employer=OWNER,
                mentor=MENTOR,
                municipality=self.course.broker.display_name,
            ),
            measures=[
                AgreedMeasure(code=row.measure, name=names[row.measure], is_shown=row.is_on_card, party=row.party)
                for row in arranged
            ],
        )

    def _task(self, task: ProposedTask) -> None:
        at = self._ago(SIGNED - 1)
        is_done = task.due_on < self.today - timedelta(days=7)
        by = self.owner if task.is_for_company else self.user if task.owner == TaskOwner.CITIZEN else None
        row = OnboardingTask(
            id=self.ids(),
            **self.shared,
            company_id=self.placement.company_id,
            code=task.code,
            measure=task.measure,
            title=dict(task.title),
            step=task.step,
            owner=task.owner,
            who=task.who,
            due_on=task.due_on,
            is_for_company=task.is_for_company,
            is_arranging=task.is_arranging,
            done_on=task.due_on if is_done else None,
            done_name=task.who if is_done else "",
            made_at=at,
            changed_by=by or self.course.broker,
            changed_at=at,
        )
        self._keep(row)

    def _mobility(self) -> None:
        wish = ChangeWish(
            id=self.ids(),
            **self.shared,
            kinds=[ChangeKind.MORE_HOURS, ChangeKind.OTHER_PLACE],
            words=WISH,
            soon=ChangeWhen.WHEN_RIGHT,
            told_by=self.user,
            told_at=self._ago(WISHED),
        )
        self._keep(wish, by=self.user)
        self.course.happened(Verb.CHANGE_WISH_TOLD, at=self._ago(WISHED), by=self.user.pk, subject=wish)
        self._notice()
        self._keep(
            Observation(
                id=self.ids(),
                **self.shared,
                area="customer_contact",
                words="Frederik finder det rigtige frem, når en gæst spørger.",
                seen_by=Source.WORKPLACE,
                noted_by=self.course.broker,
                noted_at=self._ago(NOTED),
            )
        )
        self._learnt()

    def _notice(self) -> None:
        given, last, at = self._ago(TOLD).date(), self.today + timedelta(days=LAST), self._ago(NOTED)
        row = Notice(
            id=self.ids(),
            **self.shared,
            given_by=EndedBy.EMPLOYER,
            reason=EndReason.NO_WORK,
            given_on=given,
            last_on=last,
            basis=NoticeBasis.LETTER,
            period_text="En måned til udgangen af en måned",
            note="Caféen holder lukket om søndagen fra næste måned. Bente vil gerne skrive en udtalelse.",
            told_by=self.course.broker,
            told_at=at,
            changed_by=self.course.broker,
            changed_at=at,
        )
        self._keep(row)
        self.course.happened(Verb.NOTICE_NOTED, at=at, by=self.course.broker.pk, subject=row)
        for step in proposed_steps(given_on=given, last_on=last, on=at.date()):
            is_done = step.code == "talk"
            self._keep(
                LastStep(
                    id=self.ids(),
                    citizen=self.course.citizen,
                    notice=row,
                    code=step.code,
                    title=dict(step.title),
                    owner=step.owner,
                    due_on=step.due_on,
                    done_on=self._ago(1).date() if is_done else None,
                    done_name=self.course.broker.display_name if is_done else "",
                    made_at=at,
                    changed_by=self.course.broker,
                    changed_at=at,
                )
            )

    def _learnt(self) -> None:
        """What he takes along stands in the work wish too."""
        at = self._ago(NOTED)
        row = Experience(id=self.ids(), **self.shared, skills=list(LEARNT), told_by=self.user, told_at=at)
        self._keep(row, by=self.user)
        self.course.happened(Verb.EXPERIENCE_TOLD, at=at, by=self.user.pk, subject=row)
        wish = next((one for one in self.course.rows.of(WorkWish) if one.citizen_id == self.course.citizen.pk), None)
        if wish is not None:
            wish.skills = list(dict.fromkeys([*wish.skills, *LEARNT]))
