"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "jobbro.apps.meetings"
    label = "meetings"
