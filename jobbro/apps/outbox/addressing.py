"""Where a message goes, looked up when it is sent, and by which way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from .enums import REMINDERS, MessageKind, Way
from .models import Message

# What the file says of how somebody wants to be met, as a way for messages; meeting in person is none.
OF_FILE = {
    "phone": Way.CALL,
    "sms": Way.SMS,
    "email": Way.EMAIL,
    "letter": Way.LETTER,
    "digital_post": Way.DIGITAL_POST,
}
# When the wanted way is not open: the next that is.
FALLING_BACK = (Way.EMAIL, Way.SMS, Way.DIGITAL_POST)


@dataclass(frozen=True, kw_only=True)
class Target:
    """A receiver as they stand now. `own_way`: chosen by themselves; `file_way`: how the file says to reach them."""

    message_id: UUID
    is_there: bool
    own_way: str
    file_way: str
    wants_day: bool
    wants_hour: bool
    wants_tasks: bool
    has_login: bool
    is_protected: bool
    email: str
    phone: str
    cpr: bytes | None
    language: str
    sender: str
    municipality: str


def targets_of(message_ids: Sequence[UUID]) -> dict[UUID, Target]:
    """The receivers by message, for the worker; nobody else finds any."""
    with connection.cursor() as cursor:
        cursor.execute("select * from outbox_addresses(%s::uuid[])", [list(message_ids)])
        return {row[0]: _target(row) for row in cursor.fetchall()}


def is_wanted(message: Message, target: Target) -> bool:
    """Whether somebody is there for it, and has not said no to this kind of reminder."""
    if not target.is_there:
        return False
    if message.kind not in REMINDERS:
        return True
    if message.kind == MessageKind.TASK_DUE:
        return target.wants_tasks
    return target.wants_hour if message.values.get("ahead") == "hour" else target.wants_day


def way_for(message: Message, target: Target, *, open_ways: Collection[Way]) -> Way:
    """The way the receiver prefers, else the next that can reach them; `call` when somebody has to.

    A protected name or address: Digital Post or the own page, unless the person chose something else themselves.
    """
    if message.citizen_id is None:
        return Way.EMAIL if target.email and Way.EMAIL in open_ways else Way.HERE
    possible = _possible(target, open_ways=open_ways)
    if target.own_way and target.own_way in possible:
        return Way(target.own_way)
    if target.is_protected:
        return next((way for way in (Way.DIGITAL_POST, Way.HERE) if way in possible), Way.CALL)
    wanted = OF_FILE.get(target.file_way)
    if wanted in possible:
        return wanted
    return next((way for way in FALLING_BACK if way in possible), Way.CALL)


def _possible(target: Target, *, open_ways: Collection[Way]) -> set[Way]:
    reached = {
        Way.EMAIL: bool(target.email),
        Way.SMS: bool(target.phone),
        Way.DIGITAL_POST: target.cpr is not None,
        Way.HERE: target.has_login,
    }
    sent = {way for way, is_reached in reached.items() if is_reached and (way in open_ways or way == Way.HERE)}
    return {*sent, Way.LETTER, Way.CALL}


def _target(row: tuple[object, ...]) -> Target:
    (key, is_there, own, file, day, hour, tasks, login, protected, email, phone, cpr, language, sender, code) = row
    return Target(
        message_id=key,  # type: ignore[arg-type]
        is_there=bool(is_there),
        own_way=str(own),
        file_way=str(file),
        wants_day=bool(day),
        wants_hour=bool(hour),
        wants_tasks=bool(tasks),
        has_login=bool(login),
        is_protected=bool(protected),
        email=str(email),
        phone=str(phone),
        cpr=bytes(cpr) if cpr is not None else None,  # type: ignore[call-overload]
        language=str(language),
        sender=str(sender),
        municipality=str(code),
    )
