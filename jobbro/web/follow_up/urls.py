"""Addresses of the follow up slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
