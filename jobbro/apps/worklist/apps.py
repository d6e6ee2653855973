"""The worklist app."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "jobbro.apps.worklist"
    label = "worklist"
