"""Addresses of the slice of partners near a person."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("citizens/<uuid:citizen_id>/companies/", views.partners_near, name="partners_near"),
]
