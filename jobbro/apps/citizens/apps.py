"""The citizens app."""

from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "jobbro.apps.citizens"
    label = "citizens"
