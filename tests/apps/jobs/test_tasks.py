"""Tasks: what can stand on the list, who writes there, two at once, and what waits for somebody to look."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.jobs.enums import CarvedState, DemandSource
from jobbro.apps.jobs.models import Holder, HolderWage, Task
from jobbro.apps.jobs.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.jobs.selectors.holders import holders_of
from jobbro.apps.jobs.selectors.tasks import tasks_of
from jobbro.apps.jobs.services.holders import HolderDraft, WageDraft, add_holder, change_holder
from jobbro.apps.jobs.services.tasks import TaskDraft, add_task, change_task, remove_task, restore_task
from jobbro.apps.jobs.services.tasks_demand import confirm_demand, prefill_demand
from jobbro.apps.jobs.services.tasks_gathering import add_from_library, add_from_template, copy_tasks
from jobbro.apps.jobs.stamps import seen_demand, seen_holder, seen_task
from jobbro.engines.occupations.task_library import task_library, templates
from tests.factories import accounts, citizens, employers, jobs, organisations
from tests.factories.accounts import acting
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
AT, TODAY = timezone.now(), timezone.localdate()
MORNINGS = tuple(jobs.MORNINGS)
DRAFT = TaskDraft(name="Feje gulvet", hours=Decimal("2.5"), slots=MORNINGS)


@pytest.fixture
def house() -> SimpleNamespace:
    """A bakery held by Jonas, its own Bente, and a broker of another municipality."""
    team = organisations.team()
    jonas = employers.job_broker(team=team)
    company = employers.company(team=team, broker=jonas)
    return SimpleNamespace(
        team=team,
        jonas=jonas,
        company=company,
        place=employers.workplace(company=company),
        bente=employers.employer_user(company=company),
        stranger=employers.job_broker(team=organisations.team()),
    )


def added(house, user=None, draft: TaskDraft = DRAFT, **more) -> Task:
    with acting(user or house.jonas) as actor:
        return add_task(actor=actor, workplace_id=house.place.pk, draft=draft, at=AT, on=TODAY, **more)


def changed(house, row: Task, user=None, *, seen: str = "", **change) -> Task:
    with acting(user or house.jonas) as actor:
        now = Task.objects.get(pk=row.pk)
        draft = replace(
            TaskDraft(name=now.name, hours=now.hours, slots=tuple(now.slots), holder_id=now.holder_id), **change
        )
        return change_task(actor=actor, task_id=row.pk, draft=draft, seen=seen or seen_task(now), at=AT, on=TODAY)


def refused(do) -> Refused:
    with pytest.raises(Refused) as found:
        do()
    return found.value


def test_both_sides_add_tasks_and_it_is_written_who(house) -> None:
    for user in (house.jonas, house.bente):
        row = added(house, user)
        with acting(house.jonas):
            assert Task.objects.get(pk=row.pk).changed_by_id == user.pk
        events = rows_of("select verb, actor_id from audit_event where subject = $1", value=f"task:{row.pk}")
        assert [(event.verb, event.actor_id) for event in events] == [("task_added", str(user.pk))]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "name_none"),
        ({"name": "x" * 121}, "too_long"),
        ({"hours": Decimal(0)}, "hours_number"),
        ({"hours": Decimal(-1)}, "hours_number"),
        ({"hours": Decimal("NaN")}, "hours_number"),
        ({"hours": Decimal("Infinity")}, "hours_number"),
        ({"hours": Decimal("1e30")}, "hours_week"),
        ({"hours": Decimal("40.01")}, "hours_week"),
        ({"hours": Decimal("20.01")}, "hours_slots"),
        ({"hours": Decimal("2.505")}, "hours_fine"),
        ({"slots": ("sun_am",)}, "slots_outside"),
        ({"slots": ("someday",)}, "slots_outside"),
        ({"place": "x" * 61}, "too_long"),
        ({"note": "x" * 2001}, "too_long"),
        ({"requires": ("x" * 61,)}, "too_long"),
        ({"requires": tuple(map(str, range(13)))}, "skills_many"),
    ],
    ids=str,
)
def test_what_cannot_stand_on_the_list_is_refused_and_leaves_nothing(house, change, code: str) -> None:
    draft = replace(DRAFT, new_holder="Bager", **change)
    assert refused(lambda: added(house, draft=draft)).code == code
    with acting(house.jonas):
        assert not Task.objects.exists()
        assert not Holder.objects.exists()


@pytest.mark.parametrize("hours", ["40.01", "168.01", "99999"])
def test_too_many_hours_are_told_what_the_week_of_the_place_holds(house, hours: str) -> None:
    refusal = refused(lambda: added(house, draft=replace(DRAFT, new_holder="Bager", hours=Decimal(hours))))
    assert refusal.values == {"most": len(house.place.slots) * house.place.slot_hours}


def test_no_half_days_means_whenever_the_workplace_works(house) -> None:
    assert added(house, draft=replace(DRAFT, slots=())).slots == house.place.slots


def test_the_hours_may_fill_the_half_days_to_the_last_minute(house) -> None:
    assert added(house, draft=replace(DRAFT, hours=Decimal(20))).hours == Decimal("20.00")


def test_a_post_written_twice_is_one_post(house) -> None:
    first = added(house, draft=replace(DRAFT, new_holder="Bager"))
    second = added(house, house.bente, draft=replace(DRAFT, new_holder=" bager "))
    assert first.holder_id == second.holder_id


def test_levels_come_from_the_library_by_choice_or_by_name_else_from_the_occupation(house) -> None:
    known = task_library().tasks[0]
    by_name = added(house, draft=replace(DRAFT, name=known.name.da.upper()))
    by_choice = added(house, origin=f"library:{known.code}")
    post = jobs.holder(workplace=house.place, occupation="7512.1")
    by_post = added(house, draft=replace(DRAFT, name="Noget helt andet", holder_id=post.pk))
    by_nothing = added(house, draft=replace(DRAFT, name="Noget helt andet"), origin="library:not_there")
    assert [row.demand_source for row in (by_name, by_choice, by_nothing)] == ["library", "library", "none"]
    assert by_name.demand == dict(known.demand)
    assert by_post.demand_source in (DemandSource.OCCUPATION, DemandSource.NONE)


def test_two_who_change_the_same_task_do_not_overwrite_each_other(house) -> None:
    row = added(house)
    with acting(house.jonas):
        seen = seen_task(Task.objects.get())
    changed(house, row, house.bente, hours=Decimal(3))
    with pytest.raises(Changed):
        changed(house, row, seen=seen, hours=Decimal(4))
    with acting(house.jonas):
        assert Task.objects.get().hours == Decimal("3.00")


def test_confirming_and_changing_at_once_do_not_meet(house) -> None:
    row = jobs.task(workplace=house.place, demand={"standing": 2}, demand_source=DemandSource.LIBRARY)
    with acting(house.jonas):
        now = Task.objects.get()
        seen, levels_seen = seen_task(now), seen_demand(now)
    changed(house, row, seen=seen, hours=Decimal(3))
    with acting(house.bente) as actor:
        confirm_demand(actor=actor, task_id=row.pk, levels={"standing": 3}, seen=levels_seen, at=AT, on=TODAY)
    with acting(house.jonas):
        now = Task.objects.get()
    assert (now.hours, now.demand, now.confirmed_by_id) == (Decimal(3), {"standing": 3}, house.bente.pk)


def test_a_task_is_removed_brought_back_and_neither_twice(house) -> None:
    row = added(house)
    with acting(house.bente) as actor:
        remove_task(actor=actor, task_id=row.pk, at=AT, on=TODAY)
        with pytest.raises(NotNow):
            remove_task(actor=actor, task_id=row.pk, at=AT, on=TODAY)
        assert tasks_of(actor=actor, workplace_id=house.place.pk, on=TODAY).total == 0
    with pytest.raises(NotNow):
        changed(house, row, hours=Decimal(3))
    with acting(house.jonas) as actor:
        restore_task(actor=actor, task_id=row.pk, at=AT, on=TODAY)
        with pytest.raises(NotNow):
            restore_task(actor=actor, task_id=row.pk, at=AT, on=TODAY)


@pytest.mark.parametrize("state", [CarvedState.DRAFT, CarvedState.PROPOSED, CarvedState.AGREED])
def test_a_task_in_a_job_keeps_its_hours_and_stays(house, state: str) -> None:
    row = jobs.confirmed_task(workplace=house.place)
    jobs.carved_job(workplace=house.place, tasks=(row,), state=state, title="Bagerhjælp")
    for change in ({"hours": Decimal(3)}, {"slots": MORNINGS[:3]}, {"is_core": True}):
        problem = refused(lambda change=change: changed(house, row, **change))
        assert (problem.code, problem.values) == ("in_job", {"job": "Bagerhjælp"})
    # What has not been shown to the company has no name there yet.
    code = "in_draft" if state == CarvedState.DRAFT else "in_job"
    with acting(house.bente) as actor:
        assert refused(lambda: remove_task(actor=actor, task_id=row.pk, at=AT, on=TODAY)).code == code
    changed(house, row, name="Feje gulvet grundigt")


def test_what_a_task_asks_is_confirmed_by_somebody_and_never_empty(house) -> None:
    row = jobs.task(workplace=house.place)
    with acting(house.bente) as actor:
        seen = seen_demand(Task.objects.get())

        def confirm(levels, mark=seen):
            return confirm_demand(actor=actor, task_id=row.pk, levels=levels, seen=mark, at=AT, on=TODAY)

        assert refused(lambda: confirm({})).code == "demand_none"
        assert refused(lambda: confirm({"standing": 0})).code == "demand_none"
        assert refused(lambda: confirm({"standing": 5})).code == "demand_unknown"
        assert refused(lambda: confirm({"patience": 1})).code == "demand_unknown"
        confirm({"standing": 3, "lifting": 0})
        with pytest.raises(Changed):
            confirm({"standing": 1})
        now = Task.objects.get()
        assert (now.demand, now.demand_source, now.confirmed_by_id) == ({"standing": 3}, "confirmed", house.bente.pk)
        fresh = seen_demand(now)
        again = refused(
            lambda: prefill_demand(actor=actor, task_id=row.pk, origin="library:mix_dough", seen=fresh, at=AT, on=TODAY)
        )
        assert again.code == "demand_confirmed"


def test_tasks_of_somebody_who_left_stay_and_are_told(house) -> None:
    baker = jobs.holder(workplace=house.place)
    row = jobs.task(workplace=house.place, holder=baker)
    with acting(house.jonas) as actor:
        seen = seen_holder(Holder.objects.get())
        draft = HolderDraft(name="Bager", left_on=TODAY)
        change_holder(actor=actor, holder_id=baker.pk, draft=draft, seen=seen, on=TODAY)
        page = tasks_of(actor=actor, workplace_id=house.place.pk, on=TODAY)
        assert (page.without_holder, page.tasks[0].has_left, page.tasks[0].holder) == (1, True, "Bager")
        with pytest.raises(Changed):
            change_holder(actor=actor, holder_id=baker.pk, draft=draft, seen=seen, on=TODAY)
    changed(house, row, hours=Decimal(3))
    assert refused(lambda: added(house, draft=replace(DRAFT, holder_id=baker.pk))).code == "holder_gone"
    assert refused(lambda: added(house, draft=replace(DRAFT, new_holder="Bager"))).code == "holder_left"


@pytest.mark.parametrize(
    ("draft", "wage", "code"),
    [
        (HolderDraft(name=""), None, "name_none"),
        (HolderDraft(name="bager"), None, "name_taken"),
        (HolderDraft(name="A", occupation="0000.0"), None, "occupation_unknown"),
        (HolderDraft(name="A", max_release=Decimal("1.1")), None, "release_share"),
        (HolderDraft(name="A", max_release=Decimal("NaN")), None, "release_share"),
        (HolderDraft(name="A"), Decimal(0), "wage_number"),
        (HolderDraft(name="A"), Decimal(5001), "wage_number"),
    ],
)
def test_a_post_that_cannot_be_is_refused(house, draft: HolderDraft, wage: Decimal | None, code: str) -> None:
    jobs.holder(workplace=house.place, name="Bager")
    told = WageDraft(hourly=wage) if wage is not None else None
    with acting(house.jonas) as actor:
        problem = refused(
            lambda: add_holder(actor=actor, workplace_id=house.place.pk, draft=draft, wage=told, on=TODAY)
        )
        assert Holder.objects.count() == 1
    assert problem.code == code


def test_wages_are_for_those_who_may_see_them(house) -> None:
    chosen = employers.employer_user(company=house.company, name="Karl Konge", is_first=False, sees_wages=True)
    colleague = accounts.employee(role=Role.CASEWORKER, team=organisations.team(unit=house.team.unit))
    with acting(house.jonas) as actor:
        wage = WageDraft(hourly=Decimal("210.50"))
        row = add_holder(actor=actor, workplace_id=house.place.pk, draft=HolderDraft(name="Bager"), wage=wage, on=TODAY)
    for user, sees in ((house.jonas, True), (chosen, True), (house.bente, False), (colleague, False)):
        with acting(user) as actor:
            page = holders_of(actor=actor, workplace_id=house.place.pk, on=TODAY)
            assert page.sees_wages is sees
            assert page.rows[0].hourly == (Decimal("210.50") if sees else None)
            assert HolderWage.objects.exists() is sees
            if not sees:
                seen = seen_holder(Holder.objects.get())
                with pytest.raises(PermissionDenied), transaction.atomic():
                    change_holder(
                        actor=actor,
                        holder_id=row.pk,
                        draft=HolderDraft(name="Bager"),
                        seen=seen,
                        wage=WageDraft(hourly=None),
                        on=TODAY,
                    )


def test_a_closed_workplace_is_read_and_not_written(house) -> None:
    row = added(house)
    run("update employers_workplace set closed_on = date '2026-01-01' where id = $1::uuid", value=house.place.pk)
    assert refused(lambda: added(house)).code == "closed"
    assert refused(lambda: changed(house, row, hours=Decimal(3))).code == "closed"
    with acting(house.bente) as actor:
        page = tasks_of(actor=actor, workplace_id=house.place.pk, on=TODAY)
    assert (page.total, page.workplace.is_closed, page.workplace.may_keep) == (1, True, False)


def test_a_closed_company_too(house) -> None:
    run(f"update employers_company set state = '{PartnerState.CLOSED}' where id = $1::uuid", value=house.company.pk)
    assert refused(lambda: added(house)).code == "closed"


def test_nobody_else_sees_or_writes_tasks(house) -> None:
    row = added(house)
    other = employers.company(team=house.team, broker=house.jonas, name="Gartneriet")
    neighbour = employers.employer_user(company=other)
    left = employers.employer_user(company=house.company, name="Lis Lund", is_first=False, until_on=date(2026, 1, 1))
    anna = citizens.citizen(team=house.team, has_login=True)
    for user in (house.stranger, neighbour, left, anna.user):
        with acting(user) as actor:
            assert not Task.objects.exists()
            assert tasks_of(actor=actor, workplace_id=house.place.pk, on=TODAY) is None
            for act in (
                lambda actor=actor: add_task(actor=actor, workplace_id=house.place.pk, draft=DRAFT, at=AT, on=TODAY),
                lambda actor=actor: remove_task(actor=actor, task_id=row.pk, at=AT, on=TODAY),
            ):
                with pytest.raises(NotThere):
                    act()


def test_key_persons_read_and_do_not_write(house) -> None:
    added(house)
    key = accounts.employee(role=Role.KEY_PERSON, unit=house.team.unit)
    with acting(key) as actor:
        assert tasks_of(actor=actor, workplace_id=house.place.pk, on=TODAY).total == 1
    with pytest.raises(PermissionDenied):
        added(house, key)


def test_the_wall_holds_without_the_services(house) -> None:
    row = added(house)
    elsewhere = employers.workplace(company=house.company, name="Lageret")
    foreign = jobs.holder(workplace=elsewhere)
    with acting(house.stranger):
        assert Task.objects.filter(pk=row.pk).update(name="Mit") == 0
    with acting(house.bente):
        for change in ({"holder": foreign}, {"changed_by": house.jonas}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Task.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Task.objects.filter(pk=row.pk).delete()


def test_many_tasks_come_from_the_library_and_fit_the_week(house) -> None:
    codes = tuple(task.code for task in task_library().by_group["bakery"])

    def gather():
        with acting(house.jonas) as actor:
            return add_from_library(
                actor=actor,
                workplace_id=house.place.pk,
                codes=codes,
                new_holder="Bager",
                language="da",
                at=AT,
                on=TODAY,
            )

    first, again = gather(), gather()
    assert (first.added, first.skipped) == (len(codes), 0)
    assert first.fitted > 0
    assert (again.added, again.skipped) == (0, len(codes))
    with acting(house.jonas):
        rows = list(Task.objects.all())
    assert {row.demand_source for row in rows} == {DemandSource.LIBRARY}
    assert all(set(row.slots) <= set(house.place.slots) for row in rows)
    assert all(row.hours <= len(row.slots) * house.place.slot_hours for row in rows)


@pytest.mark.parametrize("code", [template.code for template in templates()])
def test_a_starting_set_brings_posts_and_tasks(house, code: str) -> None:
    template = next(one for one in templates() if one.code == code)
    chosen = tuple(f"{one.post}:{one.task.code}" for one in template.tasks)
    with acting(house.bente) as actor:
        done = add_from_template(
            actor=actor, workplace_id=house.place.pk, code=code, chosen=chosen, language="da", at=AT, on=TODAY
        )
        assert done.added == len(template.tasks)
        assert Holder.objects.count() == len({one.post for one in template.tasks})
        assert not Task.objects.filter(holder__isnull=True).exists()


def test_what_is_copied_must_be_confirmed_here_again(house) -> None:
    source = employers.workplace(company=house.company, name="Butikken i Vest")
    baker = jobs.holder(workplace=source, name="Bager", hourly="210")
    one = jobs.confirmed_task(workplace=source, holder=baker, name="Feje")
    two = jobs.task(workplace=source, name="Hente post")
    foreign = employers.workplace(company=employers.company(team=house.team, broker=house.jonas, name="Gartneriet"))
    third = jobs.confirmed_task(workplace=foreign)

    def copy(source_id, *ids):
        with acting(house.jonas) as actor:
            return copy_tasks(
                actor=actor, workplace_id=house.place.pk, source_id=source_id, task_ids=ids, at=AT, on=TODAY
            )

    assert copy(source.pk, one.pk, two.pk).added == 2
    assert copy(source.pk, one.pk, two.pk).skipped == 2
    assert refused(lambda: copy(foreign.pk, third.pk)).code == "nothing_chosen"
    with acting(house.jonas):
        rows = {row.name: row for row in Task.objects.filter(workplace=house.place).select_related("holder")}
        assert not HolderWage.objects.filter(holder__workplace=house.place).exists()
    assert (rows["Feje"].demand_source, rows["Feje"].confirmed_by_id) == (DemandSource.COPIED, None)
    assert rows["Feje"].holder.name == "Bager"
    assert rows["Feje"].demand == one.demand
    assert rows["Hente post"].demand_source == DemandSource.NONE


def test_500_tasks_are_read_in_as_many_queries_as_5(house, django_assert_num_queries) -> None:
    baker = jobs.holder(workplace=house.place)
    for number in range(5):
        jobs.task(workplace=house.place, holder=baker, name=f"Opgave {number}")
    with acting(house.jonas) as actor, django_assert_num_queries(6):
        tasks_of(actor=actor, workplace_id=house.place.pk, on=TODAY)
    run(
        "insert into jobs_task select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid()))).* "
        "from jobs_task t, generate_series(1, 99) where t.workplace_id = $1::uuid",
        value=house.place.pk,
    )
    with acting(house.jonas) as actor, django_assert_num_queries(6):
        assert tasks_of(actor=actor, workplace_id=house.place.pk, on=TODAY).total == 500
