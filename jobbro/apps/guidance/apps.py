"""The guidance app."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "jobbro.apps.guidance"
    label = "guidance"
