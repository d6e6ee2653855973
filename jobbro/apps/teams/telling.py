"""The citizen and the colleague are told by message, without names; the pages behind the links say who and what."""

from datetime import datetime
from uuid import UUID

from jobbro.apps.outbox.enums import MessageKind
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.services import queue_message

# The citizen's own front page says who helps them.
WHO_HELPS = "/"


def tell_citizen(*, citizen_id: UUID, key: str, at: datetime) -> bool:
    """“You have a new contact person”, sent now; False when it was queued before under this key."""
    recipient = Recipient(citizen_id=citizen_id)
    return queue_message(to=recipient, kind=MessageKind.CASE_MOVED, link=WHO_HELPS, key=key, send_at=at, at=at)


def tell_colleague(*, user_id: UUID, handover_id: UUID, at: datetime) -> bool:
    """“There is a handover for you”, sent now, once for each handover."""
    return queue_message(
        to=Recipient(user_id=user_id),
        kind=MessageKind.HANDOVER,
        link=f"/handovers/{handover_id}/",
        key=f"handover:{handover_id.hex}:colleague",
        send_at=at,
        at=at,
    )
