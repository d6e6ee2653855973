"""Addresses of the work wish slice."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("citizens/<uuid:citizen_id>/work-wish/", views.work_wish, name="work_wish"),
]
