"""Words of the schemes in templates."""

from django import template
from django.utils.translation import gettext as _

from jobbro.apps.guidance.selectors.caseload import Count
from jobbro.engines.schemes.rules import FactDefinition
from jobbro.webkit.schemes import language

register = template.Library()


@register.filter
def count_text(count: Count) -> str:
    """A number, or that it is too small to be told."""
    return _("fewer than 5") if count.is_few else str(count.number)


@register.filter
def fact_label(fact: FactDefinition) -> str:
    """What a fact is called."""
    return fact.label.in_language(language())
