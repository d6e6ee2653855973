"""Addresses of the plans slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
