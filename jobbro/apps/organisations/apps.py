"""The organisations app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "jobbro.apps.organisations"
    label = "organisations"
