"""The economics app: it combines guidance and the reckoning, and remembers nothing itself."""

from django.apps import AppConfig


class EconomicsConfig(AppConfig):
    name = "jobbro.apps.economics"
    label = "economics"
