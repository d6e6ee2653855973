"""Engagements: proposed with the words the partner is told, agreed by the citizen, written about, and ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.citizens.services import give_consent_for_engagement, withdraw_consent
from jobbro.apps.employers.services.locking import plain_words
from jobbro.apps.organisations.stamps import refuse_stale

from ..enums import EntryKind, Party, Result, State, Theme
from ..models import (
    Engagement,
    EngagementApproval,
    EngagementEntry,
    EngagementPerson,
    ExternalAgreement,
    ExternalPerson,
)
from ..permissions import can_approve_engagement, can_keep_external_actors, party_of
from ..refusals import NotNow, NotThere, Refused
from ..stamps import ENGAGEMENT_FIELDS
from ..states import MOVES

LONGEST_ENGAGEMENT = timedelta(days=366)
LONGEST_TOLD, LONGEST_GOAL, LONGEST_ENTRY, LONGEST_REASON = 3000, 1000, 5000, 2000


@dataclass(frozen=True, kw_only=True)
class EngagementDraft:
    """What the partner is asked to do, what they are told, and who of them."""

    external_actor_id: UUID
    theme: str
    goal: str
    told: str
    shown_name: str
    from_on: date
    until_on: date
    person_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """What was done, or how it went. `party`: when staff write down what somebody else said."""

    text: str
    done_on: date
    kind: str = EntryKind.DONE
    result: str = ""
    party: str = ""


def propose_engagement(*, actor: Actor, citizen_id: UUID, draft: EngagementDraft, on: date, at: datetime) -> Engagement:
    """The engagement waits for the citizen's yes; nobody outside reads anything yet. Raises NotThere.

    Refused: `partner` (no agreement with data agreement covers theme and days), `people`, `period`, `past`, `long`,
    `words`, `too_long`, `cpr`.
    """
    if not can_keep_external_actors(actor):
        raise PermissionDenied
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        raise NotThere
    _refuse_days(draft, on=on)
    agreement = _agreement_for(actor=actor, draft=draft)
    people = _people_for(actor=actor, external_actor_id=draft.external_actor_id, ids=draft.person_ids, on=on)
    row = Engagement(
        citizen_id=citizen_id,
        external_actor_id=draft.external_actor_id,
        agreement=agreement,
        theme=draft.theme,
        goal=plain_words(draft.goal, field="goal", longest=LONGEST_GOAL),
        told=plain_words(draft.told, field="told", longest=LONGEST_TOLD),
        shown_name=plain_words(draft.shown_name, field="shown_name", longest=120),
        from_on=draft.from_on,
        until_on=draft.until_on,
        made_by_id=actor.id,
        made_at=at,
    )
    row.save(force_insert=True)
    _name(row, people=people, on=on)
    record_event(verb=Verb.ENGAGEMENT_PROPOSED, citizen_id=citizen_id, subject=row, detail={"theme": row.theme})
    return row


def approve_engagement(*, actor: Actor, engagement_id: UUID, on_behalf: str, seen: str, at: datetime) -> Engagement:
    """The citizen has said yes: in the engagement's days the named people read it.

    `on_behalf`: how the citizen said yes, when staff write it down. Raises NotThere, NotNow, `StaleEdit`.
    Refused: `reason`, `too_long`, `cpr`.
    """
    row = _locked(actor=actor, engagement_id=engagement_id)
    if not can_approve_engagement(actor, row.citizen_id):
        raise PermissionDenied
    state = MOVES.get((State(row.state), "approve"))
    if state is None:
        raise NotNow
    refuse_stale(row, *ENGAGEMENT_FIELDS, seen=seen)
    reason = _reason(on_behalf, is_own=actor.citizen_id == row.citizen_id)
    consent = give_consent_for_engagement(
        actor=actor, citizen_id=row.citizen_id, recipient=row.external_actor.name, at=at
    )
    EngagementApproval(
        citizen_id=row.citizen_id,
        engagement=row,
        consent=consent,
        on_behalf=reason,
        approved_by_id=actor.id,
        approved_at=at,
    ).save(force_insert=True)
    row.state = state
    row.save(update_fields=["state"])
    record_event(verb=Verb.ENGAGEMENT_APPROVED, citizen_id=row.citizen_id, subject=row)
    return row


def drop_engagement(*, actor: Actor, engagement_id: UUID, on: date) -> Engagement:
    """It comes to nothing: the citizen said no, or staff took the proposal away. Raises NotThere, NotNow."""
    row = _locked(actor=actor, engagement_id=engagement_id)
    if not can_approve_engagement(actor, row.citizen_id):
        raise PermissionDenied
    state = MOVES.get((State(row.state), "drop"))
    if state is None:
        raise NotNow
    row.state, row.ended_on = state, on
    row.save(update_fields=["state", "ended_on"])
    record_event(verb=Verb.ENGAGEMENT_DROPPED, citizen_id=row.citizen_id, subject=row)
    return row


def name_people(*, actor: Actor, engagement_id: UUID, person_ids: tuple[UUID, ...], on: date) -> Engagement:
    """These of the partner's people read it from now on, nobody else. Raises NotThere, NotNow. Refused: `people`."""
    row = _locked(actor=actor, engagement_id=engagement_id)
    if not can_keep_external_actors(actor):
        raise PermissionDenied
    if row.state not in (State.PROPOSED, State.APPROVED):
        raise NotNow
    people = _people_for(actor=actor, external_actor_id=row.external_actor_id, ids=person_ids, on=on)
    named = EngagementPerson.objects.visible_to(actor).standing(on=on).filter(engagement=row)
    wanted = {person.pk for person in people}
    for one in named.exclude(external_person_id__in=wanted):
        one.until_on = on - timedelta(days=1)
        one.from_on = min(one.from_on, one.until_on)
        one.save(update_fields=["from_on", "until_on"])
    held = set(named.values_list("external_person_id", flat=True))
    _name(row, people=[person for person in people if person.pk not in held], on=on)
    record_event(verb=Verb.ENGAGEMENT_NAMED, citizen_id=row.citizen_id, subject=row)
    return row


