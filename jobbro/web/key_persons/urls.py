"""Addresses of the key persons slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
