"""The answer for one scheme in words: reasons, what is still open, what it gives, and where it all stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jobbro.engines.schemes.amounts import AmountAnswer
from jobbro.engines.schemes.explaining import SchemeAnswer, Traced
from jobbro.engines.schemes.expressions import Expression, Parameter, Value, fact_codes, parts
from jobbro.engines.schemes.rules import FactDefinition, Join, Leaf, Package, ParameterDefinition

from .conditions import Condition, ConditionGroup, SourceWords, Telling, Voice, condition_tree, source_words
from .values import amount_text, language, question_text, value_text

DECIDERS: Mapping[str, Callable[[], str]] = {
    "home_municipality": lambda: _("The municipality where you live decides."),
    "municipality": lambda: _("The municipality decides."),
    "employer": lambda: _("The employer decides, after the interview and the negotiation that the act demands."),
    "education": lambda: _("The place of education decides."),
}


def decides_text(code: str) -> str:
    """Who decides, as a sentence."""
    return DECIDERS[code]() if code in DECIDERS else ""


@dataclass(frozen=True, kw_only=True)
class FactWords:
    """A fact and, when it is known, what was answered."""

    code: str
    label: str
    question: str
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class AmountWords:
    """What the scheme gives. Without a value `missing` says why there is none and what was last known."""

    title: str
    value: str
    missing: tuple[str, ...]
    paragraph: str


@dataclass(frozen=True, kw_only=True)
class NoteWords:
    """Something to be told with the outcome; mark U unconfirmed, C conflict, else plain."""

    mark: str
    text: str


@dataclass(frozen=True, kw_only=True)
class AnswerWords:
    """One scheme as the page tells it. `open` are hard conditions, `judged` those that the municipality judges."""

    scheme: str
    outcome: str
    kind: str
    title: str
    short: str
    reasons: tuple[Condition, ...]
    told: tuple[FactWords, ...]
    open: tuple[Condition, ...]
    judged: tuple[Condition, ...]
    ask: tuple[FactWords, ...]
    amounts: tuple[AmountWords, ...]
    notes: tuple[NoteWords, ...]
    next_step: str
    decides: str
    source: SourceWords | None
    conditions: tuple[Condition, ...]
    expected_end: date | None


def answer_words(answer: SchemeAnswer, *, is_easy: bool = False) -> AnswerWords:
    """The answer in the language of the page."""
    scheme, version, package = answer.resolved.scheme, answer.resolved.version, answer.package
    telling = Telling(package=package, on=answer.on)
    remaining = _remaining(answer.tree, telling=telling) if answer.tree and answer.outcome == "unknown" else ()
    notes = version.notes if version else ()
    return AnswerWords(
        scheme=answer.scheme,
        outcome=answer.outcome,
        kind=answer.kind,
        title=telling.text(scheme.title),
        short=telling.text(scheme.short),
        reasons=reasons_of(answer, telling=telling),
        told=_told(answer),
        open=tuple(item for item in remaining if not is_judged(item)),
        judged=tuple(item for item in remaining if is_judged(item)),
        ask=tuple(fact_words(fact, is_easy=is_easy) for fact in askable(answer)),
        amounts=tuple(amount_words(amount, answer=answer, telling=telling) for amount in answer.amounts),
        notes=tuple(NoteWords(mark=note.mark, text=telling.text(note.text)) for note in notes),
        next_step=telling.text(version.next_step) if version else "",
        decides=decides_text(scheme.decides),
        source=source_words(version.source) if version else None,
        conditions=condition_tree(version.outcome, telling=telling) if version else (),
        expected_end=version.expected_end if version else None,
    )


def fact_words(fact: FactDefinition, *, value: Value = None, is_told: bool = False, is_easy: bool = False) -> FactWords:
    """A fact by its label and question, with the answer when one was given."""
    return FactWords(
        code=fact.code,
        label=fact.label.in_language(language()),
        question=question_text(fact, is_easy=is_easy),
        value=value_text(fact, value) if is_told else "",
    )


def is_judged(item: Condition) -> bool:
    """Whether a caseworker's assessment alone settles it: the condition, or every condition of the group."""
    if isinstance(item, ConditionGroup):
        return all(is_judged(child) for child in item.items)
    return item.is_judgement


def reasons_of(answer: SchemeAnswer, *, telling: Telling) -> tuple[Condition, ...]:
    """Of a yes the conditions that carry it, of a no those that decide it; of an unknown those in dispute."""
    if answer.tree is None:
        return ()
    if answer.outcome == "unknown":
        return tuple(telling.line(leaf) for leaf in answer.deciding)
    return _reasons(answer.tree, telling=telling, voice="demand")