def write_entry(*, actor: Actor, engagement_id: UUID, draft: EntryDraft, on: date, at: datetime) -> EngagementEntry:
    """One more entry stands, in the writer's name. Raises NotThere, PermissionDenied, NotNow.

    Refused: `words`, `too_long`, `cpr`, `ahead` (a day to come), `early` (before it began), `result`.
    """
    row: Engagement | None = Engagement.objects.visible_to(actor).filter(pk=engagement_id).first()
    if row is None:
        raise NotThere
    own = party_of(actor, row.citizen_id)
    party = draft.party or own
    if own is None or party not in Party.values or (party != own and own != Party.MUNICIPALITY):
        raise PermissionDenied
    if row.state not in (State.APPROVED, State.ENDED):
        raise NotNow
    _refuse_entry(draft, row=row, on=on)
    entry = EngagementEntry(
        citizen_id=row.citizen_id,
        engagement_id=row.pk,
        kind=draft.kind,
        party=party,
        done_on=draft.done_on,
        text=plain_words(draft.text, field="text", longest=LONGEST_ENTRY),
        result=draft.result if draft.kind == EntryKind.OUTCOME else "",
        written_by_id=actor.id,
        written_name=actor.name,
        written_at=at,
    )
    entry.save(force_insert=True)
    record_event(verb=Verb.ENGAGEMENT_WRITTEN, citizen_id=row.citizen_id, subject=entry, detail={"kind": entry.kind})
    return entry


def end_engagement(
    *, actor: Actor, engagement_id: UUID, result: str, words: str, seen: str, on: date, at: datetime
) -> Engagement:
    """The engagement has ended with how far the goal was reached; the consent ends with it.

    Raises NotThere, NotNow, `StaleEdit`. Refused: `result`, `words`, `too_long`, `cpr`.
    """
    row = _locked(actor=actor, engagement_id=engagement_id)
    if not can_keep_external_actors(actor):
        raise PermissionDenied
    state = MOVES.get((State(row.state), "end"))
    if state is None:
        raise NotNow
    refuse_stale(row, *ENGAGEMENT_FIELDS, seen=seen)
    if result not in Result.values:
        raise Refused("result", fields=("result",))
    row.end_words = plain_words(words, field="words", longest=LONGEST_REASON)
    row.state, row.result, row.ended_on = state, result, on
    row.save(update_fields=["state", "result", "end_words", "ended_on"])
    take_back_consent(actor=actor, engagement_id=row.pk, at=at)
    record_event(verb=Verb.ENGAGEMENT_ENDED, citizen_id=row.citizen_id, subject=row, detail={"result": result})
    return row


