"""The words of mini-teams: subjects, reasons as sentences, refusals."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobbro.apps.teams.enums import CompetenceKind, CoverReason, HandoverItem, Language, Trade
from jobbro.apps.teams.selectors.routing import ColleagueLine, RoutingLine
from jobbro.apps.teams.subjects import MUNICIPALITY, POSTCODE, codes_of
from jobbro.engines.routing.records import Reason, Subject
from jobbro.engines.schemes.loading import load_package
from jobbro.kernel.postcodes import town_of
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.labels import GROUP_LABELS, area_label
from jobbro.webkit.schemes.values import language, week_hours

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Label = str | Promise

NOT_NOW = gettext_lazy("Somebody else has done this meanwhile. The page shows how it stands now.")
CHANGED = gettext_lazy("The proposal has changed since you opened the page. Look at it once more before you choose.")
REFUSALS: dict[str, "StrPromise"] = {
    "order": gettext_lazy("The last day lies before the first day."),
    "past": gettext_lazy("The last day has passed. Write days that are still to come."),
    "back_past": gettext_lazy("Choose today or a later day."),
    "back_late": gettext_lazy("The absence ends before that day. Choose an earlier day."),
    "self_cover": gettext_lazy("Choose a colleague: nobody stands in for themselves."),
    "not_here": gettext_lazy("This colleague does not work with citizens here today. Choose somebody else."),
    "no_team": gettext_lazy("This colleague is in no mini-team. Choose somebody else."),
    "away": gettext_lazy("This colleague is away. Choose somebody who is here."),
    "why_short": gettext_lazy("Write in a few words why somebody else than proposed should help."),
    "same": gettext_lazy("A pair is two different people."),
    "not_in_team": gettext_lazy("This colleague is not in the mini-team today."),
    "in_pair": gettext_lazy("This colleague is in a pair already. End that pair first."),
    "is_lead": gettext_lazy("This colleague is the contact person today."),
    "empty": gettext_lazy("Write something here."),
    "open_items": gettext_lazy("Tell something to every point of the list before you finish."),
    "unknown_subject": gettext_lazy("Choose a subject from the list, or write a postcode that exists."),
    "hours": gettext_lazy("Write between 1 and 37 hours a week."),
    "told_today": gettext_lazy("The hours were changed today already. Change them again tomorrow."),
    "names_somebody": gettext_lazy(
        "There is something like a CPR number, a telephone number or an e-mail address in the text. Take it out: a note"
        " says what you learnt, and nothing about a person."
    ),
}
HINTS: dict[str, "StrPromise"] = {
    HandoverItem.AGREED: gettext_lazy("What the citizen and you have agreed, and what is written in the plan."),
    HandoverItem.NEXT_STEP: gettext_lazy("What comes next, on which day, and who does it."),
    HandoverItem.PROMISES: gettext_lazy("What an employer counts on. Write “none” when nothing is promised."),
    HandoverItem.TOLD: gettext_lazy("What you have told the citizen about the change, and how they took it."),
    HandoverItem.RINGS: gettext_lazy("Who gets in touch with the citizen first, how, and on which day."),
}


def subject_label(kind: str, code: str) -> str:
    """“Høre”, “Sanserne”, “personlig assistance”, “dansk tegnsprog”, “8000 Aarhus C”, “køkken og kantine”."""
    if kind == CompetenceKind.AREA:
        return area_label(code)
    if kind == CompetenceKind.AREA_GROUP:
        return str(GROUP_LABELS[code])
    if kind == CompetenceKind.SCHEME:
        found = load_package().schemes.get(code)
        return found.title.in_language(language()) if found else code
    if kind == CompetenceKind.LANGUAGE:
        return str(Language(code).label)
    if kind == CompetenceKind.TRADE:
        return str(Trade(code).label)
    return _place(code)


def _place(code: str) -> str:
    if code.startswith(POSTCODE):
        postcode = code.removeprefix(POSTCODE)
        return f"{postcode} {town_of(postcode)}"
    return code.removeprefix(MUNICIPALITY)


def place_label(code: str, *, municipalities: Iterable[tuple[str, str]]) -> str:
    """The place, a municipality by its name."""
    names = dict(municipalities)
    if code.startswith(MUNICIPALITY):
        return names.get(code.removeprefix(MUNICIPALITY), _("Another municipality"))
    return _place(code)


def subject_choices(*, municipalities: Iterable[tuple[str, str]] = ()) -> list[tuple[str, list[tuple[str, str]]]]:
    """All subjects by kind, as a list to choose from: values are `kind|code`."""
    groups = [
        (str(kind.label), [(f"{kind.value}|{code}", subject_label(kind, code)) for code in codes_of(kind)])
        for kind in CompetenceKind
        if codes_of(kind)
    ]
    places = [(f"place|{MUNICIPALITY}{code}", name) for code, name in municipalities]
    return [*groups, (str(CompetenceKind.PLACE.label), places)] if places else groups


def reason_told(reason: Reason, *, name: str) -> str:
    """One reason as a sentence."""
    if reason.subject is None:
        return _("%(name)s knows the citizen already.") % {"name": name}
    return _SENTENCES[reason.code, reason.subject.kind] % {"name": name, "subject": _subject_told(reason.subject)}


def _subject_told(subject: Subject) -> str:
    label = subject_label(subject.kind, subject.code)
    return label if subject.kind in ("place", "language", "scheme") else f"“{label}”"


_SENTENCES: dict[tuple[str, str], "StrPromise"] = {
    ("knows", "area"): gettext_lazy("%(name)s knows about %(subject)s, which is hard for the citizen."),
    ("knows_group", "area"): gettext_lazy("%(name)s knows the field that %(subject)s belongs to."),
    ("knows_not", "area"): gettext_lazy("Nobody has told that %(name)s knows about %(subject)s."),
    ("knows", "language"): gettext_lazy("%(name)s speaks the citizen's language: %(subject)s."),
    ("knows_not", "language"): gettext_lazy("Book an interpreter for %(subject)s: %(name)s has not told the language."),
    ("knows", "place"): gettext_lazy("%(name)s knows the place: %(subject)s."),
    ("knows_not", "place"): gettext_lazy("Nobody has told that %(name)s knows %(subject)s."),
    ("knows", "scheme"): gettext_lazy("%(name)s knows %(subject)s."),
    ("knows_not", "scheme"): gettext_lazy("Nobody has told that %(name)s knows %(subject)s."),
    ("knows", "trade"): gettext_lazy("%(name)s knows employers in %(subject)s."),
    ("knows_not", "trade"): gettext_lazy("Nobody has told that %(name)s knows employers in %(subject)s."),
}


def reasons_told(line: RoutingLine) -> list[str]:
    """Why this colleague is proposed, what it says about load, and what nobody knows yet."""
    if line.proposed is None:
        return [_("Nobody who is here today serves the citizen's municipality. Choose somebody together.")]
    told = [reason_told(reason, name=line.proposed.name) for reason in line.reasons]
    told.append(load_told(line.proposed))
    if not line.has_profile:
        told.append(_("The needs are not agreed yet, so the proposal rests on load, place and language."))
    if line.unread_language:
        told.append(
            _("An interpreter is written as “%(words)s”. It is not a language on our list, so it did not count.")
            % {"words": line.unread_language}
        )
    return told


def load_told(one: ColleagueLine) -> str:
    """“Ali Demir hjælper 12 borgere i dag og arbejder 30 timer om ugen.”"""
    text = ngettext(
        "%(name)s helps %(number)s citizen today and works %(hours)s.",
        "%(name)s helps %(number)s citizens today and works %(hours)s.",
        one.load,
    )
    return text % {"name": one.name, "number": one.load, "hours": week_hours(one.hours)}


def colleague_choice(one: ColleagueLine) -> str:
    """A colleague in a list: name, mini-team, how many citizens, and whether they are away."""
    citizens = ngettext("%(number)s citizen", "%(number)s citizens", one.load) % {"number": one.load}
    parts = [", ".join(one.teams), citizens, week_hours(one.hours)]
    if one.is_away and one.away_until:
        parts.append(_("away until %(day)s") % {"day": spoken_date(day=one.away_until)})
    elif one.is_away:
        parts.append(_("away"))
    return f"{one.name} – {', '.join(part for part in parts if part)}"


COVER_WORDS: dict[str, "StrPromise"] = {reason.value: reason.label for reason in CoverReason}
