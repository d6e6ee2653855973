"""What a message says: one text a kind, in plain words, without names, places, health or schemes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from .enums import MessageKind

DAY = {"da": r"l \d\e\n j. F Y", "en": "l j F Y"}
MOMENT = {"da": r"l \d\e\n j. F Y \k\l. H.i", "en": r"l j F Y \a\t H:i"}
# A text message is one part up to 160 letters of GSM 03.38; NemSMS takes 150.
LONGEST_SMS = 150


@dataclass(frozen=True, kw_only=True)
class Words:
    """The subject, which tells nothing, and the sentences."""

    subject: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def words_for(
    *, kind: MessageKind, values: Mapping[str, str], language: str, is_protected: bool, municipality: str = ""
) -> Words:
    """What the message says in a language; somebody with a protected name or address is told that there is one."""
    with translation.override(language):
        sentence = _sentence(MessageKind.MESSAGE if is_protected else kind, values=values)
        subject = _("A message from %(municipality)s") % {"municipality": municipality or _("the municipality")}
        return Words(subject=subject, sentences=(sentence,))


def _sentence(kind: MessageKind, *, values: Mapping[str, str]) -> str:
    when = _when(values)
    if when and kind in _WITH_TIME:
        return str(_WITH_TIME[kind]()) % {"when": when}
    return str(_PLAIN[kind]())


def _when(values: Mapping[str, str]) -> str:
    language = "en" if (translation.get_language() or "da").startswith("en") else "da"
    if values.get("starts_at"):
        return format_date(timezone.localtime(datetime.fromisoformat(values["starts_at"])), MOMENT[language])
    if values.get("day"):
        return format_date(date.fromisoformat(values["day"]), DAY[language])
    return ""


_PLAIN = {
    MessageKind.MEETING_INVITED: lambda: _("You are invited to a meeting."),
    MessageKind.MEETING_REMINDER: lambda: _("Remember your meeting."),
    MessageKind.MEETING_CHANGED: lambda: _("Your meeting has been moved."),
    MessageKind.MEETING_CANCELLED: lambda: _("Your meeting has been called off."),
    MessageKind.TALK_ASKED: lambda: _("We would like to hear how it goes. It takes 2 minutes."),
    MessageKind.COURSE_SEAT: lambda: _("There is a seat for you at a course."),
    MessageKind.QUESTION_ANSWERED: lambda: _("There is an answer to your question."),
    MessageKind.HELP_ASKED: lambda: _("Somebody asks for your help."),
    MessageKind.TASK_DUE: lambda: _("There is something for you to do."),
    MessageKind.HANDOVER: lambda: _("There is a handover for you."),
    MessageKind.CASE_MOVED: lambda: _("You have a new contact person."),
    MessageKind.MESSAGE: lambda: _("You have a message."),
}
_WITH_TIME = {
    MessageKind.MEETING_INVITED: lambda: _("You are invited to a meeting %(when)s."),
    MessageKind.MEETING_REMINDER: lambda: _("Remember your meeting %(when)s."),
    MessageKind.MEETING_CHANGED: lambda: _("Your meeting has been moved. It is now %(when)s."),
    MessageKind.MEETING_CANCELLED: lambda: _("Your meeting %(when)s has been called off."),
    MessageKind.COURSE_SEAT: lambda: _("There is a seat for you at a course that starts %(when)s."),
    MessageKind.TASK_DUE: lambda: _("There is something for you to do by %(when)s."),
}


def short(words: Words, *, address: str, front: str) -> str:
    """The message as a text message: what there is to tell and where to read on, else only where to log in."""
    told = f"{words.text} {address}"
    return told if len(told) <= LONGEST_SMS else f"{words.text} {front}"
