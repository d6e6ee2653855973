"""Addresses of the imports slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
