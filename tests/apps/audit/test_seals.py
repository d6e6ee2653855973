"""The logs are append-only for the application, and one changed byte of them is found."""

import time
from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as, enter
from jobbro.apps.audit.enums import Purpose, Verb
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.audit.models import Event, Look
from jobbro.apps.audit.seals import anchors, is_anchored, seal, verify
from jobbro.apps.audit.services import record_event, record_look
from tests.postgres import Addresses

# Seconds: a test beside this one may keep its transaction open from beginning to end.
LONGEST_TEST = 600.0
UNSEALED = "select " + " + ".join(
    f"(select count(*) from {log} where xid >= (select coalesce(max(to_xid), 0) from audit_seal where log = '{log}'))"
    for log in ("audit_look", "audit_change", "audit_event")
)


def write_some(*, looks: int = 3) -> None:
    """A few looks and one event, committed."""
    with acting_as(SYSTEM_ACTOR):
        for _ in range(looks):
            record_look(citizen_ids=[uuid4()], purpose=Purpose.CASEWORK, view="citizen")
        record_event(verb=Verb.LOGGED_IN, detail={"method": "password"})


@pytest.fixture
def seal_all(database_addresses: Addresses) -> Callable[[], int]:
    """Seals until no row is left out; rows sealed. Seals wait for every transaction of the server, other runs' too."""

    def until_all_are_sealed() -> int:
        sealed, give_up_at = 0, time.monotonic() + LONGEST_TEST
        # As the owner: the application sees only those rows that concern its actor.
        with psycopg.connect(database_addresses.owner_url, autocommit=True) as owner:
            while time.monotonic() < give_up_at:
                sealed += seal()
                if owner.execute(UNSEALED).fetchone() == (0,):
                    return sealed
                time.sleep(0.05)
        raise AssertionError("a transaction of another session has been open for too long")

    return until_all_are_sealed


@pytest.mark.django_db(transaction=True)
class TestSeals:
    def test_every_finished_row_is_sealed_once(self, seal_all: Callable[[], int]) -> None:
        write_some()
        assert seal_all() == 4
        assert seal() == 0
        assert verify() == ()

    @pytest.mark.parametrize(
        "statement",
        [
            "update audit_look set purpose_text = 'x' where id = (select min(id) from audit_look)",
            "update audit_look set at = at + interval '1 microsecond' where id = (select max(id) from audit_look)",
            'update audit_event set detail = \'{"method": "passwore"}\'',
            "delete from audit_look where id = (select min(id) from audit_look)",
            "insert into audit_look (xid, actor_id, role, citizen_ids, purpose, view, kind, tier, related, outcome)"
            " select min(xid), gen_random_uuid(), '', '{}', 'own', '', '', '', true, '' from audit_look",
            "update audit_seal set rows = rows + 1",
        ],
    )
    def test_one_changed_byte_is_found(
        self, statement: str, database_addresses: Addresses, seal_all: Callable[[], int]
    ) -> None:
        write_some()
        seal_all()
        write_some()
        seal_all()
        with psycopg.connect(database_addresses.owner_url, autocommit=True) as owner:
            assert owner.execute(statement).rowcount
        assert verify()

    def test_a_late_commit_is_not_left_out(self, database_addresses: Addresses, seal_all: Callable[[], int]) -> None:
        """A transaction that drew its number first and commits last is waited for, not skipped."""
        with psycopg.connect(database_addresses.app_url) as slow:
            slow.execute("select set_config('app.actor_id', %s, true)", [str(SYSTEM_ACTOR)])
            slow.execute("select log_event('logged_in', null, 'slow', '{}')")
            write_some()
            seal()
            slow.commit()
        seal_all()
        assert verify() == ()
        with psycopg.connect(database_addresses.owner_url, autocommit=True) as owner:
            assert owner.execute("update audit_event set subject = 'slower' where subject = 'slow'").rowcount == 1
        assert verify()

    def test_an_anchor_kept_elsewhere_stays_in_the_chain(self, seal_all: Callable[[], int]) -> None:
        write_some()
        seal_all()
        kept = anchors()["audit_look"]
        write_some()
        seal_all()
        assert is_anchored(digest=kept)
        assert not is_anchored(digest="00" * 32)

    def test_after_a_logical_restore_numbers_go_on_above_the_old_ones(
        self, database_addresses: Addresses, seal_all: Callable[[], int]
    ) -> None:
        write_some()
        seal_all()
        with psycopg.connect(database_addresses.owner_url, autocommit=True) as owner:
            # What a restored dump looks like: rows and seals carry numbers far above the new server's own.
            owner.execute("update audit_look set xid = xid + 1000000")
            owner.execute("update audit_event set xid = xid + 1000000")
            owner.execute("delete from audit_seal")
            owner.execute("update audit_clock set xid_offset = 1000000")
            owner.execute("select audit_seal_logs()")
            owner.execute("update audit_clock set xid_offset = 0")
            owner.execute("select audit_rebase()")
        write_some()
        assert seal_all() == 4
        assert verify() == ()


@pytest.mark.django_db
class TestAppendOnly:
    @pytest.mark.parametrize("table", ["audit_look", "audit_change", "audit_event", "audit_seal", "audit_look_default"])
    @pytest.mark.parametrize("statement", ["delete from {}", "truncate {}", "update {} set id = id", "drop table {}"])
    def test_the_application_role_cannot_touch_a_log(self, table: str, statement: str) -> None:
        refused = pytest.raises((ProgrammingError, InternalError))
        with acting_as(SYSTEM_ACTOR), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(table))

    def test_nobody_cannot_write_a_log(self) -> None:
        with acting_as(None), pytest.raises(ProgrammingError), transaction.atomic():
            record_look(citizen_ids=[uuid4()], purpose=Purpose.CASEWORK, view="citizen")

    def test_a_look_needs_a_relation_to_be_read(self) -> None:
        with acting_as(SYSTEM_ACTOR):
            record_look(citizen_ids=[uuid4()], purpose=Purpose.CASEWORK, view="citizen")
            assert not Look.objects.exists()

    def test_an_act_is_read_by_who_did_it(self) -> None:
        other = uuid4()
        with acting_as(SYSTEM_ACTOR):
            record_event(verb=Verb.LOGGED_OUT)
            assert Event.objects.count() == 1
            enter(actor_id=other, request_id=uuid7())
            assert not Event.objects.exists()
