"""The courses app."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "jobbro.apps.courses"
    label = "courses"
