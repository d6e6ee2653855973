"""The applications app."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jobbro.apps.applications"
    label = "applications"
