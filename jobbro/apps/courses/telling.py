"""Word to people about their seat, by the outbox: the link says where to read more, the message says nothing else."""

from datetime import datetime
from uuid import UUID

from jobbro.apps.outbox.enums import MessageKind
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.services import queue_message


def tell_seat(*, citizen_id: UUID, enrolment_id: UUID, news: str, at: datetime) -> None:
    """The person is told once that there is news about their seat; `news` tells one piece of news from another."""
    queue_message(
        to=Recipient(citizen_id=citizen_id),
        kind=MessageKind.COURSE_SEAT,
        link=f"/enrolments/{enrolment_id}/",
        key=f"course_seat:{enrolment_id}:{news}",
        send_at=at,
        at=at,
    )
