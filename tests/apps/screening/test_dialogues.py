"""A dialogue begins once, rests, is finished, opened again, and agreed by both to the same words."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.models import Event
from jobbro.apps.cases.models import Case
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.organisations.models import Team
from jobbro.apps.screening import selectors, services
from jobbro.apps.screening.enums import Setting, Speaker, State, Status
from jobbro.apps.screening.facts import profile_from_json, profile_json
from jobbro.apps.screening.models import Agreement, Answer, Dialogue
from jobbro.apps.screening.selectors import CoursePage
from jobbro.apps.screening.services import Draft
from tests.factories import accounts, cases, organisations, screening
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db
AT, ON = datetime(2026, 3, 4, 9, tzinfo=UTC), date(2026, 3, 4)
BOTH = (Speaker.CITIZEN, Speaker.CASEWORKER)


def start(user: User, citizen: Citizen, setting: Setting = Setting.HOME) -> str | None:
    with acting(user) as actor:
        return services.start_dialogue(actor=actor, citizen_id=citizen.pk, setting=setting, at=AT, on=ON)


def course(user: User, citizen: Citizen) -> CoursePage:
    with acting(user) as actor:
        page = selectors.course_page(actor=actor, citizen_id=citizen.pk)
    assert page is not None
    return page


def finish(user: User, citizen: Citizen) -> None:
    with acting(user) as actor:
        services.finish_dialogue(actor=actor, citizen_id=citizen.pk, at=AT, on=ON)


def agree(user: User, citizen: Citizen, *parties: Speaker, seen: UUID | None = None) -> services.Outcome:
    version = seen or course(user, citizen).version
    with acting(user) as actor:
        return services.agree_profile(actor=actor, citizen_id=citizen.pk, parties=parties, seen=version, at=AT, on=ON)


@pytest.fixture
def finished(mette: User, anna: Citizen) -> Dialogue:
    """Ready to be agreed, with one area talked about."""
    held = screening.dialogue(citizen=anna, state=State.FINISHED)
    screening.answer(dialogue=held, topic="lifting", by=anna.user, level=2, words="Kasser er tunge.")
    return held


def test_starting_begins_with_the_first_topic(anna: Citizen) -> None:
    assert start(anna.user, anna) == "about_you"
    with acting(anna.user):
        assert Dialogue.objects.get().setting == Setting.HOME
        assert not Event.objects.filter(verb=Verb.DIALOGUE_STARTED, actor_id=anna.user_id).count() > 1


def test_the_second_to_start_goes_on_in_the_dialogue_of_the_first(mette: User, anna: Citizen) -> None:
    start(anna.user, anna)
    start(mette, anna, Setting.TOGETHER)
    with acting(mette):
        assert [talk.started_by_id for talk in Dialogue.objects.all()] == [anna.user_id]
        assert Event.objects.filter(verb=Verb.DIALOGUE_STARTED, citizen_id=anna.pk).count() == 1


def test_a_new_dialogue_asks_only_what_is_not_known(mette: User, anna: Citizen) -> None:
    screening.agreed_dialogue(citizen=anna, by=mette)
    start(mette, anna)
    page = course(mette, anna)
    assert "lifting" not in page.to_come
    assert "first_body" not in page.to_come
    assert len(page.known) == 2


def test_key_persons_and_strangers_do_not_start(team: Team, anna: Citizen) -> None:
    stranger = accounts.employee(team=organisations.team(name="Team Fjord"))
    with pytest.raises(services.CitizenMissing):
        start(stranger, anna)


def test_a_pause_keeps_what_was_half_written(mette: User, anna: Citizen) -> None:
    start(anna.user, anna)
    with acting(anna.user) as actor:
        services.pause_dialogue(
            actor=actor,
            citizen_id=anna.pk,
            topic="hopes",
            draft=Draft(status=Status.TOLD, said_by=Speaker.CITIZEN, words="Jeg håber"),
            seen=None,
            at=AT,
            on=ON,
        )
    with acting(mette):
        assert Answer.objects.get().words == "Jeg håber"
        assert Event.objects.filter(verb=Verb.DIALOGUE_PAUSED, citizen_id=anna.pk).exists()


def test_a_pause_without_words_writes_no_answer(anna: Citizen) -> None:
    start(anna.user, anna)
    nothing = Draft(status=Status.TOLD, said_by=Speaker.CITIZEN)
    with acting(anna.user) as actor:
        services.pause_dialogue(actor=actor, citizen_id=anna.pk, topic="hopes", draft=nothing, seen=None, at=AT, on=ON)
        assert not Answer.objects.exists()


def test_a_dialogue_without_an_answer_cannot_be_finished(anna: Citizen) -> None:
    start(anna.user, anna)
    with pytest.raises(services.NothingTold):
        finish(anna.user, anna)


def test_a_finished_dialogue_can_be_opened_again_and_not_finished_twice(mette: User, anna: Citizen, finished) -> None:
    with pytest.raises(services.MoveRefused):
        finish(mette, anna)
    with acting(mette) as actor:
        assert services.reopen_dialogue(actor=actor, citizen_id=anna.pk, at=AT, on=ON) == "about_you"
        assert Dialogue.objects.get().state == State.OPEN


def test_only_when_both_have_agreed_is_the_profile_agreed(mette: User, anna: Citizen, finished) -> None:
    assert agree(anna.user, anna, Speaker.CITIZEN) == "waiting"
    with acting(mette) as actor:
        assert selectors.agreed_profile(actor=actor, citizen_id=anna.pk) is None
    assert agree(mette, anna, Speaker.CASEWORKER) == "complete"
    with acting(mette) as actor:
        agreed = selectors.agreed_profile(actor=actor, citizen_id=anna.pk)
        assert Dialogue.objects.get().state == State.AGREED
    assert agreed is not None
    assert (agreed.need("lifting").level, agreed.need("lifting").agreed) == (2, True)


def test_the_agreement_keeps_the_profile_with_guide_and_answers(mette: User, anna: Citizen, finished) -> None:
    agree(mette, anna, *BOTH)
    with acting(mette):
        kept = Agreement.objects.get()
        answer = Answer.objects.get()
    assert kept.profile["answers"] == [str(answer.pk)]
    assert kept.profile["guide_version"] == kept.guide_version == finished.guide_version
    profile = profile_from_json(kept.profile)
    again = json.loads(json.dumps(profile_json(profile, guide_version=kept.guide_version)))
    assert again == kept.profile


def test_a_caseworker_records_that_the_citizen_agreed_in_the_meeting(mette: User, anna: Citizen, finished) -> None:
    assert agree(mette, anna, *BOTH) == "complete"
    page = course(anna.user, anna)
    assert page.agreements[0].was_recorded_by_staff
    assert page.agreements[0].citizen_recorded_by == "Mette Holm"


def test_a_citizen_cannot_agree_for_the_caseworker(anna: Citizen, finished) -> None:
    with pytest.raises(PermissionDenied):
        agree(anna.user, anna, *BOTH)


def test_nobody_agrees_before_the_dialogue_is_finished(mette: User, anna: Citizen) -> None:
    held = screening.dialogue(citizen=anna)
    screening.answer(dialogue=held, topic="lifting", by=anna.user, level=2)
    with pytest.raises(services.NotReady):
        agree(mette, anna, *BOTH)


def test_agreeing_to_words_that_have_changed_is_refused(mette: User, anna: Citizen, finished) -> None:
    old = course(mette, anna).version
    newer = Draft(status=Status.TOLD, said_by=Speaker.CITIZEN, words="Mere roligt.")
    with acting(anna.user) as actor:
        services.record_answer(actor=actor, citizen_id=anna.pk, topic="hopes", draft=newer, seen=None, at=AT, on=ON)
    with pytest.raises(services.AgreedToOther):
        agree(mette, anna, *BOTH, seen=old)


def test_after_the_agreement_nothing_is_under_way(mette: User, anna: Citizen, finished) -> None:
    agree(mette, anna, *BOTH)
    with pytest.raises(services.NothingUnderWay):
        finish(mette, anna)


def test_changes_since_last_time_are_told(mette: User, anna: Citizen) -> None:
    screening.agreed_dialogue(citizen=anna, by=mette, level=1)
    held = screening.dialogue(citizen=anna, started_at=AT)
    screening.answer(dialogue=held, topic="lifting", by=anna.user, level=3, words="Bedre nu.")
    changes = course(mette, anna).changes
    assert [(change.subject, change.kind) for change in changes] == [("lifting", "easier")]


def test_a_step_of_the_caseworker_makes_the_course_less_quiet(mette: User, anna: Citizen, finished) -> None:
    agree(mette, anna, *BOTH)
    with acting(mette):
        assert Case.objects.get().last_step_on == ON


def test_a_key_person_cannot_finish(team: Team, anna: Citizen, finished) -> None:
    key = accounts.employee(role=Role.KEY_PERSON, unit=team.unit)
    with acting(anna.user):
        case = anna.case
    cases.member(case=case, user=key)
    with pytest.raises(PermissionDenied):
        finish(key, anna)


def test_agreements_of_others_are_behind_the_wall(mette: User, anna: Citizen) -> None:
    screening.agreed_dialogue(citizen=anna, by=mette)
    stranger = accounts.employee(team=organisations.team(name="Team Fjord"))
    with acting(stranger) as actor:
        assert not Agreement.objects.all().exists()
        assert selectors.latest_agreement(actor=actor, citizen_id=anna.pk) is None
        assert selectors.current_profile(actor=actor, citizen_id=anna.pk) is None
        assert selectors.course_page(actor=actor, citizen_id=anna.pk) is None
