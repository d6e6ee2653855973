"""Roles of staff and kinds of account."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    STAFF = "staff", _("Employee")
    CITIZEN = "citizen", _("Citizen")
    EMPLOYER = "employer", _("Employer")
    EXTERNAL = "external", _("Partner outside the municipality")


class Role(TextChoices):
    """What a position lets a person do; the order is that of the home pages, strongest first."""

    TEAM_LEAD = "team_lead", _("Team lead")
    CASEWORKER = "caseworker", _("Caseworker")
    JOB_BROKER = "job_broker", _("Job broker")
    KEY_PERSON = "key_person", _("Key person")
    ADMINISTRATOR = "administrator", _("Administrator")
    ANALYST = "analyst", _("Analyst")


# Roles whose holders work with citizens; key persons advise and see a citizen only when they join the team around them.
CASEWORK_ROLES = (Role.TEAM_LEAD, Role.CASEWORKER, Role.JOB_BROKER)
