"""Addresses of the citizens slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
