"""The caseload, the file and the worklist."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.selectors import (
    CaseloadFilters,
    Due,
    Sort,
    Which,
    caseload,
    citizen_file,
    find_by_cpr,
    team_load,
    worklist,
)
from tests.factories import accounts, cases, citizens, organisations

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def _names(actor, **filters):
    page = caseload(actor=actor, filters=CaseloadFilters(**filters), on=TODAY)
    return [row.name for row in page.rows]


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def worker(team):
    return accounts.employee(team=team)


def test_the_caseload_begins_with_the_actors_own_citizens(team, worker):
    citizens.citizen(team=team, lead=worker, given_name="Egen")
    citizens.citizen(team=team, given_name="Teamets")
    citizens.citizen(given_name="Fremmed")
    with accounts.acting(worker) as actor:
        assert _names(actor) == ["Egen Lund"]
        assert sorted(_names(actor, who="all")) == ["Egen Lund", "Teamets Lund"]


def test_a_team_lead_begins_with_the_whole_unit(team):
    citizens.citizen(team=team)
    with accounts.acting(accounts.employee(role=Role.TEAM_LEAD, unit=team.unit)) as actor:
        assert _names(actor) == ["Anna Lund"]


def test_the_most_urgent_step_stands_first_and_none_last(team, worker):
    for name, due_on in (("Ingen", None), ("Snart", date(2026, 3, 9)), ("Forbi", date(2026, 2, 1))):
        citizens.citizen(team=team, given_name=name, next_step="Møde" if due_on else "", next_step_on=due_on)
    with accounts.acting(worker) as actor:
        assert _names(actor, who="all") == ["Forbi Lund", "Snart Lund", "Ingen Lund"]
        assert _names(actor, who="all", due=Due.OVERDUE) == ["Forbi Lund"]
        assert _names(actor, who="all", due=Due.WEEK) == ["Forbi Lund", "Snart Lund"]
        assert _names(actor, who="all", due=Due.NONE) == ["Ingen Lund"]


def test_names_stand_in_danish_order_and_are_found_however_they_are_written(team, worker):
    for family_name in ("Åkjær", "Aagaard", "Østergaard", "Zachariassen", "Ærø", "Andersen"):
        citizens.citizen(team=team, family_name=family_name)
    with accounts.acting(worker) as actor:
        in_order = [name.split()[1] for name in _names(actor, who="all", sort=Sort.NAME)]
        assert in_order == ["Andersen", "Zachariassen", "Ærø", "Østergaard", "Aagaard", "Åkjær"]
        assert _names(actor, who="all", text="anna ågå") == ["Anna Aagaard"]
        assert _names(actor, who="all", text="Aaga") == ["Anna Aagaard"]
        assert _names(actor, who="all", text="ØSTER") == ["Anna Østergaard"]
        assert _names(actor, who="all", text="100%' _") == []


def test_quiet_and_closed_courses(team, worker):
    citizens.citizen(team=team, given_name="Stille", last_step_on=TODAY - timedelta(days=22))
    citizens.citizen(team=team, given_name="Nylig", last_step_on=TODAY - timedelta(days=21))
    citizens.citizen(team=team, given_name="Lukket", state=State.CLOSED)
    with accounts.acting(worker) as actor:
        assert _names(actor, who="all", is_quiet=True) == ["Stille Lund"]
        assert _names(actor, who="all", which=Which.CLOSED) == ["Lukket Lund"]
        assert _names(actor, who="all", sort=Sort.QUIET) == ["Stille Lund", "Nylig Lund"]


def test_the_number_of_queries_does_not_grow(team, worker, django_assert_num_queries):
    for _ in range(30):
        citizens.citizen(team=team, lead=worker)
    with accounts.acting(worker) as actor:
        with django_assert_num_queries(4):
            page = caseload(actor=actor, filters=CaseloadFilters(), on=TODAY)
        assert len(page.rows) == 25
        assert page.page.paginator.count == 30
        assert page.rows[0].lead == worker.display_name


def test_the_file_shows_head_people_and_log_newest_first(team, worker, django_assert_num_queries):
    citizen = citizens.deaf_with_interpreter(team=team, lead=worker)
    cases.member(case=citizen.case, user=accounts.employee(team=team, name="Ali Demir"), role=MemberRole.BUDDY)
    for day in (3, 4):
        cases.note(
            case=citizen.case,
            written_by=worker,
            text=f"dag {day}",
            written_at=timezone.make_aware(timezone.datetime(2026, 2, day, 9)),
        )
    with accounts.acting(worker) as actor:
        with django_assert_num_queries(3):
            file = citizen_file(actor=actor, citizen_id=citizen.pk, on=TODAY, at=timezone.now())
        assert file is not None
        assert [member.name for member in file.members] == ["Mette Holm", "Ali Demir"]
        assert file.contact_person is not None
        assert file.contact_person.phone == "20 30 40 50"
        assert [note.text for note in file.notes] == ["dag 4", "dag 3"]
        assert file.masked_cpr.endswith("-••••")
        assert set(file.moves) == {"pause", "close"}


def test_a_foreign_file_is_none(worker):
    citizen = citizens.citizen()
    with accounts.acting(worker) as actor:
        assert citizen_file(actor=actor, citizen_id=citizen.pk, on=TODAY, at=timezone.now()) is None


def test_a_number_is_found_only_among_those_one_may_see(team, worker):
    own, foreign = citizens.cpr(), citizens.cpr()
    citizen = citizens.citizen(team=team, number=own)
    citizens.citizen(number=foreign)
    with accounts.acting(worker) as actor:
        assert find_by_cpr(actor=actor, cpr=own).citizen_id == citizen.pk
        assert find_by_cpr(actor=actor, cpr=foreign).citizen_id is None


def test_the_desk_tells_the_coming_week_and_the_quiet(team, worker, django_assert_num_queries):
    def own(name, **changes):
        citizens.citizen(team=team, lead=worker, given_name=name, **{"last_step_on": TODAY, **changes})

    own("Idag", next_step="Ring", next_step_on=TODAY)
    own("Uge", next_step="Møde", next_step_on=TODAY + timedelta(days=7))
    own("Senere", next_step="Møde", next_step_on=TODAY + timedelta(days=8))
    own("Stille", last_step_on=TODAY - timedelta(days=30))
    citizens.citizen(team=team, given_name="Kollegas", next_step="Ring", next_step_on=TODAY)
    with accounts.acting(worker) as actor:
        with django_assert_num_queries(2):
            found = worklist(actor=actor, on=TODAY)
        lists = [[row.name.split()[0] for row in part.rows] for part in (found.coming, found.quiet)]
        assert lists == [["Uge"], ["Stille"]]
        assert found.urgent == ()


def test_the_team_lead_sees_urgent_accesses_and_the_load_of_the_teams(team, worker, django_assert_num_queries):
    citizen = citizens.citizen(team=team, lead=worker)
    citizens.citizen(team=team, last_step_on=TODAY)
    helper = accounts.employee(name="Per Kvist", team=organisations.team(unit=team.unit))
    cases.urgent_access(citizen=citizen, user=helper)
    with accounts.acting(accounts.employee(role=Role.TEAM_LEAD, unit=team.unit)) as actor:
        assert [access.user for access in worklist(actor=actor, on=TODAY).urgent] == ["Per Kvist"]
        with django_assert_num_queries(2):
            loads = {load.team_id: load for load in team_load(actor=actor, on=TODAY)}
    load = loads[team.pk]
    assert (load.current, load.quiet, load.without_lead) == (2, 1, 1)
    assert [(member.name, member.current) for member in load.members] == [("Mette Holm", 1)]