def take_back_consent(*, actor: Actor, engagement_id: UUID, at: datetime) -> None:
    """Nobody outside reads it from the next request on; twice is once. Raises NotThere, NotNow before it was agreed."""
    row: Engagement | None = Engagement.objects.visible_to(actor).filter(pk=engagement_id).first()
    if row is None:
        raise NotThere
    if not can_approve_engagement(actor, row.citizen_id):
        raise PermissionDenied
    approval = EngagementApproval.objects.visible_to(actor).filter(engagement_id=engagement_id).first()
    if approval is None:
        raise NotNow
    withdraw_consent(actor=actor, citizen_id=row.citizen_id, consent_id=approval.consent_id, at=at)


def _locked(*, actor: Actor, engagement_id: UUID) -> Engagement:
    rows = Engagement.objects.visible_to(actor).select_related("external_actor").select_for_update(of=("self",))
    row: Engagement | None = rows.filter(pk=engagement_id).first()
    if row is None:
        raise NotThere
    return row


def _refuse_days(draft: EngagementDraft, *, on: date) -> None:
    if draft.theme not in Theme.values:
        raise Refused("theme", fields=("theme",))
    if draft.until_on < draft.from_on:
        raise Refused("period", fields=("until_on",))
    if draft.until_on < on:
        raise Refused("day_past", fields=("until_on",))
    if draft.until_on - draft.from_on > LONGEST_ENGAGEMENT:
        raise Refused("long", fields=("until_on",))


def _agreement_for(*, actor: Actor, draft: EngagementDraft) -> ExternalAgreement:
    """The agreement that covers theme and days, the one that ends last."""
    rows = ExternalAgreement.objects.visible_to(actor).filter(
        external_actor_id=draft.external_actor_id,
        themes__contains=[draft.theme],
        data_agreement_on__isnull=False,
        from_on__lte=draft.from_on,
        until_on__gte=draft.until_on,
    )
    row: ExternalAgreement | None = rows.order_by("-until_on", "pk").first()
    if row is None:
        raise Refused("partner", fields=("external_actor",))
    return row


def _people_for(*, actor: Actor, external_actor_id: UUID, ids: tuple[UUID, ...], on: date) -> list[ExternalPerson]:
    rows = ExternalPerson.objects.visible_to(actor).standing(on=on).filter(external_actor_id=external_actor_id)
    people = [person for person in rows.order_by("name", "pk") if person.pk in set(ids)]
    if not ids or len(people) != len(set(ids)):
        raise Refused("people", fields=("people",))
    return people


def _name(row: Engagement, *, people: Iterable[ExternalPerson], on: date) -> None:
    for person in people:
        EngagementPerson(citizen_id=row.citizen_id, engagement=row, external_person=person, from_on=on).save(
            force_insert=True
        )


def _refuse_entry(draft: EntryDraft, *, row: Engagement, on: date) -> None:
    if draft.kind not in EntryKind.values:
        raise Refused("result", fields=("result",))
    if draft.kind == EntryKind.OUTCOME and draft.result not in Result.values:
        raise Refused("result", fields=("result",))
    if draft.done_on > on:
        raise Refused("ahead", fields=("done_on",))
    if draft.done_on < row.from_on:
        raise Refused("early", fields=("done_on",))


def _reason(text: str, *, is_own: bool) -> str:
    """How the citizen said yes; their own yes needs no reason. Refused: `reason`."""
    if is_own:
        return ""
    if not text.strip():
        raise Refused("reason", fields=("on_behalf",))
    return plain_words(text, field="on_behalf", longest=LONGEST_REASON)
