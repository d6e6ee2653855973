"""Words of the schemes in templates."""

from django import template

from jobbro.engines.schemes.rules import FactDefinition
from jobbro.webkit.schemes import language

register = template.Library()


@register.filter
def fact_label(fact: FactDefinition) -> str:
    """What a fact is called."""
    return fact.label.in_language(language())
