"""Somebody at a partner reads the engagements they are named on, while these hold and the citizen agrees."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.external_actors.enums import Party
from jobbro.apps.external_actors.models import Engagement, EngagementEntry
from jobbro.apps.external_actors.selectors.ours import our_engagement, our_engagements
from tests.factories import accounts, cases, external_actors, organisations
from tests.factories.external_actors import Cooperation, today
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
# Every table with a citizen, but for the logs: the person's own acts stand there under their own name.
TABLES = """
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and not c.relispartition
        and (c.relname = 'citizens_citizen' or exists(select from pg_attribute a where a.attrelid = c.oid
             and not a.attisdropped and a.attname in ('citizen_id', 'citizen_ids')))
    order by 1
"""


def _seen() -> dict[str, int]:
    """How many rows of each table about persons whoever acts now can read, with no filter of the application."""
    counts = {}
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"select count(*) from {table}")
            counts[table] = cursor.fetchone()[0]
    return {table: count for table, count in counts.items() if count}


def test_they_read_one_row_of_one_table_of_a_person() -> None:
    laid = Cooperation()
    cases.note(case=laid.citizen.case, written_by=laid.caseworker)
    Cooperation(team=laid.team)
    with accounts.acting(laid.person.user):
        assert _seen() == {"external_actors_engagement": 1}
        assert Engagement.objects.get().pk == laid.engagement.pk
    external_actors.entry(engagement=laid.engagement, by=laid.person.user)
    with accounts.acting(laid.person.user):
        assert _seen() == {"external_actors_engagement": 1, "external_actors_engagemententry": 1}
    with accounts.acting(laid.citizen.user):
        assert _seen()["external_actors_engagementapproval"] == 1


def test_they_read_their_own_partner_and_nobody_elses() -> None:
    laid, other = Cooperation(), Cooperation()
    colleague = external_actors.person(partner=laid.partner, name="Poul Partner")
    tables = ("externalactor", "externalagreement", "externalperson")
    with accounts.acting(laid.person.user) as actor, connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"select id from external_actors_{table}")
            found[table] = {row[0] for row in cursor.fetchall()}
        assert found == {
            "externalactor": {laid.partner.pk},
            "externalagreement": {laid.agreement.pk},
            "externalperson": {laid.person.pk},
        }
        cursor.execute("select id from accounts_user")
        assert cursor.fetchall() == [(laid.person.user_id,)]
        assert actor.external_actors == (laid.partner.pk,) and actor.codes == (laid.partner.municipality_id,)
        assert our_engagement(actor=actor, engagement_id=other.engagement.pk, on=today()) is None
    with accounts.acting(colleague.user) as actor:
        assert _seen() == {}
        assert our_engagements(actor=actor, on=today()).engagements == ()


def _end_the_day_before(laid: Cooperation) -> None:
    run(
        "update external_actors_engagement set until_on = app_today() - 1 where id = $1::uuid", value=laid.engagement.pk
    )


def _begin_tomorrow(laid: Cooperation) -> None:
    run("update external_actors_engagement set from_on = app_today() + 1 where id = $1::uuid", value=laid.engagement.pk)


def _take_back(laid: Cooperation) -> None:
    run("update citizens_consent set withdrawn_at = now() where citizen_id = $1::uuid", value=laid.citizen.pk)


def _end_access(laid: Cooperation) -> None:
    run(
        "update external_actors_externalperson set until_on = app_today() - 1 where id = $1::uuid", value=laid.person.pk
    )


def _end_partner(laid: Cooperation) -> None:
    run(
        "update external_actors_externalactor set until_on = app_today() - 1 where id = $1::uuid", value=laid.partner.pk
    )


def _end_agreement(laid: Cooperation) -> None:
    run(
        "update external_actors_externalagreement set until_on = app_today() - 1 where id = $1::uuid",
        value=laid.agreement.pk,
    )


def _take_data_agreement_away(laid: Cooperation) -> None:
    run(
        "update external_actors_externalagreement set data_agreement_on = null where id = $1::uuid",
        value=laid.agreement.pk,
    )


def _name_somebody_else(laid: Cooperation) -> None:
    run(
        "update external_actors_engagementperson set until_on = app_today() - 1 where engagement_id = $1::uuid",
        value=laid.engagement.pk,
    )


def _close_account(laid: Cooperation) -> None:
    run("update accounts_user set is_active = false where id = $1::uuid", value=laid.person.user_id)


def _end_engagement(laid: Cooperation) -> None:
    run(
        "update external_actors_engagement set state = 'ended', ended_on = app_today() where id = $1::uuid",
        value=laid.engagement.pk,
    )


@pytest.mark.parametrize(
    "turn",
    [
        _end_the_day_before,
        _begin_tomorrow,
        _take_back,
        _end_access,
        _end_partner,
        _end_agreement,
        _take_data_agreement_away,
        _name_somebody_else,
        _close_account,
        _end_engagement,
    ],
    ids=lambda turn: turn.__name__.strip("_"),
)
def test_with_one_thing_gone_they_read_nothing(turn: object) -> None:
    laid = Cooperation()
    external_actors.entry(engagement=laid.engagement, by=laid.person.user)
    with accounts.acting(laid.person.user):
        assert len(_seen()) == 2
    turn(laid)
    with accounts.acting(laid.person.user):
        assert _seen() == {}
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            _entry(laid).save(force_insert=True)


def test_on_the_last_day_they_still_read() -> None:
    laid = Cooperation(until_on=today())
    with accounts.acting(laid.person.user):
        assert _seen() == {"external_actors_engagement": 1}


def test_before_the_citizens_yes_nobody_outside_reads() -> None:
    laid = Cooperation(is_approved=False)
    with accounts.acting(laid.person.user):
        assert _seen() == {}


def _entry(laid: Cooperation, **fields: object) -> EngagementEntry:
    values = {
        "citizen_id": laid.citizen.pk,
        "engagement_id": laid.engagement.pk,
        "party": Party.PARTNER,
        "done_on": today(),
        "text": "Vi ringede.",
        "written_by_id": laid.person.user_id,
        "written_name": laid.person.user.display_name,
        "written_at": timezone.now(),
        **fields,
    }
    return EngagementEntry(**values)


def test_they_write_in_their_own_name_about_their_own_work_only() -> None:
    laid, other = Cooperation(), Cooperation()
    with accounts.acting(laid.person.user):
        _entry(laid).save(force_insert=True)
    for wrong in (
        {"party": Party.CITIZEN},
        {"party": Party.MUNICIPALITY},
        {"written_by_id": laid.caseworker.pk},
        {"written_name": "Mette Holm"},
        {"engagement_id": other.engagement.pk},
        {"engagement_id": other.engagement.pk, "citizen_id": other.citizen.pk},
        {"citizen_id": other.citizen.pk},
    ):
        with accounts.acting(laid.person.user), pytest.raises(ProgrammingError), transaction.atomic():
            _entry(laid, **wrong).save(force_insert=True)
    assert rows_of("select count(*) as n from external_actors_engagemententry")[0].n == 1


def test_they_change_nothing() -> None:
    laid = Cooperation()
    external_actors.entry(engagement=laid.engagement, by=laid.person.user)
    with accounts.acting(laid.person.user), connection.cursor() as cursor:
        for table in ("engagement", "externalactor", "externalagreement", "externalperson", "engagementperson"):
            column = "state" if table == "engagement" else "until_on"
            cursor.execute(f"update external_actors_{table} set {column} = {column}")
            assert cursor.rowcount == 0, table
        for refused in (
            "update external_actors_engagemententry set text = 'X'",
            "delete from external_actors_engagement",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(refused)


def test_nobody_makes_an_engagement_agreed_without_a_yes() -> None:
    laid = Cooperation(is_approved=False)
    with (
        accounts.acting(laid.caseworker),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        cursor.execute("update external_actors_engagement set state = 'approved'")
    with (
        accounts.acting(laid.caseworker),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute("update external_actors_engagement set told = 'Mere end aftalt'")


def test_staff_of_another_municipality_see_nothing_of_the_partner() -> None:
    laid = Cooperation()
    stranger = accounts.employee(team=organisations.team())
    analyst = accounts.employee(role=Role.ANALYST, unit=laid.team.unit)
    for user in (stranger, analyst):
        with accounts.acting(user), connection.cursor() as cursor:
            cursor.execute(
                "select (select count(*) from external_actors_externalactor),"
                " (select count(*) from external_actors_externalagreement),"
                " (select count(*) from external_actors_externalperson),"
                " (select count(*) from external_actors_engagement)"
            )
            assert cursor.fetchone() == (0, 0, 0, 0)


def test_a_neighbour_in_the_unit_sees_the_partner_and_not_the_citizen() -> None:
    laid = Cooperation()
    neighbour = accounts.employee(team=organisations.team(unit=laid.team.unit, name="Team Bakke"))
    with accounts.acting(neighbour), connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from external_actors_externalactor),"
            " (select count(*) from external_actors_engagement)"
        )
        assert cursor.fetchone() == (1, 0)
