"""The mobility app."""

from django.apps import AppConfig


class MobilityConfig(AppConfig):
    name = "jobbro.apps.mobility"
    label = "mobility"
