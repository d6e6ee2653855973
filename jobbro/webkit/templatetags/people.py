"""Labels of codes about people and looks, for templates."""

from django import template
from django.utils.translation import gettext

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Purpose

register = template.Library()


@register.filter
def role_label(code: str) -> str:
    """`team_lead` -> Teamleder; somebody without a role is an employee."""
    return str(Role(code).label) if code in Role.values else gettext("Employee")


@register.filter
def purpose_label(code: str) -> str:
    """`casework` -> Arbejde med din plan."""
    return str(Purpose(code).label) if code in Purpose.values else code
