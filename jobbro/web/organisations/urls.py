"""Addresses of the organisations slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
