"""Addresses of the outreach slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
