"""Addresses of the accounts slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
