"""Addresses of the worklist slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
