"""Addresses of the meetings slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
