"""The screening app."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "jobbro.apps.screening"
    label = "screening"
