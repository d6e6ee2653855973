"""Facts for the schemes: what is promised of telling, taking back and keeping, and what is refused."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.models import Event
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.services import set_benefit_period
from jobbro.apps.guidance import services
from jobbro.apps.guidance.enums import FactSource, Standing
from jobbro.apps.guidance.models import GuidanceAnswer, KnownFacts, ToldFact
from jobbro.apps.guidance.refusals import Changed, NotThere, Refused
from jobbro.apps.guidance.selectors import fact_for, facts_for, guidance_for, kept_answer, what_if
from jobbro.apps.guidance.selectors.guidance import Supposed
from jobbro.apps.guidance.services import FactDraft
from jobbro.engines.schemes.loading import load_package
from tests.factories import accounts, cases, citizens, organisations, screening
from tests.factories.rows import run, write

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


@dataclass
class Scene:
    """A citizen with a login and their caseworker."""

    staff: User
    citizen: Citizen


@pytest.fixture
def scene() -> Scene:
    team = organisations.team()
    staff = accounts.employee(team=team)
    return Scene(staff=staff, citizen=citizens.citizen(team=team, lead=staff, has_login=True))


def tell(actor, scene, code: str, value: Any = None, *, seen: Any = None, **changes: Any) -> ToldFact:
    source = FactSource.ASSESSED if code.startswith("assessed_") else FactSource.DECLARED
    draft = FactDraft(**{"code": code, "value": value, "source": source, **changes})
    return services.tell_fact(
        actor=actor, citizen_id=scene.citizen.pk, draft=draft, seen=seen, at=timezone.now(), on=ON
    )


def known(scene) -> KnownFacts:
    return KnownFacts.objects.get(citizen_id=scene.citizen.pk)


def test_a_fact_is_kept_with_who_said_it_and_until_when(scene):
    with accounts.acting(scene.staff) as actor:
        row = tell(actor, scene, "hours_per_week", 18.5, source=FactSource.DOCUMENTED)
        event = Event.objects.filter(citizen_id=scene.citizen.pk).latest("id")
        wide = known(scene)
    assert (row.value, row.source, row.told_by_id) == (18.5, "documented", scene.staff.pk)
    assert row.good_until == ON + timedelta(days=365)
    assert (event.verb, event.detail["fact"]) == ("fact_told", "hours_per_week")
    assert (float(wide.hours_per_week), wide.next_expiry_on) == (18.5, row.good_until)
    assert wide.birth_date is not None


def test_the_newest_counts_and_the_older_stays(scene):
    with accounts.acting(scene.staff) as actor:
        first = tell(actor, scene, "written_agreement", True)
        tell(actor, scene, "written_agreement", False, seen=first.pk)
        page = fact_for(actor=actor, citizen_id=scene.citizen.pk, code="written_agreement", on=ON)
        assert known(scene).written_agreement is False
    assert page.line.known.value is False
    assert [row.value for row in page.history] == [False, True]


def test_saying_the_same_once_more_is_one_act(scene):
    with accounts.acting(scene.staff) as actor:
        first = tell(actor, scene, "written_agreement", True)
        assert tell(actor, scene, "written_agreement", True).pk == first.pk
        assert ToldFact.objects.count() == 1


def test_a_fact_told_meanwhile_is_not_overwritten(scene):
    with accounts.acting(scene.staff) as actor:
        tell(actor, scene, "written_agreement", True)
        with pytest.raises(Changed):
            tell(actor, scene, "written_agreement", False)


def test_nobody_knows_is_an_answer_and_is_not_asked_again(scene):
    with accounts.acting(scene.staff) as actor:
        tell(actor, scene, "work_form", "employee")
        tell(actor, scene, "written_agreement")
        page = guidance_for(actor=actor, citizen_id=scene.citizen.pk, on=ON)
        assert known(scene).written_agreement is None
    assert page.standing["written_agreement"].standing == Standing.UNANSWERABLE
    assert all("written_agreement" not in answer.ask for answer in page.answers)


def test_what_was_taken_back_is_asked_again(scene):
    with accounts.acting(scene.staff) as actor:
        row = tell(actor, scene, "work_form", "employee")
        told = {
            "actor": actor,
            "citizen_id": scene.citizen.pk,
            "code": "work_form",
            "note": "Jobbet blev ikke til noget.",
            "at": timezone.now(),
            "on": ON,
        }
        with pytest.raises(Changed):
            services.withdraw_fact(**told, seen=None)
        gone = services.withdraw_fact(**told, seen=row.pk)
        assert services.withdraw_fact(**told, seen=row.pk).pk == gone.pk
        page = guidance_for(actor=actor, citizen_id=scene.citizen.pk, on=ON)
        listed = facts_for(actor=actor, citizen_id=scene.citizen.pk, on=ON)
        assert known(scene).work_form is None
    assert "work_form" not in page.standing
    assert [fact.code for fact in listed.gone] == ["work_form"]


@pytest.mark.parametrize(
    ("code", "value", "reason"),
    [
        ("hours_per_week", 81.0, "out_of_range"),
        ("hours_per_week", float("nan"), "not_finite"),
        ("hours_per_week", 10.125, "too_many_decimals"),
        ("hours_per_week", "20", "wrong_type"),
        ("written_agreement", 1, "wrong_type"),
        ("work_form", "astronaut", "not_a_choice"),
        ("old_course_started_on", ON + timedelta(days=1), "in_the_future"),
        ("findes_ikke", True, "unknown_code"),
    ],
)
def test_a_value_that_cannot_be_is_refused(scene, code, value, reason):
    with accounts.acting(scene.staff) as actor:
        with pytest.raises(Refused) as refused:
            tell(actor, scene, code, value)
        assert not ToldFact.objects.exists()
    assert refused.value.reason == reason


def test_facts_that_cannot_both_be_true_are_refused(scene):
    with accounts.acting(scene.staff) as actor:
        tell(actor, scene, "unemployed", True)
        with pytest.raises(Refused) as refused:
            tell(actor, scene, "benefit", "wage")
    assert (refused.value.reason, refused.value.code) == ("contradiction", "wage_and_unemployed")


def test_a_judgement_needs_a_note(scene):
    with accounts.acting(scene.staff) as actor:
        with pytest.raises(Refused) as refused:
            tell(actor, scene, "assessed_disability", True, note="  ")
        assert refused.value.reason == "note"
        row = tell(actor, scene, "assessed_disability", True, note="Talt med borgeren og egen læge.")
    assert row.source == FactSource.ASSESSED


@pytest.mark.parametrize("role", [Role.JOB_BROKER, Role.KEY_PERSON])
def test_only_those_who_assess_make_judgements(scene, role):
    team = scene.citizen.case.team
    other = accounts.employee(role=role, team=None if role == Role.KEY_PERSON else team, unit=team.unit, name="Kim")
    cases.member(case=scene.citizen.case, user=other)
    with accounts.acting(other) as actor, pytest.raises(PermissionDenied):
        tell(actor, scene, "assessed_disability", True, note="Det ser sådan ud.")


def test_a_citizen_tells_about_themselves_and_never_assesses(scene):
    with accounts.acting(scene.citizen.user) as actor:
        row = tell(actor, scene, "work_form", "employee")
        with pytest.raises(PermissionDenied):
            tell(actor, scene, "assessed_disability", True, note="Jeg mener det selv.")
        with pytest.raises(Refused):
            tell(actor, scene, "written_agreement", True, source=FactSource.DOCUMENTED)
    assert row.told_by_id == scene.citizen.user_id


def _row(scene, **changes: Any) -> ToldFact:
    return ToldFact(
        **{
            "citizen_id": scene.citizen.pk,
            "code": "assessed_disability",
            "standing": Standing.TOLD,
            "value": True,
            "source": FactSource.ASSESSED,
            "observed_on": ON,
            "note": "Set i dialogen.",
            "told_by_id": scene.staff.pk,
            "told_at": timezone.now(),
            **changes,
        }
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"note": ""},
        {"note": " \n"},
        {"source": FactSource.DECLARED},
        {"code": "written_agreement"},
        {"standing": Standing.UNANSWERABLE},
        {"good_until": ON - timedelta(days=1)},
    ],
)
def test_the_database_itself_refuses_a_judgement_that_is_none(scene, changes):
    with accounts.acting(scene.staff), pytest.raises(IntegrityError), transaction.atomic():
        _row(scene, **changes).save(force_insert=True)


def test_the_database_itself_refuses_a_citizens_judgement_and_anothers_name(scene):
    own = scene.citizen.user
    with accounts.acting(own):
        with pytest.raises(ProgrammingError), transaction.atomic():
            _row(scene, told_by_id=own.pk).save(force_insert=True)
        documented = {"code": "written_agreement", "source": FactSource.DOCUMENTED}
        with pytest.raises(ProgrammingError), transaction.atomic():
            _row(scene, told_by_id=own.pk, **documented).save(force_insert=True)
    with accounts.acting(scene.staff), pytest.raises(ProgrammingError), transaction.atomic():
        _row(scene, told_by_id=own.pk).save(force_insert=True)


def test_what_was_told_is_never_changed_or_deleted(scene):
    with accounts.acting(scene.staff) as actor:
        row = tell(actor, scene, "written_agreement", True)
        kept = services.keep_guidance(actor=actor, citizen_id=scene.citizen.pk, note="", at=timezone.now(), on=ON)
        for act in (
            lambda: ToldFact.objects.filter(pk=row.pk).update(note="x"),
            lambda: ToldFact.objects.filter(pk=row.pk).delete(),
            lambda: GuidanceAnswer.objects.filter(pk=kept.pk).update(note="x"),
            lambda: GuidanceAnswer.objects.filter(pk=kept.pk).delete(),
            lambda: KnownFacts.objects.filter(citizen_id=scene.citizen.pk).delete(),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                act()


def test_behind_the_wall_there_is_nothing(scene):
    stranger = accounts.employee(team=organisations.team())
    with accounts.acting(scene.staff) as actor:
        tell(actor, scene, "written_agreement", True)
    with accounts.acting(stranger) as actor:
        with pytest.raises(NotThere):
            tell(actor, scene, "written_agreement", True)
        assert guidance_for(actor=actor, citizen_id=scene.citizen.pk, on=ON) is None
        assert not ToldFact.objects.exists()
        assert not KnownFacts.objects.exists()


# ---- What is known without asking ----


def test_what_the_file_says_is_never_asked(scene):
    with accounts.acting(scene.staff) as actor:
        set_benefit_period(actor=actor, citizen_id=scene.citizen.pk, benefit="Sygedagpenge", from_on=date(2026, 5, 1))
        page = guidance_for(actor=actor, citizen_id=scene.citizen.pk, on=ON)
    found = {code: (fact.value, fact.source, fact.origin) for code, fact in page.standing.items()}
    assert found["benefit"] == ("sickness_benefit", "register", "benefit")
    assert found["registered_in_municipality"] == (True, "register", "municipality")
    assert found["birth_date"][1:] == ("register", "cpr")
    assert not {"benefit", "birth_date"} & {code for answer in page.answers for code in answer.ask}


def test_words_that_leave_the_group_open_are_asked_about(scene):
    with accounts.acting(scene.staff) as actor:
        set_benefit_period(actor=actor, citizen_id=scene.citizen.pk, benefit="Kontanthjælp", from_on=date(2026, 5, 1))
        page = guidance_for(actor=actor, citizen_id=scene.citizen.pk, on=ON)
    assert "benefit" not in page.standing
    assert "benefit" in {code for answer in page.answers for code in answer.ask}


def test_hours_wished_for_count_until_there_is_a_job(scene):
    held = screening.dialogue(citizen=scene.citizen)
    said = screening.answer(dialogue=held, topic="best_time", by=scene.staff)
    said.pk, said.topic, said.numbers = None, "hours", [10, 20]
    said.id = type(said)().id
    write(said)
    with accounts.acting(scene.staff) as actor:
        before = guidance_for(actor=actor, citizen_id=scene.citizen.pk, on=date(2026, 3, 10))
        assert (before.standing["hours_per_week"].value, before.standing["hours_per_week"].origin) == (
            20.0,
            "topic:hours",
        )
        tell(actor, scene, "work_form", "employee")
        after = guidance_for(actor=actor, citizen_id=scene.citizen.pk, on=ON)
    assert "hours_per_week" not in after.standing


def test_an_answer_past_its_time_is_unknown_again(scene):
    with accounts.acting(scene.staff) as actor:
        tell(actor, scene, "benefit", "sickness_benefit")
        later = guidance_for(actor=actor, citizen_id=scene.citizen.pk, on=ON + timedelta(days=91))
    assert "benefit" not in later.standing


# ---- Kept guidance ----


def test_kept_guidance_is_whole_and_comes_out_the_same(scene):
    with accounts.acting(scene.staff) as actor:
        tell(actor, scene, "work_form", "employee")
        kept = services.keep_guidance(
            actor=actor, citizen_id=scene.citizen.pk, note="Talt igennem.", at=timezone.now(), on=ON
        )
        again = kept_answer(actor=actor, citizen_id=scene.citizen.pk, answer_id=kept.pk)
        event = Event.objects.filter(citizen_id=scene.citizen.pk).latest("id")
    assert event.verb == "guidance_kept"
    assert (again.is_same, again.others) == (True, ())
    assert again.package_hash == load_package().hash
    assert {answer["scheme"] for answer in again.answers} == set(load_package().schemes)
    assert again.facts["work_form"]["value"] == "employee"
    assert all(answer["tree"] for answer in again.answers)


def test_a_kept_answer_that_was_tampered_with_is_found_out(scene):
    with accounts.acting(scene.staff) as actor:
        kept = services.keep_guidance(actor=actor, citizen_id=scene.citizen.pk, note="", at=timezone.now(), on=ON)
    run(
        "update guidance_guidanceanswer set answers = jsonb_set(answers, '{0,outcome}', '\"yes\"') where id::text = $1",
        value=kept.pk,
    )
    with accounts.acting(scene.staff) as actor:
        again = kept_answer(actor=actor, citizen_id=scene.citizen.pk, answer_id=kept.pk)
    assert (again.is_same, len(again.others)) == (False, 1)


def test_the_citizen_does_not_keep_guidance(scene):
    with accounts.acting(scene.citizen.user) as actor, pytest.raises(PermissionDenied):
        services.keep_guidance(actor=actor, citizen_id=scene.citizen.pk, note="", at=timezone.now(), on=ON)


# ---- What if ----


def test_what_if_changes_the_answer_and_stores_nothing(scene):
    with accounts.acting(scene.staff) as actor:
        tell(actor, scene, "work_form", "employee")
        before = ToldFact.objects.count()
        page = what_if(
            actor=actor,
            citizen_id=scene.citizen.pk,
            on=ON,
            supposed=Supposed(decision_on=ON, values={"work_form": "self_employed"}),
        )
        assert ToldFact.objects.count() == before
    changed = {
        change.after.scheme: (change.before.outcome, change.after.outcome) for change in page.changes if change.is_other
    }
    assert changed["paragraf_56"][1] == "no"
    assert changed["paragraf_58a"][0] == "no"


def test_the_moment_of_a_row_is_always_after_the_one_before(scene):
    early = timezone.now() - timedelta(days=1)
    with accounts.acting(scene.staff) as actor:
        first = tell(actor, scene, "written_agreement", True)
        second = services.tell_fact(
            actor=actor,
            citizen_id=scene.citizen.pk,
            draft=FactDraft(code="written_agreement", value=False),
            seen=first.pk,
            at=early,
            on=ON,
        )
    assert isinstance(second.told_at, datetime)
    assert second.told_at > first.told_at
