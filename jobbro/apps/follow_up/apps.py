"""The follow up app."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    name = "jobbro.apps.follow_up"
    label = "follow_up"
