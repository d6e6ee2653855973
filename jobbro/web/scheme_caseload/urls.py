"""Addresses of the schemes over a caseload."""

from django.urls import path

from . import views

urlpatterns = [
    path("caseload/schemes/", views.scheme_caseload, name="scheme_caseload"),
    path("caseload/schemes/<slug:scheme>/", views.scheme_people, name="scheme_people"),
]
