"""Writes of reminders: the choice of a person, the reminders of a day, and sending them - each once, or not at all."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import OperationalError, connection
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.outbox.delivery import NotSent, PerhapsSent, Post

from .enums import Problem, State
from .facts import Counts, counts_for
from .letters import letter_for
from .models import Digest, MailChoice
from .states import MOVES

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=2)
# Longer than handing over one letter can take: after it the process that began is dead.
GIVEN_UP_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=90)
Clock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """How the staff stand on a day, as numbers of people; `told` have something to be reminded of."""

    told: int
    nothing: int
    made_before: int
    no_mail: int
    no_address: int
    unread: int
    totals: Counts


@dataclass(kw_only=True)
class Delivery:
    """How many reminders ended where in one run."""

    ends: Counter[State] = field(default_factory=Counter)
    is_server_away: bool = False

    def __getitem__(self, state: State) -> int:
        return self.ends[state]


def choose_mail(*, actor: Actor, wants_mail: bool, at: datetime) -> None:
    """The actor gets reminders by mail from now on, or does not."""
    values = {"wants_mail": wants_mail, "chosen_at": at}
    MailChoice.objects.update_or_create(user_id=actor.id, defaults=values)
    record_event(verb=Verb.PREFERENCES_CHANGED, subject=f"user:{actor.id}", detail={"reminders_by_mail": wants_mail})


def make_digests(*, on: date, at: datetime, is_trial: bool = False) -> Outlook:
    """Everybody who can be reminded has one reminder of the day; made already, it is not made again.

    Each person's numbers are read as that person. One whose numbers cannot be read stops nobody and has none made, so
    that the next run tries again. A trial counts and makes none.
    """
    standing = _staff(on)
    counted: dict[UUID, Counts] = {}
    for user_id, word in standing.items():
        found = _counts_or_none(user_id, on=on) if word == "due" else None
        if found is not None:
            counted[user_id] = found
            if not is_trial:
                _make(user_id, counts=found, on=on, at=at)
    words = Counter(standing.values())
    told = [counts for counts in counted.values() if counts.are_worth_telling(on=on)]
    return Outlook(
        told=len(told),
        nothing=len(counted) - len(told),
        made_before=words["made"],
        no_mail=words["no_mail"],
        no_address=words["no_address"],
        unread=words["due"] - len(counted),
        totals=_added(told),
    )


def _staff(on: date) -> Mapping[UUID, str]:
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute("select user_id, standing from reminders_staff(%s::date)", [on])
        return dict(cursor.fetchall())


def _counts_or_none(user_id: UUID, *, on: date) -> Counts | None:
    try:
        return counts_for(user_id=user_id, on=on)
    except OperationalError:
        raise
    except Exception:
        log.exception("the deadlines of one person could not be counted")
        return None


def _make(user_id: UUID, *, counts: Counts, on: date, at: datetime) -> None:
    state = State.WAITING if counts.are_worth_telling(on=on) else State.NOTHING
    row = Digest(user_id=user_id, day=on, state=state, made_at=at, next_try_at=at, **counts.by_name())
    with acting_as(SYSTEM_ACTOR):
        # Two runs at once make one row; the other finds it there.
        Digest.objects.bulk_create([row], ignore_conflicts=True)


def _added(all_counts: list[Counts]) -> Counts:
    total: Counter[str] = Counter()
    for counts in all_counts:
        total.update(counts.by_name())
    return Counts(**total)


def send_digests(*, on: date, clock: Clock) -> Delivery:
    """Every reminder of the day that is due is with the mail server, or says why not and when it is tried again.

    At most once: a reminder is marked, and the mark committed, when the server is ready for its content. One that was
    under way when the process died, or whose answer was lost, is not sent again that day; the next day has its own.
    Nothing is sent in a transaction, so that a slow server holds up nobody. The clock is asked for each letter: a run
    can take long.
    """
    done, began_at = Delivery(), clock()
    _tidy(on=on, at=began_at, done=done)
    with Post() as post:
        while (digest := _claimed(on=on, due_at=began_at, at=clock())) is not None:
            state = _sent(digest, post=post, clock=clock, done=done)
            if done.is_server_away:
                _postpone_all(on=on, at=began_at)
                break
            if state is not None:
                done.ends[state] += 1
    with acting_as(SYSTEM_ACTOR):
        done.ends[State.WAITING] = Digest.objects.filter(day=on, state=State.WAITING).count()
    return done


def _tidy(*, on: date, at: datetime, done: Delivery) -> None:
    """What a dead process had begun to hand over may have arrived; what is of an earlier day is too late."""
    with acting_as(SYSTEM_ACTOR):
        begun = Digest.objects.filter(state=State.HANDING_OVER, begun_at__lt=at - GIVEN_UP_AFTER)
        unsure, lapsed = MOVES[State.HANDING_OVER, "lose"], MOVES[State.WAITING, "lapse"]
        done.ends[unsure] = begun.update(state=unsure, problem=Problem.LOST)
        done.ends[lapsed] = Digest.objects.filter(state=State.WAITING, day__lt=on).update(state=lapsed)
        Digest.objects.filter(day__lt=min(on, timezone.localdate(at)) - KEPT_FOR).delete()


def _claimed(*, on: date, due_at: datetime, at: datetime) -> Digest | None:
    """The next reminder that is due, ours for a while: a process that dies now leaves it to be tried again."""
    with acting_as(SYSTEM_ACTOR):
        due = Digest.objects.filter(state=State.WAITING, day=on, next_try_at__lte=due_at)
        digest: Digest | None = (
            due.select_for_update(of=("self",), skip_locked=True).order_by("next_try_at", "id").first()
        )
        if digest is not None:
            digest.attempts += 1
            digest.next_try_at = at + max(GIVEN_UP_AFTER, pause_after(digest.attempts))
            digest.save(update_fields=["attempts", "next_try_at"])
        return digest


def pause_after(attempts: int) -> timedelta:
    """How long until the next try: 5, 10, 20 … minutes, at most two hours."""
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


class _TakenOver(Exception):
    """Another process has this reminder now."""


def _sent(digest: Digest, *, post: Post, clock: Clock, done: Delivery) -> State | None:
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute("select email, language from reminders_address(%s::uuid)", [digest.pk])
        to = cursor.fetchone()
    if to is None:
        return _moved(digest, "call_off")
    letter = letter_for(digest=digest, to=to[0], language=to[1], at=clock())
    try:
        post.hand_over(letter, before_content=lambda: _begin(digest, at=clock()))
    except _TakenOver:
        return None
    except PerhapsSent:
        return _moved(digest, "lose", problem=Problem.LOST)
    except NotSent as failure:
        done.is_server_away = failure.problem in (Problem.NO_CONNECTION, Problem.LOGIN_REFUSED)
        return _failed(digest, failure=failure, at=clock())
    return _moved(digest, "finish", sent_at=clock(), problem="", reply_code=None)


def _begin(digest: Digest, *, at: datetime) -> None:
    """From here on the reminder may have been sent; only the process that claimed it last gets here."""
    with acting_as(SYSTEM_ACTOR):
        mine = Digest.objects.filter(pk=digest.pk, state=State.WAITING, attempts=digest.attempts)
        if not mine.update(state=MOVES[State.WAITING, "begin"], begun_at=at):
            raise _TakenOver
    digest.state = State.HANDING_OVER


def _failed(digest: Digest, *, failure: NotSent, at: datetime) -> State:
    about = {"problem": failure.problem, "reply_code": failure.reply_code}
    if failure.is_final:
        return _moved(digest, "refuse", **about)
    return _moved(digest, "postpone", next_try_at=at + pause_after(digest.attempts), **about)


def _moved(digest: Digest, move: str, **values: object) -> State:
    state = MOVES[State(digest.state), move]
    with acting_as(SYSTEM_ACTOR):
        # Only as we left it: a process that was held up must not send back what another has taken over.
        mine = Digest.objects.filter(pk=digest.pk, state=digest.state, attempts=digest.attempts)
        if mine.update(state=state, **values) and state == State.SENT:
            record_event(verb=Verb.REMINDER_SENT, subject=digest, detail={"attempts": digest.attempts})
    digest.state = state
    return state


def _postpone_all(*, on: date, at: datetime) -> None:
    """The server is away: all that waits says so, and is tried again when the first of them is."""
    with acting_as(SYSTEM_ACTOR):
        due = Digest.objects.filter(day=on, state=State.WAITING, next_try_at__lte=at)
        due.update(problem=Problem.NO_CONNECTION, next_try_at=at + FIRST_PAUSE)
