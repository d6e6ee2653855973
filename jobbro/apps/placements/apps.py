"""The placements app."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "jobbro.apps.placements"
    label = "placements"
