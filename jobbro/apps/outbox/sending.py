"""What the worker does with messages that are due: each goes once, or says why not and when it is tried again.

A mail is marked, and the mark committed, when the server is ready for its content: at most once. If the process dies or
the server's answer is lost right then, it is `unsure`, told, and sent again only when somebody asks for it. A file is
named by its message: exactly once, whatever dies when.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from .addressing import Target, is_wanted, targets_of, way_for
from .calendar import Event
from .carriers import Carrier, FolderAway, Parcel, close_carriers, open_carriers
from .delivery import NotSent, PerhapsSent
from .enums import AWAY, BY_FILE, BY_HAND, SECRET, MessageKind, Problem, State, Way
from .models import Message
from .states import MOVES
from .wording import words_for

log = logging.getLogger(__name__)

BATCH = 200
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(minutes=30)
# Longer than handing over a batch can take: after it the process that took it is dead.
GIVEN_UP_AFTER = timedelta(minutes=15)
KEPT_FOR = timedelta(days=365)
Clock = Callable[[], datetime]

_CLAIM = """
    update outbox_message m set attempts = m.attempts + 1, next_try_at = %s::timestamptz
    from (select id from outbox_message where state = 'waiting' and next_try_at <= %s::timestamptz
          and way not in ('letter', 'call') order by next_try_at, id limit %s::int for update skip locked) due
    where m.id = due.id returning m.*
"""
# One statement, one commit: the one before is with the server, and the next may be from here on.
_BEGIN = """
    with finished as (
        update outbox_message m set state = 'sent', sent_at = done.at, problem = '', reply_code = null,
            link = case when m.kind = any(%s::text[]) then '' else m.link end
        from unnest(%s::uuid[], %s::int[], %s::timestamptz[]) done(id, attempts, at)
        where m.id = done.id and m.attempts = done.attempts and m.state = 'handing_over'),
    begun as (
        update outbox_message set state = 'handing_over', begun_at = %s::timestamptz, way = %s::text
        where id = %s::uuid and state = 'waiting' and attempts = %s::int returning id)
    select count(*) from begun
