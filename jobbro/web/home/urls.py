"""Addresses of the home slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
