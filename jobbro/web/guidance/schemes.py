"""One scheme as it is read: its sentence, its reasons, its law, and what it gives."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobbro.apps.guidance.relief import SchemeRelief
from jobbro.apps.guidance.selectors import GuidancePage
from jobbro.engines.schemes.changing import change_to_tell
from jobbro.engines.schemes.explaining import SchemeAnswer
from jobbro.engines.schemes.rules import leaves
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.labels import AREA_LABELS
from jobbro.webkit.schemes import AmountWords, decides_text, language
from jobbro.webkit.schemes.answers import amount_words

from .words import (
    MARKS,
    ReasonLine,
    capitalised,
    change_words,
    inside,
    labels_of,
    listed,
    period_words,
    reason_tree,
    refusing_reasons,
    remaining_conditions,
    said,
    telling,
)

# So many things to know are named in the sentence; the others are behind the fold.
NAMED = 3


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """Something that must be told with the outcome, and what kind of thing it is."""

    text: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class AskLine:
    """A fact that is still to be known."""

    code: str
    label: str
    is_assessed: bool
    may_tell: bool


@dataclass(frozen=True, kw_only=True)
class SchemeShown:
    """One scheme as it is read."""

    code: str
    title: str
    short: str
    outcome: str
    kind: str
    sentence: str
    more_reasons: tuple[str, ...]
    change: str
    conditions: tuple[str, ...]
    ask: tuple[AskLine, ...]
    tree: ReasonLine | None
    notes: tuple[NoteLine, ...]
    amounts: tuple[AmountWords, ...]
    law: str
    paragraph: str
    url: str
    checked_on: str
    mark: str
    decider: str
    next_step: str
    period: str
    expected_end: str
    relief: str

    is_uncertain: bool
    is_disputed: bool
    is_silent: bool


def scheme_shown(answer: SchemeAnswer, *, page: GuidancePage) -> SchemeShown:
    """The scheme in words."""
    scheme, version = answer.resolved.scheme, answer.resolved.version
    reasons = refusing_reasons(answer.tree, answer=answer) if answer.tree and answer.outcome == "no" else []
    source = version.source if version else None
    marks = _marks(answer)
    return SchemeShown(
        code=answer.scheme,
        title=said(scheme.title),
        short=said(scheme.short),
        outcome=answer.outcome,
        kind=answer.kind,
        sentence=_sentence(answer, reasons=reasons, is_own=page.who.is_own),
        more_reasons=tuple(capitalised(reason) for reason in reasons[1:]),
        change=change_words(change_to_tell(answer), answer=answer),
        conditions=tuple(_conditions(answer)),
        ask=_ask(answer, page=page),
        tree=reason_tree(answer.tree, answer=answer) if answer.tree else None,
        notes=tuple(NoteLine(text=said(note.text), mark=note_mark(note.mark)) for note in answer.notes),
        amounts=tuple(amount_words(amount, answer=answer, telling=telling(answer)) for amount in answer.amounts),
        law=source.law if source else "",
        paragraph=source.paragraph if source else "",
        url=source.url if source else "",
        checked_on=spoken_date(day=source.checked_on) if source else "",
        mark=str(MARKS[source.mark]) if source else "",
        decider=decides_text(scheme.decides),
        next_step=telling(answer).text(version.next_step) if version else "",
        period=period_words(answer),
        expected_end=spoken_date(day=version.expected_end) if version and version.expected_end else "",
        relief=_relief_words(page.relief.of(answer.scheme)) if page.relief else "",
        is_uncertain="U" in marks,
        is_disputed="C" in marks,
        is_silent="S" in marks,
    )


def _marks(answer: SchemeAnswer) -> set[str]:
    """How sure the scheme's source, notes and conditions are."""
    version = answer.resolved.version
    if version is None:
        return set()
    conditions = {leaf.source.mark for leaf in leaves(version.outcome)}
    return {version.source.mark, *conditions, *(note.mark for note in answer.notes)}


def _sentence(answer: SchemeAnswer, *, reasons: list[str], is_own: bool) -> str:
    title = inside(said(answer.resolved.scheme.title))
    if answer.resolved.version is None:
        return _("There are no rules for %(scheme)s on this day.") % {"scheme": title}
    if answer.outcome == "yes":
        if answer.kind == "right":
            return _("the conditions for %(scheme)s are met. Then it is a right.") % {"scheme": title}
        return _("%(scheme)s can be granted. It is a matter of discretion.") % {"scheme": title}
    if answer.outcome == "no":
        return reasons[0] if reasons else _("a condition is not met")
    if answer.ask:
        return _still_to_know(answer, is_own=is_own)
    return _("It depends on conditions that nobody can answer now, or that the sources leave open.")


def _still_to_know(answer: SchemeAnswer, *, is_own: bool) -> str:
    """What is still to be known; a citizen reads first what they can tell themselves."""
    told = [code for code in answer.ask if not (is_own and answer.package.facts[code].is_assessed)]
    if not told:
        return _("What a caseworker assesses.")
    labels = labels_of(told[:NAMED], package=answer.package)
    more = len(told) - len(labels)
    named = capitalised(listed([*labels, _("%(count)s more") % {"count": more}] if more > 0 else labels)) + "."
    return f"{named} {_('A caseworker assesses the rest.')}" if len(told) < len(answer.ask) else named


def _conditions(answer: SchemeAnswer) -> list[str]:
    # While something can be asked, the questions lead on; the conditions stand in the tree.
    if answer.outcome != "unknown" or answer.tree is None or answer.ask:
        return []
    return [capitalised(text) for text in dict.fromkeys(remaining_conditions(answer.tree, answer=answer))]


def _ask(answer: SchemeAnswer, *, page: GuidancePage) -> tuple[AskLine, ...]:
    facts = [page.package.facts[code] for code in answer.ask]
    return tuple(
        AskLine(
            code=fact.code,
            label=capitalised(said(fact.label)),
            is_assessed=fact.is_assessed,
            may_tell=page.who.may_assess if fact.is_assessed else page.who.may_tell,
        )
        for fact in facts
    )


def note_mark(mark: str) -> str:
    return str(MARKS[mark]) if mark in MARKS else ""


def _relief_words(relief: SchemeRelief | None) -> str:
    if relief is None or not relief.areas:
        return ""
    names = [inside(entry.name.in_language(language())) for entry in relief.measures[:NAMED]]
    return _("Could make easier: %(areas)s. For example %(measures)s.") % {
        "areas": "; ".join(str(AREA_LABELS[area]) for area in relief.areas),
        "measures": listed(names),
    }


OUTCOME_WORDS = {
    ("yes", "right"): lambda: _("looks possible, as a right"),
    ("yes", "discretion"): lambda: _("looks possible, by discretion"),
    ("unknown", "right"): lambda: _("something is still to be known"),
    ("unknown", "discretion"): lambda: _("something is still to be known"),
    ("no", "right"): lambda: _("does not fit"),
    ("no", "discretion"): lambda: _("does not fit"),
}


def outcome_words(answer: SchemeAnswer) -> str:
    """The outcome in a few words."""
    return OUTCOME_WORDS[answer.outcome, answer.kind]()
