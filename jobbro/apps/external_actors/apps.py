"""The external actors app."""

from django.apps import AppConfig


class ExternalActorsConfig(AppConfig):
    name = "jobbro.apps.external_actors"
    label = "external_actors"
