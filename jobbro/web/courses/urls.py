"""Addresses of the courses slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
