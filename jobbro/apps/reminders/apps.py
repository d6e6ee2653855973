"""The reminders app."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "jobbro.apps.reminders"
    label = "reminders"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - reading it registers the checks
