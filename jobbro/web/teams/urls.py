"""Addresses of the teams slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
