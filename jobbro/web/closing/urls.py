"""Addresses of the closing slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
