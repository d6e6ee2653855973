"""A weekend job that has begun: talks in which it got harder, two sick leaves, calls for help, a link that waits."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.follow_up.answers import Answers, Asked, kept_answers, kept_asked
from jobbro.apps.follow_up.enums import HoursFit, SupportState, TalkChannel, TalkParty, TalkState
from jobbro.apps.follow_up.facts import asked_of_citizen
from jobbro.apps.follow_up.models import HelpRequest, SickLeave, Talk, TalkLink
from jobbro.apps.jobs.models import Opening
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.apps.matching.enums import ProposalState, Side
from jobbro.apps.matching.facts import available, pair_of
from jobbro.apps.matching.files import digest_of, measures_file, rule_version
from jobbro.apps.matching.models import Proposal, ProposalStep
from jobbro.apps.placements.enums import AgreementKind, Party, PlacementState
from jobbro.apps.placements.models import AgreementVersion, Arrangement, Placement, Signature
from jobbro.apps.placements.services.agreements import signed_content
from jobbro.engines.follow_up import after_workdays
from jobbro.engines.matching.as_json import pair_as_json

from .calendar import moment, weekday
from .courses import Course
from .ids import Ids
from .offering import CONTACT, WHO, person_of

WORKING_BLOCK = 985_000
TITLE = "Ekspedient i weekenden"
OWNER = "Bente Bager"
# The token of the one link that waits; like the passwords of the demo everybody may know it.
TOKEN = "demo-samtale"  # noqa: S105 - it opens one fictive talk
# Days before the day of the demo.
PICKED, SIGNED, BEGAN = 52, 45, 40
WHY = "Frederik vil gerne prøve weekender i caféen, mens vi leder efter timer på hverdage."
SUPPORT = "checklists"
# Due so many days after the first day; how it went, and in the area where the gap is widest.
TALKS = (
    (7, 4, 3, "Det er gået godt. Alle er søde."),
    (20, 3, 2, "Der er travlt søndag formiddag."),
    (31, 2, 1, "Jeg er meget træt mandag."),
)
SICK = ((33, 31), (13, 12))


def add_work(courses: Iterable[Course], *, today: date) -> None:
    """The job and what came after its first day; nothing when the person is not in the demo."""
    course = next((one for one in courses if one.login and one.login.username == WHO), None)
    if course is None or course.user is None:
        return
    opening = next((row for row in course.rows.of(Opening) if row.title == TITLE), None)
    if opening is not None:
        Work(course=course, opening=opening, today=today).add()


class Work:
    """What the rows of one job share."""

    def __init__(self, *, course: Course, opening: Opening, today: date) -> None:
        self.course, self.opening, self.today = course, opening, today
        self.ids, self.rng = Ids(WORKING_BLOCK), Random("working")  # noqa: S311 - the demo is the same everywhere
        self.owner = next(user for user in course.rows.of(User) if user.username == CONTACT)
        self.shared = {"citizen": course.citizen, "company_id": opening.company_id}
        assert course.user is not None
        self.anna: User = course.user
        self.began = today - timedelta(days=BEGAN)

    def add(self) -> None:
        """All rows, in the order in which they came to be."""
        self.proposal = self._proposal()
        self.arrangement = self._arrangement()
        self.placement = self._placement()
        self._version()
        self._talks()
        self._waiting_talk()
        for first, last in SICK:
            self._sick(first, last)
        self._help(
            ago=18, party=TalkParty.CITIZEN, words="Jeg kan ikke nå det hele søndag.", done="Vi har delt opgaverne."
        )
        self._help(ago=1, party=TalkParty.EMPLOYER, words="Vi vil gerne tale om søndagene.", done="")

    def _ago(self, days: int) -> datetime:
        return moment(weekday(self.today - timedelta(days=days)), rng=self.rng)

    def _keep(self, row: Any, *, by: User | None = None) -> Any:
        self.course.rows.add(row, by=(by or self.course.broker).pk)
        return row

    def _proposal(self) -> Proposal:
        person, job, at = person_of(self.course), opening_file(self.opening), self._ago(PICKED)
        measures = available(person=person, job=job, measures=measures_file())
        row = Proposal(
            id=self.ids(),
            citizen=self.course.citizen,
            company_id=self.opening.company_id,
            opening=self.opening,
            state=ProposalState.AGREED,
            state_on=self._ago(SIGNED).date(),
            picked_by=self.course.broker,
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
        for state, when in ((ProposalState.IDEA, at), (ProposalState.AGREED, self._ago(SIGNED))):
            step = ProposalStep(
                id=self.ids(),
                citizen=self.course.citizen,
                proposal=row,
                state=state,
                side=Side.MUNICIPALITY,
                reason=WHY,
                made_by=self.course.broker,
                made_at=when,
            )
            self._keep(step)
        self.course.happened(Verb.PROPOSAL_MADE, at=at, by=self.course.broker.pk, subject=row)
        return row

    def _arrangement(self) -> Arrangement:
        row = Arrangement(
            id=self.ids(),
            **self.shared,
            proposal=self.proposal,
            measure=SUPPORT,
            scheme="none",
            party=Party.MUNICIPALITY,
            who=self.course.broker.display_name,
            due_on=self.today - timedelta(days=20),
            is_on_card=False,
            changed_by=self.course.broker,
        )
        return self._keep(row)  # type: ignore[no-any-return]

    def _placement(self) -> Placement:
        row = Placement(
            id=self.ids(),
            **self.shared,
            proposal=self.proposal,
            opening_id=self.opening.pk,
            title=self.opening.title,
            state=PlacementState.AGREEING,
            state_on=self._ago(SIGNED).date(),
            made_by=self.course.broker,
            made_at=self._ago(SIGNED),
        )
        return self._keep(row)  # type: ignore[no-any-return]

    def _version(self) -> None:
        """Written and signed by all three on one day: with the third signature the job is agreed."""
        at = self._ago(SIGNED)
        version = AgreementVersion(
            id=self.ids(),
            **self.shared,
            placement=self.placement,
            number=1,
            kind=AgreementKind.JOB,
            name=self.course.citizen.given_name,
            employer_name=self.opening.employer_name,
            municipality_name=self.course.place.town,
            starts_on=self.began,
            steps=[{"from_on": self.began.isoformat(), "hours": 6}],
            slots=["sat_am", "sun_am"],
            place=self.opening.place_name,
            tasks=self.opening.description,
            wage_text="150 kr. i timen",
            contact_text=f"{OWNER}\n{self.course.broker.display_name}",
            written_by=self.course.broker,
            written_at=at,
        )
        version.digest = digest_of(signed_content(version))
        self._keep(version)
        people = {Party.CITIZEN: self.anna, Party.EMPLOYER: self.owner, Party.MUNICIPALITY: self.course.broker}
        names = {
            Party.CITIZEN: version.name,
            Party.EMPLOYER: OWNER,
            Party.MUNICIPALITY: people[Party.MUNICIPALITY].display_name,
        }
        for party, user in people.items():
            row = Signature(
                id=self.ids(),
                **self.shared,
                version=version,
                party=party,
                name=names[party],
                signed_by=user,
                signed_at=at,
                digest=version.digest,
            )
            self._keep(row, by=user)
            self.course.happened(Verb.AGREEMENT_SIGNED, at=at, by=user.pk, subject=row)

    def _talks(self) -> None:
        asked = asked_of_citizen(proposal=self.proposal, arrangements=[self.arrangement], answer_days=1)
        for days, overall, level, words in TALKS:
            answers = Answers(
                overall=overall,
                areas=dict.fromkeys(asked.areas[:2], level),
                measures={SUPPORT: SupportState.NOT_YET} if SUPPORT in asked.codes else {},
                hours=HoursFit.RIGHT,
                words=words,
            )
            self._talk(days=days, party=TalkParty.CITIZEN, asked=asked, answers=answers, by=self.anna)
        theirs = Answers(overall=4, hours=HoursFit.MORE, words="Gæsterne er glade for ham.")
        self._talk(days=7, party=TalkParty.EMPLOYER, asked=Asked(), answers=theirs, by=self.owner)

    def _talk(self, *, days: int, party: TalkParty, asked: Asked, answers: Answers | None, by: User) -> Talk:
        due = self.began + timedelta(days=days)
        at = moment(due, rng=self.rng)
        row = Talk(
            id=self.ids(),
            **self.shared,
            placement=self.placement,
            party=party,
            due_on=due,
            state=TalkState.ANSWERED if answers else TalkState.ASKED,
            channel=TalkChannel.HERE if answers else TalkChannel.LINK,
            asked=kept_asked(asked),
            answers=kept_answers(answers) if answers else {},
            made_by=by,
            asked_at=at,
            asked_until=None if answers else self.today + timedelta(days=7),
            answered_at=at if answers else None,
        )
        self._keep(row, by=by)
        if answers:
            self.course.happened(Verb.TALK_ANSWERED, at=at, by=by.pk, subject=row)
        return row

    def _waiting_talk(self) -> None:
        talk = self._talk(days=31, party=TalkParty.EMPLOYER, asked=Asked(), answers=None, by=self.course.broker)
        link = TalkLink(
            id=self.ids(),
            citizen=self.course.citizen,
            talk=talk,
            token_hash=sha256(TOKEN.encode()).digest(),
            until_at=moment(self.today + timedelta(days=7), rng=self.rng),
            sent_by=self.course.broker,
            sent_at=self._ago(3),
        )
        self._keep(link)
        self.course.happened(Verb.TALK_ASKED, at=link.sent_at, by=self.course.broker.pk, subject=talk)

    def _sick(self, first: int, last: int) -> None:
        at = self._ago(first)
        row = SickLeave(
            id=self.ids(),
            **self.shared,
            placement=self.placement,
            from_on=self.today - timedelta(days=first),
            until_on=self.today - timedelta(days=last),
            noted_by=self.course.broker,
            noted_at=at,
            changed_at=at,
        )
        self._keep(row)
        self.course.happened(Verb.SICK_LEAVE_NOTED, at=at, by=self.course.broker.pk, subject=row)

    def _help(self, *, ago: int, party: TalkParty, words: str, done: str) -> None:
        at, who = self._ago(ago), self.anna if party == TalkParty.CITIZEN else self.owner
        row = HelpRequest(
            id=self.ids(),
            **self.shared,
            placement=self.placement,
            party=party,
            words=words,
            asked_by=who,
            asked_at=at,
            asked_on=at.date(),
            answer_by=after_workdays(at.date(), count=1),
            done_text=done,
            done_by=self.course.broker if done else None,
            done_at=at + timedelta(hours=2) if done else None,
        )
        self._keep(row, by=who)
        self.course.happened(Verb.HELP_ASKED, at=at, by=who.pk, subject=row)
