"""What the pages of applications say: what comes next, who does it, moves, and why something was refused."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobbro.engines.schemes.procedures import DecisionDeadline, Reference
from jobbro.engines.schemes.rules import Text
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.schemes.values import language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOVE_WORDS: dict[str, "StrPromise"] = {
    "finish": gettext_lazy("The application is finished"),
    "write_more": gettext_lazy("Write more"),
    "send": gettext_lazy("Send the application"),
    "acknowledge": gettext_lazy("Confirm receipt"),
    "ask_more": gettext_lazy("Ask for more"),
    "answer": gettext_lazy("The answer is sent"),
    "postpone": gettext_lazy("Set a later day"),
    "decide": gettext_lazy("Record the decision"),
    "complain": gettext_lazy("Complain"),
    "forward": gettext_lazy("Send on to Ankestyrelsen"),
    "withdraw": gettext_lazy("Take the application back"),
}
MOVE_TEXTS: dict[str, "StrPromise"] = {
    "send": gettext_lazy(
        "What you have written is kept as it is now. Afterwards it cannot be changed, but more can be added."
    ),
    "acknowledge": gettext_lazy("The deadline is counted from the day the application was received."),
    "ask_more": gettext_lazy(
        "The citizen can read what you write here. Ask for a reference or a date, never for an illness."
    ),
    "answer": gettext_lazy("Look at the documents first. Then the municipality can go on."),
    "postpone": gettext_lazy(
        "When the deadline cannot be kept, the citizen is told in writing with the reason and a new day."
    ),
    "decide": gettext_lazy(
        "Only what was decided, the days and the file number are kept. The reasons are in the letter."
    ),
    "complain": gettext_lazy("The municipality looks at the decision again before anybody else does."),
    "forward": gettext_lazy("When the municipality keeps its decision, the complaint goes to Ankestyrelsen."),
    "withdraw": gettext_lazy(
        "The application stays here to be read, but nobody works on it any more. You can apply again."
    ),
}
DONE_WORDS: dict[str, "StrPromise"] = {
    "finish": gettext_lazy("The application is finished. Now it can be sent."),
    "write_more": gettext_lazy("The application can be changed again."),
    "send": gettext_lazy("The application is sent. The municipality confirms when it has received it. Follow it here."),
    "acknowledge": gettext_lazy("The receipt is confirmed."),
    "ask_more": gettext_lazy("The citizen has been asked for more."),
    "answer": gettext_lazy("Thank you. The municipality goes on with it."),
    "postpone": gettext_lazy("The new day is set."),
    "complain": gettext_lazy("The complaint is noted. The municipality looks at the decision again."),
    "forward": gettext_lazy("It is noted that Ankestyrelsen has the complaint."),
    "withdraw": gettext_lazy("The application is taken back."),
}
VACANCY_WORDS: dict[str, "StrPromise"] = {
    "invite": gettext_lazy("The employer has invited to an interview"),
    "interview": gettext_lazy("The interview has been held"),
    "account": gettext_lazy("The employer has sent a written account"),
    "negotiate": gettext_lazy("We have negotiated with the employer"),
    "hire": gettext_lazy("The citizen is hired"),
    "refuse": gettext_lazy("The employer has refused with reasons"),
    "release": gettext_lazy("The post has been filled by somebody else"),
    "breach": gettext_lazy("The post was filled without interview or negotiation"),
    "withdraw": gettext_lazy("The citizen no longer applies for the post"),
    "opinion": gettext_lazy("Ankestyrelsen has been asked for an opinion"),
}
OWN_VACANCY_WORDS: dict[str, "StrPromise"] = {
    "invite": gettext_lazy("I have been invited to an interview"),
    "interview": gettext_lazy("I have been to the interview"),
    "hire": gettext_lazy("I have got the job"),
    "withdraw": gettext_lazy("I no longer want the post"),
    "opinion": gettext_lazy("I have asked Ankestyrelsen for an opinion"),
}
VACANCY_DAYS: dict[str, "StrPromise"] = {
    "noted_on": gettext_lazy("Applied for"),
    "invited_on": gettext_lazy("Invited to an interview"),
    "interviewed_on": gettext_lazy("Interview held"),
    "account_on": gettext_lazy("Written account received"),
    "negotiated_on": gettext_lazy("Negotiated"),
    "refused_on": gettext_lazy("Refused with reasons"),
}
STANDINGS: dict[str, "StrPromise"] = {
    "running": gettext_lazy("The quarter is not over yet"),
    "due": gettext_lazy("The money can be claimed now"),
    "lost": gettext_lazy("Too late to claim"),
    "sent": gettext_lazy("Claim sent, waits for payment"),
    "late": gettext_lazy("Not paid in time"),
    "paid": gettext_lazy("Paid"),
}
VERSION_WORDS: dict[str, "StrPromise"] = {
    "now": gettext_lazy("Holds today"),
    "ahead": gettext_lazy("Holds later"),
    "past": gettext_lazy("Has held"),
    "replaced": gettext_lazy("Was put right by the one above"),
}
MARKS: dict[str, "StrPromise"] = {
    "D": gettext_lazy("worked out from what was read"),
    "U": gettext_lazy("not confirmed yet"),
    "C": gettext_lazy("the sources disagree"),
}
REFUSALS: dict[str, "StrPromise"] = {
    "answers": gettext_lazy("Look at this answer once more."),
    "required": gettext_lazy("Something is still open. Write it before the application is sent."),
    "channel": gettext_lazy("Choose how the application is sent."),
    "day_ahead": gettext_lazy("The day has not come yet. Write the day it happened."),
    "day_before": gettext_lazy("The day is before the step that comes first. Look at the days once more."),
    "day_passed": gettext_lazy("The day has passed already. Choose a later one."),
    "later_day": gettext_lazy("Choose a day that is later than the one that was set."),
    "words": gettext_lazy("Write a few words."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "too_many": gettext_lazy("The list is full. Gather some of the documents in one line."),
    "document": gettext_lazy("Look at the list of documents once more."),
    "outcome": gettext_lazy("Choose what was decided."),
    "received_before": gettext_lazy("The citizen cannot get the decision before it is made. Look at the two days."),
    "period": gettext_lazy("The last day is before the first one. Look at the two days."),
    "from": gettext_lazy("Write from which day it was granted."),
    "hours": gettext_lazy("Write how many hours a week were granted, at most 60."),
    "working_hours": gettext_lazy("Write the working hours a week, at most 60."),
    "limit": gettext_lazy(
        "That is more than 20 of 37 hours. Tick the box when the decision says that it is granted beyond the limit."
    ),
    "rate": gettext_lazy("Write the rate in kroner an hour."),
    "terms": gettext_lazy("A refusal has no period, hours or rate. Empty those fields, or choose another outcome."),
    "title": gettext_lazy("Write what the post is called, in at most 120 characters."),
    "employer": gettext_lazy("Write the name of the employer, in at most 120 characters."),
    "employer_kind": gettext_lazy("Choose what kind of employer it is. Others are not bound by fortrinsadgang."),
    "route": gettext_lazy("Choose how the post was applied for."),
    "interview_first": gettext_lazy(
        "The interview comes first. The employer has to hold one for every post, also when they have met you before."
    ),
    "account_first": gettext_lazy(
        "The written account comes first. The employer sends it to the municipality, which then negotiates."
    ),
    "negotiate_first": gettext_lazy("The negotiation comes first. Only after it can the employer refuse with reasons."),
    "on_hold": gettext_lazy(
        "The post is on hold until municipality and employer have negotiated and the employer has given reasons."
    ),
    "receipt": gettext_lazy(
        "A receipt is not a negotiation. Both sides must have said what they think: at a meeting, by telephone or mail."
    ),
    "way": gettext_lazy("Choose how you negotiated."),
    "both_said": gettext_lazy("Write what was said. A negotiation has two sides."),
    "participants": gettext_lazy(
        "Write who took part: one from the employer and one from the municipality, a line each."
    ),
    "value": gettext_lazy("Write how long as a whole number: at most 730 days, 104 weeks or 24 months."),
    "unit": gettext_lazy("Choose days, weeks or months."),
    "until_before": gettext_lazy("The last day is before the first one. Look at the two days."),
    "source": gettext_lazy("Write in a line, at most 200 characters, where the deadline is decided or published."),
    "url": gettext_lazy("Write the whole address, for example https://www.kommune.dk/frister, or leave it empty."),
    "same": gettext_lazy("That is what is set already. Change something, or go back."),
    "hours_number": gettext_lazy("Write the hours as a number from 0 to 1,000."),
    "hours_allowed": gettext_lazy(
        "That is more hours than were granted for the quarter. Look at the number once more."
    ),
    "quarter_runs": gettext_lazy("The quarter is not over on that day. Claim when it is."),
    "too_long_reference": gettext_lazy("A reference has at most 60 characters."),
}
NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")
CLAIM_WORDS: dict[str, "StrPromise"] = {
    "enter": gettext_lazy("Enter the hours"),
    "send": gettext_lazy("The claim is sent"),
    "return": gettext_lazy("The claim came back"),
    "pay": gettext_lazy("The money is paid"),
}


def said(text: Text) -> str:
    """A text of the content in the language of the page."""
    return text.in_language(language())


def number_words(value: Decimal | int | None) -> str:
    """A number as people write it, without needless zeros."""
    if value is None:
        return ""
    plain = value.normalize() if isinstance(value, Decimal) else value
    return str(number_format(format(Decimal(plain), "f"), use_l10n=True))


def deadline_words(deadline: DecisionDeadline) -> str:
    """“4 weeks”."""
    count = deadline.value
    words = {
        "days": ngettext("%(count)s day", "%(count)s days", count),
        "weeks": ngettext("%(count)s week", "%(count)s weeks", count),
        "months": ngettext("%(count)s month", "%(count)s months", count),
    }
    return words[deadline.unit] % {"count": count}


def source_words(reference: Reference) -> str:
    """The source in a line: what it is, when it was read, and how sure it is when that is not plain."""
    day = spoken_date(day=reference.checked_on)
    told = _("%(title)s, looked up %(day)s") % {"title": reference.title, "day": day}
    return f"{told} ({MARKS[reference.mark]})" if reference.mark in MARKS else told
