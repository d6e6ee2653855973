"""Addresses of the home slice."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("was/", views.accessibility, name="accessibility"),
    path("data-sources/", views.data_sources, name="data_sources"),
    path("privacy/", views.privacy, name="privacy"),
    path("health/", views.health, name="health"),
]
