"""Support of the bridge that somebody arranges by a day: who, with which payer, and when it was done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.matching.models import Card, Proposal
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import PAYERS

from ..enums import Party
from ..models import Arrangement
from ..permissions import can_lay_table
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_arrangement
from ..wording import LONGEST_NAME, checked_line


@dataclass(frozen=True, kw_only=True)
class ArrangementDraft:
    """A measure of the catalogue, who can pay, who arranges it and by when."""

    measure: str
    scheme: str
    party: Party
    who: str
    due_on: date
    note: str = ""


def arrange(*, actor: Actor, proposal_id: UUID, draft: ArrangementDraft, seen: str, on: date) -> Arrangement:
    """The measure is arranged like this; one arrangement a measure, written anew when it changes.

    Raises NotThere, PermissionDenied, Changed. Refused: `measure`, `scheme`, `due_past`, `needed`, `too_long`, `cpr`.
    """
    if not can_lay_table(actor):
        raise PermissionDenied
    proposal = _locked_proposal(actor=actor, proposal_id=proposal_id)
    row: Arrangement | None = Arrangement.objects.filter(proposal=proposal, measure=draft.measure).first()
    if seen_arrangement(row) != seen:
        raise Changed
    _check(draft, row=row, on=on)
    made = row or Arrangement(
        citizen_id=proposal.citizen_id, company_id=proposal.company_id, proposal=proposal, measure=draft.measure
    )
    made.scheme, made.party, made.due_on = draft.scheme, draft.party, draft.due_on
    made.who = checked_line(draft.who, field="who", most=LONGEST_NAME, is_needed=True)
    made.note = checked_line(draft.note, field="note")
    made.is_on_card = draft.measure in shown_support(proposal_id=proposal.pk)
    made.changed_by_id = actor.id
    if row is None:
        made.save(force_insert=True)
    else:
        made.save(update_fields=["scheme", "party", "who", "due_on", "note", "is_on_card", "changed_by"])
    record_event(verb=Verb.ARRANGEMENT_CHANGED, citizen_id=proposal.citizen_id, subject=made)
    return made


def finish_arrangement(
    *, actor: Actor, arrangement_id: UUID, seen: str, on: date, introduction_id: UUID | None = None
) -> Arrangement:
    """The support is in place; told twice it is told once. `introduction_id`: the table that it has to be of.

    Raises NotThere, PermissionDenied, Changed, NotNow.
    """
    if not can_lay_table(actor):
        raise PermissionDenied
    rows = Arrangement.objects.visible_to(actor).select_for_update(of=("self",))
    if introduction_id is not None:
        rows = rows.filter(proposal__introductions=introduction_id)
    row: Arrangement | None = rows.filter(pk=arrangement_id).first()
    if row is None:
        raise NotThere
    if row.done_on is not None:
        raise NotNow
    if seen_arrangement(row) != seen:
        raise Changed
    row.done_on, row.changed_by_id = on, actor.id
    row.save(update_fields=["done_on", "changed_by"])
    record_event(verb=Verb.ARRANGEMENT_CHANGED, citizen_id=row.citizen_id, subject=row, detail={"what": "done"})
    return row


def shown_support(*, proposal_id: UUID) -> dict[str, dict[str, str]]:
    """Measures that the citizen has shown this company on a card that was not taken back: code -> name by language."""
    cards = Card.objects.filter(proposal_id=proposal_id, withdrawn_at__isnull=True).order_by("given_at", "pk")
    return {
        code: dict(content["support"][code]["name"])
        for content in cards.values_list("content", flat=True)
        for code in content["measures"]
    }


def _locked_proposal(*, actor: Actor, proposal_id: UUID) -> Proposal:
    """Whoever arranges support of a proposal takes turns here."""
    rows = Proposal.objects.visible_to(actor).select_for_update(of=("self",))
    row: Proposal | None = rows.filter(pk=proposal_id).first()
    if row is None:
        raise NotThere
    return row


def _check(draft: ArrangementDraft, *, row: Arrangement | None, on: date) -> None:
    if draft.measure not in {entry.code for entry in catalogue().entries}:
        raise Refused("measure", fields=("measure",))
    if draft.scheme not in PAYERS:
        raise Refused("scheme", fields=("scheme",))
    is_kept = row is not None and row.due_on == draft.due_on
    if draft.due_on < on and not is_kept:
        raise Refused("due_past", fields=("due_on",))
