"""The conditions of a scheme as sentences, each with its paragraph, source and how sure it is."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy

from jobbro.engines.schemes.rules import Group, Join, Leaf, Mark, Node, Package, SourceReference, Text

from .values import language, number_text

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_PLACE = re.compile(r"\{p\.([a-z0-9_]+)\}")
Voice = Literal["demand", "must_not"]

MARK_WORDS: dict[Mark, "StrPromise"] = {
    "V": gettext_lazy("Read in the act or at the authority."),
    "D": gettext_lazy("Reckoned from a value that was read."),
    "U": gettext_lazy("Not confirmed. Ask the municipality before you rely on it."),
    "C": gettext_lazy("The sources disagree."),
    "S": gettext_lazy("The source does not say. Ask the municipality."),
}
JOIN_WORDS: dict[Join, "StrPromise"] = {
    "all": gettext_lazy("all of this:"),
    "any": gettext_lazy("at least one of these:"),
    "none": gettext_lazy("none of these:"),
}


@dataclass(frozen=True, kw_only=True)
class SourceWords:
    """Where something stands."""

    law: str
    paragraph: str
    url: str
    checked_on: date
    act: str
    mark: Mark

    @property
    def mark_words(self) -> "StrPromise":
        """How sure it is, in words."""
        return MARK_WORDS[self.mark]

    @property
    def is_settled(self) -> bool:
        """Whether it may be told as a fact."""
        return self.mark in ("V", "D")


@dataclass(frozen=True, kw_only=True)
class ConditionLine:
    """One condition. `voice` must_not: it holds against the scheme. `leaf` is the rule it was made from."""

    leaf: Leaf
    sentence: str
    note: str
    source: SourceWords
    voice: Voice

    is_group = False

    @property
    def is_judgement(self) -> bool:
        """Whether only a caseworker's assessment settles it."""
        return self.leaf.is_judgement

    @property
    def is_disputed(self) -> bool:
        """Whether the sources disagree on it."""
        return self.source.mark == "C"


@dataclass(frozen=True, kw_only=True)
class ConditionGroup:
    """Conditions that belong together, with a lead: its own sentence, or “at least one of these:”."""

    join: Join
    sentence: str
    items: tuple["ConditionLine | ConditionGroup", ...]

    is_group = True

    @property
    def lead(self) -> "StrPromise":
        """How the items are joined."""
        return JOIN_WORDS[self.join]


Condition = ConditionLine | ConditionGroup


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Rules told in the language of the page, with the values in force on a day."""

    package: Package
    on: date

    def text(self, text: Text | None) -> str:
        """A sentence with the values of the law written in; a value that is not to be had is told as “?”."""
        return _PLACE.sub(self._value, text.in_language(language())) if text else ""

    def sentence(self, text: Text | None) -> str:
        """The same as a sentence of its own: capital letter and full stop."""
        said = self.text(text)
        return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".") if said else ""

    def line(self, leaf: Leaf, *, voice: Voice = "demand") -> ConditionLine:
        """One condition."""
        return ConditionLine(
            leaf=leaf,
            sentence=self.text(leaf.text),
            note=self.text(leaf.note),
            source=source_words(leaf.source),
            voice=voice,
        )

    def _value(self, found: re.Match[str]) -> str:
        parameter = self.package.parameters[found[1]]
        value = parameter.in_force(self.on)
        return number_text(value.value) if value and value.value is not None else "?"


def source_words(source: SourceReference) -> SourceWords:
    """Where it stands, ready for a template."""
    return SourceWords(
        law=source.law,
        paragraph=source.paragraph,
        url=source.url,
        checked_on=source.checked_on,
        act=source.act,
        mark=source.mark,
    )


def condition_tree(node: Node, *, telling: Telling) -> tuple[Condition, ...]:
    """All conditions under the node; those of a plain “all” come as one list."""
    if isinstance(node, Leaf):
        return (telling.line(node),)
    if node.join == "all" and not node.text:
        return tuple(item for child in node.children for item in condition_tree(child, telling=telling))
    return (_group(node, telling=telling),)


def _group(node: Group, *, telling: Telling) -> ConditionGroup:
    return ConditionGroup(
        join=node.join,
        sentence=telling.text(node.text),
        items=tuple(item for child in node.children for item in _items(child, join=node.join, telling=telling)),
    )


def _items(node: Node, *, join: Join, telling: Telling) -> tuple[Condition, ...]:
    if isinstance(node, Leaf):
        return (telling.line(node),)
    if node.join == join == "any" and not node.text:
        return tuple(item for child in node.children for item in _items(child, join=join, telling=telling))
    return (_group(node, telling=telling),)
