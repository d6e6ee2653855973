"""What each reads of a table."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.placements.enums import Outcome, Party
from jobbro.apps.placements.selectors import agreements, ours, overview, table
from tests.factories import accounts, placements
from tests.factories.rows import run

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_the_table_holds_the_bridge_and_what_can_be_done() -> None:
    at = placements.table()
    row = placements.held(at=at)
    placements.said(introduction=row, by=at.citizen.user)
    placements.arrangement(at=at)
    with accounts.acting(at.broker) as actor:
        page = table.table_page(actor=actor, introduction_id=row.pk, on=TODAY)
    assert [line.entry.code for line in page.lines] == ["checklists", placements.SHOWN_MEASURE]
    assert [line.is_on_card for line in page.lines] == [False, True]
    assert [line.arrangement is None for line in page.lines] == [True, False]
    assert (page.moves, page.card_id) == (("decide",), at.card.pk)
    assert page.decisions == (Outcome.TRIAL, Outcome.START, Outcome.THINK, Outcome.NOT_NOW)
    with accounts.acting(at.citizen.user) as actor:
        own = table.table_page(actor=actor, introduction_id=row.pk, on=TODAY)
        assert (own.moves, own.decisions, own.is_own) == ((), (), True)
        assert table.meeting_start(actor=actor, proposal_id=at.proposal.pk, on=TODAY) is None
    with accounts.acting(at.employer) as actor:
        assert table.table_page(actor=actor, introduction_id=row.pk, on=TODAY) is None


def test_the_company_reads_the_card_and_what_is_for_the_table() -> None:
    at = placements.table()
    row = placements.held(at=at)
    placements.arrangement(at=at)
    placements.arrangement(at=at, measure=placements.KEPT_MEASURE, scheme="none")
    with accounts.acting(at.employer) as actor:
        own = ours.our_introduction(actor=actor, introduction_id=row.pk, on=TODAY)
        assert [one.measure for one in own.arrangements] == [placements.SHOWN_MEASURE]
        assert [code for code, _da, _en in own.support] == [placements.SHOWN_MEASURE]
        listed = ours.our_introductions(actor=actor, company_id=None, on=TODAY)
        assert (len(listed.coming), len(listed.past)) == (0, 1)
    run(
        f"update matching_card set withdrawn_at = now(), withdrawn_by_id = '{at.broker.pk}' where id = $1::uuid",
        value=at.card.pk,
    )
    with accounts.acting(at.employer) as actor:
        assert ours.our_introduction(actor=actor, introduction_id=row.pk, on=TODAY) is None
        assert ours.our_introductions(actor=actor, company_id=None, on=TODAY).past == ()


def test_which_wording_is_in_force() -> None:
    at = placements.table()
    first = placements.agreement(at=at)
    placements.signed_by_all(at=at, version=first)
    second = placements.agreement(at=at, placement=first.placement, number=2)
    with accounts.acting(at.citizen.user) as actor:
        page = agreements.agreement_page(actor=actor, version_id=second.pk)
        assert [(line.number, line.is_in_force, line.is_newest) for line in page.told.versions] == [
            (1, True, False),
            (2, False, True),
        ]
        assert page.told.may_sign
        assert page.told.unsigned == (Party.CITIZEN, Party.EMPLOYER, Party.MUNICIPALITY)
        old = agreements.agreement_page(actor=actor, version_id=first.pk)
        assert (old.told.may_sign, old.told.is_signed_by_all) == (False, True)
    with accounts.acting(at.employer) as actor:
        assert agreements.agreement_page(actor=actor, version_id=first.pk) is None
        assert ours.our_agreement(actor=actor, version_id=first.pk).told.is_signed_by_all
    with accounts.acting(placements.table().employer) as actor:
        assert ours.our_agreement(actor=actor, version_id=first.pk) is None


def test_the_next_wording_starts_from_the_one_before() -> None:
    at = placements.table()
    row = placements.held(at=at)
    with accounts.acting(at.broker) as actor:
        start = agreements.agreement_start(actor=actor, introduction_id=row.pk, on=TODAY)
        assert (start.newest, list(start.measures), start.can_be_written) == (None, [placements.SHOWN_MEASURE], True)
    version = placements.agreement(at=at)
    with accounts.acting(at.broker) as actor:
        start = agreements.agreement_start(actor=actor, introduction_id=row.pk, on=TODAY)
        assert (start.newest.pk, start.is_change) == (version.pk, True)
    with accounts.acting(at.employer) as actor:
        assert agreements.agreement_start(actor=actor, introduction_id=row.pk, on=TODAY) is None


def test_a_citizen_reads_meetings_and_agreements() -> None:
    at = placements.table()
    placements.held(at=at)
    placements.introduction(at=at)
    first = placements.agreement(at=at)
    second = placements.agreement(at=at, placement=first.placement, number=2)
    placements.signature(version=second, party=Party.CITIZEN, by=at.citizen.user)
    with accounts.acting(at.citizen.user) as actor:
        page = overview.placements_page(actor=actor, citizen_id=at.citizen.pk)
    assert (len(page.tables.coming), len(page.tables.past)) == (1, 1)
    (line,) = page.tables.agreements
    assert (line.version_id, line.missing, line.waits_for_citizen) == (second.pk, 2, False)


def test_what_waits_at_tables_is_told_to_those_around() -> None:
    at = placements.table()
    row = placements.introduction(at=at)
    placements.arrangement(at=at, due_on=TODAY - timedelta(days=3))
    version = placements.agreement(at=at)
    with accounts.acting(at.broker) as actor:
        found = overview.due_at_tables(actor=actor, on=TODAY, until=TODAY + timedelta(days=7), most=9)
    assert {(due.what, due.id) for due in found} == {
        ("arrangement", row.pk),
        ("meeting", row.pk),
        ("signature", version.pk),
    }
    colleague = accounts.employee(team=at.team, name="Åse Ny")
    with accounts.acting(colleague) as actor:
        assert overview.due_at_tables(actor=actor, on=TODAY, until=TODAY + timedelta(days=7), most=9) == ()


def test_support_of_a_job_that_came_to_nothing_waits_for_nobody() -> None:
    at = placements.table(state=ProposalState.DECLINED)
    placements.held(at=at)
    placements.arrangement(at=at, due_on=TODAY)
    with accounts.acting(at.broker) as actor:
        assert overview.due_at_tables(actor=actor, on=TODAY, until=TODAY, most=9) == ()