def _reasons(tree: Traced, *, telling: Telling, voice: Voice) -> tuple[Condition, ...]:
    if isinstance(tree.node, Leaf):
        return (telling.line(tree.node, voice=voice),)
    group = tree.node
    turned: Voice = "must_not" if voice == "demand" else "demand"
    if group.join == "none":
        wanted = [child for child in tree.children if child.verdict is not tree.verdict]
        return tuple(item for child in wanted for item in _reasons(child, telling=telling, voice=turned))
    wanted = [child for child in tree.children if child.verdict is tree.verdict]
    found = tuple(item for child in wanted for item in _reasons(child, telling=telling, voice=voice))
    if group.join == "any" and tree.verdict is False and len(found) > 1:
        return (ConditionGroup(join="any", sentence=telling.text(group.text), items=found),)
    return found


def _remaining(tree: Traced, *, telling: Telling) -> tuple[Condition, ...]:
    """What must still hold: the unknown parts of the tree; an “all” comes as one list."""
    if isinstance(tree.node, Leaf):
        return (telling.line(tree.node),)
    left = [child for child in tree.children if child.verdict is None]
    found = [_remaining(child, telling=telling) for child in left]
    if tree.node.join == "all":
        return tuple(item for items in found for item in items)
    if tree.node.join == "any" and len(found) == 1:
        return found[0]
    items = tuple(item for items in found for item in _alternatives(items, join=tree.node.join))
    return (ConditionGroup(join=tree.node.join, sentence=telling.text(tree.node.text), items=items),)


def _alternatives(items: tuple[Condition, ...], *, join: Join) -> tuple[Condition, ...]:
    """A choice within a choice is one choice."""
    only = items[0] if len(items) == 1 else None
    if isinstance(only, ConditionGroup) and only.join == join == "any" and not only.sentence:
        return only.items
    return (_as_one(items),)


def _as_one(items: tuple[Condition, ...]) -> Condition:
    return items[0] if len(items) == 1 else ConditionGroup(join="all", sentence="", items=items)


def _told(answer: SchemeAnswer) -> tuple[FactWords, ...]:
    """What was answered to the facts behind the reasons."""
    known = answer.facts.known(answer.on)
    codes = dict.fromkeys(code for leaf in answer.deciding for code in sorted(leaf.facts))
    facts = answer.package.facts
    return tuple(
        fact_words(facts[code], value=known[code], is_told=True) for code in codes if code in facts and code in known
    )


def askable(answer: SchemeAnswer) -> list[FactDefinition]:
    """The facts that still matter and that a citizen or an employer can tell."""
    facts = [answer.package.facts[code] for code in answer.ask]
    return [fact for fact in facts if not fact.is_assessed]


def amount_words(amount: AmountAnswer, *, answer: SchemeAnswer, telling: Telling) -> AmountWords:
    """What it gives: a number, from-to, or why there is no number."""
    value = ""
    missing: tuple[str, ...] = ()
    if amount.low is None or amount.high is None:
        missing = missing_rates(_written(amount, answer=answer), package=answer.package, on=answer.on)
    elif amount.low == amount.high:
        value = amount_text(amount.low, unit=amount.amount.unit)
    elif _rests_on_unknown(amount, answer=answer):
        value = _("depends on what has not been answered yet")
    elif amount.low == 0:
        value = _("up to %(high)s") % {"high": amount_text(amount.high, unit=amount.amount.unit)}
    else:
        low, high = amount_text(amount.low, unit=""), amount_text(amount.high, unit=amount.amount.unit)
        value = _("from %(low)s to %(high)s") % {"low": low, "high": high}
    return AmountWords(
        title=telling.text(amount.amount.title), value=value, missing=missing, paragraph=amount.amount.paragraph
    )


def missing_rates(expression: Expression | None, *, package: Package, on: date) -> tuple[str, ...]:
    """A sentence for each value of the law that is not to be had on the day, with the last one known."""
    parameters = [part.code for part in parts(expression) if isinstance(part, Parameter)] if expression else []
    return tuple(
        rate_missing(package.parameters[code], on=on)
        for code in dict.fromkeys(parameters)
        if (found := package.parameters[code].in_force(on)) is None or (found.value is None and not found.steps)
    )


def rate_missing(parameter: ParameterDefinition, *, on: date) -> str:
    """“Satsen for 2026 er ikke fundet. Den seneste, vi kender, er 171,36 kr. i timen fra 2024.”"""
    last = next((v for v in reversed(parameter.values) if v.starts <= on and v.value is not None), None)
    if last is None or last.value is None:
        return _("The rate for %(year)s was not found.") % {"year": on.year}
    return _("The rate for %(year)s was not found. The last one we know is %(rate)s, from %(known)s.") % {
        "year": on.year,
        "rate": amount_text(last.value, unit=parameter.unit),
        "known": last.starts.year,
    }


def _written(amount: AmountAnswer, *, answer: SchemeAnswer) -> Expression | None:
    """The expression as the rule has it, with its parameters still by name."""
    version = answer.resolved.version
    written = version.amounts if version else ()
    return next((one.value for one in written if one.code == amount.amount.code), None)


def _rests_on_unknown(amount: AmountAnswer, *, answer: SchemeAnswer) -> bool:
    """Whether the number is spread out by a fact that nobody has told: its whole range tells the reader nothing."""
    known = answer.facts.known(answer.on)
    return any(code not in known for code in fact_codes(amount.amount.value))
