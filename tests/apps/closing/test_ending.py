"""A course ends with what was reached and who to call, and begins again where it was."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error
from django.utils import timezone

from jobbro.apps.cases.enums import State
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.closing.enums import CloseReason, Handling, LooseEnd
from jobbro.apps.closing.facts import in_place, open_things, reached
from jobbro.apps.closing.models import Closing, LastWord
from jobbro.apps.closing.refusals import NotNow, NotThere, Refused
from jobbro.apps.closing.services.ending import ClosingDraft, Handled, close_course, reopen_course, say_last_word
from jobbro.apps.plans.enums import ActionState
from jobbro.apps.plans.enums import State as PlanState
from jobbro.apps.plans.models import Plan
from jobbro.apps.screening.models import Agreement
from tests.factories import accounts, citizens, courses, organisations, placements, plans
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now(), timezone.localdate()
DRAFT = ClosingDraft(
    reason=CloseReason.JOB,
    reached="Job i bageriet.",
    in_place="Ståstøttestol.",
    contact_name="Mette Holm",
    contact_phone="20 30 40 50",
    contact_from_on=TODAY,
    last_word="Det gik bedre, end jeg troede.",
)


def close(actor, citizen, *, handled=None, draft=DRAFT) -> Closing:
    return close_course(actor=actor, citizen_id=citizen.pk, draft=draft, handled=handled or {}, at=NOW, on=TODAY)


@pytest.fixture
def desk():
    team = organisations.team()
    mette = accounts.employee(team=team)
    return team, mette, citizens.citizen(team=team, lead=mette, has_login=True)


def test_a_course_without_loose_ends_is_closed(desk) -> None:
    _team, mette, anna = desk
    with acting(mette) as actor:
        closing = close(actor, anna)
        case = Case.objects.get(citizen=anna)
        assert (case.state, case.closed_on) == (State.CLOSED, TODAY)
        assert closing.loose_ends == []
        assert LastWord.objects.get(closing=closing).is_own is False
    with acting(anna.user) as actor:
        say_last_word(actor=actor, citizen_id=anna.pk, words="Tak for hjælpen.", at=NOW)
        assert [one.is_own for one in LastWord.objects.visible_to(actor).order_by("pk")] == [False, True]


def test_closing_twice_is_told(desk) -> None:
    _team, mette, anna = desk
    with acting(mette) as actor:
        close(actor, anna)
        with pytest.raises(NotNow):
            close(actor, anna)


def test_what_is_open_is_shown_and_must_be_handled() -> None:
    at = placements.table()
    version = placements.agreement(at=at)
    placements.signed_by_all(at=at, version=version)
    placements.arrangement(at=at)
    seats = courses.session(
        course=courses.course(by=at.broker, municipality=organisations.municipality_of(at.team)), by=at.broker
    )
    courses.enrolment(session=seats, citizen=at.citizen, by=at.broker)
    with acting(at.broker) as actor:
        found = open_things(actor=actor, citizen_id=at.citizen.pk, at=NOW, on=TODAY)
        assert [one.kind for one in found] == [
            LooseEnd.PLACEMENT,
            LooseEnd.ARRANGEMENT,
            LooseEnd.COURSE,
            LooseEnd.CARD,
        ]
        with pytest.raises(Refused, match="loose_ends") as refused:
            close(actor, at.citizen)
        assert refused.value.fields == (found[0].key,)
        handled = {one.key: Handled(how=Handling.LEFT, words="Jobbet varer ved.") for one in found}
        blank = {**handled, found[1].key: Handled(how=Handling.HANDED, words="  ")}
        with pytest.raises(Refused, match="loose_ends"):
            close(actor, at.citizen, handled=blank)
        closing = close(actor, at.citizen, handled=handled)
        first = closing.loose_ends[0]
        assert (first["kind"], first["how"], first["words"]) == (
            "placement",
            "left",
            "Jobbet varer ved.",
        )


def test_what_was_reached_comes_from_the_facts() -> None:
    at = placements.table()
    placements.signed_by_all(at=at, version=placements.agreement(at=at))
    plan = plans.plan(citizen=at.citizen, staff=at.broker, state=PlanState.AGREED)
    plans.step(plan=plan, title="Se på to steder", state=ActionState.DONE)
    plans.step(plan=plan, title="Ringe til bageriet")
    with acting(at.broker) as actor:
        assert [(one.what, one.title) for one in reached(actor=actor, citizen_id=at.citizen.pk)] == [
            ("step", "Se på to steder"),
            ("job", at.proposal.opening.title),
        ]
        assert [(one.what, one.employer) for one in in_place(actor=actor, citizen_id=at.citizen.pk, on=TODAY)] == [
            ("job", at.company.name)
        ]


def test_what_is_written_stands(desk) -> None:
    _team, mette, anna = desk
    with acting(mette) as actor:
        closing = close(actor, anna)
    for change in (
        lambda: Closing.objects.filter(pk=closing.pk).update(reached="Noget andet"),
        lambda: LastWord.objects.filter(closing=closing).delete(),
        lambda: LastWord.objects.filter(closing=closing).update(words="Noget andet"),
    ):
        with pytest.raises(Error, match="permission denied"), acting(mette):
            change()


def test_only_those_who_carry_the_course_close_it(desk) -> None:
    team, _mette, anna = desk
    other_team = organisations.team(unit=team.unit, name="Team Skov")
    ole = accounts.employee(team=other_team, name="Ole Dam")
    with acting(ole) as actor, pytest.raises(NotThere):
        close(actor, anna)
    with acting(anna.user) as actor, pytest.raises((PermissionDenied, NotThere)):
        close(actor, anna)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"contact_name": " "}, "contact_name"),
        ({"contact_phone": ""}, "contact_phone"),
        ({"reached": "010190-1234 fik job"}, "reached"),
        ({"reason": CloseReason.OTHER}, "reason_words"),
        ({"in_place": "x" * 10_001}, "in_place"),
    ],
)
def test_what_cannot_be_is_refused_and_the_course_stays_open(desk, change, field) -> None:
    _team, mette, anna = desk
    with acting(mette) as actor:
        with pytest.raises(Refused) as refused:
            close(actor, anna, draft=ClosingDraft(**{**DRAFT.__dict__, **change}))
        assert refused.value.fields == (field,)
        assert Case.objects.get(citizen=anna).state == State.OPEN


def test_coming_back_is_not_starting_over(desk) -> None:
    team, mette, anna = desk
    needs = plans.agreed_needs(citizen=anna, staff=mette)
    plan = plans.plan(citizen=anna, staff=mette, state=PlanState.AGREED)
    jonas = accounts.employee(team=team, name="Jonas Bro")
    with acting(mette) as actor:
        close(actor, anna)
        reopening = reopen_course(
            actor=actor,
            citizen_id=anna.pk,
            changed_words="Bageriet lukkede.",
            next_step="Tal om, hvad der var godt ved jobbet",
            next_step_on=TODAY + timedelta(days=3),
            lead_user_id=jonas.pk,
            at=NOW,
            on=TODAY,
        )
        case = Case.objects.get(citizen=anna)
        assert (case.state, case.closed_on, case.next_step) == (State.OPEN, None, reopening.next_step)
        leads = CaseMember.objects.standing(on=TODAY).filter(case=case, role="lead")
        assert [one.user_id for one in leads] == [jonas.pk]
        assert Agreement.objects.get().pk == needs.pk
        assert Plan.objects.get().pk == plan.pk
        assert reopening.closing_id == Closing.objects.get().pk
        with pytest.raises(NotNow):
            reopen_course(
                actor=actor,
                citizen_id=anna.pk,
                changed_words="Igen",
                next_step="Igen",
                next_step_on=None,
                lead_user_id=jonas.pk,
                at=NOW,
                on=TODAY,
            )
