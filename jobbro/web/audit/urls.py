"""Addresses of the audit slice."""

from django.urls import path

from . import views

urlpatterns = [
    path("lookups/", views.lookups, name="lookups"),
    path("lookups/<int:look_id>/ask/", views.lookup_ask, name="lookup_ask"),
    path("lookups/review/", views.lookups_review, name="lookups_review"),
    path("lookups/review/urgent/<uuid:access_id>/", views.urgent_review, name="urgent_review"),
    path("lookups/review/questions/<uuid:question_id>/", views.lookup_answer, name="lookup_answer"),
]
