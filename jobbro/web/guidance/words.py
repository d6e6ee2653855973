"""What the pages of guidance say: outcomes, reasons, values, amounts and marks in plain sentences."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jobbro.engines.schemes.amounts import AmountAnswer
from jobbro.engines.schemes.explaining import SchemeAnswer, Traced
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.rules import FactDefinition, Leaf, Package, Text
from jobbro.webkit.dates import spoken_date

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_PARAMETER = re.compile(r"\{p\.(\w+)\}")
_USED = re.compile(r"\bp\.(\w+)")

UNITS: dict[str, "StrPromise"] = {
    "kr": gettext_lazy("%(number)s kr."),
    "hours": gettext_lazy("%(number)s hours"),
    "days": gettext_lazy("%(number)s days"),
    "weeks": gettext_lazy("%(number)s weeks"),
    "months": gettext_lazy("%(number)s months"),
    "years": gettext_lazy("%(number)s years"),
    "persons": gettext_lazy("%(number)s persons"),
    "percent": gettext_lazy("%(number)s percent"),
}
PER: dict[str, "StrPromise"] = {
    "hour": gettext_lazy("an hour"),
    "day": gettext_lazy("a day"),
    "week": gettext_lazy("a week"),
    "month": gettext_lazy("a month"),
    "year": gettext_lazy("a year"),
    "km": gettext_lazy("a kilometre"),
    "person": gettext_lazy("a person"),
}
MARKS: dict[str, "StrPromise"] = {
    "V": gettext_lazy("read in the source"),
    "D": gettext_lazy("worked out from what was read"),
    "U": gettext_lazy("not confirmed yet"),
    "C": gettext_lazy("the sources disagree"),
}
ANSWERS: dict[str, "StrPromise"] = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "unknown": gettext_lazy("Not known yet"),
}
JOINS: dict[str, "StrPromise"] = {
    "all": gettext_lazy("All of these have to hold:"),
    "any": gettext_lazy("At least one of these has to hold:"),
    "none": gettext_lazy("None of these may hold:"),
}
DECIDERS: dict[str, "StrPromise"] = {
    "home_municipality": gettext_lazy("The municipality where you live decides."),
    "municipality": gettext_lazy("The municipality decides."),
    "employer": gettext_lazy("The employer decides, after a talk with you."),
    "education": gettext_lazy("The place of education decides."),
}
TOPICS: dict[str, "StrPromise"] = {
    "person": gettext_lazy("You and where you live"),
    "health": gettext_lazy("Health"),
    "education": gettext_lazy("Education"),
    "job": gettext_lazy("The job"),
    "employer": gettext_lazy("The employer"),
    "benefit": gettext_lazy("Income"),
    "agreement": gettext_lazy("Sickness and agreements"),
    "support": gettext_lazy("The support"),
}
ORIGINS: dict[str, "StrPromise"] = {
    "cpr": gettext_lazy("from the CPR number"),
    "municipality": gettext_lazy("because the course is in this municipality"),
    "benefit": gettext_lazy("from the benefit in the file"),
    "topic:hours": gettext_lazy("from the dialogue, as a wish"),
}
REFUSALS: dict[str, "StrPromise"] = {
    "unknown_code": gettext_lazy("The rules do not ask about this any more. Go back to the list."),
    "wrong_type": gettext_lazy("We could not read the answer. Look at it once more."),
    "not_a_choice": gettext_lazy("Choose one of the answers in the list."),
    "not_finite": gettext_lazy("Write the number with digits, for example 12 or 12.5."),
    "too_many_decimals": gettext_lazy("Write at most two decimals."),
    "in_the_future": gettext_lazy("The day has not come yet. Write a day up to today."),
    "observed_in_future": gettext_lazy("The day has not come yet. Write a day up to today."),
    "note": gettext_lazy("Write in a sentence or two what the assessment rests on."),
    "too_long": gettext_lazy("The text is too long. There is room for 4,000 characters."),
    "source": gettext_lazy("Choose where you know it from."),
}


def language() -> str:
    """The language of the page, as content has it."""
    return "en" if (get_language() or "da").startswith("en") else "da"


def said(text: Text) -> str:
    """A text of the rules in the language of the page."""
    return text.in_language(language())


def filled(text: Text, *, package: Package, on: date) -> str:
    """The text with the values of the law that hold on the day written into it."""

    def value(found: re.Match[str]) -> str:
        held = package.parameters[found[1]].in_force(on) if found[1] in package.parameters else None
        return "…" if held is None or held.value is None else spoken_number(held.value)

    return _PARAMETER.sub(value, said(text))


def spoken_number(number: float) -> str:
    """A number as people write it: 6.340,32, without decimals where there are none."""
    whole = float(number).is_integer()
    return number_format(number, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=abs(number) >= 1000)


def spoken_quantity(number: float, *, unit: str) -> str:
    """A number with its unit: 20 timer om ugen."""
    head, *below = unit.split("_per_") if unit else [""]
    words = str(UNITS[head]) % {"number": spoken_number(number)} if head in UNITS else spoken_number(number)
    return " ".join([words, *(str(PER[word]) for word in below if word in PER)])


def spoken_value(fact: FactDefinition, value: Value) -> str:
    """What was answered, in words."""
    if value is None:
        return _("Nobody knows")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return spoken_date(day=value)
    if isinstance(value, int | float):
        return spoken_quantity(value, unit=fact.unit)
    return next((said(choice.text) for choice in fact.choices if choice.code == value), str(value))


def capitalised(text: str) -> str:
    """The text with a capital letter first; the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(parts: Iterable[str]) -> str:
    """“a, b og c”."""
    all_parts = list(parts)
    if len(all_parts) < 2:
        return "".join(all_parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(all_parts[:-1]), "last": all_parts[-1]}


