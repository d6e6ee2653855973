"""Messages that wait, and how somebody wants them."""

from datetime import datetime

from jobbro.apps.citizens.models import Citizen
from jobbro.apps.outbox.enums import MessageKind, State, Way
from jobbro.apps.outbox.models import Message, MessageChoice
from tests.factories.rows import run, write


def message(
    *,
    citizen: Citizen,
    at: datetime,
    key: str = "k",
    kind: MessageKind = MessageKind.MESSAGE,
    way: Way | str = "",
    state: State = State.WAITING,
    until_at: datetime | None = None,
) -> Message:
    """A message to a citizen as the worker may have left it."""
    return write(
        Message(
            key=key,
            citizen=citizen,
            kind=kind,
            link="/moeder/",
            send_at=at,
            until_at=until_at,
            made_at=at,
            next_try_at=at,
            way=way,
            state=state,
            begun_at=at if state == State.HANDING_OVER else None,
            sent_at=at if state == State.SENT else None,
        )
    )


def choice(*, citizen: Citizen, at: datetime, way: Way | str = "", **wishes: bool) -> MessageChoice:
    """What the citizen has chosen on the page for it."""
    return write(MessageChoice(citizen=citizen, way=way, chosen_at=at, **wishes))


def reach(citizen: Citizen, *, email: str = "", phone: str = "") -> Citizen:
    """The citizen's contact details are these."""
    statement = f"update citizens_contact set email = '{email}', phone = '{phone}' where citizen_id = $1::uuid"
    run(statement, value=citizen.pk)
    return citizen
