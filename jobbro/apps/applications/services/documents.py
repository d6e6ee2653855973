"""The checklist of an application: where each document stands, and what else was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import DocumentState, State
from ..facts import seen_documents
from ..models import Application, Document
from ..permissions import can_apply
from ..refusals import Changed, NotNow, Refused
from .locking import locked_application

LONGEST_TITLE, LONGEST_REFERENCE, MOST_DOCUMENTS = 200, 60, 40


@dataclass(frozen=True, kw_only=True)
class DocumentDraft:
    """Where one document of the list stands now."""

    document_id: UUID
    state: str
    reference: str = ""


def change_documents(
    *, actor: Actor, application_id: UUID, drafts: Sequence[DocumentDraft], add: str, seen: str, on: date
) -> Application:
    """The list says this now, with one more document when `add` names it.

    Refused: `document` (unknown state or row), `too_long`, `too_many`.
    """
    row = locked_application(actor=actor, application_id=application_id)
    if not can_apply(actor, row.citizen_id):
        raise PermissionDenied
    if row.state == State.DECIDED:
        raise NotNow
    standing = list(Document.objects.filter(application=row).order_by("place", "id"))
    if seen_documents(standing) != seen:
        raise Changed
    by_id = {document.pk: document for document in standing}
    for draft in drafts:
        if draft.document_id not in by_id or draft.state not in DocumentState.values:
            raise Refused("document")
        _change(by_id[draft.document_id], draft=draft, on=on)
    if add.strip():
        _add(row, title=add.strip(), standing=standing, on=on)
    record_event(verb=Verb.DOCUMENT_CHANGED, citizen_id=row.citizen_id, subject=row)
    return row


def _change(document: Document, *, draft: DocumentDraft, on: date) -> None:
    reference = draft.reference.strip()
    if len(reference) > LONGEST_REFERENCE:
        raise Refused("too_long")
    if (document.state, document.reference) == (draft.state, reference):
        return
    if document.state != draft.state:
        document.state_on = None if draft.state == DocumentState.WANTED else on
    document.state, document.reference = draft.state, reference
    document.save(update_fields=["state", "state_on", "reference"])


def _add(row: Application, *, title: str, standing: list[Document], on: date) -> None:
    if len(title) > LONGEST_TITLE:
        raise Refused("too_long", fields=("add",))
    if len(standing) >= MOST_DOCUMENTS:
        raise Refused("too_many", fields=("add",))
    document = Document(
        citizen_id=row.citizen_id,
        application=row,
        title=title,
        state=DocumentState.ASKED,
        state_on=on,
        place=max((document.place for document in standing), default=0) + 1,
    )
    document.save(force_insert=True)
