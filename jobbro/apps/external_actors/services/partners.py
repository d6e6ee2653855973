"""Organisations outside the municipality and what is agreed with them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.employers.services.companies import checked_cvr
from jobbro.apps.employers.services.locking import checked_phone, plain_words
from jobbro.apps.organisations.stamps import refuse_stale

from ..enums import ActorKind, Theme
from ..models import ExternalActor, ExternalAgreement
from ..permissions import can_keep_external_actors
from ..refusals import HeldAlready, NotNow, NotThere, Refused
from ..stamps import ACTOR_FIELDS

LONGEST_AGREEMENT = timedelta(days=5 * 366)


@dataclass(frozen=True, kw_only=True)
class PartnerDraft:
    """What is written about an organisation; with `until_on` everything of theirs ends here on that day."""

    name: str
    kind: str
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementDraft:
    """What is agreed, for which days, and since when they may work with data about persons for us."""

    themes: tuple[str, ...]
    purpose: str
    from_on: date
    until_on: date
    data_agreement_on: date | None = None


def add_external_actor(
    *, actor: Actor, cvr: str, municipality: str, draft: PartnerDraft, on: date, at: datetime
) -> ExternalActor:
    """The municipality has one more partner. Raises PermissionDenied, HeldAlready.

    Refused: `cvr_digits`, `cvr_check`, `municipality`, `kind`, `words`, `too_long`, `cpr`, `phone`, `day_past`.
    """
    if not can_keep_external_actors(actor):
        raise PermissionDenied
    number = checked_cvr(cvr)
    if municipality not in actor.codes:
        raise Refused("municipality", fields=("municipality",))
    _refuse_second(municipality=municipality, cvr=number)
    row = ExternalActor(
        municipality_id=municipality,
        cvr=number,
        keeper_id=actor.id,
        created_by_id=actor.id,
        created_at=at,
        from_on=on,
    )
    _write(row, draft=draft, on=on)
    row.save(force_insert=True)
    record_event(verb=Verb.EXTERNAL_ACTOR_ADDED, subject=row)
    return row


def change_external_actor(
    *, actor: Actor, external_actor_id: UUID, draft: PartnerDraft, seen: str, on: date
) -> ExternalActor:
    """The organisation is as written. Raises `StaleEdit`, NotThere. Refused: as `add_external_actor`."""
    row = locked_partner(actor=actor, external_actor_id=external_actor_id)
    refuse_stale(row, *ACTOR_FIELDS, seen=seen)
    _write(row, draft=draft, on=on)
    row.save(update_fields=[*ACTOR_FIELDS, "from_on"])
    record_event(verb=Verb.EXTERNAL_ACTOR_CHANGED, subject=row)
    return row


def make_external_agreement(
    *, actor: Actor, external_actor_id: UUID, draft: AgreementDraft, on: date, at: datetime
) -> ExternalAgreement:
    """One more agreement stands. Refused: `themes`, `period`, `long`, `data_ahead`, `over`, `words`, `too_long`."""
    partner = standing_partner(actor=actor, external_actor_id=external_actor_id, on=on)
    if not draft.themes or not set(draft.themes) <= set(Theme.values):
        raise Refused("themes", fields=("themes",))
    if draft.until_on < draft.from_on:
        raise Refused("period", fields=("until_on",))
    if draft.until_on - draft.from_on > LONGEST_AGREEMENT:
        raise Refused("long", fields=("until_on",))
    if draft.data_agreement_on is not None and draft.data_agreement_on > on:
        raise Refused("data_ahead", fields=("data_agreement_on",))
    row = ExternalAgreement(
        external_actor=partner,
        themes=list(dict.fromkeys(draft.themes)),
        purpose=plain_words(draft.purpose, field="purpose"),
        data_agreement_on=draft.data_agreement_on,
        from_on=draft.from_on,
        until_on=draft.until_on,
        written_by_id=actor.id,
        written_at=at,
    )
    row.save(force_insert=True)
    record_event(verb=Verb.EXTERNAL_AGREEMENT_MADE, subject=row, detail={"themes": row.themes})
    return row


def end_external_agreement(*, actor: Actor, agreement_id: UUID, on: date) -> ExternalAgreement:
    """The agreement ends at once, and with it what its partner's people read of anybody. Raises NotThere, NotNow."""
    rows = ExternalAgreement.objects.visible_to(actor).select_for_update(of=("self",))
    row: ExternalAgreement | None = rows.filter(pk=agreement_id).first()
    if row is None:
        raise NotThere
    if not can_keep_external_actors(actor):
        raise PermissionDenied
    if row.until_on is not None and row.until_on < on:
        raise NotNow
    row.until_on = max(row.from_on, on - timedelta(days=1))
    if row.until_on >= on:
        # One that began today or later still covers a day: without the data agreement nobody is read about on it.
        row.data_agreement_on = None
    row.save(update_fields=["until_on", "data_agreement_on"])
    record_event(verb=Verb.EXTERNAL_AGREEMENT_MADE, subject=row, detail={"ended": True})
    return row


def locked_partner(*, actor: Actor, external_actor_id: UUID) -> ExternalActor:
    """Whoever changes something about a partner takes turns here. Raises NotThere, PermissionDenied."""
    rows = ExternalActor.objects.visible_to(actor).select_for_update(of=("self",))
    row: ExternalActor | None = rows.filter(pk=external_actor_id).first()
    if row is None:
        raise NotThere
    if not can_keep_external_actors(actor):
        raise PermissionDenied
    return row


def standing_partner(*, actor: Actor, external_actor_id: UUID, on: date) -> ExternalActor:
    """The partner, locked, when the cooperation has not ended. Refused: `over`."""
    row = locked_partner(actor=actor, external_actor_id=external_actor_id)
    if row.until_on is not None and row.until_on < on:
        raise Refused("over")
    return row


def _refuse_second(*, municipality: str, cvr: str) -> None:
    # Two people who add the same organisation at once take turns here, so that the second is told.
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s::text, 0))", [f"external_actor.{municipality}.{cvr}"]
        )
    held = ExternalActor.objects.filter(municipality_id=municipality, cvr=cvr).first()
    if held is not None:
        raise HeldAlready(external_actor_id=held.pk, name=held.name)


def _write(row: ExternalActor, *, draft: PartnerDraft, on: date) -> None:
    if draft.kind not in ActorKind.values:
        raise Refused("kind", fields=("kind",))
    if draft.until_on is not None and draft.until_on != row.until_on and draft.until_on < on - timedelta(days=1):
        raise Refused("day_past", fields=("until_on",))
    row.name = plain_words(draft.name, field="name", longest=120)
    row.contact_name = plain_words(draft.contact_name, field="contact_name", longest=120, is_needed=False)
    row.note = plain_words(draft.note, field="note", is_needed=False)
    row.kind, row.phone, row.email = draft.kind, checked_phone(draft.phone), draft.email.strip()
    row.until_on = draft.until_on
    row.from_on = min(row.from_on, row.until_on or row.from_on)
