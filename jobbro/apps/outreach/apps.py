"""The outreach app."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "jobbro.apps.outreach"
    label = "outreach"
