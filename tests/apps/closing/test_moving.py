"""To another municipality: told, answered, received; what goes along, and what the old circle reads no more."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.applications.models import Application
from jobbro.apps.cases.models import Case, CaseMember, Note
from jobbro.apps.citizens.models import Citizen, Contact
from jobbro.apps.closing.enums import MoveState
from jobbro.apps.closing.models import Move, MovedAway
from jobbro.apps.closing.refusals import NotNow, NotThere, Refused
from jobbro.apps.closing.selectors.moving import kept_page, moved_in_page
from jobbro.apps.closing.services.moving import (
    MoveDraft,
    answer_move,
    call_off_move,
    decline_move,
    propose_move,
    take_move,
)
from jobbro.apps.employers.models import Company
from jobbro.apps.matching.models import Card, PersonFile, Proposal
from jobbro.apps.placements.models import AgreementVersion, Placement
from jobbro.apps.placements.selectors.overview import placements_page
from jobbro.apps.plans.enums import State as PlanState
from jobbro.apps.plans.models import Action, Goal, Plan
from jobbro.apps.plans.services import start_plan
from jobbro.apps.screening.models import Agreement, Dialogue
from tests.factories import accounts, cases, citizens, organisations, placements, plans
from tests.factories.accounts import acting
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now(), timezone.localdate()
REFUSED = r"permission denied|row-level security"
# What tells of needs, talks and plans.
TOLD = (Dialogue, Agreement, Plan, Goal, Action, Card, Note, Proposal)


class Removal:
    """Anna with all that a course has, in one municipality; and the team lead and a caseworker in another."""

    def __init__(self, **fields: object) -> None:
        self.at = placements.table()
        self.anna, self.jonas = self.at.citizen, self.at.broker
        placements.signed_by_all(at=self.at, version=placements.agreement(at=self.at))
        self.old_lead = accounts.employee(role=Role.TEAM_LEAD, unit=self.at.team.unit, name="Lise Leder")
        plans.agreed_needs(citizen=self.anna, staff=self.jonas)
        plan = plans.plan(citizen=self.anna, staff=self.jonas, state=PlanState.AGREED)
        plans.step(plan=plan)
        with acting(self.jonas):
            case = Case.objects.select_related("team").get(citizen=self.anna)
        cases.note(case=case, written_by=self.jonas, text="Vi talte om søvn.")
        self.new_unit = organisations.unit(organisations.municipality(name="Nyborgkøbing"), name="Jobhuset")
        self.new_team = organisations.team(unit=self.new_unit, name="Team Strand")
        self.to = organisations.municipality_of(self.new_team)
        self.new_lead = accounts.employee(role=Role.TEAM_LEAD, unit=self.new_unit, name="Niels Ny")
        self.gitte = accounts.employee(team=self.new_team, name="Gitte Gram")
        with acting(self.jonas) as actor:
            self.move = propose_move(
                actor=actor,
                citizen_id=self.anna.pk,
                draft=self.draft(**fields),
                at=NOW,
                on=TODAY,
            )

    def draft(self, **fields: object) -> MoveDraft:
        values = {
            "to_code": self.to.code,
            "moves_on": TODAY + timedelta(days=10),
            "legal_basis": "Retssikkerhedsloven § 11 c; drøftet med juristen.",
            "contact": "Jonas Bro, 20 30 40 50",
            **fields,
        }
        return MoveDraft(**values)

    def answer(self, *, profile: bool, plan: bool) -> None:
        with acting(self.anna.user) as actor:
            answer_move(actor=actor, citizen_id=self.anna.pk, profile_goes=profile, plan_goes=plan, noted="", at=NOW)

    def take(self) -> None:
        with acting(self.new_lead) as actor:
            take_move(
                actor=actor,
                move_id=self.move.pk,
                team_id=self.new_team.pk,
                lead_user_id=self.gitte.pk,
                at=NOW,
                on=TODAY,
            )


@pytest.fixture
def removal() -> Removal:
    return Removal()


def reads(user, model) -> int:
    with acting(user):
        return model.objects.count()


def test_the_citizen_is_told_and_says_what_goes_along(removal) -> None:
    (told,) = rows_of("select link from outbox_message where citizen_id = $1::uuid", value=removal.anna.pk)
    assert told.link == f"/citizens/{removal.anna.pk}/move/"
    removal.answer(profile=True, plan=False)
    with acting(removal.anna.user) as actor:
        move = Move.objects.visible_to(actor).get()
        assert (move.state, move.profile_goes, move.plan_goes) == (MoveState.ANSWERED, True, False)


def test_nobody_writes_over_what_the_citizen_said(removal) -> None:
    removal.answer(profile=False, plan=False)
    with acting(removal.jonas) as actor, pytest.raises(Refused, match="own_word"):
        answer_move(actor=actor, citizen_id=removal.anna.pk, profile_goes=True, plan_goes=True, noted="Ringede", at=NOW)
    with pytest.raises(Error, match="the citizen says"), acting(removal.jonas):
        Move.objects.filter(pk=removal.move.pk).update(profile_goes=True)


def test_an_employee_notes_the_answer_with_how_they_heard_it(removal) -> None:
    with acting(removal.jonas) as actor:
        with pytest.raises(Refused, match="needed"):
            answer_move(actor=actor, citizen_id=removal.anna.pk, profile_goes=True, plan_goes=True, noted="", at=NOW)
        answer_move(
            actor=actor, citizen_id=removal.anna.pk, profile_goes=True, plan_goes=True, noted="I telefonen", at=NOW
        )


def test_the_receiver_reads_the_handover_and_nothing_else_before(removal) -> None:
    removal.answer(profile=True, plan=True)
    with acting(removal.new_lead) as actor:
        (incoming,) = moved_in_page(actor=actor, on=TODAY).incoming
        assert (incoming.move.name, incoming.can_take) == ("Anna Lund", True)
    for model in (Citizen, Contact, Case, Placement, *TOLD):
        assert reads(removal.new_lead, model) == 0, model
    # Somebody who leads nobody there reads nothing.
    assert reads(removal.gitte, Move) == 0


def test_all_goes_along_when_the_citizen_says_so(removal) -> None:
    removal.answer(profile=True, plan=True)
    removal.take()
    for model in (Citizen, Contact, Case, Dialogue, Agreement, Plan, Goal, Action, Card, Placement):
        assert reads(removal.gitte, model) == 1, model
    # The log of the old team is theirs and the citizen's.
    assert reads(removal.gitte, Note) == 0
    assert reads(removal.anna.user, Note) == 1
    with acting(removal.gitte):
        case = Case.objects.get()
        assert case.team_id == removal.new_team.pk
        assert Citizen.objects.get().municipality_id == removal.to.code
        assert [one.user_id for one in CaseMember.objects.standing(on=TODAY)] == [removal.gitte.pk]


def test_what_the_citizen_kept_back_is_not_read_and_can_be_made_anew(removal) -> None:
    removal.answer(profile=False, plan=False)
    removal.take()
    for model in (Dialogue, Agreement, Plan, Goal, Action, Card, Note, PersonFile):
        assert reads(removal.gitte, model) == 0, model
        assert model is PersonFile or reads(removal.anna.user, model) == 1, model
    with acting(removal.gitte) as actor:
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from audit_change where citizen_id = %s::uuid and at < %s",
                [
                    removal.anna.pk,
                    NOW,
                ],
            )
            assert cursor.fetchone() == (0,)
        # A new plan can begin at once.
        start_plan(actor=actor, citizen_id=removal.anna.pk, decision_id=None, goals=(), on=TODAY)
        assert Plan.objects.count() == 1


def test_without_an_answer_nothing_of_it_goes_along(removal) -> None:
    with pytest.raises(NotNow):
        removal.take()
    run("update closing_move set moves_on = app_today() where id = $1::uuid", value=removal.move.pk)
    removal.take()
    for model in (Agreement, Plan, Card):
        assert reads(removal.gitte, model) == 0, model


def test_the_old_team_reads_nothing_any_more(removal) -> None:
    for model in TOLD:
        assert reads(removal.jonas, model) >= 1, model
    removal.answer(profile=True, plan=True)
    removal.take()
    for user in (removal.jonas, removal.old_lead):
        for model in (Citizen, Contact, Case, CaseMember, Placement, AgreementVersion, Application, *TOLD):
            assert reads(user, model) == 0, (user, model)
        with acting(user), connection.cursor() as cursor:
            cursor.execute("select count(*) from audit_change where citizen_id = %s::uuid", [removal.anna.pk])
            assert cursor.fetchone() == (0,)


def test_the_old_unit_keeps_that_somebody_was_there_and_what_it_did(removal) -> None:
    removal.answer(profile=True, plan=True)
    removal.take()
    assert reads(removal.jonas, MovedAway) == 0
    with acting(removal.old_lead) as actor:
        (kept,) = moved_in_page(actor=actor, on=TODAY).left
        page = kept_page(actor=actor, kept_id=kept.pk)
        assert page is not None
        assert (kept.name, kept.decisions) == ("Anna Lund", [])
        assert "Jonas Bro" in {name for _at, _verb, name in page.acts}
    with acting(removal.new_lead) as actor:
        assert kept_page(actor=actor, kept_id=kept.pk) is None
    # Nobody writes it, and nobody deletes it.
    for change in (
        lambda: MovedAway.objects.filter(pk=kept.pk).update(name="Andet"),
        lambda: MovedAway.objects.filter(pk=kept.pk).delete(),
        lambda: MovedAway(
            move=removal.move,
            citizen=removal.anna,
            municipality=removal.to,
            unit=removal.new_unit,
            opened_on=TODAY,
            moved_on=TODAY,
        ).save(force_insert=True),
    ):
        with pytest.raises(Error, match=REFUSED), acting(removal.old_lead):
            change()


def test_the_job_goes_along_with_its_company(removal) -> None:
    removal.answer(profile=False, plan=False)
    removal.take()
    with acting(removal.gitte) as actor:
        page = placements_page(actor=actor, citizen_id=removal.anna.pk)
        assert page is not None
        assert [line.employer_name for line in page.tables.agreements] == [removal.at.company.name]
        assert Company.objects.filter(pk=removal.at.company.pk).exists()
    # The company reads its agreement as before.
    with acting(removal.at.employer) as actor:
        assert AgreementVersion.objects.visible_to(actor).count() == 1


def test_a_protected_name_is_nowhere_in_the_handover() -> None:
    at = placements.table()
    signe = citizens.protected_address(team=at.team, lead=at.broker)
    unit = organisations.unit(organisations.municipality(name="Nyborgkøbing"))
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=unit, name="Niels Ny")
    code = unit.municipalities.get().code
    with acting(at.broker) as actor:
        draft = MoveDraft(to_code=code, moves_on=TODAY, legal_basis="Se sagen.", contact="Jonas Bro, 20 30 40 50")
        propose_move(actor=actor, citizen_id=signe.pk, draft=draft, at=NOW, on=TODAY)
    with acting(lead) as actor:
        assert moved_in_page(actor=actor, on=TODAY).incoming[0].move.name == ""


def test_the_number_may_be_known_there_already(removal) -> None:
    citizens.citizen(team=removal.new_team, given_name="Bo")
    run(
        "update citizens_citizen set cpr_key = (select cpr_key from citizens_citizen where id = $1::uuid)"
        " where id <> $1::uuid and given_name = 'Bo'",
        value=removal.anna.pk,
    )
    removal.answer(profile=True, plan=True)
    with pytest.raises(Refused, match="known_here"):
        removal.take()
    assert reads(removal.jonas, Case) == 1


def test_only_the_owner_lets_somebody_be_received(removal) -> None:
    removal.answer(profile=True, plan=True)
    for user in (removal.jonas, removal.gitte, removal.old_lead, removal.anna.user):
        with acting(user) as actor, pytest.raises((PermissionDenied, NotThere)):
            take_move(
                actor=actor,
                move_id=removal.move.pk,
                team_id=removal.new_team.pk,
                lead_user_id=removal.gitte.pk,
                at=NOW,
                on=TODAY,
            )
        with pytest.raises(Error, match="team lead"), acting(user), connection.cursor() as cursor:
            ids = [removal.move.pk, removal.new_team.pk, removal.gitte.pk, *[removal.move.pk] * 3]
            cursor.execute(
                "select closing_move_citizen(%s::uuid, %s::uuid, %s::uuid, %s::uuid, %s::uuid, %s::uuid)", ids
            )
    for change in ({"state": MoveState.TAKEN}, {"to_team_id": removal.new_team.pk}, {"to_municipality_id": "9999"}):
        with pytest.raises(Error), acting(removal.new_lead):
            Move.objects.filter(pk=removal.move.pk).update(**change)
    with pytest.raises(Error, match="permission denied"), acting(removal.jonas):
        Citizen.objects.filter(pk=removal.anna.pk).update(municipality_id=removal.to.code)


@pytest.mark.parametrize("what", ["team", "person"])
def test_received_by_those_who_work_there(removal, what) -> None:
    removal.answer(profile=True, plan=True)
    team = removal.at.team if what == "team" else removal.new_team
    lead = removal.gitte if what == "team" else removal.jonas
    with acting(removal.new_lead) as actor, pytest.raises(Refused, match=what):
        take_move(actor=actor, move_id=removal.move.pk, team_id=team.pk, lead_user_id=lead.pk, at=NOW, on=TODAY)


def test_sent_back_or_called_off_it_is_over_and_nothing_has_changed(removal) -> None:
    with acting(removal.new_lead) as actor:
        decline_move(actor=actor, move_id=removal.move.pk, words="Bor ikke her", at=NOW)
    assert reads(removal.jonas, Case) == 1
    with acting(removal.new_lead) as actor:
        assert moved_in_page(actor=actor, on=TODAY).incoming == ()
    with acting(removal.jonas) as actor:
        again = propose_move(actor=actor, citizen_id=removal.anna.pk, draft=removal.draft(), at=NOW, on=TODAY)
        call_off_move(actor=actor, citizen_id=removal.anna.pk, words="Flytter ikke alligevel", at=NOW)
    with acting(removal.new_lead) as actor, pytest.raises(NotThere):
        take_move(
            actor=actor, move_id=again.pk, team_id=removal.new_team.pk, lead_user_id=removal.gitte.pk, at=NOW, on=TODAY
        )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to_code": "0000"}, "municipality"),
        ({"moves_on": TODAY + timedelta(days=4000)}, "moves_on"),
        ({"legal_basis": "  "}, "needed"),
        ({"contact": ""}, "needed"),
        ({}, "moving"),
    ],
)
def test_what_cannot_be_proposed(removal, changes, code) -> None:
    with acting(removal.jonas) as actor, pytest.raises(Refused, match=code):
        propose_move(actor=actor, citizen_id=removal.anna.pk, draft=removal.draft(**changes), at=NOW, on=TODAY)
