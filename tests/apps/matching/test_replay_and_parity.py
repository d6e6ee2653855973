"""A kept proposal is reached again byte for byte; how proposals fall is counted by group, and points at nobody."""

from argparse import Namespace
from datetime import date

import pytest
from django.db import connection

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.matching import market
from jobbro.apps.matching.parity import FEWEST, parity
from jobbro.cli import match_kept
from jobbro.cli.errors import CommandFailed
from tests.factories import accounts, citizens, matching, organisations
from tests.factories.nights import Town, a_night
from tests.factories.rows import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def begin_anew(settings, tmp_path):
    settings.MARKET_FOLDER = tmp_path / "market"
    market.forget()
    yield
    market.forget()


@pytest.fixture
def proposal():
    team = organisations.team()
    staff = accounts.employee(team=team)
    return matching.proposal(citizen=citizens.citizen(team=team, lead=staff), by=staff)


def replayed(number) -> int:
    return match_kept._replay(Namespace(proposal=str(number)))


def test_a_kept_proposal_is_reached_again(proposal, capsys):
    assert replayed(proposal.pk) == 0
    assert capsys.readouterr().out == "Svaret er det samme, byte for byte (de samme regler som dengang).\n"


def test_another_answer_is_told_without_what_it_says(proposal, capsys):
    run("update matching_proposal set answer = answer || '{\"km\": 99.5}', rule_version = 'older'")
    assert replayed(proposal.pk) == 1
    said = capsys.readouterr().err
    assert "km" in said and "andre regler" in said and "99" not in said


@pytest.mark.parametrize("number", ["", "12", "x" * 400, str(uuid7())], ids=["none", "short", "long", "unknown"])
def test_what_is_no_proposal_is_said(number):
    with pytest.raises(CommandFailed):
        replayed(number)


def test_only_the_worker_reads_what_a_proposal_rests_on(proposal):
    for actor_id in (proposal.picked_by_id, None):
        with acting_as(actor_id), connection.cursor() as cursor:
            cursor.execute("select count(*) from app_kept_proposal(%s::uuid)", [proposal.pk])
            assert cursor.fetchone() == (0,)
            cursor.execute("select count(*) from matching_parity(current_date)")
            assert cursor.fetchone() == (0,)
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute("select * from app_kept_proposal(%s::uuid)", [proposal.pk])
        names = [column.name for column in cursor.description]
        assert len(cursor.fetchall()) == 1
    assert names == ["rule_version", "person_input", "opening_input", "measures_input", "answer"]


def test_groups_are_counted_and_few_are_kept_back():
    town = Town(people=6, jobs=3)
    for _ in range(2):
        town.person(max_km=5, hours_min=40, hours_max=45)
    a_night()
    groups = {(one.dimension, one.band): one for one in parity(on=date(2026, 11, 23))}
    near, far = groups["reach", "0-10"], groups["reach", "61-"]
    assert (near.persons, near.listed.percent) == (None, None)
    assert (far.persons, far.listed.percent, far.proposed.percent) == (6, 100, 100)
    assert groups["age", "?"].persons == 8
    # Two of eight without a list would point at the two.
    assert groups["age", "?"].listed.percent is None
    assert FEWEST == 5


def test_the_command_tells_groups_in_danish(capsys):
    Town(people=6, jobs=3)
    a_night()
    assert match_kept._parity(Namespace(json=False)) == 0
    said = capsys.readouterr().out
    assert "Vil rejse (km)" in said and "100 %" in said
    assert match_kept._parity(Namespace(json=True)) == 0
    assert '"percent"' not in capsys.readouterr().out


def test_a_run_by_hand_tells_what_came_of_it(capsys):
    Town(people=2, jobs=2)
    assert match_kept._run_now(Namespace()) == 0
    said = capsys.readouterr().out
    assert '"state": "done"' in said and '"persons_with": 2' in said and "never" not in said.replace("jobs_never", "")
