"""The pages of guidance in words: schemes by outcome, facts as they stand, and the bridge with those who can pay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jobbro.apps.guidance.enums import FactSource, Standing
from jobbro.apps.guidance.facts import value_from_json
from jobbro.apps.guidance.relief import Relief, SchemeRelief
from jobbro.apps.guidance.selectors import FactPage, FactsPage, GuidancePage, KeptAnswer, WhatIfPage
from jobbro.apps.guidance.selectors.facts import FactLine
from jobbro.engines.schemes.duties import load_duty
from jobbro.engines.schemes.explaining import SchemeAnswer
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.rules import FactDefinition, Package, leaves
from jobbro.engines.support.supports import BridgeRow as EngineRow
from jobbro.webkit.charts import BridgeRow
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.labels import AREA_LABELS
from jobbro.webkit.schemes import AmountWords, decides_text, language, value_text
from jobbro.webkit.schemes.answers import amount_words

from .words import (
    ANSWERS,
    JOINS,
    MARKS,
    ORIGINS,
    TONES,
    TOPICS,
    ReasonLine,
    capitalised,
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


@dataclass(frozen=True, kw_only=True)
class BridgeShown:
    """The bridge to one work with the schemes that could pay."""

    title: str
    sentence: str
    rows: tuple[BridgeRow, ...]

    @property
    def needed(self) -> tuple[BridgeRow, ...]:
        """The rows that ask for something: support, a choice or a talk."""
        return tuple(row for row in self.rows if _asks(row))

    @property
    def others(self) -> tuple[str, ...]:
        """The areas that go without support."""
        return tuple(row.area for row in self.rows if not _asks(row))


def _asks(row: BridgeRow) -> bool:
    return bool(row.hatched or row.missing or row.is_open)


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
        conditions=tuple(_conditions(answer)),
        ask=_ask(answer, page=page),
        tree=reason_tree(answer.tree, answer=answer) if answer.tree else None,
        notes=tuple(NoteLine(text=said(note.text), mark=_note_mark(note.mark)) for note in answer.notes),
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
    return _("It depends on conditions that nobody can answer now, or on which the sources disagree.")


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


def _note_mark(mark: str) -> str:
    return str(MARKS[mark]) if mark in MARKS else ""


def _relief_words(relief: SchemeRelief | None) -> str:
    if relief is None or not relief.areas:
        return ""
    names = [inside(entry.name.in_language(language())) for entry in relief.measures[:NAMED]]
    return _("Could make easier: %(areas)s. For example %(measures)s.") % {
        "areas": "; ".join(str(AREA_LABELS[area]) for area in relief.areas),
        "measures": listed(names),
    }


def bridge_shown(relief: Relief, *, answers: Iterable[SchemeAnswer]) -> BridgeShown:
    """The bridge, each plank with its measure and who could pay for it."""
    names = {entry.code: entry.name.in_language(language()) for entry in relief.support}
    payers = payer_words(answers)
    return BridgeShown(
        title=_("What the schemes could carry in %(work)s") % {"work": relief.occupation.name.in_language(language())},
        sentence=_bridge_sentence(relief, payers=payers),
        rows=tuple(_row(row, names=names, payers=payers) for row in relief.rows),
    )


def payer_words(answers: Iterable[SchemeAnswer]) -> dict[str, str]:
    """Who could pay, by scheme: only what is not ruled out is named, and never promised."""
    words = {"employer": _("The workplace arranges it"), "none": _("Costs nothing extra")}
    for answer in answers:
        title = inside(said(answer.resolved.scheme.title))
        if answer.outcome == "yes":
            words[answer.scheme] = _("%(scheme)s looks possible") % {"scheme": title}
        elif answer.outcome == "unknown":
            words[answer.scheme] = _("%(scheme)s, perhaps") % {"scheme": title}
    return words


def _row(row: EngineRow, *, names: dict[str, str], payers: dict[str, str]) -> BridgeRow:
    return BridgeRow(
        area=str(AREA_LABELS[row.area]),
        demand=row.demand,
        solid=row.solid,
        hatched=row.hatched,
        missing=row.missing,
        is_open=row.dashed > 0,
        measure=names.get(row.measure, "") if row.measure else "",
        payer=payers.get(row.payer, "") if row.payer else "",
    )


def _bridge_sentence(relief: Relief, *, payers: dict[str, str]) -> str:
    if not relief.gaps:
        return _("What has been talked about goes without support in this work.")
    carried = [area for area in relief.gaps if area not in relief.left]
    parts = []
    if carried:
        parts.append(
            _("Support that is not ruled out could carry: %(areas)s.")
            % {"areas": "; ".join(str(AREA_LABELS[area]) for area in carried)}
        )
    if relief.left:
        parts.append(
            _("Still without support: %(areas)s.")
            % {"areas": "; ".join(str(AREA_LABELS[area]) for area in relief.left)}
        )
    return " ".join(parts)


@dataclass(frozen=True, kw_only=True)
class DutyShown:
    """The employer's duty, and what the schemes that are not ruled out would take off it."""

    title: str
    short: str
    statements: tuple[tuple[str, str], ...]
    relieved: tuple[tuple[str, str], ...]
    notes: tuple[NoteLine, ...]
    complaint: str
    law: str
    paragraph: str
    url: str
    mark: str


