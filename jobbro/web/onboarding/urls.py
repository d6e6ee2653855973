"""Addresses of the onboarding slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
