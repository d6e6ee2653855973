"""The closing app."""

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "jobbro.apps.closing"
    label = "closing"