def duty_shown(answers: Iterable[SchemeAnswer]) -> DutyShown:
    """The duty of reasonable accommodation, told beside the schemes."""
    duty = load_duty()
    return DutyShown(
        title=said(duty.title),
        short=said(duty.short),
        statements=tuple((said(one.text), one.paragraph) for one in duty.statements),
        relieved=tuple(
            (said(answer.resolved.scheme.title), said(duty.relieved_by[answer.scheme]))
            for answer in answers
            if answer.outcome != "no" and answer.scheme in duty.relieved_by
        ),
        notes=tuple(NoteLine(text=said(note.text), mark=_note_mark(note.mark)) for note in duty.notes),
        complaint=said(duty.complaint),
        law=duty.source.law,
        paragraph=duty.source.paragraph,
        url=duty.source.url,
        mark=str(MARKS[duty.source.mark]),
    )


def guidance_shown(page: GuidancePage) -> dict[str, Any]:
    """The context of the page."""
    shown = [scheme_shown(answer, page=page) for answer in page.answers]
    return {
        "page": page,
        "who": page.who,
        "possible": [one for one in shown if one.outcome == "yes"],
        "open": [one for one in shown if one.outcome == "unknown"],
        "ruled_out": [one for one in shown if one.outcome == "no"],
        "clashes": [said(clash.text) for clash in page.reading.clashes],
        "left_out": labels_of(
            [code for code in page.reading.left_out if code in page.package.facts], package=page.package
        ),
        "bridge": bridge_shown(page.relief, answers=page.answers) if page.relief else None,
        "duty": duty_shown(page.answers),
        "known_count": sum(1 for fact in page.standing.values() if fact.is_known),
    }


@dataclass(frozen=True, kw_only=True)
class ChangeShown:
    """One scheme before and after."""

    title: str
    before: str
    after: str
    is_other: bool
    sentence: str


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


def what_if_shown(page: WhatIfPage) -> dict[str, Any]:
    """What would be otherwise, first what changes."""
    changes = [
        ChangeShown(
            title=said(change.after.resolved.scheme.title),
            before=outcome_words(change.before),
            after=outcome_words(change.after),
            is_other=change.is_other,
            sentence=capitalised(scheme_shown(change.after, page=page.then).sentence),
        )
        for change in page.changes
    ]
    return {
        "page": page,
        "who": page.now.who,
        "changed": [change for change in changes if change.is_other],
        "same": [change for change in changes if not change.is_other],
        "clashes": [said(clash.text) for clash in page.then.reading.clashes],
        "bridge": bridge_shown(page.then.relief, answers=page.then.answers) if page.then.relief else None,
    }


def _value(fact: FactDefinition, value: Value) -> str:
    return capitalised(value_text(fact, value))


@dataclass(frozen=True, kw_only=True)
class FactShown:
    """A fact as it stands, in words."""

    code: str
    label: str
    value: str
    source: str
    origin: str
    told_by: str
    observed_on: str
    good_until: str
    note: str
    is_assessed: bool
    may_change: bool


def line_shown(line: FactLine) -> FactShown:
    """The fact with who said so, from when and until when."""
    known = line.known
    return FactShown(
        code=line.fact.code,
        label=capitalised(said(line.fact.label)),
        value=_value(line.fact, known.value),
        source=str(FactSource(known.source).label),
        origin=str(ORIGINS.get(known.origin, "")),
        told_by=line.told_by,
        observed_on="" if known.origin == "cpr" else spoken_date(day=known.observed_on),
        good_until=spoken_date(day=known.good_until) if known.good_until else "",
        note=known.note,
        is_assessed=line.fact.is_assessed,
        # What is found in the file is put right in the file.
        may_change=line.may_change and known.origin != "cpr",
    )