def labels_of(codes: Iterable[str], *, package: Package) -> list[str]:
    """What the facts are called."""
    return [said(package.facts[code].label) for code in codes]


@dataclass(frozen=True, kw_only=True)
class ReasonLine:
    """One line of the tree of reasons: a condition with its answer, or a heading over those below it."""

    text: str
    answer: str
    tone: str
    paragraph: str
    mark: str
    note: str
    is_judgement: bool
    lines: tuple["ReasonLine", ...]


TONES = {"yes": "is-blue", "no": "", "unknown": "is-amber"}


def reason_tree(traced: Traced, *, answer: SchemeAnswer) -> ReasonLine:
    """The conditions of a scheme, each with its answer, paragraph and mark."""
    node = traced.node
    if isinstance(node, Leaf):
        return ReasonLine(
            text=capitalised(filled(node.text, package=answer.package, on=answer.on)),
            answer=str(ANSWERS[traced.outcome]),
            tone=TONES[traced.outcome],
            paragraph=node.source.paragraph,
            mark=str(MARKS[node.source.mark]) if node.source.mark in "UC" else "",
            note=said(node.note) if node.note else "",
            is_judgement=node.is_judgement,
            lines=(),
        )
    return ReasonLine(
        text=capitalised(said(node.text)) if node.text else str(JOINS[node.join]),
        answer="",
        tone="",
        paragraph="",
        mark="",
        note="",
        is_judgement=False,
        lines=tuple(reason_tree(child, answer=answer) for child in traced.children),
    )


def refusing_reasons(traced: Traced, *, answer: SchemeAnswer) -> list[str]:
    """Why a scheme does not fit, each reason a clause that follows “because”."""
    node = traced.node
    if isinstance(node, Leaf):
        text = filled(node.text, package=answer.package, on=answer.on)
        return [text if traced.verdict else _("it is required that %(condition)s") % {"condition": text}]
    if node.join == "none":
        return [reason for child in traced.children if child.verdict for reason in _holding(child, answer=answer)]
    failing = [child for child in traced.children if child.verdict is False]
    if node.join == "any":
        clauses = [" ".join(_plain(child, answer=answer)) for child in failing]
        either = _(", or that ").join(clauses)
        return [_("it is required that %(condition)s") % {"condition": either}]
    return [reason for child in failing for reason in refusing_reasons(child, answer=answer)]


def _holding(traced: Traced, *, answer: SchemeAnswer) -> list[str]:
    """The conditions that hold under a node that holds."""
    if isinstance(traced.node, Leaf):
        return [filled(traced.node.text, package=answer.package, on=answer.on)]
    return [text for child in traced.children if child.verdict for text in _holding(child, answer=answer)]


def _plain(traced: Traced, *, answer: SchemeAnswer) -> list[str]:
    """The first failing condition under a node, without the words of a requirement."""
    if isinstance(traced.node, Leaf):
        return [filled(traced.node.text, package=answer.package, on=answer.on)]
    if traced.node.text:
        return [said(traced.node.text)]
    failing = [child for child in traced.children if child.verdict is False] or list(traced.children)
    return _plain(failing[0], answer=answer)


def remaining_conditions(traced: Traced, *, answer: SchemeAnswer) -> list[str]:
    """The conditions of an open answer that are not settled."""
    if isinstance(traced.node, Leaf):
        return [filled(traced.node.text, package=answer.package, on=answer.on)] if traced.verdict is None else []
    return [
        text
        for child in traced.children
        if child.verdict is None
        for text in remaining_conditions(child, answer=answer)
    ]


@dataclass(frozen=True, kw_only=True)
class AmountLine:
    """What a scheme gives, or why it cannot be said."""

    title: str
    value: str
    paragraph: str


def amount_line(found: AmountAnswer, *, answer: SchemeAnswer) -> AmountLine:
    """The amount in words: a number, from–to, or that a rate is not known for the year."""
    amount = found.amount
    if found.low is None or found.high is None:
        value = _missing_rate(amount.written, answer=answer)
    elif found.is_known:
        value = spoken_quantity(found.low, unit=amount.unit)
    else:
        value = _("from %(low)s to %(high)s, depending on what we do not know yet") % {
            "low": spoken_number(found.low),
            "high": spoken_quantity(found.high, unit=amount.unit),
        }
    return AmountLine(title=capitalised(said(amount.title)), value=value, paragraph=amount.paragraph)


def _missing_rate(written: str, *, answer: SchemeAnswer) -> str:
    for code in _USED.findall(written):
        parameter = answer.package.parameters.get(code)
        if parameter is None:
            continue
        held = parameter.in_force(answer.on)
        if held is not None and (held.value is not None or held.steps):
            continue
        last = parameter.last_known(answer.on)
        if last is None or last.value is None:
            return _("The rate has not been found, so we give no amount.")
        return _(
            "No rate has been found for %(year)s, so we give no amount. The newest we know is from %(last)s: %(value)s."
        ) % {
            "year": answer.on.year,
            "last": last.starts.year,
            "value": spoken_quantity(last.value, unit=parameter.unit),
        }
    return _("It cannot be worked out with what we know now.")


def period_words(answer: SchemeAnswer) -> str:
    """Until when the answer is the same, with what is known today."""
    period = answer.period
    if period.until is None:
        return ""
    return _("With what we know now the answer is the same up to and including %(day)s.") % {
        "day": spoken_date(day=period.until)
    }
