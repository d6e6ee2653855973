"""Addresses of the cases slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
