"""Writes of the outbox by those who act: a message waits, is called off or was done by hand; how somebody wants it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.models import Citizen

from .calendar import Event
from .enums import BY_HAND, MessageKind, State, Way
from .models import Message, MessageChoice
from .recipients import Recipient
from .states import MOVES

# What a text can fill in: a day or a moment, and how long before it is. Never a name, a place or words.
FILLED_IN = ("starts_at", "day", "ahead")
# Ways that somebody can ask for on their own page.
TO_CHOOSE = (Way.EMAIL, Way.SMS, Way.DIGITAL_POST, Way.LETTER, Way.CALL, Way.HERE)
_QUEUE = """
    select outbox_queue(%s::uuid, %s::text, %s::uuid, %s::uuid, %s::text, %s::text, %s::text, %s::text, %s::text,
        %s::jsonb, %s::jsonb, %s::timestamptz, %s::timestamptz, %s::timestamptz)
"""


class NotThere(Exception):
    """There is no such message or citizen for the actor."""


class NotNow(Exception):
    """The message has been sent or called off meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How messages are to come; an empty `way` follows the file. Invitations and changes are always told."""

    way: Way | None = None
    wants_day_before: bool = True
    wants_hour_before: bool = False
    wants_tasks: bool = True


def queue_message(
    *,
    to: Recipient,
    kind: MessageKind,
    link: str,
    key: str,
    send_at: datetime,
    at: datetime,
    until_at: datetime | None = None,
    values: Mapping[str, str] | None = None,
    event: Event | None = None,
) -> bool:
    """The message waits to be sent at `send_at`; False when the key was queued before: it is sent once.

    After `until_at` it is not sent any more. `link` is a path of ours. Of `values` only days and moments are kept.
    `event` goes along as a calendar file where the way can carry one.
    """
    if not link.startswith("/") or link.startswith("//"):
        raise ValueError("the link of a message is a path of ours")
    filled = {name: text for name, text in (values or {}).items() if name in FILLED_IN}
    row: list[Any] = [uuid7(), key, to.citizen_id, to.user_id, to.email, to.name, to.language, kind.value, link]
    row += [json.dumps(filled), json.dumps(event.as_values()) if event else None, send_at, until_at, at]
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, row)
        return bool(cursor.fetchone()[0])


def call_off_message(*, key: str, at: datetime) -> bool:
    """A message that still waits is not sent; False when it was sent, is under way or never was."""
    with connection.cursor() as cursor:
        cursor.execute("select outbox_call_off(%s::text, %s::timestamptz)", [key, at])
        return bool(cursor.fetchone()[0])


def call_off_messages(*, prefix: str, at: datetime) -> int:
    """All messages that wait under keys with this beginning are not sent."""
    with connection.cursor() as cursor:
        cursor.execute("select outbox_call_off_all(%s::text, %s::timestamptz)", [prefix, at])
        return int(cursor.fetchone()[0])


def finish_by_hand(*, actor: Actor, message_id: UUID, at: datetime) -> Message:
    """Somebody has phoned or sent the letter. Raises NotThere, NotNow, PermissionDenied for others than staff."""
    message = _locked(actor=actor, message_id=message_id)
    if message.state != State.WAITING or message.way not in BY_HAND:
        raise NotNow
    message.state = MOVES[State.WAITING, "finish"]
    message.sent_at, message.done_by_id = at, actor.id
    message.save(update_fields=["state", "sent_at", "done_by"])
    record_event(verb=Verb.MESSAGE_DONE, citizen_id=message.citizen_id, subject=message, detail={"way": message.way})
    return message


def send_again(*, actor: Actor, message_id: UUID, at: datetime) -> Message:
    """A message that perhaps never arrived, or was refused, is tried once more. Raises as `finish_by_hand`."""
    message = _locked(actor=actor, message_id=message_id)
    if (State(message.state), "again") not in MOVES or (message.until_at and message.until_at < at):
        raise NotNow
    message.state = MOVES[State(message.state), "again"]
    message.next_try_at, message.done_by_id = at, actor.id
    message.save(update_fields=["state", "next_try_at", "done_by"])
    record_event(verb=Verb.MESSAGE_DONE, citizen_id=message.citizen_id, subject=message, detail={"again": True})
    return message


def choose_messages(*, actor: Actor, citizen_id: UUID, wishes: Wishes, at: datetime) -> MessageChoice:
    """The citizen gets messages like this from now on; staff may note it for them. Raises NotThere."""
    if not Citizen.objects.visible_to(actor).filter(pk=citizen_id).exists():
        raise NotThere
    values = {
        "way": wishes.way or "",
        "wants_day_before": wishes.wants_day_before,
        "wants_hour_before": wishes.wants_hour_before,
        "wants_tasks": wishes.wants_tasks,
        "chosen_at": at,
    }
    choice, _made = MessageChoice.objects.update_or_create(citizen_id=citizen_id, defaults=values)
    record_event(verb=Verb.MESSAGES_CHOSEN, citizen_id=citizen_id, subject=choice, detail={"way": values["way"]})
    return choice


def _locked(*, actor: Actor, message_id: UUID) -> Message:
    """A message to a citizen that staff may do something about now."""
    if actor.citizen_id is not None or actor.is_employer:
        raise PermissionDenied
    rows = Message.objects.visible_to(actor).filter(pk=message_id, citizen__isnull=False)
    if not rows.exists():
        raise NotThere
    message: Message | None = rows.select_for_update(of=("self",)).first()
    if message is None:
        # The wall shows for change only what waits for somebody's hand.
        raise NotNow
    return message