"""


@dataclass(kw_only=True)
class Delivery:
    """How many messages ended where in one run; `away`: the ways nothing could go by."""

    ends: Counter[State] = field(default_factory=Counter)
    away: dict[Way, Problem] = field(default_factory=dict)

    def __getitem__(self, state: State) -> int:
        return self.ends[state]


@dataclass(kw_only=True)
class _Round:
    """One run: its carriers, its clock, and what is with the next hand but not yet written down."""

    carriers: dict[Way, Carrier]
    clock: Clock
    done: Delivery
    handed: list[tuple[Message, datetime]] = field(default_factory=list)


class _TakenOver(Exception):
    """Another process has this message now, or it was called off."""


def send_messages(*, clock: Clock) -> Delivery:
    """Every message that is due has gone by the way its receiver prefers, or waits for the next run."""
    run = _Round(carriers=open_carriers(), clock=clock, done=Delivery())
    began_at = clock()
    _tidy(at=began_at, done=run.done)
    try:
        while batch := _claimed(due_at=began_at, at=clock()):
            _send_batch(batch, run=run)
    finally:
        close_carriers(run.carriers)
    sent = run.done[State.SENT]
    with acting_as(SYSTEM_ACTOR):
        run.done.ends[State.WAITING] = Message.objects.filter(state=State.WAITING, send_at__lte=began_at).count()
        if sent:
            record_event(verb=Verb.MESSAGES_SENT, subject="outbox", detail={"sent": sent})
    return run.done


def pause_after(attempts: int) -> timedelta:
    """How long until the next try: 5, 10, 20, then every 30 minutes."""
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _tidy(*, at: datetime, done: Delivery) -> None:
    """What a dead process had begun: files are done again, mails may have arrived. What is too late lapses."""
    with acting_as(SYSTEM_ACTOR):
        begun = Message.objects.filter(state=State.HANDING_OVER, begun_at__lt=at - GIVEN_UP_AFTER)
        begun.filter(way__in=BY_FILE).update(state=MOVES[State.HANDING_OVER, "postpone"], next_try_at=at)
        unsure, lapsed = MOVES[State.HANDING_OVER, "lose"], MOVES[State.WAITING, "lapse"]
        done.ends[unsure] += begun.update(state=unsure, problem=Problem.LOST)
        late = Message.objects.filter(state=State.WAITING, until_at__lt=at)
        done.ends[lapsed] += late.update(state=lapsed)
        old = Message.objects.filter(made_at__lt=at - KEPT_FOR, send_at__lt=at - KEPT_FOR)
        old.exclude(state__in=(State.WAITING, State.HANDING_OVER)).delete()


def _claimed(*, due_at: datetime, at: datetime) -> list[Message]:
    """The next messages that are due, ours for a while: a process that dies now leaves them to be tried again."""
    with acting_as(SYSTEM_ACTOR):
        rows = Message.objects.raw(_CLAIM, [at + GIVEN_UP_AFTER, due_at, BATCH])
        return sorted(rows, key=lambda message: (message.send_at, message.pk))


def _send_batch(batch: Sequence[Message], *, run: _Round) -> None:
    """Each message of the batch has moved on. Nothing is sent in a transaction: a slow server holds up nobody."""
    with acting_as(SYSTEM_ACTOR):
        targets = targets_of([message.pk for message in batch])
    try:
        for message in batch:
            _send(message, target=targets.get(message.pk), run=run)
    finally:
        _write_down(run)


def _send(message: Message, *, target: Target | None, run: _Round) -> None:
    if target is None or not is_wanted(message, target):
        _moved(message, "call_off", run=run)
        return
    way = way_for(message, target, open_ways=run.carriers)
    if way in BY_HAND:
        _leave(message, way=way)
    elif way == Way.HERE:
        _moved(message, "finish", run=run, way=way, sent_at=run.clock())
    elif way in run.done.away:
        _postponed(message, way=way, problem=run.done.away[way], run=run)
    else:
        _carried(message, target=target, way=way, run=run)


def _carried(message: Message, *, target: Target, way: Way, run: _Round) -> None:
    """The message is with the next hand, or says why not."""
    try:
        parcel = _parcel(message, target=target, at=run.clock())
        run.carriers[way].hand_over(parcel, begin=lambda: _begin(message, way=way, run=run))
    except _TakenOver:
        return
    except PerhapsSent:
        _moved(message, "lose", run=run, problem=Problem.LOST)
    except (NotSent, FolderAway) as failure:
        _not_sent(message, way=way, failure=failure, run=run)
    except OperationalError:
        raise
    except Exception:
        # One message that cannot be made stops nobody else's.
        log.exception("a message could not be made")
        _postponed(message, way=way, problem=Problem.NOT_MADE, run=run)
    else:
        run.handed.append((message, run.clock()))


def _not_sent(message: Message, *, way: Way, failure: NotSent | FolderAway, run: _Round) -> None:
    problem = Problem(failure.problem)
    if problem in AWAY:
        run.done.away[way] = problem
    reply_code = failure.reply_code if isinstance(failure, NotSent) else None
    if isinstance(failure, NotSent) and failure.is_final:
        _moved(message, "refuse", run=run, way=way, problem=problem, reply_code=reply_code)
    else:
        _postponed(message, way=way, problem=problem, reply_code=reply_code, run=run)


def _parcel(message: Message, *, target: Target, at: datetime) -> Parcel:
    words = words_for(
        kind=MessageKind(message.kind),
        values=message.values,
        language=target.language,
        is_protected=target.is_protected,
        municipality=target.sender,
    )
    # Of somebody who is protected no calendar entry travels either.
    event = Event.of_values(message.event) if message.event and not target.is_protected else None
    return Parcel(
        message_id=message.pk,
        words=words,
        link=message.link,
        email=target.email,
        phone=target.phone,
        cpr=target.cpr,
        language=target.language,
        sender=target.sender,
        municipality=target.municipality,
        event=event,
        at=at,
    )


def _begin(message: Message, *, way: Way, run: _Round) -> None:
    """From here on the message may have been sent; only the process that claimed it last gets here."""
    values = _finished_values(run)
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute(_BEGIN, [*values, run.clock(), way.value, message.pk, message.attempts])
        is_mine = cursor.fetchone()[0] == 1
    _count_handed(run)
    if not is_mine:
        raise _TakenOver
    message.state, message.way = State.HANDING_OVER, way


def _write_down(run: _Round) -> None:
    if run.handed:
        values = _finished_values(run)
        with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
            cursor.execute(_BEGIN, [*values, run.clock(), "", None, 0])
        _count_handed(run)


def _finished_values(run: _Round) -> list[Any]:
    ids = [message.pk for message, _ in run.handed]
    attempts = [message.attempts for message, _ in run.handed]
    return [[kind.value for kind in SECRET], ids, attempts, [at for _, at in run.handed]]


def _count_handed(run: _Round) -> None:
    run.done.ends[State.SENT] += len(run.handed)
    run.handed.clear()


def _postponed(message: Message, *, way: Way, problem: Problem, run: _Round, reply_code: int | None = None) -> None:
    again_at = run.clock() + pause_after(message.attempts)
    _moved(message, "postpone", run=run, way=way, problem=problem, reply_code=reply_code, next_try_at=again_at)


def _leave(message: Message, *, way: Way) -> None:
    """Somebody of the municipality phones or writes; the worker does not come back to it."""
    with acting_as(SYSTEM_ACTOR):
        Message.objects.filter(pk=message.pk, state=State.WAITING, attempts=message.attempts).update(
            way=way, problem=""
        )


def _moved(message: Message, move: str, *, run: _Round, **values: object) -> None:
    state = MOVES[State(message.state), move]
    with acting_as(SYSTEM_ACTOR):
        # Only as we left it: a process that was held up must not send back what another has taken over.
        mine = Message.objects.filter(pk=message.pk, state=message.state, attempts=message.attempts)
        if mine.update(state=state, **values) and state != State.WAITING:
            run.done.ends[state] += 1
    message.state = state
