"""Addresses of the mobility slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
