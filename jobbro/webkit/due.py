"""What comes next in applications, claims and posts, as every page says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.applications.due import Due
from jobbro.apps.applications.enums import Outcome, State
from jobbro.apps.applications.facts import procedure_of
from jobbro.apps.applications.selectors import ApplicationRow, DueRow
from jobbro.webkit.schemes.values import language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DUE_WORDS: dict[str, "StrPromise"] = {
    "write": gettext_lazy("Write the application"),
    "send": gettext_lazy("Send the application"),
    "acknowledge": gettext_lazy("Confirm that the application has been received"),
    "decide": gettext_lazy("Decide the application"),
    "answer": gettext_lazy("Send what was asked for"),
    "complain": gettext_lazy("Last day to complain"),
    "reconsider": gettext_lazy("Look at the decision again"),
    "appeal": gettext_lazy("Decide the complaint"),
    "grant_ends": gettext_lazy("The grant ends: look at whether it is to go on"),
    "claim": gettext_lazy("Claim the money for %(quarter)s"),
    "pay": gettext_lazy("Pay the money for %(quarter)s"),
    "invite": gettext_lazy("Invite to an interview"),
    "interview": gettext_lazy("Hold the interview"),
    "account": gettext_lazy("Hire, or send a written account to the municipality"),
    "negotiate": gettext_lazy("Negotiate with the employer"),
    "reasons": gettext_lazy("Hire, or refuse with reasons"),
    "release": gettext_lazy("Fill the post"),
    "opinion": gettext_lazy("Last day to ask Ankestyrelsen for an opinion"),
}
WHO_WORDS: dict[str, "StrPromise"] = {
    "citizen": gettext_lazy("The citizen"),
    "municipality": gettext_lazy("The municipality"),
    "employer": gettext_lazy("The employer"),
    "appeals_board": gettext_lazy("Ankestyrelsen"),
    "education": gettext_lazy("The place of education"),
    "home_municipality": gettext_lazy("The municipality where the citizen lives"),
    "mentor": gettext_lazy("The mentor"),
    "nobody": gettext_lazy("Nobody: the benefit goes on"),
}
OWN_WHO_WORDS: dict[str, "StrPromise"] = {
    "citizen": gettext_lazy("You yourself"),
    "home_municipality": gettext_lazy("The municipality where you live"),
    "nobody": gettext_lazy("Nobody: your benefit goes on"),
}


@dataclass(frozen=True, kw_only=True)
class DueWords:
    """What comes next, in words."""

    text: str
    who: str
    on: date | None
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """An application in a list, in words."""

    row: ApplicationRow
    title: str
    state: str
    due: tuple[DueWords, ...]


@dataclass(frozen=True, kw_only=True)
class DeadlineLine:
    """What waits for somebody, in words."""

    row: DueRow
    title: str
    text: str
    who: str


def due_words(due: Due) -> str:
    """What comes next, in words."""
    return str(DUE_WORDS[due.code]) % {"quarter": quarter_words(due.about)} if due.about else str(DUE_WORDS[due.code])


def quarter_words(code: str) -> str:
    """“3. kvartal 2026”."""
    year, _dash, number = code.partition("-")
    return _("quarter %(number)s of %(year)s") % {"number": number, "year": year}


def who_words(who: str, *, is_own: bool) -> str:
    """Who does it: “you” to the citizen."""
    return str(OWN_WHO_WORDS[who]) if is_own and who in OWN_WHO_WORDS else str(WHO_WORDS[who])


def scheme_title(scheme: str) -> str:
    """The scheme as people call it."""
    procedure = procedure_of(scheme)
    return procedure.title.in_language(language()) if procedure else scheme


def state_words(state: str, *, outcome: str) -> str:
    """Where it stands; what was decided, when it was."""
    return str(Outcome(outcome).label) if state == State.DECIDED and outcome else str(State(state).label)


def dues_shown(dues: Iterable[Due], *, is_own: bool, on: date) -> tuple[DueWords, ...]:
    """What comes next, in words, with what has passed."""
    return tuple(
        DueWords(text=due_words(due), who=who_words(due.who, is_own=is_own), on=due.on, is_late=due.is_late(on))
        for due in dues
    )


def line_shown(row: ApplicationRow, *, is_own: bool, on: date) -> Line:
    """An application of a list, in words."""
    return Line(
        row=row,
        title=scheme_title(row.scheme),
        state=state_words(row.state, outcome=row.outcome),
        due=dues_shown(row.due, is_own=is_own, on=on),
    )


def deadline_shown(row: DueRow) -> DeadlineLine:
    """A line of the deadlines, in words."""
    return DeadlineLine(
        row=row,
        title=scheme_title(row.scheme) if row.scheme else _("Post with fortrinsadgang"),
        text=due_words(row.due),
        who=who_words(row.due.who, is_own=False),
    )
