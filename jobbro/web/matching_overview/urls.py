"""Addresses of the overview of matching and of its runs."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("matching/", views.matching_overview, name="matching_overview"),
    path("matching/runs/", views.match_runs, name="match_runs"),
    path("matching/runs/start/", views.match_run_start, name="match_run_start"),
    path("matching/runs/<uuid:run_id>/stop/", views.match_run_stop, name="match_run_stop"),
]
