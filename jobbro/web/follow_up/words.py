"""What the pages of follow-up say: questions, levels, signals as sentences, why something was refused."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.follow_up.enums import TalkParty
from jobbro.apps.follow_up.refusals import Refused
from jobbro.engines.follow_up import Signal, rules
from jobbro.engines.follow_up.signals import OVERALL
from jobbro.engines.support.catalogue import catalogue
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.labels import AREA_LABELS, LEVEL_SENTENCES, LEVEL_WORDS, Label
from jobbro.webkit.schemes.values import language, number_text

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

OVERALL_LABEL = gettext_lazy("All in all")
# Five sentences about the whole, from best to worst; the same five steps as in the dialogue.
OVERALL_SENTENCES: Mapping[TalkParty, Mapping[int, Label]] = {
    TalkParty.CITIZEN: {
        4: gettext_lazy("It goes really well"),
        3: gettext_lazy("It goes well, some things are a little hard"),
        2: gettext_lazy("It is hard"),
        1: gettext_lazy("It is very hard"),
        0: gettext_lazy("I cannot go on like this"),
    },
    TalkParty.EMPLOYER: {
        4: gettext_lazy("It goes really well"),
        3: gettext_lazy("It goes well, some things are a little hard"),
        2: gettext_lazy("It is hard"),
        1: gettext_lazy("It is very hard"),
        0: gettext_lazy("It cannot go on like this"),
    },
}
OVERALL_WORDS: Mapping[int, Label] = {
    4: gettext_lazy("really well"),
    3: gettext_lazy("well"),
    2: gettext_lazy("hard"),
    1: gettext_lazy("very hard"),
    0: gettext_lazy("cannot go on"),
}
# The employer tells of the task, never of the person.
TASK_SENTENCES: Mapping[int, Label] = {
    4: gettext_lazy("It goes without difficulty"),
    3: gettext_lazy("It is a little hard"),
    2: gettext_lazy("It is hard"),
    1: gettext_lazy("It is very hard"),
    0: gettext_lazy("It cannot be done yet"),
}
TASK_WORDS: Mapping[int, Label] = {
    4: gettext_lazy("without difficulty"),
    3: gettext_lazy("a little hard"),
    2: gettext_lazy("hard"),
    1: gettext_lazy("very hard"),
    0: gettext_lazy("not yet"),
}
WHO: Mapping[str, Label] = {
    TalkParty.CITIZEN: gettext_lazy("The citizen"),
    TalkParty.EMPLOYER: gettext_lazy("The workplace"),
}
LINK_WORDS: Mapping[str, Label] = {
    "used": gettext_lazy("The answers have been sent. The link has done its work and shows nothing any more."),
    "stopped": gettext_lazy("The link has been stopped. It shows nothing any more. The municipality has been told."),
    "replaced": gettext_lazy("There is a newer link. Use the newest message."),
    "expired": gettext_lazy("The link is too old. Nothing is lost: ring the municipality, or wait for the next one."),
    "over": gettext_lazy("There is nothing to answer here any more."),
}
NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")

REFUSALS: dict[str, "StrPromise"] = {
    "protected": gettext_lazy("Name and address are protected, so no link is sent. Ring and note the talk instead."),
    "no_contact": gettext_lazy("Nobody at the company has a login or an e-mail. Ring and note the talk instead."),
    "nothing": gettext_lazy("Answer at least one question. You may skip the rest."),
    "level": gettext_lazy("Choose one of the sentences."),
    "measure": gettext_lazy("Choose one of the answers."),
    "needed": gettext_lazy("Write what was done, in a few words."),
    "too_long": gettext_lazy("It is too long: at most %(most)s characters."),
    "cpr": gettext_lazy("There seems to be a CPR number in the text. Leave it out."),
    "overlap": gettext_lazy("Some of these days are in a sick leave already: %(period)s. Change that one instead."),
    "overlap_now": gettext_lazy("Somebody has just noted a sick leave on some of these days. Look at it first."),
    "days": gettext_lazy("The last day is before the first. Look at both."),
    "before_job": gettext_lazy("The job began %(day)s. Choose a day from then on."),
    "long_ago": gettext_lazy("That is more than a year ago. Look at the year once more."),
    "far": gettext_lazy("That is more than a year away. Look at the year once more."),
    "partial": gettext_lazy("Write both: from which day, and how many hours a week."),
    "partial_days": gettext_lazy("The day back for some hours lies within the sick leave. Look at the days."),
    "hours": gettext_lazy("Write hours a week as a number, more than 0 and at most %(most)s."),
    "steps": gettext_lazy(
        "Write the steps one after the other, with d for days and m for months, for example: 7d 1m 3m 6m 12m."
    ),
    "past": gettext_lazy("Choose today or a later day: talks that were due stay due."),
    "then_months": gettext_lazy("Write a whole number of months from %(least)s to %(most)s."),
    "answer_days": gettext_lazy("Write a whole number of working days from %(least)s to %(most)s."),
    "link_days": gettext_lazy("Write a whole number of days from %(least)s to %(most)s."),
}


def refusal_told(refusal: Refused) -> str:
    """Why it was refused, and what to do."""
    values = {name: spoken_date(day=one) if isinstance(one, date) else one for name, one in refusal.values.items()}
    if refusal.code == "overlap":
        values["period"] = period_told(refusal.values["from_on"], refusal.values["until_on"])
    return str(REFUSALS[refusal.code]) % values


def period_told(from_on: object, until_on: object) -> str:
    """“fra mandag den 2. marts 2026 til fredag den 6. marts 2026”, or from the first day on."""
    assert isinstance(from_on, date)
    first = spoken_date(day=from_on)
    if not isinstance(until_on, date):
        return _("from %(first)s on") % {"first": first}
    return _("from %(first)s to %(last)s") % {"first": first, "last": spoken_date(day=until_on)}


def level_words(party: TalkParty, area: str) -> dict[int, str]:
    """What the levels of an area are called for a party, in a word or two."""
    words: Mapping[int, Label]
    if area == OVERALL:
        words = OVERALL_WORDS
    else:
        words = TASK_WORDS if party == TalkParty.EMPLOYER else {level: LEVEL_WORDS[level] for level in LEVEL_SENTENCES}
    return {level: str(words[level]) for level in LEVEL_SENTENCES}


def level_sentences(party: TalkParty, area: str) -> list[tuple[int, Label]]:
    """The five sentences to choose from, the best first."""
    if area == OVERALL:
        sentences = OVERALL_SENTENCES[party]
    else:
        sentences = TASK_SENTENCES if party == TalkParty.EMPLOYER else LEVEL_SENTENCES
    return [(level, sentences[level]) for level in (4, 3, 2, 1, 0)]


def area_name(area: str) -> str:
    """An area, or the whole."""
    return str(OVERALL_LABEL if area == OVERALL else AREA_LABELS[area])


def measure_named(code: str) -> str:
    """A support by its name; one that has left the catalogue by its code."""
    entries = {entry.code: entry for entry in catalogue().entries}
    return entries[code].name.in_language(language()) if code in entries else code


def signal_told(signal: Signal, *, is_own: bool) -> str:
    """The signal as a sentence that names its reason."""
    rule = rules().by_code[signal.code]
    sentence = (rule.own if is_own and signal.party != "employer" else rule.told)[language()]
    return sentence.format(**_filled(signal), **_numbers(rule.numbers, taken=("days", "weeks")))


def _numbers(numbers: Mapping[str, int], *, taken: tuple[str, ...]) -> dict[str, int]:
    return {name: numbers[name] for name in taken if name in numbers}


def _filled(signal: Signal) -> dict[str, str]:
    return {
        "who": str(WHO[signal.party]) if signal.party else "",
        "area": area_name(signal.area).lower() if signal.area else "",
        "measure": measure_named(signal.measure) if signal.measure else "",
        "day": spoken_date(day=signal.day) if signal.day else "",
        "count": str(signal.count),
        "before": number_text(float(signal.before)) if signal.before is not None else "",
        "after": number_text(float(signal.after)) if signal.after is not None else "",
    }
