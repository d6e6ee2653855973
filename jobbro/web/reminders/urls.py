"""Addresses of the reminders slice."""

from django.urls import path

from . import views

urlpatterns = [path("reminders/", views.reminders, name="reminders")]
