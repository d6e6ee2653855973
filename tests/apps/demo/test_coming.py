"""The demo's job to come: its plan stands, more is proposed, and nobody else's rows are others because of it."""

from datetime import date

import pytest

from jobbro.apps.matching.files import digest_of
from jobbro.apps.placements.models import AgreementVersion, OnboardingPlan, OnboardingTask, Placement, Signature
from jobbro.apps.placements.onboarding.proposing import People, proposed_tasks
from jobbro.apps.placements.services.agreements import signed_content
from jobbro.cli.demo import loading
from jobbro.cli.demo.coming import TITLE
from jobbro.cli.demo.loading import core_rows
from jobbro.cli.demo.writing import Rows

TODAY = date(2026, 11, 20)
SIZE = 40


@pytest.fixture(scope="module")
def rows() -> Rows:
    return core_rows(size=SIZE, password="!", today=TODAY)


def _job(rows: Rows) -> Placement:
    (found,) = [row for row in rows.of(Placement) if row.title == TITLE]
    return found


def _of_job(rows: Rows, table: type) -> list:
    return [row for row in rows.of(table) if row.placement_id == _job(rows).pk]


def test_it_begins_in_the_future_and_all_have_signed(rows: Rows) -> None:
    (version,) = _of_job(rows, AgreementVersion)
    assert version.starts_on > TODAY
    signed = [row for row in rows.of(Signature) if row.version_id == version.pk]
    assert len({row.party for row in signed}) == 3
    assert {row.digest for row in signed} == {version.digest} == {digest_of(signed_content(version))}


def test_the_plan_has_tasks_and_more_can_be_taken_into_it(rows: Rows) -> None:
    (plan,) = _of_job(rows, OnboardingPlan)
    tasks = _of_job(rows, OnboardingTask)
    people = People(citizen="", employer="", mentor="", municipality="")
    told = {task.code for task in tasks}
    left = proposed_tasks(starts_on=plan.starts_on, on=TODAY, people=people, measures=(), told=told)
    assert tasks and left
    assert not any(task.done_on for task in tasks)


def test_no_other_row_is_another(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "add_coming", lambda *_args, **_more: None)
    without = core_rows(size=SIZE, password="!", today=TODAY)
    job = _job(rows)
    ids, before = (
        {(type(row).__name__, row.pk) for table in kinds for row in one.of(table)}
        for one in (rows, without)
        for kinds in [(Placement, AgreementVersion, Signature, OnboardingPlan, OnboardingTask)]
    )
    assert before < ids
    assert ("Placement", job.pk) in ids - before
    assert len(ids - before) == 6 + len(_of_job(rows, OnboardingTask))


def test_a_demo_of_logins_only_is_as_it_was() -> None:
    assert not [row for row in core_rows(size=6, password="!", today=TODAY).of(Placement) if row.title == TITLE]
