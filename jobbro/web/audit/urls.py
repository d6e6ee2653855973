"""Addresses of the audit slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
