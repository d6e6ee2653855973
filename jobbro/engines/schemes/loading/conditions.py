"""Tests and trees of conditions: parsed, derived facts written out, types and units checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from jobbro.engines.schemes.expressions import (
    Compare,
    Comparison,
    Constant,
    Expression,
    ExpressionError,
    Fact,
    Membership,
    Settled,
    Test,
    parse_expression,
    parse_test,
    parts,
    rewrite,
    rewrite_test,
)
from jobbro.engines.schemes.loading.texts import placeholders, read_mark, read_optional_text, read_own_text, read_source
from jobbro.engines.schemes.rules import DerivedFact, Group, Join, Leaf, Node, SourceReference, Text
from jobbro.engines.schemes.units import UnitChecker
from jobbro.kernel.content import Place

MOST_PARTS = 200
UNSETTLED = ("C", "S")
JOINS: tuple[Join, ...] = ("all", "any", "none")
OPPOSITE: Mapping[Comparison, Comparison] = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """Reads the conditions of a package against its facts and parameters."""

    units: UnitChecker
    derived: Mapping[str, DerivedFact]

    def test(self, place: Place) -> Test:
        """One comparison, with derived facts written out."""
        try:
            test = write_out(parse_test(place.text()), self.derived)
            check_size(test)
            self.units.check(test)
        except ExpressionError as error:
            place.refuse(str(error))
        return test

    def expression(self, place: Place) -> Expression:
        """A value, with derived facts written out."""
        try:
            expression = write_out_expression(parse_expression(place.text()), self.derived)
            check_size(expression)
            self.units.kind(expression)
        except ExpressionError as error:
            place.refuse(str(error))
        return expression

    def tree(self, place: Place, *, inherited: SourceReference) -> Node:
        """A condition, or a group of conditions."""
        if isinstance(place.value, dict) and any(join in place.value for join in JOINS):
            return self._group(place, inherited=inherited)
        return self._leaf(place, inherited=inherited)

    def check_sentence(self, place: Place, text: Text) -> None:
        """Refuse a sentence that names an unknown parameter."""
        for code in placeholders(text):
            if code not in self.units.parameters:
                place.refuse(f"{code!r} is not a parameter; write {{p.code}}")

    def _group(self, place: Place, *, inherited: SourceReference) -> Node:
        fields = place.fields(required=(), optional=(*JOINS, "id", "da", "en"))
        joins = [join for join in JOINS if join in fields]
        children = tuple(
            Group(
                join=join,
                children=tuple(self.tree(child, inherited=inherited) for child in fields[join].items()),
                id=fields["id"].text() if "id" in fields else "",
                text=read_own_text(fields) if "da" in fields else None,
            )
            for join in joins
        )
        return children[0] if len(children) == 1 else Group(join="all", children=children)

    def _leaf(self, place: Place, *, inherited: SourceReference) -> Leaf:
        fields = place.fields(
            required=("id", "da", "en"), optional=("test", "readings", "source", "mark", "note", "judgement", "follows")
        )
        if ("test" in fields) == ("readings" in fields):
            place.refuse("a condition has either 'test' or 'readings'")
        source = read_source(fields["source"], inherited=inherited) if "source" in fields else inherited
        if "mark" in fields:
            source = replace(source, mark=read_mark(fields["mark"]))
        texts = (fields["test"],) if "test" in fields else fields["readings"].items()
        leaf = Leaf(
            id=fields["id"].text(),
            readings=tuple(self.test(text) for text in texts),
            text=read_own_text(fields),
            source=source,
            note=read_optional_text(fields.get("note")),
            is_judgement="judgement" in fields and fields["judgement"].boolean(),
            written=tuple(text.text() for text in texts),
            follows="follows" in fields and fields["follows"].boolean(),
        )
        self.check_sentence(fields["da"], leaf.text)
        self._check_leaf(place, leaf=leaf)
        return leaf

    def _check_leaf(self, place: Place, *, leaf: Leaf) -> None:
        if "mark" in place.value and leaf.source.mark in ("U", *UNSETTLED) and leaf.note is None:  # type: ignore[operator]
            place.refuse(f"a condition marked {leaf.source.mark} needs a note that tells the user")
        if len(leaf.readings) > 1 and leaf.source.mark not in UNSETTLED:
            place.refuse("readings that differ are a conflict of sources, mark it C; or their silence, mark it S")
        if leaf.follows and (leaf.source.mark != "D" or leaf.note is None):
            place.refuse("a condition that follows from the others is derived: mark it D, with a note of how")
        if leaf.is_judgement != (bool(leaf.facts) and all(code.startswith("assessed_") for code in leaf.facts)):
            place.refuse(
                "judgement: true goes with conditions whose facts all begin with assessed_, and only with them"
            )


def write_out(test: Test, derived: Mapping[str, DerivedFact]) -> Test:
    """The test with every derived fact replaced by what it means."""
    match test:
        case Compare("==", Fact(code), Constant(bool() as wanted)) if code in derived:
            meaning = derived[code].definition
            if isinstance(meaning, (Compare, Membership, Settled)):
                return meaning if wanted else opposite(meaning)
    return rewrite_test(test, lambda node: _meaning(node, derived))


def write_out_expression(node: Expression, derived: Mapping[str, DerivedFact]) -> Expression:
    """The expression with every derived fact replaced by what it means."""
    return rewrite(node, lambda part: _meaning(part, derived))


def check_size(node: Expression | Test) -> None:
    """Refuse what derived facts of derived facts have made endless: each can double the one before it."""
    if len(tuple(islice(parts(node), MOST_PARTS + 1))) > MOST_PARTS:
        raise ExpressionError(f"has more than {MOST_PARTS} parts once derived facts are written out; split it")


def opposite(test: Test) -> Test:
    """The test that holds exactly where this one fails; unknown where it is unknown."""
    match test:
        case Compare(operator, left, right):
            return Compare(OPPOSITE[operator], left, right)
        case Membership(item, values, negated):
            return Membership(item, values, not negated)
        case Settled(value):
            return Settled(not value)


def _meaning(node: Expression, derived: Mapping[str, DerivedFact]) -> Expression:
    if not isinstance(node, Fact) or node.code not in derived:
        return node
    meaning = derived[node.code].definition
    if isinstance(meaning, (Compare, Membership, Settled)):
        raise ExpressionError(f"{node.code!r} is a condition; write it as '{node.code} is true'")
    return meaning
