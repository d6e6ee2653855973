"""Between jobs: wishes, notices with their steps, and observations, as the services would have written them."""

from datetime import date, timedelta

from django.utils import timezone

from jobbro.apps.mobility.enums import ChangeKind, ChangeWhen, NoticeBasis, Source
from jobbro.apps.mobility.models import ChangeWish, LastStep, Notice, Observation
from jobbro.apps.placements.enums import EndedBy, EndReason
from jobbro.apps.placements.models import Placement
from tests.factories.placements import WROTE_AT, Table
from tests.factories.rows import write


def change_wish(*, at: Table, **fields: object) -> ChangeWish:
    """Anna wishes for more hours, when the right thing comes."""
    values = {"kinds": [ChangeKind.MORE_HOURS], "soon": ChangeWhen.WHEN_RIGHT, "words": "Jeg vil gerne mere.", **fields}
    return write(ChangeWish(citizen=at.citizen, told_by=at.citizen.user, told_at=WROTE_AT, **values))


def notice(*, at: Table, placement: Placement, last_on: date | None = None, **fields: object) -> Notice:
    """The bakery has less to do: the last day is in six weeks."""
    today = timezone.localdate()
    last = last_on or today + timedelta(days=42)
    values = {
        "given_by": EndedBy.EMPLOYER,
        "reason": EndReason.NO_WORK,
        "given_on": min(last, today - timedelta(days=1)),
        "basis": NoticeBasis.LETTER,
        **fields,
    }
    return write(
        Notice(
            citizen=at.citizen,
            placement=placement,
            last_on=last,
            told_by=at.broker,
            told_at=WROTE_AT,
            changed_by=at.broker,
            changed_at=WROTE_AT,
            **values,
        )
    )


def last_step(*, notice: Notice, at: Table, **fields: object) -> LastStep:
    """The municipality has a talk tomorrow."""
    values = {
        "code": "talk",
        "title": {"da": "Hold en samtale", "en": "Have a talk"},
        "owner": "municipality",
        "due_on": timezone.localdate() + timedelta(days=1),
        **fields,
    }
    return write(
        LastStep(
            citizen=at.citizen, notice=notice, made_at=WROTE_AT, changed_by=at.broker, changed_at=WROTE_AT, **values
        )
    )


def observation(*, at: Table, placement: Placement, **fields: object) -> Observation:
    """The workplace has seen that it goes well with the pace."""
    values = {"area": "pace", "words": "Hun holder tempoet ved pakkebordet.", "seen_by": Source.WORKPLACE, **fields}
    return write(Observation(citizen=at.citizen, placement=placement, noted_by=at.broker, noted_at=WROTE_AT, **values))
