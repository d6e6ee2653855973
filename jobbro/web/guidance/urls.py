"""Addresses of the guidance slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
