"""A municipality sets when short talks are due and how soon help answers, from a day on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.applications.permissions import deadline_codes
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.engines.follow_up import BadStep, read_steps

from ..models import Rhythm
from ..refusals import Refused


@dataclass(frozen=True, kw_only=True)
class RhythmDraft:
    """The steps as written (`7d`, `3m`), and then every so many months (0: no more)."""

    from_on: date
    steps: tuple[str, ...]
    then_months: int
    answer_days: int
    link_days: int


def set_rhythm(*, actor: Actor, municipality: str, draft: RhythmDraft, at: datetime, on: date) -> Rhythm:
    """The rhythm holds from its day on; what held before stands. Raises PermissionDenied.

    Refused: `steps`, `past` (talks that were due stay due), `answer_days`, `link_days`, `then_months`.
    """
    if municipality not in deadline_codes(actor):
        raise PermissionDenied
    _check(draft, on=on)
    row = Rhythm(
        municipality_id=municipality,
        from_on=draft.from_on,
        steps=list(draft.steps),
        then_months=draft.then_months,
        answer_days=draft.answer_days,
        link_days=draft.link_days,
        set_by_id=actor.id,
        set_at=at,
    )
    row.save(force_insert=True)
    record_event(verb=Verb.RHYTHM_SET, subject=row, detail={"municipality": municipality})
    return row


def _check(draft: RhythmDraft, *, on: date) -> None:
    try:
        read_steps(draft.steps)
    except BadStep as error:
        raise Refused("steps", fields=("steps",)) from error
    if draft.from_on < on:
        raise Refused("past", fields=("from_on",))
    for name, least, most in (("then_months", 0, 24), ("answer_days", 1, 10), ("link_days", 2, 60)):
        if not least <= getattr(draft, name) <= most:
            raise Refused(name, fields=(name,), values={"least": least, "most": most})
