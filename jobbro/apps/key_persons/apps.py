"""The key persons app."""

from django.apps import AppConfig


class KeyPersonsConfig(AppConfig):
    name = "jobbro.apps.key_persons"
    label = "key_persons"
