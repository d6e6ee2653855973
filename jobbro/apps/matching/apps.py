"""The matching app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "jobbro.apps.matching"
    label = "matching"
