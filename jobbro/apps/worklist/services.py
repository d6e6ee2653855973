"""Writes of the worklist: filters with names. What needs doing is computed and never written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from .models import SavedFilter

MOST_SAVED = 20


class NotSaved(Exception):
    """The filter was not saved; `code` says why: `too_many`, and what to do is said where it is shown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class FilterWords:
    """A filter as it is saved: its name, what stands in the address, and whether one begins with it."""

    name: str
    query: str
    is_default: bool


def save_filter(*, actor: Actor, words: FilterWords, at: datetime) -> SavedFilter:
    """The actor's filter with this name says this from now on. Raises NotSaved when there are twenty others."""
    # The own account is the lock: two windows cannot both take the last place.
    User.objects.select_for_update(of=("self",)).get(pk=actor.id)
    own = SavedFilter.objects.filter(user_id=actor.id)
    row = own.filter(name=words.name).first()
    if row is None and own.count() >= MOST_SAVED:
        raise NotSaved("too_many")
    if words.is_default:
        own.filter(is_default=True).update(is_default=False)
    values = {"query": words.query, "is_default": words.is_default, "saved_at": at}
    if row is None:
        row = SavedFilter.objects.create(user_id=actor.id, name=words.name, **values)
    else:
        own.filter(pk=row.pk).update(**values)
    record_event(verb=Verb.FILTER_SAVED, subject=row)
    return row


def drop_filter(*, actor: Actor, filter_id: UUID) -> bool:
    """The actor's filter is gone; False when there was none of theirs."""
    row = SavedFilter.objects.select_for_update(of=("self",)).filter(pk=filter_id, user_id=actor.id).first()
    if row is None:
        return False
    row.delete()
    record_event(verb=Verb.FILTER_DROPPED, subject=f"savedfilter:{filter_id}")
    return True
