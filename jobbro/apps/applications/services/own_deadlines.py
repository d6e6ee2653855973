"""A municipality sets its own deadline for decisions; what has held stays, a new row takes its place from a day on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.organisations.models import Municipality

from ..enums import DeadlineUnit
from ..facts import procedure_of
from ..models import OwnDeadline
from ..own_deadlines import newest_first
from ..permissions import deadline_codes
from ..refusals import Changed, NotThere, Refused

MOST = {DeadlineUnit.DAYS: 730, DeadlineUnit.WEEKS: 104, DeadlineUnit.MONTHS: 24}
LONGEST_SOURCE, LONGEST_URL = 200, 500


@dataclass(frozen=True, kw_only=True)
class OwnDeadlineDraft:
    """How long, from when, until when, and where the municipality has published it."""

    value: int
    unit: str
    from_on: date
    until_on: date | None = None
    source: str
    url: str = ""


def set_own_deadline(
    *, actor: Actor, municipality: str, scheme: str, draft: OwnDeadlineDraft, seen: str, at: datetime
) -> OwnDeadline:
    """The deadline holds from its day on; applications received before keep the day that was counted for them.

    Refused: `value`, `unit`, `until_before`, `source`, `url`, `same` (nothing new). Changed: another was set meanwhile.
    """
    if procedure_of(scheme) is None or not Municipality.objects.filter(pk=municipality).exists():
        raise NotThere
    if municipality not in deadline_codes(actor):
        raise PermissionDenied
    _check(draft)
    _take_turns(f"own_deadline {municipality} {scheme}")
    standing = newest_first(OwnDeadline.objects.filter(municipality_id=municipality, scheme=scheme))
    last = standing.order_by("-recorded_at", "-id").first()
    if seen_own_deadline(last) != seen:
        raise Changed
    row = OwnDeadline(
        municipality_id=municipality,
        scheme=scheme,
        value=draft.value,
        unit=draft.unit,
        from_on=draft.from_on,
        until_on=draft.until_on,
        source=draft.source.strip(),
        url=draft.url.strip(),
        recorded_by_id=actor.id,
        recorded_at=at,
    )
    if last is not None and _said(last) == _said(row):
        raise Refused("same")
    row.save(force_insert=True)
    detail = {"municipality": municipality, "scheme": scheme, "value": draft.value, "unit": draft.unit}
    record_event(verb=Verb.DEADLINE_SET, subject=row, detail=detail | {"from": draft.from_on.isoformat()})
    return row


def seen_own_deadline(last: OwnDeadline | None) -> str:
    """A mark of what somebody has read: the row that was recorded last."""
    return str(last.pk) if last else "none"


def _take_turns(name: str) -> None:
    """There may be no row yet to lock, and the municipality's own is not ours to change."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s::text, 0))", [name])


def _said(row: OwnDeadline) -> tuple[object, ...]:
    return (row.value, row.unit, row.from_on, row.until_on, row.source, row.url)


def _check(draft: OwnDeadlineDraft) -> None:
    if draft.unit not in DeadlineUnit.values:
        raise Refused("unit", fields=("unit",))
    if not 1 <= draft.value <= MOST[DeadlineUnit(draft.unit)]:
        raise Refused("value", fields=("value",))
    if draft.until_on is not None and draft.until_on < draft.from_on:
        raise Refused("until_before", fields=("until_on",))
    if not 1 <= len(draft.source.strip()) <= LONGEST_SOURCE:
        raise Refused("source", fields=("source",))
    url = draft.url.strip()
    if url and (len(url) > LONGEST_URL or not url.startswith(("https://", "http://"))):
        raise Refused("url", fields=("url",))
