"""The demo's open jobs: in every state, on the map, as the services would have let them be."""

from datetime import date
from functools import cache

from jobbro.apps.jobs.enums import CarvedState, OpeningDemand, OpeningOrigin, OpeningState
from jobbro.apps.jobs.models import CarvedJob, CarvedTask, Opening
from jobbro.apps.jobs.opening_checking import OpeningDraft, checked_draft
from jobbro.apps.jobs.states import state_of
from jobbro.cli.demo.loading import core_rows
from jobbro.cli.demo.openings import CARVED, TOLD
from jobbro.cli.demo.writing import Rows

TODAY = date(2026, 11, 22)


@cache
def rows() -> Rows:
    return core_rows(size=30, password="x", today=TODAY)


def told() -> list[Opening]:
    return [row for row in rows().of(Opening) if row.title in {one.title for one in TOLD}]


def test_there_is_a_job_in_every_state() -> None:
    states = {state_of(row, on=TODAY) for row in told()}
    assert states == set(OpeningState)
    assert sum(row.is_public for row in told()) >= 4
    assert {row.demand_source for row in told()} == {OpeningDemand.CONFIRMED, OpeningDemand.OCCUPATION}


def test_each_job_is_as_the_services_would_keep_it() -> None:
    for row in told():
        kept = checked_draft(
            OpeningDraft(
                title=row.title,
                hours_min=row.hours_min,
                hours_max=row.hours_max,
                occupation=row.occupation,
                slots=tuple(row.slots),
                places=row.places,
                starts_on=row.starts_on,
                closes_on=row.closes_on,
            ),
            workplace=row.workplace,
        )
        assert (kept.title, list(kept.measures or ())) == (row.title, row.measures)
        assert row.demand and row.x and row.y


def test_the_bakery_has_carved_jobs_of_its_own_tasks() -> None:
    opened = [row for row in rows().of(Opening) if row.origin == OpeningOrigin.CARVED]
    assert len(opened) == len(rows().of(CarvedJob)) == len(CARVED)
    assert {job.state for job in rows().of(CarvedJob)} == {CarvedState.AGREED}
    tasks = [row.task.pk for row in rows().of(CarvedTask)]
    assert len(tasks) == len(set(tasks)) == sum(count for _title, count in CARVED)
    for row in opened:
        parts = [part for part in rows().of(CarvedTask) if part.job.pk == row.carved_job.pk]
        assert {slot for part in parts for slot in part.slots} == set(row.slots)
        assert all(abs(sum(part.slots.values()) - float(part.task.hours)) < 0.01 for part in parts)
