"""What of meetings needs doing: today's, those without an answer, interpreters that are lacking, whom to phone."""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, TruncDate

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.outbox.enums import BY_HAND
from jobbro.apps.outbox.enums import State as MessageState
from jobbro.apps.outbox.models import Message

from .enums import Answer, HelpState, Party, State
from .models import Meeting, MeetingHelp, MeetingParticipant

# So long before a meeting the answer and the interpreter should be there.
ANSWER_WITHIN, HELP_WITHIN = timedelta(days=7), timedelta(days=14)


def needs_doing(*, actor: Actor, on: date) -> tuple["QuerySet[Any]", ...]:
    """`meeting_today`, `meeting_to_write_up`, `meeting_unanswered`, `meeting_declined`, `interpreter_missing`,
    `message_by_hand`."""
    planned = Meeting.objects.visible_to(actor).filter(state=State.PLANNED)
    seats = MeetingParticipant.objects.visible_to(actor).filter(
        meeting__state=State.PLANNED, left_at__isnull=True, party=Party.CITIZEN, meeting__starts_at__date__gte=on
    )
    soon = seats.filter(answer=Answer.NONE, meeting__starts_at__date__lte=on + ANSWER_WITHIN)
    helps = MeetingHelp.objects.visible_to(actor).filter(
        is_wanted=True,
        state__in=(HelpState.ASKED, HelpState.NOT_FOUND),
        meeting__state=State.PLANNED,
        meeting__starts_at__date__gte=on,
        meeting__starts_at__date__lte=on + HELP_WITHIN,
    )
    by_hand = Message.objects.visible_to(actor).filter(
        citizen__isnull=False, state=MessageState.WAITING, way__in=BY_HAND
    )
    made_by, their_day = F("meeting__made_by_id"), TruncDate("meeting__starts_at")
    return (
        _needs(planned.filter(starts_at__date=on), "meeting_today", day=TruncDate("starts_at"), who=F("made_by_id")),
        _needs(
            planned.filter(starts_at__date__lt=on),
            "meeting_to_write_up",
            day=TruncDate("starts_at"),
            who=F("made_by_id"),
        ),
        _needs(soon, "meeting_unanswered", "citizen", day=their_day, subject=F("meeting_id")),
        _needs(
            seats.filter(answer__in=(Answer.NO, Answer.OTHER_TIME)),
            "meeting_declined",
            day=their_day,
            who=made_by,
            subject=F("meeting_id"),
        ),
        _needs(helps, "interpreter_missing", day=their_day, who=made_by, subject=F("meeting_id")),
        _needs(by_hand, "message_by_hand", day=TruncDate("send_at")),
    )


def _needs(
    rows: "QuerySet[Any]", need: str, waits_on: str = "us", *, day: Any, who: Any = None, subject: Any = None
) -> "QuerySet[Any]":
    """The six columns in their order, unnamed: seats and messages have a column `user_id` of their own."""
    return rows.values_list(
        "citizen_id",
        Value(need),
        Value(waits_on),
        Cast(day, DateField()),
        Cast(Value(None), UUIDField()) if who is None else who,
        subject if subject is not None else F("pk"),
    )
