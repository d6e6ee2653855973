"""Addresses of the screening slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
