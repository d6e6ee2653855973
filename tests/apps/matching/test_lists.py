"""A person as matching reads them, and their live list: from what was agreed and told, and nothing else."""

from datetime import date

import pytest

from jobbro.apps.jobs.enums import CarvedState
from jobbro.apps.jobs.models import CarvedFor, WorkWish
from jobbro.apps.matching import market
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.selectors.jobs import jobs_page
from jobbro.apps.matching.selectors.lists import CitizenJobs, list_for_citizen
from jobbro.apps.matching.selectors.persons import PersonInput, WhyNot, person_input, person_inputs
from jobbro.kernel.postcodes import place_of
from tests.factories import accounts, citizens, employers, openings, organisations
from tests.factories.jobs import WRITTEN, carved_job, confirmed_task, work_wish
from tests.factories.matching import proposal
from tests.factories.rows import run, write
from tests.factories.screening import agreed_dialogue

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)
AARHUS = "8000"


@pytest.fixture(autouse=True)
def begin_anew():
    market.forget()
    yield
    market.forget()


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def staff(team):
    return accounts.employee(team=team)


def ready(staff, team, **wish):
    person = citizens.citizen(team=team, lead=staff, has_login=True)
    agreed_dialogue(citizen=person, by=staff)
    work_wish(citizen=person, by=staff, **{"travels_from": AARHUS, **wish})
    return person


def near(**fields):
    place = place_of(AARHUS)
    return openings.opening(x=place.x, y=place.y, **fields)


def test_what_has_not_been_told_is_said_in_order(staff, team):
    person = citizens.citizen(team=team, lead=staff)

    def asked():
        with accounts.acting(staff) as actor:
            return person_input(actor=actor, citizen_id=person.pk)

    assert asked() == WhyNot.NO_NEEDS
    agreed_dialogue(citizen=person, by=staff)
    assert asked() == WhyNot.NO_WISH
    work_wish(citizen=person, by=staff)
    run("update citizens_contact set postcode = ''")
    assert asked() == WhyNot.NO_PLACE
    run(f"update citizens_contact set postcode = '{AARHUS}'")
    found = asked()
    assert isinstance(found, PersonInput)
    assert (found.file["x"], found.file["y"]) == (place_of(AARHUS).x, place_of(AARHUS).y)
    run("update citizens_citizen set is_protected = true")
    assert asked() == WhyNot.NO_PLACE
    run(f"update jobs_workwish set travels_from = '{AARHUS}'")
    assert isinstance(asked(), PersonInput)


def test_many_persons_are_read_in_three_queries(staff, team, django_assert_num_queries):
    people = [ready(staff, team) for _ in range(3)]
    with accounts.acting(staff) as actor, django_assert_num_queries(3):
        found = person_inputs(actor=actor, citizen_ids=[one.pk for one in people])
    assert all(isinstance(one, PersonInput) for one in found.values())


def test_a_stranger_is_somebody_of_whom_nothing_is_known(staff, team):
    person = ready(staff, team)
    stranger = accounts.employee(team=organisations.team())
    with accounts.acting(stranger) as actor:
        assert person_input(actor=actor, citizen_id=person.pk) == WhyNot.NO_NEEDS


def test_the_live_list_is_the_same_for_staff_and_citizen(staff, team, django_assert_num_queries):
    person = ready(staff, team)
    job = near(demand={"lifting": 1})
    near(demand={"lifting": 4})
    near(hours_min=30, hours_max=37)
    with accounts.acting(staff) as actor:
        for_staff = list_for_citizen(actor=actor, citizen_id=person.pk, on=ON)
    assert isinstance(for_staff, CitizenJobs)
    assert for_staff.listed.jobs[0].job == str(job.pk)
    assert for_staff.listed.none.get("hours") == 1
    assert for_staff.open_jobs == 3
    assert set(for_staff.openings) == {one.job for one in for_staff.listed.jobs}
    with accounts.acting(person.user) as actor:
        own = list_for_citizen(actor=actor, citizen_id=person.pk, on=ON)
    assert own.listed == for_staff.listed


def test_a_job_carved_for_them_stands_beside_the_list_and_in_nobody_elses(staff, team):
    person, other = ready(staff, team), ready(staff, team)
    place = employers.workplace(company=employers.company(team=team), x=0.0, y=0.0)
    made = carved_job(workplace=place, tasks=(confirmed_task(workplace=place),), state=CarvedState.AGREED)
    write(CarvedFor(citizen=person, job=made, chosen_by=staff, chosen_at=WRITTEN))
    kept = openings.carved_opening(job=made)
    for who in (staff, person.user):
        with accounts.acting(who) as actor:
            found = list_for_citizen(actor=actor, citizen_id=person.pk, on=ON)
        assert [one.job for one in found.reserved] == [str(kept.pk)]
        assert found.listed.jobs == () and found.open_jobs == 0
    with accounts.acting(staff) as actor:
        assert list_for_citizen(actor=actor, citizen_id=other.pk, on=ON).reserved == ()


@pytest.mark.parametrize(
    ("state", "is_listed"),
    [(ProposalState.AGREED, False), (ProposalState.TRIED, True), (ProposalState.DECLINED, True)],
)
def test_the_job_one_has_is_not_proposed_again(staff, team, state, is_listed):
    """Who looks for something new from the job reads the others only; a trial or a no does not hide a job."""
    person = ready(staff, team)
    own, other = near(title="Pakke brød"), near(title="Køre varer frem")
    proposal(citizen=person, by=staff, opening=own, state=state)
    for who in (staff, person.user):
        with accounts.acting(who) as actor:
            page = jobs_page(actor=actor, citizen_id=person.pk, on=ON)
        titles = {job.opening.title for job in page.jobs}
        assert titles == {other.title, *([own.title] if is_listed else [])}


def test_what_matching_must_not_know_changes_nothing(staff, team):
    """Age and sex stand in the number; name, benefit, channel and companion beside it."""
    person = ready(staff, team)
    with accounts.acting(staff) as actor:
        before = person_input(actor=actor, citizen_id=person.pk)
    other = citizens.cpr()
    run(
        "update citizens_citizen set given_name = 'Fatima', family_name = 'Al-Sayed', channel = 'sms',"
        f" companion = 'Ib', interpreter = 'Arabisk', is_easy = true, cpr_cipher = '\\x{other.encrypted().hex()}',"
        f" cpr_key = '\\x{other.key.hex()}'"
    )
    with accounts.acting(staff) as actor:
        assert person_input(actor=actor, citizen_id=person.pk) == before
    assert WorkWish.objects.count() <= 1
