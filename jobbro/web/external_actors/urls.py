"""Addresses of the external actors slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
