"""The employers app."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "jobbro.apps.employers"
    label = "employers"
