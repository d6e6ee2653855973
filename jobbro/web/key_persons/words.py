"""What the pages of key persons say: why something was refused, how long an answer takes, what goes along."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobbro.apps.key_persons.enums import ContextKind
from jobbro.apps.key_persons.refusals import Refused
from jobbro.apps.key_persons.services.questions import ContextItem
from jobbro.apps.key_persons.working import MINUTES_A_DAY
from jobbro.engines.schemes.loading import load_package
from jobbro.kernel.vocabulary import SCHEMES
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.labels import DEMAND_WORDS, area_label
from jobbro.webkit.schemes import language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")
REFUSALS: dict[str, "StrPromise"] = {
    "words": gettext_lazy("Write a few words."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. A question holds nobody's number: take it out."),
    "born": gettext_lazy("That looks like somebody's day of birth. It is not needed for the answer: take it out."),
    "birth_day": gettext_lazy(
        "That looks like somebody's day of birth. Take it out; if it is the day of an act, write “lov” or"
        " “bekendtgørelse” before it."
    ),
    "place": gettext_lazy("Choose one of the places where you work."),
    "nobody": gettext_lazy(
        "Nobody stands in the register of your unit yet. Ask your team lead; meanwhile look in the knowledge."
    ),
    "context": gettext_lazy("Choose among what the page lends. Look at the list once more."),
    "subjects": gettext_lazy("Choose among what is in the list."),
    "invited": gettext_lazy(
        "You cannot let that colleague into the team around the citizen. The team around the citizen and its lead can."
    ),
    "until": gettext_lazy("Choose a day from today on, at most 90 days ahead."),
    "days": gettext_lazy("Write a number of working days from 1 to 20."),
    "model_today": gettext_lazy("A choice holds for a day at least. Change it tomorrow."),
    "person": gettext_lazy("Choose somebody who works in the unit. A key person has the role of key person."),
    "team": gettext_lazy("Choose a team of the unit: a resource person is one in a team."),
    "twice": gettext_lazy("They stand in the register of this unit already. Change what stands there."),
    "hours": gettext_lazy("Write a number of hours a week, at most 40."),
    "order": gettext_lazy("The last day is before the first. Look at the days once more."),
    "past": gettext_lazy("The last day has passed. Choose a day from today on."),
    "long": gettext_lazy("That is more than a year. Look at the year once more."),
    "cover": gettext_lazy("Choose somebody else in the register of the unit."),
    "away_twice": gettext_lazy("They are noted as away on some of these days already."),
    "municipality": gettext_lazy("Choose one of your municipalities."),
    "address": gettext_lazy("An address begins with https://. Look at it once more, or leave it empty."),
    "check_on": gettext_lazy("Choose a day after today, at most three years ahead."),
    "valid_until": gettext_lazy("The day has passed. Choose a day from today on, or leave it empty."),
}
DAY_WORDS: dict[str, "StrPromise"] = {"decide_by": gettext_lazy("To be decided by")}


def refusal_told(refusal: Refused) -> str:
    """What to put right."""
    if refusal.code == "name":
        return _(
            "The word “%(word)s” is part of the citizen's name. The key person does not need the name: take it out, or"
            " write it differently if it means something else here."
        ) % {"word": refusal.word}
    return str(REFUSALS[refusal.code])


def time_told(minutes: float | None) -> str:
    """Within how long an answer usually comes; nothing when too few are known."""
    if minutes is None:
        return ""
    if minutes <= MINUTES_A_DAY / 2:
        hours = max(1, -(-int(minutes) // 60))
        return ngettext("within %(number)s working hour", "within %(number)s working hours", hours) % {"number": hours}
    days = max(1, -(-int(minutes) // MINUTES_A_DAY))
    return ngettext("within %(number)s working day", "within %(number)s working days", days) % {"number": days}


def scheme_name(code: str) -> str:
    """What the scheme is called."""
    found = load_package().schemes.get(code)
    return found.title.in_language(language()) if found else code


def scheme_choices() -> list[tuple[str, str]]:
    """The schemes in the order of the vocabulary."""
    return [(code, scheme_name(code)) for code in SCHEMES]


def item_told(item: ContextItem) -> str:
    """One thing that goes along, in words."""
    if item.kind == ContextKind.SCHEME:
        return scheme_name(item.code)
    if item.kind == ContextKind.DAY:
        return f"{DAY_WORDS.get(item.code, item.code)}: {spoken_date(day=item.on)}" if item.on else ""
    if item.kind == ContextKind.DEMAND and item.level is not None:
        asks = _("the work asks %(level)s") % {"level": DEMAND_WORDS[item.level]}
        return f"{area_label(item.code)} ({asks})"
    return str(area_label(item.code))
