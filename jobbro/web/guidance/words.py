"""What the pages of guidance say: outcomes, reasons, values, amounts and marks in plain sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.engines.schemes.changing import Wanted
from jobbro.engines.schemes.explaining import SchemeAnswer, Traced
from jobbro.engines.schemes.rules import Leaf, Package, Text
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.schemes import Telling, language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MARKS: dict[str, "StrPromise"] = {
    "V": gettext_lazy("read in the source"),
    "D": gettext_lazy("worked out from what was read"),
    "U": gettext_lazy("not confirmed yet"),
    "C": gettext_lazy("the sources disagree"),
    "S": gettext_lazy("the source does not say"),
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
TOPICS: dict[str, "StrPromise"] = {
    "person": gettext_lazy("Person and home"),
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


def said(text: Text) -> str:
    """A text of the rules in the language of the page."""
    return text.in_language(language())


def telling(answer: SchemeAnswer) -> Telling:
    """The rules of the answer in words, with the values of its day."""
    return Telling(package=answer.package, on=answer.on)


def capitalised(text: str) -> str:
    """The text with a capital letter first; the rest as it is."""
    return text[:1].upper() + text[1:]


def inside(title: str) -> str:
    """A title as it stands inside a sentence: “mentorstøtte”, but “STU” and “§ 56-aftale” as they are."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


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
            text=capitalised(telling(answer).text(node.text)),
            answer=str(ANSWERS[traced.outcome]),
            tone=TONES[traced.outcome],
            paragraph=node.source.paragraph,
            mark=str(MARKS[node.source.mark]) if node.source.mark in "UCS" else "",
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
        text = telling(answer).text(node.text)
        return [text if traced.verdict else _("it is required that %(condition)s") % {"condition": text}]
    if node.join == "none":
        return [reason for child in traced.children if child.verdict for reason in _holding(child, answer=answer)]
    failing = [child for child in traced.children if child.verdict is False]
    if node.join == "any":
        clauses = [" ".join(_plain(child, answer=answer)) for child in failing]
        either = _(", or that ").join(clauses)
        return [_("it is required that %(condition)s") % {"condition": either}]
    return [reason for child in failing for reason in refusing_reasons(child, answer=answer)]


def change_words(change: tuple[Wanted, ...], *, answer: SchemeAnswer) -> str:
    """What would have to be otherwise about the job or a document; empty where there is nothing to tell."""
    if not change:
        return ""
    clauses = []
    for one in change:
        text = telling(answer).text(one.leaf.text)
        clauses.append(text if one.holds else _("it did not hold that %(condition)s") % {"condition": text})
    return _("It could fit if %(conditions)s.") % {"conditions": _(", and if ").join(clauses)}


def _holding(traced: Traced, *, answer: SchemeAnswer) -> list[str]:
    """The conditions that hold under a node that holds."""
    if isinstance(traced.node, Leaf):
        return [telling(answer).text(traced.node.text)]
    return [text for child in traced.children if child.verdict for text in _holding(child, answer=answer)]


def _plain(traced: Traced, *, answer: SchemeAnswer) -> list[str]:
    """The first failing condition under a node, without the words of a requirement."""
    if isinstance(traced.node, Leaf):
        return [telling(answer).text(traced.node.text)]
    if traced.node.text:
        return [said(traced.node.text)]
    failing = [child for child in traced.children if child.verdict is False] or list(traced.children)
    return _plain(failing[0], answer=answer)


def remaining_conditions(traced: Traced, *, answer: SchemeAnswer) -> list[str]:
    """The conditions of an open answer that are not settled."""
    if isinstance(traced.node, Leaf):
        return [telling(answer).text(traced.node.text)] if traced.verdict is None else []
    return [
        text
        for child in traced.children
        if child.verdict is None
        for text in remaining_conditions(child, answer=answer)
    ]


def period_words(answer: SchemeAnswer) -> str:
    """From when and until when the answer is the same, with what is known today."""
    if answer.outcome == "unknown":
        return ""
    words = {"day": "", "last": ""}
    if answer.period.starts is not None:
        words["day"] = spoken_date(day=answer.period.starts)
    if answer.period.until is not None:
        words["last"] = spoken_date(day=answer.period.until)
    if words["day"] and words["last"]:
        return _("With what we know now the answer holds from %(day)s up to and including %(last)s.") % words
    if words["last"]:
        return _("With what we know now the answer is the same up to and including %(day)s.") % {"day": words["last"]}
    return _("With what we know now the answer holds from %(day)s on.") % words if words["day"] else ""