def fact_lines(page: FactsPage) -> list[dict[str, Any]]:
    """The facts by topic."""
    topics = []
    for topic, name in TOPICS.items():
        lines = [line_shown(line) for line in page.lines if line.fact.topic == topic]
        if lines:
            topics.append({"code": topic, "name": name, "lines": lines})
    return topics


def gone_labels(page: FactsPage) -> list[dict[str, str]]:
    """Facts that were told once and count no more."""
    return [{"code": fact.code, "label": capitalised(said(fact.label))} for fact in page.gone]


def fact_shown(page: FactPage) -> dict[str, Any]:
    """One fact with its history."""
    fact = page.question.fact
    return {
        "page": page,
        "who": page.who,
        "fact": fact,
        "label": capitalised(said(fact.label)),
        "line": line_shown(page.line) if page.line else None,
        "history": [
            {
                "value": _value(fact, row.value) if row.standing == Standing.TOLD else row.standing.label,
                "source": FactSource(row.source).label,
                "telling": row,
            }
            for row in page.history
        ],
        "uses": [
            said(scheme.title)
            for scheme in page.package.schemes.values()
            if any(
                fact.code in leaf.facts
                for version in scheme.versions
                for tree in version.trees
                for leaf in leaves(tree)
            )
        ],
    }


@dataclass(frozen=True, kw_only=True)
class KeptSchemeShown:
    """One scheme of a kept answer, told from what was kept."""

    title: str
    outcome: str
    kind: str
    words: str
    paragraph: str
    law: str
    url: str
    next_step: str
    valid_until: str
    tree: ReasonLine | None
    notes: tuple[NoteLine, ...]


def kept_shown(kept: KeptAnswer) -> dict[str, Any]:
    """A kept answer in words, from what was kept and not from the rules of today."""
    shown = [_kept_scheme(answer) for answer in kept.answers]
    titles = {answer["scheme"]: answer["title"][language()] for answer in kept.answers}
    return {
        "kept": kept,
        "possible": [one for one in shown if one.outcome == "yes"],
        "open": [one for one in shown if one.outcome == "unknown"],
        "ruled_out": [one for one in shown if one.outcome == "no"],
        "facts": [_kept_fact(code, entry, package=kept.package) for code, entry in kept.facts.items()],
        "others": [titles[code] for code in kept.others],
    }


def _kept_scheme(answer: dict[str, Any]) -> KeptSchemeShown:
    source = answer["source"] or {"law": "", "paragraph": "", "url": ""}
    until = answer["valid_until"]
    return KeptSchemeShown(
        title=answer["title"][language()],
        outcome=answer["outcome"],
        kind=answer["kind"],
        words=OUTCOME_WORDS[answer["outcome"], answer["kind"]](),
        paragraph=source["paragraph"],
        law=source["law"],
        url=source["url"],
        next_step=answer["next_step"] or "",
        valid_until=spoken_date(day=date.fromisoformat(until)) if until and answer["outcome"] != "unknown" else "",
        tree=_kept_tree(answer["tree"]) if answer["tree"] else None,
        notes=tuple(NoteLine(text=note["text"][language()], mark=_note_mark(note["mark"])) for note in answer["notes"]),
    )


def _kept_tree(node: dict[str, Any]) -> ReasonLine:
    if "join" in node:
        return ReasonLine(
            text=capitalised(node["text"][language()]) if node["text"] else str(JOINS[node["join"]]),
            answer="",
            tone="",
            paragraph="",
            mark="",
            note="",
            is_judgement=False,
            lines=tuple(_kept_tree(child) for child in node["children"]),
        )
    mark = node["source"]["mark"]
    return ReasonLine(
        text=capitalised(node["text"][language()]),
        answer=str(ANSWERS[node["outcome"]]),
        tone=TONES[node["outcome"]],
        paragraph=node["source"]["paragraph"],
        mark=str(MARKS[mark]) if mark in "UC" else "",
        note=node["note"][language()] if node["note"] else "",
        is_judgement=node["judgement"],
        lines=(),
    )


def _kept_fact(code: str, entry: dict[str, Any], *, package: Package) -> dict[str, str]:
    fact = package.facts.get(code)
    value = entry["value"]
    if fact is None:
        return {"label": code, "value": str(value), "source": str(FactSource(entry["source"]).label)}
    told = None if value is None else value_from_json(value, definition=fact)
    return {
        "label": capitalised(said(fact.label)),
        "value": _value(fact, told),
        "source": str(FactSource(entry["source"]).label),
        "observed_on": spoken_date(day=date.fromisoformat(entry["observed_on"])),
    }
